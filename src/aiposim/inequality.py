"""Measures of inequality and concentration of what several hold or pay.

Source: Gini 1912, Variabilità e mutabilità; Lorenz 1905, Publications of the American Statistical Association 9;
Theil 1967, Economics and Information Theory; Herfindahl 1950 and Hirschman 1945 (index of concentration).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from aiposim.numbers_given import numbers

__all__ = ["concentration", "gini", "lorenz", "theil"]

Figures = NDArray[np.float64]


def gini(values: ArrayLike, weights: ArrayLike | None = None, *, sample: bool = False) -> float:
    """Gini coefficient: half the relative mean absolute difference.

    Population form: sum over all ordered pairs of |x_i - x_j| / (2 n sum of x), 0 when all are alike, (n - 1) / n when
    one has everything. Sample form: the population form times n / (n - 1), 1 when one has everything.

    values   (n,), 0 or more, not all 0
    weights  (n,) how many each value stands for, or in what proportion; n is then their sum
    sample   the sample form, for two or more; weights are then whole numbers

    Errors: ValueError for values that are empty, negative, all 0 or no number, and for weights to match.
    Source: Gini 1912; Sen 1973, On Economic Inequality, chapter 2.

    >>> gini([1.0, 3.0])
    0.25
    >>> gini([1.0, 3.0], sample=True)
    0.5
    """
    held = _checked(values)
    given = np.ones(len(held)) if weights is None else numbers(weights, "weights", least=0.0, whole=sample)
    if len(given) != len(held):
        raise ValueError(f"there are {len(given)} weights for {len(held)} values: there must be one each")
    number = float(given.sum())
    if sample and number <= 1.0:
        raise ValueError(f"the sample form needs more than one value: found {number:g}")
    counts = _near_one(given)
    weighted = counts > 0.0
    if not held[weighted].any():
        raise ValueError("no value greater than 0 has a weight: at least one must")
    held, counts = _near_one(held[weighted]), counts[weighted]
    order = np.argsort(held, kind="stable")
    held, counts = held[order], counts[order]
    total = counts.sum()
    # Each value is added once for everyone below its holder and taken off once for everyone above. What all hold
    # alike is left out, so that it cancels to the last bit.
    below = np.cumsum(counts) - counts
    above = total - below - counts
    difference = (counts * (held - held[0]) * (below - above)).sum()
    coefficient = max(0.0, float(difference / (total * (counts * held).sum())))
    return coefficient * number / (number - 1.0) if sample else coefficient


def theil(values: ArrayLike) -> float:
    """Theil's first measure: the mean of x / mean(x) * log(x / mean(x)); 0 when all are alike, log(n) at most.

    Errors: ValueError for values that are empty, negative, all 0 or no number.
    Source: Theil 1967, Economics and Information Theory.

    >>> round(theil([0.0, 2.0]), 6)  # log(2)
    0.693147
    """
    held = _holdings(values)
    if held.min() == held.max():
        return 0.0
    relative = held / held.mean()
    held_by_some = relative[relative > 0.0]
    return max(0.0, float((held_by_some * np.log(held_by_some)).sum() / len(held)))


def lorenz(values: ArrayLike) -> tuple[Figures, Figures]:
    """The Lorenz curve: cumulated share of the holders, poorest first, and of what they hold; (n + 1,) each, 0 to 1.

    Errors: ValueError for values that are empty, negative, all 0 or no number.
    Source: Lorenz 1905, Publications of the American Statistical Association 9.

    >>> holders, holdings = lorenz([3.0, 1.0])
    >>> holders.tolist(), holdings.tolist()
    ([0.0, 0.5, 1.0], [0.0, 0.25, 1.0])
    """
    held = np.sort(_holdings(values))
    cumulated = np.concatenate([[0.0], np.cumsum(held)])
    return np.linspace(0.0, 1.0, len(held) + 1), cumulated / cumulated[-1]


def concentration(values: ArrayLike, *, normalised: bool = False) -> float:
    """Herfindahl-Hirschman index: the sum of the squared shares, 1/n when all are alike, 1 when one has everything.

    `normalised`: (H - 1/n) / (1 - 1/n), from 0 to 1 whatever n; a single holder has everything: 1.
    Errors: ValueError for values that are empty, negative, all 0 or no number.
    Source: Hirschman 1964, American Economic Review 54 (the paternity of the index).

    >>> concentration([0.5, 0.5])
    0.5
    """
    held = _holdings(values)
    shares = held / held.sum()
    index = float((shares * shares).sum())
    if not normalised:
        return index
    n = len(held)
    if n > 1 and held.min() == held.max():
        return 0.0
    return 1.0 if n == 1 else min(1.0, max(0.0, (index - 1.0 / n) / (1.0 - 1.0 / n)))


def _holdings(values: ArrayLike) -> Figures:
    """The values in a unit of their own size."""
    return _near_one(_checked(values))


def _checked(values: ArrayLike) -> Figures:
    held = numbers(values, "values", least=0.0, most=np.inf)
    if not held.any():
        raise ValueError("all values are 0: at least one must be greater")
    return held


def _near_one(figures: Figures) -> Figures:
    """The figures over a power of two, which is exact, with the greatest between 1 and 2; and no zero is negative.

    Shares do not depend on the unit, and so the sums of no figures, however large or small, leave the range of floats.
    """
    scaled: Figures = np.ldexp(figures, 1 - int(np.frexp(figures.max())[1])) + 0.0
    return scaled
