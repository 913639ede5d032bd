"""Scenario discovery: under which assumptions does an outcome fail? Boxes over a Latin hypercube of them.

Bryant & Lempert 2010 (Technological Forecasting and Social Change 77:34-49). Boxes are found one after the other, each
among the cases outside those before; a limit that chance explains as well is taken off.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from aiposim.ensemble import Progress
from aiposim.measures import describe
from aiposim.scenario import Scenario, load
from aiposim.study.assumptions import Assumption, uncertain_assumptions
from aiposim.study.prim import LEAST_MASS, PEEL, Box, Limit, limits, repeated, taken
from aiposim.study.sampling import latin_hypercube
from aiposim.study.sweep import Sweep, assumptions_over

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Flags = NDArray[np.bool_]

POINTS, RUNS, DENSITY, BOXES = 1000, 100, 0.8, 3


@dataclass(frozen=True)
class Found:
    """One box of a discovery.

    box          with coverage and mass against all cases, those of boxes before it left out of what it holds
    limits       with their quasi-p-values, the most telling first
    trajectory   the peeling it was chosen from, and its `number` there; the limits that do not matter still on it
    repeats      how often half of the cases limited each assumption, from 0 to 1
    """

    box: Box
    limits: list[Limit]
    trajectory: list[Box]
    number: int
    repeats: Floats


@dataclass(frozen=True)
class Discovery:
    """What a discovery found: of `points` (case, assumption) those with `hits` (case,) are of interest.

    side    "above" or "below": where of the threshold the cases of interest lie
    values  the outcome of each case, of the design or its difference from `against`
    lost    points at which the outcome was undefined
    density, most, step    how the boxes were asked for, as in `boxes_in`
    """

    design: Scenario
    against: Scenario | None
    outcome: str
    threshold: float
    side: str
    assumptions: list[Assumption]
    points: Floats
    values: Floats
    hits: Flags
    found: list[Found]
    lost: int
    runs: int
    seed: int
    density: float
    most: int
    step: int | None

    @cached_property
    def boxes(self) -> pd.DataFrame:
        """A row a limit: box (from 1), coverage, density, cases, hits, mass of the box; key, label, side, at, unit,
        quasi_p, repeats."""
        import pandas as pd

        rows = []
        for place, each in enumerate(self.found, 1):
            box = each.box
            for limit in each.limits:
                assumption = self.assumptions[limit.dimension]
                rows.append(
                    {
                        "box": place, "coverage": box.coverage, "density": box.density, "cases": box.cases,
                        "hits": box.hits, "mass": box.mass, "key": assumption.key, "label": assumption.label,
                        "side": limit.side, "at": limit.at, "unit": assumption.unit, "quasi_p": limit.quasi_p,
                        "repeats": float(each.repeats[limit.dimension]),
                    }
                )  # fmt: skip
        return pd.DataFrame(rows)

    @cached_property
    def trajectories(self) -> pd.DataFrame:
        """A row a box and step of its peeling: coverage, density, cases, hits, limited (assumptions), chosen."""
        import pandas as pd

        rows = [
            {
                "box": place, "step": step, "coverage": box.coverage, "density": box.density, "cases": box.cases,
                "hits": box.hits, "limited": len(box.limited), "chosen": step == each.number,
            }
            for place, each in enumerate(self.found, 1)
            for step, box in enumerate(each.trajectory)
        ]  # fmt: skip
        return pd.DataFrame(rows)

    @cached_property
    def cases(self) -> pd.DataFrame:
        """A row a case: the assumptions by key, outcome, hit."""
        import pandas as pd

        table = pd.DataFrame(self.points, columns=[each.key for each in self.assumptions])
        return table.assign(outcome=self.values, hit=self.hits)


def boxes_in(
    points: Floats,
    hits: Flags,
    *,
    density: float = DENSITY,
    most: int = BOXES,
    step: int | None = None,
    by: float = PEEL,
    least_mass: float = LEAST_MASS,
    seed: int,
) -> list[Found]:
    """Boxes of cases of interest, at most `most`; none if no or all cases are of interest.

    density   wanted: the largest box that reaches it is taken, or else the densest; after the first box only those
              that reach it
    step      of the first peeling to take in place of that
    """
    found: list[Found] = []
    rest = np.arange(len(points))
    while len(found) < most and hits[rest].any() and not hits[rest].all():
        here, wanted = points[rest], hits[rest]
        least = least_mass * len(points) / len(rest)
        first = step if not found else None
        trajectory, number, box = taken(here, wanted, density, by=by, least_mass=least, step=first)
        if not box.limited or (found and box.density < density):
            break
        whole = replace(box, coverage=box.hits / int(hits.sum()), mass=box.cases / len(points))
        often = repeated(here, wanted, density, by=by, least_mass=least, seed=seed)
        found.append(Found(whole, limits(box, here, wanted), trajectory, number, often))
        rest = rest[~box.holds(here)]
    return found


def worse_side(outcome: str) -> str:
    """Where of a threshold an outcome fails.

    Errors: ValueError if neither direction is better.
    """
    better = describe(outcome).better
    if better == "neither":
        raise ValueError(f"neither more nor less of {outcome} is better; say above or below")
    return "below" if better == "higher" else "above"


def discover(
    scenario: Scenario | str,
    outcome: str,
    threshold: float,
    *,
    side: str | None = None,
    design: str | None = None,
    against: str | None = None,
    over: Sequence[str] = (),
    points: int = POINTS,
    runs: int = RUNS,
    density: float = DENSITY,
    boxes: int = BOXES,
    step: int | None = None,
    seed: int = 2015,
    workers: int = 1,
    progress: Progress | None = None,
) -> Discovery:
    """Boxes of assumptions in which the outcome, a mean over the runs, lies beyond the threshold.

    outcome     a column of `runs`, as `deadlock_rate` or `welfare.KOR`
    side        "above" or "below"; unless told where the outcome is worse
    design      a design of the scenario; the scenario itself unless told
    against     another design: the outcome is then the difference of `design` from it
    over        keys of assumptions to vary; all that matter unless told
    density     wanted in a box; `step` takes that step of the first peeling instead
    Errors: ValueError for what is unknown or does not go; LookupError for a design.
    """
    loaded = load(scenario) if isinstance(scenario, str) else scenario
    designs = designs_of(loaded, design, against)
    varied = assumptions_over(uncertain_assumptions(*designs), over)
    sweep = Sweep(designs, [outcome], runs, seed=seed, workers=workers)
    return discovered(
        sweep, varied, threshold, side or worse_side(outcome), points, density, boxes, step=step, progress=progress
    )


def designs_of(scenario: Scenario, design: str | None, against: str | None) -> list[Scenario]:
    """A design, or the scenario itself; before it the one that it is compared with.

    Errors: LookupError with the names there are; ValueError if the two are one.
    """
    if design == against and design is not None:
        raise ValueError(f"{design} cannot be compared with itself")
    chosen = scenario.design(design) if design is not None else alone(scenario)
    return [scenario.design(against), chosen] if against is not None else [chosen]


def alone(scenario: Scenario) -> Scenario:
    """The scenario itself without its designs and what is concluded of them."""
    return scenario.with_(designs={}, grid={}, conclusions=[]) if scenario.design_names else scenario


def discovered(
    sweep: Sweep,
    assumptions: list[Assumption],
    threshold: float,
    side: str,
    points: int,
    density: float,
    boxes: int,
    *,
    step: int | None = None,
    progress: Progress | None = None,
) -> Discovery:
    """The discovery with what evaluates points: one design, or two of which the first is the one compared with.

    Errors: ValueError if the outcome is several columns, or the threshold no number.
    """
    if not np.isfinite(threshold):
        raise ValueError(f"the threshold is a number, not {threshold}")
    if len(sweep.outcomes) > 1:
        raise ValueError(f"one outcome at a time: {', '.join(sweep.outcomes)}")
    sample = latin_hypercube(assumptions, points, seed=sweep.seed)
    values = list(sweep.evaluate(assumptions, sample, progress).series.values())[-1]
    there = ~np.isnan(values)
    sample, values = sample[there], values[there]
    hits = values > threshold if side == "above" else values < threshold
    found = boxes_in(sample, hits, density=density, most=boxes, step=step, seed=sweep.seed)
    return Discovery(
        sweep.designs[-1], sweep.designs[0] if len(sweep.designs) > 1 else None, sweep.outcomes[0], threshold, side,
        assumptions, sample, values, hits, found, int((~there).sum()), sweep.runs, sweep.seed, density, boxes, step,
    )  # fmt: skip
