"""Designs compared on the same worlds: run by run, each design against the first.

Luck has an address, so run 17 of every design meets the same incidents, crises and changes of government;
the difference between two designs is taken within each run, and most of the luck cancels.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from aiposim.ensemble import Progress
from aiposim.measures import describe
from aiposim.results import Results, open_results, simulate_all, write_folder
from aiposim.results.durable import whole_file, write_json
from aiposim.results.manifest import COMPLETE, FORMAT, MANIFEST_FILE, UNFINISHED, made_with, now, read_manifest
from aiposim.results.study import Shard, Study
from aiposim.results.table import values_of
from aiposim.scenario import Scenario, load

if TYPE_CHECKING:
    import pandas as pd

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
        return len(self.results[0].table)

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
        columns: list[set[str]] = [set(each.table.columns) for each in self.results]
        return tuple(sorted(set[str]().union(*columns) - columns[0].intersection(*columns[1:])))

    @cached_property
    def outcomes(self) -> pd.DataFrame:
        import pandas as pd

        rows = [row for row in self._differences if row["member"] is None]
        return pd.DataFrame(rows, columns=["design", "measure", *_TABLE])

    @cached_property
    def members(self) -> pd.DataFrame:
        import pandas as pd

        rows = [row for row in self._differences if row["member"] is not None]
        return pd.DataFrame(rows, columns=["design", "member", "measure", *_TABLE])

    @cached_property
    def regret(self) -> pd.DataFrame:
        import pandas as pd

        shared = [code for code in self.codes if f"welfare.{code}" not in self.left_out]
        rows = []
        for code in shared:
            welfare = np.array([self.shared(each, f"welfare.{code}") for each in self.results])
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

    @cached_property
    def _finished(self) -> pd.Index[Any] | None:
        """The runs that came to their end under every design; None if that is all runs."""
        indices = [each.table.index for each in self.results]
        if all(index.equals(indices[0]) for index in indices):
            return None
        shared = indices[0]
        for index in indices[1:]:
            shared = shared.intersection(index)
        return shared

    def shared(self, results: Results, column: str) -> NDArray[np.float64]:
        """A column in the runs that came to their end under every design; nan throughout if the design lacks it."""
        if column not in results.table.columns:
            length = len(results.table) if self._finished is None else len(self._finished)
            return np.full(length, np.nan)
        if self._finished is not None:
            return results.table[column].loc[self._finished].to_numpy()
        return values_of(results.table, [column])[column]

    def _against_the_first(self, results: Results) -> Iterator[dict[str, Any]]:
        first, alike = self.results[0], self._alike(results)
        for column in map(str, results.table.columns):
            measure, _, part = column.partition(".")
            member = part if part in self.codes else None
            ours = self.shared(results, column)
            baseline = ours if results is first else self.shared(first, column)
            everything = values_of(results.table, [column])[column]
            yield {
                "design": results.scenario.name,
                "member": member,
                "measure": measure if member else column,
                "mean": float(np.nanmean(everything)) if not np.isnan(everything).all() else np.nan,
                **paired(baseline, ours, describe(column).better if member or alike else "neither"),
                **({"verdict": "baseline"} if results is first else {}),
            }

    def save(self, folder: str | Path, *, overwrite: bool = False, command: Sequence[str] = ()) -> Path:
        """Write the tables, and a results folder for each design; all appears at once, or nothing.

        Errors: FileExistsError if the folder exists and may not be overwritten, or is no results folder.
        """
        return write_folder(folder, self.write_into, overwrite=overwrite, command=command)

    def write_into(self, folder: Path, command: Sequence[str] = ()) -> None:
        """Write everything into an existing, empty folder."""
        manifest = _manifest([each.scenario for each in self.results], self.seed, self.runs, command)
        for results, design in zip(self.results, manifest["designs"], strict=True):
            (folder / design["folder"]).mkdir(parents=True)
            results.write_into(folder / design["folder"], command)
        write_json(folder / MANIFEST_FILE, manifest)
        self.finish(folder)

    def finish(self, folder: Path) -> None:
        """Write the tables of the comparison beside its designs, then say that it is complete.

        Errors: OSError if the folder cannot be written.
        """
        for name, table in ((OUTCOMES_FILE, self.outcomes), (MEMBERS_FILE, self.members), (REGRET_FILE, self.regret)):
            with whole_file(folder / name) as place:
                table.to_parquet(place)
        told = {"state": COMPLETE, "finished": now(), "left_out": list(self.left_out)}
        write_json(folder / MANIFEST_FILE, read_manifest(folder) | told)


def _manifest(designs: Sequence[Scenario], seed: int, runs: int, command: Sequence[str]) -> dict[str, Any]:
    """What is compared, where it lies, and what makes it."""
    made = made_with(designs[0], command)
    return {
        "format": FORMAT,
        "kind": "comparison",
        "state": UNFINISHED,
        "seed": seed,
        "runs": runs,
        "first_run": 0,
        **{key: made[key] for key in ("command", "created", "source_sha256", "versions", "machine")},
        "baseline": designs[0].name,
        "designs": [
            {
                "name": each.name,
                "folder": f"{DESIGNS_FOLDER}/{i:03d}-{_plain(each.name)}",
                "scenario_sha256": each.digest(),
            }
            for i, each in enumerate(designs, 1)
        ],
    }


def begin_comparison(
    folder: Path,
    designs: Sequence[Scenario],
    runs: int,
    *,
    seed: int,
    shard: Shard | None = None,
    panel: str = "none",
    engine: str = "arrays",
    command: Sequence[str] = (),
    asked: dict[str, Any] | None = None,
    **also: Any,
) -> None:
    """Make the folder of a comparison with a study for each design, and write down what is to be computed.

    asked   how the designs were named: `scenarios`, `designs`, `settings`, `vary` (as for `Study.begin`)
    also    what else the manifest is to say, such as `league`
    Errors: OSError if the folder cannot be written; FileExistsError if it holds something.
    """
    manifest = _manifest(designs, seed, runs, command)
    folder.mkdir(parents=True, exist_ok=True)
    if any(folder.iterdir()):
        raise FileExistsError(f"{folder} holds something already")
    for design, told in zip(designs, manifest["designs"], strict=True):
        Study.begin(
            folder / told["folder"],
            design,
            runs,
            seed=seed,
            shard=shard,
            panel=panel,
            engine=engine,
            command=command,
        )
    write_json(folder / MANIFEST_FILE, {**manifest, "shard": str(shard) if shard else None, "asked": asked, **also})


def is_comparison(folder: Path) -> bool:
    """Whether a results folder holds a comparison and not the runs of one design.

    Errors: FileNotFoundError or ValueError if it is no results folder.
    """
    return read_manifest(folder).get("kind") == "comparison"


def studies_in(folder: Path) -> list[Study]:
    """The studies of a results folder: one, or one for each design of a comparison.

    Errors: FileNotFoundError or ValueError that says what is missing or wrong.
    """
    manifest = read_manifest(folder)
    if manifest.get("kind") != "comparison":
        return [Study.open(folder)]
    try:
        places, runs = [str(design["folder"]) for design in manifest["designs"]], int(manifest["runs"])
    except (KeyError, TypeError, ValueError) as error:
        raise ValueError(f"{folder / MANIFEST_FILE} does not read as the manifest of a comparison") from error
    studies = [Study.open(folder / place) for place in places]
    for study in studies:
        study.extend(runs)  # only if the program was ended while it extended them
    return studies


def extend_studies(folder: Path, studies: Sequence[Study], runs: int) -> None:
    """Make the studies of a folder ones of `runs` runs each; the comparison says so first, so that none lags behind.

    Errors: OSError if the folder cannot be written.
    """
    if is_comparison(folder):
        write_json(folder / MANIFEST_FILE, read_manifest(folder) | {"runs": runs, "state": UNFINISHED})
    for study in studies:
        study.extend(runs)


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

    return Comparison(simulate_all(designs, runs, seed=seed, workers=workers, engine=engine, progress=progress))


def open_comparison(folder: str | Path) -> Comparison:
    """Read the folder of a comparison.

    Errors: FileNotFoundError or ValueError that says what is missing or wrong.
    """
    path = Path(folder)
    manifest = read_manifest(path)
    if manifest.get("kind") != "comparison":
        raise ValueError(f"{path} holds the runs of one design and no comparison")
    return Comparison([open_results(study.folder) for study in studies_in(path)])


def paired(baseline: NDArray[np.float64], design: NDArray[np.float64], better: str) -> dict[str, Any]:
    """Mean difference of pairs, its 95 % interval by Student's t, and what to make of it.

    A pair counts if both values are defined. One pair has a difference but no interval.
    """
    difference = design - baseline
    difference = difference[~np.isnan(difference)]
    mean, half_width, pairs = mean_with_half_width(difference)
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


def mean_with_half_width(defined: NDArray[np.float64]) -> tuple[float, float, int]:
    """Mean of values, half the width of its 95 % interval by Student's t, and how many values there are.

    The half-width is nan with fewer than two, and the mean without any.
    """
    many = len(defined)
    mean = float(defined.mean()) if many else np.nan
    if many < 2:
        return mean, np.nan, many
    from scipy.special import stdtrit

    quantile = float(stdtrit(many - 1, 0.5 + CONFIDENCE / 2))
    return mean, quantile * float(defined.std(ddof=1)) / many**0.5, many


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
