"""Sensitivity: published functions whose indices are known, and an institution whose assumptions move it."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pytest

from aiposim.results import simulate
from aiposim.scenario import load
from aiposim.study.assumptions import Assumption, uncertain_assumptions
from aiposim.study.sampling import (
    SALibMissing,
    at_point,
    full_factorial,
    latin_hypercube,
    morris_trajectories,
    sobol_points,
)
from aiposim.study.sensitivity import left_by_screening, screen, sensitivity, sobol
from aiposim.study.sweep import Sweep, assumptions_over, outcome_columns

Values = Mapping[str, np.ndarray]


def between(low: float, high: float, number: int) -> list[Assumption]:
    return [Assumption(f"x{i}", low, high, low, f"x{i}", "") for i in range(1, number + 1)]


def ishigami(points: np.ndarray) -> Values:
    """Ishigami & Homma 1990, a = 7, b = 0.1."""
    one, two, three = points.T
    return {"y": np.sin(one) + 7 * np.sin(two) ** 2 + 0.1 * three**4 * np.sin(one)}


G = np.array([0.0, 1.0, 4.5, 9.0, 99.0, 99.0, 99.0, 99.0])


def sobol_g(points: np.ndarray) -> Values:
    """Saltelli & Sobol' 1995, with the usual coefficients."""
    return {"y": np.prod((np.abs(4 * points - 2) + G) / (1 + G), axis=1)}


def test_the_indices_of_the_ishigami_function_are_those_of_the_book() -> None:
    a, b = 7.0, 0.1
    whole = a**2 / 8 + b * np.pi**4 / 5 + b**2 * np.pi**8 / 18 + 0.5
    alone = np.array([0.5 * (1 + b * np.pi**4 / 5) ** 2, a**2 / 8, 0.0]) / whole
    third = b**2 * np.pi**8 * (1 / 18 - 1 / 50) / whole
    total = alone + np.array([third, 0.0, third])
    table = sobol(ishigami, between(-np.pi, np.pi, 3), base=2048, seed=1)
    assert table["first"].to_numpy() == pytest.approx(alone, abs=0.02)
    assert table["total"].to_numpy() == pytest.approx(total, abs=0.02)
    assert table["variance"].iloc[0] == pytest.approx(whole, rel=0.02)
    assert ((table["first_low"] <= alone) & (alone <= table["first_high"])).all()
    assert ((table["total_low"] <= total) & (total <= table["total_high"])).all()


def test_the_indices_of_the_g_function_are_those_of_the_book() -> None:
    parts = 1 / (3 * (1 + G) ** 2)
    whole = np.prod(1 + parts) - 1
    alone = parts / whole
    total = parts * np.prod(1 + parts) / (1 + parts) / whole
    table = sobol(sobol_g, between(0, 1, 8), base=2048, seed=1)
    assert table["first"].to_numpy() == pytest.approx(alone, abs=0.02)
    assert table["total"].to_numpy() == pytest.approx(total, abs=0.02)


def test_screening_gives_the_effects_of_a_known_function() -> None:
    """A slope of 3 over a range of 2 is an effect of 6; what is bent or mixed has a spread, what is straight none."""

    def known(points: np.ndarray) -> Values:
        one, two, three, four = points.T
        return {"y": 3 * one - two + 2 * three * four}

    table = screen(known, between(0, 2, 4), trajectories=40, seed=1).set_index("key")
    assert table.loc["x1", ["mean_effect", "effect"]].tolist() == pytest.approx([6.0, 6.0])
    assert table.loc["x2", ["mean_effect", "effect"]].tolist() == pytest.approx([2.0, -2.0])
    assert table.loc[["x1", "x2"], "spread"].to_numpy() == pytest.approx([0.0, 0.0], abs=1e-9)
    assert (table.loc[["x3", "x4"], "spread"] > 1.0).all()
    assert table.loc[["x3", "x4"], "effect"].to_numpy() == pytest.approx([4.0, 4.0], abs=1.0)


