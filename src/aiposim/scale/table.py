"""A table of national incomes, checked, and the means of a base period read from it.

Source: A/RES/55/5 B (average statistical base periods).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from numbers import Real
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from aiposim.numbers_given import numbers, shown, truths
from aiposim.scale.by_state import MOST_NAMED, listed

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
    _check_columns(table)
    years = numbers(table["year"], "year", whole=True, of=[f"row {row}" for row in range(len(table))])
    named = [(state, int(y)) for state, y in zip(_states(table), years, strict=True)]
    rows = {one: row for row, one in enumerate(named)}
    if len(rows) < len(named):
        doubled = [f"{state} {y}" for (state, y), times in Counter(named).items() if times > 1]
        raise ValueError(f"the table has several rows for {listed(doubled)}: one row a state and year is allowed")
    states = list(dict.fromkeys(state for state, _ in named))
    last = int(years.max()) if year is None else year
    wanted = range(last - length + 1, last + 1)
    _refuse_gaps(rows, states, wanted)
    place = np.array([[rows[state, y] for y in wanted] for state in states])
    return BasePeriod(
        states=states,
        first_year=wanted[0],
        last_year=last,
        gni=_mean(table, "gni", place, named),
        population=_mean(table, "population", place, named),
        debt_stock=_mean(table, "debt_stock", place, named),
        least_developed=truths(
            table["ldc"].to_numpy(dtype=object)[place[:, -1]], "ldc", of=[f"{state} {last}" for state in states]
        ),
    )


def _check_columns(table: pd.DataFrame) -> None:
    import pandas as pd

    if not isinstance(table, pd.DataFrame):
        raise ValueError(f"the table is of type {type(table).__name__}: it must be a pandas DataFrame")
    missing = [column for column in COLUMNS if column not in table.columns]
    if missing:
        hidden = [column for column in missing if column in table.index.names]
        advice = f"; {', '.join(hidden)} in the index become columns by reset_index()" if hidden else ""
        raise ValueError(f"the table has no column {', '.join(missing)}: it needs {', '.join(COLUMNS)}{advice}")
    doubled = [column for column in COLUMNS if list(table.columns).count(column) > 1]
    if doubled:
        raise ValueError(f"the table has several columns {', '.join(doubled)}: one of each is allowed")
    if not len(table):
        raise ValueError("the table has no rows: at least one state is needed")


def _states(table: pd.DataFrame) -> list[Any]:
    """The state of each row, a name or a number."""
    states = table["state"].tolist()
    for row, state in enumerate(states):
        if not isinstance(state, str | Real) or state != state or state == "":
            raise ValueError(f"the state of row {row} is {shown(state)}: every row needs the name of one")
    return states


def _refuse_gaps(rows: Mapping[tuple[Any, int], int], states: Sequence[Any], wanted: range) -> None:
    there = Counter(state for state, y in rows if y in wanted)
    years = wanted[-1] - wanted[0] + 1
    lacking = [state for state in states if there[state] < years]
    if lacking:
        found = [f"{state} lacks {_first_missing(rows, state, wanted, years - there[state])}" for state in lacking]
        raise ValueError(f"{listed(found, '; ')}: every state needs all years from {wanted[0]} to {wanted[-1]}")


def _first_missing(rows: Mapping[tuple[Any, int], int], state: Any, wanted: range, count: int) -> str:
    first = list(islice((y for y in wanted if (state, y) not in rows), MOST_NAMED))
    return ", ".join(map(str, first)) + (f" and {count - MOST_NAMED} more" if count > MOST_NAMED else "")


def _mean(
    table: pd.DataFrame, column: str, place: NDArray[np.int64], named: Sequence[tuple[Any, int]]
) -> NDArray[np.float64]:
    rows = place.ravel().tolist()
    given = table[column].iloc[rows]
    if column == "debt_stock":
        given = given.astype(object).mask(given.isna(), 0.0)
    of = [f"{state} {year}" for state, year in (named[row] for row in rows)]
    figures = numbers(given, column, least=0.0, positive=column == "population", of=of).reshape(place.shape)
    by_year = figures.T
    total = by_year[0]
    for year in by_year[1:]:
        total = total + year
    mean: NDArray[np.float64] = total / len(by_year)
    return mean
