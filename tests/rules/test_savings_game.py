"""Shares by Shapley value and nucleolus as simulations compute them: against the general solutions, bit for bit."""

from __future__ import annotations

import math
from itertools import permutations
from typing import Any

import hypothesis.strategies as st
import numpy as np
import pytest
from hypothesis import given, settings
from numpy.testing import assert_allclose

from aiposim.compiled import machine
from aiposim.games import core_excess, is_convex, nucleolus, shapley_value, talmud
from aiposim.rules.cost_sharing import proportional_to
from aiposim.rules.cost_sharing._convex_games import fill_with_nucleoli
from aiposim.rules.cost_sharing._savings_game import (
    MOST_MEMBERS_IN_CLOSED_FORM,
    log_benefit,
    nucleolus_shares,
    nucleolus_shares_by_programmes,
    shapley_shares,
    three_players,
    worth,
)

PRICE, SATIATION, FIXED = 0.9, 3.0, 1.5
"""Of the reference design: cost of funds 1.1 less joint product .2; five times .6 M$; 1.5 M$ per half-year."""

# Ties, coalitions that gain nothing alone and institutes that nobody wants are frequent.
valuation = st.one_of(
    st.integers(1, 9).map(float), st.floats(0.5, 30.0), st.sampled_from([1e-9, 0.01, 2.7, PRICE * SATIATION])
)
some_cases = settings(max_examples=40, deadline=None)
kernels = pytest.mark.parametrize(
    ("kernel", "solution"), [(shapley_shares, shapley_value), (nucleolus_shares, nucleolus)]
)


def filled(kernel: Any, reported: np.ndarray, *terms: float) -> np.ndarray:
    shares = np.full(reported.shape, 7.0)
    kernel(shares, reported, *(terms or (PRICE, SATIATION, FIXED)))
    return shares


def game_of(theta: Any, *terms: float) -> np.ndarray:
    """By the formula of the model, with the C library's logarithm."""
    price, satiation, fixed = terms or (PRICE, SATIATION, FIXED)
    game = np.zeros(2 ** len(theta))
    for coalition in range(1, len(game)):
        total = sum(float(t) for i, t in enumerate(theta) if coalition >> i & 1)
        budget = total / price - satiation + fixed
        if budget > fixed:
            benefit = total * math.log(1.0 + (budget - fixed) / satiation)
            game[coalition] = max(0.0, benefit - price * budget)
    return game


def shares_of(theta: Any, solution: Any, *terms: float) -> np.ndarray:
    """By the general solution of the game."""
    price, satiation, fixed = terms or (PRICE, SATIATION, FIXED)
    game = game_of(theta, price, satiation, fixed)
    if game[-1] == 0.0:
        return np.array(theta) / sum(theta)
    rate = math.log(1.0 + max(0.0, sum(theta) / price - satiation) / satiation)
    contributions = np.maximum(1e-6, np.array(theta) * rate - solution(game))
    return contributions / contributions.sum()


# ---- the game ----


def test_worth_of_a_coalition_by_hand() -> None:
    """Valuation 9: budget 9 / .9 - 3 + 1.5 = 8.5, benefit 9 ln(1 + 7 / 3), cost .9 * 8.5."""
    assert worth(9.0, PRICE, SATIATION, FIXED) == pytest.approx(9 * math.log(10 / 3) - 7.65, rel=1e-14)
    assert log_benefit(9.0, PRICE, SATIATION, FIXED) == pytest.approx(math.log(10 / 3), rel=1e-14)


@pytest.mark.parametrize("theta", [1e-9, 1.0, 2.7, 3.0, 5.8])
def test_a_coalition_too_small_founds_nothing(theta: float) -> None:
    """Up to .9 * 3 = 2.7 the first million is worth less than it costs; at 5.8 the fixed cost is not yet recovered,
    5.8 ln(5.8 / 2.7) - 5.8 + 1.35 = -.016; at 5.9 it is, .062."""
    assert worth(theta, PRICE, SATIATION, FIXED) == 0.0
    assert worth(5.9, PRICE, SATIATION, FIXED) == pytest.approx(5.9 * math.log(5.9 / 2.7) - 5.9 + 1.35, rel=1e-12)


