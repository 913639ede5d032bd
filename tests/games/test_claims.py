"""Claims rules: the estates of the Mishnah, small divisions worked by hand, and the axioms that tell rules apart."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from itertools import permutations
from typing import Any

import hypothesis.strategies as st
import numpy as np
import pytest
from hypothesis import given, settings
from numpy.testing import assert_allclose

from aiposim.games import (
    constrained_equal_awards,
    constrained_equal_losses,
    proportional,
    random_arrival,
    talmud,
)

Rule = Callable[..., Any]
RULES: list[Rule] = [proportional, constrained_equal_awards, constrained_equal_losses, talmud, random_arrival]
every_rule = pytest.mark.parametrize("rule", RULES)
some_cases = settings(max_examples=40, deadline=None)


@st.composite
def problems(draw: st.DrawFn, most: int = 6) -> tuple[float, np.ndarray]:
    """An estate, and claims that come to as much or more; equal claims and empty ones are frequent."""
    claim = st.one_of(st.integers(0, 4).map(float), st.floats(0.001, 1_000.0))
    claims = np.array(draw(st.lists(claim, min_size=1, max_size=most)))
    return draw(st.floats(0.0, 1.0)) * float(claims.sum()), claims


def unit(claims: np.ndarray) -> float:
    """Rounding grows with the greatest claim."""
    return 1e-12 * max(1e-300, float(claims.max()))


# ---- published and worked by hand ----


@pytest.mark.parametrize(
    ("estate", "awards"),
    [(100, [100 / 3, 100 / 3, 100 / 3]), (200, [50, 75, 75]), (300, [50, 100, 150])],
)
def test_the_three_widows_of_the_mishnah(estate: float, awards: list[float]) -> None:
    """Claims of 100, 200 and 300: Mishnah, Ketubot 10:4, as in Aumann & Maschler 1985, introduction."""
    assert_allclose(talmud(estate, [100, 200, 300]), awards, rtol=1e-15)


def test_the_contested_garment() -> None:
    """One claims all and one half: the half that is not contested, and half of the rest (Mishnah, Bava Metzia 1:1)."""
    assert talmud(1, [1, 0.5]).tolist() == [0.75, 0.25]


@pytest.mark.parametrize(
    ("rule", "awards"),
    [
        (proportional, [50, 100, 150]),
        (constrained_equal_awards, [100, 100, 100]),
        (constrained_equal_losses, [0, 100, 200]),
        (talmud, [50, 100, 150]),
        (random_arrival, [50, 100, 150]),
    ],
)
def test_three_hundred_among_claims_of_one_two_and_three_hundred(rule: Rule, awards: list[float]) -> None:
    """By hand. First come, first served, in the orders abc to cba: the first gets 100, 100, 100, 0, 0 and 0."""
    assert_allclose(rule(300, [100, 200, 300]), awards, rtol=1e-15, atol=1e-12)


def test_random_arrival_of_two_hundred_by_hand() -> None:
    """Claims 100, 200, 300, orders abc, acb, bac, bca, cab, cba: the first gets 100, 100, 0, 0, 0, 0, the second 100,
    0, 200, 200, 0, 0 and the third 0, 100, 0, 0, 200, 200."""
    assert_allclose(random_arrival(200, [100, 200, 300]), [200 / 6, 500 / 6, 500 / 6], rtol=1e-15)


@some_cases
@given(problems(most=5))
def test_random_arrival_is_first_come_first_served_over_all_orders(problem: tuple[float, np.ndarray]) -> None:
    estate, claims = problem
    n = len(claims)
    received = [Fraction(0)] * n
    orders = list(permutations(range(n)))
    for order in orders:
        left = Fraction(estate)
        for i in order:
            paid = min(Fraction(float(claims[i])), left)
            received[i] += paid
            left -= paid
    assert_allclose(random_arrival(estate, claims), [float(r / len(orders)) for r in received], atol=unit(claims))


# ---- axioms ----


@every_rule
@some_cases
@given(problems())
def test_the_estate_is_divided_and_nobody_gets_less_than_nothing_or_more_than_the_claim(
    rule: Rule, problem: tuple[float, np.ndarray]
) -> None:
    estate, claims = problem
    before = claims.copy()
    awards = rule(estate, claims)
    assert awards.dtype == np.float64
    assert awards.shape == claims.shape
    assert awards.sum() == pytest.approx(estate, rel=1e-12, abs=1e-12 * claims.max())
    assert (awards >= 0.0).all()
    assert (awards <= claims + unit(claims)).all()
    assert (claims == before).all()


@every_rule
@some_cases
@given(problems(), st.randoms(use_true_random=False))
def test_names_and_order_do_not_matter(rule: Rule, problem: tuple[float, np.ndarray], luck: Any) -> None:
    estate, claims = problem
    order = list(range(len(claims)))
    luck.shuffle(order)
    assert_allclose(rule(estate, claims[order]), rule(estate, claims)[order], rtol=0, atol=unit(claims))


@every_rule
@some_cases
@given(problems(), st.floats(0.0, 1.0))
def test_nobody_loses_when_there_is_more_to_divide(rule: Rule, problem: tuple[float, np.ndarray], part: float) -> None:
    estate, claims = problem
    assert (rule(part * estate, claims) <= rule(estate, claims) + unit(claims)).all()


@every_rule
@some_cases
@given(problems())
def test_a_larger_claim_gets_no_less_and_loses_no_less(rule: Rule, problem: tuple[float, np.ndarray]) -> None:
    estate, claims = problem
    order = np.argsort(claims, kind="stable")
    awards = rule(estate, claims)[order]
    assert (np.diff(awards) >= -unit(claims)).all()
    assert (np.diff(claims[order] - awards) >= -unit(claims)).all()


@pytest.mark.parametrize(
    ("rule", "dual"),
    [
        (constrained_equal_awards, constrained_equal_losses),
        (constrained_equal_losses, constrained_equal_awards),
        (proportional, proportional),
        (talmud, talmud),
        (random_arrival, random_arrival),
    ],
)
@some_cases
@given(problems())
def test_dividing_what_is_missing_is_the_dual_rule(rule: Rule, dual: Rule, problem: tuple[float, np.ndarray]) -> None:
    """Aumann & Maschler 1985: equal awards and equal losses are each other's dual; the others are self-dual."""
    estate, claims = problem
    missing = max(0.0, float(claims.sum()) - estate)
    assert_allclose(rule(estate, claims), claims - dual(missing, claims), rtol=0, atol=10 * unit(claims))


