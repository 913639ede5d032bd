"""Voting power: published bodies, each computed again by counting orders and coalitions one by one."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import combinations, permutations
from math import comb, factorial
from typing import Any

import hypothesis.strategies as st
import numpy as np
import pytest
from hypothesis import given, settings
from numpy.testing import assert_allclose, assert_array_equal

from aiposim.power import (
    MOST_PLAYERS,
    Winning,
    banzhaf,
    banzhaf_of,
    blockers,
    both,
    dictators,
    dummies,
    either,
    minimal_winning,
    shapley_shubik,
    shapley_shubik_of,
    weighted_banzhaf,
    weighted_game,
    weighted_shapley_shubik,
)

EEC_1958 = ([4, 4, 4, 2, 2, 1], 12)
"""Council of the EEC 1958-72: Germany, France, Italy; Belgium, Netherlands; Luxembourg (Treaty of Rome, Art. 148)."""
EEC_1973 = ([10, 10, 10, 10, 5, 5, 3, 3, 2], 41)
"""The same 1973-80: Germany, France, Italy, United Kingdom; Belgium, Netherlands; Denmark, Ireland; Luxembourg."""
NICE_28 = ([29] * 4 + [27] * 2 + [14, 13] + [12] * 5 + [10] * 3 + [7] * 6 + [4] * 5 + [3], 260)
"""Votes in the Council of the EU after the accession of Croatia, 2013: 352 votes, quota 260 (Treaty of Nice)."""
SECURITY_COUNCIL = both(weighted_game([1] * 15, 9), weighted_game([1] * 5 + [0] * 10, 5))
"""Five permanent members with a veto, ten elected ones, nine of fifteen (UN Charter, Article 27(3), since 1965)."""


def wins(winning: Winning, coalition: Sequence[int]) -> bool:
    return bool(winning[sum(1 << i for i in coalition)])


def pivots_in_all_orders(winning: Winning) -> list[Fraction]:
    """Shapley-Shubik by its definition: who turns the coalition in each order of arrival."""
    n = len(winning).bit_length() - 1
    count = [0] * n
    for order in permutations(range(n)):
        pivot = next(k for k in range(n) if wins(winning, order[: k + 1]))
        count[order[pivot]] += 1
    return [Fraction(each, factorial(n)) for each in count]


def swings_one_by_one(winning: Winning) -> list[int]:
    """How many winning coalitions lose without each player."""
    n = len(winning).bit_length() - 1
    count = [0] * n
    for size in range(n + 1):
        for coalition in combinations(range(n), size):
            if wins(winning, coalition):
                for i in coalition:
                    count[i] += not wins(winning, [j for j in coalition if j != i])
    return count


def test_luxembourg_was_a_dummy_in_the_council_of_the_six() -> None:
    """Shapley-Shubik 14/60, 9/60, 0: Brams & Affuso 1976, Theory and Decision 7; Felsenthal & Machover 1998."""
    game = weighted_game(*EEC_1958)
    assert dummies(game) == [5]
    published = [Fraction(14, 60)] * 3 + [Fraction(9, 60)] * 2 + [Fraction(0)]
    assert pivots_in_all_orders(game) == published
    assert_allclose(shapley_shubik(game), [float(each) for each in published], atol=1e-15)
    assert swings_one_by_one(game) == [10, 10, 10, 6, 6, 0]
    assert_allclose(banzhaf(game), np.array([10, 10, 10, 6, 6, 0]) / 42)
    assert_allclose(banzhaf(game, normalised=False), np.array([10, 10, 10, 6, 6, 0]) / 32)


def test_enlargement_gave_luxembourg_power_although_its_share_of_votes_fell() -> None:
    """The paradox of new members: Brams & Affuso 1976, Theory and Decision 7."""
    game = weighted_game(*EEC_1973)
    assert dummies(game) == []
    assert 2 / sum(EEC_1973[0]) < 1 / sum(EEC_1958[0])
    weights, quota = EEC_1973
    pivots = [_pivots_by_size(weights[:i] + weights[i + 1 :], weights[i], quota) for i in range(9)]
    assert_allclose(shapley_shubik(game), [float(each) for each in pivots], atol=1e-15)
    swings = swings_one_by_one(game)
    assert_allclose(banzhaf(game), np.array(swings) / sum(swings))
    assert_allclose(shapley_shubik(game)[[0, 4, 6, 8]], [0.1786, 0.0810, 0.0571, 0.0095], atol=5e-5)  # computed


def test_the_five_permanent_members_hold_98_per_cent_of_the_power_in_the_security_council() -> None:
    """421/2145 and 4/2145: an elected member turns the vote when the five and just three others have come."""
    elected = Fraction(comb(9, 3) * factorial(8) * factorial(6), factorial(15))
    permanent = (1 - 10 * elected) / 5
    assert (permanent, elected) == (Fraction(421, 2145), Fraction(4, 2145))
    index = shapley_shubik(SECURITY_COUNCIL)
    assert_allclose(index, [float(permanent)] * 5 + [float(elected)] * 10, atol=1e-15)
    swings = [sum(comb(10, k) for k in range(4, 11))] * 5 + [comb(9, 3)] * 10
    assert swings_one_by_one(SECURITY_COUNCIL) == swings == [848] * 5 + [84] * 10
    assert_allclose(banzhaf(SECURITY_COUNCIL), np.array(swings) / 5080)
    assert blockers(SECURITY_COUNCIL) == [0, 1, 2, 3, 4]
    assert len(minimal_winning(SECURITY_COUNCIL)) == comb(10, 4)


def test_the_big_five_held_98_7_per_cent_in_the_security_council_of_eleven() -> None:
    """Shapley & Shubik 1954, American Political Science Review 48: seven of eleven, the five with a veto."""
    game = both(weighted_game([1] * 11, 7), weighted_game([1] * 5 + [0] * 6, 5))
    assert shapley_shubik(game)[:5].sum() == pytest.approx(0.987, abs=5e-4)


def test_a_veto_and_nine_of_fifteen_are_one_weighted_vote() -> None:
    assert_array_equal(SECURITY_COUNCIL, weighted_game([7] * 5 + [1] * 10, 39))


@pytest.mark.parametrize(
    ("weights", "quota"), [([9, 9, 7, 3, 1, 1], 16), ([31, 31, 28, 21, 2, 2], 58)], ids=["1958", "1964"]
)
def test_half_of_the_municipalities_of_nassau_county_had_no_say(weights: list[int], quota: int) -> None:
    """Banzhaf 1965, Rutgers Law Review 19: the weighted votes of the county's Board of Supervisors."""
    game = weighted_game(weights, quota)
    assert dummies(game) == [3, 4, 5]
    assert_allclose(banzhaf(game), [1 / 3, 1 / 3, 1 / 3, 0, 0, 0])
    assert swings_one_by_one(game) == [16, 16, 16, 0, 0, 0]


