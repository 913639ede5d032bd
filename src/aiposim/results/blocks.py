"""The files of a block of runs: its rows, and the counts from which bands are made.

`blocks/0000000000-0000000999.runs.parquet` has a row a run: `run`, a float64 column a measure, and `failure`, null or
what went wrong (the measures are then undefined). `....counts.parquet` has a row a period and band: `sum`, in units
of 2**-20, and the histogram's bins that are not empty (`bins`) with the number of runs in each (`runs`). The rows are
written last: where they are, the block is done.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from aiposim.driver import Block
from aiposim.quantities import Array
from aiposim.results.durable import whole_file
from aiposim.state import BINS

BLOCKS_FOLDER = "blocks"
STAMP = b"aiposim"
"""Under this name the metadata of a block's rows say which study they belong to."""
_ROWS = {"compression": "zstd", "use_dictionary": ["failure"], "write_page_checksum": True}


@dataclass(frozen=True, order=True)
class Part:
    """Runs `first` to `first + runs - 1`, and the names of their files."""

    first: int
    runs: int

    @property
    def name(self) -> str:
        return f"{self.first:010d}-{self.first + self.runs - 1:010d}"

    def rows_file(self, folder: Path) -> Path:
        return folder / BLOCKS_FOLDER / f"{self.name}.runs.parquet"

    def counts_file(self, folder: Path) -> Path:
        return folder / BLOCKS_FOLDER / f"{self.name}.counts.parquet"

    def is_done(self, folder: Path) -> bool:
        return self.rows_file(folder).is_file()


def write_block(folder: Path, block: Block, stamp: Mapping[str, Any]) -> None:
    """Keep a block; it is there after this, whatever happens, or nothing of it counts.

    stamp   what the block belongs to, kept inside the file of its rows: seed, scenario_sha256, source_sha256
    Errors: OSError if the disk is full or the folder cannot be written.
    """
    part = Part(block.first, block.runs)
    with whole_file(part.counts_file(folder)) as place:
        counts = _counts_table(block.histogram, block.fixed_sum)
        pq.write_table(counts, place, compression="zstd", write_page_checksum=True)
    with whole_file(part.rows_file(folder)) as place:
        rows = _rows_table(block).replace_schema_metadata({STAMP: json.dumps(dict(stamp))})
        pq.write_table(rows, place, write_statistics=["run"], **_ROWS)


def _rows_table(block: Block) -> pa.Table:
    failed = dict(block.failures)
    if not failed:
        numbers, columns = block.numbers, block.columns
        messages = pa.nulls(len(numbers), pa.string())
    else:
        numbers = np.sort(np.concatenate([block.numbers, np.array(list(failed), dtype=np.int64)]))
        places = np.searchsorted(numbers, block.numbers)
        columns = {name: _spread(column, places, len(numbers)) for name, column in block.columns.items()}
        messages = pa.array([failed.get(run) for run in numbers.tolist()], pa.string())
    arrays = [_arrow(numbers.astype(np.uint32)), *(_arrow(column) for column in columns.values()), messages]
    return pa.Table.from_arrays(arrays, ["run", *columns, "failure"])


def _spread(column: Array, places: Array, length: int) -> Array:
    whole = np.full(length, np.nan)
    whole[places] = column
    return whole


def _counts_table(histogram: Array, fixed_sum: Array) -> pa.Table:
    periods, bands, _ = histogram.shape
    flat = histogram.reshape(periods * bands, BINS)
    filled = flat != 0
    offsets = _arrow(np.concatenate([[0], np.cumsum(filled.sum(axis=1))]).astype(np.int32))
    bins = np.broadcast_to(np.arange(BINS, dtype=np.uint16), flat.shape)[filled]
    columns = {
        "period": _arrow(np.repeat(np.arange(periods, dtype=np.uint16), bands)),
        "band": _arrow(np.tile(np.arange(bands, dtype=np.uint16), periods)),
        "sum": _arrow(fixed_sum.ravel()),
        "bins": pa.ListArray.from_arrays(offsets, _arrow(bins)),
        "runs": pa.ListArray.from_arrays(offsets, _arrow(flat[filled].astype(np.uint32))),
    }
    return pa.Table.from_arrays(list(columns.values()), list(columns))


