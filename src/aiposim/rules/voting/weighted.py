"""Weighted majority: acceptance by a share of the scale of assessments, and by two governments at least.

Source: weighting by contribution as in the Articles of Agreement of the IMF, Article XII(5), and the Chiang Mai
Initiative Multilateralisation; there is no quorum.
"""

from __future__ import annotations

from dataclasses import dataclass

from aiposim.rules.voting import TOLERANCE


@dataclass(frozen=True)
class Terms:
    weighted_share: float = 0.60


def weighted(
    yes: float,
    no: float,
    present: float,
    roll: float,
    yes_weight: float,
    roll_weight: float,
    seats_yes: float,
    seats_voting: float,
    chair_yes: float,
    terms: Terms,
) -> bool:
    """Carried if the accepting hold `weighted_share` of the roll's key and are two (one, if the roll is one)."""
    enough = yes_weight >= (terms.weighted_share - TOLERANCE) * roll_weight
    return yes >= 1 and yes >= min(2, roll) and enough