def test_under_forty_forty_twenty_and_sixty_per_cent_any_two_of_three_decide() -> None:
    game = weighted_game([0.40, 0.40, 0.20], 0.60)
    assert minimal_winning(game) == [(0, 1), (0, 2), (1, 2)]
    assert_allclose(shapley_shubik(game), [1 / 3] * 3)


def test_twenty_eight_members_of_the_european_council_without_a_list_of_coalitions() -> None:
    weights, quota = NICE_28
    assert (len(weights), sum(weights)) == (28, 352)
    power, swings = weighted_shapley_shubik(weights, quota), weighted_banzhaf(weights, quota, normalised=False)
    assert power.sum() == pytest.approx(1.0, abs=1e-12)
    for i in (0, 4, 6, 27):
        others = [weight for j, weight in enumerate(weights) if j != i]
        assert power[i] == pytest.approx(float(_pivots_by_size(others, weights[i], quota)), abs=1e-15)
        assert swings[i] == _swings_by_halves(others, weights[i], quota) / 2**27


def _pivots_by_size(others: list[int], weight: int, quota: int) -> Fraction:
    """Shapley-Shubik of one member, from all ways in which the others can have come."""
    ways: Counter[tuple[int, int]] = Counter({(0, 0): 1})
    for other in others:
        for (size, total), count in list(ways.items()):
            ways[size + 1, total + other] += count
    n = len(others) + 1
    return Fraction(
        sum(
            count * factorial(size) * factorial(n - 1 - size)
            for (size, total), count in ways.items()
            if total < quota <= total + weight
        ),
        factorial(n),
    )


