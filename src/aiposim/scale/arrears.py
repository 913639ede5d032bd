"""Arrears that suspend the vote.

Source: Charter of the United Nations, Article 19.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

YEARS = 2


def article_19(
    arrears: ArrayLike, assessed_by_year: ArrayLike | Mapping[int, float], waiver: ArrayLike = False
) -> bool | NDArray[np.bool_]:
    """Whether a state has no vote: its arrears equal or exceed what was due for the preceding two full years.

    Who owes nothing never loses the vote, nor does a state whose failure to pay the Assembly has excused as due to
    conditions beyond its control (`waiver`).

    arrears           one amount, or (state,)
    assessed_by_year  yearly contributions due, (year,) or (year, state), the latest last; a mapping names the years.
                      The last two count. Same money as `arrears`.
    waiver            true or false, or (state,)

    Returns a truth value, or (state,) of them. Errors: ValueError for fewer than two years and for amounts that are
    negative or no number.
    Source: Charter of the United Nations, Article 19.

    >>> article_19(20.0, [10.0, 10.0])
    True
    >>> article_19(19.9, {2013: 50.0, 2014: 10.0, 2015: 10.0})
    False
    """
    owed = _amounts("arrears", arrears)
    if isinstance(assessed_by_year, Mapping):
        assessed_by_year = [assessed_by_year[year] for year in sorted(assessed_by_year)]
    assessed = _amounts("assessed_by_year", assessed_by_year)
    if assessed.ndim == 0 or len(assessed) < YEARS:
        found = 1 if assessed.ndim == 0 else len(assessed)
        raise ValueError(f"assessed_by_year has {found} year(s): the two years that precede are needed")
    due = assessed[-2] + assessed[-1]
    suspended = (owed >= due) & (owed > 0.0) & ~np.asarray(waiver, dtype=bool)
    return bool(suspended) if suspended.ndim == 0 else suspended


def _amounts(name: str, given: Any) -> NDArray[np.float64]:
    amounts = np.asarray(given, dtype=np.float64)
    if not np.isfinite(amounts).all() or (amounts < 0.0).any():
        raise ValueError(f"{name} has an amount that is negative or no number: every amount must be 0 or more")
    return amounts
