"""Sharing by the theory of games: claims rules, and solutions of games in characteristic-function form.

A game of n players is an array of shape (2**n,): bit i of an index says whether player i belongs to the coalition,
the value is what the coalition obtains (or, as a game of costs, spends) alone; nobody alone obtains 0.
"""

from __future__ import annotations

from aiposim.games.claims import (
    constrained_equal_awards,
    constrained_equal_losses,
    proportional,
    random_arrival,
    talmud,
)
from aiposim.games.excesses import nucleolus, per_capita_nucleolus
from aiposim.games.solutions import core_excess, from_costs, is_convex, shapley_value

__all__ = [
    "constrained_equal_awards",
    "constrained_equal_losses",
    "core_excess",
    "from_costs",
    "is_convex",
    "nucleolus",
    "per_capita_nucleolus",
    "proportional",
    "random_arrival",
    "shapley_value",
    "talmud",
]
