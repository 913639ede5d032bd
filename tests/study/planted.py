"""Worlds in which the difference of two designs is known: a law of the assumptions, and luck that sums to nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np

from aiposim.study.assumptions import Assumption
from aiposim.study.points import Differences, Point

Law = Callable[..., float]
RUNS = 400


def assumption(key: str, value: float = 0.5, low: float = 0.0, high: float = 1.0) -> Assumption:
    return Assumption(key, low, high, value, key, "share")


def luck(runs: int = RUNS, seed: int = 1, spread: float = 0.2) -> Differences:
    """Of each run, with a mean of exactly 0, so that a planted zero stays where it is planted."""
    drawn = np.random.default_rng(seed).normal(0.0, spread, runs)
    return drawn - drawn.mean()


def world(
    law: Law, assumptions: Sequence[Assumption], *, noise: Differences | None = None
) -> Callable[[Sequence[Point]], list[Differences | None]]:
    """What evaluates the paired differences at points; a law that gives nan makes no valid scenario there."""
    defaults: Mapping[str, float] = {each.key: each.value for each in assumptions}
    runs = luck() if noise is None else noise

    def evaluate(points: Sequence[Point]) -> list[Differences | None]:
        laws = [law(**{**defaults, **point}) for point in points]
        return [None if mean != mean else mean + runs for mean in laws]

    return evaluate
