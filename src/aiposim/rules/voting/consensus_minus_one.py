"""Consensus minus one: one government's objection does not stop the others.

Source: CSCE Prague Document on Further Development of CSCE Institutions and Structures, 1992, paragraph 16
(there against the state concerned; here whichever state objects).
"""

from __future__ import annotations

from dataclasses import dataclass

WEIGHS = False


@dataclass(frozen=True)
class Terms:
    """This rule has no numbers of its own."""


def consensus_minus_one(
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
    """Carried if at most one government on the roll does not accept and at least one does."""
    return yes >= 1 and roll - yes <= 1
