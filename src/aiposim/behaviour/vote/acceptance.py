"""Acceptance of a proposal on a line or in the simplex: nearer than the reversion, or within the margin.

Source: Romer & Rosenthal 1978, Public Choice 33 (setter and reversion); the margin as zone of indifference,
or of intransigence if negative, is an assumption of the model.
"""

from __future__ import annotations

TOLERANCE = 1e-9


def reach(reversion_distance: float, margin: float) -> float:
    """Radius of the acceptance interval round the ideal point; negative: nothing is accepted.

    `reversion_distance` is the distance from the ideal to the reversion, in the units of the issue.
    """
    return max(reversion_distance, margin) if margin >= 0.0 else reversion_distance + margin


def acceptance(distance: float, reach: float) -> bool:
    """Whether a proposal at `distance` from the ideal lies within `reach`."""
    return (reach >= 0.0) & (distance <= reach + TOLERANCE)
