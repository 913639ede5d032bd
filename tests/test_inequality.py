"""Gini, Theil, Lorenz and concentration: values worked by hand, and what ties one to the other."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import hypothesis.strategies as st
import numpy as np
import pytest
from hypothesis import given, settings

import aiposim
from aiposim import inequality
from aiposim.inequality import concentration, gini, lorenz, theil

MEASURES: list[Callable[..., Any]] = [gini, theil, lorenz, concentration]
INDICES: list[Callable[..., float]] = [gini, theil, concentration]
holdings = st.lists(st.floats(0.001, 1_000.0), min_size=1, max_size=12)


# ---- worked by hand ----


def test_gini_of_one_to_five() -> None:
    """Pairs differ by 1 four times, 2 three times, 3 twice, 4 once: 20, both ways 40; 40 / (2 * 5 * 15) = .2667."""
    assert gini([1, 2, 3, 4, 5]) == pytest.approx(40 / 150, abs=1e-15)
    assert gini([1, 2, 3, 4, 5], sample=True) == pytest.approx(40 / 150 * 5 / 4, abs=1e-15)


@pytest.mark.parametrize("n", [2, 3, 10])
def test_when_one_has_everything_the_sample_form_is_one_and_the_population_form_a_little_less(n: int) -> None:
    values = [0.0] * (n - 1) + [7.0]
    assert gini(values) == pytest.approx((n - 1) / n, abs=1e-15)
    assert gini(values, sample=True) == pytest.approx(1.0, abs=1e-15)
    assert theil(values) == pytest.approx(np.log(n), abs=1e-15)
    assert concentration(values) == 1.0
    assert concentration(values, normalised=True) == 1.0


@pytest.mark.parametrize("n", [1, 2, 3, 7, 10])
def test_when_all_have_the_same_there_is_no_inequality(n: int) -> None:
    values = [0.1] * n
    assert gini(values) == 0.0
    assert gini(values, [0.3] * n) == 0.0
    assert theil(values) == 0.0
    assert concentration(values) == pytest.approx(1.0 / n, abs=1e-15)


def test_three_equal_payers_are_not_concentrated_and_a_single_one_is() -> None:
    assert concentration([5.0, 5.0, 5.0], normalised=True) == 0.0
    assert concentration([5.0], normalised=True) == 1.0


def test_concentration_of_the_chiang_mai_key() -> None:
    """.4, .4 and .2: .16 + .16 + .04 = .36; (.36 - 1/3) / (2/3) = .04."""
    assert concentration([40, 40, 20]) == pytest.approx(0.36, abs=1e-15)
    assert concentration([40, 40, 20], normalised=True) == pytest.approx(0.04, abs=1e-15)


def test_theil_of_one_and_three() -> None:
    """Mean 2: (.5 log .5 + 1.5 log 1.5) / 2 = .130812."""
    assert theil([1.0, 3.0]) == pytest.approx(0.130812035941137, abs=1e-15)


def test_the_lorenz_curve_begins_with_the_poorest() -> None:
    """1, 3 and 6 of 10: a third has a tenth, two thirds have four tenths."""
    holders, held = lorenz([6.0, 1.0, 3.0])
    assert holders == pytest.approx([0.0, 1 / 3, 2 / 3, 1.0], abs=1e-15)
    assert held == pytest.approx([0.0, 0.1, 0.4, 1.0], abs=1e-15)


# ---- what ties one to the other ----


@given(values=holdings)
@settings(max_examples=100, deadline=None)
def test_gini_is_twice_the_area_between_the_diagonal_and_the_lorenz_curve(values: list[float]) -> None:
    holders, held = lorenz(values)
    area = float((np.diff(holders) * (held[1:] + held[:-1]) / 2.0).sum())
    assert gini(values) == pytest.approx(1.0 - 2.0 * area, abs=1e-12)


@given(values=holdings)
@settings(max_examples=100, deadline=None)
def test_gini_is_half_the_relative_mean_difference_of_all_pairs(values: list[float]) -> None:
    x = np.array(values)
    pairs = np.abs(x[:, None] - x[None, :])
    assert gini(values) == pytest.approx(pairs.mean() / (2.0 * x.mean()), abs=1e-12)
    if len(x) > 1:
        apart = pairs.sum() / (len(x) * (len(x) - 1))  # without a value's pair with itself
        assert gini(values, sample=True) == pytest.approx(apart / (2.0 * x.mean()), abs=1e-12)


@given(groups=st.lists(holdings, min_size=1, max_size=4))
@settings(max_examples=100, deadline=None)
def test_theil_is_the_inequality_within_groups_and_between_them(groups: list[list[float]]) -> None:
    """Theil 1967: T = sum of s_g T_g + sum of s_g log(mean_g / mean), s_g the group's share of all that is held."""
    everybody = np.concatenate(groups)
    share = [np.sum(group) / everybody.sum() for group in groups]
    within = sum(s * theil(group) for s, group in zip(share, groups, strict=True))
    between = sum(s * np.log(np.mean(group) / everybody.mean()) for s, group in zip(share, groups, strict=True))
    assert theil(everybody) == pytest.approx(within + between, abs=1e-12)


