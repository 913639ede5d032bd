"""Base rates and mutual excitation of incidents between states.

Source: multivariate Hawkes process; rates are set so that without other effects the stationary mean of each
dyad is its rate of the record times the scale.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

SMALLEST_RATE = 0.005


def excitation_matrix(dyads: list[tuple[int, int]], self_excitation: float, cross: float) -> NDArray[np.float64]:
    """How the memory of dyad k raises the rate of dyad d: by `cross` if they share a state."""
    matrix = np.zeros((len(dyads), len(dyads)))
    for d, first in enumerate(dyads):
        for k, second in enumerate(dyads):
            if d == k:
                matrix[d, k] = self_excitation
            elif set(first) & set(second):
                matrix[d, k] = cross
    return matrix


def base_rates(rates: NDArray[np.float64], matrix: NDArray[np.float64], scale: float) -> NDArray[np.float64]:
    """Base rate of each dyad per half-year, `(I - matrix) * rates * scale`, at least 0.005."""
    base = np.empty(len(rates))
    for d in range(len(rates)):
        own = rates[d] * scale
        for k in range(len(rates)):
            own = own - matrix[d, k] * rates[k] * scale
        base[d] = max(SMALLEST_RATE, own)
    return base