@some_cases
@given(st.lists(valuation, min_size=1, max_size=5))
def test_the_game_is_convex(theta: list[float]) -> None:
    game = game_of(theta)
    assert is_convex(game)
    kept = [worth(sum(t for i, t in enumerate(theta) if s >> i & 1), PRICE, SATIATION, FIXED) for s in range(len(game))]
    assert_allclose(kept, game, rtol=0, atol=1e-13 * max(1.0, game[-1]))


# ---- the shares ----


def test_two_members_by_hand() -> None:
    """Valuations 9 and 3: gains 9 ln(10/3) - 7.65 = 3.1858, 0 and together 12 ln(40/9) - 10.65 = 7.2499. Each gets the
    own gain and half of the rest; benefits 9 and 3 times ln(40/9); what remains is paid: 8.2073 and 2.4427 of 10.65."""
    for kernel in (shapley_shares, nucleolus_shares):
        shares = filled(kernel, np.array([[9.0], [3.0]]))[:, 0]
        rest = (12 * math.log(40 / 9) - 10.65) - (9 * math.log(10 / 3) - 7.65)
        paid = 3 * math.log(40 / 9) - rest / 2
        assert_allclose(shares, [1 - paid / 10.65, paid / 10.65], rtol=1e-13)
        assert_allclose(shares, [8.2073 / 10.65, 2.4427 / 10.65], atol=1e-4)


@kernels
@pytest.mark.parametrize("n", [1, 2, 3, 4])
@some_cases
@given(st.data())
def test_shares_are_those_of_the_general_solution(kernel: Any, solution: Any, n: int, data: st.DataObject) -> None:
    theta = data.draw(st.lists(valuation, min_size=n, max_size=n))
    shares = filled(kernel, np.array(theta)[:, None])[:, 0]
    assert_allclose(shares, shares_of(theta, solution), rtol=0, atol=1e-9)


@kernels
@some_cases
@given(st.lists(valuation, min_size=3, max_size=4), st.floats(0.2, 3.0), st.floats(0.1, 10.0), st.floats(0.0, 5.0))
def test_also_under_other_prices_and_fixed_costs(
    kernel: Any, solution: Any, theta: list[float], price: float, satiation: float, fixed: float
) -> None:
    shares = filled(kernel, np.array(theta)[:, None], price, satiation, fixed)[:, 0]
    assert_allclose(shares, shares_of(theta, solution, price, satiation, fixed), rtol=0, atol=1e-9)


@kernels
@pytest.mark.parametrize("n", [5, 6, 8, 10])
def test_shares_of_many_members(kernel: Any, solution: Any, n: int) -> None:
    reported = np.exp(np.random.default_rng(n).normal(0.5, 0.8, (n, 2)))
    expected = np.column_stack([shares_of(theta, solution) for theta in reported.T])
    assert_allclose(filled(machine(kernel), reported), expected, rtol=0, atol=1e-10)


@pytest.mark.parametrize("n", [1, 2, 3, 6, 10])
def test_the_programmes_give_the_same_shares(n: int) -> None:
    reported = np.exp(np.random.default_rng(n).normal(0.5, 0.8, (n, 2)))
    found = nucleolus_shares_by_programmes(reported, PRICE, SATIATION, FIXED)
    assert_allclose(found, filled(machine(nucleolus_shares), reported), rtol=0, atol=1e-10)


def test_more_than_ten_members_have_no_nucleolus() -> None:
    reported = np.full((MOST_MEMBERS_IN_CLOSED_FORM + 1, 3), 4.0)
    assert np.isnan(filled(nucleolus_shares, reported)).all()
    with pytest.raises(ValueError, match="11 players"):
        nucleolus_shares_by_programmes(reported, PRICE, SATIATION, FIXED)