@pytest.mark.parametrize("rule", [proportional, constrained_equal_awards, constrained_equal_losses, talmud])
@some_cases
@given(problems())
def test_those_who_stay_divide_what_is_left_as_before(rule: Rule, problem: tuple[float, np.ndarray]) -> None:
    """Consistency: the last creditor takes the award and leaves. Random arrival is not consistent."""
    estate, claims = problem
    awards = rule(estate, claims)
    if len(claims) > 1:
        left = min(float(awards[:-1].sum()), float(claims[:-1].sum()))
        assert_allclose(rule(left, claims[:-1]), awards[:-1], rtol=0, atol=10 * unit(claims))


def test_random_arrival_is_not_consistent() -> None:
    """Of 200 for 100, 200, 300 the second and third get 83 1/3 each; alone with 166 2/3 they would as well, but the
    first and the second with 116 2/3 for 100 and 200 would get 50 and 66 2/3 and not 33 1/3 and 83 1/3."""
    assert_allclose(random_arrival(350 / 3, [100, 200]), [50, 200 / 3], rtol=1e-12)


@some_cases
@given(problems(most=2))
def test_of_two_each_concedes_what_is_not_claimed(problem: tuple[float, np.ndarray]) -> None:
    """For two, Talmud and random arrival both are the rule of the contested garment (O'Neill 1982)."""
    estate, claims = problem
    if len(claims) == 2:
        conceded = np.maximum(0.0, estate - claims[::-1])
        by_hand = conceded + (estate - conceded.sum()) / 2
        for rule in (talmud, random_arrival):
            assert_allclose(rule(estate, claims), by_hand, rtol=0, atol=unit(claims))


@some_cases
@given(problems())
def test_equal_awards_and_equal_losses_are_what_they_say(problem: tuple[float, np.ndarray]) -> None:
    estate, claims = problem
    awards = constrained_equal_awards(estate, claims)
    assert_allclose(awards, np.minimum(claims, awards.max()), rtol=0, atol=unit(claims))
    awards = constrained_equal_losses(estate, claims)
    assert_allclose(awards, np.maximum(0.0, claims - (claims - awards).max()), rtol=0, atol=unit(claims))


@every_rule
@pytest.mark.parametrize("factor", [1e-9, 1e9, 2.0**-1060, 2.0**150])
def test_the_unit_of_money_does_not_matter(rule: Rule, factor: float) -> None:
    claims = np.array([1.0, 2.0, 3.0, 2.0])
    assert_allclose(rule(4.5 * factor, claims * factor), rule(4.5, claims) * factor, rtol=1e-12)


@every_rule
def test_a_small_estate_is_divided_to_its_own_last_digits(rule: Rule) -> None:
    claims = np.array([1.0, 1.0, 0.3, 1.0])
    assert rule(1e-9, claims).sum() == pytest.approx(1e-9, rel=1e-12)


@every_rule
def test_when_there_is_nothing_everybody_gets_nothing_and_when_there_is_enough_the_claim(rule: Rule) -> None:
    assert rule(0, [1, 2, 3]).tolist() == [0, 0, 0]
    assert rule(0, [0, 0]).tolist() == [0, 0]
    assert_allclose(rule(0.6, [0.1, 0.2, 0.3]), [0.1, 0.2, 0.3], rtol=1e-12)
    assert_allclose(rule(5.0, [5.0]), [5.0], rtol=1e-15)


def test_ten_and_sixteen_creditors_arrive_at_random() -> None:
    assert_allclose(random_arrival(5, np.ones(10)), np.full(10, 0.5), rtol=1e-12)
    assert_allclose(random_arrival(5, np.ones(16)), np.full(16, 5 / 16), rtol=1e-12)


# ---- what is refused ----


@every_rule
@pytest.mark.parametrize(
    ("estate", "claims", "says"),
    [
        (1, [[1, 2], [3, 4]], "must be a list"),
        (1, 3.0, "must be a list"),
        (0, [], "claims is empty"),
        (1, [1, float("nan")], "finite number"),
        (1, [1, float("inf")], "finite number"),
        (1, [2, -1], "claims\\[1\\] is -1: it must be 0 or more"),
        (-1, [1, 2], "the estate is -1"),
        (float("nan"), [1, 2], "the estate is nan"),
        (float("inf"), [1, 2], "the estate is inf"),
        (3.001, [1, 2], "claims come to 3, less than the estate of 3.001"),
        (1, [0, 0], "claims come to 0, less than the estate of 1"),
    ],
)
def test_what_is_no_claims_problem_is_refused(rule: Rule, estate: float, claims: Any, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        rule(estate, claims)


def test_more_than_sixteen_creditors_arrive_in_too_many_orders() -> None:
    with pytest.raises(ValueError, match="17 creditors arrive in too many orders: at most 16"):
        random_arrival(1, np.ones(17))
