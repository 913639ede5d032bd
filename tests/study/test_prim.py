"""Boxes of failures: those of the published example, and planted ones found again."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy.stats import binomtest

from aiposim.study.discovery import boxes_in
from aiposim.study.prim import chosen, limits, peel, repeated, tell_apart, telling

EXAMPLE = Path(__file__).with_name("bryant_lempert_2010.csv")


def example() -> tuple[np.ndarray, np.ndarray, list[str]]:
    """The cases of Bryant & Lempert 2010, which of them are of interest, and the names of the inputs."""
    table = pd.read_csv(EXAMPLE)
    return table.iloc[:, :-1].to_numpy(float), table.iloc[:, -1].to_numpy() == 1, list(table.columns[:-1])


def test_the_published_example_is_peeled_as_the_reference_implementation_peels_it() -> None:
    """EMA Workbench 2.5.3 on the same cases, with the settings of its own example of the paper (a tenth a slice)."""
    points, hits, names = example()
    assert (len(points), hits.sum()) == (882, 89)
    trajectory = peel(points, hits, by=0.1)
    told = {1: (792, 89, 1), 12: (237, 87, 3), 16: (152, 81, 4), 21: (87, 67, 4), 22: (78, 65, 4), 27: (45, 45, 6)}
    assert len(trajectory) == 28
    assert {
        step: (box.cases, box.hits, len(box.limited)) for step, box in enumerate(trajectory) if step in told
    } == told
    box = trajectory[21]
    assert box.coverage == pytest.approx(0.752809, abs=1e-6)
    assert box.density == pytest.approx(0.770115, abs=1e-6)
    assert box.mass == pytest.approx(0.098639, abs=1e-6)
    found = {(names[limit.dimension], limit.side): limit for limit in limits(box, points, hits)}
    expected = {
        ("Demand elasticity", "above"): (-0.422, 1.184930e-16),
        ("Biomass backstop price", "above"): (150.05, 3.515113e-11),
        ("Total biomass", "below"): (755.8, 4.717e-06),
        ("Cellulosic cost", "above"): (72.65, 1.574133e-01),
    }
    assert set(found) == set(expected)
    for key, (at, quasi_p) in expected.items():
        assert found[key].at == pytest.approx(at, abs=1e-4)
        assert found[key].quasi_p == pytest.approx(quasi_p, rel=1e-3)


def test_of_the_published_box_the_limit_that_does_not_matter_is_taken_off() -> None:
    points, hits, names = example()
    box = telling(peel(points, hits, by=0.1)[21], points, hits)
    assert [names[each] for each in box.limited] == ["Total biomass", "Demand elasticity", "Biomass backstop price"]
    assert box.coverage > 0.7528
    (found,) = boxes_in(points, hits, by=0.1, density=0.8, seed=1)
    assert {names[each.dimension] for each in found.limits} == {
        "Total biomass", "Demand elasticity", "Biomass backstop price",
    }  # fmt: skip
    assert found.box.density >= 0.8
    assert all(found.repeats[each] >= 0.9 for each in found.box.limited)


def test_a_quasi_p_value_is_the_chance_of_as_many_failures_without_the_limit() -> None:
    points, hits, _ = example()
    box = peel(points, hits, by=0.1)[21]
    strongest = limits(box, points, hits)[0]
    without = (points >= box.lower) & (points <= box.upper)
    without[:, strongest.dimension] = True
    density = float(hits[without.all(axis=1)].mean())
    assert strongest.quasi_p == pytest.approx(binomtest(box.hits, box.cases, density, "greater").pvalue)


def planted(cases: int = 2000, dimensions: int = 10) -> tuple[np.ndarray, np.ndarray]:
    """Failures above .7 of the first and below .4 of the third: nine in ten there, one in twenty elsewhere."""
    generator = np.random.default_rng(7)
    points = generator.random((cases, dimensions))
    inside = (points[:, 0] > 0.7) & (points[:, 2] < 0.4)
    hits = generator.random(cases) < np.where(inside, 0.9, 0.05)
    return points, hits


def test_a_planted_box_is_found_with_its_coverage_and_density() -> None:
    points, hits = planted()
    first = boxes_in(points, hits, seed=1)[0]
    assert first.box.limited == [0, 2]
    assert first.box.lower[0] == pytest.approx(0.7, abs=0.05)  # slices of a twentieth of the box
    assert first.box.upper[2] == pytest.approx(0.4, abs=0.05)
    inside = (points[:, 0] > 0.7) & (points[:, 2] < 0.4)
    assert first.box.density == pytest.approx(hits[inside].mean(), abs=0.12)
    assert first.box.coverage == pytest.approx(hits[inside].sum() / hits.sum(), abs=0.08)
    assert first.repeats[[0, 2]].min() > 0.9
    assert first.repeats[[1, 3, 4, 5, 6, 7, 8, 9]].max() < 0.3


def test_two_planted_boxes_are_found_one_after_the_other() -> None:
    points = np.random.default_rng(3).random((3000, 6))
    hits = (points[:, 0] > 0.75) & (points[:, 1] > 0.5) | (points[:, 2] < 0.2) & (points[:, 3] < 0.5)
    found = boxes_in(points, hits, seed=1, density=0.85)
    assert [each.box.limited for each in found[:2]] in ([[0, 1], [2, 3]], [[2, 3], [0, 1]])
    assert sum(each.box.coverage for each in found) > 0.9
    assert all(each.box.density >= 0.85 for each in found)


def test_what_chance_alone_makes_yields_no_box_that_half_of_the_cases_confirm() -> None:
    generator = np.random.default_rng(11)
    points, hits = generator.random((800, 20)), generator.random(800) < 0.3
    for found in boxes_in(points, hits, seed=1):
        assert found.repeats.max() < 0.8


def test_no_box_where_all_fail_or_none() -> None:
    points = np.random.default_rng(1).random((100, 3))
    assert boxes_in(points, np.zeros(100, dtype=bool), seed=1) == []
    assert boxes_in(points, np.ones(100, dtype=bool), seed=1) == []


def test_a_trajectory_trades_coverage_for_density() -> None:
    points, hits = planted()
    trajectory = peel(points, hits)
    densities, coverages = [box.density for box in trajectory], [box.coverage for box in trajectory]
    assert densities == sorted(densities)
    assert coverages == sorted(coverages, reverse=True)
    assert trajectory[chosen(trajectory, 0.5)].density >= 0.5
    assert trajectory[chosen(trajectory, 0.5) - 1].density < 0.5
    assert chosen(trajectory, 1.1) == densities.index(max(densities))


def test_the_step_that_is_asked_for_is_taken() -> None:
    points, hits = planted()
    assert boxes_in(points, hits, seed=1, most=1, step=3)[0].number == 3


def test_only_dimensions_that_tell_failures_apart_are_peeled() -> None:
    points, hits = planted()
    assert {0, 2} <= set(tell_apart(points, hits))
    assert tell_apart(points, np.zeros(len(points), dtype=bool)) == list(range(10))
    assert repeated(points, hits, 0.8, by=0.05, least_mass=0.05, seed=5) == pytest.approx(
        repeated(points, hits, 0.8, by=0.05, least_mass=0.05, seed=5)
    )