# ---- axioms ----


@kernels
@some_cases
@given(st.lists(valuation, min_size=1, max_size=4))
def test_shares_add_up_and_every_member_pays(kernel: Any, solution: Any, theta: list[float]) -> None:
    shares = filled(kernel, np.array(theta)[:, None])[:, 0]
    assert shares.sum() == pytest.approx(1.0, abs=1e-14)
    assert (shares > 0.0).all()


@kernels
@some_cases
@given(st.lists(valuation, min_size=2, max_size=4))
def test_no_coalition_would_do_better_alone(kernel: Any, solution: Any, theta: list[float]) -> None:
    """Benefit less contribution is in the core; the least contribution of 1 US$ may take as much from it."""
    game, total = game_of(theta), sum(theta)
    if game[-1] > 0.0:
        budget = total / PRICE - SATIATION + FIXED
        shares = filled(kernel, np.array(theta)[:, None])[:, 0]
        payoffs = np.array(theta) * math.log(1.0 + (budget - FIXED) / SATIATION) - PRICE * budget * shares
        assert payoffs.sum() == pytest.approx(game[-1], abs=1e-11)
        assert core_excess(game, payoffs) >= -1e-6 * len(theta)


@kernels
@some_cases
@given(st.lists(valuation, min_size=2, max_size=4))
def test_order_does_not_matter_and_equals_pay_the_same(kernel: Any, solution: Any, theta: list[float]) -> None:
    reported = np.array(theta)[:, None]
    shares = filled(kernel, reported)[:, 0]
    for order in permutations(range(len(theta))):
        assert_allclose(filled(kernel, reported[list(order)])[:, 0], shares[list(order)], rtol=0, atol=1e-12)


@kernels
@pytest.mark.parametrize("n", [1, 2, 3, 4])
def test_where_nothing_is_gained_shares_are_those_of_the_benefit_key(kernel: Any, solution: Any, n: int) -> None:
    reported = np.random.default_rng(n).uniform(0.1, 1.1, (n, 5))
    assert (filled(kernel, reported) == proportional_to(reported)).all()


# ---- the same bits ----


@kernels
@pytest.mark.parametrize("n", [1, 2, 3, 4, 5])
def test_compiled_and_plain_give_the_same_bits(kernel: Any, solution: Any, n: int) -> None:
    luck = np.random.default_rng(n)
    reported = np.concatenate([np.exp(luck.normal(1.0, 1.0, (n, 300))), luck.integers(1, 5, (n, 300))], axis=1)
    assert filled(machine(kernel), reported).tobytes() == filled(kernel, reported).tobytes()


@kernels
@pytest.mark.parametrize("n", [3, 4, 6])
def test_a_run_does_not_know_the_others(kernel: Any, solution: Any, n: int) -> None:
    reported = np.exp(np.random.default_rng(n).normal(1.0, 0.8, (n, 37)))
    together = filled(machine(kernel), reported)
    order = np.random.default_rng(0).permutation(37)
    assert filled(machine(kernel), np.ascontiguousarray(reported[:, order])).tobytes() == together[:, order].tobytes()
    alone = [filled(machine(kernel), np.ascontiguousarray(reported[:, r : r + 1])) for r in range(37)]
    assert np.concatenate(alone, axis=1).tobytes() == together.tobytes()


# ---- the nucleolus of convex games ----


@st.composite
def convex_games(draw: st.DrawFn, n: int) -> np.ndarray:
    """Sums of what certain coalitions bring together; with few and even numbers, so that objections tie."""
    brought = draw(
        st.one_of(
            st.lists(st.sampled_from([0.0, 0.0, 1.0, 2.0]), min_size=2**n - 1, max_size=2**n - 1),
            st.lists(st.one_of(st.just(0.0), st.floats(0.0, 9.0)), min_size=2**n - 1, max_size=2**n - 1),
        )
    )
    return sum(
        (amount * (np.arange(2**n) & s == s) for s, amount in enumerate(brought, 1)),
        start=np.zeros(2**n),
    )


