"""The game behind the keys `shapley` and `nucleolus`: what a coalition of members would gain by an institute alone.

A coalition with the total valuation t chooses the budget at which a further unit of money is worth what it costs, and
gains t * log(1 + (budget - fixed) / satiation) - price * budget, or nothing if that is negative. This is a convex
function of t, so that the game is convex: its core is not empty, Shapley value and nucleolus lie in it, and nobody's
implied contribution is negative.

Arrays have the shape (member, run); valuations are in M$ per half-year and log unit and above 0, `price` is the cost
of a unit of money less what it brings besides, `satiation` and `fixed_cost` are M$ per half-year. Each run's answer
depends on that run alone.

Source: Shapley 1971, International Journal of Game Theory 1 (convex games).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from aiposim.arithmetic import log
from aiposim.games import nucleolus
from aiposim.quantities import Real
from aiposim.rules.cost_sharing import Figures
from aiposim.rules.cost_sharing._convex_games import fill_with_nucleoli

MOST_MEMBERS_IN_CLOSED_FORM = 10
"""Of `nucleolus_shares`; there are 115 975 partitions of ten members."""
LEAST_CONTRIBUTION = 1e-6
"""M$ per half-year: nobody is free of all dues."""


@dataclass(frozen=True)
class Terms:
    """Cost of a unit of money and what it brings besides; where benefit levels off, fixed cost (M$ per half-year)."""

    cost_of_funds: float = 1.1
    joint_product: float = 0.2
    satiation: float = 0.6
    fixed_cost: float = 1.5


def worth(valuation: Real, price: Real, satiation: Real, fixed_cost: Real) -> Real:
    """What a coalition with this total valuation gains by the institute it would found alone, M$ per half-year."""
    budget = valuation / price - satiation + fixed_cost
    benefit = valuation * log_benefit(valuation, price, satiation, fixed_cost)
    return max(0.0, benefit - price * budget) if budget > fixed_cost else 0.0


def log_benefit(valuation: Real, price: Real, satiation: Real, fixed_cost: Real) -> Real:
    """Benefit per unit of valuation of the budget that suits a coalition with this total valuation."""
    budget = valuation / price - satiation + fixed_cost
    return log(1.0 + max(0.0, budget - fixed_cost) / satiation)


def shapley_shares(shares: Figures, reported: Figures, price: Real, satiation: Real, fixed_cost: Real) -> None:
    """Fill `shares` in proportion to benefit less Shapley value; up to ten members or so (2**members coalitions).

    Where all together gain nothing, shares are in proportion to the reported valuations.
    """
    n = reported.shape[0]
    runs = reported.shape[1]
    total = np.empty(runs)
    value = np.empty(runs)
    for i in range(n):
        for r in range(runs):
            shares[i, r] = 0.0
    for coalition in range(1, 1 << n):
        size = 0
        for r in range(runs):
            total[r] = 0.0
        for i in range(n):
            if (coalition >> i) & 1 == 1:
                size += 1
                for r in range(runs):
                    total[r] += reported[i, r]
        for r in range(runs):
            value[r] = worth(total[r], price, satiation, fixed_cost)
        as_last = chance_of_predecessors(n, size - 1)
        as_next = chance_of_predecessors(n, size)
        for i in range(n):
            if (coalition >> i) & 1 == 1:
                for r in range(runs):
                    shares[i, r] += as_last * value[r]
            else:
                for r in range(runs):
                    shares[i, r] -= as_next * value[r]
    turn_into_shares(shares, reported, price, satiation, fixed_cost)


def chance_of_predecessors(n: int, size: int) -> float:
    """Chance that in a random order exactly this coalition of `size` others comes before a player."""
    chance = 1.0 / n
    for k in range(1, size + 1):
        chance = chance * k / (n - k) if k < n else 0.0
    return chance


def nucleolus_shares(shares: Figures, reported: Figures, price: Real, satiation: Real, fixed_cost: Real) -> None:
    """Fill `shares` in proportion to benefit less nucleolus, in a fixed number of steps; no number for more than ten.

    Where all together gain nothing, shares are in proportion to the reported valuations.
    """
    n = reported.shape[0]
    runs = reported.shape[1]
    if n > MOST_MEMBERS_IN_CLOSED_FORM:
        for i in range(n):
            for r in range(runs):
                shares[i, r] = np.nan
        return
    games = np.empty((1 << n, runs))
    for coalition in range(1 << n):
        for r in range(runs):
            games[coalition, r] = 0.0
        for i in range(n):
            if (coalition >> i) & 1 == 1:
                for r in range(runs):
                    games[coalition, r] += reported[i, r]
        for r in range(runs):
            games[coalition, r] = worth(games[coalition, r], price, satiation, fixed_cost)
    if n == 3:
        for r in range(runs):
            first, second, third = three_players(
                games[1, r], games[2, r], games[3, r], games[4, r], games[5, r], games[6, r], games[7, r]
            )
            shares[0, r] = first
            shares[1, r] = second
            shares[2, r] = third
    else:
        fill_with_nucleoli(shares, games)
    turn_into_shares(shares, reported, price, satiation, fixed_cost)


def nucleolus_shares_by_programmes(reported: Figures, price: Real, satiation: Real, fixed_cost: Real) -> Figures:
    """The same shares, (member, run), from the general nucleolus, by linear programmes run by run; up to ten members.

    Errors: ValueError for more than ten members.
    """
    n, runs = reported.shape
    shares = np.empty((n, runs))
    for r in range(runs):
        valuation = np.zeros(1)
        for i in range(n):
            valuation = np.concatenate([valuation, valuation + reported[i, r]])
        shares[:, r] = nucleolus([worth(each, price, satiation, fixed_cost) for each in valuation])
    turn_into_shares(shares, reported, price, satiation, fixed_cost)
    return shares


def turn_into_shares(shares: Figures, reported: Figures, price: Real, satiation: Real, fixed_cost: Real) -> None:
    """Payoffs become contributions, benefit less payoff, and these become shares of 1."""
    n = reported.shape[0]
    runs = reported.shape[1]
    total = np.empty(runs)
    rate = np.empty(runs)
    gain = np.empty(runs)
    for r in range(runs):
        total[r] = 0.0
    for i in range(n):
        for r in range(runs):
            total[r] += reported[i, r]
    for r in range(runs):
        rate[r] = log_benefit(total[r], price, satiation, fixed_cost)
        gain[r] = worth(total[r], price, satiation, fixed_cost)
        total[r] = 0.0
    for i in range(n):
        for r in range(runs):
            contribution = max(LEAST_CONTRIBUTION, reported[i, r] * rate[r] - shares[i, r])
            shares[i, r] = contribution if gain[r] > 0.0 else reported[i, r]
            total[r] += shares[i, r]
    for i in range(n):
        for r in range(runs):
            shares[i, r] = shares[i, r] / total[r]


def three_players(v1: Real, v2: Real, v12: Real, v3: Real, v13: Real, v23: Real, v123: Real) -> tuple[Real, Real, Real]:
    """Nucleolus of any game of three players whose core is not empty.

    A player against the two others, the three singles and the three pairs are all the balanced collections there
    are; the one with the greatest objection settles it, and of two players left each gets half of what both want.
    """
    first = 0.5 * (v1 + v23 - v123)
    second = 0.5 * (v2 + v13 - v123)
    third = 0.5 * (v3 + v12 - v123)
    singles = (v1 + v2 + v3 - v123) / 3.0
    pairs = (v12 + v13 + v23 - 2.0 * v123) / 3.0
    most = max(max(first, second), max(third, max(singles, pairs)))
    if singles == most:
        return v1 - most, v2 - most, v3 - most
    if pairs == most:
        return v123 - v23 + most, v123 - v13 + most, v123 - v12 + most
    if first == most:
        x1 = v1 - most
        difference = max(v2, v12 - x1) - max(v3, v13 - x1)
        return x1, 0.5 * (v123 - x1 + difference), 0.5 * (v123 - x1 - difference)
    if second == most:
        x2 = v2 - most
        difference = max(v1, v12 - x2) - max(v3, v23 - x2)
        return 0.5 * (v123 - x2 + difference), x2, 0.5 * (v123 - x2 - difference)
    x3 = v3 - most
    difference = max(v1, v13 - x3) - max(v2, v23 - x3)
    return 0.5 * (v123 - x3 + difference), 0.5 * (v123 - x3 - difference), x3
