"""Unanimity: every government on the roll accepts, so that an absent one blocks.

Source: cf. Covenant of the League of Nations, Article 5(1), which asks the agreement of all members
represented at the meeting; here of all on the roll.
"""

from __future__ import annotations

from dataclasses import dataclass

WEIGHS = False


@dataclass(frozen=True)
class Terms:
    """This rule has no numbers of its own."""


def unanimity(
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
    """Carried if every government on the roll accepts; officials and NGOs advise."""
    return roll > 0 and yes == roll
