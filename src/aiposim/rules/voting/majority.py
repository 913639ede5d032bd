"""Simple majority of the seats voting, with a quorum of two thirds of the roll.

Source: Charter of the United Nations, Article 18(3) (members present and voting); Rules of Procedure of the
General Assembly, rule 86 (abstaining is not voting). Casting vote of the chair: common in governing boards.
"""

from __future__ import annotations

from dataclasses import dataclass

WEIGHS = False


@dataclass(frozen=True)
class Terms:
    casting_vote: bool = True


def majority(
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
    """Carried by more than half of the seats voting; in a tie by the chair, if it has the casting vote."""
    quorum = 3 * present >= 2 * roll and roll > 0
    tie = 2 * seats_yes == seats_voting and seats_voting > 0
    casting = tie and terms.casting_vote and chair_yes > 0
    return quorum and (2 * seats_yes > seats_voting or casting)
