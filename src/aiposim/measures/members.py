"""Members."""

from __future__ import annotations

from aiposim.measures import Column, Record
from aiposim.state import MEMBERS

LABEL = "members"
UNIT = "states"
BETTER = "higher"


def members(record: Record) -> Column:
    """Members at the start of the period, mean over the whole horizon, 0 after dissolution."""
    return record.state.totals[MEMBERS] / record.horizon
