"""Year by year: does membership pay for each state, and would some coalition do better alone?

Needs every period of every run, so it is formed from fewer runs than a league, the first ones of the same worlds.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import numpy as np

from aiposim.results import simulate
from aiposim.scenario import Scenario

if TYPE_CHECKING:
    import pandas as pd

RUNS = 200
"""Runs that the years are formed from."""


def years(designs: Iterable[Scenario], runs: int = RUNS, *, seed: int = 2015) -> tuple[pd.DataFrame, pd.DataFrame]:
    """What keeps the members in, and the coalitions together, in the runs 0 to `runs - 1`.

    margins   a row a design, member and year: surplus (median over runs and half-years of the smoothed payoff of
              membership less that outside, as part of the state's valuation; below 0 membership does not pay),
              low (5th percentile), negative (share below 0), member (share of runs in which the state is one)
    core      a row a design and year of review: stable (share of runs in which no coalition of members could do
              better alone), excess (median of the smallest surplus of a coalition, M US$ per half-year)
    Errors: as `simulate`.
    """
    import pandas as pd

    margins, cores = [], []
    for design in designs:
        results = simulate(design, runs, seed=seed, panel="full")
        margin, core = _margins(results.panel("member")), _core(results.panel("institution"))
        for table in (margin, core):
            table["year"] += design.world.start
            table.insert(0, "design", design.name)
        margins.append(margin)
        cores.append(core)
    return pd.concat(margins, ignore_index=True), pd.concat(cores, ignore_index=True)


def _margins(panel: pd.DataFrame) -> pd.DataFrame:
    panel = panel.assign(year=panel["period"] // 2, negative=panel["surplus"] < 0.0)
    by_year = panel.groupby(["member", "year"], observed=True, sort=True)
    inside = panel[panel["is_member"]].groupby(["member", "year"], observed=True, sort=True)
    table = by_year["is_member"].mean().rename("is_member").to_frame()
    table["surplus"] = inside["surplus"].median()
    table["low"] = inside["surplus"].quantile(0.05)
    table["negative"] = inside["negative"].mean()
    return table.reset_index().astype({"member": str, "year": np.int64, "surplus": np.float64, "low": np.float64})


def _core(panel: pd.DataFrame) -> pd.DataFrame:
    panel = panel.dropna(subset="core_excess")
    panel = panel.assign(year=panel["period"] // 2, stable=panel["core_excess"] >= 0.0)
    by_year = panel.groupby("year", sort=True)
    table = by_year["stable"].mean().to_frame()
    table["excess"] = by_year["core_excess"].median()
    return table.reset_index().astype({"year": np.int64, "excess": np.float64})
