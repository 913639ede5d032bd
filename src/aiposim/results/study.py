"""A study: a results folder that grows block by block, so that whatever happens only blocks under way are lost.

    manifest.json                                   what is computed, with what, and the state of each block
    blocks/0000000000-0000000999.runs.parquet       the rows of a block (aiposim.results.blocks)
    blocks/0000000000-0000000999.counts.parquet     its counts
    panel/core/0000000000-0000000999.parquet        every period of every run, if asked for (aiposim.panel)
    bands.parquet, runs.parquet                     written when all blocks are done; the latter up to 200,000 runs

The files are the truth about what is done; the manifest repeats it for readers.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from aiposim import families
from aiposim.compiled import source_digest
from aiposim.driver import Block, Task, compile_ahead
from aiposim.ensemble import Compute, Computed, Progress, compute_block, computed
from aiposim.panel.tables import TABLES_OF
from aiposim.quantities import Array
from aiposim.results.bands import band_names, bands_of
from aiposim.results.blocks import BLOCKS_FOLDER, Part, add_counts, as_parts, parts_of, stamp_of, write_block
from aiposim.results.durable import keep_folder, sweep, whole_file, write_json
from aiposim.results.manifest import (
    COMPLETE,
    FORMAT,
    MANIFEST_FILE,
    UNFINISHED,
    made_with,
    now,
    read_manifest,
)
from aiposim.results.table import StoredRuns, failures_in, write_one_file
from aiposim.scenario import Scenario, from_dict
from aiposim.state import BINS

if TYPE_CHECKING:
    import pandas as pd

RUNS_FILE, BANDS_FILE = "runs.parquet", "bands.parquet"
PANEL_FOLDER = "panel"
MOST_IN_ONE_FILE = 200_000
"""Runs up to which they are also written into one file, runs.parquet."""
_SECONDS_BETWEEN_NOTES = 2.0


@dataclass(frozen=True)
class Shard:
    """Part `number` of `of` of a study, 1 to `of`: every so-manyth block."""

    number: int
    of: int

    def __str__(self) -> str:
        return f"{self.number}/{self.of}"


def shard_named(text: str | None) -> Shard | None:
    """`3/16` as a shard."""
    if text is None:
        return None
    number, _, of = text.partition("/")
    return Shard(int(number), int(of))


def block_size(runs: int, shards: int = 1) -> int:
    """Runs in a block that is kept: small enough to lose, large enough that a study has few files."""
    usual = 1_000 if runs <= 20_000 else 10_000 if runs <= 1_000_000 else 50_000
    return max(1, min(usual, runs // shards))


class Study:
    """A results folder being filled, or one that was.

    manifest    what manifest.json holds
    """

    def __init__(self, folder: Path, manifest: dict[str, Any], scenario: Scenario) -> None:
        self.folder, self.manifest, self.scenario = folder, manifest, scenario
        self._noted = 0.0
        self._counted: tuple[int, tuple[Array, Array]] | None = None
        self.look()

    @classmethod
    def begin(
        cls,
        folder: Path,
        scenario: Scenario,
        runs: int,
        *,
        seed: int,
        block: int | None = None,
        shard: Shard | None = None,
        panel: str = "none",
        engine: str = "arrays",
        command: Sequence[str] = (),
        asked: dict[str, Any] | None = None,
    ) -> Study:
        """Make the folder and write down what is to be computed.

        asked   how the scenario was named: `scenario`, `design`, `settings`, so that a change of it is noticed
        Errors: OSError if the folder cannot be written; FileExistsError if it holds something; ValueError if there are
        more shards than runs.
        """
        if shard and shard.of > runs:
            raise ValueError(f"{runs} runs cannot be cut into {shard.of} shards")
        folder.mkdir(parents=True, exist_ok=True)
        if any(folder.iterdir()):
            raise FileExistsError(f"{folder} holds something already")
        size = block or block_size(runs, shard.of if shard else 1)
        parts = parts_of(0, runs, size)
        if shard:
            parts = parts[shard.number - 1 :: shard.of]
        manifest = {
            "format": FORMAT,
            "kind": "runs",
            "state": UNFINISHED,
            "seed": seed,
            "runs": runs,
            "first_run": 0,
            "shard": str(shard) if shard else None,
            "block_runs": size,
            "panel": panel,
            "engine": engine,
            **made_with(scenario, command),
            "asked": asked,
            "blocks": [{"first": part.first, "runs": part.runs, "state": "missing"} for part in parts],
        }
        study = cls(folder, manifest, scenario)
        (folder / BLOCKS_FOLDER).mkdir()
        for table in study.panel_tables:
            (folder / PANEL_FOLDER / table).mkdir(parents=True)
        study.note()
        keep_folder(folder.parent)
        return study

    @classmethod
    def open(cls, folder: str | Path) -> Study:
        """The study in a folder, finished or not.

        Errors: FileNotFoundError or ValueError that says what is missing or wrong.
        """
        path = Path(folder)
        manifest = read_manifest(path)
        if manifest.get("kind") in ("sensitivity", "discovery"):
            raise ValueError(f"{path} holds a {manifest['kind']} analysis: points with means, and no runs")
        if manifest.get("kind") != "runs":
            raise FileNotFoundError(f"{path} holds a comparison; open one of the designs in {path / 'designs'}")
        own_rules_in(path, manifest)
        try:
            scenario = from_dict(manifest["scenario"])
            int(manifest["seed"]), int(manifest["runs"]), as_parts(manifest["blocks"]), str(manifest["state"])
        except (KeyError, TypeError, ValueError) as error:
            raise ValueError(f"{path / MANIFEST_FILE} does not hold a scenario of this version of aiposim") from error
        study = cls(path, manifest, scenario)
        if not manifest.get("shard") and sum(part.runs for part in study.parts) != study.runs:
            raise ValueError(f"{path / MANIFEST_FILE} does not hold the runs that it tells of")
        return study

    # ---- what it is ----

    @property
    def seed(self) -> int:
        return int(self.manifest["seed"])

    @property
    def runs(self) -> int:
        """Runs of the whole study, of which a shard computes its part."""
        return int(self.manifest["runs"])

    @property
    def parts(self) -> list[Part]:
        """The blocks of this folder, in the order of their runs."""
        return as_parts(self.manifest["blocks"])

    @property
    def done(self) -> list[Part]:
        return [part for part in self.parts if part.first in self._done]

    @property
    def missing(self) -> list[Part]:
        return [part for part in self.parts if part.first not in self._done]

    @property
    def runs_done(self) -> int:
        return sum(part.runs for part in self.done)

    @property
    def is_complete(self) -> bool:
        return self.manifest["state"] == COMPLETE and not self.missing

    @property
    def own_rules(self) -> list[tuple[families.OwnRule, str]]:
        """The user's own rules that the scenario asks for, each with the SHA-256 of the file that was used."""
        return own_rules_in(self.folder, self.manifest)

    @property
    def panel_tables(self) -> tuple[str, ...]:
        return TABLES_OF.get(self.manifest["panel"], ())

    @property
    def stamp(self) -> dict[str, Any]:
        """What every block of the study says that it belongs to."""
        return {
            "seed": self.seed,
            "scenario_sha256": self.scenario.digest(),
            "source_sha256": source_digest(),
        }

    # ---- filling it ----

    def tasks(self) -> list[Task]:
        """What is still to be computed."""
        panel = str(self.manifest["panel"])
        return [Task(self.scenario, part.first, part.runs, self.seed, panel) for part in self.missing]

    def keep(self, block: Block) -> None:
        """Write a block down for good.

        Errors: OSError if the disk is full or the folder cannot be written; the block is then still missing.
        """
        if block.panel:
            from aiposim.panel import write_table

            name = Part(block.first, block.runs).name
            for table, columns in block.panel.items():
                with whole_file(self.folder / PANEL_FOLDER / table / f"{name}.parquet") as place:
                    write_table(columns, place, self.scenario.codes)
        undefined = {name: int(np.isnan(column).sum()) for name, column in block.columns.items()}
        write_block(self.folder, block, self.stamp | {"undefined": {name: n for name, n in undefined.items() if n}})
        self._done.add(block.first)
        if time.monotonic() - self._noted > _SECONDS_BETWEEN_NOTES:
            self.note()

    def extend(self, runs: int) -> None:
        """Make the study one of `runs` runs; those that are there stay.

        Errors: OSError if the folder cannot be written.
        """
        if runs <= self.runs:
            return
        added = parts_of(self.runs, runs - self.runs, max(block_size(runs), int(self.manifest["block_runs"])))
        self.manifest["blocks"] += [{"first": part.first, "runs": part.runs, "state": "missing"} for part in added]
        self.manifest |= {"runs": runs, "state": UNFINISHED}
        self.note()

    def accept(self, changes: Sequence[str]) -> None:
        """Remember what had changed when somebody went on all the same."""
        if changes:
            told = {"when": now(), "what": list(changes), "source_sha256": source_digest()}
            self.manifest["changes_accepted"] = [*self.manifest.get("changes_accepted", []), told]

    def look(self) -> None:
        """See by the files which blocks are done; looked at once, for a shared disk may be slow."""
        self._done = {part.first for part in self.parts if part.is_done(self.folder)}

    def note(self) -> None:
        """Write the manifest, with the state of each block as the files have it."""
        for block in self.manifest["blocks"]:
            block["state"] = "done" if block["first"] in self._done else "missing"
        write_json(self.folder / MANIFEST_FILE, self.manifest)
        self._noted = time.monotonic()

    def finish(self) -> None:
        """Write the tables made of all blocks, then say in the manifest that the study is complete.

        Errors: ValueError if blocks are missing or damaged; OSError if the folder cannot be written.
        """
        if self.missing:
            raise ValueError(f"{self.folder} lacks {len(self.missing)} blocks")
        sweep(self.folder)
        histogram, fixed_sum = self.counts()
        with whole_file(self.folder / BANDS_FILE) as place:
            bands_of(self.scenario, histogram, fixed_sum).to_parquet(place, write_page_checksum=True)
        stamps = self._stamps()
        if self.runs_done <= MOST_IN_ONE_FILE:
            with whole_file(self.folder / RUNS_FILE) as place:
                write_one_file(self.folder, self.done, self.seed, place)
        else:
            (self.folder / RUNS_FILE).unlink(missing_ok=True)
        failures = self.failures()
        self.manifest |= {
            "state": COMPLETE,
            "finished": now(),
            "undefined": _undefined(stamps),
            "failed": len(failures),
            "failures": failures.head(100).to_dict("records"),
        }
        self.note()

    # ---- what it holds ----

    def table(self) -> StoredRuns:
        """The runs of the blocks that are done, read a column at a time.

        Errors: ValueError if a block is damaged or belongs to another study.
        """
        self._stamps()
        return StoredRuns(self.folder, self.done)

    def _stamps(self) -> list[dict[str, Any]]:
        """What the blocks that are done say that they belong to.

        Errors: ValueError if a block is damaged or belongs to another study.
        """
        files = [part.rows_file(self.folder) for part in self.done]
        stamps = [stamp_of(file) for file in files]
        for file, stamp in zip(files, stamps, strict=True):
            if not self.owns(stamp):
                raise ValueError(
                    f"{file} does not hold the runs that {MANIFEST_FILE} tells of: its seed or its scenario is another"
                )
        return stamps

    def owns(self, stamp: Mapping[str, Any]) -> bool:
        """Whether a block with this stamp belongs to the study."""
        return bool(
            stamp.get("seed") == self.seed and stamp.get("scenario_sha256") == self.manifest.get("scenario_sha256")
        )

    def failures(self) -> pd.DataFrame:
        return failures_in(self.folder, self.done)

    def counts(self, parts: Sequence[Part] | None = None) -> tuple[Array, Array]:
        """Histogram (period, band, bin) and sums (period, band) over some blocks, or over all that are done.

        Those of all are kept until another block is done, and are not to be written to.
        Errors: those of `add_counts`.
        """
        if parts is None:
            if self._counted is None or self._counted[0] != len(self._done):
                self._counted = len(self._done), self.counts(self.done)
            return self._counted[1]
        horizon, bands = self.scenario.world.horizon, len(band_names(self.scenario))
        histogram = np.zeros((horizon, bands, BINS), dtype=np.int64)
        fixed_sum = np.zeros((horizon, bands), dtype=np.int64)
        for part in parts:
            add_counts(part.counts_file(self.folder), histogram, fixed_sum)
        return histogram, fixed_sum


