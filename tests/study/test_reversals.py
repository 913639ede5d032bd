"""How wrong one must be: planted zeros are found where they are, and nowhere else."""

from __future__ import annotations

import numpy as np
import pytest

from aiposim.study.points import MeanDifference
from aiposim.study.reversals import Found, reversals
from study.planted import Law, assumption, luck, world

BISECTED = 0.5 / 2**6
"""How near a bisection of half the way comes."""
INCIDENTS, IDLE = assumption("incidents", 1.0, 0.4, 1.8), assumption("idle")


def found(law: Law, *assumptions: object, **options: object) -> Found:
    return reversals(world(law, assumptions), assumptions, **options)  # type: ignore[arg-type]


@pytest.mark.parametrize("zero", [0.43, 0.6, 0.95, 1.05, 1.3, 1.79])
def test_an_order_that_turns_at_a_known_value_is_found_to_turn_there(zero: float) -> None:
    steep = 1.0 if zero > 1.0 else -1.0
    result = found(lambda incidents, idle: steep * (zero - incidents), INCIDENTS, IDLE)
    (reversal,) = result.alone
    (change,) = reversal.at
    way = (1.8 if zero > 1.0 else 0.4) - 1.0
    assert change.assumption is INCIDENTS
    assert 0.0 <= (change.value - zero) / way <= BISECTED
    assert reversal.distance == pytest.approx((change.value - 1.0) / way)
    assert [each.assumption for each in result.held] == [IDLE]


def test_a_reversal_is_clear_only_from_where_the_interval_excludes_nought() -> None:
    result = found(lambda incidents: 1.2 - incidents, INCIDENTS)
    (reversal,) = result.alone
    half = result.before.error
    assert reversal.clear is not None
    (clear,) = reversal.clear
    assert 1.2 + half <= clear.value <= 1.2 + half + 0.8 * BISECTED * 2
    assert reversal.at[0].value < clear.value
    assert reversal.after.sign == -1


def test_a_reversal_within_the_noise_is_a_tie() -> None:
    result = found(lambda incidents: 1.79 - incidents, INCIDENTS)
    (reversal,) = result.alone
    assert reversal.clear is None
    assert reversal.after.sign == 0
    assert reversal.after.mean < 0.0


def test_distance_does_not_depend_on_the_unit() -> None:
    large = assumption("incidents", 1000.0, 400.0, 1800.0)
    small = found(lambda incidents: 1.3 - incidents, INCIDENTS).alone[0].distance
    assert found(lambda incidents: 1.3 - incidents / 1000, large).alone[0].distance == pytest.approx(small)


def test_the_nearest_of_several_reversals_comes_first() -> None:
    one, other = assumption("one"), assumption("other")
    result = found(lambda one, other, idle: 0.2 - 0.9 * (one - 0.5) + 0.5 * (other - 0.5), other, one, IDLE)
    assert [reversal.keys for reversal in result.alone] == [("one",), ("other",)]
    assert [reversal.at[0].end for reversal in result.alone] == [1.0, 0.0]


def test_an_order_that_becomes_even_is_not_reversed() -> None:
    even = reversals(lambda points: [np.full(50, 1.8 - p.get("incidents", 1.0)) for p in points], [INCIDENTS])
    assert not even.alone
    assert even.held[0].nearest.mean == 0.0


def test_two_together_reverse_what_neither_does_alone() -> None:
    one, other = assumption("one", 0.0), assumption("other", 0.0)
    result = found(lambda one, other, idle: 1.0 - 0.7 * one - 0.7 * other, one, other, IDLE, two=True)
    assert not result.alone
    assert result.together is not None
    reversal = result.together[0]
    assert set(reversal.keys) == {"one", "other"}
    assert 0.0 <= reversal.distance - 1 / 1.4 <= BISECTED
    assert reversal.after.sign == -1
    assert len(result.together) == 1