def _swings_by_halves(others: list[int], weight: int, quota: int) -> int:
    """Swings of one member: every coalition of half of the others, against the sorted ones of the other half."""
    first, second = (np.sort(_all_totals(half)) for half in (others[:14], others[14:]))
    below = np.searchsorted(second, quota - first, side="left")
    return int((below - np.searchsorted(second, quota - weight - first, side="left")).sum())


def _all_totals(weights: list[int]) -> np.ndarray[Any, Any]:
    totals = np.zeros(1, dtype=np.int64)
    for weight in weights:
        totals = np.concatenate([totals, totals + weight])
    return totals


def test_a_hundred_members_are_counted_in_whole_numbers_beyond_sixty_four_bits() -> None:
    index = weighted_shapley_shubik([2] + [1] * 99, 51)
    chair = Fraction(2, 100)  # turns the vote as 50th or 51st to come, each place as likely as any other
    assert index[0] == float(chair)
    assert index[1:] == pytest.approx(float((1 - chair) / 99), abs=1e-15)
    assert weighted_banzhaf([1] * 101, 51, normalised=False)[0] == pytest.approx(comb(100, 50) / 2**100, rel=1e-15)


@st.composite
def weighted(draw: st.DrawFn, most: int = 6) -> tuple[list[int], int]:
    weights = draw(st.lists(st.integers(0, 12), min_size=1, max_size=most).filter(any))
    return weights, draw(st.integers(1, sum(weights)))


@st.composite
def simple_games(draw: st.DrawFn, players: int = 5) -> Winning:
    """Any simple game: all that contain one of some coalitions, and the coalition of all."""
    seeds = draw(st.lists(st.integers(1, 2**players - 1), max_size=6))
    every = np.arange(2**players)
    holds = [every & seed == seed for seed in [*seeds, 2**players - 1]]
    return np.any(holds, axis=0)


@given(game=simple_games())
@settings(max_examples=60, deadline=None)
def test_both_indices_are_what_their_definitions_count(game: Winning) -> None:
    assert_allclose(shapley_shubik(game), [float(each) for each in pivots_in_all_orders(game)], atol=1e-15)
    swings = np.array(swings_one_by_one(game))
    assert_allclose(banzhaf(game), swings / swings.sum(), atol=1e-15)
    assert_allclose(banzhaf(game, normalised=False), swings / 16, atol=1e-15)


@given(body=weighted(most=9))
@settings(max_examples=100, deadline=None)
def test_generating_functions_and_enumeration_agree(body: tuple[list[int], int]) -> None:
    game = weighted_game(*body)
    assert_allclose(weighted_shapley_shubik(*body), shapley_shubik(game), atol=1e-15)
    assert_allclose(weighted_banzhaf(*body), banzhaf(game), atol=1e-15)
    assert_allclose(weighted_banzhaf(*body, normalised=False), banzhaf(game, normalised=False), atol=1e-15)


@given(body=weighted(), divisor=st.sampled_from([10, 100, 1000]))
@settings(max_examples=80, deadline=None)
def test_decimals_are_added_exactly(body: tuple[list[int], int], divisor: int) -> None:
    """.1 + .7 is less than .8 in floating point; a vote that reaches its quota is a vote that is won."""
    weights, quota = body
    decimals, share = [weight / divisor for weight in weights], quota / divisor
    assert_array_equal(weighted_game(decimals, share), weighted_game(weights, quota))
    assert_array_equal(weighted_banzhaf(decimals, share), weighted_banzhaf(weights, quota))


def test_fractions_and_decimals_count_as_what_they_are() -> None:
    thirds = [Fraction(1, 3)] * 3
    assert_array_equal(weighted_game(thirds, Fraction(2, 3)), weighted_game([1, 1, 1], 2))
    assert_allclose(weighted_shapley_shubik(thirds, 1), [1 / 3] * 3)
    mixed = weighted_game([Decimal("0.1"), 0.7, np.float32(0.25)], Decimal("0.8"))
    assert_array_equal(mixed, weighted_game([2, 14, 5], 16))


