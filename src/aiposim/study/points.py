"""Designs computed at points in the space of uncertain assumptions, all on the same worlds."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from aiposim.families import near
from aiposim.results import Results, simulate_all
from aiposim.scenario import Scenario, ScenarioError
from aiposim.study.assumptions import Assumption
from aiposim.study.compare import mean_with_half_width

Point = Mapping[str, float]
"""Values of some assumptions by key; what is not in it stands as the scenario has it."""
Differences = NDArray[np.float64]
"""Of one design less another, a number a run; nan where a run leaves the outcome undefined."""
Noted = Callable[[int], None]
"""Called with the runs that have been computed since it was called last."""

_ROUNDING = 1e-12
_AT_ONCE = 16
"""Scenarios that are computed together: enough for all workers, few enough for the memory."""


class UnknownNameError(LookupError):
    """An outcome that a design does not have, or a key that is that of no assumption."""


@dataclass(frozen=True, slots=True)
class MeanDifference:
    """Mean of paired differences with its 95 % interval (Student's t), and the number of pairs.

    `low` and `high` are nan with fewer than two pairs, and `mean` without any.
    """

    mean: float
    low: float
    high: float
    pairs: int

    @classmethod
    def of(cls, differences: Differences) -> MeanDifference:
        mean, half, pairs = mean_with_half_width(differences[~np.isnan(differences)])
        return cls(mean, mean - half, mean + half, pairs)

    @property
    def sign(self) -> int:
        """1 or -1 as the interval lies above or below 0; 0 if it holds 0, or there is none."""
        return (self.low > 0.0) - (self.high < 0.0)

    @property
    def error(self) -> float:
        """Half the width of the interval."""
        return (self.high - self.low) / 2


def run_by_run(design: Differences, against: Differences) -> Differences:
    """The paired differences of an outcome under two designs; what differs in rounding alone does not differ."""
    alike = np.isclose(design, against, rtol=_ROUNDING, atol=0.0)
    return np.where(alike, 0.0, design - against)


def named(assumptions: Sequence[Assumption], keys: Sequence[str]) -> list[Assumption]:
    """Those assumptions that bear one of these keys; all of them if there are no keys.

    Errors: UnknownNameError that names the key that is no assumption, and one like it.
    """
    by_key = {each.key: each for each in assumptions}
    for key in keys:
        if key not in by_key:
            guess = near(key, by_key)
            hint = f" (did you mean {guess!r}?)" if guess else ""
            raise UnknownNameError(f"{key!r} is no uncertain assumption here{hint}")
    return [by_key[key] for key in dict.fromkeys(keys)] if keys else list(assumptions)


def at(scenario: Scenario, point: Point) -> Scenario:
    """The scenario with the assumptions of a point.

    Errors: ScenarioError if that is no valid scenario.
    """
    return scenario.with_(**point) if point else scenario


class Trials:
    """Some designs, computed wherever one asks for them.

    runs_done   counts every run of every design
    Errors: UnknownNameError in `columns` if a design has no such outcome; whatever computing raises.
    """

    def __init__(
        self,
        designs: Sequence[Scenario],
        runs: int,
        *,
        seed: int,
        workers: int = 1,
        block: int | None = None,
        noted: Noted | None = None,
    ) -> None:
        self.designs = list(designs)
        self.runs, self.seed, self.workers, self.block = runs, seed, workers, block
        self.runs_done = 0
        self._noted = noted

    def columns(self, points: Sequence[Point], wanted: Sequence[Sequence[str]]) -> list[list[dict[str, Differences]]]:
        """At each point, for each design, the wanted outcomes by name: a value a run, nan where it is undefined.

        wanted   for each design, the outcomes
        An empty list stands for a point that makes no valid scenario of some design.
        """
        made = [self._made(point) for point in points]
        results = self._computed([scenario for each in made for scenario in each])
        return [
            [self._kept(next(results), names) for _, names in zip(each, wanted, strict=True)] if each else []
            for each in made
        ]

    def differences(self, points: Sequence[Point], outcome: str) -> list[Differences | None]:
        """At each point the first design less the second, run by run; None if it makes no valid scenario."""
        found = self.columns(points, [[outcome]] * 2)
        return [run_by_run(each[0][outcome], each[1][outcome]) if each else None for each in found]

    def _made(self, point: Point) -> list[Scenario]:
        try:
            return [at(design, point) for design in self.designs]
        except ScenarioError:
            return []

    def _computed(self, scenarios: Sequence[Scenario]) -> Iterator[Results]:
        for first in range(0, len(scenarios), _AT_ONCE):
            some = scenarios[first : first + _AT_ONCE]
            results = simulate_all(some, self.runs, seed=self.seed, workers=self.workers, block=self.block)
            self.runs_done += len(some) * self.runs
            if self._noted is not None:
                self._noted(len(some) * self.runs)
            yield from results

    def _kept(self, results: Results, names: Sequence[str]) -> dict[str, Differences]:
        table = results.runs
        for name in names:
            if name not in table.columns:
                raise UnknownNameError(no_outcome(name, results.scenario.name, [str(each) for each in table.columns]))
        whole = table if len(table) == self.runs else table.reindex(range(self.runs))
        return {name: whole[name].to_numpy(dtype=np.float64) for name in names}


def no_outcome(name: str, design: str, there: Sequence[str]) -> str:
    """What to say of an outcome that a design does not have."""
    parts = [each for each in there if each.startswith(f"{name}.")]
    if parts:
        return f"{name} is given in parts: name one of {', '.join(parts)}"
    guess = near(name, there)
    hint = f" (did you mean {guess!r}?)" if guess else ""
    return f"{design} has no outcome {name!r}{hint}"


def other_seed(seed: int) -> int:
    """A seed for worlds that have nothing in common with those of this one."""
    return (seed + 1) % 2**64
