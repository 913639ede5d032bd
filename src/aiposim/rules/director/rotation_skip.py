"""Rotation that passes over debtors: who owes half a year's dues waits for the next turn.

Source: assumption of the model (MODEL, Director selection); cf. the loss of office for members in arrears in
the African Union's sanctions regime, Assembly/AU/Dec.578(XXV), 2015.
"""

from __future__ import annotations

from dataclasses import dataclass

from aiposim.rules.director import PASSED_OVER

MOVES_QUEUE = True
PARTIALITY = 1.0
ACTING = False
TURN_AT_STAKE = True


@dataclass(frozen=True)
class Terms:
    """This rule has no numbers of its own."""


def rotation_skip(
    place: float,
    arrears: float,
    two_year_dues: float,
    objections: float,
    competence: float,
    terms: Terms,
) -> float:
    """The first in the queue that owes less than half a year's dues serves."""
    return place if arrears < two_year_dues / 4 else place + PASSED_OVER
