"""What a panel tells of a half-year: each column with its unit, its meaning and where it stands in the state.

A column that is also a measure bears the measure's name. Values are those at the end of the half-year: what exits
and dissolution change is changed already, `is_member` and `alive` say who was there during it. What is the same in
every run (incomes, ideal programmes, terms) and what is only a step of a computation (ballots, reach of seats,
candidates, luck) is not in a panel.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np

from aiposim.quantities import AREAS, Array
from aiposim.state import BANDS, State

Kind = Literal["number", "count", "flag", "state", "area"]
Defined = Literal["always", "while the institute lives", "while a member"]
Stored = Literal["split", "whole", "listed"]

DTYPES: dict[Kind, np.dtype[np.generic]] = {
    "number": np.dtype(np.float32),
    "count": np.dtype(np.int16),
    "flag": np.dtype(np.bool_),
    "state": np.dtype(np.int8),
    "area": np.dtype(np.int8),
}
UNDEFINED: dict[Kind, float | int | bool] = {"number": np.nan, "count": -1, "flag": False, "state": -1, "area": -1}

TOTALS = (
    "total_joint",
    "total_reliefs",
    "total_sharing",
    "total_backlashes",
    "total_summits",
    "total_trained",
    "total_exits",
    "total_reviews",
)
"""Running totals of the state of which a panel tells what the half-year adds."""


@dataclass
class Moment:
    """The end of a half-year: the state, and what it was before.

    lives       (run,) the institute lived during the half-year
    inside      (state, run) was a member during the half-year
    before      the running totals at the end of the half-year before
    """

    state: State
    lives: Array
    inside: Array
    before: dict[str, Array]

    def added(self, total: str) -> Array:
        """What the half-year added to a running total."""
        added: Array = getattr(self.state, total) - self.before[total]
        return added


@dataclass(frozen=True)
class Column:
    """One column of a panel. `read` takes it from the state, (run,) or (state, run).

    stored   how its numbers lie in a file, without which they are the same: bytes of a kind together ("split", for
             numbers that are new every time), as they are ("whole", for those that last a while), or as places in a
             list ("listed", for few different ones); whichever took least in the shipped scenarios
    """

    name: str
    unit: str
    meaning: str
    read: Callable[[Moment], Array]
    kind: Kind = "number"
    defined: Defined = "always"
    stored: Stored = "split"


MONEY = "M US$ per half-year"
PART = "0 to 1"
YES = "yes or no"
LIVING: Defined = "while the institute lives"
MEMBER: Defined = "while a member"


def row_of_bands(row: int) -> Callable[[Moment], Array]:
    return lambda now: now.state.observed[row]


def of(array: str, row: int | None = None) -> Callable[[Moment], Array]:
    if row is None:
        return lambda now: getattr(now.state, array)
    return lambda now: getattr(now.state, array)[row]


def added(total: str) -> Callable[[Moment], Array]:
    return lambda now: now.added(total)


def summed(array: str) -> Callable[[Moment], Array]:
    """The rows of an array added up one by one: NumPy's own sum of one run alone may add in another order."""

    def read(now: Moment) -> Array:
        total: Array = np.zeros_like(now.lives, dtype=np.float64)
        for row in getattr(now.state, array):
            total = total + row
        return total

    return read


def band(
    name: str,
    unit: str,
    meaning: str,
    kind: Kind = "number",
    defined: Defined = LIVING,
    stored: Stored = "split",
) -> Column:
    """A value that has bands: the row of `observed`, which is nan where the measure is not defined."""
    return Column(name, unit, meaning, row_of_bands(BANDS.index(name)), kind, defined, stored)


def by_area(name: str, unit: str, meaning: str, array: str, stored: Stored = "split") -> list[Column]:
    return [
        Column(f"{name}.{area}", unit, meaning, of(array, a), "number", LIVING, stored) for a, area in enumerate(AREAS)
    ]