def solved(games: np.ndarray) -> np.ndarray:
    """Nucleoli (player, game) of games (2**player, game); those of three players in both ways."""
    payoffs = np.empty((len(games).bit_length() - 1, games.shape[1]))
    machine(fill_with_nucleoli)(payoffs, games)
    if len(payoffs) == 3:
        of_three = np.array([three_players(*game[1:]) for game in games.T]).T
        assert_allclose(of_three, payoffs, rtol=0, atol=1e-13 * max(1.0, games.max()))
    return payoffs


@pytest.mark.parametrize("n", [2, 3, 4, 5])
@settings(max_examples=60, deadline=None)
@given(st.data())
def test_the_closed_form_is_the_nucleolus_of_any_convex_game(n: int, data: st.DataObject) -> None:
    game = data.draw(convex_games(n))
    assert_allclose(solved(game[:, None])[:, 0], nucleolus(game), rtol=0, atol=1e-10 * max(1.0, game[-1]))


def games_of_many_kinds(n: int, times: int) -> np.ndarray:
    """Of the model: large and small members, ties, members worth next to nothing, institutes that just pay; and
    others in which few coalitions bring something together."""
    luck = np.random.default_rng(n)
    games, coalitions = [], np.arange(2**n)
    for _ in range(times):
        games += [
            game_of(theta)
            for theta in (
                np.exp(luck.normal(1.0, 0.8, n)),
                luck.integers(1, 6, n) * 1.0,
                np.where(luck.random(n) < 0.3, 1e-7, luck.uniform(0.5, 30.0, n)),
                luck.uniform(5.8, 7.0) * luck.dirichlet(np.ones(n)),
            )
        ]
        few = luck.integers(1, 2**n, 2 * n)
        games.append(sum(luck.uniform(0.0, 5.0) * (coalitions & s == s) for s in few))
    return np.array(games).T


@pytest.mark.parametrize("n", [2, 3, 4, 5, 6])
def test_the_closed_form_agrees_with_the_programmes(n: int) -> None:
    games = games_of_many_kinds(n, 20)
    expected = np.array([nucleolus(game) for game in games.T]).T
    unit = np.maximum(1e-3, games[-1])
    assert_allclose(solved(games) / unit, expected / unit, rtol=0, atol=1e-9)


@pytest.mark.parametrize("n", [2, 3, 4, 5, 6])
def test_in_thousands_of_games_no_member_outweighs_another(n: int) -> None:
    """In a convex game only the nucleolus lets every two threaten each other equally: Maschler, Peleg & Shapley 1972,
    International Journal of Game Theory 1."""
    games = games_of_many_kinds(n, 800 // n)
    payoffs = solved(games)
    coalitions = np.arange(2**n)
    objections = games - np.array([coalitions >> i & 1 for i in range(n)]).T @ payoffs
    assert_allclose(payoffs.sum(axis=0), games[-1], rtol=0, atol=1e-12 * games.max())
    for i, j in permutations(range(n), 2):
        of_one = objections[(coalitions >> i & 1 == 1) & (coalitions >> j & 1 == 0)].max(axis=0)
        of_other = objections[(coalitions >> j & 1 == 1) & (coalitions >> i & 1 == 0)].max(axis=0)
        assert_allclose(of_one, of_other, rtol=0, atol=1e-12 * games.max())


@pytest.mark.parametrize("estate", np.linspace(0.5, 36.5, 10))
def test_the_closed_form_divides_estates_as_the_talmud_does(estate: float) -> None:
    """A convex game for which another closed form is known: Aumann & Maschler 1985."""
    claims = np.array([3.0, 9.0, 7.0, 11.0, 7.0])
    owed = np.array([sum(c for i, c in enumerate(claims) if s >> i & 1) for s in range(32)])
    game = np.maximum(0.0, estate - owed[::-1])
    assert_allclose(solved(game[:, None])[:, 0], talmud(estate, claims), atol=1e-13)