def test_screening_drops_what_does_nothing_and_keeps_no_more_than_wished() -> None:
    table = screen(sobol_g, between(0, 1, 8), trajectories=20, seed=1)
    left = [each.key for each in left_by_screening(table, between(0, 1, 8), 8)]
    assert left[:2] == ["x1", "x2"]
    assert not {"x5", "x6", "x7", "x8"} & set(left)
    assert [each.key for each in left_by_screening(table, between(0, 1, 8), 2)] == ["x1", "x2"]
    still = screen(lambda points: {"y": np.ones(len(points))}, between(0, 1, 3), trajectories=4, seed=1)
    assert left_by_screening(still, between(0, 1, 3), 8) == []


def test_an_outcome_that_does_not_vary_has_no_indices() -> None:
    table = sobol(lambda points: {"y": np.full(len(points), 2.0)}, between(0, 1, 2), base=8, seed=1)
    assert table[["first", "total"]].isna().all(axis=None)
    assert table["variance"].tolist() == [0.0, 0.0]


def test_points_at_which_an_outcome_is_undefined_are_left_out_with_their_block() -> None:
    def with_gaps(points: np.ndarray) -> Values:
        values = ishigami(points)["y"].copy()
        values[:25] = np.nan
        return {"y": values}

    table = sobol(with_gaps, between(-np.pi, np.pi, 3), base=1024, seed=1)
    assert table["first"].to_numpy() == pytest.approx([0.314, 0.442, 0.0], abs=0.05)
    with pytest.raises(ValueError, match="undefined in too many of the points"):
        sobol(lambda points: {"y": np.full(len(points), np.nan)}, between(0, 1, 2), base=8, seed=1)


def test_a_latin_hypercube_holds_each_part_of_each_range_once() -> None:
    points = latin_hypercube(between(10, 20, 3), 50, seed=4)
    assert (np.sort(np.floor((points - 10) / 0.2), axis=0) == np.arange(50)[:, None]).all()
    assert (points == latin_hypercube(between(10, 20, 3), 50, seed=4)).all()
    assert (points != latin_hypercube(between(10, 20, 3), 50, seed=5)).any()


def test_a_full_factorial_holds_every_combination() -> None:
    points = full_factorial(between(0, 1, 3), 3)
    assert len({tuple(point) for point in points.tolist()}) == 27
    assert set(points.ravel()) == {0.0, 0.5, 1.0}
    with pytest.raises(ValueError, match="points; at most"):
        full_factorial(between(0, 1, 60), 2)
    with pytest.raises(ValueError, match="two levels"):
        full_factorial(between(0, 1, 2), 1)


def test_trajectories_and_sobol_points_stay_in_their_ranges_and_follow_their_seed() -> None:
    some = between(-3, 5, 4)
    for sample, again, other in (
        [morris_trajectories(some, 6, seed=seed) for seed in (1, 1, 2)],
        [sobol_points(some, 8, seed=seed) for seed in (1, 1, 2)],
    ):
        assert (sample >= -3).all()
        assert (sample <= 5).all()
        assert (sample == again).all()
        assert sample.shape == other.shape
        assert (sample != other).any()
    assert len(morris_trajectories(some, 6, seed=1)) == 6 * 5
    assert len(sobol_points(some, 8, seed=1)) == 8 * 6
    assert (sobol_points(some, 16, seed=1)[:48] == sobol_points(some, 8, seed=1)).all()
    with pytest.raises(ValueError, match="a power of 2"):
        sobol_points(some, 100, seed=1)


def test_large_seeds_are_seeds_too() -> None:
    some = between(0, 1, 2)
    assert len(morris_trajectories(some, 2, seed=2**64 - 1)) == 6
    assert len(sobol_points(some, 2, seed=2**64 - 1)) == 8
    assert len(screen(ishigami_of_two, some, trajectories=4, seed=2**64 - 1)) == 2
    assert len(sobol(ishigami_of_two, some, base=8, seed=2**64 - 1)) == 2


def ishigami_of_two(points: np.ndarray) -> Values:
    return {"y": points[:, 0] + points[:, 1] ** 2}


