"""Folders of shards become one folder, of one design or of a comparison; it appears at once, or not at all."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from aiposim.results import write_folder
from aiposim.results.durable import keep_folder, write_json
from aiposim.results.manifest import MANIFEST_FILE, UNFINISHED, read_manifest
from aiposim.results.merging import MergeError, merge, without_shard
from aiposim.results.study import Study
from aiposim.study.compare import open_comparison, studies_in
from aiposim.study.tournament import tournament_in

_COMPARISON = "comparison"


def merge_folders(folders: Sequence[Path], target: Path, *, overwrite: bool = False) -> list[Study]:
    """Merge results folders that are parts of one study into `target`; the studies of it, finished where complete.

    Errors: MergeError with every reason why they are not merged; FileNotFoundError or ValueError for a folder that
    holds no results; FileExistsError if `target` is there and may not be overwritten; OSError.
    """
    manifests = [read_manifest(folder) for folder in folders]
    kinds = {str(manifest.get("kind")) for manifest in manifests}
    if len(kinds) > 1:
        names = [str(folder) for folder, each in zip(folders, manifests, strict=True) if each["kind"] == _COMPARISON]
        raise MergeError([f"{', '.join(names)}: a comparison, and the other folders hold the runs of one design."])
    shards = [studies_in(folder) for folder in folders]
    compared = kinds == {_COMPARISON}
    if compared:
        _refuse_other_designs(folders, shards)

    def fill(place: Path, _: object) -> None:
        problems = []
        for of_one_design in zip(*shards, strict=True):
            inside = of_one_design[0].folder.relative_to(folders[0])
            (place / inside).mkdir(parents=True, exist_ok=True)
            try:
                whole = merge(of_one_design, place / inside)
            except MergeError as error:
                problems += error.problems
                continue
            if not whole.missing:
                whole.finish()
        if problems:
            raise MergeError(problems)
        if compared:
            _write_comparison(place, manifests[0])

    write_folder(target, fill, overwrite=overwrite)
    keep_folder(target.absolute().parent)
    return studies_in(target)


def _refuse_other_designs(folders: Sequence[Path], shards: Sequence[Sequence[Study]]) -> None:
    names = [[study.scenario.name for study in studies] for studies in shards]
    problems = [
        f"{folders[0]} and {folder}: the designs are {'; '.join(names[0])} in the one, {'; '.join(these)} in the other."
        for folder, these in zip(folders[1:], names[1:], strict=True)
        if these != names[0]
    ]
    if problems:
        raise MergeError(problems)


def _write_comparison(place: Path, first: dict[str, object]) -> None:
    command = first.get("command")
    manifest = {key: value for key, value in first.items() if key not in ("finished", "left_out")} | {
        "state": UNFINISHED,
        "shard": None,
        "command": without_shard(command if isinstance(command, list) else []),
    }
    write_json(place / MANIFEST_FILE, manifest)
    if not any(study.missing for study in studies_in(place)):
        comparison = open_comparison(place)
        comparison.finish(place)
        tournament = tournament_in(manifest, comparison)
        if tournament is not None:
            tournament.finish(place)
