"""The nucleolus: published games, and Kohlberg's criterion, which tells it from every other imputation."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import hypothesis.strategies as st
import numpy as np
import pytest
from hypothesis import given, settings
from numpy.testing import assert_allclose
from scipy.optimize import linprog

from aiposim import power
from aiposim.games import core_excess, from_costs, nucleolus, per_capita_nucleolus, talmud
from games.made import TENNESSEE, airport, bankruptcy, convex_games, gloves, renamed, sums

some_cases = settings(max_examples=30, deadline=None)
few_cases = settings(max_examples=12, deadline=None)


def meets_kohlberg(game: np.ndarray, x: np.ndarray, *, per_capita: bool = False, rounding: float = 1e-9) -> bool:
    """Whether at every level the coalitions that object as much or more balance each other.

    Each needs a weight above 0 such that the weights come to the same for every player, where players held at what
    they have alone may be added. Kohlberg 1971, SIAM Journal on Applied Mathematics 20.
    """
    n = len(x)
    member = np.array([[s >> i & 1 for i in range(n)] for s in range(2**n)], float)
    size = member.sum(axis=1)
    coalitions = np.arange(1, 2**n - 1)
    objection = ((game - member @ x) / (size if per_capita else np.ones(2**n)).clip(1))[coalitions]
    unit = rounding * max(1e-300, float(np.abs(game).max()))
    held = np.eye(n)[np.abs(x - game[2 ** np.arange(n)]) <= unit]
    if not (x >= game[2 ** np.arange(n)] - unit).all():
        return False
    level = np.inf
    while (objection < level - unit).any():
        level = objection[objection < level - unit].max()
        among = member[coalitions[objection >= level - unit]]
        count = len(among)
        # Weights are at least 1; any positive ones can be scaled up to that.
        found = linprog(
            np.zeros(count + len(held) + 1),
            A_eq=np.column_stack([among.T, held.T, -np.ones(n)]),
            b_eq=np.zeros(n),
            bounds=[(1.0, None)] * count + [(0.0, None)] * len(held) + [(None, None)],
        )
        if found.status != 0:
            return False
    return True


def strongest_objections(game: np.ndarray, x: np.ndarray) -> list[float]:
    return sorted((game - sums(x))[1:-1].tolist(), reverse=True)


# ---- published games ----


def test_dams_on_the_tennessee_by_the_nucleolus() -> None:
    """Navigation 116 234, flood control 93 540, power 202 810 thousand US$: Straffin & Heaney 1981. By hand: savings of
    141 858 and 2 739, 34 795, 23 552 in pairs; equal thirds of 47 286 leave every pair more than it could save."""
    assert_allclose(nucleolus(TENNESSEE, costs=True), [116_234, 93_540, 202_810], rtol=1e-14)
    assert_allclose(nucleolus(from_costs(TENNESSEE)), [47_286, 47_286, 47_286], rtol=1e-14)


@pytest.mark.parametrize("estate", [100, 200, 300])
def test_the_estates_of_the_mishnah_are_nucleoli(estate: float) -> None:
    """Aumann & Maschler 1985, Journal of Economic Theory 36."""
    claims = [100, 200, 300]
    assert_allclose(nucleolus(bankruptcy(estate, claims)), talmud(estate, claims), rtol=1e-13)


@some_cases
@given(
    st.lists(st.one_of(st.integers(0, 4).map(float), st.floats(0.01, 100.0)), min_size=1, max_size=6),
    st.floats(0.0, 1.0),
)
def test_the_talmud_is_the_nucleolus_of_bankruptcy(claims: list[float], part: float) -> None:
    estate = part * sum(claims)
    found = nucleolus(bankruptcy(estate, claims))
    assert_allclose(found, talmud(estate, claims), rtol=0, atol=1e-10 * sum(claims))


@pytest.mark.parametrize("n", [8, 10])
def test_the_talmud_is_the_nucleolus_of_bankruptcy_of_many(n: int) -> None:
    luck = np.random.default_rng(n)
    claims = luck.uniform(0.0, 10.0, n).round(1)
    for part in (0.2, 0.5, 0.8):
        estate = part * claims.sum()
        assert_allclose(nucleolus(bankruptcy(estate, claims)), talmud(estate, claims), rtol=0, atol=1e-11)


def runway_charges(costs: list[float]) -> list[float]:
    """The first to pay are those for whom equal parts, one for all others together, are least.

    Littlechild 1974, International Journal of Game Theory 3: with costs c_1 <= ... <= c_n the first k pay
    min(c_k / (k + 1), c_n / n) each, then the same for the others and what is left of their costs.
    """
    order = sorted(range(len(costs)), key=lambda i: costs[i])
    paid = [0.0] * len(costs)
    settled, gone = 0.0, 0
    while gone < len(costs):
        rest = [costs[i] - settled for i in order[gone:]]
        charges = [c / (k + 2) for k, c in enumerate(rest[:-1])] + [rest[-1] / len(rest)]
        charge = min(charges)
        number = len(charges) - charges[::-1].index(charge)
        for i in order[gone : gone + number]:
            paid[i] = charge
        settled, gone = settled + number * charge, gone + number
    return paid


@some_cases
@given(st.lists(st.one_of(st.integers(1, 4).map(float), st.floats(0.1, 100.0)), min_size=1, max_size=6))
def test_who_pays_for_a_runway(costs: list[float]) -> None:
    assert_allclose(nucleolus(airport(costs), costs=True), runway_charges(costs), rtol=0, atol=1e-10 * max(costs))


def test_who_pays_for_a_runway_of_ten_kinds_of_aircraft() -> None:
    costs = [1.0, 1.5, 4.0, 4.0, 6.0, 9.0, 9.5, 12.0, 20.0, 30.0]
    assert_allclose(nucleolus(airport(costs), costs=True), runway_charges(costs), atol=1e-11)


def test_the_scarce_glove_gets_all() -> None:
    """In the core there is nothing else (by hand: two right gloves compete for one left)."""
    assert_allclose(nucleolus(gloves(1, 2)), [1, 0, 0], atol=1e-12)
    assert_allclose(nucleolus(gloves(2, 3)), [1, 1, 0, 0, 0], atol=1e-12)
    assert_allclose(nucleolus(gloves(2, 2)), [0.5, 0.5, 0.5, 0.5], atol=1e-12)


def test_those_with_a_veto_divide_all_and_equals_get_the_same() -> None:
    veto = power.weighted_game([3, 3, 1, 1], 7).astype(float)
    assert_allclose(nucleolus(veto), [0.5, 0.5, 0, 0], atol=1e-12)
    majority = power.weighted_game([1] * 5, 3).astype(float)
    assert_allclose(nucleolus(majority), np.full(5, 0.2), atol=1e-12)


def test_of_two_each_gets_the_own_value_and_half_of_the_rest() -> None:
    assert_allclose(nucleolus([0, 1, 4, 11]), [4, 7], rtol=1e-15)
    assert_allclose(per_capita_nucleolus([0, 1, 4, 11]), [4, 7], rtol=1e-15)
    assert nucleolus([0, 3]).tolist() == [3]


def test_nobody_gets_less_than_alone_even_if_a_pair_could_have_more() -> None:
    """Ten for the first two and one for all: without the demand the third would pay in 4.5 (by hand); so it gets 0."""
    assert_allclose(nucleolus([0, 0, 0, 10, 0, 0, 0, 1]), [0.5, 0.5, 0], atol=1e-12)


def test_a_pair_counts_for_two_in_the_nucleolus_per_capita() -> None:
    """Six for the first two, twelve for all. Nucleolus: 6 - x(12) = -x(3), so 4.5, 4.5, 3; per capita half of the
    pair's objection: 5, 5, 2 (by hand)."""
    game = [0, 0, 0, 6, 0, 0, 0, 12]
    assert_allclose(nucleolus(game), [4.5, 4.5, 3], rtol=1e-13)
    assert_allclose(per_capita_nucleolus(game), [5, 5, 2], rtol=1e-13)


