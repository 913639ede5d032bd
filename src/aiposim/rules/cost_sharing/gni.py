"""In proportion to gross national income.

Source: Nordic Council of Ministers, distribution key; cf. A/RES/55/5 B (income as the first approximation of
capacity to pay).
"""

from __future__ import annotations

from dataclasses import dataclass

from aiposim.quantities import Shares
from aiposim.rules.cost_sharing import MemberYears, mean_income, proportional_to


@dataclass(frozen=True)
class Terms:
    base_period: int = 3


def gni(members: MemberYears, terms: Terms) -> Shares:
    """Share of the members' income, mean of the `base_period` years that ended two years before the review.

    A missing year is left out of the mean; a member without any income is refused when the scenario is read.
    """
    return proportional_to(mean_income(members, terms.base_period))
