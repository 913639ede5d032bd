"""Constrained equal awards: all pay the same, but nobody more than the most it can be asked for.

Source: Aumann & Maschler 1985, Journal of Economic Theory 36; Thomson 2003, Mathematical Social Sciences 45.
"""

from __future__ import annotations

from dataclasses import dataclass

from aiposim.games import constrained_equal_awards
from aiposim.quantities import Shares
from aiposim.rules.cost_sharing import MemberYears, claims_on_income


@dataclass(frozen=True)
class Terms:
    """Sum of the claims, of which the budget is 1."""

    claims_ratio: float = 1.5


def cea(members: MemberYears, terms: Terms) -> Shares:
    """The same share for all, but nobody more than its claim, which is its share of income times `claims_ratio`."""
    return constrained_equal_awards(1.0, claims_on_income(members, terms.claims_ratio))
