"""What a scenario claims, tried again: under changes that must not matter, and under other plausible assumptions.

robust      holds wherever it was tried
shifted     holds wherever it was tried, but somewhere its size moves by more than a stated part
fragile     fails somewhere: the interval of the difference lies on the wrong side
undecided   fails nowhere, but somewhere these runs cannot tell
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np

from aiposim.scenario.conclusion import Conclusion
from aiposim.study.assumptions import Assumption
from aiposim.study.points import Differences, MeanDifference, Point, run_by_run

ROBUST, SHIFTED, FRAGILE, UNDECIDED = "robust", "shifted", "fragile", "undecided"
HOLDS, FAILS, OPEN = "holds", "fails", "open"

BASE, SEED, BLOCK, ORDER, NAMES = (
    "as stated",
    "another seed",
    "another block size",
    "order of members",
    "codes of members",
)
ONE, TOGETHER = "one assumption", "all assumptions"

SHIFT = 0.5
"""Part of its size by which a difference may move before a conclusion is called shifted."""
_SAME = 0.05
"""Part of the mean that counts as no difference, where the scenario does not say."""
Pair = tuple[Differences, Differences]
"""An outcome under the two designs of a conclusion, run by run."""
Evaluate = Callable[[Sequence[Point]], Sequence[Sequence[Pair] | None]]
"""Gives, at each point, a pair for each conclusion; None if the point makes no valid scenario."""


@dataclass(frozen=True, slots=True)
class Trial:
    """A conclusion computed once.

    kind      what was changed: BASE for nothing, SEED, BLOCK, ORDER, NAMES, ONE or TOGETHER
    found     of the design less the other one
    answer    HOLDS, FAILS, or OPEN if the interval does not tell
    alike     where it must not matter: whether the result is the same, or for another seed could be by chance
    """

    kind: str
    found: MeanDifference
    answer: str
    point: Point = field(default_factory=dict)
    alike: bool | None = None

    @classmethod
    def of(
        cls, claim: Conclusion, pair: Pair, kind: str = BASE, point: Point | None = None, *, alike: bool | None = None
    ) -> Trial:
        found = MeanDifference.of(run_by_run(*pair))
        return cls(kind, found, _answer(claim, found, pair), dict(point or {}), alike)


@dataclass(frozen=True)
class Examined:
    """A conclusion, what became of it, and everything that was tried.

    verdict    ROBUST, SHIFTED, FRAGILE or UNDECIDED
    decisive   the trial that decides: the one that fails, cannot tell, or moves the size most; None if robust
    """

    claim: Conclusion
    verdict: str
    decisive: Trial | None
    trials: tuple[Trial, ...]

    @property
    def base(self) -> Trial:
        return self.trials[0]

    @property
    def holds(self) -> bool:
        """Whether the conclusion may be drawn: robust, or shifted."""
        return self.verdict in (ROBUST, SHIFTED)

    def tried(self, kind: str, answer: str = "") -> list[Trial]:
        return [each for each in self.trials if each.kind == kind and answer in ("", each.answer)]


def _answer(claim: Conclusion, found: MeanDifference, pair: Pair) -> str:
    if not found.pairs:
        return OPEN
    if claim.relation == "same":
        margin = claim.within if claim.within is not None else _SAME * abs(float(np.nanmean(pair[1])))
        if -margin <= found.low and found.high <= margin:
            return HOLDS
        return FAILS if found.low > margin or found.high < -margin else OPEN
    wanted = 1 if claim.relation == "higher" else -1
    if found.low == found.high == 0.0:
        return FAILS  # no run differs: neither is higher
    return {wanted: HOLDS, -wanted: FAILS}.get(found.sign, OPEN)


def judged(claim: Conclusion, trials: Sequence[Trial], shift: float = SHIFT) -> Examined:
    """The verdict on a conclusion; the first of its trials is that of the scenario as it stands."""

    def verdict(word: str, decisive: Trial | None) -> Examined:
        return Examined(claim, word, decisive, tuple(trials))

    failed = [each for each in trials if each.answer == FAILS or each.alike is False]
    if failed:
        return verdict(FRAGILE, min(failed, key=lambda each: _gravity(each, claim)))
    untold = [each for each in trials if each.answer == OPEN]
    if untold:
        return verdict(UNDECIDED, min(untold, key=lambda each: _gravity(each, claim)))
    moved = max(trials, key=lambda each: abs(each.found.mean - trials[0].found.mean))
    if claim.relation != "same" and size_moved(moved, trials[0]) > shift:
        return verdict(SHIFTED, moved)
    return verdict(ROBUST, None)


_KINDS = (BASE, BLOCK, ORDER, NAMES, SEED, ONE, TOGETHER)


def _gravity(trial: Trial, claim: Conclusion) -> tuple[int, float]:
    """What weighs heavier comes first: the least change, then the largest difference to the wrong side."""
    wrong = trial.found.mean if claim.relation == "lower" else -trial.found.mean
    wrong = abs(trial.found.mean) if claim.relation == "same" else wrong
    return _KINDS.index(trial.kind), -wrong


def size_moved(trial: Trial, base: Trial) -> float:
    """By what part of its size in the scenario the difference moves."""
    size = abs(base.found.mean)
    return abs(trial.found.mean - base.found.mean) / size if size else np.inf


def ends(assumptions: Sequence[Assumption]) -> list[Point]:
    """Each assumption alone at either end of its plausible range."""
    return [{each.key: float(end)} for each in assumptions for end in (each.low, each.high) if float(end) != each.value]


def latin_hypercube(assumptions: Sequence[Assumption], number: int, seed: int) -> list[Point]:
    """All assumptions at once, spread evenly over the plausible ranges."""
    if not number or not assumptions:
        return []
    from scipy.stats.qmc import LatinHypercube

    rows = LatinHypercube(len(assumptions), rng=np.random.default_rng(seed)).random(number)
    return [
        {each.key: each.low + (each.high - each.low) * float(part) for each, part in zip(assumptions, row, strict=True)}
        for row in rows
    ]


def under_assumptions(
    claims: Sequence[Conclusion], kind: str, points: Sequence[Point], evaluate: Evaluate, closer: Evaluate | None = None
) -> Iterator[tuple[int, Trial]]:
    """Each conclusion at each point that makes a valid scenario, with its number.

    closer   computes a point again, with more runs, where some conclusion could not be told
    """
    found = list(evaluate(points))
    again = [i for i, pairs in enumerate(found) if closer and pairs and _open(claims, pairs)]
    if closer is not None and again:
        for i, pairs in zip(again, closer([points[i] for i in again]), strict=True):
            found[i] = pairs
    for point, pairs in zip(points, found, strict=True):
        for number, (claim, pair) in enumerate(zip(claims, pairs or (), strict=bool(pairs))):
            yield number, Trial.of(claim, pair, kind, point)


def _open(claims: Sequence[Conclusion], pairs: Sequence[Pair]) -> bool:
    return any(Trial.of(claim, pair).answer == OPEN for claim, pair in zip(claims, pairs, strict=True))
