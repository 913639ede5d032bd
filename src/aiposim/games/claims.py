"""Claims problems: an estate is divided among creditors whose claims together come to more.

Every rule gives each creditor between nothing and the claim, and divides the whole estate. Sums run in a fixed
order, so that the awards have the same bits everywhere.

Source: O'Neill 1982, Mathematical Social Sciences 2; Aumann & Maschler 1985, Journal of Economic Theory 36;
Thomson 2003, Mathematical Social Sciences 45 (survey).
"""

from __future__ import annotations

from math import factorial

import numpy as np
from numpy.typing import ArrayLike, NDArray

from aiposim.numbers_given import number, numbers

Amounts = NDArray[np.float64]

MOST_ARRIVALS = 16
"""Creditors whose orders of arrival can be averaged: 65 536 coalitions."""
_TOLERANCE = 1e-12


def proportional(estate: float, claims: ArrayLike) -> Amounts:
    """The same part of every claim: awards in the order of the claims, shape (creditor,), sum `estate`.

    claims  (creditor,) 0 or more; estate: 0 or more, at most the sum of the claims (all in one unit of money)
    Errors: ValueError for claims that are no list, empty, negative or no number, for an estate that is negative or
    no number, and for claims that come to less than the estate (by more than a part in 10**12).

    >>> proportional(100, [100, 300]).tolist()
    [25.0, 75.0]
    """
    amount, owed, unit = _checked(estate, claims)
    total = _total(owed)
    awards = owed * (min(1.0, amount / total) if total > 0.0 else 0.0)
    return np.ldexp(awards, unit)


def constrained_equal_awards(estate: float, claims: ArrayLike) -> Amounts:
    """The same to all, but nobody more than the claim: min(claim, level). Shape (creditor,), sum `estate`.

    Arguments and errors: as for `proportional`.
    Source: Maimonides, 12th century; Aumann & Maschler 1985; named as in Thomson 2003.

    >>> constrained_equal_awards(200, [50, 100, 300]).tolist()
    [50.0, 75.0, 75.0]
    """
    amount, owed, unit = _checked(estate, claims)
    return np.ldexp(_equal_awards(amount, owed), unit)


def constrained_equal_losses(estate: float, claims: ArrayLike) -> Amounts:
    """The same loss to all, but nobody pays in: max(0, claim - loss). Shape (creditor,), sum `estate`.

    Arguments and errors: as for `proportional`.
    Source: Maimonides, 12th century; Aumann & Maschler 1985; named as in Thomson 2003.

    >>> constrained_equal_losses(200, [50, 100, 300]).tolist()
    [0.0, 0.0, 200.0]
    """
    amount, owed, unit = _checked(estate, claims)
    return np.ldexp(_equal_losses(amount, owed), unit)


def talmud(estate: float, claims: ArrayLike) -> Amounts:
    """Equal awards on half the claims while the estate is less than half of all claims; beyond, equal losses on the
    other half. Shape (creditor,), sum `estate`; it is the nucleolus of the bankruptcy game.

    Arguments and errors: as for `proportional`.
    Source: Aumann & Maschler 1985, Journal of Economic Theory 36, on the Mishnah, Ketubot 93a.

    >>> talmud(200, [100, 200, 300]).tolist()
    [50.0, 75.0, 75.0]
    """
    amount, owed, unit = _checked(estate, claims)
    half = owed / 2.0
    middle = _total(half)
    if amount <= middle:
        return np.ldexp(_equal_awards(amount, half), unit)
    return np.ldexp(half + _equal_losses(amount - middle, half), unit)


def random_arrival(estate: float, claims: ArrayLike) -> Amounts:
    """First come, first served, averaged over all orders of arrival. Shape (creditor,), sum `estate`.

    It is the Shapley value of the bankruptcy game, summed over coalitions of those who came before.
    Arguments and errors: as for `proportional`; and ValueError for more than 16 creditors.
    Source: O'Neill 1982, Mathematical Social Sciences 2.

    >>> random_arrival(100, [100, 300]).tolist()
    [50.0, 50.0]
    """
    amount, owed, unit = _checked(estate, claims)
    n = len(owed)
    if n > MOST_ARRIVALS:
        raise ValueError(f"{n} creditors arrive in too many orders: at most {MOST_ARRIVALS} are allowed")
    awards = np.zeros(n)
    for i in range(n):
        gone, before = np.zeros(1), np.zeros(1, dtype=np.int64)
        for j in range(n):
            if j != i:
                gone, before = np.concatenate([gone, gone + owed[j]]), np.concatenate([before, before + 1])
        chance = np.array([factorial(s) * factorial(n - 1 - s) / factorial(n) for s in range(n)])
        left = np.maximum(0.0, amount - gone)
        awards[i] = _total(chance[before] * np.minimum(owed[i], left))
    return np.ldexp(awards, unit)


def _equal_awards(estate: float, claims: Amounts) -> Amounts:
    """Creditors are paid off from the smallest claim up, until the rest is too little for the next."""
    left = estate
    ascending = np.sort(claims)
    for paid, claim in enumerate(ascending):
        level = left / (len(ascending) - paid)
        if level <= claim:
            awards: Amounts = np.minimum(claims, level)
            return awards
        left = left - claim
    return claims.copy()


def _equal_losses(estate: float, claims: Amounts) -> Amounts:
    """The largest claims are cut down to the next, until what has been handed out is the estate."""
    left = estate
    descending = np.append(np.sort(claims)[::-1], 0.0)
    for k in range(1, len(descending)):
        step = k * (descending[k - 1] - descending[k])
        if left <= step:
            awards: Amounts = np.minimum(claims, np.maximum(0.0, (claims - descending[k - 1]) + left / k))
            return awards
        left = left - step
    return claims.copy()


def _total(amounts: Amounts) -> float:
    return float(np.cumsum(amounts)[-1])


def _checked(estate: float, claims: ArrayLike) -> tuple[float, Amounts, int]:
    """Estate and claims in units of a power of two next to the largest claim, and the exponent of that power.

    Scaling by a power of two is exact and keeps sums within the range of floating-point numbers.
    """
    owed = numbers(claims, "claims", least=0.0)
    amount = number(estate, "the estate", least=0.0)
    unit = int(np.frexp(owed.max())[1])
    owed = np.ldexp(owed, -unit)
    scaled = float(np.ldexp(amount, -unit))
    total = _total(owed)
    if scaled > total * (1.0 + _TOLERANCE):
        raise ValueError(
            f"claims come to {np.ldexp(total, unit):g}, less than the estate of {amount:g}: "
            "the estate must not exceed their sum"
        )
    return scaled, owed, unit
