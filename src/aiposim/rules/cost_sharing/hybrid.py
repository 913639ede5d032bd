"""Between equal shares and income: one part of the budget in equal shares, the other by national income.

Source: equality and capacity to pay as rival principles of equity, Lange, Löschel, Vogt & Ziegler 2010, European
Economic Review 54; mixing the two in fixed parts is an assumption of the model.
"""

from __future__ import annotations

from dataclasses import dataclass

from aiposim.quantities import Shares
from aiposim.rules.cost_sharing import MemberYears, mean_income, proportional_to


@dataclass(frozen=True)
class Terms:
    """Part of the budget that is shared equally, 0..1, and years of income."""

    equal_part: float = 0.5
    base_period: int = 3


def hybrid(members: MemberYears, terms: Terms) -> Shares:
    """An equal share of `equal_part`, and of the rest a share in proportion to mean income."""
    by_income = proportional_to(mean_income(members, terms.base_period))
    return terms.equal_part / len(members.codes) + (1.0 - terms.equal_part) * by_income
