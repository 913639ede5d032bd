"""A results folder against itself and against the model: files are read whole, runs are computed again.

What was computed again is compared to the bit with what is kept: measures, failures, counts, panels. Tables that are
made of the blocks are made again. Nothing is written.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute

from aiposim.driver import Block, Task, compile_ahead
from aiposim.ensemble import Progress, computed
from aiposim.results.bands import band_names, bands_of
from aiposim.results.bits import DAMAGE, Rows, Tally, pieces_of, spread
from aiposim.results.blocks import Part, add_counts, stamp_of
from aiposim.results.findings import Finding, TableTally, read_table, table_findings
from aiposim.results.inputs import Changes, changed_files, changed_rules, changes
from aiposim.results.manifest import MANIFEST_FILE, own_rules_of, source_files, versions
from aiposim.results.study import BANDS_FILE, MOST_IN_ONE_FILE, PANEL_FOLDER, RUNS_FILE, Study

SAMPLE = 300
"""Runs that are computed again unless told."""
_LARGEST_BLOCK_OF_A_SAMPLE = 10_000


@dataclass
class Verification:
    """What was compared, and what was found.

    runs_kept, runs_computed    runs in the folder, and how many of them were computed again
    values                      values of measures that were compared with those computed again
    blocks_whole                blocks computed whole, whose counts were compared as well
    panel_values                values of panels that were compared
    files                       files that were read, all of them whole
    rebuilt                     tables made again from the blocks and compared
    changed_files, changed_rules, changed_versions
                                what is another now than it was when the results were computed
    """

    folder: Path
    name: str
    seed: int
    runs_whole: int
    runs_kept: int
    runs_computed: int = 0
    values: int = 0
    blocks_whole: int = 0
    panel_values: int = 0
    files: int = 0
    rebuilt: list[str] = field(default_factory=list)
    changed_files: list[str] = field(default_factory=list)
    changed_rules: Changes = field(default_factory=dict)
    changed_versions: Changes = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    @property
    def same_code(self) -> bool:
        return not self.changed_files and not self.changed_rules


def sample_of(study: Study, runs: int | None, *, everything: bool = False) -> list[tuple[Part, int, int]]:
    """What is computed again: pieces of blocks that are done, as (block, first run, runs).

    runs   how many, spread evenly, the first and the last among them; by default 300, and one block whole
    """
    done = study.done
    total = study.runs_done
    if everything or (runs or SAMPLE) >= total:
        return [(part, part.first, part.runs) for part in done]
    pieces = list(pieces_of(done, spread(total, runs or SAMPLE)))
    middle = done[len(done) // 2]
    if runs is None and middle.runs <= _LARGEST_BLOCK_OF_A_SAMPLE:
        pieces = [*(piece for piece in pieces if piece[0] != middle), (middle, middle.first, middle.runs)]
    return sorted(pieces)


def verify(
    study: Study, pieces: Sequence[tuple[Part, int, int]], *, workers: int = 1, progress: Progress | None = None
) -> Verification:
    """Read every file of a study, compute `pieces` of it again, and say what is not the same.

    progress   called with (runs computed, runs in all)
    Errors: those of `aiposim.ensemble.computed`.
    """
    manifest = study.manifest
    found = Verification(study.folder, study.scenario.name, study.seed, study.runs, study.runs_done)
    found.changed_files = changed_files(manifest, {"source": source_files()})
    found.changed_rules = changed_rules(manifest, {"own_rules": own_rules_of(study.scenario)})
    found.changed_versions = changes(manifest.get("versions"), versions())
    _check_manifest(study, found)
    sound = _check_blocks(study, found)
    _compute_again(study, [piece for piece in pieces if piece[0] in sound], found, workers, progress)
    return found


# ---- what is kept, against itself ----


def _check_manifest(study: Study, found: Verification) -> None:
    if study.manifest.get("scenario_sha256") != study.scenario.digest():
        message = "its scenario is not the one of its digest scenario_sha256"
        found.findings.append(Finding("damaged", MANIFEST_FILE, message))
    if study.manifest["state"] == "complete" and study.missing:
        for part in study.missing:
            file = _inside(study, part.rows_file(study.folder))
            found.findings.append(Finding("missing", file, "the study is complete and lacks this block"))


def _check_blocks(study: Study, found: Verification) -> set[Part]:
    """Read all blocks and the tables made of them; those blocks that can be compared with runs computed again."""
    sound = set()
    histogram, fixed_sum = study.counts([])
    table = _kept_table(study, RUNS_FILE, found) if _has_one_file(study) else None
    against, failed, undefined, row = TableTally(RUNS_FILE), 0, dict[str, int](), 0
    for part in study.done:
        before = len(found.findings)
        rows = _readable(study, part, found)
        found.files += 2
        _add_counts(study, part, histogram, fixed_sum, found)
        for name in study.panel_tables:
            _kept_table(study, f"{PANEL_FOLDER}/{name}/{part.name}.parquet", found)
        if rows is not None:
            failed += len(rows.failures)
            for name, column in rows.columns.items():
                undefined[name] = undefined.get(name, 0) + int(np.isnan(column).sum())
            if table is not None:
                whole = {"run": rows.numbers, **rows.columns, "seed": np.full(len(rows.numbers), study.seed, np.uint64)}
                against.add(table.slice(row, len(rows.numbers)), whole, row)
                row += len(rows.numbers)
        if len(found.findings) == before:
            sound.add(part)
    if not study.is_complete or len(sound) < len(study.done):
        return sound
    if table is not None:
        if table.num_rows != row:
            message = f"it holds {table.num_rows:,} runs, the blocks {row:,}"
            found.findings.append(Finding("differs", RUNS_FILE, message))
        found.findings += against.findings(table)
        found.rebuilt.append(RUNS_FILE)
    bands = _kept_table(study, BANDS_FILE, found)
    if bands is not None:
        found.findings += table_findings(BANDS_FILE, bands, bands_of(study.scenario, histogram, fixed_sum))
        found.rebuilt.append(BANDS_FILE)
    told = {"failed": failed, "undefined": {name: count for name, count in undefined.items() if count}}
    for key, count in told.items():
        if study.manifest.get(key) != count:
            message = f"{key} is {study.manifest.get(key)}, and {count} by the blocks"
            found.findings.append(Finding("differs", MANIFEST_FILE, message))
    return sound


def _has_one_file(study: Study) -> bool:
    return study.is_complete and (study.runs_done <= MOST_IN_ONE_FILE or (study.folder / RUNS_FILE).is_file())


def _readable(study: Study, part: Part, found: Verification) -> Rows | None:
    file = part.rows_file(study.folder)
    try:
        rows = Rows.kept(study.folder, part)
        stamp = stamp_of(file)
    except DAMAGE as error:
        found.findings.append(_damaged(study, file, error))
        return None
    if not study.owns(stamp):
        message = "it belongs to another study: its seed or its scenario is not the one of manifest.json"
        found.findings.append(Finding("damaged", _inside(study, file), message))
        return None
    return rows


def _add_counts(study: Study, part: Part, histogram: Any, fixed_sum: Any, found: Verification) -> None:
    file = part.counts_file(study.folder)
    try:
        add_counts(file, histogram, fixed_sum)
    except (*DAMAGE, IndexError) as error:
        found.findings.append(_damaged(study, file, error))


def _damaged(study: Study, file: Path, error: BaseException) -> Finding:
    if isinstance(error, FileNotFoundError):
        return Finding("missing", _inside(study, file), "it is not there")
    words = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return Finding("damaged", _inside(study, file), words.replace(f"{file} is damaged: ", "").replace(f"{file} ", ""))


def _inside(study: Study, file: Path) -> str:
    return file.relative_to(study.folder).as_posix()


def _panel_file(study: Study, table: str, part: Part) -> Path:
    return study.folder / PANEL_FOLDER / table / f"{part.name}.parquet"


def _kept_table(study: Study, name: str, found: Verification) -> pa.Table | None:
    file = study.folder / name
    found.files += 1
    try:
        return read_table(file)
    except DAMAGE as error:
        found.findings.append(_damaged(study, file, error))
        return None


# ---- what is kept, against what is computed again ----


def _compute_again(
    study: Study,
    pieces: Sequence[tuple[Part, int, int]],
    found: Verification,
    workers: int,
    progress: Progress | None,
) -> None:
    panel = str(study.manifest["panel"])
    tasks = [Task(study.scenario, first, runs, study.seed, panel) for _, first, runs in pieces]
    total = sum(task.runs for task in tasks)
    tally, panels, kept = Tally(), {table: TableTally(f"{PANEL_FOLDER}/{table}") for table in study.panel_tables}, None
    if tasks:
        compile_ahead(study.scenario)
    for number, block in computed(tasks, workers):
        part = pieces[number][0]
        if kept is None or kept[0] != part:
            kept = (part, Rows.kept(study.folder, part))
        tally.add(kept[1].within(block.first, block.runs), Rows.of(block), _inside(study, part.rows_file(study.folder)))
        if block.runs == part.runs:
            found.blocks_whole += 1
            _compare_counts(study, part, block, found)
        if panels:
            _compare_panels(study, part, block, panels, found)
        if progress is not None:
            progress(tally.runs, total)
    found.runs_computed, found.values = tally.runs, tally.values
    found.panel_values = sum(table.values for table in panels.values())
    found.findings += _findings_of(tally)


def _findings_of(tally: Tally) -> list[Finding]:
    told = [("kept and not computed", tally.only_one), ("computed and not kept", tally.only_other)]
    lines = [Finding("differs", "blocks", f"{name} is {words} by this code", name)
             for words, names in told for name in names]  # fmt: skip
    for each in sorted(tally.unequal.values(), key=lambda each: each.first_run):
        file, *more = each.places
        message = f"and {len(more)} more blocks" if more else ""
        lines.append(Finding("differs", file, message, each.measure, each.runs, each.first_run, each.one, each.other))
    return lines


def _compare_counts(study: Study, part: Part, block: Block, found: Verification) -> None:
    histogram, fixed_sum = study.counts([part])
    file = part.counts_file(study.folder)
    unequal = (histogram != block.histogram).any(axis=2) | (fixed_sum != block.fixed_sum)
    if unequal.any():
        period, band = (int(place[0]) for place in np.nonzero(unequal))
        message = f"the counts of {int(unequal.sum())} bands; the first in period {period}"
        kept, again = int(fixed_sum[period, band]), int(block.fixed_sum[period, band])
        if kept == again:
            at = int(np.flatnonzero(histogram[period, band] != block.histogram[period, band])[0])
            message += f", bin {at}"
            kept, again = int(histogram[period, band, at]), int(block.histogram[period, band, at])
        found.findings.append(
            Finding("differs", _inside(study, file), message, band_names(study.scenario)[band], kept=kept,
                    computed=again)
        )  # fmt: skip


def _compare_panels(study: Study, part: Part, block: Block, panels: dict[str, TableTally], found: Verification) -> None:
    from aiposim.panel import as_table

    for name, columns in block.panel.items():
        file = _panel_file(study, name, part)
        kept = read_table(file)
        again = as_table(columns, study.scenario.codes)
        within = pa.compute.and_(
            pa.compute.greater_equal(kept["run"], block.first), pa.compute.less(kept["run"], block.first + block.runs)
        )
        kept = kept.filter(within)
        against = TableTally(_inside(study, file))
        against.add(kept, {each: again[each].to_numpy(zero_copy_only=False) for each in again.column_names}, 0)
        panels[name].values += against.values
        found.findings += against.findings(kept)
        if kept.num_rows != again.num_rows:
            message = f"it has {kept.num_rows:,} rows of runs {block.first} to {block.first + block.runs - 1}, not "
            found.findings.append(Finding("differs", against.file, f"{message}{again.num_rows:,}"))
