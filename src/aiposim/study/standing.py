"""Designs ranked on one outcome, with how sure the ranking is: simultaneous intervals, sets of ranks, chances.

Who reads a table of sixty designs compares each with each, so the intervals are simultaneous: with the stated
confidence *all* differences between the designs lie within theirs at once. A rank is then a set: no better than one
more than the number of designs that are clearly better, no worse than those clearly worse allow.

Sources: Mogstad, Romano, Shaikh & Wilhelm 2024, Review of Economic Studies 91 (sets of ranks from differences);
Hothorn, Bretz & Westfall 2008, Biometrical Journal 50 (the largest of many correlated t as critical value).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from aiposim.quantities import Array

DRAWS = 2_000
"""Draws of the means' error, from which critical values and chances come; a chance is right to about 1 %."""
_SEED = 2015  # the same runs always give the same intervals
_ROUNDING = 1e-12  # two rules that share alike by different sums differ in the last digits


@dataclass(frozen=True)
class Standing:
    """Designs on one outcome, in the runs in which all of them define it.

    better       "higher", "lower" or "neither"
    runs         how many runs these are
    means        (design,)
    differences  (design, design), row less column: mean over the runs
    half_width   (design, design) of its simultaneous interval; 0 where no run differs, nan with fewer than two runs
    chance_best  (design,) that no other design has a better mean; nan where no direction is better
    """

    better: str
    runs: int
    means: Array
    differences: Array
    half_width: Array
    chance_best: Array

    @property
    def _advantage(self) -> Array:
        return -self.differences if self.better == "lower" else self.differences

    @property
    def is_ranked(self) -> bool:
        return self.better != "neither" and self.runs > 0

    @property
    def clearly_better(self) -> Array:
        """(design, design): the row is better than the column, and the interval leaves no doubt."""
        with np.errstate(invalid="ignore"):
            return np.asarray(self.is_ranked & (self._advantage - self.half_width > 0.0))

    @property
    def same(self) -> Array:
        """(design, design): no run differs."""
        return np.asarray((self.half_width == 0.0) & (self.differences == 0.0))

    @property
    def apart(self) -> Array:
        """(design, design): the interval of the difference does not hold zero."""
        with np.errstate(invalid="ignore"):
            return np.asarray(np.abs(self.differences) > self.half_width)

    @property
    def rank(self) -> Array:
        """(design,) 1 is best; those with equal means share the better rank; nan if there is none."""
        ranks = 1.0 + (self._advantage > 0.0).sum(axis=0)
        return np.where(self.is_ranked, ranks, np.nan)

    @property
    def rank_low(self) -> Array:
        """(design,) the best rank that is not ruled out."""
        return np.where(self.is_ranked, 1.0 + self.clearly_better.sum(axis=0), np.nan)

    @property
    def rank_high(self) -> Array:
        """(design,) the worst rank that is not ruled out; designs that do the same in every run share theirs."""
        alike = self.same.sum(axis=1)  # itself among them
        worst = len(self.means) - self.clearly_better.sum(axis=1) - (alike - 1)
        return np.where(self.is_ranked, worst, np.nan)

    def is_settled(self, *, best_alone: bool = False) -> bool:
        """Whether every two designs are told apart or do the same in every run; or the best from all others."""
        if not self.is_ranked:
            return False
        known = self.apart | self.same
        if best_alone:
            return bool(known[int(np.argmin(self.rank))].all())
        return bool(known.all())

    def undecided(self) -> list[tuple[int, int]]:
        """Places of the pairs of designs that these runs cannot tell apart."""
        open_pairs = np.triu(~(self.apart | self.same), 1)
        return [(int(i), int(j)) for i, j in np.argwhere(open_pairs)]


def standing(values: Array, better: str, confidence: float = 0.95) -> Standing:
    """Rank designs by the mean of their runs, `values` (design, run), paired by run; nan is undefined.

    The errors of the means are taken as normal with the covariance of the runs, the critical value with Student's
    correction for few runs.
    """
    values = values[:, ~np.isnan(values).any(axis=0)]
    many, runs = values.shape
    means = values.mean(axis=1) if runs else np.full(many, np.nan)
    differences = means[:, None] - means[None, :]
    if runs < 2:
        unknown = np.where(np.eye(many, dtype=bool), 0.0, np.nan)
        return Standing(better, runs, means, differences, unknown, np.full(many, np.nan))
    deviations = values - means[:, None]
    error = _errors(deviations)
    draws = draws_of_errors(deviations)
    half_width = _critical(draws, error, runs, confidence) * error
    chance = _chance_best(means + draws, better, error == 0.0)
    return Standing(better, runs, means, np.where(error > 0.0, differences, 0.0), half_width, chance)


def _errors(deviations: Array) -> Array:
    """(design, design) standard error of the mean difference; 0 where no run differs by more than rounding."""
    many, runs = deviations.shape
    rounding = _ROUNDING * float(np.abs(deviations).max(initial=0.0))
    squares = np.zeros((many, many))
    for i in range(many - 1):
        apart = deviations[i + 1 :] - deviations[i]
        squares[i, i + 1 :] = np.einsum("dr,dr->d", apart, apart)
    errors = np.sqrt((squares + squares.T) / (runs - 1) / runs)
    return np.where(errors > rounding, errors, 0.0)


def draws_of_errors(deviations: Array) -> Array:
    """(draw, row) errors that the means of some rows might have; `deviations` (row, run) are taken from their means."""
    runs = deviations.shape[1]
    weights, vectors = np.linalg.eigh(deviations @ deviations.T / (runs - 1) / runs)
    root = vectors * np.sqrt(np.maximum(weights, 0.0))
    draws = np.random.default_rng(_SEED).standard_normal((DRAWS, len(deviations)))
    return np.asarray(draws @ root.T)


def _critical(draws: Array, error: Array, runs: int, confidence: float) -> float:
    """How many standard errors wide an interval must be for all of them to hold at once."""
    from scipy.special import ndtr, stdtrit

    largest = np.zeros(len(draws))
    for i in range(draws.shape[1] - 1):
        where = np.flatnonzero(error[i, i + 1 :] > 0.0) + i + 1
        if len(where):
            apart = np.abs(draws[:, where] - draws[:, i : i + 1]) / error[i, where]
            np.maximum(largest, apart.max(axis=1), out=largest)
    normal = float(np.quantile(largest, confidence))
    return float(stdtrit(runs - 1, ndtr(normal))) if normal > 0.0 else 0.0


def _chance_best(means: Array, better: str, same: Array) -> Array:
    """(design,) how often no other is better among (draw, design) means; designs that do the same share it."""
    if better == "neither":
        return np.full(means.shape[1], np.nan)
    first_alike = same.argmax(axis=1)  # the first of those that do the same stands for them
    towards = means if better == "higher" else -means
    wins = np.bincount(first_alike[towards.argmax(axis=1)], minlength=means.shape[1]) / len(means)
    return np.asarray(wins[first_alike])
