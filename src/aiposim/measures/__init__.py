"""What is reported of a run: one file a measure, one function of the file's name.

A measure turns the record of a block of runs into one column of `runs`, `measure(record) -> (run,)`, or into
several, as a mapping from what follows the dot in the column's name (a state's code, an area; "" for the
plain column). Beside the function each file says `LABEL`, `UNIT` and `BETTER` ("higher", "lower",
"neither"); the docstring gives the formula. Unless it says otherwise a measure is formed per period over the
period's members, before exits, and averaged over the periods the institute lives. An undefined value is nan.

No measure feeds back into the model.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, cast

import numpy as np
from numpy.typing import NDArray

from aiposim import families

if TYPE_CHECKING:
    from aiposim.state import State

Column = NDArray[np.float64]
Columns = Column | Mapping[str, Column]


@dataclass(frozen=True)
class Record:
    """The sums of a block of runs (fields of `State`), the codes of the founders, the horizon in periods."""

    state: State
    codes: tuple[str, ...]
    horizon: int


@dataclass(frozen=True)
class Measure:
    """Words of a column: label and unit in English, which direction is better, the formula."""

    label: str
    unit: str
    better: str
    formula: str


def ratio(above: Any, below: Any) -> Column:
    """`above / below`, nan where `below` is 0."""
    return np.divide(above, below, out=np.full(np.shape(above), np.nan), where=np.asarray(below) != 0.0)


def by_member(codes: tuple[str, ...], rows: Any) -> dict[str, Column]:
    """One column a founder from the rows of a (state, run) array."""
    return {code: np.array(rows[i], dtype=np.float64) for i, code in enumerate(codes)}


def measure_all(record: Record) -> dict[str, Column]:
    """Every column of `runs`, by name, in the alphabetical order of the measures."""
    columns: dict[str, Column] = {}
    for name, measure in _measures():
        found = measure(record)
        named = found.items() if isinstance(found, Mapping) else [("", found)]
        for suffix, column in named:
            columns[f"{name}.{suffix}" if suffix else name] = np.array(column, dtype=np.float64)
    return columns


@cache
def _measures() -> tuple[tuple[str, Callable[[Record], Columns]], ...]:
    """Kept, since a block of few runs is done as fast as fifty modules are found."""
    return tuple((name, cast(Any, families.fetch("measures", name))) for name in families.names("measures"))


@cache
def describe(column: str) -> Measure:
    """Label, unit, better direction and formula of a column of `runs` or a measure of `bands`.

    Errors: KeyError if no measure bears the name before the first dot.
    """
    name, _, suffix = column.partition(".")
    if name not in families.names("measures"):
        near = families.near(name, families.names("measures"))
        raise KeyError(f"no measure {name!r}" + (f"; did you mean {near!r}?" if near else ""))
    module = importlib.import_module(f"aiposim.measures.{name}")
    formula = " ".join((getattr(module, name).__doc__ or "").split())
    label = f"{module.LABEL}, {PARTS.get(suffix, suffix)}" if suffix else module.LABEL
    return Measure(label, module.UNIT, module.BETTER, formula)


PARTS = {
    "cp": "conflict prevention",
    "pk": "peacekeeping",
    "ha": "humanitarian assistance",
    "pb": "peacebuilding",
    "rd": "recovery and development",
    "budget": "budgets",
    "programme": "programmes of work",
    "crises": "crises",
}
"""Words of what may follow the dot in a column's name, besides the codes of states."""
