"""How wrong an assumption must be before the order of two designs is reversed: one assumption, and two together.

How far an assumption is moved is told as part of its way from the scenario's value to the end of its plausible range,
0 to 1, so that assumptions of different units can be compared. How far two are moved together is the larger of the two
parts: "reversed if both are wrong by so much of what is plausible". (The horizon of uncertainty of info-gap theory:
Ben-Haim 2006, Info-Gap Decision Theory, 2nd ed.)

A search, not a proof: a reversal that undoes itself between two points that are looked at is missed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations

import numpy as np

from aiposim.study.assumptions import Assumption
from aiposim.study.points import Differences, MeanDifference, Point

LOOKED_AT = (0.5, 1.0)
"""Parts of the way that are looked at before the bisection."""
SLOPES = ((1.0, 1.0), (1.0, 0.5), (0.5, 1.0))
"""Rays along which two assumptions are moved together: the part of the one to the part of the other."""
PAIRS = 40
"""Pairs of assumptions that are tried: half of them those that should reverse first, half from all over."""
_HALVINGS, _HALVINGS_TO_CLEAR = 6, 4
_SOONER = 0.02
"""So much of the way must two together be sooner than one of them: more than the bisection can err."""
_REPORTED = 10
"""Pairs whose reversals are bisected; what reverses later than these is not reported."""

Evaluate = Callable[[Sequence[Point]], Sequence[Differences | None]]
"""Gives, at each point, the paired differences of the two designs; None if it makes no valid scenario."""


@dataclass(frozen=True, slots=True)
class Change:
    """An assumption moved a part of the way to one end of its plausible range."""

    assumption: Assumption
    end: float
    part: float

    @property
    def value(self) -> float:
        return self.assumption.value + self.part * (self.end - self.assumption.value)


Changes = tuple[Change, ...]


@dataclass(frozen=True)
class Reversal:
    """A reversed order: where it is reversed first, and where clearly.

    at         the nearest changes found at which the mean difference has the other sign
    clear      the nearest found at which its interval, too, lies on the other side of 0; None if nowhere
    after      the difference at `clear`, else the widest of the reversed ones looked at; at `after_at`
    elsewhere  the same on other worlds, since the point was chosen for what it showed; None if not asked for
    """

    at: Changes
    clear: Changes | None
    after: MeanDifference
    after_at: Changes
    elsewhere: MeanDifference | None = None

    @property
    def distance(self) -> float:
        """How far the assumptions are moved, 0 to 1: the largest part of a way."""
        return max(change.part for change in self.at)

    @property
    def keys(self) -> tuple[str, ...]:
        return tuple(change.assumption.key for change in self.at)


@dataclass(frozen=True)
class Approach:
    """An assumption that reverses nothing within its range: how near it comes, and where."""

    assumption: Assumption
    nearest: MeanDifference
    at: Changes


@dataclass(frozen=True)
class Found:
    """What a search for reversals came to.

    before    the difference in the scenarios as they stand
    alone     what reverses the order by itself, the nearest first
    held      what does not, the nearest approach first
    together  pairs that reverse it, the nearest first: those that do so sooner than either alone; None if not asked for
    searched  pairs that were tried, of `pairs`
    invalid   points that made no valid scenario
    """

    before: MeanDifference
    alone: list[Reversal] = field(default_factory=list)
    held: list[Approach] = field(default_factory=list)
    together: list[Reversal] | None = None
    searched: int = 0
    pairs: int = 0
    invalid: int = 0

    @property
    def settled(self) -> bool:
        """Whether the order is clear at the start; if not, there is nothing to reverse."""
        return self.before.sign != 0


def reversals(
    evaluate: Evaluate,
    assumptions: Sequence[Assumption],
    *,
    two: bool = False,
    elsewhere: Evaluate | None = None,
    tried: int = PAIRS,
) -> Found:
    """Look for the smallest changes that reverse the order of two designs.

    two         also two assumptions together
    elsewhere   evaluates on other worlds, to check what was found
    tried       pairs that are tried together
    """
    (start,) = evaluate([{}])
    if start is None:
        raise ValueError("the designs as they stand make no valid scenario")
    before = MeanDifference.of(start)
    if before.sign == 0:
        return Found(before)
    search = _Search(evaluate, before)
    rays = [
        _Ray(search, (each,), (end,), (1.0,))
        for each in assumptions
        for end in (each.low, each.high)
        if float(end) != each.value
    ]
    search.look(rays)
    search.bisect([ray for ray in rays if ray.reversed_at])
    alone = _nearest_each([ray.reversal() for ray in rays if ray.reversed_at])
    turned = {reversal.keys[0] for reversal in alone}
    held = [_approach(each, rays, before) for each in assumptions if each.key not in turned]
    found = Found(before, alone, sorted(held, key=lambda each: before.sign * each.nearest.mean))
    if two:
        found = _with_pairs(found, search, rays, tried)
    together = found.together if found.together is None else _checked(found.together, elsewhere)
    return replace(found, alone=_checked(found.alone, elsewhere), together=together, invalid=search.invalid)


class _Search:
    """Points evaluated for one order of designs."""

    def __init__(self, evaluate: Evaluate, before: MeanDifference) -> None:
        self._evaluate = evaluate
        self.before = before
        self.invalid = 0

    def reversed(self, found: MeanDifference) -> bool:
        return found.mean * self.before.sign < 0.0

    def clear(self, found: MeanDifference) -> bool:
        return found.sign == -self.before.sign

    def look(self, rays: Sequence[_Ray], parts: Sequence[float] = LOOKED_AT) -> None:
        self.note([(ray, part) for ray in rays for part in parts])

    def note(self, wanted: Sequence[tuple[_Ray, float]]) -> None:
        found = self._evaluate([ray.point(part) for ray, part in wanted])
        for (ray, part), differences in zip(wanted, found, strict=True):
            estimate = MeanDifference.of(differences) if differences is not None else None
            if estimate is None or not estimate.pairs:
                self.invalid += 1
            else:
                ray.found[part] = estimate

    def bisect(self, rays: Sequence[_Ray]) -> None:
        """All rays at once, so that workers have something to do: first where the sign turns, then where clearly."""
        for _ in range(_HALVINGS):
            self.note([(ray, ray.middle(ray.reversed_at)) for ray in rays])
        for _ in range(_HALVINGS_TO_CLEAR):
            self.note([(ray, ray.middle(ray.clear_at)) for ray in rays if ray.clear_at])


class _Ray:
    """Some assumptions moved together from the scenario outwards, each by its own part of each step."""

    def __init__(
        self, search: _Search, assumptions: Sequence[Assumption], goals: Sequence[float], slopes: Sequence[float]
    ) -> None:
        self._search = search
        self.assumptions, self.goals, self.slopes = tuple(assumptions), tuple(goals), tuple(slopes)
        self.found: dict[float, MeanDifference] = {0.0: search.before}

    def changes(self, step: float) -> Changes:
        return tuple(
            Change(each, float(goal), step * slope)
            for each, goal, slope in zip(self.assumptions, self.goals, self.slopes, strict=True)
        )

    def point(self, step: float) -> Point:
        return {change.assumption.key: change.value for change in self.changes(step)}

    @property
    def reversed_at(self) -> float:
        """The nearest step at which the order is reversed; 0 if at none."""
        return min((step for step, each in self.found.items() if self._search.reversed(each)), default=0.0)

    @property
    def clear_at(self) -> float:
        """The nearest step at which it is clearly reversed; 0 if at none."""
        return min((step for step, each in self.found.items() if self._search.clear(each)), default=0.0)

    def middle(self, step: float) -> float:
        """Half-way between a step and the one before it."""
        return (step + max(each for each in self.found if each < step)) / 2

    def reversal(self) -> Reversal:
        clear = self.clear_at
        turned = [step for step, each in self.found.items() if self._search.reversed(each)]
        shown = clear or max(turned, key=lambda step: abs(self.found[step].mean))
        return Reversal(
            self.changes(self.reversed_at),
            self.changes(clear) if clear else None,
            self.found[shown],
            self.changes(shown),
        )

    def mean(self, step: float) -> float:
        """The mean difference at a step, along straight lines between those that are known."""
        known = sorted(self.found)
        return float(np.interp(step, known, [self.found[each].mean for each in known]))


def _nearest_each(found: Sequence[Reversal]) -> list[Reversal]:
    """The nearest reversal of each assumption (or pair), the nearest of all first."""
    nearest: dict[tuple[str, ...], Reversal] = {}
    for each in sorted(found, key=lambda each: each.distance):
        nearest.setdefault(each.keys, each)
    return list(nearest.values())


def _approach(assumption: Assumption, rays: Sequence[_Ray], before: MeanDifference) -> Approach:
    mine = [ray for ray in rays if ray.assumptions == (assumption,)]
    known = [(found, ray.changes(step)) for ray in mine for step, found in ray.found.items()] or [(before, ())]
    nearest, changes = min(known, key=lambda each: before.sign * each[0].mean)
    return Approach(assumption, nearest, changes)


def _checked(found: Sequence[Reversal], elsewhere: Evaluate | None) -> list[Reversal]:
    if elsewhere is None or not found:
        return list(found)
    points = [{change.assumption.key: change.value for change in each.after_at} for each in found]
    return [
        replace(each, elsewhere=MeanDifference.of(differences)) if differences is not None else each
        for each, differences in zip(found, elsewhere(points), strict=True)
    ]


def _with_pairs(found: Found, search: _Search, rays: Sequence[_Ray], tried: int) -> Found:
    """The search for two assumptions: a grid of directions in the quadrants that promise most, then bisection."""
    corners = [pair for pair in combinations(rays, 2) if pair[0].assumptions != pair[1].assumptions]
    chosen = _promising(corners, search, tried)
    fans = [list(_fan(search, *pair)) for pair in chosen]
    search.look([ray for fan in fans for ray in fan])
    best = [min(turned, key=_crossing) for fan in fans if (turned := [ray for ray in fan if ray.reversed_at])]
    best = sorted(best, key=_crossing)[:_REPORTED]
    search.bisect(best)
    alone = {reversal.keys[0]: reversal.distance for reversal in found.alone}
    together = [
        each
        for each in _nearest_each([ray.reversal() for ray in best])
        if each.distance < min(alone.get(key, np.inf) for key in each.keys) - _SOONER
    ]
    names = {frozenset(ray.assumptions[0].key for ray in pair) for pair in corners}
    looked = {frozenset(ray.assumptions[0].key for ray in pair) for pair in chosen}
    return replace(found, together=together, searched=len(looked), pairs=len(names))


def _promising(corners: Sequence[tuple[_Ray, _Ray]], search: _Search, tried: int) -> list[tuple[_Ray, _Ray]]:
    """The pairs that should reverse first if effects add up, and as many from all over, since they may not.

    Each pair of ends counts by itself.
    """
    ranked = sorted(corners, key=lambda pair: _expected(pair, search))
    first, rest = ranked[: tried - tried // 2], ranked[tried - tried // 2 :]
    wanted = min(tried // 2, len(rest))
    return first + [rest[(2 * i + 1) * len(rest) // (2 * wanted)] for i in range(wanted)]


def _expected(pair: tuple[_Ray, _Ray], search: _Search) -> tuple[float, float]:
    """The step at which the sum of both effects reverses the order (2 if nowhere), and what then remains of it."""
    steps = np.linspace(0.0, 1.0, 21)
    start, sign = search.before.mean, search.before.sign
    sums = np.array([sign * (pair[0].mean(step) + pair[1].mean(step) - start) for step in steps])
    turned = np.flatnonzero(sums < 0.0)
    return (float(steps[turned[0]]) if len(turned) else 2.0, float(sums.min()))


def _fan(search: _Search, one: _Ray, other: _Ray) -> Iterator[_Ray]:
    for slopes in SLOPES:
        yield _Ray(search, one.assumptions + other.assumptions, one.goals + other.goals, slopes)


def _crossing(ray: _Ray) -> float:
    """Where a straight line between the two steps around the reversal crosses 0."""
    after = ray.reversed_at
    before = max(step for step in ray.found if step < after)
    above, below = abs(ray.found[before].mean), abs(ray.found[after].mean)
    return before + (after - before) * above / (above + below)