def test_a_tolerance_lowers_the_quota() -> None:
    shares = [0.1 + 0.2, 0.3, 0.4 - 1e-13]
    assert not weighted_game(shares, 0.7)[0b101]
    assert weighted_game(shares, 0.7, tolerance=1e-9)[0b101]
    assert weighted_game([3, 2], 5.5, tolerance=0.5).tolist() == [False, False, False, True]


@given(game=simple_games())
@settings(max_examples=60, deadline=None)
def test_who_stands_out_is_who_the_coalitions_say(game: Winning) -> None:
    winning = [c for c in range(32) if game[c]]
    assert blockers(game) == [i for i in range(5) if all(c >> i & 1 for c in winning)]
    assert dictators(game) == [i for i in range(5) if winning == [c for c in range(32) if c >> i & 1]]
    assert dummies(game) == [i for i, swings in enumerate(swings_one_by_one(game)) if swings == 0]
    spare_nobody = {c for c in winning if not any(d != c and d & c == d for d in winning)}
    assert {sum(1 << i for i in players) for players in minimal_winning(game)} == spare_nobody


def test_a_dictator_has_all_the_power_and_the_others_none() -> None:
    game = weighted_game([5, 2, 2], 5)
    assert (dictators(game), blockers(game), dummies(game)) == ([0], [0], [1, 2])
    assert shapley_shubik(game).tolist() == banzhaf(game).tolist() == [1, 0, 0]


@given(game=simple_games(), order=st.permutations(range(5)))
@settings(max_examples=60, deadline=None)
def test_names_do_not_matter(game: Winning, order: list[int]) -> None:
    renamed = np.array([game[sum(1 << order[i] for i in range(5) if c >> i & 1)] for c in range(32)])
    for index in (shapley_shubik, banzhaf):
        assert_allclose(index(renamed), index(game)[order], atol=1e-15)


@given(first=simple_games(), second=simple_games())
@settings(max_examples=60, deadline=None)
def test_either_and_both_share_out_what_the_two_games_give(first: Winning, second: Winning) -> None:
    """Transfer axiom: Dubey 1975, International Journal of Game Theory 4."""
    together = shapley_shubik(both(first, second)) + shapley_shubik(either(first, second))
    assert_allclose(together, shapley_shubik(first) + shapley_shubik(second), atol=1e-14)


def test_arguments_are_never_changed() -> None:
    weights, first, second = [3, 2, 1], weighted_game([1, 1, 1], 2), weighted_game([1, 0, 0], 1)
    kept = first.copy(), second.copy()
    for game in (first, second):
        game.flags.writeable = False
        for look in (shapley_shubik, banzhaf, blockers, dictators, dummies, minimal_winning):
            look(game)
    both(first, second)
    either(first, second)
    weighted_banzhaf(weights, 4)
    assert weights == [3, 2, 1]
    assert_array_equal(kept, (first, second))


@pytest.mark.parametrize(
    ("weights", "quota", "wrong"),
    [
        ([], 1, "no weights"),
        ([1, -1], 1, "weight of player 1 is -1"),
        ([1, float("nan")], 1, "must be a finite number"),
        ([1, Decimal("inf")], 1, "must be a finite number"),
        ([True, 1], 1, "must be a number"),
        (["1", 1], 1, "must be a number"),
        ([1, 1], 0, "quota 0 is not above 0"),
        ([1, 1], -2, "quota -2 is not above 0"),
        ([1, 1], 3, "quota 3 is above the total"),
        ([1, 1], float("inf"), "the quota is inf: it must be a finite number"),
        (None, 2, "the weights are None: they must be a list of numbers"),
        (5, 2, "the weights are 5: they must be a list"),
        (np.array(5), 2, "they must be a list"),
        ("12", 2, "the weights are '12': they must be a list"),
        ({1: 4, 2: 3}, 2, "must be a list"),
        ({1, 2}, 2, "must be a list"),
        (np.ones((2, 2)), 2, "must be a list"),
        ([1, 2j], 2, "must be a number"),
        ([1, 1], None, "the quota is None: it must be a number"),
        ([Fraction(10**400), 0.5], 1, "the weight of player 0 is"),
        ([1, 10**5000], 1, "the weight of player 1 is"),
        ([1, Decimal("1e-999999")], 1, "too small; write 0"),
    ],
)
@pytest.mark.parametrize("function", [weighted_game, weighted_shapley_shubik, weighted_banzhaf])
def test_what_makes_no_weighted_game_is_refused(
    function: Callable[..., Any], weights: list[Any], quota: float, wrong: str
) -> None:
    with pytest.raises(ValueError, match=wrong):
        function(weights, quota)


