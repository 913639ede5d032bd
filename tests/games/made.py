"""Games for tests: published ones, and random convex ones."""

from __future__ import annotations

from collections.abc import Sequence

import hypothesis.strategies as st
import numpy as np

Game = np.ndarray

TENNESSEE = np.array([0, 163_520, 140_826, 301_607, 250_096, 378_821, 367_370, 412_584], dtype=np.float64)
"""Costs of dams for navigation, flood control and power, thousand US$, alone and together: Straffin & Heaney 1981,
International Journal of Game Theory 10, from the Tennessee Valley Authority's allocation of the 1930s."""


def sums(amounts: Sequence[float] | np.ndarray) -> Game:
    return np.array([sum(a for i, a in enumerate(amounts) if s >> i & 1) for s in range(2 ** len(amounts))], float)


def bankruptcy(estate: float, claims: Sequence[float] | np.ndarray) -> Game:
    """What is left to a coalition when all others have been paid: O'Neill 1982, Mathematical Social Sciences 2."""
    owed = sums(claims)
    return np.maximum(0.0, estate - owed[::-1])


def airport(costs: Sequence[float] | np.ndarray) -> Game:
    """A runway costs what its most demanding user needs: Littlechild & Owen 1973, Management Science 20."""
    return np.array([max((c for i, c in enumerate(costs) if s >> i & 1), default=0.0) for s in range(2 ** len(costs))])


def gloves(left: int, right: int) -> Game:
    """Only pairs are worth something; the first players hold left gloves."""
    pairs = [min((s % 2**left).bit_count(), (s >> left).bit_count()) for s in range(2 ** (left + right))]
    return np.array(pairs, dtype=np.float64)


@st.composite
def convex_games(draw: st.DrawFn, least: int = 1, most: int = 5) -> Game:
    """Sums of what certain coalitions bring together, 0 or more each, and of what each player has alone."""
    n = draw(st.integers(least, most))
    dividend = st.one_of(st.just(0.0), st.integers(0, 3).map(float), st.floats(0.0, 10.0))
    own = draw(st.lists(st.floats(-10.0, 10.0), min_size=n, max_size=n))
    game = sums(own)
    for coalition in range(1, 2**n):
        brought = draw(dividend)
        game += np.where(np.arange(2**n) & coalition == coalition, brought, 0.0)
    game[0] = 0.0
    return game


def renamed(game: Game, order: Sequence[int]) -> Game:
    """The same game when player i is called order[i]."""
    n = len(order)
    result = np.empty(2**n)
    for s in range(2**n):
        result[sum(1 << order[i] for i in range(n) if s >> i & 1)] = game[s]
    return result
