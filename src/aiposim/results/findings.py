"""What is found wrong with a results folder, and tables compared to the bit with the same tables made again."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from aiposim.results.bits import Value, differing

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Finding:
    """Something that is not as it should be.

    kind      "damaged", "missing" or "differs"
    file      where, within the folder; of several files the first
    measure   what differs, in how many runs (or rows), the first of them and both values in full; none if damaged
    """

    kind: str
    file: str
    message: str
    measure: str | None = None
    runs: int | None = None
    first_run: int | None = None
    kept: Value = None
    computed: Value = None


def read_table(file: Path) -> pa.Table:
    """A table, every page of it checked. Errors: those of `DAMAGE` if it is damaged or not there."""
    with pq.ParquetFile(file, page_checksum_verification=True) as parquet:
        table = parquet.read()
    for index in (table.schema.pandas_metadata or {}).get("index_columns", []):
        if isinstance(index, dict) and index.get("name"):  # pandas keeps a plain range in the metadata alone
            numbers = pa.array(range(index["start"], index["stop"], index["step"]), pa.int64())
            table = table.append_column(index["name"], numbers)
    return table


def table_findings(file: str, kept: pa.Table, rebuilt: pd.DataFrame) -> list[Finding]:
    """In what a table that is kept is not the table made again from what it was made of, a finding a column."""
    against = TableTally(file)
    if kept.num_rows != len(rebuilt):
        message = f"it has {kept.num_rows:,} rows, made again {len(rebuilt):,}"
        return [Finding("differs", file, message)]
    against.add(kept, {str(name): rebuilt[name].to_numpy() for name in rebuilt.columns}, 0)
    return against.findings(kept)


class TableTally:
    """Columns compared piece by piece: how many values differ in each, and where first."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.values = 0
        self._unequal: dict[str, tuple[int, int, Value, Value]] = {}
        self._lacking: dict[str, None] = {}

    def add(self, kept: pa.Table, computed: dict[str, Any], row: int) -> None:
        self._lacking |= dict.fromkeys(name for name in kept.column_names if name not in computed)
        self._lacking |= dict.fromkeys(name for name in computed if name not in kept.column_names)
        for name in computed.keys() & set(kept.column_names):
            one, other = kept[name].to_numpy(zero_copy_only=False), computed[name][: kept.num_rows]
            other = other[: len(one)]
            one = one[: len(other)]
            self.values += len(one)
            if one.dtype.kind == "f" and other.dtype == one.dtype:
                where = np.flatnonzero(differing(one, other))
            else:
                where = np.flatnonzero(np.asarray(one != other))
            if len(where):
                at = int(where[0])
                count, first, *values = self._unequal.get(name, (0, row + at, _plain(one[at]), _plain(other[at])))
                self._unequal[name] = (count + len(where), first, values[0], values[1])

    def findings(self, kept: pa.Table) -> list[Finding]:
        names = [name for name in kept.column_names if name in self._unequal]
        lines = [Finding("differs", self.file, f"the column {name} is in one alone") for name in self._lacking]
        for name in names:
            rows, first, one, other = self._unequal[name]
            lines.append(Finding("differs", self.file, _which_row(kept, first), name, rows, None, one, other))
        return lines


def _which_row(kept: pa.Table, row: int) -> str:
    named = [name for name in ("run", "period", "label", "design", "member", "measure") if name in kept.column_names]
    return ", ".join(f"{name} {kept[name][row].as_py()}" for name in named) or f"row {row}"


def _plain(value: Any) -> Value:
    plain: Value = value.item() if isinstance(value, np.generic) else value
    return plain
