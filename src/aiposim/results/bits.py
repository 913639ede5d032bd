"""Runs compared to the bit: how many values of each measure are not the same, and where it shows first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pyarrow as pa

from aiposim.driver import Block
from aiposim.quantities import Array
from aiposim.results.blocks import Part, measures_in, read_rows

FAILURE = "failure"
"""What stands in the place of a measure where a run failed in one of two results, or otherwise."""
Value = float | int | str | None
DAMAGE = (OSError, ValueError, KeyError, TypeError, pa.ArrowException)
"""What reading a damaged file raises."""


@dataclass(frozen=True)
class Rows:
    """Consecutive runs: the numbers of those that came to their end, a column a measure, and what failed."""

    first: int
    runs: int
    numbers: Array
    columns: Mapping[str, Array]
    failures: Mapping[int, str]

    @classmethod
    def of(cls, block: Block) -> Rows:
        return cls(block.first, block.runs, block.numbers, block.columns, dict(block.failures))

    @classmethod
    def kept(cls, folder: Path, part: Part) -> Rows:
        """The rows of a block in a folder.

        Errors: ValueError if the file is damaged or does not hold the runs of its name.
        """
        file = part.rows_file(folder)
        measures = measures_in(file)
        table = read_rows(file, ["run", *measures, FAILURE])
        numbers = table["run"].to_numpy().astype(np.int64)
        if not np.array_equal(numbers, np.arange(part.first, part.first + part.runs)):
            raise ValueError(f"{file} does not hold the runs of its name")
        failures: dict[int, str] = {}
        if table[FAILURE].null_count < len(numbers):
            failed = table.filter(table[FAILURE].is_valid())
            failures = dict(zip(failed["run"].to_pylist(), failed[FAILURE].to_pylist(), strict=True))
            table = table.filter(table[FAILURE].is_null())
            numbers = table["run"].to_numpy().astype(np.int64)
        columns = {name: table[name].to_numpy() for name in measures}
        return cls(part.first, part.runs, numbers, columns, failures)

    def within(self, first: int, runs: int) -> Rows:
        """The runs `first` to `first + runs - 1` of these."""
        if first <= self.first and first + runs >= self.first + self.runs:
            return self
        cut = slice(*np.searchsorted(self.numbers, [first, first + runs]).tolist())
        return Rows(
            first,
            runs,
            self.numbers[cut],
            {name: column[cut] for name, column in self.columns.items()},
            {run: message for run, message in self.failures.items() if first <= run < first + runs},
        )


@dataclass
class Unequal:
    """A measure that is not the same: in how many runs, the first of them with both values, and in which files."""

    measure: str
    runs: int
    first_run: int
    one: Value
    other: Value
    places: list[str] = field(default_factory=list)


class Tally:
    """What comes of comparing two results piece by piece, in any order.

    runs, values             how many were compared
    unequal                  by measure
    only_one, only_other     measures that the other result does not have
    """

    def __init__(self) -> None:
        self.runs = self.values = 0
        self.unequal: dict[str, Unequal] = {}
        self.only_one: dict[str, None] = {}
        self.only_other: dict[str, None] = {}
        self._differing: list[Array] = []

    @property
    def same(self) -> bool:
        return not (self.unequal or self.only_one or self.only_other)

    @property
    def differing(self) -> Array:
        """The numbers of the runs in which anything differs, ascending."""
        return np.unique(np.concatenate([np.empty(0, dtype=np.int64), *self._differing]))

    def add(self, one: Rows, other: Rows, place: str = "") -> None:
        """Compare the same consecutive runs of two results.

        place   the file that holds them, for `Unequal.places`
        """
        self.runs += one.runs
        self._failures(one.failures, other.failures, place)
        # Where all runs failed, no measure is told from another.
        if len(one.numbers) and len(other.numbers):
            self.only_one |= dict.fromkeys(name for name in one.columns if name not in other.columns)
            self.only_other |= dict.fromkeys(name for name in other.columns if name not in one.columns)
        numbers, mine, theirs = _in_both(one.numbers, other.numbers)
        for name, column in one.columns.items():
            if name in other.columns:
                first, second = column[mine], other.columns[name][theirs]
                self.values += len(numbers)
                where = np.flatnonzero(differing(first, second))
                if len(where):
                    at = where[0]
                    self._note(name, numbers[where], float(first[at]), float(second[at]), place)

    def _failures(self, one: Mapping[int, str], other: Mapping[int, str], place: str) -> None:
        unequal = sorted(run for run in one.keys() | other.keys() if one.get(run) != other.get(run))
        if unequal:
            run = unequal[0]
            self._note(FAILURE, np.array(unequal, dtype=np.int64), one.get(run), other.get(run), place)

    def _note(self, measure: str, runs: Array, one: Value, other: Value, place: str) -> None:
        self._differing.append(runs)
        first = int(runs[0])
        found = self.unequal.get(measure)
        if found is None:
            self.unequal[measure] = Unequal(measure, len(runs), first, one, other, [place])
            return
        found.runs += len(runs)
        if place not in found.places:
            found.places.append(place)
        if first < found.first_run:
            found.first_run, found.one, found.other = first, one, other


def differing(one: Array, other: Array) -> Array:
    """Where two columns of floats of one type are not the same to the bit; nan is nan, and 0 is not -0."""
    whole = np.dtype(f"i{one.dtype.itemsize}")
    unequal: Array = np.ascontiguousarray(one).view(whole) != np.ascontiguousarray(other, dtype=one.dtype).view(whole)
    if unequal.any():
        unequal &= ~(np.isnan(one) & np.isnan(other))
    return unequal


def _in_both(one: Array, other: Array) -> tuple[Array, Array | slice, Array | slice]:
    if np.array_equal(one, other):
        return one, slice(None), slice(None)
    shared, mine, theirs = np.intersect1d(one, other, assume_unique=True, return_indices=True)
    return shared, mine, theirs


def spread(total: int, wanted: int, pieces: int = 25) -> list[range]:
    """`wanted` of `total` places, in few pieces spread evenly from the first to the last.

    >>> spread(100, 6, pieces=3)
    [range(0, 2), range(49, 51), range(98, 100)]
    """
    if wanted >= total:
        return [range(total)]
    pieces = min(pieces, wanted)
    begun = [wanted * place // pieces for place in range(pieces + 1)]
    gaps = [(total - wanted) * place // max(1, pieces - 1) for place in range(pieces)]
    return [range(begun[i] + gaps[i], begun[i + 1] + gaps[i]) for i in range(pieces)]


def pieces_of(parts: Sequence[Part], places: Sequence[range]) -> Iterator[tuple[Part, int, int]]:
    """Places, counted over all runs of the parts, as pieces of parts: the part, the first run, and how many."""
    start = 0
    for part in parts:
        for place in places:
            first, end = max(place.start, start), min(place.stop, start + part.runs)
            if first < end:
                yield part, part.first + first - start, end - first
        start += part.runs
