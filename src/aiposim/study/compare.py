"""Designs compared on the same worlds: run by run, each design against the first.

Luck has an address, so run 17 of every design meets the same incidents, crises and changes of government;
the difference between two designs is taken within each run, and most of the luck cancels.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.special import stdtrit

from aiposim.ensemble import Progress
from aiposim.measures import describe
from aiposim.results import MANIFEST_FILE, Results, open_results, simulate, write_folder
from aiposim.scenario import Scenario, load

CONFIDENCE = 0.95
OUTCOMES_FILE, MEMBERS_FILE, REGRET_FILE = "outcomes.parquet", "members.parquet", "regret.parquet"
DESIGNS_FOLDER = "designs"

_TABLE = ("mean", "difference", "low", "high", "pairs", "share_better", "better", "verdict")


@dataclass(frozen=True)
class Comparison:
    """Several designs on the same worlds; the first is the baseline of every difference.

    outcomes   a row a design and measure: mean (over the design's own runs), difference (mean over the pairs
               of runs in which both designs define the measure, design minus baseline), low and high (95 %
               interval of that mean, Student's t), pairs (how many there are), share_better (share of pairs in
               which the design is better; nan where no direction is better), better ("higher", "lower",
               "neither"), verdict: "baseline"; "unpaired" if there is no pair; "same" if no pair differs
               at all; "unclear" if the interval holds 0 or cannot be formed; else "better" or "worse", or
               "higher" or "lower" where no direction is better. A design with other founders than the
               baseline is neither better nor worse for the whole institute: its outcomes cover other states
    members    the same for the measures of single states, with a column `member`
    regret     a row a design and member: mean over runs of (the highest welfare of the state under any of the
               designs in that run, less its welfare under this one), M US$; states of all designs only
    """

    results: list[Results]

    def __repr__(self) -> str:
        return f"<Comparison of {'; '.join(self.names)}: {self.runs} runs, seed {self.seed}>"

    @property
    def names(self) -> list[str]:
        """Names of the designs, all different, the baseline first."""
        return [each.scenario.name for each in self.results]

    @property
    def seed(self) -> int:
        return self.results[0].seed

    @property
    def runs(self) -> int:
        return len(self.results[0].runs)

    @property
    def codes(self) -> tuple[str, ...]:
        """Codes of all states that found the institute in any of the designs."""
        return tuple(sorted({code for each in self.results for code in each.scenario.codes}))

    @property
    def comparable(self) -> list[str]:
        """Names of the designs with the founders of the first, whose outcomes can be better or worse."""
        return [each.scenario.name for each in self.results if self._alike(each)]

    @cached_property
    def left_out(self) -> tuple[str, ...]:
        """Columns that some of the designs lack (of a state that is no founder there): no pair, no difference."""
        columns: list[set[str]] = [set(each.runs.columns) for each in self.results]
        return tuple(sorted(set[str]().union(*columns) - columns[0].intersection(*columns[1:])))

    @cached_property
    def outcomes(self) -> pd.DataFrame:
        rows = [row for row in self._differences if row["member"] is None]
        return pd.DataFrame(rows, columns=["design", "measure", *_TABLE])

    @cached_property
    def members(self) -> pd.DataFrame:
        rows = [row for row in self._differences if row["member"] is not None]
        return pd.DataFrame(rows, columns=["design", "member", "measure", *_TABLE])

    @cached_property
    def regret(self) -> pd.DataFrame:
        shared = [code for code in self.codes if f"welfare.{code}" not in self.left_out]
        rows = []
        for code in shared:
            welfare = np.array([each.runs[f"welfare.{code}"] for each in self.results])
            regrets = (welfare.max(axis=0) - welfare).mean(axis=1)
            rows += [
                {"design": name, "member": code, "regret": float(regret)}
                for name, regret in zip(self.names, regrets, strict=True)
            ]
        return pd.DataFrame(rows, columns=["design", "member", "regret"])

    @cached_property
    def _differences(self) -> list[dict[str, Any]]:
        return [row for each in self.results for row in self._against_the_first(each)]

    def _alike(self, results: Results) -> bool:
        return results.scenario.codes == self.results[0].scenario.codes

    def _against_the_first(self, results: Results) -> Iterator[dict[str, Any]]:
        first, alike = self.results[0], self._alike(results)
        for column in results.runs.columns:
            measure, _, part = column.partition(".")
            member = part if part in self.codes else None
            theirs = first.runs.get(column)
            ours = results.runs[column].to_numpy()
            baseline = np.full(len(ours), np.nan) if theirs is None else theirs.to_numpy()
            yield {
                "design": results.scenario.name,
                "member": member,
                "measure": measure if member else column,
                "mean": float(np.nanmean(ours)) if not np.isnan(ours).all() else np.nan,
                **paired(baseline, ours, describe(column).better if member or alike else "neither"),
                **({"verdict": "baseline"} if results is first else {}),
            }

    def save(self, folder: str | Path, *, overwrite: bool = False, command: Sequence[str] = ()) -> Path:
        """Write the tables, and a results folder for each design; all appears at once, or nothing.

        Errors: FileExistsError if the folder exists and may not be overwritten, or is no results folder.
        """
        return write_folder(folder, self.write_into, overwrite=overwrite, command=command)

    def write_into(self, folder: Path, command: Sequence[str] = ()) -> None:
        """Write everything into an existing folder."""
        self.outcomes.to_parquet(folder / OUTCOMES_FILE)
        self.members.to_parquet(folder / MEMBERS_FILE)
        self.regret.to_parquet(folder / REGRET_FILE)
        folders = [f"{DESIGNS_FOLDER}/{i:03d}-{_plain(name)}" for i, name in enumerate(self.names, 1)]
        for results, place in zip(self.results, folders, strict=True):
            (folder / place).mkdir(parents=True)
            results.write_into(folder / place, command)
        manifest = json.dumps(self.manifest(folders, command), indent=2, ensure_ascii=False)
        (folder / MANIFEST_FILE).write_text(manifest + "\n", encoding="utf-8")

    def manifest(self, folders: Sequence[str], command: Sequence[str] = ()) -> dict[str, Any]:
        """What was compared, where it lies, and what made it."""
        whole = self.results[0].manifest(command)
        kept = (
            "format",
            "seed",
            "runs",
            "first_run",
            "command",
            "created",
            "source_sha256",
            "versions",
            "machine",
        )
        return {
            "kind": "comparison",
            **{key: whole[key] for key in kept},
            "baseline": self.names[0],
            "designs": [
                {"name": each.scenario.name, "folder": place, "scenario_sha256": each.scenario.digest()}
                for each, place in zip(self.results, folders, strict=True)
            ],
            "left_out": list(self.left_out),
        }


def compare(
    scenarios: Scenario | str | Sequence[Scenario | str],
    runs: int = 1000,
    *,
    seed: int = 2015,
    workers: int = 1,
    engine: str = "arrays",
    progress: Progress | None = None,
) -> Comparison:
    """Each scenario in runs 0 to `runs - 1` of the same worlds; differences are against the first.

    scenarios   several, or one scenario with designs, which then are compared; equal names are told apart
    progress    called with (runs done, runs in all), over all designs
    Errors: ValueError if there are not two designs, or as `simulate`; ScenarioError as `load`.
    """
    designs = named_apart(_designs(scenarios))
    if not designs:
        raise ValueError("there is no scenario to compare")
    if len(designs) == 1:
        raise ValueError(f"there is only one design to compare, {designs[0].name}; simulate runs a single one")

    def simulated(place: int, design: Scenario) -> Results:
        def report(done: int, _: int) -> None:
            if progress is not None:
                progress(place * runs + done, len(designs) * runs)

        return simulate(design, runs, seed=seed, workers=workers, engine=engine, progress=report)

    return Comparison([simulated(place, design) for place, design in enumerate(designs)])


def open_comparison(folder: str | Path) -> Comparison:
    """Read the folder of a comparison.

    Errors: FileNotFoundError or ValueError that says what is missing or wrong.
    """
    path = Path(folder)
    if not (path / MANIFEST_FILE).is_file():
        raise FileNotFoundError(f"{path} is not a results folder: it has no {MANIFEST_FILE}")
    try:
        manifest = json.loads((path / MANIFEST_FILE).read_text(encoding="utf-8"))
        places = [str(design["folder"]) for design in manifest["designs"]]
    except (json.JSONDecodeError, UnicodeDecodeError, KeyError, TypeError) as error:
        raise ValueError(f"{path / MANIFEST_FILE} does not read as the manifest of a comparison") from error
    return Comparison([open_results(path / place) for place in places])


def paired(baseline: NDArray[np.float64], design: NDArray[np.float64], better: str) -> dict[str, Any]:
    """Mean difference of pairs, its 95 % interval by Student's t, and what to make of it.

    A pair counts if both values are defined. One pair has a difference but no interval.
    """
    difference = design - baseline
    difference = difference[~np.isnan(difference)]
    pairs = len(difference)
    mean = float(difference.mean()) if pairs else np.nan
    half_width = np.nan
    if pairs > 1:
        quantile = float(stdtrit(pairs - 1, 0.5 + CONFIDENCE / 2))
        half_width = quantile * float(difference.std(ddof=1)) / pairs**0.5
    wins = {"higher": difference > 0.0, "lower": difference < 0.0}.get(better)
    row: dict[str, Any] = {
        "difference": mean,
        "low": mean - half_width,
        "high": mean + half_width,
        "pairs": pairs,
        "share_better": float(wins.mean()) if wins is not None and pairs else np.nan,
        "better": better,
    }
    if not pairs:
        return {**row, "verdict": "unpaired"}
    return {**row, "verdict": verdict(row["low"], row["high"], better) if difference.any() else "same"}


def verdict(low: float, high: float, better: str) -> str:
    """What an interval of a difference says: "better", "worse", "higher", "lower" or "unclear"."""
    if not (low > 0.0 or high < 0.0):
        return "unclear"
    direction = "higher" if low > 0.0 else "lower"
    if better == "neither":
        return direction
    return "better" if direction == better else "worse"


def named_apart(scenarios: Sequence[Scenario]) -> list[Scenario]:
    """The scenarios with names of their own: where two bear the same, the later ones say what they change."""
    taken: set[str] = set()
    apart: list[Scenario] = []
    for scenario in scenarios:
        name = scenario.name
        if name in taken:
            namesake = next(each for each in scenarios if each.name == name)
            changes = _changes(namesake, scenario)
            name = f"{name}: {', '.join(changes)}" if changes else name
        alike, number = name, 2
        while name in taken:
            name, number = f"{alike} ({number})", number + 1
        taken.add(name)
        apart.append(scenario if name == scenario.name else scenario.with_(name=name))
    return apart


_MOST_CHANGES = 3  # a name that lists more is no name


def _changes(one: Scenario, other: Scenario) -> list[str]:
    before, after = _flat(one.as_dict()), _flat(other.as_dict())
    found = [
        f"{key.removesuffix('.rule').rpartition('.')[2]}={value}"
        for key, value in after.items()
        if before.get(key) != value
    ]
    return found if len(found) <= _MOST_CHANGES else []


def _flat(block: dict[str, Any], prefix: str = "") -> dict[str, Any]:
    flat: dict[str, Any] = {}
    for key, value in block.items():
        if isinstance(value, dict):
            flat |= _flat(value, f"{prefix}{key}.")
        else:
            flat[f"{prefix}{key}"] = value
    return flat


def _designs(scenarios: Scenario | str | Sequence[Scenario | str]) -> list[Scenario]:
    if isinstance(scenarios, str | Scenario):
        return _loaded(scenarios).all_designs()
    return [_loaded(each) for each in scenarios]


def _loaded(scenario: Scenario | str) -> Scenario:
    return load(scenario) if isinstance(scenario, str) else scenario


def _plain(name: str) -> str:
    """A name as part of a folder's: letters, digits and hyphens, not too long."""
    signs = [sign if sign.isascii() and sign.isalnum() else "-" for sign in name.rpartition(": ")[2]]
    words = [word for word in "".join(signs).split("-") if word]
    return "-".join(words)[:40].strip("-") or "design"
