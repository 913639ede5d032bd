"""Women among deployed personnel at the end."""

from __future__ import annotations

from aiposim.measures import Column, Record

LABEL = "women among deployed personnel at the end"
UNIT = "share"
BETTER = "higher"


def women_share(record: Record) -> Column:
    """Women's share weighted by the members' rosters, in the last period the institute lives."""
    return record.state.women_now.copy()
