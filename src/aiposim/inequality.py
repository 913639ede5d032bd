"""Measures of inequality and concentration of what several hold or pay.

Source: Gini 1912, Variabilità e mutabilità; Lorenz 1905, Publications of the American Statistical Association 9;
Theil 1967, Economics and Information Theory; Herfindahl 1950 and Hirschman 1945 (index of concentration).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

Figures = NDArray[np.float64]


def gini(values: ArrayLike, weights: ArrayLike | None = None, *, sample: bool = False) -> float:
    """Gini coefficient: half the relative mean absolute difference.

    Population form: sum over all ordered pairs of |x_i - x_j| / (2 n sum of x), 0 when all are alike, (n - 1) / n when
    one has everything. Sample form: the population form times n / (n - 1), 1 when one has everything.

    values   (n,), 0 or more, not all 0
    weights  (n,) how many each value stands for; n is then their sum
    sample   the sample form, for two or more

    Errors: ValueError for values that are empty, negative, all 0 or no number, and for weights to match.
    Source: Gini 1912; Sen 1973, On Economic Inequality, chapter 2.

    >>> gini([1.0, 3.0])
    0.25
    >>> gini([1.0, 3.0], sample=True)
    0.5
    """
    held = _holdings(values)
    counts = np.ones(len(held)) if weights is None else _weights(weights, held)
    order = np.argsort(held, kind="stable")
    held, counts = held[order], counts[order]
    number = float(counts.sum())
    # Each value is added once for everyone below its holder and taken off once for everyone above.
    below = np.cumsum(counts) - counts
    above = number - below - counts
    coefficient = max(0.0, float((counts * held * (below - above)).sum() / (number * (counts * held).sum())))
    if not sample:
        return coefficient
    if number <= 1.0:
        raise ValueError(f"the sample form needs more than one value: found {number:g}")
    return coefficient * number / (number - 1.0)


def theil(values: ArrayLike) -> float:
    """Theil's first measure: the mean of x / mean(x) * log(x / mean(x)); 0 when all are alike, log(n) at most.

    Errors: ValueError for values that are empty, negative, all 0 or no number.
    Source: Theil 1967, Economics and Information Theory.

    >>> round(theil([0.0, 2.0]), 6)  # log(2)
    0.693147
    """
    held = _holdings(values)
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
    return 1.0 if n == 1 else min(1.0, max(0.0, (index - 1.0 / n) / (1.0 - 1.0 / n)))


def _holdings(values: ArrayLike) -> Figures:
    held: Figures = np.array(values, dtype=np.float64)
    if held.ndim != 1:
        raise ValueError(f"values have the shape {held.shape}: they must be a list")
    if not len(held):
        raise ValueError("there are no values: at least one is needed")
    if not np.isfinite(held).all():
        raise ValueError("a value is no number: every value must be a number, 0 or more")
    if (held < 0.0).any():
        raise ValueError(f"the value {held.min():g} is negative: every value must be 0 or more")
    if not held.any():
        raise ValueError("all values are 0: at least one must be greater")
    # Shares do not depend on the unit; a power of two next to the greatest keeps sums in the range of numbers, exactly.
    scaled: Figures = np.ldexp(held, -int(np.frexp(held.max())[1]))
    return scaled


def _weights(weights: ArrayLike, held: Figures) -> Figures:
    counts: Figures = np.array(weights, dtype=np.float64)
    if counts.shape != held.shape:
        raise ValueError(f"there are {counts.size} weights for {len(held)} values: there must be one each")
    if not np.isfinite(counts).all() or (counts < 0.0).any():
        raise ValueError("a weight is negative or no number: every weight must be 0 or more")
    if not (counts * held).any():
        raise ValueError("no value greater than 0 has a weight: at least one must")
    return counts
