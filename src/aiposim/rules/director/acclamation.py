"""Acclamation: the first in the queue to whom nobody objects.

Source: practice of the UN General Assembly, election without a vote when there is no objection (Rules of
Procedure, rule 103 and decision 34/401, paragraph 16).
"""

from __future__ import annotations

from dataclasses import dataclass

from aiposim.rules.director import PASSED_OVER

MOVES_QUEUE = True
PARTIALITY = 1.0
ACTING = True
TURN_AT_STAKE = False
OBJECTIONS = True


@dataclass(frozen=True)
class Terms:
    """This rule has no numbers of its own."""


def acclamation(
    place: float,
    arrears: float,
    two_year_dues: float,
    objections: float,
    competence: float,
    terms: Terms,
) -> float:
    """The first in the queue without an objection serves; else the first of all, as acting Director."""
    return place if objections == 0 else place + PASSED_OVER
