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

from aiposim.numbers_given import GREATEST, number, numbers, shown
from aiposim.scale.adjustments import Limits, in_proportion, less_debt, less_low_income_relief, within_limits
from aiposim.scale.by_state import listed
from aiposim.scale.table import BasePeriod, base_period

if TYPE_CHECKING:
    import pandas as pd

ROOM = 1e-9
"""A ceiling of one nth for n states leaves room, although n times it may fall short of 1 in the last bit."""


@dataclass(frozen=True, eq=False)
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
    gradient: float
    limits: Limits


def un_scale_of_assessments(
    table: pd.DataFrame,
    *,
    year: int | None = None,
    base_periods: Sequence[int] = (3, 6),
    debt_rate: float = 0.125,
    debt_income_threshold: float | Sequence[float | None] | None = None,
    income_threshold: float | Sequence[float | None] | None = None,
    gradient: float = 0.8,
    floor: float = 0.00001,
    ldc_ceiling: float = 0.0001,
    ceiling: float = 0.22,
    ceiling_states: Collection[str] = (),
) -> ScaleOfAssessments:
    """The scale of assessments of the states in `table`: the mean of the machine scales of the base periods.

    table                  columns state, year, gni, population, debt_stock, ldc; one row a state and year. gni and
                           debt_stock in one unit of money, population in one unit of persons; a blank debt stock is
                           none; ldc, true or false (or 1 or 0), says whether a state is least developed and is read
                           from its row of `year`
    year                   last year of the base periods; the latest in the table by default
    base_periods           lengths in years, each ending with `year`
    debt_rate              part of the debt stock that is taken off income each year
    debt_income_threshold  income per head (gni / population) below which debt is taken off, one for all or one for
                           each base period; None: from all
    income_threshold       income per head below which a state is relieved, one for all or one for each base period;
                           None: the average of the table, total mean gni / total mean population, debt not taken off
    gradient               part of the percentage below the threshold by which income is lowered
    floor, ldc_ceiling, ceiling     least and greatest shares. Ceilings must leave room for the whole: that of .22 asks
                           for five states or more, not least developed
    ceiling_states         states that are known to end at the ceiling: they bear no relief, and floor and ldc_ceiling
                           of the others leave them alone, as the Committee on Contributions does with the United
                           States ("track 1"). By default all states above the threshold bear the relief

    Income per head is mean income over mean population, income after debt; the threshold is reached by a state at
    it. A debt service above income leaves a state next to nothing, and not less. If no state can bear a relief, none
    is given. What the floor adds is taken off the others pro rata; what the ceilings take off is borne pro rata by
    the others, but not by those at the floor or at the ceiling for the least developed unless nobody else is left.
    Then, too, ldc_ceiling holds: in the last step the least developed are cut to it again. The scale is not rounded
    (the UN's own is, to a thousandth of one per cent).

    Errors: ValueError for missing columns, doubled or missing rows, figures that are negative or no number, and
    elements out of range; floor and ceilings must leave room for the whole. The table is never changed.
    Source: A/RES/55/5 B; A/RES/76/238, 6; Report of the Committee on Contributions, A/67/11.

    Five states in a year, ceiling .4. Below 20 per head are poor, by half, relieved of .8 * .5 * 100 = 40, and least,
    relieved of .8 * .95 * 20 = 15.2; the three others bear that as 5 : 3 : 2, then least is cut to .0001, large to .4:

    >>> import pandas as pd
    >>> table = pd.DataFrame(
    ...     [
    ...         ("large", 2015, 500.0, 10.0, 0.0, False),
    ...         ("rich", 2015, 300.0, 10.0, 0.0, False),
    ...         ("middle", 2015, 200.0, 10.0, 0.0, False),
    ...         ("poor", 2015, 100.0, 10.0, 0.0, False),
    ...         ("least", 2015, 20.0, 20.0, 0.0, True),
    ...     ],
    ...     columns=["state", "year", "gni", "population", "debt_stock", "ldc"],
    ... )
    >>> un = un_scale_of_assessments(table, base_periods=[1], income_threshold=20.0, ceiling=0.4)
    >>> un.steps["relief"].round(1).tolist(), un.steps["absorbed"].round(1).tolist()
    ([0.0, 0.0, 0.0, 40.0, 15.2], [27.6, 16.6, 11.0, 0.0, 0.0])
    >>> {state: round(share, 5) for state, share in un.scale.items()}
    {'large': 0.4, 'rich': 0.32319, 'middle': 0.21546, 'poor': 0.06126, 'least': 0.0001}
    """
    import pandas as pd

    limits = Limits(
        floor=number(floor, "floor", least=0.0, most=1.0),
        least_developed_ceiling=number(ldc_ceiling, "ldc_ceiling", least=0.0, most=1.0),
        ceiling=number(ceiling, "ceiling", least=0.0, most=1.0),
    )
    elements = _Elements(
        debt_rate=number(debt_rate, "debt_rate", least=0.0, most=1.0),
        gradient=number(gradient, "gradient", least=0.0, most=1.0),
        limits=limits,
    )
    last = None if year is None else int(number(year, "year", whole=True))
    periods = [int(length) for length in numbers(base_periods, "base_periods", least=1.0, whole=True)]
    debt_thresholds = _one_for_each(debt_income_threshold, "debt_income_threshold", len(periods))
    thresholds = _one_for_each(income_threshold, "income_threshold", len(periods), positive=True)
    # The longest period first, so that every year that is missing is named.
    by_length = {length: base_period(table, last, length) for length in sorted(periods, reverse=True)}
    means = [by_length[length] for length in periods]
    _check_room(limits, means[0].least_developed)
    spared = _known(ceiling_states, means[0].states)
    steps = [
        _steps(mean, debt_threshold, threshold, elements, spared)
        for mean, debt_threshold, threshold in zip(means, debt_thresholds, thresholds, strict=True)
    ]
    total = steps[0]["machine_scale"]
    for step in steps[1:]:
        total = total + step["machine_scale"]
    scale = pd.Series(total / len(steps), index=pd.Index(means[0].states, name="state"), name="share")
    return ScaleOfAssessments(scale, pd.concat([pd.DataFrame(step) for step in steps], ignore_index=True))