def test_two_that_do_nothing_alone_and_much_together_are_found() -> None:
    """Where all pairs are tried, it does not matter that effects do not add up."""
    one, other = assumption("one", 0.0), assumption("other", 0.0)
    result = found(lambda one, other, idle: 1.0 - 3.0 * one * other, one, other, IDLE, two=True)
    assert not result.alone
    assert result.together is not None
    assert set(result.together[0].keys) == {"one", "other"}
    assert 0.0 <= result.together[0].distance - 3**-0.5 <= BISECTED
    assert result.searched == result.pairs == 3


def test_two_are_reported_only_if_they_reverse_it_sooner_than_either_alone() -> None:
    one, other = assumption("one", 0.0), assumption("other", 0.0)
    result = found(lambda one, other, idle: 1.0 - 1.5 * one - 0.5 * other, one, other, IDLE, two=True)
    assert [reversal.keys for reversal in result.alone] == [("one",)]
    assert result.together is not None
    assert [set(reversal.keys) for reversal in result.together] == [{"one", "other"}]
    assert result.together[0].distance == pytest.approx(0.5, abs=BISECTED)


def test_a_search_of_few_pairs_says_how_many_it_tried() -> None:
    several = [assumption(f"a{i}", 0.0) for i in range(12)]
    result = found(lambda **each: 1.0 - 0.6 * each["a3"] - 0.6 * each["a9"], *several, two=True, tried=10)
    assert result.pairs == 66
    assert 0 < result.searched <= 10
    assert result.together is not None
    assert set(result.together[0].keys) == {"a3", "a9"}, "the sum of what each does alone leads to it"


def test_identical_designs_are_never_declared_different() -> None:
    result = reversals(lambda points: [np.zeros(50) for _ in points], [INCIDENTS])
    assert not result.settled
    assert result.alone == result.held == []
    assert MeanDifference.of(np.zeros(50)).sign == 0


@pytest.mark.parametrize("seed", range(5))
def test_an_order_that_is_not_settled_is_not_reversed(seed: int) -> None:
    result = reversals(
        world(lambda incidents: 0.001 - (incidents - 1.0), [INCIDENTS], noise=luck(100, seed)), [INCIDENTS], two=True
    )
    assert not result.settled
    assert not result.alone


def test_what_makes_no_valid_scenario_is_passed_over_and_counted() -> None:
    result = found(lambda incidents: 1.3 - incidents if incidents < 1.7 else np.nan, INCIDENTS)
    assert result.invalid == 1
    assert result.alone[0].at[0].value == pytest.approx(1.3, abs=0.8 * BISECTED)
    assert not found(lambda incidents: 1.0 if incidents == 1.0 else np.nan, INCIDENTS).alone


def test_a_reversal_is_tried_again_on_other_worlds() -> None:
    def law(incidents: float) -> float:
        return 1.3 - incidents

    confirmed = reversals(
        world(law, [INCIDENTS]), [INCIDENTS], elsewhere=world(law, [INCIDENTS], noise=luck(seed=2, spread=0.01))
    )
    assert confirmed.alone[0].elsewhere is not None
    assert confirmed.alone[0].elsewhere.sign == -1
    by_luck = reversals(world(law, [INCIDENTS]), [INCIDENTS], elsewhere=world(lambda incidents: 1.0, [INCIDENTS]))
    assert by_luck.alone[0].elsewhere is not None
    assert by_luck.alone[0].elsewhere.sign == 1


def test_a_bound_at_the_end_of_its_range_is_moved_to_the_other_end_alone() -> None:
    points: list[dict[str, float]] = []
    honest = assumption("honest", 0.0, 0.0, 0.5)

    def evaluate(asked: object) -> list[np.ndarray[tuple[int], np.dtype[np.float64]]]:
        points.extend(asked)  # type: ignore[call-overload]
        return [np.full(20, 1.0) for _ in asked]  # type: ignore[attr-defined]

    reversals(evaluate, [honest])
    assert points == [{}, {"honest": 0.25}, {"honest": 0.5}]
