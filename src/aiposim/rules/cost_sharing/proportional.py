"""In proportion to claims on income: the shares that income itself gives, to measure the others by.

Source: Thomson 2003, Mathematical Social Sciences 45; income as the measure of capacity to pay, A/RES/55/5 B.
"""

from __future__ import annotations

from dataclasses import dataclass

from aiposim.games import proportional as proportional_awards
from aiposim.quantities import Shares
from aiposim.rules.cost_sharing import MemberYears, claims_on_income


@dataclass(frozen=True)
class Terms:
    """Sum of the claims, of which the budget is 1."""

    claims_ratio: float = 1.5


def proportional(members: MemberYears, terms: Terms) -> Shares:
    """The same part of every claim, so that `claims_ratio` does not matter."""
    return proportional_awards(1.0, claims_on_income(members, terms.claims_ratio))
