"""The runs of a folder as a table that is read a column at a time: a million runs cost no more memory than a few."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, overload

import numpy as np

from aiposim.quantities import Array
from aiposim.results.blocks import Part, as_array, measures_in, read_rows

if TYPE_CHECKING:
    import pandas as pd

FEW = 5_000
"""Runs that are read at once and kept: 3 MB."""


class StoredRuns:
    """Reads like the DataFrame `Results.runs`, a column at a time: `table["exits"]`, `table[["exits", "trust"]]`.

    columns   names of the measures
    numbers   of the runs that came to their end
    """

    def __init__(self, folder: Path, parts: Sequence[Part]) -> None:
        self._folder, self._parts = folder, parts
        self.columns = measures_in(parts[0].rows_file(folder))
        self.numbers = self.values(["run"])["run"]

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
        return self._read(["run", *self.columns])

    def _read(self, names: Sequence[str]) -> dict[str, Array]:
        tables = [self._rows(part, list(names)) for part in self._parts]
        return {name: _joined([table[name] for table in tables]) for name in names}

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

    def _rows(self, part: Part, names: list[str]) -> dict[str, Array]:
        """Columns of a block without the runs that failed."""
        file = part.rows_file(self._folder)
        table = read_rows(file, [*names, "failure"])
        if table.num_rows != part.runs:
            raise ValueError(f"{file} does not hold the runs of its name")
        failed = table["failure"]
        if failed.null_count < table.num_rows:
            table = table.filter(failed.is_null())
        return {name: as_array(table[name]) for name in names}


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
