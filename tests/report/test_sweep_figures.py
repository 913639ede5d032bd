"""Figures of sensitivity and discovery: what the tables say, with units, nothing cut off or laid over anything."""

from __future__ import annotations

import itertools
from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from aiposim.figures.discovery_box import Side, discovery_box
from aiposim.figures.peeling_trajectory import peeling_trajectory
from aiposim.figures.sobol_indices import sobol_indices
from aiposim.figures.tornado import MOST_BARS, tornado
from aiposim.study.assumption_texts import TEXTS
from report.tables import WORDS
from report.test_figures import _drawn, _writing

LONGEST = sorted(TEXTS.values(), key=len, reverse=True)
SIDES = (
    Side("a", "incidents against the record", (0.4, 1.8), (1.38, 1.8)),
    Side("b", "time in which a response keeps its value (days)", (90.0, 360.0), (90.0, 200.0)),
)


def effects(number: int = 15) -> pd.DataFrame:
    """Of three assumptions the first raises the outcome, the second lowers it, the third does both."""
    sizes = 0.3 / np.arange(1, number + 1)
    signs = np.resize([1.0, -0.9, 0.1], number)
    return pd.DataFrame(
        {
            "label": LONGEST[:number],
            "mean_effect": sizes,
            "low": 0.7 * sizes,
            "high": 1.3 * sizes,
            "effect": signs * sizes,
        }
    )


def indices() -> pd.DataFrame:
    first = np.array([0.5, 0.2, -0.02])
    return pd.DataFrame(
        {
            "label": LONGEST[:3], "first": first, "first_low": first - 0.1, "first_high": first + 0.1,
            "total": first + 0.1, "total_low": first, "total_high": first + 0.2,
        }
    )  # fmt: skip


def cases() -> pd.DataFrame:
    generator = np.random.default_rng(1)
    table = pd.DataFrame({"a": generator.uniform(0.4, 1.8, 100), "b": generator.uniform(90, 360, 100)})
    return table.assign(hit=table["a"] > 1.3)


def steps() -> pd.DataFrame:
    coverage = np.linspace(1.0, 0.3, 12)
    return pd.DataFrame(
        {
            "coverage": coverage,
            "density": 1.1 - 0.7 * coverage,
            "limited": np.arange(12) // 3,
            "chosen": np.arange(12) == 7,
        }
    )


FIGURES: dict[str, tuple[Callable[[], Figure], str]] = {
    "tornado": (lambda: tornado(effects(), "cooperation_index", WORDS), "(0 to 1)"),
    "tornado of a share": (lambda: tornado(effects(), "deadlock_rate", WORDS), "percentage points"),
    "tornado of one": (lambda: tornado(effects(1), "welfare.KOR", WORDS), "M US$"),
    "indices": (lambda: sobol_indices(indices(), WORDS), "Part of the variance"),
    "box": (lambda: discovery_box(cases(), SIDES, WORDS), "days"),
    "box of one side": (lambda: discovery_box(cases(), SIDES[:1], WORDS), "Incidents against the record"),
    "peeling": (lambda: peeling_trajectory(steps(), WORDS), "Coverage: part of all failures"),
}


@pytest.mark.parametrize("name", FIGURES)
def test_all_is_on_the_sheet_and_apart_with_its_unit(name: str) -> None:
    draw, unit = FIGURES[name]
    figure = _drawn(draw())
    written = _writing(figure)
    ends = figure.bbox
    assert all(
        box.x0 > -0.5 and box.y0 > -0.5 and box.x1 < ends.x1 + 0.5 and box.y1 < ends.y1 + 0.5 for _, box in written
    )
    over = [
        (one, other)
        for (one, box), (other, another) in itertools.combinations(written, 2)
        if box.shrunk(0.95, 0.8).overlaps(another.shrunk(0.95, 0.8))
    ]
    assert over == []
    assert unit in " ".join(text for text, _ in written).replace("\n", " ")


def test_a_tornado_draws_the_largest_effects_to_the_side_of_their_sign() -> None:
    (axes,) = tornado(effects(), "cooperation_index", WORDS).axes
    bars = [patch for patch in axes.patches if isinstance(patch, Rectangle)]
    assert len(bars) == MOST_BARS
    assert [bar.get_width() for bar in bars[:3]] == pytest.approx([0.3, -0.15, 0.2])  # the third to both sides
    assert bars[2].get_x() == pytest.approx(-0.1)


def test_the_box_stands_where_its_limits_are_and_every_case_is_drawn() -> None:
    (axes,) = discovery_box(cases(), SIDES, WORDS).axes
    (box,) = (patch for patch in axes.patches if isinstance(patch, Rectangle))
    assert (box.get_x(), box.get_y()) == (1.38, 90.0)
    assert (box.get_width(), box.get_height()) == (pytest.approx(0.42), 110.0)
    assert sum(len(np.asarray(each.get_offsets())) for each in axes.collections) == 100


def test_of_a_peeling_the_chosen_step_is_marked() -> None:
    (axes,) = peeling_trajectory(steps(), WORDS).axes
    marked = axes.get_lines()[-1]
    assert np.asarray(marked.get_xydata()) == pytest.approx(np.array([[steps()["coverage"][7], steps()["density"][7]]]))
