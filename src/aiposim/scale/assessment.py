"""The UN scale of assessments for any number of states, from a table of national incomes, with every step.

The steps are those of the Committee on Contributions: mean income of a base period; less a part of the debt stock;
less the adjustment for low income per head, borne by those above the threshold; floor; ceiling for the least
developed; ceiling; the mean over the base periods.

Source: A/RES/55/5 B, A/RES/70/245, A/RES/73/271, A/RES/76/238; Report of the Committee on Contributions, A/67/11.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from aiposim.scale.adjustments import Limits, in_proportion, less_debt, less_low_income_relief, within_limits
from aiposim.scale.table import BasePeriod, base_period

if TYPE_CHECKING:
    import pandas as pd

ROOM = 1e-9
"""A ceiling of one nth for n states leaves room, although n times it may fall short of 1 in the last bit."""


@dataclass(frozen=True)
class ScaleOfAssessments:
    """A scale and how it came about.

    scale  Series by state, shares, sum 1
    steps  DataFrame, a row for each base period and state:
           state, base_period (years), first_year, last_year;
           gni, population, debt_stock         means of the base period, in the units of the table
           debt_adjustment, debt_adjusted_gni  what the debt takes off, and what it leaves
           per_head, threshold                 debt-adjusted income per head; threshold of the low-income adjustment
           relief, absorbed                    what the low-income adjustment takes off, and what it adds to the others
           low_income_adjusted_gni
           gni_share, debt_adjusted_share, low_income_adjusted_share, share_after_floor,
           share_after_least_developed_ceiling, machine_scale      shares after each step, sum 1
    """

    scale: pd.Series[float]
    steps: pd.DataFrame


@dataclass(frozen=True)
class _Elements:
    debt_rate: float
    debt_income_threshold: float | None
    gradient: float
    limits: Limits


def un_scale_of_assessments(
    table: pd.DataFrame,
    *,
    year: int | None = None,
    base_periods: Sequence[int] = (3, 6),
    debt_rate: float = 0.125,
    debt_income_threshold: float | None = None,
    income_threshold: float | Sequence[float] | None = None,
    gradient: float = 0.8,
    floor: float = 0.00001,
    ldc_ceiling: float = 0.0001,
    ceiling: float = 0.22,
    ceiling_states: Collection[str] = (),
) -> ScaleOfAssessments:
    """The scale of assessments of the states in `table`: the mean of the machine scales of the base periods.

    table                  columns state, year, gni, population, debt_stock, ldc; one row a state and year. gni and
                           debt_stock in one unit of money, population in one unit of persons; a blank debt stock is
                           none; whether a state is least developed is read from its row of `year`
    year                   last year of the base periods; the latest in the table by default
    base_periods           lengths in years, each ending with `year`
    debt_rate              part of the debt stock that is taken off income each year
    debt_income_threshold  income per head (gni / population) below which debt is taken off; None: from all
    income_threshold       income per head below which a state is relieved, one for all or one for each base period;
                           None: the average of the table, total mean gni / total mean population, debt not taken off
    gradient               part of the percentage below the threshold by which income is lowered
    floor, ldc_ceiling, ceiling     least and greatest shares
    ceiling_states         states that are known to end at the ceiling: they bear no relief, and floor and ldc_ceiling
                           of the others leave them alone, as the Committee on Contributions does with the United
                           States ("track 1"). By default all states above the threshold bear the relief

    Income per head is mean income over mean population, income after debt; the threshold is reached by a state at
    it. A debt service above income leaves a state next to nothing, and not less. If no state can bear a relief, none
    is given. What the floor adds is taken off the others pro rata; what the ceilings take off is borne pro rata by
    the others, but not by those at the floor or at the ceiling for the least developed unless nobody else is left.
    The scale is not rounded (the UN's own is, to a thousandth of one per cent).

    Errors: ValueError for missing columns, doubled or missing rows, figures that are negative or no number, and
    elements out of range; floor and ceilings must leave room for the whole. The table is never changed.
    Source: A/RES/55/5 B; A/RES/76/238, 6; Report of the Committee on Contributions, A/67/11.
    """
    import pandas as pd

    limits = Limits(floor, ldc_ceiling, ceiling)
    _check_elements(debt_rate, gradient, limits)
    periods = _checked_periods(base_periods)
    thresholds = _thresholds(income_threshold, len(periods))
    # The longest period first, so that every year that is missing is named.
    by_length = {length: base_period(table, year, length) for length in sorted(periods, reverse=True)}
    means = [by_length[length] for length in periods]
    _check_room(limits, means[0].least_developed)
    spared = _known(ceiling_states, means[0].states)
    elements = _Elements(debt_rate, debt_income_threshold, gradient, limits)
    steps = [_steps(mean, threshold, elements, spared) for mean, threshold in zip(means, thresholds, strict=True)]
    total = steps[0]["machine_scale"]
    for step in steps[1:]:
        total = total + step["machine_scale"]
    scale = pd.Series(total / len(steps), index=pd.Index(means[0].states, name="state"), name="share")
    return ScaleOfAssessments(scale, pd.concat([pd.DataFrame(step) for step in steps], ignore_index=True))


def _steps(mean: BasePeriod, given_threshold: float | None, elements: _Elements, spared: NDArray[np.bool_]) -> Any:
    """The columns of one base period."""
    n = len(mean.states)
    if mean.gni.sum() == 0.0:
        raise ValueError(f"no state has any income in {mean.first_year}-{mean.last_year}: a scale needs some")
    threshold = mean.gni.sum() / mean.population.sum() if given_threshold is None else given_threshold
    below = elements.debt_income_threshold
    indebted = np.ones(n, dtype=bool) if below is None else mean.gni / mean.population < below
    after_debt = less_debt(mean.gni, mean.debt_stock, elements.debt_rate, indebted & (mean.debt_stock > 0.0))
    per_head = after_debt / mean.population
    after_relief = less_low_income_relief(after_debt, per_head, threshold, elements.gradient, spared)
    shares = in_proportion(after_relief)
    limited = within_limits(shares, elements.limits, mean.least_developed, spared)
    return {
        "state": mean.states,
        "base_period": np.full(n, mean.last_year - mean.first_year + 1),
        "first_year": np.full(n, mean.first_year),
        "last_year": np.full(n, mean.last_year),
        "gni": mean.gni,
        "population": mean.population,
        "debt_stock": mean.debt_stock,
        "debt_adjustment": mean.gni - after_debt,
        "debt_adjusted_gni": after_debt,
        "per_head": per_head,
        "threshold": np.full(n, threshold),
        "relief": np.maximum(0.0, after_debt - after_relief),
        "absorbed": np.maximum(0.0, after_relief - after_debt),
        "low_income_adjusted_gni": after_relief,
        "gni_share": in_proportion(mean.gni),
        "debt_adjusted_share": in_proportion(after_debt),
        "low_income_adjusted_share": shares,
        "share_after_floor": limited[0],
        "share_after_least_developed_ceiling": limited[1],
        "machine_scale": limited[2],
    }


def _check_elements(debt_rate: float, gradient: float, limits: Limits) -> None:
    shares = {
        "debt_rate": debt_rate,
        "gradient": gradient,
        "floor": limits.floor,
        "ldc_ceiling": limits.least_developed_ceiling,
        "ceiling": limits.ceiling,
    }
    for name, share in shares.items():
        if not 0.0 <= share <= 1.0:
            raise ValueError(f"{name} is {share}: it must lie between 0 and 1")
    if limits.floor > limits.ceiling:
        raise ValueError(f"the floor {limits.floor} is above the ceiling {limits.ceiling}: it must not be")


def _check_room(limits: Limits, least_developed: NDArray[np.bool_]) -> None:
    """Floor and ceilings must leave room for a whole."""
    n = len(least_developed)
    if n * limits.floor > 1.0 + ROOM:
        raise ValueError(f"a floor of {limits.floor} for {n} states is more than the whole: it must be 1/{n} or less")
    if n * limits.ceiling < 1.0 - ROOM:
        raise ValueError(
            f"a ceiling of {limits.ceiling} for {n} states is less than the whole: it must be 1/{n} or more"
        )
    if not least_developed.any():
        return
    if limits.floor > limits.least_developed_ceiling:
        raise ValueError(
            f"the floor {limits.floor} is above the ceiling for the least developed, "
            f"{limits.least_developed_ceiling}: it must not be"
        )
    low = min(limits.least_developed_ceiling, limits.ceiling)
    room = float(np.where(least_developed, low, limits.ceiling).sum())
    if room < 1.0 - ROOM:
        raise ValueError(
            f"the ceilings of {n} states, {int(least_developed.sum())} of them least developed, add up to "
            f"{room:.6g}: they must leave room for 1"
        )


def _checked_periods(base_periods: Sequence[int]) -> list[int]:
    periods = list(base_periods)
    if not periods:
        raise ValueError("there is no base period: at least one is needed")
    for length in periods:
        if int(length) != length or length < 1:
            raise ValueError(f"a base period of {length} years: it must be a whole number of one or more")
    return [int(length) for length in periods]


def _thresholds(given: float | Sequence[float] | None, n: int) -> list[float | None]:
    if given is None:
        return [None] * n
    thresholds = [float(one) for one in np.broadcast_to(given, n if np.ndim(given) == 0 else np.shape(given))]
    if len(thresholds) != n:
        raise ValueError(f"income_threshold has {len(thresholds)} values for {n} base periods: give one, or one each")
    for threshold in thresholds:
        if not 0.0 < threshold < np.inf:
            raise ValueError(f"income_threshold is {threshold}: it must be an income per head greater than 0")
    return list(thresholds)


def _known(ceiling_states: Collection[str], states: Sequence[str]) -> NDArray[np.bool_]:
    named = [ceiling_states] if isinstance(ceiling_states, str) else list(ceiling_states)
    strangers = [str(state) for state in named if state not in states]
    if strangers:
        raise ValueError(f"ceiling_states names {', '.join(strangers)}: the table has no such state")
    return np.array([state in named for state in states], dtype=bool)
