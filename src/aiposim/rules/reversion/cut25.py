"""Cut by a quarter: without a decision the budget falls to three quarters.

Source: assumption of the model, a harsh reversion point; cf. Romer & Rosenthal 1978, Public Choice 33.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Terms:
    """This rule has no numbers of its own."""


def cut25(budget: float, terms: Terms) -> float:
    """Three quarters of the budget in force."""
    return 0.75 * budget
