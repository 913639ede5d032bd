"""The method of the UN scale of assessments, applied among the members.

Income of base periods of three and six years, less a part of the external debt, less relief for low income
per head, which the members above the threshold bear; floor, ceiling for the least developed, ceiling; the
mean of the two machine scales.

Source: A/RES/55/5 B, A/RES/70/245, A/RES/73/271, A/RES/76/238; Report of the Committee on Contributions, A/67/11.
"""

from __future__ import annotations

from dataclasses import dataclass

from aiposim.quantities import Shares
from aiposim.rules.cost_sharing import MemberYears, mean_income, proportional_to
from aiposim.scale.adjustments import Limits, less_debt, less_low_income_relief, within_limits

BASE_PERIODS = (3, 6)
DEBT_RATE = 0.125  # an eighth of the debt stock falls due each year
HIGH_INCOME = 12_500.0  # US$ per head, World Bank threshold; no debt adjustment above it
GRADIENT = 0.8
LEAST_DEVELOPED_CEILING = 0.0001

CEILING_WITHIN = True
"""The rule applies the ceiling itself, among its own steps."""


@dataclass(frozen=True)
class Terms:
    """Floor and ceiling are 0 and 1 inside a small club; the UN's own are 0.00001 and 0.22."""

    floor: float = 0.0
    ceiling: float = 1.0


def un_scale(members: MemberYears, terms: Terms) -> Shares:
    """Mean of the machine scales of the two base periods.

    A ceiling that the founders could keep but the members that are left cannot is raised to what they can.
    """
    return mean_of_machine_scales(members, terms.floor, terms.ceiling, HIGH_INCOME)


def mean_of_machine_scales(members: MemberYears, floor: float, ceiling: float, high_income: float) -> Shares:
    """The scale under a floor and a ceiling; debt counts below `high_income`, US$ per head.

    Least developed members stay at their own ceiling; what the others must raise between them limits theirs.
    """
    n, least = len(members.codes), int(members.least_developed.sum())
    room = (1.0 - LEAST_DEVELOPED_CEILING * least) / (n - least) if least < n else 1.0 / n
    limits = Limits(floor, LEAST_DEVELOPED_CEILING, max(ceiling, room))
    machine_scales = [_machine_scale(members, years, limits, high_income) for years in BASE_PERIODS]
    mean: Shares = (machine_scales[0] + machine_scales[1]) / 2.0
    return mean


def _machine_scale(members: MemberYears, years: int, limits: Limits, high_income: float) -> Shares:
    income = mean_income(members, years)
    per_head = income * 1000.0 / members.population
    income = less_debt(income, members.debt_stock, DEBT_RATE, per_head < high_income)
    per_head = income * 1000.0 / members.population
    world = 0.0
    for back in range(2, 2 + years):
        world = world + members.world_income[back]
    shares = proportional_to(less_low_income_relief(income, per_head, world / years, GRADIENT))
    return within_limits(shares, limits, members.least_developed)[-1]
