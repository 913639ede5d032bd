"""Merit: each member nominates, the most competent nominee serves; the queue does not move.

Source: Charter of the United Nations, Article 101(3) (efficiency, competence and integrity as the paramount
consideration); the smaller partiality of a Director so chosen is an assumption of the model.
"""

from __future__ import annotations

from dataclasses import dataclass

MOVES_QUEUE = False
PARTIALITY = 0.6
ACTING = False
TURN_AT_STAKE = False


@dataclass(frozen=True)
class Terms:
    """This rule has no numbers of its own."""


def merit(
    place: float,
    arrears: float,
    two_year_dues: float,
    objections: float,
    competence: float,
    terms: Terms,
) -> float:
    """The highest competence serves."""
    return 1.0 - competence
