"""From runs to tables: simulate a scenario, keep the results in a folder, open them again."""

from __future__ import annotations

import json
import os
import platform
import shutil
import tempfile
import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib import metadata
from operator import attrgetter
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from aiposim import families
from aiposim.compiled import source_digest
from aiposim.driver import Block, charter_of, compile_ahead, label_of
from aiposim.ensemble import DEFAULT_BLOCK, Progress, blocks
from aiposim.quantities import Array
from aiposim.scenario import Scenario, from_dict, load
from aiposim.state import BANDS, BINS, FIXED_POINT

QUANTILES = {"q05": 0.05, "q25": 0.25, "q50": 0.50, "q75": 0.75, "q95": 0.95}
FORMAT = 1
"""Version of the folder's format, in its manifest."""
BANDS_COLUMNS = ("period", "label", "measure", "mean", *QUANTILES, "defined")
WHOLE_NUMBERS = ("incidents", "members")
RUNS_FILE, BANDS_FILE, MANIFEST_FILE = "runs.parquet", "bands.parquet", "manifest.json"


@dataclass(frozen=True)
class Results:
    """The runs of one scenario.

    runs    a row a run (index `run`, from 0), a float64 column a measure; undefined is nan
    bands   by period and measure: mean and quantiles over the runs (from histograms of 512 bins, so that
            blocks merge exactly: a quantile is right to about 0.2 % of the measure's range); `defined` says
            in how many runs the measure was defined in that period
    """

    scenario: Scenario
    seed: int
    runs: pd.DataFrame
    bands: pd.DataFrame

    def __repr__(self) -> str:
        return f"<Results of {self.scenario.name}: {len(self.runs)} runs, seed {self.seed}>"

    @property
    def undefined(self) -> pd.Series[Any]:
        """How many runs leave each measure undefined."""
        return self.runs.isna().sum()

    def save(self, folder: str | Path, *, overwrite: bool = False, command: Sequence[str] = ()) -> Path:
        """Write runs.parquet, bands.parquet and manifest.json; all of the folder appears at once, or nothing.

        Errors: FileExistsError if the folder exists and `overwrite` is not given, or is not a results folder.
        """
        return write_folder(folder, self.write_into, overwrite=overwrite, command=command)

    def write_into(self, folder: Path, command: Sequence[str] = ()) -> None:
        """Write the three files into an existing folder."""
        self.runs.assign(seed=np.uint64(self.seed)).to_parquet(folder / RUNS_FILE)
        self.bands.to_parquet(folder / BANDS_FILE)
        manifest = json.dumps(self.manifest(command), indent=2, ensure_ascii=False)
        (folder / MANIFEST_FILE).write_text(manifest + "\n", encoding="utf-8")

    def manifest(self, command: Sequence[str] = ()) -> dict[str, Any]:
        """Everything needed to compute the same runs again."""
        return {
            "format": FORMAT,
            "scenario": self.scenario.as_dict(),
            "scenario_sha256": self.scenario.digest(),
            "seed": self.seed,
            "runs": len(self.runs),
            "first_run": int(self.runs.index[0]),
            "command": list(command),
            "created": datetime.now(UTC).isoformat(timespec="seconds"),
            "source_sha256": source_digest(),
            "own_rules": _own_rules(self.scenario),
            "versions": {"python": platform.python_version(), **_versions()},
            "machine": {"platform": platform.platform(), "processors": os.cpu_count()},
            "undefined": {name: int(count) for name, count in self.undefined.items() if count},
        }


