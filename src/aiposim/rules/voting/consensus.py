"""Consensus: nobody present objects; the absent and the abstaining do not stand in the way.

Source: UN practice, the absence of any formal objection, as defined in the United Nations Convention on the
Law of the Sea, Article 161(8)(e).
"""

from __future__ import annotations

from dataclasses import dataclass

WEIGHS = False


@dataclass(frozen=True)
class Terms:
    """This rule has no numbers of its own."""


def consensus(
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
    """Carried if a government on the roll is present and none present objects."""
    return present > 0 and no == 0
