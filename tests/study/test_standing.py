"""Ranks and their uncertainty: intervals that hold together, designs that do the same, differences that are found."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aiposim.quantities import Array
from aiposim.study.standing import Standing, standing

MEANS = np.array([0.0, 0.0, 0.1, 0.2, 0.25, 0.5])
OWN = np.array([0.3, 0.5, 0.4, 0.6, 0.2, 1.0])


def worlds(seed: int, runs: int = 200, means: Array = MEANS) -> Array:
    """Designs whose true means are known, in worlds that move all of them together far more than the rules do."""
    luck = np.random.default_rng([7, seed])
    common = 3.0 * luck.standard_normal(runs)
    return np.asarray(means[:, None] + common + OWN[: len(means), None] * luck.standard_normal((len(means), runs)))


def all_hold(found: Standing) -> bool:
    true = MEANS[:, None] - MEANS[None, :]
    return bool((np.abs(found.differences - true) <= found.half_width + 1e-12).all())


def test_the_intervals_of_all_pairs_hold_together_about_as_often_as_they_say() -> None:
    held = np.mean([all_hold(standing(worlds(seed), "higher")) for seed in range(300)])
    assert 0.915 < held < 0.985  # 0.95, give or take nearly three standard errors of 300 repetitions


@pytest.mark.soak
@pytest.mark.parametrize("confidence", [0.8, 0.95])
def test_the_intervals_of_all_pairs_hold_together_as_often_as_they_say(confidence: float) -> None:
    held = np.mean([all_hold(standing(worlds(seed), "higher", confidence)) for seed in range(4000)])
    assert abs(held - confidence) < 0.02


def test_a_difference_of_the_size_of_four_standard_errors_is_found() -> None:
    means = np.array([0.0, 4.0 * np.hypot(OWN[0], OWN[1]) / 200**0.5])
    found = [standing(worlds(seed, means=means), "higher").apart[0, 1] for seed in range(200)]
    assert np.mean(found) > 0.95  # the power of a test at five in a hundred is .979 at four standard errors


def test_a_true_best_is_among_those_of_the_first_rank() -> None:
    held = [standing(worlds(seed), "higher").rank_low[5] == 1.0 for seed in range(100)]
    assert np.mean(held) > 0.97


@given(seed=st.integers(0, 10_000), runs=st.integers(2, 40), many=st.integers(2, 6))
@settings(max_examples=60, deadline=None)
def test_designs_that_do_the_same_are_never_told_apart(seed: int, runs: int, many: int) -> None:
    values = worlds(seed, runs)[:many]
    twice = np.concatenate([values, values * (1.0 + 1e-16), values + 0.0])
    found = standing(twice, "higher")
    for i in range(many):
        alike = [i, i + many, i + 2 * many]
        assert found.same[np.ix_(alike, alike)].all()
        assert not found.apart[np.ix_(alike, alike)].any()
        for measure in (found.rank, found.rank_low, found.rank_high, found.chance_best):
            assert len(set(measure[alike])) == 1


@given(seed=st.integers(0, 10_000), runs=st.integers(2, 60))
@settings(max_examples=60, deadline=None)
def test_ranks_lie_among_those_that_are_not_ruled_out_and_turn_round_with_the_direction(seed: int, runs: int) -> None:
    up, down = (standing(worlds(seed, runs), better) for better in ("higher", "lower"))
    for found in (up, down):
        assert (found.rank_low <= found.rank).all()
        assert (found.rank <= found.rank_high).all()
        assert found.chance_best.sum() == pytest.approx(1.0)
    assert sorted(up.rank) == sorted(7.0 - down.rank)
    assert set(up.undecided()) == set(down.undecided())


def test_the_order_of_the_designs_moves_no_interval() -> None:
    values = worlds(3)
    turned = standing(values[::-1], "higher")
    assert turned.half_width[::-1, ::-1] == pytest.approx(standing(values, "higher").half_width, rel=0.05)
    assert turned.rank[::-1].tolist() == standing(values, "higher").rank.tolist()


def test_runs_in_which_an_outcome_is_undefined_are_left_out_of_all_designs() -> None:
    values = worlds(1)
    with_gaps = values.copy()
    with_gaps[2, ::10] = np.nan
    defined = np.ones(200, dtype=bool)
    defined[::10] = False
    assert standing(with_gaps, "higher").runs == 180
    np.testing.assert_array_equal(
        standing(with_gaps, "higher").half_width, standing(values[:, defined], "higher").half_width
    )


def test_one_run_ranks_but_tells_nothing_apart_and_no_run_ranks_nothing() -> None:
    one = standing(worlds(1, 1), "higher")
    assert sorted(one.rank) == [1, 2, 3, 4, 5, 6]
    assert (one.rank_low == 1).all()
    assert (one.rank_high == 6).all()
    assert not one.is_settled()
    nothing = standing(np.full((3, 5), np.nan), "higher")
    assert np.isnan(nothing.rank).all()
    assert not nothing.is_settled(best_alone=True)


def test_where_no_direction_is_better_there_is_no_rank_and_still_a_difference() -> None:
    found = standing(worlds(1), "neither")
    assert np.isnan(found.rank).all()
    assert found.apart[0, 5]


def test_a_ranking_is_settled_when_every_two_are_told_apart_or_do_the_same() -> None:
    values = worlds(1, 400, np.array([0.0, 1.0, 2.0]))
    found = standing(np.concatenate([values, values[:1]]), "higher")
    assert found.is_settled()
    assert found.rank.tolist() == [3, 2, 1, 3]
    near = standing(worlds(1, 400, np.array([0.0, 0.001, 2.0])), "higher")
    assert near.is_settled(best_alone=True)
    assert near.undecided() == [(0, 1)]
