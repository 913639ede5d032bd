"""What a state is willing to pay of this period's dues: its propensity, less when it is about to leave.

Source: assumption of the model.
"""

from __future__ import annotations

DEPARTING = 0.7


def willingness(propensity: float, notice: float) -> float:
    """Share of the dues, 0..1; at most 0.7 while notice of withdrawal runs (`notice` > 0 periods left)."""
    return min(propensity, DEPARTING) if notice > 0 else propensity
