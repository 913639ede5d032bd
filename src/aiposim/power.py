"""Voting power: simple games, and how often a player turns a losing coalition into a winning one.

A simple game of n players is a boolean array `winning` of shape (2**n,): bit i of an index says whether player i
belongs to the coalition. Nobody alone wins nothing, all together win, and one player more never defeats a
coalition; an array of which this is not so is refused. A swing of player i is a losing coalition without i that
wins with i. Counts of swings are whole numbers throughout; only the last division is rounded.

Source: von Neumann & Morgenstern 1944, Theory of Games and Economic Behavior (simple games); Shapley & Shubik 1954,
American Political Science Review 48; Penrose 1946, Journal of the Royal Statistical Society 109; Banzhaf 1965,
Rutgers Law Review 19; Felsenthal & Machover 1998, The Measurement of Voting Power.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from fractions import Fraction
from math import factorial, gcd, lcm
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

Winning: TypeAlias = NDArray[np.bool_]
Index: TypeAlias = NDArray[np.float64]
Number: TypeAlias = int | float | Fraction | Decimal
Swings: TypeAlias = Sequence[Sequence[int]] | NDArray[Any]
"""Shape (player, size): swings of a player at coalitions of 0, 1, ... others."""

MOST_PLAYERS = 24
"""Of a game given coalition by coalition; that is 16 million of them."""
MOST_DECIMALS = 12
"""Of weights that are added exactly; with more a number is taken for a fraction that has no end."""
MOST_CELLS = 20_000_000


def weighted_game(weights: Iterable[Number], quota: Number, *, tolerance: Number = 0) -> Winning:
    """The game in which a coalition wins whose weights come to the quota, less the tolerance: shape (2**n,).

    Whole numbers, fractions and decimals of up to twelve places are added exactly, so that .1 + .7 reaches .8;
    other weights are added in floating point, in the order of the players, and want a tolerance.
    Errors: ValueError for no weights or more than 24, for a negative or infinite one, for a quota (less the
    tolerance) that is not above 0 or exceeds the total.

    >>> weighted_game([2, 1, 1], 3).tolist()
    [False, False, False, True, False, True, False, True]
    """
    sizes, threshold = _measured(weights, quota, tolerance)
    if len(sizes) > MOST_PLAYERS:
        raise ValueError(
            f"{len(sizes)} players make too many coalitions to list; at most {MOST_PLAYERS} are allowed "
            "(weighted_shapley_shubik and weighted_banzhaf take more)"
        )
    dtype = np.float64 if isinstance(threshold, float) else np.int64 if sum(sizes) < 2**62 else object
    totals: NDArray[Any] = np.zeros(1, dtype=dtype)
    for size in sizes:
        totals = np.concatenate([totals, totals + size])
    return np.asarray(totals >= threshold, dtype=np.bool_)


def both(*games: ArrayLike) -> Winning:
    """The game in which a coalition must win every one of the games: a double majority, a veto beside a vote.

    Errors: ValueError for no game, for games of different numbers of players, and for what is no simple game.
    """
    winning: Winning = np.all(_alike(games), axis=0)
    return winning


def either(*games: ArrayLike) -> Winning:
    """The game in which it is enough for a coalition to win one of the games.

    Errors: as for `both`.
    """
    winning: Winning = np.any(_alike(games), axis=0)
    return winning


def shapley_shubik(winning: ArrayLike) -> Index:
    """Share of the orders of arrival in which the player is the one who makes the coalition win: (player,), sum 1.

    Errors: ValueError for what is no simple game.
    Source: Shapley & Shubik 1954, American Political Science Review 48.

    >>> shapley_shubik(weighted_game([2, 1, 1], 3)).round(4).tolist()
    [0.6667, 0.1667, 0.1667]
    """
    return shapley_shubik_of(swings(winning))


def banzhaf(winning: ArrayLike, *, normalised: bool = True) -> Index:
    """Swings of each player as part of all swings, shape (player,), sum 1.

    Not normalised, the chance that the player is decisive when all others vote yes or no by the toss of a coin:
    swings / 2**(n-1).
    Errors: ValueError for what is no simple game.
    Source: Banzhaf 1965, Rutgers Law Review 19; not normalised, Penrose 1946, Journal of the Royal Statistical
    Society 109.

    >>> banzhaf(weighted_game([2, 1, 1], 3)).tolist()
    [0.6, 0.2, 0.2]
    >>> banzhaf(weighted_game([2, 1, 1], 3), normalised=False).tolist()
    [0.75, 0.25, 0.25]
    """
    return banzhaf_of(swings(winning), normalised=normalised)


def weighted_shapley_shubik(weights: Iterable[Number], quota: Number, *, tolerance: Number = 0) -> Index:
    """`shapley_shubik` of a weighted game too large to list, by generating functions, in whole numbers.

    Weights that are not whole are scaled: decimals of up to twelve places and fractions exactly.
    Errors: ValueError as for `weighted_game` (any number of players is allowed), for weights that are neither
    whole nor such decimals, and if the quota, so scaled, is too large for the number of players.
    Source: Brams & Affuso 1976, Theory and Decision 7, for the method (with credit to D. G. Cantor).
    """
    return shapley_shubik_of(_weighted_swings(weights, quota, tolerance))


def weighted_banzhaf(
    weights: Iterable[Number], quota: Number, *, normalised: bool = True, tolerance: Number = 0
) -> Index:
    """`banzhaf` of a weighted game too large to list, by generating functions, in whole numbers.

    Errors and source: as for `weighted_shapley_shubik`.
    """
    return banzhaf_of(_weighted_swings(weights, quota, tolerance), normalised=normalised)


def swings(winning: ArrayLike) -> NDArray[np.int64]:
    """How often each player turns a losing coalition of so many others into a winning one: (player, size).

    Errors: ValueError for what is no simple game.
    """
    game, n = checked(winning)
    size = np.zeros(1, dtype=np.uint8)
    for _ in range(n):
        size = np.concatenate([size, size + np.uint8(1)])
    found = np.zeros((n, n), dtype=np.int64)
    for i in range(n):
        without, together = _sides(game, i)
        found[i] = np.bincount(_sides(size, i)[0][together & ~without], minlength=n)
    return found


def shapley_shubik_of(swings: Swings) -> Index:
    """The Shapley-Shubik index from the swings of each player by size of the coalition: (player,)."""
    n = len(swings)
    orders = [factorial(size) * factorial(n - 1 - size) for size in range(n)]
    counts = [sum(int(count) * order for count, order in zip(row, orders, strict=True)) for row in swings]
    return np.array([count / factorial(n) for count in counts])


def banzhaf_of(swings: Swings, *, normalised: bool = True) -> Index:
    """The Banzhaf index from the swings of each player by size of the coalition: (player,)."""
    counts = [sum(map(int, row)) for row in swings]
    whole = sum(counts) if normalised else 2 ** (len(counts) - 1)
    return np.array([count / whole for count in counts])


def blockers(winning: ArrayLike) -> list[int]:
    """Players without whom nothing is won: each has a veto. Errors: ValueError for what is no simple game."""
    game, n = checked(winning)
    everybody = len(game) - 1
    return [i for i in range(n) if not game[everybody - (1 << i)]]


def dictators(winning: ArrayLike) -> list[int]:
    """The player who wins alone and without whom nothing is won, if there is one.

    Errors: ValueError for what is no simple game.
    """
    game, _ = checked(winning)
    return [i for i in blockers(game) if game[1 << i]]


def dummies(winning: ArrayLike) -> list[int]:
    """Players who never make a difference. Errors: ValueError for what is no simple game."""
    game, n = checked(winning)
    return [i for i in range(n) if np.array_equal(*_sides(game, i))]


def minimal_winning(winning: ArrayLike) -> list[tuple[int, ...]]:
    """Coalitions that win and of which nobody can be spared, each as its players; the smallest first.

    Errors: ValueError for what is no simple game.

    >>> minimal_winning(weighted_game([2, 1, 1], 3))
    [(0, 1), (0, 2)]
    """
    game, n = checked(winning)
    minimal = game.copy()
    for i in range(n):
        without, _ = _sides(game, i)
        _sides(minimal, i)[1][without] = False
    found = [tuple(i for i in range(n) if coalition >> i & 1) for coalition in np.flatnonzero(minimal).tolist()]
    return sorted(found, key=lambda players: (len(players), players))


def checked(winning: ArrayLike) -> tuple[Winning, int]:
    """The simple game and its number of players.

    Errors: ValueError that says what is wrong: the dtype, the shape, a coalition.
    """
    game = np.asarray(winning)
    if game.dtype != np.bool_:
        raise ValueError(f"a simple game is an array of booleans, not of {game.dtype}")
    n = game.size.bit_length() - 1
    if game.ndim != 1 or game.size != 1 << max(n, 0):
        raise ValueError(f"a simple game has shape (2**n,), one entry a coalition; found {game.shape}")
    if game[0]:
        raise ValueError("the coalition of nobody wins; in a simple game it loses")
    if not game[-1]:
        raise ValueError("not even all players together win; in a simple game they do")
    for i in range(n):
        without, together = _sides(game, i)
        if (without & ~together).any():
            raise ValueError(f"a coalition wins without player {i} and loses with it; more votes may not defeat")
    return game, n


def _sides(game: NDArray[Any], player: int) -> tuple[NDArray[Any], NDArray[Any]]:
    """Views of the coalitions without the player and, in the same order, with it."""
    pairs = game.reshape(-1, 2, 1 << player)
    return pairs[:, 0, :], pairs[:, 1, :]


def _alike(games: Sequence[ArrayLike]) -> list[Winning]:
    if not games:
        raise ValueError("no game is given; at least one is needed")
    arrays = [checked(game)[0] for game in games]
    counts = sorted({len(game).bit_length() - 1 for game in arrays})
    if len(counts) > 1:
        raise ValueError(f"the games have different numbers of players: {', '.join(map(str, counts))}")
    return arrays


def _measured(weights: Iterable[Number], quota: Number, tolerance: Number) -> tuple[list[Any], int | float]:
    """The weights, and what a coalition needs: whole numbers over their common measure, or floats if they have none."""
    written = list(weights)
    given = [_plain(weight, "weight") for weight in written]
    asked, spared = _plain(quota, "quota"), _plain(tolerance, "tolerance")
    if not given:
        raise ValueError("there are no weights; at least one is needed")
    for i, weight in enumerate(given):
        if weight < 0:
            raise ValueError(f"the weight of player {i} is {written[i]}; weights are 0 or more")
    if spared < 0:
        raise ValueError(f"the tolerance is {tolerance}; it is 0 or more")
    sizes: list[Any]
    threshold: int | float
    if any(isinstance(number, float) for number in (*given, asked, spared)):
        sizes, threshold = [float(weight) for weight in given], float(asked) - float(spared)
    else:
        needed = Fraction(asked) - Fraction(spared)
        scale = lcm(needed.denominator, *(Fraction(weight).denominator for weight in given))
        sizes, threshold = [int(weight * scale) for weight in given], int(needed * scale)
        measure = gcd(threshold, *sizes)
        sizes, threshold = [size // measure for size in sizes], threshold // measure
    less = f" less the tolerance {tolerance}" if spared else ""
    if threshold <= 0:
        raise ValueError(f"the quota {quota}{less} is not above 0, so that nobody would win as well")
    if threshold > sum(sizes):
        raise ValueError(f"the quota {quota}{less} is above the total of the weights, so that nobody wins")
    return sizes, threshold


def _plain(number: Any, what: str) -> int | float | Fraction:
    """The number in a type that adds exactly; a float only if it has too many decimals to be meant as one."""
    plain = number.item() if isinstance(number, np.generic) else number
    if isinstance(plain, bool) or not isinstance(plain, int | float | Fraction | Decimal):
        raise ValueError(f"a {what} must be a number, not {number!r}")
    if isinstance(plain, int | Fraction):
        return plain
    written = Decimal(repr(plain)) if isinstance(plain, float) else plain
    if not written.is_finite():
        raise ValueError(f"a {what} must be finite, not {number!r}")
    places = -int(written.normalize().as_tuple().exponent)
    return plain if isinstance(plain, float) and places > MOST_DECIMALS else Fraction(written)


def _weighted_swings(weights: Iterable[Number], quota: Number, tolerance: Number) -> list[list[int]]:
    """The swings of a weighted game, from the number of losing coalitions of each size and weight."""
    sizes, threshold = _measured(weights, quota, tolerance)
    n = len(sizes)
    if isinstance(threshold, float):
        raise ValueError(
            f"weights and quota must be whole numbers, fractions or decimals of at most {MOST_DECIMALS} places, "
            f"to be counted exactly; round them, or use weighted_game (up to {MOST_PLAYERS} players)"
        )
    if n * threshold > MOST_CELLS:
        raise ValueError(
            f"in whole numbers the quota is {threshold}, too large for {n} players (at most {MOST_CELLS // n}); "
            "round the weights"
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


def _swings_of(weight: int, losing: NDArray[Any]) -> list[int]:
    """Losing coalitions without a player of this weight that win with it, by number of members."""
    n, threshold = losing.shape
    without = losing.copy()
    if weight < threshold:
        for size in range(1, n):
            without[size, weight:] -= without[size - 1, : threshold - weight]
    return [int(count) for count in without[:, max(0, threshold - weight) :].sum(axis=1)]