def _arrow(values: Array) -> pa.Array:
    """An array as pyarrow's; its own way there imports pandas, which takes longer than a thousand runs."""
    whole = np.ascontiguousarray(values)
    return pa.Array.from_buffers(pa.from_numpy_dtype(whole.dtype), len(whole), [None, pa.py_buffer(whole)])


def as_array(column: pa.ChunkedArray) -> Array:
    """A column of numbers without nulls as an array, without pandas."""
    whole = column.combine_chunks()
    values: Array = np.frombuffer(whole.buffers()[1], dtype=whole.type.to_pandas_dtype())
    return values[whole.offset : whole.offset + len(whole)]


def add_counts(file: Path, histogram: Array, fixed_sum: Array) -> None:
    """Add the counts of a block to a histogram (period, band, bin) and its sums (period, band).

    Errors: ValueError if the file is damaged or of another shape.
    """
    table = _read(file, ["sum", "bins", "runs"])
    periods, bands, _ = histogram.shape
    if table.num_rows != periods * bands:
        raise ValueError(f"{file} does not hold the counts of {periods} periods and {bands} bands")
    bins, runs = table["bins"].combine_chunks(), table["runs"].combine_chunks()
    lengths = np.diff(bins.offsets.to_numpy())
    rows = np.repeat(np.arange(periods * bands), lengths)
    histogram.reshape(periods * bands, BINS)[rows, bins.values.to_numpy()] += runs.values.to_numpy().astype(np.int64)
    fixed_sum += table["sum"].to_numpy().reshape(periods, bands)


def read_rows(file: Path, columns: Sequence[str]) -> pa.Table:
    """Columns of a block's rows, `run` and `failure` among them if asked for.

    Errors: ValueError if the file is damaged or has no such column.
    """
    return _read(file, list(columns))


def measures_in(file: Path) -> list[str]:
    """Names of the measures of a block, in their order."""
    return [name for name in _schema(file).names if name not in ("run", "failure")]


def stamp_of(file: Path) -> dict[str, Any]:
    """What the rows of a block say that they belong to.

    Errors: ValueError if the file is damaged or bears no stamp.
    """
    metadata = _schema(file).metadata or {}
    try:
        stamp: dict[str, Any] = json.loads(metadata[STAMP])
    except (KeyError, ValueError) as error:
        raise ValueError(f"{file} does not say which study it belongs to") from error
    return stamp


def _schema(file: Path) -> pa.Schema:
    try:
        return pq.read_schema(file)
    except (OSError, ValueError) as error:
        raise ValueError(f"{file} is damaged: it does not read as Parquet") from error


def _read(file: Path, columns: list[str]) -> pa.Table:
    try:
        with pq.ParquetFile(file, page_checksum_verification=True) as parquet:
            missing = [name for name in columns if name not in parquet.schema_arrow.names]
            if missing:
                raise ValueError(f"{file} is not the table it should be: it has no column {', '.join(missing)}")
            return parquet.read(columns=columns, use_threads=False)  # who reads many blocks reads side by side
    except FileNotFoundError:
        raise
    except (OSError, pa.ArrowInvalid) as error:
        raise ValueError(f"{file} is damaged: it does not read as Parquet ({error})") from error


def parts_of(first: int, runs: int, size: int) -> list[Part]:
    """`runs` runs from `first` on, cut into blocks of at most `size`."""
    return [Part(start, min(size, first + runs - start)) for start in range(first, first + runs, size)]


def as_parts(told: Iterable[dict[str, int]]) -> list[Part]:
    return [Part(int(part["first"]), int(part["runs"])) for part in told]