def test_without_salib_a_line_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "SALib.sample.morris", None)
    with pytest.raises(SALibMissing, match=r"pip install 'aiposim\[sensitivity\]'"):
        morris_trajectories(between(0, 1, 2), 2, seed=1)


def test_a_point_of_a_sweep_is_the_mean_of_the_scenario_there() -> None:
    scenario = load("reference-design")
    some = uncertain_assumptions(scenario)[:3]
    points = latin_hypercube(some, 2, seed=1)
    found = Sweep([scenario], ["cooperation_index", "welfare"], 20, seed=3).evaluate(some, points)
    there = simulate(at_point(scenario, some, points[1]), 20, seed=3).runs.mean()
    assert found.series["0||cooperation_index"][1] == there["cooperation_index"]
    assert found.series["0||welfare.KOR"][1] == there["welfare.KOR"]
    assert found.table["trust"].iloc[1] == there["trust"]


def test_a_sweep_goes_on_where_it_stopped_and_finds_the_same(tmp_path: Path) -> None:
    scenario = load("reference-design")
    some = uncertain_assumptions(scenario)[:2]
    points = latin_hypercube(some, 6, seed=1)
    whole = Sweep([scenario], ["trust"], 5, seed=3).evaluate(some, points)
    begun = Sweep([scenario], ["trust"], 5, seed=3)
    begun.keep_in(tmp_path)
    begun.evaluate(some, points[:4])
    told: list[int] = []
    again = Sweep([scenario], ["trust"], 5, seed=3)
    again.keep_in(tmp_path)
    assert again.kept == 4
    found = again.evaluate(some, points, lambda done, _: told.append(done))
    assert told == [25, 30]  # four points of five runs were there
    assert found.table.equals(whole.table)


def test_an_unknown_outcome_or_assumption_is_refused_with_a_guess() -> None:
    scenario = load("reference-design")
    with pytest.raises(ValueError, match="did you mean 'cooperation_index'"):
        outcome_columns([scenario], ["cooperation_indx"])
    with pytest.raises(ValueError, match=r"there are: welfare\.CHN, welfare\.JPN, welfare\.KOR"):
        outcome_columns([scenario], ["welfare.MNG"])
    assert outcome_columns([scenario], ["welfare"]) == ["welfare.CHN", "welfare.JPN", "welfare.KOR"]
    known = uncertain_assumptions(scenario)
    assert [each.key for each in assumptions_over(known, ["incidents.scale"])] == ["world.incidents.scale"]
    with pytest.raises(ValueError, match="is not clear"):
        assumptions_over(known, ["decay", "boycott"])
    with pytest.raises(ValueError, match=r"did you mean 'world\.incidents\.scale'"):
        assumptions_over(known, ["world.incidents.scal"])


def test_incidents_move_co_operation_more_than_noise_in_votes_and_designs_are_rows() -> None:
    found = sensitivity(
        "geneva-2015",
        ["cooperation_index"],
        designs=["equal", "gni"],
        over=["incidents.scale", "council.noise"],
        trajectories=4,
        base=8,
        keep=1,
        runs=20,
    )
    assert [each.key for each in found.left] == ["world.incidents.scale"]
    series = found.screening[["design", "against", "outcome"]].drop_duplicates().to_numpy().tolist()
    equal, gni = (each.name for each in found.designs)
    assert series == [
        [equal, "", "cooperation_index"],
        [gni, "", "cooperation_index"],
        [gni, equal, "cooperation_index"],
    ]
    effects = found.screening.set_index(["design", "against", "key"])["effect"]
    assert effects[(equal, "", "world.incidents.scale")] < -0.05
    level = found.indices[(found.indices["design"] == equal)]
    assert level["total"].item() == pytest.approx(1.0, abs=0.3)
    assert set(found.points["stage"]) == {"screening", "indices"}
    assert len(found.points) == 2 * (4 * 3 + 8 * 3)
    of_points = found.points.pivot(index=["stage", "point"], columns="design", values="cooperation_index")
    assert (of_points[equal] != of_points[gni]).any()
