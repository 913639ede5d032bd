"""Rotation: the members direct in turn.

Source: the proposal of Geneva, 15 June 2015 (a Director appointed on a rotational basis for five years);
Agreement on the Establishment of the Trilateral Cooperation Secretariat, 2010, Article 3 (turns of two years).
"""

from __future__ import annotations

from dataclasses import dataclass

MOVES_QUEUE = True
PARTIALITY = 1.0
ACTING = False
TURN_AT_STAKE = False


@dataclass(frozen=True)
class Terms:
    """This rule has no numbers of its own."""


def rotation(
    place: float,
    arrears: float,
    two_year_dues: float,
    objections: float,
    competence: float,
    terms: Terms,
) -> float:
    """The first in the queue serves."""
    return place
