"""Arrears that suspend the vote.

Source: Charter of the United Nations, Article 19.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from aiposim.numbers_given import number, numbers, truths
from aiposim.scale.by_state import in_order, names_of, shaped_as

__all__ = ["article_19"]

YEARS = 2
EQUAL = 1e-12
"""Arrears fall short of the dues by less than this part of them: equal, since .1 + .2 is not .3 in floating point."""


def article_19(arrears: ArrayLike | Mapping[Any, float], assessed_by_year: Any, waiver: Any = False) -> Any:
    """Whether a state has no vote: its arrears equal or exceed what was due for the preceding two full years.

    Who owes nothing never loses the vote, nor does a state whose failure to pay the Assembly has excused as due to
    conditions beyond its control (`waiver`). Amounts are equal that differ by a part in a million million.

    arrears           one amount, or (state,)
    assessed_by_year  yearly contributions due, (year,) or (year, state), the latest last; a dict or Series by year, or
                      a DataFrame with a row for each year, may have the years in any order. The latest two count.
                      Same money as `arrears`.
    waiver            true or false (or 1 or 0), or (state,)

    A dict, a Series or the columns of a DataFrame name the states; names that one argument has are looked up in the
    others. Returns a truth value, or (state,) of them: a dict if `arrears` is one, a Series if the states have names.
    Errors: ValueError for fewer than two years or a gap between the latest two, for a state that one argument
    lacks, for amounts that are negative or no number and for a waiver that is neither true nor false.
    Source: Charter of the United Nations, Article 19.

    >>> article_19(20.0, [10.0, 10.0])
    True
    >>> article_19(19.9, {2013: 50.0, 2014: 10.0, 2015: 10.0})
    False
    >>> article_19({"KOR": 20.0, "JPN": 0.0}, {2014: {"JPN": 30.0, "KOR": 10.0}, 2015: {"JPN": 30.0, "KOR": 10.0}})
    {'KOR': True, 'JPN': False}
    """
    years = _last_two(assessed_by_year)
    states = next((names for names in map(names_of, (arrears, *years.values(), waiver)) if names is not None), None)
    owed = numbers(in_order(arrears, "arrears", states), "arrears", axes=(0, 1), least=0.0)
    earlier, latest = (
        numbers(in_order(due, name, states), name, axes=(0, 1), least=0.0) for name, due in years.items()
    )
    waived = truths(in_order(waiver, "waiver", states), "waiver", axes=(0, 1))
    counts = {len(each) for each in (owed, earlier, latest, waived) if each.ndim}
    if len(counts) > 1:
        raise ValueError(
            f"arrears, assessed_by_year and waiver are of {' and '.join(map(str, sorted(counts)))} states: "
            "they must be of the same"
        )
    suspended: NDArray[np.bool_] = (owed >= (earlier + latest) * (1.0 - EQUAL)) & (owed > 0.0) & ~waived
    return shaped_as(arrears, states, suspended, "no_vote") if suspended.ndim else bool(suspended)


def _last_two(assessed_by_year: Any) -> dict[str, Any]:
    """What was due in each of the latest two years, by a name for messages: one amount, or those of the states."""
    names = names_of(assessed_by_year)
    if names is None:
        given = numbers(assessed_by_year, "assessed_by_year", axes=(1, 2), least=0.0)
        return {f"assessed_by_year[{place}]": given[place] for place in _latest(list(range(len(given))))}
    years = [int(number(year, "a year of assessed_by_year", whole=True)) for year in names]
    if isinstance(assessed_by_year, Mapping):
        due = list(assessed_by_year.values())
    elif hasattr(assessed_by_year, "columns"):
        due = [row for _, row in assessed_by_year.iterrows()]
    else:
        due = list(assessed_by_year)
    return {f"assessed_by_year of {year}": due[years.index(year)] for year in _latest(years)}


def _latest(years: Sequence[int]) -> tuple[int, int]:
    if len(set(years)) < len(years):
        raise ValueError("assessed_by_year has a year more than once: every year may stand there once")
    if len(years) < YEARS:
        raise ValueError(f"assessed_by_year has {len(years)} year(s): the two years that precede are needed")
    earlier, latest = sorted(years)[-YEARS:]
    if latest - earlier != 1:
        raise ValueError(f"assessed_by_year has {latest} and {earlier} and none between: two full years are needed")
    return earlier, latest
