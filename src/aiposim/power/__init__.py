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
from math import factorial
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

from aiposim.numbers_given import shown
from aiposim.power._weights import MOST_CELLS, MOST_PLAYERS, Number, in_whole_numbers, reached, weighted_swings

__all__ = [
    "MOST_CELLS",
    "MOST_PLAYERS",
    "Index",
    "Number",
    "Swings",
    "Winning",
    "banzhaf",
    "banzhaf_of",
    "blockers",
    "both",
    "checked",
    "dictators",
    "dummies",
    "either",
    "minimal_winning",
    "shapley_shubik",
    "shapley_shubik_of",
    "swings",
    "weighted_banzhaf",
    "weighted_game",
    "weighted_shapley_shubik",
]

Winning: TypeAlias = NDArray[np.bool_]
Index: TypeAlias = NDArray[np.float64]
Swings: TypeAlias = Sequence[Sequence[int]] | NDArray[Any]
"""Shape (player, size): swings of a player at coalitions of 0, 1, ... others."""


def weighted_game(weights: Iterable[Number], quota: Number, tolerance: Number = 0) -> Winning:
    """The game in which a coalition wins whose weights come to the quota, less the tolerance: shape (2**n,).

    Every number counts as the decimal it is written as, and sums are exact, so that .1 + .7 reaches .8. Weights
    that were rounded, as 1/3 is, may miss a quota by their last digit and want a tolerance.
    Errors: ValueError for no weights or more than 24, for a weight or a tolerance that is negative, for what is no
    finite number of at most 1e50, for a quota (less the tolerance) that is not above 0 or exceeds the total.

    >>> weighted_game([2, 1, 1], 3).tolist()
    [False, False, False, True, False, True, False, True]
    """
    sizes, threshold = in_whole_numbers(weights, quota, tolerance)
    if len(sizes) > MOST_PLAYERS:
        raise ValueError(
            f"{len(sizes)} players make too many coalitions to list; at most {MOST_PLAYERS} are allowed "
            "(weighted_shapley_shubik and weighted_banzhaf take more)"
        )
    if sum(sizes) >= 2**62:
        return reached(sizes, threshold)
    totals = np.zeros(1, dtype=np.int64)
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


def weighted_shapley_shubik(weights: Iterable[Number], quota: Number, tolerance: Number = 0) -> Index:
    """`shapley_shubik` of a weighted game too large to list, by generating functions, in whole numbers.

    Weights that are not whole are scaled until they and the quota are, exactly.
    Errors: ValueError as for `weighted_game` (any number of players is allowed), and if the quota, so scaled, times
    the number of players exceeds 20 million. Shares with all their decimals do: a scale of assessments of 193 states
    and a quota of .5 can be counted to five decimals, the unit of the UN scale; that takes a minute.
    Source: Brams & Affuso 1976, Theory and Decision 7, for the method (with credit to D. G. Cantor).

    >>> shares = np.array([2.0, 1.0, 3.0]) / 7.0
    >>> weighted_shapley_shubik(shares.round(5), 0.5).round(4).tolist()
    [0.1667, 0.1667, 0.6667]
    """
    return shapley_shubik_of(weighted_swings(weights, quota, tolerance))


def weighted_banzhaf(
    weights: Iterable[Number], quota: Number, tolerance: Number = 0, *, normalised: bool = True
) -> Index:
    """`banzhaf` of a weighted game too large to list, by generating functions, in whole numbers.

    Errors and source: as for `weighted_shapley_shubik`.
    """
    return banzhaf_of(weighted_swings(weights, quota, tolerance), normalised=normalised)


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
    """The Shapley-Shubik index from the swings of each player by size of the coalition: (player,).

    Errors: ValueError for swings that no simple game has: not a row a player and a column a size, no whole numbers,
    none at all.
    """
    counted = _counted(swings)
    n = len(counted)
    orders = [factorial(size) * factorial(n - 1 - size) for size in range(n)]
    counts = [sum(count * order for count, order in zip(row, orders, strict=True)) for row in counted]
    return np.array([count / factorial(n) for count in counts])


def banzhaf_of(swings: Swings, *, normalised: bool = True) -> Index:
    """The Banzhaf index from the swings of each player by size of the coalition: (player,).

    Errors: as for `shapley_shubik_of`.
    """
    counts = [sum(row) for row in _counted(swings)]
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
    try:
        game = np.asarray(winning)
    except ValueError:
        raise ValueError("a simple game has shape (2**n,); found rows of different lengths") from None
    if not game.size:
        raise ValueError("a simple game has shape (2**n,), one entry a coalition; found none")
    if game.dtype != np.bool_:
        raise ValueError(f"a simple game is an array of booleans, not of {game.dtype}")
    n = game.size.bit_length() - 1
    if game.ndim != 1 or game.size != 1 << n:
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


def _counted(swings: Swings) -> list[list[int]]:
    try:
        rows = [list(row) for row in swings]
    except TypeError:
        raise ValueError("swings must be a table: a row a player, a column a size of coalition") from None
    n = len(rows)
    for i, row in enumerate(rows):
        if len(row) != n:
            raise ValueError(f"{n} players have swings at {n} sizes of coalition; player {i} has {len(row)}")
        for count in row:
            if not isinstance(count, int | np.integer) or isinstance(count, bool) or count < 0:
                raise ValueError(f"player {i} has {shown(count)} swings: it must be a whole number, 0 or more")
    if not any(map(any, rows)):
        raise ValueError("nobody has a swing; in a simple game somebody does")
    return [[int(count) for count in row] for row in rows]
