"""Games in characteristic-function form: Shapley value, core, convexity, and savings from a game of costs.

Source: von Neumann & Morgenstern 1944, Theory of Games and Economic Behavior; Shapley 1953, Contributions to the
Theory of Games II; Gillies 1959, Contributions to the Theory of Games IV; Shapley 1971, International Journal of Game
Theory 1 (convex games).
"""

from __future__ import annotations

from math import factorial

import numpy as np
from numpy.typing import ArrayLike, NDArray

from aiposim.numbers_given import numbers

Game = NDArray[np.float64]
"""Shape (2**player,): what the coalition obtains alone; bit i of an index is player i."""
Payoffs = NDArray[np.float64]

MOST_PLAYERS = 16
"""Of a game listed coalition by coalition; that is 65 536 of them."""
_ROUNDING = 1e-12


def shapley_value(v: ArrayLike, *, costs: bool = False) -> Payoffs:
    """What each player adds to those who came before, averaged over all orders of arrival: (player,), sum v(N).

    v      (2**player,) the game, v[0] = 0, in any unit
    costs  v is what coalitions spend; the answer is then who pays what. The value is linear, so that this is the
           own cost less the Shapley value of the savings.

    Errors: ValueError for what is no game (a length that is no power of two, nobody alone with more than 0, a value
    that is no number), for no player and for more than 16.
    Source: Shapley 1953, Contributions to the Theory of Games II.

    >>> shapley_value([0, 0, 0, 1, 0, 1, 0, 1]).round(4).tolist()  # player 0 needs one of the two others
    [0.6667, 0.1667, 0.1667]
    """
    game = from_costs(v) if costs else checked(v)
    n = players_of(game)
    size = members(n).sum(axis=1)
    chance = np.array([factorial(s) * factorial(n - 1 - s) / factorial(n) for s in range(n)])
    coalitions = np.arange(len(game))
    value = np.zeros(n)
    for i in range(n):
        without = coalitions[(coalitions >> i) & 1 == 0]
        added = chance[size[without]] * (game[without | (1 << i)] - game[without])
        value[i] = np.cumsum(added)[-1]
    return singles(checked(v)) - value if costs else value


def core_excess(v: ArrayLike, x: ArrayLike) -> float:
    """The smallest surplus x(S) - v(S) of a coalition S of some but not all players; negative if one would object.

    Whether the payoffs can be had is not looked at: they are in the core if this is 0 or more and x(N) = v(N). A
    single player has nobody to object: infinity.
    Errors: ValueError for what is no game, and for payoffs that are not one number for each player.
    Source: Gillies 1959, Contributions to the Theory of Games IV.

    >>> core_excess([0, 0, 0, 1, 0, 1, 0, 1], [1, 0, 0])
    0.0
    >>> core_excess([0, 0, 0, 1, 0, 1, 0, 1], [0.5, 0.5, 0])
    -0.5
    """
    game = checked(v)
    n = players_of(game)
    payoffs = numbers(x, "payoffs")
    if len(payoffs) != n:
        raise ValueError(f"there are {len(payoffs)} payoffs: there must be one for each of {n} players")
    surplus = coalition_sums(payoffs) - game
    return float(surplus[1:-1].min()) if n > 1 else float("inf")


def is_convex(v: ArrayLike) -> bool:
    """Whether a player adds more, or at least as much, to a larger coalition (up to 10**-12 of the greatest value).

    The core is then not empty, and the Shapley value and the nucleolus lie in it.
    Errors: ValueError for what is no game.
    Source: Shapley 1971, International Journal of Game Theory 1.

    >>> is_convex([0, 0, 0, 1, 0, 1, 1, 3]), is_convex([0, 0, 0, 1, 0, 1, 0, 1])
    (True, False)
    """
    game = checked(v)
    n = players_of(game)
    slack = _ROUNDING * float(np.abs(game).max())
    coalitions = np.arange(len(game))
    for i in range(n):
        for j in range(i):
            one, other = 1 << i, 1 << j
            rest = coalitions[(coalitions & (one | other)) == 0]
            more = (game[rest | one | other] - game[rest | other]) - (game[rest | one] - game[rest])
            if float(more.min()) < -slack:
                return False
    return True


def from_costs(c: ArrayLike) -> Game:
    """The game of savings: what the members of a coalition spend each alone, less what they spend together.

    Errors: ValueError for what is no game.
    Source: Straffin & Heaney 1981, International Journal of Game Theory 10.

    >>> from_costs([0, 5, 4, 7]).tolist()
    [0.0, 0.0, 0.0, 2.0]
    """
    cost = checked(c)
    return coalition_sums(singles(cost)) - cost


def checked(v: ArrayLike) -> Game:
    """The game as a fresh array of numbers. Errors: ValueError for what is no game, as for `shapley_value`."""
    game: Game = numbers(v, "the game")
    count = len(game)
    if count & (count - 1):
        raise ValueError(f"the game has {count} values: there must be 2**n, one a coalition of n players")
    if count == 1:
        raise ValueError("the game has no player: at least one is needed")
    if count > 2**MOST_PLAYERS:
        raise ValueError(f"the game has {players_of(game)} players: at most {MOST_PLAYERS} are allowed")
    if game[0] != 0.0:
        raise ValueError(f"nobody alone obtains {game[0]:g}: v[0] must be 0")
    return game


def players_of(game: Game) -> int:
    return len(game).bit_length() - 1


def members(n: int) -> NDArray[np.int64]:
    """Shape (2**n, n): 1 where the player belongs to the coalition."""
    return (np.arange(2**n)[:, None] >> np.arange(n)) & 1


def singles(game: Game) -> Payoffs:
    """What each player obtains alone, (player,)."""
    return game[2 ** np.arange(players_of(game))]


def coalition_sums(payoffs: Payoffs) -> Game:
    """What the members of each coalition have together, (2**player,), added in the order of the players."""
    sums = np.zeros(1)
    for payoff in payoffs:
        sums = np.concatenate([sums, sums + payoff])
    return sums
