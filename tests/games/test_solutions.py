"""Shapley value, core, convexity and savings: published games, brute force over orders of arrival, axioms."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations, permutations
from typing import Any

import hypothesis.strategies as st
import numpy as np
import pytest
from hypothesis import given, settings
from numpy.testing import assert_allclose

from aiposim import power
from aiposim.games import (
    core_excess,
    from_costs,
    is_convex,
    nucleolus,
    per_capita_nucleolus,
    random_arrival,
    shapley_value,
)
from games.made import TENNESSEE, airport, bankruptcy, convex_games, gloves, renamed, sums

some_cases = settings(max_examples=40, deadline=None)


def averaged_over_orders(game: np.ndarray) -> list[float]:
    """What each player adds on arrival, in fractions, one order after the other."""
    n = len(game).bit_length() - 1
    added = [Fraction(0)] * n
    orders = list(permutations(range(n)))
    for order in orders:
        present = 0
        for i in order:
            added[i] += Fraction(float(game[present | 1 << i])) - Fraction(float(game[present]))
            present |= 1 << i
    return [float(each / len(orders)) for each in added]


# ---- published games ----


def test_dams_on_the_tennessee_by_the_shapley_value() -> None:
    """Navigation 117 829, flood control 100 756.5, power 193 998.5: from the six orders, in fractions."""
    assert averaged_over_orders(TENNESSEE) == [117_829, 100_756.5, 193_998.5]
    assert_allclose(shapley_value(TENNESSEE, costs=True), [117_829, 100_756.5, 193_998.5], rtol=1e-14)


def test_savings_on_the_tennessee() -> None:
    """Each alone would cost 554 442; together 141 858 are saved, in pairs 2 739, 34 795 and 23 552 (by hand)."""
    assert from_costs(TENNESSEE).tolist() == [0, 0, 0, 2_739, 0, 34_795, 23_552, 141_858]
    assert core_excess(from_costs(TENNESSEE), shapley_value(from_costs(TENNESSEE))) > 0


@some_cases
@given(st.lists(st.one_of(st.integers(1, 4).map(float), st.floats(0.1, 100.0)), min_size=1, max_size=6))
def test_each_stretch_of_a_runway_is_paid_by_those_who_need_it(costs: list[float]) -> None:
    """Littlechild & Owen 1973, Management Science 20: equal parts of each stretch for all who need that much."""
    paid = np.zeros(len(costs))
    ordered = sorted(range(len(costs)), key=lambda i: costs[i])
    so_far = 0.0
    for rank, i in enumerate(ordered):
        for j in ordered[rank:]:
            paid[j] += (costs[i] - so_far) / (len(costs) - rank)
        so_far = costs[i]
    assert_allclose(shapley_value(airport(costs), costs=True), paid, rtol=1e-12)


@some_cases
@given(st.lists(st.floats(0.01, 100.0), min_size=1, max_size=6), st.floats(0.0, 1.0))
def test_first_come_first_served_is_the_value_of_the_bankruptcy_game(claims: list[float], part: float) -> None:
    """O'Neill 1982, Mathematical Social Sciences 2."""
    estate = part * sum(claims)
    value = shapley_value(bankruptcy(estate, claims))
    assert_allclose(value, random_arrival(estate, claims), rtol=0, atol=1e-12 * sum(claims))


def test_one_left_and_two_right_gloves() -> None:
    """The left one is scarce: all to its holder in the core, two thirds by the value (orders by hand: 4 of 6)."""
    assert_allclose(shapley_value(gloves(1, 2)), [2 / 3, 1 / 6, 1 / 6], rtol=1e-15)
    assert core_excess(gloves(1, 2), [1, 0, 0]) == 0.0
    assert core_excess(gloves(1, 2), [0.9, 0.1, 0]) == pytest.approx(-0.1)


def test_the_value_of_a_voting_body_is_its_shapley_shubik_index() -> None:
    """The Council of the European Communities of 1958: weights 4, 4, 4, 2, 2, 1, quota 12; Luxembourg never counts."""
    council = power.weighted_game([4, 4, 4, 2, 2, 1], 12)
    value = shapley_value(council.astype(float))
    assert_allclose(value, power.shapley_shubik(council), atol=1e-15)
    assert_allclose(value, [14 / 60, 14 / 60, 14 / 60, 9 / 60, 9 / 60, 0], atol=1e-15)


def test_a_majority_of_three_has_no_core() -> None:
    majority = [0, 0, 0, 1, 0, 1, 1, 1]
    assert core_excess(majority, [1 / 3, 1 / 3, 1 / 3]) == pytest.approx(-1 / 3)
    assert not is_convex(majority)


# ---- brute force and axioms ----


@some_cases
@given(st.integers(1, 5).flatmap(lambda n: st.lists(st.floats(-9, 9), min_size=2**n, max_size=2**n)))
def test_the_value_is_the_mean_over_all_orders_of_arrival(values: list[float]) -> None:
    game = np.array([0.0, *values[1:]])
    before = game.copy()
    assert_allclose(shapley_value(game), averaged_over_orders(game), atol=1e-13)
    assert_allclose(shapley_value(game, costs=True), averaged_over_orders(game), atol=1e-12)
    assert (game == before).all()


