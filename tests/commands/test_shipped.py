"""Every shipped scenario runs by its name, and its designs are compared, to a folder with tables and a report."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from aiposim.scenario import load, shipped
from commands.terminal import called


@pytest.mark.parametrize("name", shipped())
def test_a_shipped_scenario_runs(name: str, tmp_path: Path) -> None:
    ran = called("run", name, "--runs", "12", "--out", str(tmp_path / "out"))
    assert ran.exit_code == 0, ran.output
    assert len(pd.read_parquet(tmp_path / "out" / "runs.parquet")) == 12
    page = (tmp_path / "out" / "report.html").read_text(encoding="utf-8")
    assert load(name).title in page.replace("&#39;", "'")
    assert all(len(line) <= 80 for line in ran.output.splitlines() if not line.startswith("Report: "))


IN_THE_SUITE = ("geneva-2015", "fourth-member", "detente-1325", "rising-china")
"""Whose comparison is made each time: keys, other founders, three designs, a grid; the others in `make soak`."""


@pytest.mark.parametrize(
    "name",
    [
        pytest.param(name, marks=[] if name in IN_THE_SUITE else pytest.mark.soak)
        for name in shipped()
        if len(load(name).all_designs()) > 1
    ],
)
def test_the_designs_of_a_shipped_scenario_are_compared(name: str, tmp_path: Path) -> None:
    ran = called("compare", name, "--runs", "12", "--out", str(tmp_path / "out"))
    assert ran.exit_code == 0, ran.output
    outcomes = pd.read_parquet(tmp_path / "out" / "outcomes.parquet")
    assert outcomes["design"].nunique() == len(load(name).all_designs())
    assert (tmp_path / "out" / "report.html").stat().st_size > 50_000