def write_folder(
    folder: str | Path, write: Callable[[Path, Sequence[str]], None], *, overwrite: bool, command: Sequence[str] = ()
) -> Path:
    """Let `write(temporary_folder, command)` fill a sibling of `folder`, then put it in its place.

    Errors: FileExistsError if `folder` exists and may not be overwritten; only results folders ever are.
    """
    target = Path(folder)
    _refuse_existing(target, overwrite)
    target.parent.mkdir(parents=True, exist_ok=True)
    temporary = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=target.parent))
    try:
        write(temporary, command)
        temporary.chmod(0o755)
        if target.exists():
            shutil.rmtree(target)
        temporary.replace(target)
    except BaseException:
        shutil.rmtree(temporary, ignore_errors=True)
        raise
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
    block: int = DEFAULT_BLOCK,
    engine: str = "arrays",
    progress: Progress | None = None,
) -> Results:
    """Runs 0 to `runs - 1` of a scenario; the same for any `workers`, `block` and `engine`.

    workers    processes; a script that asks for more than one needs `if __name__ == "__main__":` round its work
    engine     "arrays", or "agents" for one Mesa model a run (slow, the same numbers)
    progress   called with (runs done, runs in all) after each block
    Errors: ValueError for a number of runs, workers, a block or a seed out of range.
    """
    scenario = load(scenario) if isinstance(scenario, str) else scenario
    _check_whole_number("runs", runs, 1, "2**32", 2**32)
    _check_whole_number("workers", workers, 1, "4096", 4096)
    _check_whole_number("block", block, 1, "2**32", 2**32)
    _check_whole_number("seed", seed, 0, "2**64 - 1", 2**64 - 1)
    compile_ahead(scenario)
    if engine == "arrays":
        parts = blocks(scenario, runs, seed=seed, workers=workers, block=block, progress=progress)
    elif engine == "agents":
        from aiposim.model import model_blocks

        parts = model_blocks(scenario, runs, seed=seed, progress=progress)
    else:
        raise ValueError(f"engine is 'arrays' or 'agents', not {engine!r}")
    return _results(scenario, seed, parts)


def _check_whole_number(name: str, value: object, least: int, most_in_words: str, most: int) -> None:
    if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
        raise ValueError(f"{name} is a whole number from {least} to {most_in_words}, not {value!r}")


def _results(scenario: Scenario, seed: int, parts: list[Block]) -> Results:
    names = list(parts[0].columns)
    columns = {name: np.concatenate([part.columns[name] for part in parts]) for name in names}
    index = pd.RangeIndex(sum(len(part.columns[names[0]]) for part in parts), name="run")
    histogram, fixed_sum = parts[0].histogram.copy(), parts[0].fixed_sum.copy()
    for part in parts[1:]:
        histogram += part.histogram
        fixed_sum += part.fixed_sum
    return Results(scenario, seed, pd.DataFrame(columns, index=index), _bands(scenario, histogram, fixed_sum))


def _bands(scenario: Scenario, histogram: Array, fixed_sum: Array) -> pd.DataFrame:
    given = charter_of(scenario)[0].given
    measures = [*BANDS, *(f"share.{code}" for code in scenario.codes)]
    periods = histogram.shape[0]
    count = histogram.sum(axis=2)
    with np.errstate(invalid="ignore", divide="ignore"):
        columns: dict[str, Any] = {"mean": fixed_sum / FIXED_POINT / count}
    spread = np.array([name not in WHOLE_NUMBERS for name in measures])
    for name, level in QUANTILES.items():
        columns[name] = given.band_low + _quantile(histogram, count, level, spread) / given.band_scale
    labels = [label_of(t, scenario.world.start) for t in range(periods)]
    return pd.DataFrame(
        {
            "period": np.repeat(np.arange(periods), len(measures)),
            "label": np.repeat(labels, len(measures)),
            "measure": np.tile(measures, periods),
            **{name: np.ravel(values) for name, values in columns.items()},
            "defined": np.ravel(count),
        }
    )


def _quantile(histogram: Array, count: Array, level: float, spread: Array) -> Array:
    """Place of a quantile in bins; within its bin evenly spread, or at its start; nan where nothing was counted."""
    cumulated = np.cumsum(histogram, axis=2)
    wanted = level * count
    bin_ = np.minimum((cumulated < wanted[..., None]).sum(axis=2), BINS - 1)
    inside = np.take_along_axis(histogram, bin_[..., None], axis=2)[..., 0]
    before = np.take_along_axis(cumulated, bin_[..., None], axis=2)[..., 0] - inside
    part = (wanted - before) / np.maximum(inside, 1)
    return np.where(count > 0, bin_ + spread * np.clip(part, 0.0, 1.0), np.nan)