def _undefined(stamps: Sequence[Mapping[str, Any]]) -> dict[str, int]:
    """How many runs leave a measure undefined, as each block says of itself."""
    counts: Counter[str] = Counter()
    for stamp in stamps:
        counts.update(stamp.get("undefined", {}))
    return dict(counts)


def own_rules_in(folder: Path, manifest: Mapping[str, Any]) -> list[tuple[families.OwnRule, str]]:
    """The user's own rules that made the results, which have to be named again.

    Errors: ValueError if a rule is not known.
    """
    used = manifest.get("own_rules")
    found = []
    for rule in used if isinstance(used, list) else []:
        if not isinstance(rule, dict) or not {"family", "name", "sha256"} <= set(rule):
            continue
        own = families.own_rule(f"rules.{rule['family']}", str(rule["name"]))
        if own is None:
            raise ValueError(f"{folder} uses your own rule {rule['name']}; name its file with --rules")
        found.append((own, str(rule["sha256"])))
    return found


def compute(
    studies: Sequence[Study],
    *,
    workers: int = 1,
    progress: Progress | None = None,
    compute_with: Computed | None = None,
) -> None:
    """Compute the missing blocks of studies and keep each as soon as it is done.

    compute_with    what computes the tasks in place of local workers, such as a cluster
    progress        called with (runs done, runs in all), over all studies, those done before among them
    Errors: those of `aiposim.ensemble.computed`; OSError if the folder cannot be written. What is kept stays.
    """
    tasks = [(study, task) for study in studies for task in study.tasks()]
    total = sum(part.runs for study in studies for part in study.parts)
    done = sum(study.runs_done for study in studies)
    if tasks:
        compile_ahead(studies[0].scenario)
    if progress is not None:
        progress(done, total)
    engine = engine_named(str(studies[0].manifest["engine"]))
    alone = [task for _, task in tasks]
    found = compute_with(alone, engine) if compute_with else computed(alone, workers, engine)
    try:
        for number, block in found:
            tasks[number][0].keep(block)
            done += block.runs
            del block  # before the next one comes
            if progress is not None:
                progress(done, total)
    finally:
        for study in studies:
            study.note()


def engine_named(name: str) -> Compute:
    """What computes a task: "arrays" of many runs, or "agents", one Mesa model a run.

    Errors: ValueError for another name.
    """
    if name == "agents":
        from aiposim.model import compute_models

        return compute_models
    if name != "arrays":
        raise ValueError(f"engine is 'arrays' or 'agents', not {name!r}")
    return compute_block
