"""The adjustments that turn national incomes into a scale of assessments, one array in, one array out.

The functions without checks are shared with the cost-sharing rules, which are asked with figures that have been
checked; their sums run in the order of the states, so that every processor gives the same bits.

Source: A/RES/55/5 B; A/RES/76/238; Report of the Committee on Contributions, A/67/11 (outline of the methodology).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from aiposim.numbers_given import number, numbers
from aiposim.scale.by_state import in_order, names_of, shaped_as

Figures = NDArray[np.float64]
Flags = NDArray[np.bool_]

LEAST_PART = 1e-12
"""What is left, as a part of the income of all, to a state whose debt service exceeds its income."""


def low_income_adjustment(income: Any, population: Any, threshold: float, gradient: float = 0.8) -> Any:
    """Incomes after the adjustment for low income per head; the total does not change.

    A state below `threshold` is relieved of `gradient` times the percentage by which it is below it; the states at or
    above the threshold bear the relief in proportion to their income. If there is none, nobody can bear a relief
    and none is given.

    income      (state,) national income, after the adjustment for debt; any unit of money
    population  (state,) persons, or any unit of them; looked up by state where both have names (dict or Series)
    threshold   income per head, in the units of the two

    Returns a dict or Series where `income` is one, else an array. Errors: ValueError for figures that are negative or
    no number, for a population or threshold that is not positive, for states that differ and for a gradient
    outside [0, 1].
    Source: A/RES/76/238, 6 (e); Report of the Committee on Contributions, A/67/11.

    Poor is 40 per cent below the threshold, so 32 per cent of its 60 is lifted:

    >>> low_income_adjustment([60.0, 940.0], [10.0, 10.0], threshold=10.0).tolist()
    [40.8, 959.2]
    """
    states = names_of(income)
    incomes = numbers(in_order(income, "income", states), "income", least=0.0)
    heads = numbers(in_order(population, "population", states), "population", positive=True)
    if len(incomes) != len(heads):
        raise ValueError(f"income has {len(incomes)} states and population has {len(heads)}: they must be the same")
    least_per_head = number(threshold, "threshold", positive=True)
    part = number(gradient, "gradient", least=0.0, most=1.0)
    adjusted = less_low_income_relief(incomes, incomes / heads, least_per_head, part)
    return shaped_as(income, states, adjusted, "low_income_adjusted")


def less_debt(income: Figures, debt_stock: Figures, rate: float, indebted: Flags) -> Figures:
    """Income less the part `rate` of the debt stock that falls due in a year, for the states that are `indebted`.

    A state whose debt service exceeds its income keeps next to nothing (`LEAST_PART` of the income of all, or its own
    if that is less), and not less than nothing.
    """
    total = 0.0
    for one in income:
        total = total + one
    return np.where(indebted, np.maximum(np.minimum(income, LEAST_PART * total), income - rate * debt_stock), income)


def less_low_income_relief(
    income: Figures, per_head: Figures, threshold: float, gradient: float, spared: Flags | None = None
) -> Figures:
    """Income less the relief of those below the threshold per head, borne by the others pro rata to income.

    `spared`: states that bear no relief although they are above the threshold. If nobody can bear a relief, none
    is given.
    """
    above = per_head >= threshold
    bearing = above if spared is None else above & ~spared
    if not bearing.any():
        return income.copy()
    relief = np.where(above, 0.0, gradient * (threshold - per_head) / threshold * income)
    given, base = 0.0, 0.0
    for i in range(len(income)):
        given = given + relief[i]
        base = base + (income[i] if bearing[i] else 0.0)
    return np.where(bearing, income + given * income / base, income - relief)


@dataclass(frozen=True)
class Limits:
    """Bounds of a scale, all shares of the whole; the ceiling for the least developed lies above the floor."""

    floor: float
    least_developed_ceiling: float
    ceiling: float


def within_limits(
    shares: Figures, limits: Limits, least_developed: Flags, spared: Flags | None = None
) -> tuple[Figures, Figures, Figures]:
    """Shares after the floor, then after the ceiling for the least developed, then after the ceiling.

    What one step takes off or adds is borne pro rata by the others: in the second step not by those at the floor, in
    the third neither by those nor by the least developed at their ceiling. `spared`: states known to end at
    the ceiling, whose share the first two steps leave alone.
    """
    keeps = np.zeros(len(shares), dtype=bool) if spared is None else spared
    after_floor = raised_to_floor(shares, limits.floor, keeps)
    at_floor = after_floor <= limits.floor
    low_ceiling = np.where(least_developed, limits.least_developed_ceiling, np.inf)
    after_low_ceiling = cut_to_ceiling(after_floor, low_ceiling, at_floor | keeps)
    # Both ceilings in the last step, so that none of the least developed is lifted above its own.
    ceiling = np.minimum(low_ceiling, limits.ceiling)
    return after_floor, after_low_ceiling, cut_to_ceiling(after_low_ceiling, ceiling, at_floor)


def raised_to_floor(shares: Figures, floor: float, spared: Flags | None = None) -> Figures:
    """Shares below the floor are raised to it at the expense of the rest pro rata, until none is below."""
    low = shares < floor
    while True:
        raised = with_fixed(shares, low, np.full(len(shares), floor), spared)
        if not ((raised < floor) & ~low).any():
            return raised
        low = low | (raised < floor)


def cut_to_ceiling(shares: Figures, ceiling: Figures, spared: Flags | None = None) -> Figures:
    """Shares above their ceiling are cut to it, the excess spread pro rata over the others, until none is above.

    ceiling  (state,) one for each state
    spared   states that bear none of the excess, unless nobody else is left to bear it
    """
    high = shares > ceiling
    while True:
        cut = with_fixed(shares, high, ceiling, spared)
        if not ((cut > ceiling) & ~high).any():
            return cut
        high = high | (cut > ceiling)


def with_fixed(shares: Figures, fixed: Flags, value: Figures, spared: Flags | None = None) -> Figures:
    """Shares with the `fixed` ones at their value and the others scaled so that the sum is 1.

    The `spared` keep their share as well, as long as somebody else is left to make up the sum. If those that make it
    up have no shares to be scaled, they take it in equal parts.
    """
    if not fixed.any():
        return shares
    if fixed.all():
        return in_proportion(value)
    held, target = fixed, value
    if spared is not None and not (fixed | spared).all():
        held, target = fixed | spared, np.where(fixed, value, shares)
    taken, free = 0.0, 0.0
    for i in range(len(shares)):
        taken = taken + (target[i] if held[i] else 0.0)
        free = free + (0.0 if held[i] else shares[i])
    if free == 0.0:
        return np.where(held, target, (1.0 - taken) / (~held).sum())
    return np.where(held, target, shares * (1.0 - taken) / free)


def in_proportion(weights: Figures) -> Figures:
    """Weights divided by their sum, taken in the order of the states."""
    total = weights[0]
    for weight in weights[1:]:
        total = total + weight
    shares: Figures = weights / total
    return shares
