"""Qualified majority of the seats voting, with a quorum of two thirds of the roll.

Source: Charter of the United Nations, Article 18(2) (two thirds of those present and voting); the share is a
term of the rule.
"""

from __future__ import annotations

from dataclasses import dataclass

from aiposim.rules.voting import TOLERANCE

WEIGHS = False


@dataclass(frozen=True)
class Terms:
    qualified_share: float = 0.67


def qmv(
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
    """Carried by at least `qualified_share` of the seats voting."""
    quorum = 3 * present >= 2 * roll and roll > 0
    return quorum and seats_yes > 0 and seats_yes >= terms.qualified_share * seats_voting - TOLERANCE
