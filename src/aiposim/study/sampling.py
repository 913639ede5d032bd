"""Sampling designs over uncertain assumptions: points (point, assumption), each within its plausible range.

A point is a scenario with settings (`at_point`). The same seed gives the same points. Latin hypercube: McKay, Beckman &
Conover 1979 (Technometrics 21:239-45). Trajectories: Morris 1991 (Technometrics 33:161-74). Radial samples: Saltelli et
al. 2010 (Computer Physics Communications 181:259-70), on scrambled Sobol' points. The last two come from SALib.
"""

from __future__ import annotations

import importlib
from collections.abc import Sequence
from itertools import product
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from aiposim.scenario import Scenario
    from aiposim.study.assumptions import Assumption

    Points = NDArray[np.float64]

LEVELS = 4
"""Levels of an assumption in Morris trajectories and, unless told, in a full factorial."""
MOST_POINTS = 1_000_000


class SALibMissing(ImportError):
    """SALib is not installed."""

    def __init__(self) -> None:
        super().__init__("Morris and Sobol' designs need SALib; install it with: pip install 'aiposim[sensitivity]'")


def salib(module: str) -> Any:
    """A module of SALib.

    Errors: SALibMissing if it is not installed.
    """
    try:
        return importlib.import_module(f"SALib.{module}")
    except ModuleNotFoundError as error:
        raise SALibMissing from error


def problem_of(assumptions: Sequence[Assumption]) -> dict[str, Any]:
    """The assumptions as SALib wants to have them described."""
    return {
        "num_vars": len(assumptions),
        "names": [each.key for each in assumptions],
        "bounds": [[each.low, each.high] for each in assumptions],
    }


def latin_hypercube(assumptions: Sequence[Assumption], points: int, *, seed: int) -> Points:
    """So many points that each assumption falls once into each of as many equal parts of its range."""
    from scipy.stats import qmc

    unit = qmc.LatinHypercube(len(assumptions), rng=np.random.default_rng(seed)).random(points)
    low, high = _ranges(assumptions)
    return np.asarray(low + unit * (high - low), dtype=np.float64)


def full_factorial(assumptions: Sequence[Assumption], levels: int = LEVELS) -> Points:
    """Every combination of so many levels of each assumption, from one end of its range to the other.

    Errors: ValueError if there is one level only, or more than a million combinations.
    """
    if levels < 2:
        raise ValueError(f"a full factorial has at least two levels, not {levels}")
    if levels ** len(assumptions) > MOST_POINTS:
        raise ValueError(
            f"{levels} levels of {len(assumptions)} assumptions are {levels ** len(assumptions):,} points; "
            f"at most {MOST_POINTS:,} are made. Take fewer assumptions, or a Latin hypercube"
        )
    lines = [np.linspace(each.low, each.high, levels) for each in assumptions]
    return np.array(list(product(*lines)), dtype=np.float64).reshape(-1, len(assumptions))


def morris_trajectories(assumptions: Sequence[Assumption], trajectories: int, *, seed: int) -> Points:
    """Walks that change one assumption a step: `trajectories` blocks of (assumptions + 1) points."""
    sample = salib("sample.morris").sample(problem_of(assumptions), trajectories, num_levels=LEVELS, seed=seed)
    return np.asarray(sample, dtype=np.float64)


def sobol_points(assumptions: Sequence[Assumption], base: int, *, seed: int) -> Points:
    """For first-order and total indices: `base` blocks of (assumptions + 2) points.

    base    a power of 2, else the Sobol' points are not balanced
    Errors: ValueError if it is none.
    """
    if base < 2 or base & (base - 1):
        raise ValueError(f"the base sample is a power of 2, as 256, not {base}")
    sample = salib("sample.sobol").sample(problem_of(assumptions), base, calc_second_order=False, seed=seed)
    return np.asarray(sample, dtype=np.float64)


def at_point(scenario: Scenario, assumptions: Sequence[Assumption], point: Sequence[float] | Points) -> Scenario:
    """The scenario with the assumptions as they are at a point.

    Errors: ScenarioError if they do not go together.
    """
    return scenario.with_(**{each.key: float(value) for each, value in zip(assumptions, point, strict=True)})


def _ranges(assumptions: Sequence[Assumption]) -> tuple[Points, Points]:
    return np.array([each.low for each in assumptions]), np.array([each.high for each in assumptions])
