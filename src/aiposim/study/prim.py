"""Boxes in a sample of cases that hold many of the cases of interest and few others: PRIM for scenario discovery.

Friedman & Fisher 1999 (Statistics and Computing 9:123-43), with coverage, density and quasi-p-values of Bryant &
Lempert 2010 (Technological Forecasting and Social Change 77:34-49). A peeling takes the slice whose loss raises the
density most for each case lost; nothing is pasted back. Checked on the cases of Bryant & Lempert.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Flags = NDArray[np.bool_]

PEEL = 0.05
"""Part of the cases in a box that a slice holds."""
LEAST_MASS = 0.05
"""Part of all cases below which a box is not made smaller."""
SIGNIFICANT = 0.05
DIFFERENT = 0.01
REPEATS = 20
"""Halves of the cases on which a discovery is repeated."""


@dataclass(frozen=True)
class Box:
    """A box with what it holds: limits (dimension,), infinite where there is none.

    cases       in the box, `hits` of them of interest
    coverage    part of all cases of interest that lies in the box
    density     part of the cases in the box that is of interest
    mass        part of all cases that lies in the box
    """

    lower: Floats
    upper: Floats
    cases: int
    hits: int
    coverage: float
    density: float
    mass: float

    @property
    def limited(self) -> list[int]:
        """The dimensions that have a limit."""
        return [int(each) for each in np.flatnonzero(np.isfinite(self.lower) | np.isfinite(self.upper))]

    def holds(self, points: Floats) -> Flags:
        """Which points (point, dimension) lie in the box."""
        return np.asarray(np.logical_and(points >= self.lower, points <= self.upper).all(axis=1))


@dataclass(frozen=True)
class Limit:
    """One limit of a box. `quasi_p` is the chance of so many cases of interest in the box if the limit did nothing,
    the cases taken as independent draws: small means that the limit matters."""

    dimension: int
    side: str  # "above" or "below"
    at: float
    quasi_p: float


def peel(
    points: Floats,
    hits: Flags,
    *,
    by: float = PEEL,
    least_mass: float = LEAST_MASS,
    along: Sequence[int] | None = None,
) -> list[Box]:
    """The peeling trajectory: boxes one within the other, from all cases to where no slice raises the density.

    points    (case, dimension), none of them nan; hits (case,): which are of interest
    along     dimensions that may be limited; all unless told
    """
    dimensions = points.shape[1]
    lower, upper = np.full(dimensions, -np.inf), np.full(dimensions, np.inf)
    inside, free = np.arange(len(points)), list(range(dimensions) if along is None else along)
    trajectory = [_box(points, hits, lower, upper)]
    while hits[inside].any():
        best = _best_slice(points[inside], hits[inside], by, least_mass * len(points), free, trajectory[-1].limited)
        if best is None:
            return trajectory
        limit, kept = best
        (lower if limit.side == "above" else upper)[limit.dimension] = limit.at
        inside = inside[kept]
        trajectory.append(_box(points, hits, lower, upper))
    return trajectory


def _best_slice(
    points: Floats, hits: Flags, by: float, least: float, along: Sequence[int], limited: Sequence[int]
) -> tuple[Limit, Flags] | None:
    """The slice whose loss raises the density most for each case lost, and the cases that stay.

    Of equal ones, the first of a dimension that is limited already: a box of few dimensions is easier to name.
    """
    density, best, score = float(hits.mean()), None, (0.0, True)
    for dimension in along:
        values = points[:, dimension]
        for side in ("above", "below"):
            at = _cut(values if side == "above" else -values, by)
            if at is None:
                continue
            kept = values > at if side == "above" else values < -at
            stay = int(kept.sum())
            if stay < least:
                continue
            gain = (float(hits[kept].mean()) - density) / (len(points) - stay)
            if (gain, dimension in limited) > score:
                score = gain, dimension in limited
                best = (Limit(dimension, side, at if side == "above" else -at, np.nan), kept)
    return best


def _cut(values: Floats, by: float) -> float | None:
    """Halfway between the last value of the lowest slice and the next larger one; None if there is none."""
    last = np.partition(values, int((len(values) - 1) * by))[int((len(values) - 1) * by)]
    larger = values[values > last]
    return float(last + larger.min()) / 2 if len(larger) else None


def _box(points: Floats, hits: Flags, lower: Floats, upper: Floats) -> Box:
    inside = np.logical_and(points >= lower, points <= upper).all(axis=1)
    cases, found = int(inside.sum()), int(hits[inside].sum())
    everything = int(hits.sum())
    return Box(
        lower.copy(), upper.copy(), cases, found, found / everything if everything else np.nan,
        found / cases if cases else np.nan, cases / len(points),
    )  # fmt: skip


def limits(box: Box, points: Floats, hits: Flags) -> list[Limit]:
    """The limits of a box with their quasi-p-values, the most telling first."""
    found = []
    for dimension in box.limited:
        for side, bound in (("above", box.lower[dimension]), ("below", box.upper[dimension])):
            if np.isfinite(bound):
                without = _without(box, points, hits, dimension, side)
                found.append(Limit(dimension, side, float(bound), _quasi_p(box, without)))
    return sorted(found, key=lambda limit: limit.quasi_p)


def _without(box: Box, points: Floats, hits: Flags, dimension: int, side: str) -> Box:
    lower, upper = box.lower.copy(), box.upper.copy()
    if side == "above":
        lower[dimension] = -np.inf
    else:
        upper[dimension] = np.inf
    return _box(points, hits, lower, upper)


def _quasi_p(box: Box, without: Box) -> float:
    """The chance of at least `box.hits` among `box.cases` at the density that there is without the limit."""
    from scipy.stats import binom

    return float(binom.sf(box.hits - 1, box.cases, without.density))


def telling(box: Box, points: Floats, hits: Flags, level: float = SIGNIFICANT) -> Box:
    """The box without the limits that do not matter, the least telling taken off first, one after the other."""
    while True:
        weakest = max(limits(box, points, hits), key=lambda limit: limit.quasi_p, default=None)
        if weakest is None or weakest.quasi_p <= level:
            return box
        box = _without(box, points, hits, weakest.dimension, weakest.side)


def tell_apart(points: Floats, hits: Flags, level: float = DIFFERENT) -> list[int]:
    """The dimensions along which cases of interest lie otherwise than the others; all if there is none.

    By the test of Kolmogorov and Smirnov, as in Hornberger & Spear 1981 (Journal of Environmental Management 12:7-18).
    Peeling along the others, of which there may be many, finds little but chance.
    """
    from scipy.stats import ks_2samp

    everything = range(points.shape[1])
    if hits.all() or not hits.any():
        return list(everything)
    apart = [each for each in everything if ks_2samp(points[hits, each], points[~hits, each]).pvalue < level]
    return apart or list(everything)


def taken(
    points: Floats,
    hits: Flags,
    density: float,
    *,
    by: float,
    least_mass: float,
    step: int | None = None,
    along: Sequence[int] | None = None,
) -> tuple[list[Box], int, Box]:
    """A peeling, the step chosen of it, and that box without the limits that do not matter.

    The largest box is taken that reaches the density without them, or else the densest; then the same is done again
    along its dimensions alone, until all of them matter. Or the step that is told is taken of that peeling.
    """
    free = tell_apart(points, hits) if along is None else along
    trajectory = peel(points, hits, by=by, least_mass=least_mass, along=free)
    number, box = _best_of(trajectory, points, hits, density)
    if 0 < len(box.limited) < len(free):
        return taken(points, hits, density, by=by, least_mass=least_mass, step=step, along=box.limited)
    if step is not None:
        number = min(step, len(trajectory) - 1)
        box = telling(trajectory[number], points, hits)
    return trajectory, number, box


def _best_of(trajectory: Sequence[Box], points: Floats, hits: Flags, density: float) -> tuple[int, Box]:
    best, box = 0, trajectory[0]
    for number in range(chosen(trajectory, density), len(trajectory)):
        bare = telling(trajectory[number], points, hits)
        if bare.density > box.density:
            best, box = number, bare
        if box.density >= density:
            break
    return best, box


def chosen(trajectory: Sequence[Box], density: float) -> int:
    """Of a trajectory the first box that reaches the density, or else the densest."""
    dense = [number for number, box in enumerate(trajectory) if box.density >= density]
    return dense[0] if dense else max(range(len(trajectory)), key=lambda number: trajectory[number].density)


def repeated(points: Floats, hits: Flags, wanted: float, *, by: float, least_mass: float, seed: int) -> Floats:
    """How often a discovery on half of the cases limits each dimension, (dimension,), from 0 to 1.

    wanted    the density by which a box is taken
    """
    generator = np.random.default_rng(seed)
    counts = np.zeros(points.shape[1])
    for _ in range(REPEATS):
        half = generator.permutation(len(points))[: len(points) // 2]
        _, _, box = taken(points[half], hits[half], wanted, by=by, least_mass=least_mass)
        counts[box.limited] += 1
    return counts / REPEATS