@given(values=holdings)
@settings(max_examples=60, deadline=None)
def test_concentration_is_a_matter_of_number_and_of_spread(values: list[float]) -> None:
    """H = (1 + squared coefficient of variation) / n, by hand from the definition of the variance."""
    x = np.array(values)
    assert concentration(values) == pytest.approx((1.0 + x.var() / x.mean() ** 2) / len(x), rel=1e-9)


@given(values=holdings, counts=st.lists(st.integers(1, 5), min_size=12, max_size=12))
@settings(max_examples=100, deadline=None)
def test_a_weight_stands_for_so_many_of_a_kind(values: list[float], counts: list[int]) -> None:
    counts = counts[: len(values)]
    repeated = np.repeat(values, counts)
    assert gini(values, counts) == pytest.approx(gini(repeated), abs=1e-12)
    if len(repeated) > 1:
        assert gini(values, counts, sample=True) == pytest.approx(gini(repeated, sample=True), abs=1e-12)


@pytest.mark.parametrize("measure", INDICES)
@given(values=holdings, factor=st.floats(1e-6, 1e6), data=st.data())
@settings(max_examples=40, deadline=None)
def test_neither_the_currency_nor_the_order_matters(
    measure: Callable[..., float], values: list[float], factor: float, data: st.DataObject
) -> None:
    order = data.draw(st.permutations(values))
    assert measure(np.array(order) * factor) == pytest.approx(measure(values), abs=1e-9)


@given(values=st.lists(st.floats(1.0, 100.0), min_size=2, max_size=8), part=st.floats(0.01, 0.49))
@settings(max_examples=60, deadline=None)
def test_taking_from_the_rich_for_the_poor_lessens_every_measure(values: list[float], part: float) -> None:
    """The principle of transfers (Dalton 1920): the two stay in their order and come nearer."""
    x = np.sort(np.array(values))
    if x[-1] - x[0] < 1.0:
        return
    after = x.copy()
    moved = part * (x[-1] - x[0])
    after[0] += moved
    after[-1] -= moved
    for measure in INDICES:
        assert measure(after) < measure(x)


@pytest.mark.parametrize("tiny", [1e-300, 5e-324])
def test_the_smallest_and_the_greatest_numbers_are_no_trouble(tiny: float) -> None:
    assert gini([tiny, tiny]) == 0.0
    assert gini([1.7e308, 1.7e308, 1.7e308]) == pytest.approx(0.0, abs=1e-15)
    assert concentration([tiny, tiny]) == pytest.approx(0.5, abs=1e-12)


@pytest.mark.parametrize("unit", [1e-320, 1e-300, 0.2, 1e49])
def test_weights_may_be_in_any_unit(unit: float) -> None:
    """One holds 1 and three 3 of 10: pairs differ by 2 in 6 of 16; .75 / (2 * 2.5) = .15."""
    assert gini([1.0, 3.0], [1.0 * unit, 3.0 * unit]) == pytest.approx(0.15, rel=1e-3)


def test_what_nobody_holds_does_not_count() -> None:
    assert gini([1e-300, 2e-300, 1e300], [1.0, 1.0, 0.0]) == pytest.approx(1 / 6, abs=1e-15)


