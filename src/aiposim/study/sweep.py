"""Many points in the space of assumptions, each with the same worlds: means over the runs, kept as they are computed.

Into a folder a sweep writes part after part, so that after an interruption only what is missing is computed; a point is
known again by the digest of its scenario.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from aiposim import families
from aiposim.driver import Block, Task, compile_ahead
from aiposim.ensemble import Progress, compute_block, computed
from aiposim.measures import describe
from aiposim.results import simulate
from aiposim.results.durable import whole_file
from aiposim.scenario import Scenario
from aiposim.study.assumptions import Assumption
from aiposim.study.sampling import at_point

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    Column = NDArray[np.float64]

PARTS_FOLDER = "parts"
_TOGETHER = 96  # scenarios between two writings: what a killed process loses is some seconds of work


@dataclass(frozen=True)
class Evaluated:
    """What points came to.

    series   an outcome of a design (or its difference from the first) by name, (point,)
    table    a row a design and point: design, point, the assumptions by key, the mean of each measure over the runs
    """

    series: dict[str, Column]
    table: pd.DataFrame


class Sweep:
    """Designs at many points, with one seed.

    outcomes   columns of `runs`; a name without the part behind its dot stands for all its parts
    failed     runs that failed so far
    """

    def __init__(
        self,
        designs: Sequence[Scenario],
        outcomes: Sequence[str],
        runs: int,
        *,
        seed: int,
        workers: int = 1,
    ) -> None:
        """Errors: ValueError if an outcome is unknown, or a number is out of range."""
        self.designs, self.runs, self.seed, self.workers = list(designs), runs, seed, workers
        self.folder: Path | None = None
        self.outcomes = outcome_columns(self.designs, outcomes, seed)
        self.failed = 0
        self._known: dict[str, dict[str, float]] = {}
        self._parts = 0

    def keep_in(self, folder: Path) -> None:
        """From now on write what is computed into a folder, and take from there what is known already."""
        self.folder = folder
        self._read_parts(folder / PARTS_FOLDER)

    def evaluate(
        self, assumptions: Sequence[Assumption], points: Column, progress: Progress | None = None
    ) -> Evaluated:
        """Every design at every point; `progress` is called with (runs done, runs in all), those known among them.

        Errors: ScenarioError if assumptions do not go together; those of `aiposim.ensemble.computed`; OSError.
        """
        if len(points):
            compile_ahead(self.designs[0])
        total, rows = len(points) * len(self.designs), list[dict[str, float]]()
        together = max(1, _TOGETHER // len(self.designs))
        for first in range(0, len(points), together):
            some = points[first : first + together]
            scenarios = [at_point(design, assumptions, point) for point in some for design in self.designs]
            rows += self._rows(scenarios, len(rows), total, progress)
        return self._evaluated(assumptions, points, rows)

    @property
    def kept(self) -> int:
        """Designs at points that are known."""
        return len(self._known)

    def parts_of(self, series: str) -> tuple[str, str, str]:
        """Design, the design it is compared with ("" if it is not), and outcome of a series."""
        number, against, outcome = series.split("|", 2)
        return self.designs[int(number)].name, self.designs[0].name if against else "", outcome

    def _rows(
        self, scenarios: Sequence[Scenario], done: int, total: int, progress: Progress | None
    ) -> list[dict[str, float]]:
        digests = [scenario.digest() for scenario in scenarios]
        missing = {digest: place for place, digest in enumerate(digests) if digest not in self._known}
        tasks = [Task(scenarios[place], 0, self.runs, self.seed) for place in missing.values()]
        known = done + len(scenarios) - len(missing)
        found: dict[str, dict[str, float]] = {}
        named = list(missing)
        try:
            for count, (number, block) in enumerate(computed(tasks, self.workers, rows_alone), 1):
                self.failed += len(block.failures)
                found[named[number]] = {name: _mean(column) for name, column in block.columns.items()}
                if progress is not None:
                    progress((known + count) * self.runs, total * self.runs)
        finally:
            self._keep(found)
        if progress is not None and not tasks:
            progress(known * self.runs, total * self.runs)
        return [self._known[digest] for digest in digests]

    def _keep(self, found: dict[str, dict[str, float]]) -> None:
        self._known |= found
        if self.folder is None or not found:
            return
        import pandas as pd

        place = self.folder / PARTS_FOLDER
        place.mkdir(exist_ok=True)
        with whole_file(place / f"{self._parts:06d}.parquet") as file:
            pd.DataFrame.from_dict(found, orient="index").rename_axis("scenario_sha256").to_parquet(file)
        self._parts += 1

    def _read_parts(self, place: Path) -> None:
        import pandas as pd

        files = sorted(place.glob("*.parquet"))
        for file in files:
            self._known |= pd.read_parquet(file).to_dict("index")  # type: ignore[arg-type]
        self._parts = len(files)

    def _evaluated(self, assumptions: Sequence[Assumption], points: Column, rows: list[dict[str, float]]) -> Evaluated:
        import pandas as pd

        designs = len(self.designs)
        where: dict[str, Any] = {
            "design": [design.name for design in self.designs] * len(points),
            "point": np.repeat(np.arange(len(points)), designs),
        }
        where |= {each.key: np.repeat(points[:, place], designs) for place, each in enumerate(assumptions)}
        table = pd.concat([pd.DataFrame(where), pd.DataFrame(rows)], axis=1)
        series = {}
        for place in range(designs):
            for outcome in self.outcomes:
                here = table[outcome].to_numpy()[place::designs]
                series[f"{place}||{outcome}"] = here
                if place:
                    series[f"{place}|first|{outcome}"] = here - table[outcome].to_numpy()[::designs]
        return Evaluated(series, table)


def rows_alone(task: Task) -> Block:
    """The runs of a task without their histograms, which nobody asks for and which are large."""
    nothing = np.empty(0, dtype=np.uint32)
    return replace(compute_block(task), histogram=nothing, fixed_sum=nothing)


def _mean(column: Column) -> float:
    """Over the runs that define it."""
    defined = column[~np.isnan(column)]
    return float(defined.mean()) if len(defined) else np.nan


def outcome_columns(designs: Sequence[Scenario], names: Sequence[str], seed: int = 0) -> list[str]:
    """Columns that names stand for, of those that every design has; `welfare` is the welfare of each.

    Errors: ValueError if there is no such column, or none is named.
    """
    if not names:
        raise ValueError("no outcome is named; name one, as cooperation_index")
    tables = [set(map(str, simulate(design, 1, seed=seed).table.columns)) for design in designs]
    shared = set.intersection(*tables)
    columns = [column for column in map(str, simulate(designs[0], 1, seed=seed).table.columns) if column in shared]
    found: list[str] = []
    for name in names:
        parts = [name] if name in columns else [column for column in columns if column.startswith(f"{name}.")]
        if not parts:
            raise ValueError(_no_outcome(name, columns))
        found += parts
    return list(dict.fromkeys(found))


def _no_outcome(name: str, columns: Sequence[str]) -> str:
    try:
        describe(name)
    except KeyError as error:
        return str(error.args[0])
    siblings = [column for column in columns if column.partition(".")[0] == name.partition(".")[0]]
    return f"no outcome {name!r}; there are: {', '.join(siblings)}"


def designs_chosen(scenario: Scenario, names: Sequence[str]) -> list[Scenario]:
    """The named designs of a scenario, or all.

    Errors: LookupError with the names there are; ValueError if one is named twice.
    """
    if not names:
        return scenario.all_designs()
    designs = [scenario.design(name) for name in names]
    if len({design.name for design in designs}) < len(designs):
        raise ValueError("a design is named twice")
    return designs


def assumptions_over(assumptions: Sequence[Assumption], keys: Sequence[str]) -> list[Assumption]:
    """Those with the given keys, or all; a key may be shortened to its end, as `incidents.scale`.

    Errors: ValueError if none or several end so.
    """
    if not keys:
        return list(assumptions)
    found = []
    for key in keys:
        ends = [each for each in assumptions if f".{each.key}".endswith(f".{key}")]
        if not ends:
            near = families.near(key, [each.key for each in assumptions])
            hint = f"; did you mean {near!r}?" if near else ""
            raise ValueError(f"{key!r} is no uncertain assumption that matters here{hint}")
        if len(ends) > 1:
            raise ValueError(f"{key!r} is not clear: {', '.join(each.key for each in ends)}")
        found.append(ends[0])
    if len({each.key for each in found}) < len(found):
        raise ValueError("an assumption is named twice")
    return found
