"""Incomes and valuations by year.

Source: World Bank (GDP in current US$ to 2015, a proxy for gross national income); growth from 2016 on,
decaying by three per cent a year, is an assumption of the model.
"""

from __future__ import annotations

from collections.abc import Mapping

from aiposim.arithmetic import exp, log, power

BASE_YEAR = 2015
GROWTH_KEPT = 0.97
WORLD_INCOME_2015 = 10_127.0
"""World GDP per head in 2015, US$ (World Bank)."""


def income(record: Mapping[int, float], growth: float, year: int) -> float:
    """Gross national income of a year, bn US$; nan where the record has a gap.

    Years after 2015 follow the growth path, years before the record take its first year.
    """
    if year > BASE_YEAR:
        slowed = 1.0 - exp((year - BASE_YEAR) * log(GROWTH_KEPT))
        return record[BASE_YEAR] * exp(growth * slowed / (1.0 - GROWTH_KEPT))
    return record.get(max(year, min(record)), float("nan"))


def world_income(growth: float, year: int) -> float:
    """World income per head, US$, at a constant rate of growth round 2015."""
    return WORLD_INCOME_2015 * exp(growth * (year - BASE_YEAR))


def valuation(budget_scale: float, revealed_interest: float, income_elasticity: float, growth_factor: float) -> float:
    """Valuation theta, M$ per half-year and log unit; `growth_factor` is income relative to 2015.

    Source: income elasticity of the demand for peace, Khanna, Sandler & Shimizu 1998, JCR 42.
    """
    return budget_scale * revealed_interest * power(growth_factor, income_elasticity)


def rate_in_force(published: Mapping[int, float], year: int) -> float:
    """The published rate of a year: of the last period begun, of the first one for years before it; nan: none."""
    if not published:
        return float("nan")
    begun = [first for first in published if first <= year]
    return published[max(begun) if begun else min(published)]