def test_the_sample_form_counts_and_wants_whole_weights() -> None:
    """With weights of .6 it would be 1.5, above its greatest value."""
    with pytest.raises(ValueError, match=r"^weights\[0\] is 0.6: it must be a whole number"):
        gini([1.0, 3.0], [0.6, 0.6], sample=True)
    assert gini([0.0, 3.0], [1.0, 1.0], sample=True) == 1.0


def test_a_zero_of_the_lorenz_curve_has_no_sign() -> None:
    assert not np.signbit(lorenz([-0.0, 1.0])[1]).any()


def test_the_module_offers_its_measures_and_nothing_else() -> None:
    assert sorted(inequality.__all__) == ["concentration", "gini", "lorenz", "theil"]


# ---- the model ----


def test_the_model_measures_the_inequality_of_burdens_by_the_same_formula() -> None:
    """One period of the reference design: Gini of what each member paid over what the institute is worth to it."""
    model = aiposim.AipoModel(aiposim.load("reference-design").with_(**{"world.horizon": 2}), seed=2015, run=3)
    burdens = []
    for _ in range(2):
        model.step()
        state = model.state
        burdens.append(gini(state.paid[:, 0] / state.valuation[:, 0]))
    assert all(burden > 0.0 for burden in burdens)
    assert model.measures()["burden_gini"] == pytest.approx(np.mean(burdens), abs=1e-12)


# ---- refusals ----


@pytest.mark.parametrize("measure", MEASURES)
@pytest.mark.parametrize(
    ("values", "found"),
    [
        ([], "^values is empty"),
        ([0.0, 0.0], "all values are 0"),
        ([1.0, -0.5], r"^values\[1\] is -0.5: it must be 0 or more"),
        ([1.0, np.nan], r"^values\[1\] is nan: it must be a finite number"),
        ([1.0, np.inf], r"^values\[1\] is inf: it must be a finite number"),
        ([1.0, "2"], r"^values\[1\] is '2': it must be a number"),
        ([1.0, None], r"^values\[1\] is None: it must be a number"),
        ([1.0, 10**400], r"^values\[1\] is about 2\*\*1329: it must lie in the range of floats"),
        ([1.0, 1j], r"^values\[1\] is 1j: it must be a number"),
        ([1.0, [2.0]], "^values has rows of different lengths"),
        (np.array(["2014"], dtype="M8[D]"), r"^values\[0\] is 2014-01-01: it must be a number"),
        ({"a": 1.0}, "it must be a list of numbers"),
        ({1.0, 2.0}, "it must be a list of numbers"),
        ("12", "^values is '12': it must be a list of numbers"),
        ([[1.0, 2.0]], "^values has the shape"),
        (3.0, "^values is 3.0: it must be a list of numbers"),
    ],
)
def test_holdings_that_make_no_distribution_are_refused(measure: Callable[..., Any], values: Any, found: str) -> None:
    with pytest.raises(ValueError, match=found):
        measure(values)


@pytest.mark.parametrize(
    ("weights", "found"),
    [
        ([1.0], "1 weights for 2 values"),
        ([1.0, -1.0], r"^weights\[1\] is -1.0: it must be 0 or more"),
        ([1.0, np.nan], r"^weights\[1\] is nan: it must be a finite number"),
        ([0.0, 0.0], "no value greater than 0 has a weight"),
        ([1.0, 1e308], r"^weights\[1\] is 1e\+308: it must be 1e\+50 or less"),
        ([1.0, 0.0], "no value greater than 0 has a weight"),
    ],
)
def test_weights_that_do_not_fit_are_refused(weights: list[float], found: str) -> None:
    with pytest.raises(ValueError, match=found):
        gini([0.0, 2.0], weights)


def test_the_sample_form_needs_two() -> None:
    with pytest.raises(ValueError, match="more than one value: found 1"):
        gini([3.0], sample=True)


@pytest.mark.parametrize("measure", MEASURES)
def test_what_is_measured_is_not_changed(measure: Callable[..., Any]) -> None:
    values = np.array([3.0, 1.0, 2.0])
    measure(values)
    assert values.tolist() == [3.0, 1.0, 2.0]
