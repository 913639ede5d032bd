"""Every figure of the reports can be had in Python, with its numbers."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import numpy as np
import pytest

import aiposim
from aiposim.report.figure import Reported, drawing
from aiposim.study.league import league


@cache
def reported(kind: str) -> Reported:
    if kind == "results":
        return aiposim.simulate("geneva-2015", 20, seed=7)
    return aiposim.compare("geneva-2015", 20, seed=7) if kind == "comparison" else league("geneva-2015", 20, seed=7)


FIGURES = {
    "results": ["delivery", "burden", "lorenz", "timeline", "trust"],
    "comparison": ["welfare", "lorenz", "outcomes", "glance", "budgets"],
    "league": ["map", "ranks", "regret", "welfare", "margins"],
}


@pytest.mark.parametrize(("kind", "name"), [(kind, name) for kind, names in FIGURES.items() for name in names])
def test_a_figure_has_a_caption_and_numbers_and_can_be_saved(kind: str, name: str, tmp_path: Path) -> None:
    drawn = drawing(reported(kind), name)
    assert drawn.caption.endswith(".")
    assert len(drawn.table) >= 2
    aiposim.figure(reported(kind), name).savefig(tmp_path / "figure.pdf")
    assert (tmp_path / "figure.pdf").read_bytes().startswith(b"%PDF")


@pytest.mark.parametrize("measure", ["budget", "share.KOR", "delivery.pk"])
def test_a_fan_is_of_any_measure_that_has_bands(measure: str) -> None:
    results = reported("results")
    assert isinstance(results, aiposim.Results)
    drawn = drawing(results, "fan", measure)
    bands = results.bands
    assert np.array_equal(drawn.table["q50"], bands[bands["measure"] == measure]["q50"])


@pytest.mark.parametrize(
    ("kind", "arguments", "message"),
    [
        ("results", ("fann",), "did you mean 'fan'"),
        ("results", ("fan",), "not None; there are budget, "),
        ("results", ("fan", "budgt"), "did you mean 'budget'"),
        ("results", ("welfare",), "there are fan, delivery, burden"),
        ("comparison", ("timeline",), "no figure 'timeline' of <Comparison"),
    ],
)
def test_what_cannot_be_drawn_is_refused_with_what_can(kind: str, arguments: tuple[str, ...], message: str) -> None:
    with pytest.raises(LookupError, match=message):
        aiposim.figure(reported(kind), *arguments)
