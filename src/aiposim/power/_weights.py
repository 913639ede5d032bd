"""Weights and a quota in whole numbers, exactly, and the swings of weighted games too large to list."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from decimal import Decimal
from fractions import Fraction
from math import floor, gcd, lcm, log10
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from aiposim.numbers_given import GREATEST, number, shown

Number: TypeAlias = int | float | Fraction | Decimal

MOST_PLAYERS = 24
"""Of a game given coalition by coalition; that is 16 million of them."""
MOST_CELLS = 20_000_000
"""Players times quota, in whole numbers, of a weighted game that is not listed."""


def in_whole_numbers(weights: Iterable[Number], quota: Number, tolerance: Number) -> tuple[list[int], int]:
    """The weights, and what a coalition needs, over their common measure; no weight is more than the need.

    Errors: ValueError as for `aiposim.power.weighted_game`, the number of players excepted.
    """
    given = [_exact(weight, f"the weight of player {i}", least=0.0) for i, weight in enumerate(_listed(weights))]
    asked, spared = _exact(quota, "the quota"), _exact(tolerance, "the tolerance", least=0.0)
    if not given:
        raise ValueError("there are no weights; at least one is needed")
    needed, total = asked - spared, sum(given)
    called = f"the quota {shown(quota)}" + (f" less the tolerance {shown(tolerance)}" if spared else "")
    if needed <= 0:
        raise ValueError(f"{called} is not above 0, so that nobody would win as well")
    if needed > total:
        hint = "; a tolerance allows for rounded weights" if needed <= total * (1 + Fraction(1, 10**9)) else ""
        raise ValueError(f"{called} is above the total of the weights, so that nobody wins{hint}")
    scale = lcm(needed.denominator, *(weight.denominator for weight in given))
    threshold = int(needed * scale)
    sizes = [min(int(weight * scale), threshold) for weight in given]
    measure = gcd(threshold, *sizes)
    return [size // measure for size in sizes], threshold // measure


def reached(sizes: Sequence[int], threshold: int) -> NDArray[np.bool_]:
    """The game of weights whose sums are too large for 64 bits, none above the threshold.

    Sums of parts of the threshold, rounded, settle all coalitions but those next to it, which are added exactly.
    """
    parts = np.zeros(1)
    for size in sizes:
        parts = np.concatenate([parts, parts + size / threshold])
    winning: NDArray[np.bool_] = parts > 1.0
    for coalition in np.flatnonzero(np.abs(parts - 1.0) < 1e-12).tolist():
        winning[coalition] = sum(size for i, size in enumerate(sizes) if coalition >> i & 1) >= threshold
    return winning


def weighted_swings(weights: Iterable[Number], quota: Number, tolerance: Number) -> list[list[int]]:
    """The swings of a weighted game, from the number of losing coalitions of each size and weight.

    Errors: ValueError as for `in_whole_numbers`, and if the quota, so scaled, is too large to count up to.
    """
    sizes, threshold = in_whole_numbers(weights, quota, tolerance)
    n = len(sizes)
    most = MOST_CELLS // n
    if threshold > most:
        needed = _exact(quota, "the quota") - _exact(tolerance, "the tolerance")
        places = floor(log10(most) + log10(needed.denominator) - log10(needed.numerator))
        listed = f", or list the coalitions by weighted_game (up to {MOST_PLAYERS} players)"
        raise ValueError(
            f"in whole numbers the quota is {shown(threshold)}, too large for {n} players (at most {most}); "
            f"round weights and quota, as by .round({places}){listed if n <= MOST_PLAYERS else ''}"
        )
    losing: NDArray[Any] = np.zeros((n, threshold), dtype=np.int64 if n < 63 else object)
    losing[0, 0] = 1
    for size in sizes:
        if size < threshold:
            more = losing.copy()
            more[1:, size:] += losing[:-1, : threshold - size]
            losing = more
    by_weight = {size: _swings_of(size, losing) for size in set(sizes)}
    return [by_weight[size] for size in sizes]


def _listed(weights: Any) -> list[Any]:
    axes = np.ndim(weights) if hasattr(weights, "__array__") else 1
    if axes != 1 or isinstance(weights, str | bytes | Mapping | Set) or not isinstance(weights, Iterable):
        raise ValueError(f"the weights are {shown(weights)}: they must be a list of numbers")
    return list(weights)


def _exact(given: Any, name: str, least: float = -GREATEST) -> Fraction:
    """The number exactly; one in floating point as the shortest decimal that is written for it."""
    read = number(given, name, least=least)
    plain: Any = given[()] if isinstance(given, np.ndarray) else given
    if read == 0.0:  # a decimal smaller than any float could have more digits than there is room for
        if plain != 0:
            raise ValueError(f"{name} is {shown(plain)}: it is too small; write 0")
        return Fraction(0)
    if isinstance(plain, float):
        return Fraction(repr(float(plain)))
    return Fraction(str(plain)) if isinstance(plain, np.generic) else Fraction(plain)


def _swings_of(weight: int, losing: NDArray[Any]) -> list[int]:
    """Losing coalitions without a player of this weight that win with it, by number of members."""
    n, threshold = losing.shape
    without = losing.copy()
    if weight < threshold:
        for size in range(1, n):
            without[size, weight:] -= without[size - 1, : threshold - weight]
    return [int(count) for count in without[:, max(0, threshold - weight) :].sum(axis=1)]
