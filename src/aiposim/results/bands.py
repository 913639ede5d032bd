"""Bands over the runs, period by period, from histograms of whole numbers: blocks merge exactly, in any order."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np

from aiposim.driver import charter_of, label_of
from aiposim.quantities import Array
from aiposim.scenario import Scenario
from aiposim.state import BANDS, BINS, FIXED_POINT

if TYPE_CHECKING:
    import pandas as pd

QUANTILES = {"q05": 0.05, "q25": 0.25, "q50": 0.50, "q75": 0.75, "q95": 0.95}
WHOLE_NUMBERS = ("incidents", "members")


def band_names(scenario: Scenario) -> list[str]:
    """The measures that have bands, in the order of the histogram's rows."""
    return [*BANDS, *(f"share.{code}" for code in scenario.codes)]


def bands_of(scenario: Scenario, histogram: Array, fixed_sum: Array) -> pd.DataFrame:
    """A row a period and measure: mean, quantiles, and in how many runs it was defined."""
    import pandas as pd

    given = charter_of(scenario)[0].given
    measures = band_names(scenario)
    periods = histogram.shape[0]
    cumulated = np.cumsum(histogram, dtype=np.int64)
    count = np.diff(cumulated[BINS - 1 :: BINS], prepend=0).reshape(fixed_sum.shape)
    with np.errstate(invalid="ignore", divide="ignore"):
        columns: dict[str, Any] = {"mean": fixed_sum / FIXED_POINT / count}
    spread = np.array([name not in WHOLE_NUMBERS for name in measures])
    for name, level in QUANTILES.items():
        columns[name] = given.band_low + _quantile(histogram, cumulated, count, level, spread) / given.band_scale
    return pd.DataFrame(
        {
            **_rows(scenario.world.start, periods, tuple(measures)),
            **{name: np.ravel(values) for name, values in columns.items()},
            "defined": np.ravel(count),
        }
    )


@lru_cache(maxsize=8)
def _rows(start: int, periods: int, measures: tuple[str, ...]) -> dict[str, Any]:
    """What stands before the numbers in each row; text takes pandas longer than all the numbers."""
    import pandas as pd

    labels = [label_of(t, start) for t in range(periods)]
    return {
        "period": np.repeat(np.arange(periods), len(measures)),
        "label": pd.Series(np.repeat(labels, len(measures))).array,
        "measure": pd.Series(np.tile(measures, periods)).array,
    }


def _quantile(histogram: Array, cumulated: Array, count: Array, level: float, spread: Array) -> Array:
    """Place of a quantile in bins; within its bin evenly spread, or at its start; nan where nothing was counted.

    cumulated   over all periods, bands and bins in a row: one search finds the bins of all
    """
    wanted = level * count
    starts = np.arange(count.size).reshape(count.shape) * BINS
    below = np.where(starts > 0, cumulated[starts - 1], 0)
    found = np.searchsorted(cumulated, below + np.ceil(wanted).astype(np.int64)) - starts
    bin_ = np.clip(found, 0, BINS - 1)
    inside = histogram.ravel()[starts + bin_]
    before = cumulated[starts + bin_] - below - inside
    part = (wanted - before) / np.maximum(inside, 1)
    return np.where(count > 0, bin_ + spread * np.clip(part, 0.0, 1.0), np.nan)
