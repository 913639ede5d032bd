"""Shards become one study: their blocks are taken over as they are, so that nothing hangs on how they were computed."""

from __future__ import annotations

import itertools
import os
import shutil
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq

from aiposim.results.bits import DAMAGE, Rows, Tally, Value
from aiposim.results.blocks import BLOCKS_FOLDER, Part, as_parts, parts_of, stamp_of
from aiposim.results.durable import keep_folder, whole_file
from aiposim.results.inputs import PROSE, changed_files, changed_keys, changed_rules, shown
from aiposim.results.manifest import UNFINISHED
from aiposim.results.study import PANEL_FOLDER, Study

_MOST_LISTED = 8
_OF_ONE_FOLDER = ("finished", "undefined", "failed", "failures", "shard")


class MergeError(ValueError):
    """Why folders are not merged: every reason, a line each."""

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = list(problems)


def merge(studies: Sequence[Study], folder: Path) -> Study:
    """Fill an empty folder with the blocks of studies that are parts of one; blocks that none has stay missing.

    Blocks are hard links where the file system has them, else copies. The engine and the machine may differ between
    the studies, since they move no number.
    Errors: MergeError if they are not parts of one study, if a block is damaged, or is in two studies and not the
    same; OSError if the folder cannot be written.
    """
    problems = [problem for study in studies[1:] for problem in why_apart(studies[0], study)]
    if problems:
        raise MergeError(problems)
    parts = _parts_of_the_whole(studies)
    holders = {part: [study for study in studies if part in study.parts and part.is_done(study.folder)]
               for part in parts}  # fmt: skip
    problems = [problem for part, found in holders.items() for problem in _faults(part, found)]
    if problems:
        raise MergeError(problems)
    whole = _empty(studies, parts, folder)
    for part, found in holders.items():
        if found:
            _take(part, found[0], whole)
    for place in {file.parent for part in parts for file in _files(whole, part)}:
        keep_folder(place)
    whole.look()
    whole.note()
    return whole


def why_apart(one: Study, other: Study) -> list[str]:
    """Why two folders are not parts of one study, a line each; empty if they are."""
    lines = []
    for key, words in (("seed", "the seed"), ("runs", "the number of runs"), ("panel", "the panel")):
        if one.manifest.get(key) != other.manifest.get(key):
            lines.append(f"{words} is {shown(one.manifest.get(key))} in the one, {shown(other.manifest.get(key))} in "
                         "the other")  # fmt: skip
    if not _parts_fit([one, other]):
        size, another = one.manifest.get("block_runs"), other.manifest.get("block_runs")
        lines.append(f"the runs are cut into other blocks: of {size} in the one, of {another} in the other")
    if one.scenario.digest() != other.scenario.digest():
        changed = changed_keys(one.scenario.as_dict(), other.scenario.as_dict())
        lines += [f"{key} is {shown(old)} in the one, {shown(new)} in the other" for key, (old, new) in changed.items()
                  if key not in PROSE]  # fmt: skip
    lines += [f"your own rule {rule} is another file" for rule in changed_rules(one.manifest, other.manifest)]
    files = changed_files(one.manifest, other.manifest)
    if files:
        lines.append(f"the code that computed them differs: {_listed(files)}")
    return [f"{one.folder} and {other.folder}: {line}." for line in lines]


def _listed(names: Sequence[str]) -> str:
    more = len(names) - _MOST_LISTED
    return ", ".join(names[:_MOST_LISTED]) + (f" and {more} more" if more > 0 else "")


def _parts_fit(studies: Sequence[Study]) -> bool:
    """Whether the blocks of studies lie beside each other or are the same ones."""
    union = sorted({part for study in studies for part in study.parts})
    return all(before.first + before.runs <= after.first for before, after in itertools.pairwise(union))


def _parts_of_the_whole(studies: Sequence[Study]) -> list[Part]:
    """The blocks of the study that shards are parts of; a study that was extended has blocks of several sizes."""
    union = {part for study in studies for part in study.parts}
    runs = studies[0].runs
    regular = parts_of(0, runs, int(studies[0].manifest["block_runs"]))
    if union <= set(regular):
        return regular
    if sum(part.runs for part in union) == runs:
        return sorted(union)
    raise MergeError([
        f"{studies[0].folder}: its blocks are not those of a study of {runs:,} runs in blocks of "
        f"{studies[0].manifest['block_runs']:,}, and the folders do not have all of them."
    ])  # fmt: skip