# ---- brute force ----


@st.composite
def any_games(draw: st.DrawFn, most: int = 5) -> np.ndarray:
    """Games of any kind in which there is something to divide; ties are frequent."""
    n = draw(st.integers(2, most))
    value = st.one_of(st.integers(0, 4).map(float), st.floats(-2.0, 5.0))
    game = np.array([0.0, *draw(st.lists(value, min_size=2**n - 1, max_size=2**n - 1))])
    game[-1] = game[2 ** np.arange(n)].sum() + draw(st.sampled_from([0.0, 0.5, 3.0, 12.0]))
    return game


@pytest.mark.parametrize("per_capita", [False, True])
@some_cases
@given(any_games())
def test_at_every_level_those_who_object_balance_each_other(per_capita: bool, game: np.ndarray) -> None:
    before = game.copy()
    x = per_capita_nucleolus(game) if per_capita else nucleolus(game)
    assert x.sum() == pytest.approx(game[-1], abs=1e-11)
    assert meets_kohlberg(game, x, per_capita=per_capita)
    assert (game == before).all()


def test_the_criterion_refuses_other_imputations() -> None:
    """So that the test above means something."""
    savings = from_costs(TENNESSEE)
    assert meets_kohlberg(savings, nucleolus(savings))
    assert not meets_kohlberg(savings, nucleolus(savings) + np.array([1.0, -1.0, 0.0]))
    assert not meets_kohlberg(savings, savings[-1] * np.array([0.5, 0.3, 0.2]))
    assert not meets_kohlberg(np.array([0, 0, 0, 10, 0, 0, 0, 1.0]), np.array([2.75, 2.75, -4.5]))
    assert not meets_kohlberg(np.array([0, 0, 0, 6, 0, 0, 0, 12.0]), np.array([4.5, 4.5, 3]), per_capita=True)


