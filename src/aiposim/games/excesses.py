"""The nucleolus: the greatest objection of a coalition is made as small as it can be, then the next, and so on.

A sequence of linear programmes finds which coalitions' objections cannot be made smaller; the payoffs are then
solved from those equations, so that they are as exact as the game and not as the solver's tolerance.

Source: Schmeidler 1969, SIAM Journal on Applied Mathematics 17; Kohlberg 1971, SIAM Journal on Applied Mathematics 20;
Maschler, Peleg & Shapley 1979, Mathematics of Operations Research 4.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from aiposim.games.solutions import (
    Game,
    Payoffs,
    checked,
    coalition_sums,
    from_costs,
    members,
    players_of,
    singles,
)

MOST_PLAYERS_OF_A_NUCLEOLUS = 10
_ROUNDING = 1e-12  # of the greatest value: sums of own values that differ by less are equal
_BINDING = 1e-7  # a dual value above it belongs to a coalition whose objection cannot be made smaller
_DEPENDENT = 1e-9  # distance of a coalition from the space of the settled ones
_AGREEMENT = 1e-6  # of the greatest saving: between the programmes and the equations


def nucleolus(v: ArrayLike, *, costs: bool = False) -> Payoffs:
    """The imputation whose objections v(S) - x(S), in falling order, come first in the dictionary: (player,), sum v(N).

    Imputations give each player at least the own value, x_i >= v({i}); without that demand it would be the
    prenucleolus, which is the same wherever the core is not empty.

    v      (2**player,) the game, v[0] = 0, in any unit
    costs  v is what coalitions spend; the answer is then who pays what: the own cost less the nucleolus of the
           savings.

    Errors: ValueError for what is no game (as for `shapley_value`), for more than 10 players, and for a game in which
    the players obtain more each alone than all together, so that there is no imputation.
    Source: Schmeidler 1969, SIAM Journal on Applied Mathematics 17.

    >>> nucleolus([0, 0, 0, 6, 0, 0, 0, 12]).round(9).tolist()  # the first two could have 6 without the third
    [4.5, 4.5, 3.0]
    """
    return _shares_of_costs(v, per_capita=False) if costs else _least_objections(checked(v), per_capita=False)


def per_capita_nucleolus(v: ArrayLike, *, costs: bool = False) -> Payoffs:
    """The nucleolus with objections per head, (v(S) - x(S)) / |S|: shape (player,), sum v(N).

    Where the core is not empty and the whole has more to divide, nobody gets less by it (it is monotonic in the
    aggregate; the nucleolus is not).
    Arguments and errors: as for `nucleolus`.
    Source: Young, Okada & Hashimoto 1982, Water Resources Research 18; Grotte 1970 (the normalized nucleolus).

    >>> per_capita_nucleolus([0, 0, 0, 6, 0, 0, 0, 12]).round(9).tolist()
    [5.0, 5.0, 2.0]
    """
    return _shares_of_costs(v, per_capita=True) if costs else _least_objections(checked(v), per_capita=True)


def _shares_of_costs(c: ArrayLike, *, per_capita: bool) -> Payoffs:
    cost = checked(c)
    alone, together = float(singles(cost).sum()), float(cost[-1])
    if together - alone > _ROUNDING * float(np.abs(cost).max()):
        raise ValueError(
            f"the players spend {alone:g} each alone and {together:g} all together: nothing is saved, "
            "and so there is no nucleolus"
        )
    return singles(cost) - _least_objections(from_costs(cost), per_capita=per_capita)


def _least_objections(game: Game, *, per_capita: bool) -> Payoffs:
    n = players_of(game)
    if n > MOST_PLAYERS_OF_A_NUCLEOLUS:
        raise ValueError(f"the game has {n} players: at most {MOST_PLAYERS_OF_A_NUCLEOLUS} are allowed for a nucleolus")
    own = singles(game)
    gain = game - coalition_sums(own)
    noise = _ROUNDING * float(np.abs(game).max())
    if gain[-1] < -noise:
        raise ValueError(
            f"the players obtain {own.sum():g} each alone and {game[-1]:g} all together: there is no imputation, "
            "and so no nucleolus"
        )
    if gain[-1] <= noise:
        payoffs: Payoffs = own + gain[-1] / n
        return payoffs
    # Tolerances of the programmes are absolute; the greatest gain becomes 1.
    scale = float(np.abs(gain).max())
    weight = members(n).sum(axis=1).astype(np.float64) if per_capita else np.ones(len(game))
    return own + scale * _solved(gain / scale, members(n).astype(np.float64), weight)


def _solved(gain: Game, member: NDArray[np.float64], weight: NDArray[np.float64]) -> Payoffs:
    """Nucleolus of a game in which each player alone obtains 0.

    Each programme settles coalitions that no payoffs settled before determine, so that n - 1 are enough.
    """
    n = member.shape[1]
    everybody = len(gain) - 1
    open_ = np.arange(1, everybody)
    settled: list[int] = [everybody]
    level = {everybody: 0.0}
    rounds: list[NDArray[np.intp]] = []
    poor: set[int] = set()
    payoffs: Payoffs = np.full(n, gain[-1] / n)
    while len(settled) < n:
        payoffs, objection, binding, at_zero = _programme(gain, member, weight, open_, settled, level)
        rounds.append(open_[binding])
        poor.update(int(i) for i in at_zero)
        for coalition in open_[binding]:
            if _apart(member[[coalition]], member[settled])[0]:
                settled.append(int(coalition))
                level[int(coalition)] = objection * weight[coalition]
        open_ = open_[_apart(member[open_], member[settled])]
    exact = _from_equations(gain, member, weight, rounds, sorted(poor))
    if float(np.abs(exact - payoffs).max()) > _AGREEMENT:
        raise ArithmeticError("the linear programmes of the nucleolus and their equations disagree")
    return np.asarray(np.maximum(0.0, exact))


def _programme(
    gain: Game,
    member: NDArray[np.float64],
    weight: NDArray[np.float64],
    open_: NDArray[np.intp],
    settled: list[int],
    level: dict[int, float],
) -> tuple[Payoffs, float, NDArray[np.bool_], NDArray[np.intp]]:
    """Least greatest objection of the open coalitions; which of them have it in every solution; who is held at 0."""
    from scipy.optimize import linprog

    n = member.shape[1]
    found = linprog(
        np.append(np.zeros(n), 1.0),
        A_ub=-np.column_stack([member[open_], weight[open_]]),
        b_ub=-gain[open_],
        A_eq=np.column_stack([member[settled], np.zeros(len(settled))]),
        b_eq=np.array([gain[coalition] - level[coalition] for coalition in settled]),
        bounds=[(0.0, None)] * n + [(None, None)],
        method="highs",
        options={"primal_feasibility_tolerance": 1e-10, "dual_feasibility_tolerance": 1e-10},
    )
    if found.status != 0:
        raise ArithmeticError(f"a linear programme of the nucleolus was not solved: {found.message}")
    # A constraint with a positive dual value is tight in every optimal solution, not only in this one.
    binding = -np.asarray(found.ineqlin.marginals) > _BINDING
    at_zero = np.flatnonzero(np.asarray(found.lower.marginals)[:n] > _BINDING)
    solution = np.asarray(found.x, dtype=np.float64)
    return solution[:n], float(solution[n]), binding, at_zero


def _apart(vectors: NDArray[np.float64], settled: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Which of the vectors the settled ones (independent of each other) do not span."""
    basis = np.linalg.qr(settled.T)[0]
    rest = vectors - (vectors @ basis) @ basis.T
    return np.asarray(np.abs(rest).max(axis=1) > _DEPENDENT)


def _from_equations(
    gain: Game,
    member: NDArray[np.float64],
    weight: NDArray[np.float64],
    rounds: list[NDArray[np.intp]],
    poor: list[int],
) -> Payoffs:
    """Payoffs from the equations that hold: in each round all objections are one unknown level."""
    n = member.shape[1]
    rows = [np.append(member[-1], np.zeros(len(rounds)))]
    right = [float(gain[-1])]
    for round_, coalitions in enumerate(rounds):
        for coalition in coalitions:
            levels = np.zeros(len(rounds))
            levels[round_] = weight[coalition]
            rows.append(np.append(member[coalition], levels))
            right.append(float(gain[coalition]))
    for i in poor:
        rows.append(np.append(np.eye(n)[i], np.zeros(len(rounds))))
        right.append(0.0)
    return np.asarray(np.linalg.lstsq(np.array(rows), np.array(right), rcond=None)[0][:n])
