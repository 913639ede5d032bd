"""Constrained equal losses: all are spared the same part of what they can be asked for, but nobody is paid.

Source: Aumann & Maschler 1985, Journal of Economic Theory 36; Thomson 2003, Mathematical Social Sciences 45.
"""

from __future__ import annotations

from dataclasses import dataclass

from aiposim.games import constrained_equal_losses
from aiposim.quantities import Shares
from aiposim.rules.cost_sharing import MemberYears, claims_on_income


@dataclass(frozen=True)
class Terms:
    """Sum of the claims, of which the budget is 1."""

    claims_ratio: float = 1.5


def cel(members: MemberYears, terms: Terms) -> Shares:
    """The claim, share of income times `claims_ratio`, less the same for all; a small member may pay nothing."""
    return constrained_equal_losses(1.0, claims_on_income(members, terms.claims_ratio))
