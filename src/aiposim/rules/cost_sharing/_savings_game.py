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

import numpy as np

from aiposim.arithmetic import log
from aiposim.games import nucleolus
from aiposim.quantities import Real
from aiposim.rules.cost_sharing import Figures
from aiposim.rules.cost_sharing._few_players import four_players, three_players

MOST_MEMBERS_IN_CLOSED_FORM = 4
"""Of `nucleolus_shares`; more need `nucleolus_shares_by_programmes`."""
LEAST_CONTRIBUTION = 1e-6
"""M$ per half-year: nobody is free of all dues."""


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
    """Fill `shares` in proportion to benefit less nucleolus, in closed form; no number for more than four members.

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
    game = np.empty(16)
    payoffs = np.empty(4)
    for r in range(runs):
        for coalition in range(1 << n):
            game[coalition] = games[coalition, r]
        if n == 4:
            four_players(payoffs, game)
        elif n == 3:
            first, second, third = three_players(game[1], game[2], game[3], game[4], game[5], game[6], game[7])
            payoffs[0] = first
            payoffs[1] = second
            payoffs[2] = third
        elif n == 2:
            payoffs[0] = 0.5 * (game[3] + game[1] - game[2])
            payoffs[1] = 0.5 * (game[3] + game[2] - game[1])
        else:
            payoffs[0] = game[1]
        for i in range(n):
            shares[i, r] = payoffs[i]
    turn_into_shares(shares, reported, price, satiation, fixed_cost)


def nucleolus_shares_by_programmes(reported: Figures, price: Real, satiation: Real, fixed_cost: Real) -> Figures:
    """Shares in proportion to benefit less nucleolus, (member, run), by linear programmes run by run; 5 to 10 members.

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