def test_a_tolerance_may_not_be_negative_or_eat_the_quota() -> None:
    with pytest.raises(ValueError, match="tolerance is -1"):
        weighted_game([1, 1], 1, tolerance=-1)
    with pytest.raises(ValueError, match="quota 1 less the tolerance 1 is not above 0"):
        weighted_game([1, 1], 1, tolerance=1)


def test_bodies_too_large_or_too_fine_are_refused_before_anything_is_computed() -> None:
    with pytest.raises(ValueError, match=f"25 players .* at most {MOST_PLAYERS}"):
        weighted_game([1] * 25, 13)
    with pytest.raises(ValueError, match=r"too large for 3 players \(at most 6666666\)"):
        weighted_shapley_shubik([123456789, 10**9, 1], 10**9)


@pytest.mark.parametrize(
    ("weights", "quota"),
    [
        (np.arange(1.0, 12.0) / sum(range(1, 12)), 0.65),
        (np.array([1.0, 2.0, 4.0]) / 7.0, 0.5),
        (np.array([123456789, 987654321, 1]), 987654321),
    ],
    ids=["eleven states", "sevenths", "whole numbers"],
)
def test_a_refusal_of_weights_that_are_too_fine_says_how_far_to_round_them(weights: Any, quota: Any) -> None:
    with pytest.raises(ValueError, match=r"round weights and quota, as by \.round\(-?\d\)") as refusal:
        weighted_shapley_shubik(weights, quota)
    (places,) = re.findall(r"round\((.*?)\)", str(refusal.value))
    index = weighted_shapley_shubik(weights.round(int(places)), round(quota, int(places)))
    assert index.sum() == pytest.approx(1.0)
    if len(weights) <= MOST_PLAYERS:
        assert_allclose(index, shapley_shubik(weighted_game(weights, quota)))


def test_a_scale_of_193_states_can_be_counted_to_five_decimals_the_unit_of_the_un_scale() -> None:
    with pytest.raises(
        ValueError, match=r"193 players \(at most 103626\); round weights and quota, as by .round\(5\)$"
    ):
        weighted_banzhaf(np.arange(1.0, 194.0) / sum(range(1, 194)), 0.5)


def test_a_number_without_an_end_leaves_the_other_weights_exact() -> None:
    game = weighted_game([0.1, 0.7, 0.2, 1 / 3], 0.8)
    assert game[0b0011]
    assert not game[0b1101]  # .1 + .2 + .3333333333333333


@given(body=weighted(most=8), unit=st.sampled_from([1 / 3, 0.1234567890123, 1e-7 / 7]))
@settings(max_examples=60, deadline=None)
def test_sums_beyond_sixty_four_bits_are_compared_exactly(body: tuple[list[int], int], unit: float) -> None:
    """A body of votes to which one of next to nothing is added, so that no sum fits; the rest votes as before."""
    weights, quota = body
    whole = Fraction(repr(unit))
    fine = [weight * whole for weight in weights]
    least = Fraction(1, 10**40)
    game = weighted_game([*fine, least], quota * whole)
    half = len(game) // 2
    assert_array_equal(game[:half], weighted_game(weights, quota))
    assert_array_equal(game[half:], game[:half])
    tipped = weighted_game([*fine, least], quota * whole + least / 2)
    reached = [sum(w for i, w in enumerate(weights) if c >> i & 1) >= quota for c in range(half)]
    above = [sum(w for i, w in enumerate(weights) if c >> i & 1) > quota for c in range(half)]
    assert tipped.tolist() == [*above, *reached]


