"""From runs to tables: simulate a scenario, keep the results in a folder, open them again."""

from __future__ import annotations

import shutil
import tempfile
import warnings
from collections.abc import Callable, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from aiposim.driver import Block, Task, compile_ahead, joined
from aiposim.ensemble import Progress, computed
from aiposim.panel.tables import TABLES_OF
from aiposim.results.bands import bands_of
from aiposim.results.durable import whole_folder
from aiposim.results.manifest import MANIFEST_FILE
from aiposim.results.study import PANEL_FOLDER, Study, engine_named
from aiposim.results.table import StoredRuns, failure_table
from aiposim.scenario import Scenario, load

if TYPE_CHECKING:
    import pandas as pd

__all__ = [
    "MANIFEST_FILE",
    "Results",
    "open_results",
    "simulate",
    "simulate_all",
    "write_folder",
]

PANELS = ("none", *TABLES_OF)


class Results:
    """The runs of one scenario, in memory or in a folder.

    scenario, seed      what they were computed from
    table               reads like `runs`, a column at a time, so that a million runs in a folder cost little memory
    """

    def __init__(self, scenario: Scenario, seed: int, source: Block | Study) -> None:
        self.scenario, self.seed = scenario, seed
        self._source = source

    def __repr__(self) -> str:
        return f"<Results of {self.scenario.name}: {len(self.table)} runs, seed {self.seed}>"

    @cached_property
    def runs(self) -> pd.DataFrame:
        """A row a run (index `run`, from 0), a float64 column a measure; undefined is nan. Failed runs have no row."""
        return self.table.frame() if isinstance(self.table, StoredRuns) else self.table

    @cached_property
    def table(self) -> pd.DataFrame | StoredRuns:
        if isinstance(self._source, Study):
            return self._source.table()
        import pandas as pd

        numbers = self._source.numbers
        whole = len(numbers) == self._source.runs
        first = self._source.first
        index = pd.RangeIndex(first, first + len(numbers), name="run") if whole else pd.Index(numbers, name="run")
        return pd.DataFrame(self._source.columns, index=index)

    @cached_property
    def bands(self) -> pd.DataFrame:
        """By period and measure: mean and quantiles over the runs, and in how many the measure was defined.

        They come from histograms of 512 bins, so that blocks merge exactly: a quantile is right to about 0.2 % of
        the measure's range.
        """
        if isinstance(self._source, Study):
            return bands_of(self.scenario, *self._source.counts())
        return bands_of(self.scenario, self._source.histogram, self._source.fixed_sum)

    @cached_property
    def failures(self) -> pd.DataFrame:
        """The runs that failed, a row each: `run` and `message`; usually none."""
        if isinstance(self._source, Study):
            return self._source.failures()
        return failure_table(self._source.failures)

    @property
    def undefined(self) -> pd.Series[Any]:
        """How many runs leave each measure undefined."""
        import pandas as pd

        return pd.Series({str(name): int(self.table[str(name)].isna().sum()) for name in self.table.columns})

    def panel(self, table: str = "core") -> pd.DataFrame:
        """Every period of every run, as recorded: `core`, `institution` or `member` (see docs/panel.md).

        Errors: ValueError if no such table was recorded.
        """
        import pandas as pd

        if isinstance(self._source, Study):
            if table in self._source.panel_tables:
                return pd.read_parquet(self._source.folder / PANEL_FOLDER / table)
        elif table in self._source.panel:
            from aiposim.panel import as_table

            frame: pd.DataFrame = as_table(self._source.panel[table], self.scenario.codes).to_pandas()
            return frame
        raise ValueError(f"no panel {table!r} was recorded; ask for it with panel='core' or 'full' (--panel)")

    def save(self, folder: str | Path, *, overwrite: bool = False, command: Sequence[str] = ()) -> Path:
        """Write a results folder; all of it appears at once, or nothing.

        Errors: FileExistsError if the folder exists and `overwrite` is not given, or is not a results folder.
        """
        return write_folder(folder, self.write_into, overwrite=overwrite, command=command)

    def write_into(self, folder: Path, command: Sequence[str] = ()) -> None:
        """Write the files into an existing, empty folder."""
        if isinstance(self._source, Study):
            shutil.copytree(self._source.folder, folder, dirs_exist_ok=True)
            return
        block = self._source
        panel = next((kind for kind, tables in TABLES_OF.items() if set(tables) == set(block.panel)), "none")
        study = Study.begin(
            folder, self.scenario, block.runs, seed=self.seed, block=block.runs, panel=panel, command=command
        )
        study.keep(block)
        study.finish()


