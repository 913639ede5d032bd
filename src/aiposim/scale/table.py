"""A table of national incomes, checked, and the means of a base period read from it.

Source: A/RES/55/5 B (average statistical base periods).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    import pandas as pd

COLUMNS = ("state", "year", "gni", "population", "debt_stock", "ldc")


@dataclass(frozen=True)
class BasePeriod:
    """Yearly means of a base period, (state,), in the units of the table."""

    states: list[Any]
    first_year: int
    last_year: int
    gni: NDArray[np.float64]
    population: NDArray[np.float64]
    debt_stock: NDArray[np.float64]
    least_developed: NDArray[np.bool_]


def base_period(table: pd.DataFrame, year: int | None, length: int) -> BasePeriod:
    """Means over the `length` years that end with `year` (None: the latest of the table), states in table order.

    Errors: ValueError for columns that are missing, rows that are doubled or missing, and figures that are negative
    or no number. A blank debt stock is none.
    """
    missing = [column for column in COLUMNS if column not in table.columns]
    if missing:
        raise ValueError(f"the table has no column {', '.join(missing)}: it needs {', '.join(COLUMNS)}")
    if not len(table):
        raise ValueError("the table has no rows: at least one state is needed")
    years = np.asarray(table["year"], dtype=np.float64)
    if not np.isfinite(years).all() or (years != np.floor(years)).any():
        raise ValueError("the table has a year that is no whole number: every row needs one")
    last = int(years.max()) if year is None else int(year)
    states = list(dict.fromkeys(table["state"].tolist()))
    _refuse_doubled(table, years)
    wanted = range(last - length + 1, last + 1)
    rows = {(state, int(y)): row for row, (state, y) in enumerate(zip(table["state"].tolist(), years, strict=True))}
    _refuse_gaps(rows, states, wanted)
    place = np.array([[rows[state, y] for y in wanted] for state in states])
    return BasePeriod(
        states=states,
        first_year=wanted[0],
        last_year=last,
        gni=_mean(table, "gni", place),
        population=_mean(table, "population", place),
        debt_stock=_mean(table, "debt_stock", place),
        least_developed=_truths(table, place[:, -1]),
    )


def _refuse_doubled(table: pd.DataFrame, years: NDArray[np.float64]) -> None:
    doubled = table.duplicated(["state", "year"]).to_numpy()
    if doubled.any():
        found = [f"{state} {int(y)}" for state, y in zip(table["state"][doubled], years[doubled], strict=True)]
        raise ValueError(f"the table has {', '.join(found)} twice: one row a state and year is allowed")


def _refuse_gaps(rows: dict[tuple[Any, int], int], states: list[Any], wanted: range) -> None:
    gaps = {state: [str(y) for y in wanted if (state, y) not in rows] for state in states}
    lacking = "; ".join(f"{state} lacks {', '.join(absent)}" for state, absent in gaps.items() if absent)
    if lacking:
        raise ValueError(f"{lacking}: every state needs all years from {wanted[0]} to {wanted[-1]}")


def _mean(table: pd.DataFrame, column: str, place: NDArray[np.int64]) -> NDArray[np.float64]:
    figures = np.asarray(table[column], dtype=np.float64)[place]
    if column == "debt_stock":
        figures = np.where(np.isnan(figures), 0.0, figures)
    least_allowed = "greater than 0" if column == "population" else "0 or more"
    wrong = ~np.isfinite(figures) | (figures <= 0.0 if column == "population" else figures < 0.0)
    if wrong.any():
        row = int(place[wrong][0])
        where = f"{table['state'].iloc[row]} {int(table['year'].iloc[row])}"
        raise ValueError(f"{column} of {where} is {table[column].iloc[row]}: it must be {least_allowed}")
    total = figures[:, 0]
    for step in range(1, figures.shape[1]):
        total = total + figures[:, step]
    mean: NDArray[np.float64] = total / figures.shape[1]
    return mean


def _truths(table: pd.DataFrame, place: NDArray[np.int64]) -> NDArray[np.bool_]:
    found = table["ldc"].iloc[place]
    if found.isna().any() or not found.isin([0, 1]).all():
        raise ValueError("ldc has a value that is neither true nor false: every state needs one")
    return found.astype(bool).to_numpy()
