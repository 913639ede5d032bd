"""Rates of assessment for peacekeeping: the scale of the regular budget, discounts by level, and who bears them.

Source: A/RES/55/235, paragraphs and annex on levels A to J.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence, Set
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, TypeAlias, overload

import numpy as np
from numpy.typing import ArrayLike, NDArray

from aiposim.numbers_given import number, numbers, shown
from aiposim.scale.by_state import in_order, listed, names_of, shaped_as

if TYPE_CHECKING:
    import pandas as pd

Figures = NDArray[np.float64]
Flags = NDArray[np.bool_]

DISCOUNTS: Mapping[str, float] = MappingProxyType(
    {
        "A": 0.0,  # permanent members of the Security Council, who bear the discounts of all others
        "B": 0.0,
        "C": 0.075,
        "D": 0.20,
        "E": 0.40,
        "F": 0.60,
        "G": 0.70,
        "H": 0.80,  # or .70 on a voluntary basis
        "I": 0.80,
        "J": 0.90,  # least developed countries
    }
)
"""Discount from the regular rate, by level.

Level C is listed by name (Brunei Darussalam, Kuwait, Qatar, Singapore, United Arab Emirates); D to I go by income per
head below 2, 1.8, 1.6, 1.4, 1.2 and 1 times the average.
Source: A/RES/55/235.
"""

Levels: TypeAlias = "Mapping[str, str] | Sequence[str] | pd.Series[str]"


@overload
def peacekeeping_rates(
    scale: pd.Series[float], levels: Levels, *, discounts: Mapping[str, float] = ...
) -> pd.Series[float]: ...


@overload
def peacekeeping_rates(
    scale: Mapping[str, float], levels: Levels, *, discounts: Mapping[str, float] = ...
) -> dict[str, float]: ...


@overload
def peacekeeping_rates(scale: ArrayLike, levels: Levels, *, discounts: Mapping[str, float] = ...) -> Figures: ...


def peacekeeping_rates(scale: Any, levels: Levels, *, discounts: Any = DISCOUNTS) -> Any:
    """Rates for peacekeeping; they add up to what `scale` adds up to.

    Every rate is lowered by the discount of its level. The points lost are borne by the states of level A in
    proportion to their rates in `scale`; if there is none, by the states without a discount; if there is none of
    those either, by all.

    scale      regular rates, a share or per cent: a Series or dict by state, or an array
    levels     a letter for each state: looked up by state where both have names, else in the order of `scale`
    discounts  by level; `{**DISCOUNTS, "H": 0.70}` for the voluntary discount of level H (one state of H that
               forgoes the difference can be put into G, whose discount is the same .70)

    Returns a Series or dict where `scale` is one, else an array. Errors: ValueError for a state without a level or
    named twice, a level without a discount, a discount outside [0, 1], and a rate that is negative or no number.
    Source: A/RES/55/235.

    China bears what Mongolia, a country below the average income per head, does not pay:

    >>> rates = peacekeeping_rates({"CHN": 0.5, "JPN": 0.3, "MNG": 0.2}, {"CHN": "A", "JPN": "B", "MNG": "I"})
    >>> {state: round(rate, 3) for state, rate in rates.items()}
    {'CHN': 0.66, 'JPN': 0.3, 'MNG': 0.04}
    """
    states = names_of(scale)
    regular = numbers(in_order(scale, "scale", states), "scale", least=0.0)
    letters = _letters(levels, states, len(regular))
    if not isinstance(discounts, Mapping) or not discounts:
        raise ValueError(f"discounts is {shown(discounts)}: it must be a dict with a discount for each level")
    unknown = sorted({letter for letter in letters if letter not in discounts})
    if unknown:
        raise ValueError(
            f"there is no discount for level {listed(unknown)}: there is one for {listed(list(discounts))}"
        )
    discount = [number(discounts[each], f"the discount of level {each}", least=0.0, most=1.0) for each in letters]
    rates = with_discounts(regular, np.array(discount), np.array([letter == "A" for letter in letters]))
    return shaped_as(scale, states, rates, "peacekeeping_rate")


def with_discounts(shares: Figures, discount: Figures, permanent: Flags) -> Figures:
    """Shares less their discount, the lost points borne pro rata to shares.

    They are borne by the permanent members; where these have no shares, by all without a discount; where nobody is
    without one, by all. The sum of the shares does not change.

    Source: A/RES/55/235.
    """
    everybody = np.ones(len(shares), dtype=bool)
    for bearing in (permanent, discount == 0.0, everybody):
        lost, base = 0.0, 0.0
        for i in range(len(shares)):
            lost = lost + shares[i] * discount[i]
            base = base + (shares[i] if bearing[i] else 0.0)
        if base > 0.0:
            return shares - shares * discount + np.where(bearing, shares, 0.0) / base * lost
    return shares.copy()


def _letters(levels: Any, states: Sequence[Hashable] | None, n: int) -> list[str]:
    """The level of each state; those of a dict or Series may be of more states than the scale has."""
    if not isinstance(levels, Iterable) or isinstance(levels, Set):
        raise ValueError(f"levels is {shown(levels)}: it must be a letter for each state, in a list or by state")
    letters = [str(letter) for letter in in_order(levels, "levels", states)]
    if len(letters) != n:
        raise ValueError(f"there are {len(letters)} levels and {n} rates: every state needs one level")
    return letters