@pytest.mark.parametrize("n", [6, 8, 10, 16])
def test_the_value_of_larger_games_whose_answer_is_known(n: int) -> None:
    """What certain coalitions bring, they divide equally (Harsanyi 1959, Contributions to the Theory of Games IV)."""
    luck = np.random.default_rng(n)
    game, expected = np.zeros(2**n), np.zeros(n)
    for _ in range(30):
        coalition, brought = int(luck.integers(1, 2**n)), luck.normal()
        game += np.where(np.arange(2**n) & coalition == coalition, brought, 0.0)
        expected += [brought / coalition.bit_count() if coalition >> i & 1 else 0.0 for i in range(n)]
    assert_allclose(shapley_value(game), expected, atol=1e-13)


@some_cases
@given(convex_games())
def test_in_a_convex_game_the_value_is_in_the_core(game: np.ndarray) -> None:
    """Shapley 1971, International Journal of Game Theory 1."""
    assert is_convex(game)
    value = shapley_value(game)
    assert value.sum() == pytest.approx(game[-1], abs=1e-12)
    assert core_excess(game, value) >= -1e-12


@some_cases
@given(convex_games(), convex_games(), st.floats(0.1, 5.0))
def test_the_value_of_a_sum_of_games_is_the_sum_of_values(one: np.ndarray, other: np.ndarray, factor: float) -> None:
    if len(one) == len(other):
        together = shapley_value(one + factor * other)
        assert_allclose(together, shapley_value(one) + factor * shapley_value(other), atol=1e-11)


@some_cases
@given(convex_games(least=2), st.randoms(use_true_random=False))
def test_names_do_not_matter(game: np.ndarray, luck: Any) -> None:
    order = list(range(len(game).bit_length() - 1))
    luck.shuffle(order)
    assert_allclose(shapley_value(renamed(game, order))[order], shapley_value(game), atol=1e-12)


@some_cases
@given(convex_games(most=4), st.floats(-5.0, 5.0))
def test_a_player_who_adds_only_the_own_value_gets_it(game: np.ndarray, own: float) -> None:
    joined = np.concatenate([game, game + own])
    assert_allclose(shapley_value(joined), [*shapley_value(game), own], atol=1e-12)


@some_cases
@given(st.lists(st.floats(-9, 9), min_size=16, max_size=16), st.lists(st.floats(-9, 9), min_size=4, max_size=4))
def test_the_core_excess_is_the_least_surplus_over_coalitions(values: list[float], payoffs: list[float]) -> None:
    game = [0.0, *values[1:]]
    surplus = [
        sum(payoffs[i] for i in coalition) - game[sum(1 << i for i in coalition)]
        for size in (1, 2, 3)
        for coalition in combinations(range(4), size)
    ]
    assert core_excess(game, payoffs) == pytest.approx(min(surplus), abs=1e-12)


def test_a_single_player_has_nobody_to_object() -> None:
    assert core_excess([0, 3], [3]) == float("inf")
    assert shapley_value([0, 3]).tolist() == [3]


def test_a_game_is_convex_if_a_player_adds_more_to_a_larger_coalition() -> None:
    sizes = sums([1, 1, 1, 1])
    assert is_convex(sizes**2)
    assert is_convex(sizes)
    assert is_convex(sums([0.1, 0.2, 0.3, 0.7]))
    assert not is_convex(np.sqrt(sizes))
    almost = sizes**2
    almost[0b0111] -= 2.1  # the third to join adds 5 - 2.1, the second had added 3
    assert not is_convex(almost)
    assert is_convex([0, -5])


@pytest.mark.parametrize("factor", [1e-6, 1e9])
def test_the_unit_of_a_game_does_not_matter(factor: float) -> None:
    game = np.array([0, 1, 2, 4, 3, 5, 5.5, 9.0])
    assert_allclose(shapley_value(factor * game), factor * shapley_value(game), rtol=1e-13)
    assert is_convex(factor * game) == is_convex(game)


# ---- what is refused ----


@pytest.mark.parametrize(
    "function",
    [shapley_value, nucleolus, per_capita_nucleolus, is_convex, from_costs, lambda v: core_excess(v, [0, 0])],
)
@pytest.mark.parametrize(
    ("game", "says"),
    [
        ([0, 1, 2], "3 values: there must be 2\\*\\*n"),
        ([], "the game is empty"),
        ([0], "no player"),
        ([[0, 1], [1, 2]], "must be a list"),
        ([0, 1, float("nan"), 2], "game\\[2\\] is nan"),
        ([0, float("inf"), 1, 2], "game\\[1\\] is inf"),
        ([0.5, 1, 1, 2], r"nobody alone obtains 0.5: v\[0\] must be 0"),
        (np.zeros(2**17), "17 players: at most 16"),
    ],
)
def test_what_is_no_game_is_refused(function: Any, game: Any, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        function(game)


@pytest.mark.parametrize(
    "function",
    [shapley_value, nucleolus, per_capita_nucleolus, is_convex, from_costs, lambda v: core_excess(v, [0, 0])],
)
@pytest.mark.parametrize(
    "game", [None, "0123", {0: 1}, [0, 1, "2", 3], [0, 1, True, 3], [0, 1, 2, 1e308], [[0], [1, 2]]]
)
def test_what_is_no_list_of_numbers_is_refused_in_one_sentence(function: Any, game: Any) -> None:
    with pytest.raises(ValueError, match="the game") as refusal:
        function(game)
    assert "\n" not in str(refusal.value)


@pytest.mark.parametrize(
    ("payoffs", "says"),
    [
        ([1, 2, 3], "one for each of 2 players"),
        ([[1, 2]], "must be a list of numbers"),
        ([1, float("nan")], "payoffs\\[1\\] is nan"),
    ],
)
def test_payoffs_that_do_not_fit_the_game_are_refused(payoffs: Any, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        core_excess([0, 1, 1, 3], payoffs)
