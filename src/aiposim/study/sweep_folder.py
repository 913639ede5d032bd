"""The folder of a sensitivity analysis or a discovery: begun, filled part by part, finished; and read again.

manifest.json       what was asked, designs, assumptions with their ranges, what was left out, versions
parts/              means at points, while it is computed
screening.parquet, indices.parquet, points.parquet            of a sensitivity analysis
boxes.parquet, trajectories.parquet, cases.parquet            of a discovery
"""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from aiposim.results import write_folder
from aiposim.results.durable import whole_file, write_json
from aiposim.results.manifest import (
    COMPLETE,
    FORMAT,
    MANIFEST_FILE,
    UNFINISHED,
    made_with,
    now,
    own_rules_of,
    read_manifest,
)
from aiposim.scenario import Scenario, from_dict
from aiposim.study.assumptions import Assumption, LeftOut, left_out
from aiposim.study.discovery import Discovery, boxes_in
from aiposim.study.sensitivity import Sensitivity
from aiposim.study.sweep import PARTS_FOLDER

if TYPE_CHECKING:
    import pandas as pd

SENSITIVITY, DISCOVERY = "sensitivity", "discovery"
_TABLES = {
    SENSITIVITY: ("screening", "indices", "points"),
    DISCOVERY: ("boxes", "trajectories", "cases"),
}


def begin_sweep(
    folder: Path,
    kind: str,
    designs: Sequence[Scenario],
    assumptions: Sequence[Assumption],
    *,
    runs: int,
    seed: int,
    command: Sequence[str] = (),
    asked: Mapping[str, Any] | None = None,
) -> None:
    """Write into an empty folder what is to be computed.

    asked   how it was asked for on the command line, so that it can be gone on with
    """
    made = made_with(designs[0], command)
    told = {"scenario", "scenario_sha256"}
    manifest = {
        "format": FORMAT,
        "kind": kind,
        "state": UNFINISHED,
        "seed": seed,
        "runs": runs,
        **{key: value for key, value in made.items() if key not in told},
        "own_rules": own_rules_of_all(designs),
        "designs": [
            {"name": each.name, "scenario_sha256": each.digest(), "scenario": each.as_dict()} for each in designs
        ],
        "assumptions": [asdict(each) for each in assumptions],
        "left_out": [asdict(each) for each in left_out(*designs)],
        "asked": dict(asked) if asked is not None else None,
    }
    write_json(folder / MANIFEST_FILE, manifest)


def own_rules_of_all(designs: Sequence[Scenario]) -> list[dict[str, str]]:
    """The user's own rules that any of the designs asks for, each with the SHA-256 of its file."""
    found = [rule for each in designs for rule in own_rules_of(each)]
    return [rule for place, rule in enumerate(found) if rule not in found[:place]]


def finish_sweep(folder: Path, result: Sensitivity | Discovery) -> None:
    """Write the tables, say that it is complete, and remove the parts.

    Errors: OSError if the folder cannot be written.
    """
    manifest = read_manifest(folder)
    for name in _TABLES[manifest["kind"]]:
        with whole_file(folder / f"{name}.parquet") as place:
            getattr(result, name).to_parquet(place)
    write_json(folder / MANIFEST_FILE, manifest | _told(result) | {"state": COMPLETE, "finished": now()})
    shutil.rmtree(folder / PARTS_FOLDER, ignore_errors=True)


def _told(result: Sensitivity | Discovery) -> dict[str, Any]:
    if isinstance(result, Sensitivity):
        return {"outcomes": result.outcomes, "kept": [each.key for each in result.left]}
    names = ("outcome", "threshold", "side", "density", "most", "step", "lost")
    return {name: getattr(result, name) for name in names}


def save(result: Sensitivity | Discovery, folder: str | Path, *, overwrite: bool = False) -> Path:
    """Write a folder of results computed in Python; all of it appears at once, or nothing.

    Errors: FileExistsError if the folder exists and `overwrite` is not given, or is not a results folder.
    """

    def write(place: Path, command: Sequence[str]) -> None:
        kind = SENSITIVITY if isinstance(result, Sensitivity) else DISCOVERY
        begin_sweep(
            place, kind, _designs(result), result.assumptions, runs=result.runs, seed=result.seed, command=command
        )
        finish_sweep(place, result)

    return write_folder(folder, write, overwrite=overwrite)


def _designs(result: Sensitivity | Discovery) -> list[Scenario]:
    if isinstance(result, Sensitivity):
        return result.designs
    return [each for each in (result.against, result.design) if each is not None]


def is_sweep(folder: Path) -> bool:
    """Whether a results folder holds one of these, complete or not.

    Errors: FileNotFoundError or ValueError if it is no results folder.
    """
    return read_manifest(folder).get("kind") in _TABLES


def open_sweep(folder: str | Path) -> Sensitivity | Discovery:
    """Read the folder of a complete analysis.

    Errors: FileNotFoundError or ValueError that says what is missing or wrong.
    """
    path = Path(folder)
    manifest = read_manifest(path)
    if manifest.get("kind") not in _TABLES:
        raise ValueError(f"{path} holds no sensitivity analysis and no discovery")
    if manifest.get("state") != COMPLETE:
        raise ValueError(f"{path} is not complete. Go on with: aiposim resume {path}")
    designs = [from_dict(each["scenario"]) for each in manifest["designs"]]
    assumptions = [Assumption(**each) for each in manifest["assumptions"]]
    if manifest["kind"] == DISCOVERY:
        return _discovery(manifest, designs, assumptions, _read(path, "cases"))
    kept = [each for each in assumptions if each.key in manifest["kept"]]
    screening, indices, points = (_read(path, name) for name in _TABLES[SENSITIVITY])
    return Sensitivity(
        designs, manifest["outcomes"], assumptions, kept, screening, indices, points, manifest["runs"], manifest["seed"]
    )


def _discovery(
    manifest: Mapping[str, Any], designs: list[Scenario], assumptions: list[Assumption], cases: pd.DataFrame
) -> Discovery:
    """The boxes are found again in the cases that are kept: the same, since their search follows the seed."""
    points, hits = cases[[each.key for each in assumptions]].to_numpy(float), cases["hit"].to_numpy(bool)
    density, most, step = manifest["density"], manifest["most"], manifest["step"]
    found = boxes_in(points, hits, density=density, most=most, step=step, seed=manifest["seed"])
    return Discovery(
        designs[-1], designs[0] if len(designs) > 1 else None, manifest["outcome"], manifest["threshold"],
        manifest["side"], assumptions, points, cases["outcome"].to_numpy(float), hits, found, manifest["lost"],
        manifest["runs"], manifest["seed"], density, most, step,
    )  # fmt: skip


def left_out_of(folder: Path) -> list[LeftOut]:
    """The assumptions that the analysis in a folder left out."""
    return [_left_out(each) for each in read_manifest(folder)["left_out"]]


def _left_out(told: Mapping[str, Any]) -> LeftOut:
    """Folders of earlier versions have both texts in English alone."""
    if "label" in told:
        return LeftOut(told["key"], text=told["label"], because=told["reason"])
    return LeftOut(**told)


def _read(folder: Path, name: str) -> pd.DataFrame:
    import pandas as pd

    file = folder / f"{name}.parquet"
    if not file.is_file():
        raise FileNotFoundError(f"{folder} lacks {file.name}")
    return pd.read_parquet(file)