def open_results(folder: str | Path) -> Results:
    """Read a results folder.

    Errors: FileNotFoundError or ValueError that says what is missing or wrong.
    """
    path = Path(folder)
    if (path / "designs").is_dir() and not (path / RUNS_FILE).is_file():
        raise FileNotFoundError(f"{path} holds a comparison; open one of the designs in {path / 'designs'}")
    for name in (MANIFEST_FILE, RUNS_FILE, BANDS_FILE):
        if not (path / name).is_file():
            raise FileNotFoundError(f"{path} is not a results folder: it has no {name}")
    manifest = _manifest(path / MANIFEST_FILE)
    _check_own_rules(path, manifest.get("own_rules"))
    try:
        scenario, seed = from_dict(manifest["scenario"]), int(manifest["seed"])
    except (KeyError, TypeError, ValueError) as error:
        raise ValueError(f"{path / MANIFEST_FILE} does not hold a scenario of this version of aiposim") from error
    runs, bands = _table(path / RUNS_FILE, ("seed", "cooperation_index")), _table(path / BANDS_FILE, BANDS_COLUMNS)
    if len(runs) != manifest.get("runs") or set(runs["seed"].tolist()) != {seed}:
        raise ValueError(f"{path / RUNS_FILE} does not hold the runs that {MANIFEST_FILE} tells of")
    return Results(scenario, seed, runs.drop(columns="seed"), bands)


def _manifest(file: Path) -> dict[str, Any]:
    try:
        manifest = json.loads(file.read_text(encoding="utf-8"))
    except ValueError as error:
        raise ValueError(f"{file} does not read as JSON: {error}") from error
    if not isinstance(manifest, dict):
        raise ValueError(f"{file} does not read as a manifest: it is not a mapping")
    if manifest.get("format") != FORMAT:
        raise ValueError(f"{file} is of format {manifest.get('format')!r}; this version of aiposim reads {FORMAT}")
    return manifest


def _check_own_rules(folder: Path, used: object) -> None:
    """The user's own rules that made the results have to be named again; a file that was edited since is warned of."""
    for rule in used if isinstance(used, list) else []:
        if not isinstance(rule, dict) or not {"family", "name", "sha256"} <= set(rule):
            continue
        own = families.own_rule(f"rules.{rule['family']}", str(rule["name"]))
        if own is None:
            raise ValueError(f"{folder} uses your own rule {rule['name']}; name its file with --rules")
        if own.sha256 != rule["sha256"]:
            warnings.warn(f"{own.file} was edited after the results in {folder} were computed", stacklevel=3)


def _table(file: Path, needed: Sequence[str]) -> pd.DataFrame:
    try:
        table = pd.read_parquet(file)
    except (OSError, ValueError) as error:
        raise ValueError(f"{file} is damaged: it does not read as Parquet") from error
    missing = [name for name in needed if name not in table.columns]
    if missing:
        raise ValueError(f"{file} is not the table it should be: it has no column {', '.join(missing)}")
    return table


def _own_rules(scenario: Scenario) -> list[dict[str, str]]:
    """The user's own rules that a scenario asks for, each with the SHA-256 of its file."""
    found = [
        (family, families.own_rule(f"rules.{family}", attrgetter(f"{key}.rule")(scenario)))
        for family, key in families.CHOSEN_BY.items()
    ]
    return [{"family": family, "name": rule.name, "sha256": rule.sha256} for family, rule in found if rule]


def _versions() -> dict[str, str]:
    names = ("aiposim", "mesa", "numba", "numpy", "pandas", "pyarrow", "pydantic")
    return {name: _version(name) for name in names}


def _version(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return "not installed"