def _faults(part: Part, holders: Sequence[Study]) -> Iterator[str]:
    """What is wrong with a block in the folders that have it: damaged, of another study, or not the same in two."""
    sound = []
    for study in holders:
        try:
            rows = Rows.kept(study.folder, part)
            stamp = stamp_of(part.rows_file(study.folder))
            if not study.owns(stamp):
                raise ValueError(f"{part.rows_file(study.folder)} belongs to another study")
            sound.append((study, rows, study.counts([part])))
            for file in _panel_files(study, part):
                pq.read_table(file, page_checksum_verification=True)
        except DAMAGE as error:
            yield f"{error}. Remove {part.rows_file(study.folder)}, and the block counts as missing."
    for study, rows, counts in sound[1:]:
        first, its_rows, its_counts = sound[0]
        tally = Tally()
        tally.add(its_rows, rows)
        files = f"{part.rows_file(first.folder)} and {part.rows_file(study.folder)}"
        for found in tally.unequal.values():
            yield (
                f"{files} are not the same: {found.measure} in {_runs(found.runs)}, the first run {found.first_run}: "
                f"{_exact(found.one)} and {_exact(found.other)}."
            )
        if tally.only_one or tally.only_other:
            yield f"{files} are not the same: only one has {_listed([*tally.only_one, *tally.only_other])}."
        if tally.same and any(not np.array_equal(*pair) for pair in zip(its_counts, counts, strict=True)):
            yield f"{part.counts_file(first.folder)} and {part.counts_file(study.folder)} are not the same."
        for file, another in zip(_panel_files(first, part), _panel_files(study, part), strict=True):
            if file.read_bytes() != another.read_bytes() and not pq.read_table(file).equals(pq.read_table(another)):
                yield f"{file} and {another} are not the same."


def _runs(number: int) -> str:
    return "1 run" if number == 1 else f"{number:,} runs"


def _exact(value: Value) -> str:
    return "none" if value is None else repr(value) if isinstance(value, float) else str(value)


def _empty(studies: Sequence[Study], parts: Sequence[Part], folder: Path) -> Study:
    first = studies[0].manifest
    engines = {str(study.manifest["engine"]) for study in studies}
    manifest = {
        **{key: value for key, value in first.items() if key not in _OF_ONE_FOLDER},
        "state": UNFINISHED,
        "shard": None,
        "engine": engines.pop() if len(engines) == 1 else "arrays",
        "command": without_shard(first.get("command", [])),
        "merged": [
            {"folder": study.folder.name, **{key: study.manifest.get(key) for key in _TOLD_OF_A_SHARD}}
            for study in studies
        ],
        "blocks": [{"first": part.first, "runs": part.runs, "state": "missing"} for part in parts],
    }
    (folder / BLOCKS_FOLDER).mkdir(parents=True)
    whole = Study(folder, manifest, studies[0].scenario)
    for table in whole.panel_tables:
        (folder / PANEL_FOLDER / table).mkdir(parents=True)
    return whole


_TOLD_OF_A_SHARD = ("shard", "engine", "created", "finished", "source_sha256", "versions", "machine")


def without_shard(command: Iterable[object]) -> list[str]:
    """The command that computes the whole study: that of a shard without `--shard I/N`."""
    words = [str(word) for word in command]
    if "--shard" in words:
        at = words.index("--shard")
        del words[at : at + 2]
    return words


def _take(part: Part, source: Study, whole: Study) -> None:
    """Link or copy the files of a block, its rows last."""
    for file, place in zip(_files(source, part), _files(whole, part), strict=True):
        try:
            os.link(file, place)
        except OSError:  # another file system, or one without links
            with whole_file(place) as temporary:
                shutil.copyfile(file, temporary)


def _files(study: Study, part: Part) -> list[Path]:
    return [*_panel_files(study, part), part.counts_file(study.folder), part.rows_file(study.folder)]


def _panel_files(study: Study, part: Part) -> list[Path]:
    return [study.folder / PANEL_FOLDER / table / f"{part.name}.parquet" for table in study.panel_tables]


def missing_runs(study: Study) -> list[str]:
    """The runs of a study that are missing, as ranges: `1000-1999`."""
    spans: list[list[int]] = []
    for part in as_parts(study.manifest["blocks"]):
        if not part.is_done(study.folder):
            if spans and spans[-1][1] == part.first:
                spans[-1][1] += part.runs
            else:
                spans.append([part.first, part.first + part.runs])
    return [f"{first}-{end - 1}" for first, end in spans]
