"""The method of the UN scale of assessments, applied among the members.

Income of base periods of three and six years, less a part of the external debt, less relief for low income
per head, which the members above the threshold bear; floor, ceiling for the least developed, ceiling; the
mean of the two machine scales.

Source: A/RES/55/5 B, A/RES/70/245, A/RES/73/271, A/RES/76/238; Report of the Committee on Contributions, A/67/11.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from aiposim.quantities import Shares
from aiposim.rules.cost_sharing import Figures, MemberYears, mean_income, proportional_to

BASE_PERIODS = (3, 6)
DEBT_RATE = 0.125  # an eighth of the debt stock falls due each year
HIGH_INCOME = 12_500.0  # US$ per head, World Bank threshold; no debt adjustment above it
GRADIENT = 0.8
LEAST_DEVELOPED_CEILING = 0.0001


@dataclass(frozen=True)
class Terms:
    """Floor and ceiling are 0 and 1 inside a small club; the UN's own are 0.00001 and 0.22."""

    floor: float = 0.0
    ceiling: float = 1.0


def un_scale(members: MemberYears, terms: Terms) -> Shares:
    """Mean of the machine scales of the two base periods.

    A ceiling that the founders could keep but the members that are left cannot is raised to equal shares.
    """
    machine_scales = [_machine_scale(members, years, terms) for years in BASE_PERIODS]
    mean: Shares = (machine_scales[0] + machine_scales[1]) / 2.0
    return mean


def _machine_scale(members: MemberYears, years: int, terms: Terms) -> Shares:
    income = mean_income(members, years)
    per_head = income * 1000.0 / members.population
    income = np.where(per_head < HIGH_INCOME, np.maximum(1e-9, income - DEBT_RATE * members.debt_stock), income)
    world = 0.0
    for back in range(2, 2 + years):
        world = world + members.world_income[back]
    shares = proportional_to(_less_low_income_relief(income, members.population, world / years))
    shares = _raised_to_floor(shares, terms.floor)
    least_developed = np.where(members.least_developed, LEAST_DEVELOPED_CEILING, 1.0)
    return _capped(shares, np.minimum(least_developed, max(terms.ceiling, 1.0 / len(shares))))


def _less_low_income_relief(income: Figures, population: Figures, threshold: float) -> Figures:
    """Income less relief of those below the threshold per head, borne by the others pro rata to income.

    Nobody at or above the threshold: nobody can bear a relief, and none is given.
    """
    per_head = income * 1000.0 / population
    above = per_head >= threshold
    if not above.any():
        return income
    relief = np.where(above, 0.0, GRADIENT * (threshold - per_head) / threshold * income)
    given, bearing = 0.0, 0.0
    for i in range(len(income)):
        given = given + relief[i]
        bearing = bearing + (income[i] if above[i] else 0.0)
    return np.where(above, income + given * income / bearing, income - relief)


def _raised_to_floor(shares: Shares, floor: float) -> Shares:
    """Shares below the floor are raised to it, the rest renormalised, until none is below."""
    low = shares < floor
    while True:
        raised = _renormalised(shares, low, np.full(len(shares), floor))
        if not ((raised < floor) & ~low).any():
            return raised
        low = low | (raised < floor)


def _capped(shares: Shares, ceiling: Figures) -> Shares:
    """Shares above their ceiling are cut to it, the excess spread pro rata over the others, until none is above."""
    high = shares > ceiling
    while True:
        capped = _renormalised(shares, high, ceiling)
        if not ((capped > ceiling) & ~high).any():
            return capped
        high = high | (capped > ceiling)


def _renormalised(shares: Shares, held: np.ndarray, value: Figures) -> Shares:
    """Shares with the held ones at their value and the others scaled so that the sum is 1."""
    if not held.any():
        return shares
    if held.all():
        return proportional_to(value)
    fixed, free = 0.0, 0.0
    for i in range(len(shares)):
        fixed = fixed + (value[i] if held[i] else 0.0)
        free = free + (0.0 if held[i] else shares[i])
    return np.where(held, value, shares * (1.0 - fixed) / free)
