"""What becomes of a conclusion: robust, shifted, fragile or undecided by construction."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import pytest

from aiposim.scenario.conclusion import Conclusion
from aiposim.study.assumptions import Assumption
from aiposim.study.conclusions import (
    BASE,
    FAILS,
    FRAGILE,
    ONE,
    ORDER,
    ROBUST,
    SHIFTED,
    TOGETHER,
    UNDECIDED,
    Examined,
    Pair,
    Trial,
    ends,
    judged,
    latin_hypercube,
    under_assumptions,
)
from aiposim.study.points import Differences, Point
from study.planted import assumption, luck

INCIDENTS, IDLE = assumption("incidents", 1.0, 0.4, 1.8), assumption("idle")
HIGHER = Conclusion(outcome="budget", design="one", relation="higher", than="other")
LOWER = Conclusion(outcome="budget", design="one", relation="lower", than="other")
SAME = Conclusion(outcome="budget", design="one", relation="same", than="other")
LEVEL = 10.0
"""Of the outcome under the other design, in every run; a twentieth of it is 0.5."""


def pairs_of(law: Callable[[float], float], noise: Differences) -> Callable[[Sequence[Point]], list[list[Pair]]]:
    def evaluate(points: Sequence[Point]) -> list[list[Pair]]:
        laws = [law(point.get("incidents", 1.0)) for point in points]
        return [[(LEVEL + mean + noise, np.full(len(noise), LEVEL))] for mean in laws]

    return evaluate


def tried(
    claim: Conclusion,
    law: Callable[[float], float],
    noise: Differences | None = None,
    closer: Differences | None = None,
    assumptions: Sequence[Assumption] = (INCIDENTS, IDLE),
) -> Examined:
    evaluate = pairs_of(law, luck() if noise is None else noise)
    nearer = pairs_of(law, closer) if closer is not None else None
    base = Trial.of(claim, evaluate([{}])[0][0])
    found = [
        trial
        for kind, points in ((ONE, ends(assumptions)), (TOGETHER, latin_hypercube(assumptions, 10, 2015)))
        for _, trial in under_assumptions([claim], kind, points, evaluate, nearer)
    ]
    return judged(claim, [base, *found])


def test_what_holds_everywhere_is_robust() -> None:
    found = tried(HIGHER, lambda incidents: 1.0 + 0.1 * incidents)
    assert (found.verdict, found.holds, found.decisive) == (ROBUST, True, None)
    assert len(found.tried(ONE, "holds")) == 4
    assert len(found.tried(TOGETHER, "holds")) == 10
    assert tried(LOWER, lambda incidents: -1.0 - 0.1 * incidents).verdict == ROBUST


def test_what_holds_everywhere_with_another_size_is_shifted() -> None:
    found = tried(HIGHER, lambda incidents: 1.8 * incidents - 0.6)
    assert (found.verdict, found.holds) == (SHIFTED, True)
    assert found.decisive is not None
    assert found.decisive.point == {"incidents": 1.8}, "there it moves most, by 1.44 of 1.2"


def test_what_fails_at_a_plausible_value_is_fragile_and_the_value_is_named() -> None:
    found = tried(HIGHER, lambda incidents: 1.5 - incidents)
    assert (found.verdict, found.holds) == (FRAGILE, False)
    assert found.decisive is not None
    assert (found.decisive.kind, found.decisive.point) == (ONE, {"incidents": 1.8})
    assert found.decisive.found.mean == pytest.approx(-0.3)


def test_what_cannot_be_told_at_a_plausible_value_is_undecided() -> None:
    found = tried(HIGHER, lambda incidents: 1.8 - incidents, assumptions=[INCIDENTS])
    assert found.verdict == UNDECIDED
    assert found.decisive is not None
    assert found.decisive.point == {"incidents": 1.8}


def test_a_closer_look_settles_what_few_runs_could_not() -> None:
    coarse, fine = luck(50, spread=2.0), luck(5000, spread=0.2)
    assert tried(HIGHER, lambda incidents: 1.5 - 0.6 * incidents, coarse).verdict == UNDECIDED
    assert tried(HIGHER, lambda incidents: 1.5 - 0.6 * incidents, coarse, fine).holds


def test_what_does_not_hold_to_begin_with_is_fragile_or_undecided() -> None:
    wrong, even = tried(LOWER, lambda _: 1.0), tried(HIGHER, lambda _: 0.0)
    assert wrong.verdict == FRAGILE
    assert even.verdict == UNDECIDED
    assert wrong.decisive is not None
    assert even.decisive is not None
    assert wrong.decisive.kind == even.decisive.kind == BASE


def test_a_result_that_changes_with_what_must_not_matter_is_fragile() -> None:
    pair = (np.full(50, 2.0) + luck(50), np.zeros(50))
    base, listed = Trial.of(HIGHER, pair), Trial.of(HIGHER, pair, ORDER, alike=False)
    assert judged(HIGHER, [base, Trial.of(HIGHER, pair, ORDER, alike=True)]).verdict == ROBUST
    assert judged(HIGHER, [base, listed]).verdict == FRAGILE


def test_the_same_is_a_claim_of_its_own_and_not_the_lack_of_another() -> None:
    assert tried(SAME, lambda _: 0.2).verdict == ROBUST, "well within a twentieth of the level"
    assert tried(SAME, lambda _: 0.8).verdict == FRAGILE, "clearly more than a twentieth"
    assert tried(SAME, lambda _: 0.0, luck(20, spread=4.0)).verdict == UNDECIDED, "nought, but who knows"
    narrow = SAME.model_copy(update={"within": 0.1})
    assert tried(narrow, lambda _: 0.2).verdict == FRAGILE


def test_identical_designs_are_the_same_and_neither_is_higher() -> None:
    nothing = np.zeros(50)
    assert tried(SAME, lambda _: 0.0, nothing).verdict == ROBUST
    assert tried(HIGHER, lambda _: 0.0, nothing).verdict == FRAGILE
    assert tried(LOWER, lambda _: 0.0, nothing).verdict == FRAGILE


def test_an_outcome_that_no_run_defines_decides_nothing() -> None:
    undefined = np.full(50, np.nan)
    assert judged(HIGHER, [Trial.of(HIGHER, (undefined, undefined))]).verdict == UNDECIDED


def test_both_ends_of_a_range_are_tried_but_not_where_the_scenario_stands_already() -> None:
    assert ends([INCIDENTS]) == [{"incidents": 0.4}, {"incidents": 1.8}]
    assert ends([assumption("honest", 0.0, 0.0, 0.5)]) == [{"honest": 0.5}]


def test_a_latin_hypercube_has_one_point_in_each_layer_of_each_range() -> None:
    points = latin_hypercube([INCIDENTS, IDLE], 25, 2015)
    for each in (INCIDENTS, IDLE):
        layers = [int(25 * (point[each.key] - each.low) / (each.high - each.low)) for point in points]
        assert sorted(layers) == list(range(25))
    assert points == latin_hypercube([INCIDENTS, IDLE], 25, 2015)
    assert points != latin_hypercube([INCIDENTS, IDLE], 25, 2016)
    assert latin_hypercube([INCIDENTS], 0, 1) == latin_hypercube([], 3, 1) == []


def test_rounding_is_no_difference() -> None:
    pair = (np.full(50, 0.1) * 3, np.full(50, 0.3))
    assert (pair[0] != pair[1]).all()
    assert Trial.of(HIGHER, pair).answer == FAILS
    assert Trial.of(SAME, pair).found.mean == 0.0
