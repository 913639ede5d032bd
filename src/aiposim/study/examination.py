"""The conclusions of a scenario examined: computed again in all the ways in which they might break."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from aiposim.ensemble import Progress
from aiposim.scenario import Scenario
from aiposim.scenario.conclusion import Conclusion
from aiposim.study.assumptions import Assumption, uncertain_assumptions
from aiposim.study.conclusions import (
    BLOCK,
    HOLDS,
    NAMES,
    ONE,
    ORDER,
    SEED,
    SHIFT,
    TOGETHER,
    Evaluate,
    Examined,
    Pair,
    Trial,
    ends,
    judged,
    latin_hypercube,
    under_assumptions,
)
from aiposim.study.points import Differences, MeanDifference, Point, Trials, named, other_seed, run_by_run
from aiposim.study.unmoved import other_codes, renamed, renamed_outcome, reordered

CLOSER = 4
"""So many times the runs are computed where the first ones could not tell."""
_TO_THE_BIT = (BLOCK, ORDER)
_ROUNDING = 1e-9
_LEAST_ALIKE = 0.999
"""Part of the runs that other codes must leave alike; sums run in the order of the codes, and rounding may tip one."""
_UNLIKELY = 3.3
"""Standard errors by which the same difference in other luck is off once in a thousand times."""


@dataclass(frozen=True)
class Examination:
    """All conclusions of a scenario examined.

    together    points at which all assumptions moved at once
    skipped     points that made no valid scenario
    runs_done   computed in all, over all designs
    """

    scenario: Scenario
    conclusions: list[Examined]
    assumptions: list[Assumption]
    runs: int
    seed: int
    shift: float
    together: int
    skipped: int
    runs_done: int

    @property
    def holds(self) -> bool:
        return all(each.holds for each in self.conclusions)


def examine(
    scenario: Scenario,
    runs: int = 1000,
    *,
    seed: int = 2015,
    workers: int = 1,
    points: int = 20,
    shift: float = SHIFT,
    keys: Sequence[str] = (),
    progress: Progress | None = None,
) -> Examination:
    """Try every conclusion of a scenario again.

    points     at which all assumptions move at once; beside them each goes to both ends of its range alone
    shift      part of its size by which a difference may move before a conclusion is called shifted
    keys       of the assumptions that are moved; all that are uncertain unless given
    progress   called with (runs done, runs that may be needed at least)
    Errors: ValueError if the scenario states no conclusion; UnknownNameError if a design lacks an outcome, or a key is
    that of no assumption.
    """
    if not scenario.conclusions:
        raise ValueError(f"{scenario.name} states no conclusions; write some under conclusions:")
    subjects = _Subjects(scenario)
    assumptions = named(uncertain_assumptions(*subjects.designs), keys)
    one, together = ends(assumptions), latin_hypercube(assumptions, points, seed)
    work = _Work(subjects, runs, seed, workers, len(one) + len(together), progress)
    base = work.pairs([{}])[0]
    assert base is not None
    claims = subjects.claims
    trials = [[Trial.of(claim, pair)] for claim, pair in zip(claims, base, strict=True)]
    for kind, pairs in work.unmoved():
        for claim, before, pair, mine in zip(claims, base, pairs, trials, strict=True):
            mine.append(Trial.of(claim, pair, kind, alike=_alike(kind, before, pair)))
    told = [i for i, mine in enumerate(trials) if mine[0].answer == HOLDS]
    skipped = 0
    for kind, some in ((ONE, one), (TOGETHER, together)):
        if not told or not some:
            continue
        valid = 0
        for number, trial in under_assumptions([claims[i] for i in told], kind, some, work.of(told), work.closer(told)):
            trials[told[number]].append(trial)
            valid += 1
        skipped += len(some) - valid // len(told)
    found = [judged(claim, mine, shift) for claim, mine in zip(claims, trials, strict=True)]
    return Examination(
        scenario, found, assumptions, runs, seed, shift, len(together) if told else 0, skipped, work.runs_done
    )


def _alike(kind: str, before: Pair, pair: Pair) -> bool:
    if kind in _TO_THE_BIT:
        return all(np.array_equal(one, other, equal_nan=True) for one, other in zip(before, pair, strict=True))
    if kind == NAMES:
        close = [np.isclose(*both, rtol=_ROUNDING, atol=_ROUNDING, equal_nan=True)
                 for both in zip(before, pair, strict=True)]  # fmt: skip
        return all(float(each.mean()) >= _LEAST_ALIKE for each in close)
    ours, theirs = (MeanDifference.of(run_by_run(*each)) for each in (before, pair))
    if ours.pairs < 2 or theirs.pairs < 2:
        return True
    return abs(ours.mean - theirs.mean) <= _UNLIKELY / 1.96 * float(np.hypot(ours.error, theirs.error))


class _Subjects:
    """The designs that conclusions name, each once, and which outcomes are wanted of each."""

    def __init__(self, scenario: Scenario) -> None:
        self.claims = scenario.conclusions
        self.designs: list[Scenario] = []
        self.wanted: list[list[str]] = []
        self._numbers: dict[str, int] = {}
        self._pairs = [
            (self._number(scenario.design(claim.design), claim), self._number(scenario.design(claim.than), claim))
            for claim in self.claims
        ]

    def _number(self, design: Scenario, claim: Conclusion) -> int:
        number = self._numbers.setdefault(design.name, len(self.designs))
        if number == len(self.designs):
            self.designs.append(design)
            self.wanted.append([])
        if claim.outcome not in self.wanted[number]:
            self.wanted[number].append(claim.outcome)
        return number

    def pairs(self, columns: Sequence[dict[str, Differences]]) -> list[Pair]:
        """The pair of each conclusion out of the columns of each design."""
        return [
            (columns[ours][claim.outcome], columns[theirs][claim.outcome])
            for claim, (ours, theirs) in zip(self.claims, self._pairs, strict=True)
        ]


class _Work:
    """Computes the subjects in all the ways in which they are tried, and tells how far it is."""

    def __init__(
        self, subjects: _Subjects, runs: int, seed: int, workers: int, points: int, progress: Progress | None
    ) -> None:
        self._subjects, self._runs, self._seed, self._workers = subjects, runs, seed, workers
        self.runs_done = 0
        self._total = runs * len(subjects.designs) * (points + 5)
        self._progress = progress

    def pairs(self, points: Sequence[Point], times: int = 1) -> list[list[Pair] | None]:
        trials = self._trials(self._subjects.designs, self._runs * times)
        columns = trials.columns(points, self._subjects.wanted)
        return [self._subjects.pairs(each) if each else None for each in columns]

    def of(self, told: Sequence[int], times: int = 1) -> Evaluate:
        """What evaluates some of the conclusions."""
        return lambda points: [
            [pairs[i] for i in told] if pairs is not None else None for pairs in self.pairs(points, times)
        ]

    def closer(self, told: Sequence[int]) -> Evaluate:
        return self.of(told, CLOSER)

    def unmoved(self) -> Iterator[tuple[str, list[Pair]]]:
        """The same worlds by other blocks, other orders and other codes; then other worlds."""
        designs, wanted = self._subjects.designs, self._subjects.wanted
        in_blocks = self._trials(designs, self._runs, block=max(1, self._runs // 3))
        yield BLOCK, self._subjects.pairs(in_blocks.columns([{}], wanted)[0])
        listed = self._trials([reordered(each) for each in designs], self._runs)
        yield ORDER, self._subjects.pairs(listed.columns([{}], wanted)[0])
        yield NAMES, self._renamed()
        elsewhere = self._trials(designs, self._runs, seed=other_seed(self._seed))
        yield SEED, self._subjects.pairs(elsewhere.columns([{}], wanted)[0])

    def _renamed(self) -> list[Pair]:
        designs = self._subjects.designs
        codes = [other_codes(each) for each in designs]
        wanted = [
            [renamed_outcome(outcome, mine) for outcome in outcomes]
            for outcomes, mine in zip(self._subjects.wanted, codes, strict=True)
        ]
        columns = self._trials([renamed(each) for each in designs], self._runs).columns([{}], wanted)[0]
        own = [
            dict(zip(outcomes, each.values(), strict=True))
            for outcomes, each in zip(self._subjects.wanted, columns, strict=True)
        ]
        return self._subjects.pairs(own)

    def _trials(
        self, designs: Sequence[Scenario], runs: int, seed: int | None = None, block: int | None = None
    ) -> Trials:
        return Trials(
            designs,
            runs,
            seed=self._seed if seed is None else seed,
            workers=self._workers,
            block=block,
            noted=self._noted,
        )

    def _noted(self, runs: int) -> None:
        self.runs_done += runs
        if self._progress is not None:
            self._progress(min(self.runs_done, self._total), self._total)