def _steps(
    mean: BasePeriod,
    debt_threshold: float | None,
    given_threshold: float | None,
    elements: _Elements,
    spared: NDArray[np.bool_],
) -> Any:
    """The columns of one base period."""
    n = len(mean.states)
    if mean.gni.sum() < 1.0 / GREATEST:
        raise ValueError(f"no state has any income in {mean.first_year}-{mean.last_year}: a scale needs some")
    threshold = mean.gni.sum() / mean.population.sum() if given_threshold is None else given_threshold
    indebted = mean.gni / mean.population < (np.inf if debt_threshold is None else debt_threshold)
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


def _check_room(limits: Limits, least_developed: NDArray[np.bool_]) -> None:
    """Floor and ceilings must leave room for a whole."""
    n = len(least_developed)
    states, part = ("1 state", "1") if n == 1 else (f"{n} states", f"1/{n}")
    if limits.floor > limits.ceiling:
        raise ValueError(f"the floor {limits.floor} is above the ceiling {limits.ceiling}: it must not be")
    if n * limits.floor > 1.0 + ROOM:
        raise ValueError(f"a floor of {limits.floor} for {states} is more than the whole: it must be {part} or less")
    if n * limits.ceiling < 1.0 - ROOM:
        raise ValueError(
            f"a ceiling of {limits.ceiling} for {states} is less than the whole: it must be {part} or more"
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
            f"the ceilings of {states}, {int(least_developed.sum())} of them least developed, add up to "
            f"{room:.6g}: they must leave room for 1"
        )


def _one_for_each(given: Any, name: str, n: int, *, positive: bool = False) -> list[float | None]:
    """A threshold for each of n base periods, from one for all or from one each; None where there is none."""
    several = isinstance(given, list | tuple) or np.ndim(given) == 1
    each = list(given) if several else [given] * n
    if len(each) != n:
        raise ValueError(f"{name} has {len(each)} values for {n} base periods: give one, or one each")
    return [None if one is None else number(one, name, least=0.0, positive=positive) for one in each]


def _known(ceiling_states: Collection[str], states: Sequence[str]) -> NDArray[np.bool_]:
    if not isinstance(ceiling_states, Collection):
        raise ValueError(f"ceiling_states is {shown(ceiling_states)}: it must be a list of states")
    named = [ceiling_states] if isinstance(ceiling_states, str) else list(ceiling_states)
    strangers = [state for state in named if state not in states]
    if strangers:
        raise ValueError(f"ceiling_states names {listed(strangers)}: the table has no such state")
    return np.array([state in named for state in states], dtype=bool)
