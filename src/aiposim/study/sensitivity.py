"""Which assumptions an outcome hangs on: Morris screening, then Sobol' indices over what the screening left.

An outcome is a mean over runs, and every point meets the same worlds, so that two points differ by their assumptions
and hardly by luck. Rules are rows (the designs), never a dimension. Screening: Morris 1991 with the mean of absolute
effects of Campolongo, Cariboni & Saltelli 2007 (Environmental Modelling & Software 22:1509-18). Indices: Saltelli et
al. 2010 (Computer Physics Communications 181:259-70); first order is the part of the variance that an assumption
causes alone, total the part that goes with it in any way.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from aiposim.ensemble import Progress
from aiposim.scenario import Scenario, load
from aiposim.study.assumptions import Assumption, uncertain_assumptions
from aiposim.study.sampling import LEVELS, morris_trajectories, problem_of, salib, sobol_points
from aiposim.study.sweep import Sweep, assumptions_over, designs_chosen

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    Column = NDArray[np.float64]
    Evaluate = Callable[[Column], Mapping[str, Column]]

CONFIDENCE = 0.95
RESAMPLES = 1000
TRAJECTORIES, BASE, KEEP, RUNS = 10, 256, 8, 200
WORTH_KEEPING = 0.1
"""Part of the largest mean effect on an outcome below which the screening drops an assumption."""
_LEAST_BLOCKS = 4  # of a sample, below which nothing can be said


def screen(
    evaluate: Evaluate, assumptions: Sequence[Assumption], *, trajectories: int = TRAJECTORIES, seed: int
) -> pd.DataFrame:
    """A row an outcome and assumption: mean_effect (mean of the absolute elementary effects), low, high (its 95 %
    interval), effect (mean with sign), spread (standard deviation: bent or mixed with others); all in the outcome's
    unit over the whole range of the assumption.

    evaluate    from points (point, assumption) to outcomes by name, (point,); trajectories with a nan are left out
    Errors: SALibMissing; ValueError if an outcome has too few trajectories without a nan.
    """
    points = morris_trajectories(assumptions, trajectories, seed=seed)
    return _screened(points, evaluate(points), assumptions, seed)


def _screened(
    points: Column, found: Mapping[str, Column], assumptions: Sequence[Assumption], seed: int
) -> pd.DataFrame:
    import pandas as pd

    tables = []
    for outcome, values in found.items():
        whole = _whole_blocks(values, len(assumptions) + 1, outcome)
        result = salib("analyze.morris").analyze(
            problem_of(assumptions), points[whole], values[whole], num_resamples=RESAMPLES, conf_level=CONFIDENCE,
            num_levels=LEVELS, seed=seed,
        )  # fmt: skip
        half, centre = np.asarray(result["mu_star_conf"], float), np.asarray(result["mu_star"], float)
        columns = {
            "outcome": outcome,
            "key": [each.key for each in assumptions],
            "mean_effect": centre,
            "low": np.maximum(0.0, centre - half),
            "high": centre + half,
            "effect": np.asarray(result["mu"], float),
            "spread": np.asarray(result["sigma"], float),
        }
        tables.append(pd.DataFrame(columns))
    return pd.concat(tables, ignore_index=True)


def sobol(evaluate: Evaluate, assumptions: Sequence[Assumption], *, base: int = BASE, seed: int) -> pd.DataFrame:
    """A row an outcome and assumption: first, total, each with first_low, first_high, total_low, total_high (95 %, by
    resampling); variance of the outcome over the points. nan where an outcome does not vary.

    evaluate    as for `screen`; blocks with a nan are left out
    base        a power of 2: so many blocks of (assumptions + 2) points
    Errors: SALibMissing; ValueError as `sobol_points`, or if an outcome has too few blocks without a nan.
    """
    found = evaluate(sobol_points(assumptions, base, seed=seed))
    return _indices(found, assumptions, seed)


def _indices(found: Mapping[str, Column], assumptions: Sequence[Assumption], seed: int) -> pd.DataFrame:
    import pandas as pd

    tables = []
    for outcome, values in found.items():
        whole = values[_whole_blocks(values, len(assumptions) + 2, outcome)]
        nothing = np.full(len(assumptions), np.nan)
        result = {"S1": nothing, "S1_conf": nothing, "ST": nothing, "ST_conf": nothing}
        if float(np.ptp(whole)) > 1e-12 * max(1.0, float(np.abs(whole).max())):
            result = salib("analyze.sobol").analyze(
                problem_of(assumptions), whole, calc_second_order=False, num_resamples=RESAMPLES,
                conf_level=CONFIDENCE, seed=seed,
            )  # fmt: skip
        table: dict[str, Any] = {"outcome": outcome, "key": [each.key for each in assumptions]}
        for name, index in (("first", "S1"), ("total", "ST")):
            centre, half = np.asarray(result[index], float), np.asarray(result[f"{index}_conf"], float)
            table |= {name: centre, f"{name}_low": centre - half, f"{name}_high": centre + half}
        tables.append(pd.DataFrame({**table, "variance": float(whole.var())}))
    return pd.concat(tables, ignore_index=True)


def _whole_blocks(values: Column, size: int, outcome: str) -> NDArray[np.bool_]:
    """The points of the blocks in which the outcome is defined throughout.

    Errors: ValueError if there are too few.
    """
    whole: NDArray[np.bool_] = np.logical_not(np.isnan(values).reshape(-1, size).any(axis=1))
    lost = whole.size - int(whole.sum())
    if whole.size - lost < min(_LEAST_BLOCKS, whole.size):
        raise ValueError(
            f"{outcome} is undefined in too many of the points: {lost} of {whole.size} parts of the sample are lost"
        )
    return np.repeat(whole, size)


def left_by_screening(screening: pd.DataFrame, assumptions: Sequence[Assumption], keep: int) -> list[Assumption]:
    """The assumptions that matter most: at most `keep`, each with a tenth of the largest effect on some outcome."""
    largest = screening.groupby("outcome")["mean_effect"].transform("max")
    weight = (screening["mean_effect"] / largest.where(largest > 0)).fillna(0.0).groupby(screening["key"]).max()
    ranked = weight[weight >= WORTH_KEEPING].sort_values(ascending=False, kind="stable").index[:keep]
    return [each for each in assumptions if each.key in set(ranked)]


@dataclass(frozen=True)
class Sensitivity:
    """What a sensitivity analysis found.

    screening   as `screen` gives it, with `design`, `against` (the first design, where the outcome is the difference
                from it, else "") and `outcome` (the measure) in place of a single name
    indices     the same of `sobol`; empty if only the screening was asked for
    left        the assumptions that the screening left
    points      a row a design and point of both samples: stage, design, point, the assumptions, means over the runs
    """

    designs: list[Scenario]
    outcomes: list[str]
    assumptions: list[Assumption]
    left: list[Assumption]
    screening: pd.DataFrame
    indices: pd.DataFrame
    points: pd.DataFrame
    runs: int
    seed: int


def sensitivity(
    scenario: Scenario | str,
    outcomes: Sequence[str],
    *,
    designs: Sequence[str] = (),
    over: Sequence[str] = (),
    screen_only: bool = False,
    trajectories: int = TRAJECTORIES,
    base: int = BASE,
    keep: int = KEEP,
    runs: int = RUNS,
    seed: int = 2015,
    workers: int = 1,
    progress: Progress | None = None,
) -> Sensitivity:
    """The analysis of a scenario: each outcome of each design, and its differences from the first design.

    outcomes    columns of `runs`, as `deadlock_rate` or `welfare.KOR`
    designs     names of designs of the scenario; all unless told
    over        keys of assumptions to vary; all that matter unless told
    keep        assumptions at most that the indices are computed for
    runs        a point; `progress` is called with (runs done, runs in all) of the stage
    Errors: ValueError for an unknown outcome or assumption; LookupError for a design; SALibMissing.
    """
    loaded = load(scenario) if isinstance(scenario, str) else scenario
    chosen = designs_chosen(loaded, designs)
    varied = assumptions_over(uncertain_assumptions(*chosen), over)
    sweep = Sweep(chosen, list(outcomes), runs, seed=seed, workers=workers)
    return analyse(
        sweep, varied, screen_only=screen_only, trajectories=trajectories, base=base, keep=keep, progress=progress
    )


def analyse(
    sweep: Sweep,
    assumptions: list[Assumption],
    *,
    screen_only: bool,
    trajectories: int,
    base: int,
    keep: int,
    progress: Progress | None = None,
    between: Callable[[list[Assumption]], None] | None = None,
) -> Sensitivity:
    """Screen, then compute indices, with what evaluates points; `between` is told which assumptions are left."""
    import pandas as pd

    points = morris_trajectories(assumptions, trajectories, seed=sweep.seed)
    first = sweep.evaluate(assumptions, points, progress)
    screening = _screened(points, first.series, assumptions, sweep.seed)
    left = left_by_screening(screening, assumptions, keep)
    tables, indices = [first.table.assign(stage="screening")], screening.iloc[:0]
    if between is not None:
        between(left)
    if left and not screen_only:
        second = sweep.evaluate(left, sobol_points(left, base, seed=sweep.seed), progress)
        indices = _named(_indices(second.series, left, sweep.seed), sweep)
        tables.append(second.table.assign(stage="indices"))
    return Sensitivity(
        sweep.designs, sweep.outcomes, assumptions, left, _named(screening, sweep), indices,
        pd.concat(tables, ignore_index=True), sweep.runs, sweep.seed,
    )  # fmt: skip


def _named(table: pd.DataFrame, sweep: Sweep) -> pd.DataFrame:
    """The names of series taken apart into design, against, outcome."""
    import pandas as pd

    parts = pd.DataFrame([sweep.parts_of(name) for name in table["outcome"]], columns=["design", "against", "outcome"])
    return pd.concat([parts, table.drop(columns="outcome").reset_index(drop=True)], axis=1)
