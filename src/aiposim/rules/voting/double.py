"""Double majority: more than half of the governments, holding more than half of the scale of assessments.

Source: Treaty on European Union, Article 16(4), for the idea (states and population); here states and scale of
assessments, without a quorum.
"""

from __future__ import annotations

from dataclasses import dataclass

from aiposim.rules.voting import TOLERANCE


@dataclass(frozen=True)
class Terms:
    """This rule has no numbers of its own."""


def double(
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
    """Carried if the accepting are more than half of the roll and hold more than half of its key."""
    return 2 * yes > roll and yes_weight > (0.5 + TOLERANCE) * roll_weight