@few_cases
@given(any_games(most=4), st.integers(0, 2**32 - 1))
def test_no_other_imputation_has_weaker_objections(game: np.ndarray, seed: int) -> None:
    luck = np.random.default_rng(seed)
    n = len(game).bit_length() - 1
    own, x = game[2 ** np.arange(n)], nucleolus(game)
    least = strongest_objections(game, x)
    for spread in (1e-3, 1e-1, 1.0):
        for _ in range(10):
            other = own + luck.dirichlet(np.ones(n)) * (game[-1] - own.sum())
            mixed = strongest_objections(game, (1 - spread) * x + spread * other)
            first = next((a - b for a, b in zip(mixed, least, strict=True) if abs(a - b) > 1e-9), 0.0)
            assert first >= 0.0


def surplus_against(game: np.ndarray, x: np.ndarray, i: int, j: int) -> float:
    """The strongest objection of a coalition with i and without j."""
    coalitions = np.arange(len(game))
    return float((game - sums(x))[(coalitions >> i & 1 == 1) & (coalitions >> j & 1 == 0)].max())


@pytest.mark.parametrize("n", [3, 5, 8, 10])
def test_in_a_convex_game_no_player_outweighs_another(n: int) -> None:
    """The nucleolus is the only point of the kernel: Maschler, Peleg & Shapley 1972, International Journal of Game
    Theory 1; every two can threaten each other equally."""
    luck = np.random.default_rng(n)
    for bend in (1.0, 2.5):
        game = sums(luck.uniform(0.2, 3.0, n)) ** (1.0 + bend / 2)
        x = nucleolus(game)
        for i, j in combinations(range(n), 2):
            difference = surplus_against(game, x, i, j) - surplus_against(game, x, j, i)
            assert difference == pytest.approx(0.0, abs=1e-11 * game[-1])


# ---- axioms ----


@some_cases
@given(convex_games())
def test_in_a_convex_game_the_nucleoli_are_in_the_core(game: np.ndarray) -> None:
    unit = 1e-11 * max(1.0, float(np.abs(game).max()))
    assert core_excess(game, nucleolus(game)) >= -unit
    assert core_excess(game, per_capita_nucleolus(game)) >= -unit