def write_folder(
    folder: str | Path, write: Callable[[Path, Sequence[str]], None], *, overwrite: bool, command: Sequence[str] = ()
) -> Path:
    """Let `write(temporary_folder, command)` fill a sibling of `folder`, then put it in its place.

    Errors: FileExistsError if `folder` exists and may not be overwritten; only results folders ever are.
    """
    target = Path(folder)
    _refuse_existing(target, overwrite)
    before = None
    with whole_folder(target) as place:
        write(place, command)
        if target.exists():
            before = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=target.parent))
            target.replace(before / target.name)
    if before is not None:  # only now that the new one is there
        shutil.rmtree(before)
    return target


def _refuse_existing(target: Path, overwrite: bool) -> None:
    if not target.exists():
        return
    if not target.is_dir():
        raise FileExistsError(f"{target} is a file, not a folder")
    if any(target.iterdir()):
        if not overwrite:
            raise FileExistsError(f"{target} exists; give another folder, or say that it may be overwritten")
        if not (target / MANIFEST_FILE).is_file():
            raise FileExistsError(f"{target} is not a results folder (no {MANIFEST_FILE}) and is left alone")


def simulate(
    scenario: Scenario | str,
    runs: int = 1000,
    *,
    seed: int = 2015,
    workers: int = 1,
    block: int | None = None,
    engine: str = "arrays",
    panel: str = "none",
    progress: Progress | None = None,
) -> Results:
    """Runs 0 to `runs - 1` of a scenario, in memory; the same for any `workers`, `block` and `engine`.

    workers    processes; a script that asks for more than one needs `if __name__ == "__main__":` round its work
    block      runs that a worker computes before it gives them back
    engine     "arrays", or "agents" for one Mesa model a run (slow, the same numbers)
    panel      "core" or "full" records every period of every run as well (see `Results.panel`)
    progress   called with (runs done, runs in all) after each block
    Errors: ValueError for a number of runs, workers, a block or a seed out of range.
    """
    return simulate_all([scenario], runs, seed=seed, workers=workers, block=block, engine=engine, panel=panel,
                        progress=progress)[0]  # fmt: skip


def simulate_all(
    scenarios: Sequence[Scenario | str],
    runs: int,
    *,
    seed: int,
    workers: int = 1,
    block: int | None = None,
    engine: str = "arrays",
    panel: str = "none",
    progress: Progress | None = None,
) -> list[Results]:
    """`simulate` for several scenarios, whose blocks the workers share; `progress` counts the runs of all."""
    designs = [load(each) if isinstance(each, str) else each for each in scenarios]
    _check_whole_number("runs", runs, 1, "2**32", 2**32)
    _check_whole_number("workers", workers, 1, "4096", 4096)
    _check_whole_number("seed", seed, 0, "2**64 - 1", 2**64 - 1)
    size = _share_of_a_worker(runs, len(designs), workers) if block is None else block
    _check_whole_number("block", size, 1, "2**32", 2**32)
    if panel not in PANELS:
        raise ValueError(f"panel is 'none', 'core' or 'full', not {panel!r}")
    compute = engine_named(engine)
    compile_ahead(designs[0])
    tasks = [
        (place, Task(design, first, min(size, runs - first), seed, panel))
        for place, design in enumerate(designs)
        for first in range(0, runs, size)
    ]
    found: list[list[Block]] = [[] for _ in designs]
    done = 0
    for number, part in computed([task for _, task in tasks], workers, compute):
        found[tasks[number][0]].append(part)
        done += part.runs
        if progress is not None:
            progress(done, runs * len(designs))
    wholes = [joined(sorted(parts, key=lambda part: part.first)) for parts in found]
    return [Results(design, seed, whole) for design, whole in zip(designs, wholes, strict=True)]


def _share_of_a_worker(runs: int, designs: int, workers: int) -> int:
    """Runs in a block: few enough that all workers have something to do to the end, many enough to be worth it.

    All blocks are of one size as near as can be, so that a worker prepares the arrays of a design once.
    """
    if workers == 1:
        return min(runs, 10_000)
    most = max(250, min(10_000, -(-runs * designs // (4 * workers))))
    return -(-runs // -(-runs // most))


def _check_whole_number(name: str, value: object, least: int, most_in_words: str, most: int) -> None:
    if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
        raise ValueError(f"{name} is a whole number from {least} to {most_in_words}, not {value!r}")


def open_results(folder: str | Path, *, unfinished: bool = False) -> Results:
    """Read a results folder.

    unfinished   take what is there of a study that is not complete
    Errors: FileNotFoundError or ValueError that says what is missing or wrong.
    """
    study = Study.open(folder)
    _warn_of_edited_rules(study)
    if not study.is_complete and not (unfinished and study.done):
        raise ValueError(
            f"{study.folder} is not complete: {study.runs_done:,} of its {sum(part.runs for part in study.parts):,} "
            f"runs are done. Go on with: aiposim resume {study.folder}"
        )
    return Results(study.scenario, study.seed, study)


def _warn_of_edited_rules(study: Study) -> None:
    for own, sha256 in study.own_rules:
        if own.sha256 != sha256:
            warnings.warn(f"{own.file} was edited after the results in {study.folder} were computed", stacklevel=3)
