"""Budget relative to the efficient budget."""

from __future__ import annotations

from aiposim.measures import Column, Record, ratio
from aiposim.state import BUDGET_RATIO

LABEL = "budget relative to the efficient budget"
UNIT = "ratio"
BETTER = "neither"


def budget_ratio(record: Record) -> Column:
    """Budget after the period's decision / efficient (Samuelson) budget of the members, where that is positive."""
    return ratio(record.state.totals[BUDGET_RATIO], record.state.defined[BUDGET_RATIO])
