"""Base rates and mutual excitation of incidents between states, under four processes.

`hawkes`   incidents breed further ones and follow opinion and co-operation; rates are set so that without
           other effects the stationary mean of each dyad is its rate of the record times the scale
`poisson`  the same mean, constant: nothing breeds, nothing calms
`markov`   a normal dyad freezes with a constant chance, by one major incident; a frozen one has no incident
           and thaws as ever: shares of time and lengths of freezes have a closed form
`none`     no incidents

Source: Hawkes 1971, Biometrika 58 (multivariate, discrete time); the other three are yardsticks of ours.
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


def onsets(
    rates: NDArray[np.float64], major_shares: NDArray[np.float64], scale: float, freeze: float
) -> NDArray[np.float64]:
    """Chance per half-year that a normal dyad freezes, under `markov`: that of a freezing incident in the record."""
    onset = np.empty(len(rates))
    for d in range(len(rates)):
        onset[d] = min(1.0, rates[d] * scale * major_shares[d] * freeze)
    return onset


def base_rates(rates: NDArray[np.float64], matrix: NDArray[np.float64], scale: float) -> NDArray[np.float64]:
    """Base rate of each dyad per half-year, `(I - matrix) * rates * scale`, at least 0.005."""
    base = np.empty(len(rates))
    for d in range(len(rates)):
        own = rates[d] * scale
        for k in range(len(rates)):
            own = own - matrix[d, k] * rates[k] * scale
        base[d] = max(SMALLEST_RATE, own)
    return base
