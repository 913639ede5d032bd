"""Panels as Parquet files: a column of a table is a column of the file, in the order of run, period, member."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO, TYPE_CHECKING

import numpy as np

from aiposim.panel.columns import Column, Kind
from aiposim.panel.tables import TABLES, tables_of
from aiposim.quantities import AREAS, Array

if TYPE_CHECKING:
    import pyarrow as pa

LEVEL = -1
"""Of zstd, a fast one. Level 1 takes a tenth longer for no less, level 9 three times as long for 3 % less: once the
bytes are split, what is left is mostly the noise of the last digits, which no level can press."""
ROW_GROUP = 122_880
"""Rows of a row group: 2,048 runs of 60 periods, and the size that DuckDB itself works with."""
KEYS = ("run", "period", "member")


def as_table(columns: Mapping[str, Array], codes: Sequence[str]) -> pa.Table:
    """A table of a `Recorder` in the types of its file: undefined values are null, states are codes, areas words.

    codes   of the founders, in alphabetical order
    """
    import pyarrow as pa

    told = _columns_of(columns)
    fields, arrays = [], []
    for name, values in columns.items():
        if name in KEYS:
            array = _coded(values, codes) if name == "member" else pa.array(values)
            fields.append(pa.field(name, array.type, nullable=False))
        else:
            array = _array(values, told[name].kind, codes)
            words = {"unit": told[name].unit, "meaning": told[name].meaning}
            fields.append(pa.field(name, array.type, metadata=words))
        arrays.append(array)
    return pa.table(arrays, schema=pa.schema(fields))


def write_table(columns: Mapping[str, Array], place: str | Path | IO[bytes], codes: Sequence[str]) -> None:
    """Write a table of a `Recorder` as one Parquet file, every page with a checksum.

    Errors: OSError if the disk is full or the place cannot be written.
    """
    import pyarrow.parquet as pq

    numbers = {name: column.stored for name, column in _columns_of(columns).items() if column.kind == "number"}
    listed = [name for name in columns if name != "run" and numbers.get(name, "listed") == "listed"]
    pq.write_table(
        as_table(columns, codes),
        place,
        compression="zstd",
        compression_level=LEVEL,
        use_byte_stream_split=[name for name, stored in numbers.items() if stored == "split"],
        use_dictionary=[name for name in listed if columns[name].dtype.kind != "b"],
        row_group_size=ROW_GROUP,
        write_statistics=["run"],
        write_page_checksum=True,
    )


def _columns_of(columns: Mapping[str, Array]) -> dict[str, Column]:
    told = {column.name: column for column in TABLES["member" if "member" in columns else "institution"]}
    return {name: told[name] for name in columns if name not in KEYS}


def _array(values: Array, kind: Kind, codes: Sequence[str]) -> pa.Array:
    import pyarrow as pa

    if kind == "number":
        return _nullable(values, np.isnan(values))
    if kind == "count":
        return _nullable(values, values < 0)
    if kind == "flag":
        return pa.array(values)
    return _coded(values, codes if kind == "state" else AREAS)


def _nullable(values: Array, undefined: Array) -> pa.Array:
    """The values as they lie in memory, with a bit each that says whether they count."""
    import pyarrow as pa

    bits = pa.py_buffer(np.packbits(~undefined, bitorder="little")) if undefined.any() else None
    return pa.Array.from_buffers(pa.from_numpy_dtype(values.dtype), len(values), [bits, pa.py_buffer(values)])


def _coded(places: Array, words: Sequence[str]) -> pa.Array:
    import pyarrow as pa

    return pa.DictionaryArray.from_arrays(_nullable(places, places < 0), pa.array(words, pa.string()))


_BYTES_A_ROW = {"core": 22.4, "institution": 122.0, "member": 64.0}
"""Measured over the shipped scenarios: 21.7 to 22.6, 104 to 150 (the most under pledges) and 56 to 74."""
_BYTES_BESIDE = {"core": 12.0, "institution": 40.0, "member": 20.0}
"""Of each run, in a file of a thousand: what the file says of its columns."""


def bytes_a_run(kind: str, states: int, horizon: int) -> float:
    """About how many bytes a run of a panel takes on disk, in files of a thousand runs or more.

    Errors: ValueError if there is no such kind of panel.
    """
    rows = {"core": horizon, "institution": horizon, "member": horizon * states}
    return sum(_BYTES_A_ROW[table] * rows[table] + _BYTES_BESIDE[table] for table in tables_of(kind))