@some_cases
@given(any_games(most=4), st.randoms(use_true_random=False))
def test_names_do_not_matter(game: np.ndarray, luck: Any) -> None:
    order = list(range(len(game).bit_length() - 1))
    luck.shuffle(order)
    assert_allclose(nucleolus(renamed(game, order))[order], nucleolus(game), atol=1e-10)


@some_cases
@given(any_games(most=4), st.floats(0.01, 100.0), st.lists(st.floats(-9, 9), min_size=4, max_size=4))
def test_unit_and_what_each_has_anyway_do_not_matter(game: np.ndarray, factor: float, anyway: list[float]) -> None:
    n = len(game).bit_length() - 1
    moved = factor * game + sums(anyway[:n])
    for solution in (nucleolus, per_capita_nucleolus):
        assert_allclose(solution(moved), factor * solution(game) + anyway[:n], atol=1e-10 * max(1.0, factor))


@some_cases
@given(convex_games(most=4), st.floats(-5.0, 5.0))
def test_a_player_who_adds_only_the_own_value_gets_it(game: np.ndarray, own: float) -> None:
    joined = np.concatenate([game, game + own])
    assert_allclose(nucleolus(joined), [*nucleolus(game), own], atol=1e-10)


@some_cases
@given(convex_games(least=2), st.floats(0.0, 20.0))
def test_per_capita_nobody_loses_when_there_is_more_for_all(game: np.ndarray, more: float) -> None:
    """Young, Okada & Hashimoto 1982, Water Resources Research 18: monotonic in the aggregate."""
    richer = game.copy()
    richer[-1] += more
    assert (per_capita_nucleolus(richer) >= per_capita_nucleolus(game) - 1e-10).all()


@pytest.mark.parametrize("factor", [1e-6, 1e9])
def test_the_unit_of_a_game_does_not_matter(factor: float) -> None:
    game = np.array([0, 1, 2, 4, 3, 5, 5.5, 9.0])
    assert_allclose(nucleolus(factor * game), factor * nucleolus(game), rtol=1e-12)
    assert_allclose(per_capita_nucleolus(factor * game), factor * per_capita_nucleolus(game), rtol=1e-12)


def test_where_nothing_is_gained_together_each_gets_the_own_value() -> None:
    """Also where sums of tenths differ in the last digit."""
    assert_allclose(nucleolus(sums([0.1, 0.2, 0.3, 1e9])), [0.1, 0.2, 0.3, 1e9], rtol=1e-6)
    assert_allclose(nucleolus([0, 0.1, 0.2, 0.3 - 1e-16]), [0.1, 0.2], rtol=1e-14)
    assert nucleolus(np.zeros(8)).tolist() == [0, 0, 0]


# ---- what is refused ----


def test_without_an_imputation_there_is_no_nucleolus() -> None:
    for solution in (nucleolus, per_capita_nucleolus):
        with pytest.raises(ValueError, match="obtain 5 each alone and 4 all together: there is no imputation"):
            solution([0, 2, 3, 4])
    with pytest.raises(ValueError, match="spend 5 each alone and 6 all together: nothing is saved"):
        nucleolus([0, 2, 3, 6], costs=True)


def test_what_is_saved_together_is_shared_per_head_too() -> None:
    """Alone 5, 4 and 6, together 12: the third and the first save 3 by themselves, everybody 3."""
    costs = [0, 5, 4, 9, 6, 8, 10, 12]
    paid = per_capita_nucleolus(costs, costs=True)
    assert paid.sum() == pytest.approx(12)
    assert_allclose(np.array([5, 4, 6]) - paid, per_capita_nucleolus(from_costs(costs)), atol=1e-12)


def test_more_than_ten_players_are_refused() -> None:
    for solution in (nucleolus, per_capita_nucleolus):
        with pytest.raises(ValueError, match="11 players: at most 10"):
            solution(np.zeros(2**11))
