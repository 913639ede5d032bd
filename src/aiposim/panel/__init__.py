"""Every period of every run, kept: what `--panel core` and `--panel full` record.

A `Recorder` copies the columns of `aiposim.panel.tables` after each period; its tables have a row a run and period,
or a run, period and member, in that order, so that they do not depend on how the runs were cut into batches.
"""

from __future__ import annotations

import numpy as np

from aiposim.panel.columns import DTYPES, TOTALS, UNDEFINED, Column, Moment
from aiposim.panel.files import as_table, bytes_a_run, write_table
from aiposim.panel.tables import TABLES, tables_of
from aiposim.quantities import Array
from aiposim.state import State

__all__ = ["Column", "Recorder", "as_table", "bytes_a_run", "schema", "write_table"]


class Recorder:
    """Copies what a panel tells of each half-year of a block of runs that are driven at once.

    kind      "core" or "full"
    state     of the block, at its foundation; `note` is called after each period
    Errors: ValueError if there is no such kind of panel.
    """

    def __init__(self, kind: str, state: State, horizon: int, runs: int) -> None:
        self._state, self._runs = state, runs
        shapes = {"core": (horizon, runs), "institution": (horizon, runs), "member": (horizon, *state.member.shape)}
        self._kept = {
            table: [(column, np.empty(shapes[table], DTYPES[column.kind])) for column in TABLES[table]]
            for table in tables_of(kind)
        }
        self._follows = TOTALS if "institution" in self._kept else ()
        self._begin()

    def note(self, t: int) -> None:
        """Copy the values of period `t`, just ended."""
        if t == 0:
            self._begin()
        elsewhere = {"while the institute lives": ~self._now.lives, "while a member": ~self._now.inside}
        hidden = {when: where for when, where in elsewhere.items() if where.any()}
        with np.errstate(over="ignore"):  # what is hidden may be any number: a pledge to an institute that is no more
            for columns in self._kept.values():
                for column, kept in columns:
                    kept[t] = column.read(self._now)
                    if column.defined in hidden:
                        where = np.broadcast_to(hidden[column.defined], kept[t].shape)
                        np.copyto(kept[t], UNDEFINED[column.kind], where=where)
        self._remember()

    def tables(self, numbers: Array) -> dict[str, dict[str, Array]]:
        """Columns of each table, flat, ordered by run, then period, then member.

        numbers   of the runs, ascending
        Returns `run` (uint32), `period` (uint16, from 0), `member` (int8, place in code order) and the columns:
        float32, nan where undefined; whole numbers and states int16 or int8, -1 where undefined; flags bool.
        Errors: ValueError if there are not as many numbers as runs.
        """
        if len(numbers) != self._runs:
            raise ValueError(f"the recorder has noted {self._runs} runs, not {len(numbers)}")
        return {table: self._table(table, numbers.astype(np.uint32)) for table in self._kept}

    def _table(self, table: str, numbers: Array) -> dict[str, Array]:
        columns = self._kept[table]
        horizon, members = columns[0][1].shape[0], len(self._state.member) if table == "member" else 1
        rows = {
            "run": np.repeat(numbers, horizon * members),
            "period": np.tile(np.repeat(np.arange(horizon, dtype=np.uint16), members), self._runs),
        }
        if table == "member":
            rows["member"] = np.tile(np.arange(members, dtype=np.int8), horizon * self._runs)
        for column, kept in columns:
            rows[column.name] = np.ascontiguousarray(kept.reshape(horizon * members, self._runs).T).reshape(-1)
        return rows

    def _begin(self) -> None:
        """All founders are members, and nothing has been counted yet."""
        lives, inside = np.ones(self._runs, dtype=np.bool_), np.ones(self._state.member.shape, dtype=np.bool_)
        self._now = Moment(self._state, lives, inside, {name: np.zeros(self._runs) for name in self._follows})

    def _remember(self) -> None:
        np.copyto(self._now.lives, self._state.alive)
        np.copyto(self._now.inside, self._state.member)
        for name, before in self._now.before.items():
            np.copyto(before, getattr(self._state, name))


def schema(kind: str) -> list[dict[str, str]]:
    """Rows that describe the columns of a kind of panel: table, column, unit, dtype, defined, meaning.

    Errors: ValueError if there is no such kind of panel.
    """
    return [
        {
            "table": table,
            "column": column.name,
            "unit": column.unit,
            "dtype": {"state": "code", "area": "area"}.get(column.kind, str(DTYPES[column.kind])),
            "defined": column.defined,
            "meaning": column.meaning,
        }
        for table in tables_of(kind)
        for column in TABLES[table]
    ]
