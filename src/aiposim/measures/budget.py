"""Budget."""

from __future__ import annotations

from aiposim.measures import Column, Record, ratio
from aiposim.state import BUDGET

LABEL = "budget"
UNIT = "M US$ per half-year"
BETTER = "neither"


def budget(record: Record) -> Column:
    """Budget in force after the period's decision."""
    return ratio(record.state.totals[BUDGET], record.state.lived)
