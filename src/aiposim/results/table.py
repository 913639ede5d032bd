"""The runs of a folder as a table that is read a column at a time: a million runs cost no more memory than a few."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, overload

import numpy as np

from aiposim.ensemble import cores
from aiposim.quantities import Array
from aiposim.results.blocks import Part, as_array, measures_in, read_rows

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

FEW = 5_000
"""Runs that are read at once and kept: 3 MB."""

Item = TypeVar("Item")
Found = TypeVar("Found")


class StoredRuns:
    """Reads like the DataFrame `Results.runs`, a column at a time: `table["exits"]`, `table[["exits", "trust"]]`.

    columns     names of the measures
    numbers     of the runs that came to their end
    described   what was found of columns, by name, so that nobody need read them again for it
    """

    def __init__(self, folder: Path, parts: Sequence[Part]) -> None:
        self._folder, self._parts = folder, parts
        self.columns = measures_in(parts[0].rows_file(folder))
        self.described: dict[str, dict[str, float]] = {}
        known = side_by_side(self._numbers, parts)
        self._ended = [ended for _, ended in known]
        self.numbers = _joined([numbers for numbers, _ in known])
        self._cuts = [0, *itertools.accumulate(len(numbers) for numbers, _ in known)]

    def __len__(self) -> int:
        return len(self.numbers)

    @cached_property
    def index(self) -> pd.Index[Any]:
        import pandas as pd

        numbers = self.numbers
        if len(numbers) and numbers[-1] - numbers[0] == len(numbers) - 1:
            return pd.RangeIndex(int(numbers[0]), int(numbers[-1]) + 1, name="run")
        return pd.Index(numbers, name="run")

    def values(self, names: Sequence[str]) -> dict[str, Array]:
        """Columns as arrays, a value a run that came to its end; the blocks are gone through once."""
        if sum(part.runs for part in self._parts) <= FEW:
            return {name: self._all[name] for name in names}
        return self._read(names)

    @cached_property
    def _all(self) -> dict[str, Array]:
        """Every column of few runs: opening files takes longer than reading them."""
        return self._read(self.columns)

    def _read(self, names: Sequence[str]) -> dict[str, Array]:
        wholes = {name: np.empty(len(self)) for name in names}

        def read(place: int) -> None:
            table = self._rows(self._parts[place], list(names))
            for name, whole in wholes.items():
                column, ended = as_array(table[name]), self._ended[place]
                whole[self._cuts[place] : self._cuts[place + 1]] = column if ended is None else column[ended]

        side_by_side(read, range(len(self._parts)))
        return wholes

    @overload
    def __getitem__(self, name: str) -> pd.Series[Any]: ...
    @overload
    def __getitem__(self, name: list[str]) -> pd.DataFrame: ...
    def __getitem__(self, name: str | list[str]) -> pd.Series[Any] | pd.DataFrame:
        import pandas as pd

        if isinstance(name, str):
            if name not in self.columns:
                raise KeyError(name)
            return pd.Series(self.values([name])[name], index=self.index, name=name)
        return pd.DataFrame(self.values(name), index=self.index)

    def get(self, name: str) -> pd.Series[Any] | None:
        return self[name] if name in self.columns else None

    def frame(self) -> pd.DataFrame:
        """All of it, in memory."""
        import pandas as pd

        return pd.DataFrame(self.values(self.columns), index=self.index)

    def _numbers(self, part: Part) -> tuple[Array, Array | None]:
        """The runs of a block that came to their end: their numbers, and which rows they are unless they are all."""
        table = self._rows(part, ["run", "failure"])
        numbers, failed = as_array(table["run"]), table["failure"]
        if failed.null_count == len(numbers):
            return numbers, None
        ended = failed.is_null().to_numpy()
        return numbers[ended], ended

    def _rows(self, part: Part, names: list[str]) -> pa.Table:
        file = part.rows_file(self._folder)
        table = read_rows(file, names)
        if table.num_rows != part.runs:
            raise ValueError(f"{file} does not hold the runs of its name")
        return table


def write_one_file(folder: Path, parts: Sequence[Part], seed: int, place: Path) -> None:
    """All runs of a folder with their seed as one Parquet file, written some blocks at a time.

    Errors: OSError if the disk is full or the place cannot be written; ValueError if a block is damaged.
    """
    import pandas as pd
    import pyarrow as pa
    import pyarrow.parquet as pq

    columns = StoredRuns(folder, parts[:1]).columns
    index = pd.Index([0], dtype=np.int64, name="run")
    whole = pd.DataFrame({**dict.fromkeys(columns, 0.0), "seed": np.uint64(seed)}, index=index)
    schema = pa.Schema.from_pandas(whole, preserve_index=True)  # pandas finds its index again
    many = max(1, _ROWS_OF_A_GROUP // parts[0].runs)
    with pq.ParquetWriter(place, schema, write_page_checksum=True) as writer:
        for i in range(0, len(parts), many):
            runs = StoredRuns(folder, parts[i : i + many])
            seeds, numbers = np.full(len(runs), seed, np.uint64), runs.numbers.astype(np.int64)
            writer.write_table(pa.table([*runs.values(columns).values(), seeds, numbers], schema))


_ROWS_OF_A_GROUP = 10_000


def side_by_side(function: Callable[[Item], Found], items: Iterable[Item]) -> list[Found]:
    """The function of each item, in their order, on all cores: for what lets go of the interpreter's lock."""
    waiting = list(items)
    if len(waiting) < 2:
        return [function(item) for item in waiting]
    with ThreadPoolExecutor(cores()) as threads:
        return list(threads.map(function, waiting))


def values_of(table: pd.DataFrame | StoredRuns, names: Sequence[str]) -> dict[str, Array]:
    """Columns of runs as arrays, wherever they are."""
    return table.values(names) if isinstance(table, StoredRuns) else {name: table[name].to_numpy() for name in names}


def failures_in(folder: Path, parts: Sequence[Part]) -> pd.DataFrame:
    """The runs that failed: `run` and `message`."""
    rows: list[tuple[int, str]] = []
    for part in parts:
        table = read_rows(part.rows_file(folder), ["run", "failure"])
        if table["failure"].null_count < table.num_rows:
            table = table.filter(table["failure"].is_valid())
            rows += zip(table["run"].to_pylist(), table["failure"].to_pylist(), strict=True)
    return failure_table(rows)


def failure_table(rows: Sequence[tuple[int, str]]) -> pd.DataFrame:
    import pandas as pd

    return pd.DataFrame(rows, columns=["run", "message"]).astype({"run": np.int64})


def _joined(columns: Sequence[Array]) -> Array:
    return columns[0] if len(columns) == 1 else np.concatenate(columns)