def test_all_sixteen_million_coalitions_of_unrounded_shares_are_listed() -> None:
    shares = np.sqrt(np.arange(1.0, MOST_PLAYERS + 1.0))
    shares /= shares.sum()
    game = weighted_game(shares, 0.5)
    # Of a coalition and its complement one reaches half, if the shares come to 1 but for their last digits.
    assert abs(int(game.sum()) - len(game) // 2) <= 5


@pytest.mark.parametrize("kind", [np.float16, np.float32, np.float64, np.longdouble])
def test_a_decimal_is_the_same_in_every_precision(kind: Any) -> None:
    game = weighted_game([kind("0.1"), kind("0.7"), kind("0.2")], kind("0.8"))
    assert_array_equal(game, weighted_game([1, 7, 2], 8))


def test_shares_that_were_rounded_reach_unanimity_with_a_tolerance_and_the_refusal_says_so() -> None:
    with pytest.raises(ValueError, match="above the total of the weights, so that nobody wins; a tolerance allows"):
        weighted_game([1 / 3] * 3, 1)
    assert minimal_winning(weighted_game([1 / 3] * 3, 1, 1e-9)) == [(0, 1, 2)]
    with pytest.raises(ValueError, match=r"so that nobody wins$"):
        weighted_game([1 / 3] * 3, 1.1)


def test_the_tolerance_may_stand_behind_the_quota() -> None:
    assert_array_equal(weighted_game([3, 2], 5.5, 0.5), weighted_game([3, 2], 5.5, tolerance=0.5))
    assert weighted_banzhaf([3, 2], 5.5, 0.5, normalised=False).tolist() == [0.5, 0.5]
    assert weighted_shapley_shubik([3, 2], 5.5, 0.5).tolist() == [0.5, 0.5]


@pytest.mark.parametrize(
    ("swings", "wrong"),
    [
        ([[0, 0], [0, 0]], "nobody has a swing"),
        ([], "nobody has a swing"),
        ([[1, 2]], "1 players have swings at 1 sizes of coalition; player 0 has 2"),
        ([[1, 0], [0]], "player 1 has 1"),
        ([[1, -1], [0, 0]], "player 0 has -1 swings: it must be a whole number, 0 or more"),
        ([[1, 0.5], [0, 0]], "player 0 has 0.5 swings"),
        (None, "swings must be a table"),
        ([1, 2], "swings must be a table"),
    ],
)
@pytest.mark.parametrize("function", [shapley_shubik_of, banzhaf_of])
def test_what_are_no_swings_of_a_game_is_refused(function: Callable[..., Any], swings: Any, wrong: str) -> None:
    with pytest.raises(ValueError, match=wrong):
        function(swings)


def test_a_star_brings_the_games_and_indices_and_nothing_else() -> None:
    brought: dict[str, Any] = {}
    exec("from aiposim.power import *", brought)
    assert {"weighted_game", "banzhaf", "swings", "MOST_PLAYERS"} <= set(brought)
    assert not {"np", "Any", "factorial", "gcd", "lcm", "number"} & set(brought)


@pytest.mark.parametrize(
    ("winning", "wrong"),
    [
        ([0, 0, 0, 1], "array of booleans, not of int64"),
        ([False, True, True], r"shape \(2\*\*n,\)"),
        ([], "found none"),
        ([[False], [False, True]], "rows of different lengths"),
        (None, "array of booleans, not of object"),
        ([[False, True], [True, True]], r"found \(2, 2\)"),
        ([True, True], "coalition of nobody wins"),
        ([False, False, False, False], "not even all players"),
        ([False, True, False, False, False, False, False, True], "wins without player 1 and loses with it"),
        ([False], "not even all players"),
    ],
)
@pytest.mark.parametrize("function", [shapley_shubik, banzhaf, blockers, dictators, dummies, minimal_winning, both])
def test_what_is_no_simple_game_is_refused(function: Callable[..., Any], winning: Any, wrong: str) -> None:
    with pytest.raises(ValueError, match=wrong):
        function(winning)


def test_games_of_different_bodies_are_not_put_together() -> None:
    with pytest.raises(ValueError, match="different numbers of players: 2, 3"):
        both(weighted_game([1, 1], 1), weighted_game([1, 1, 1], 1))
    with pytest.raises(ValueError, match="no game"):
        either()
