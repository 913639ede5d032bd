"""Years with a leaders' summit."""

from __future__ import annotations

from aiposim.measures import Column, Record, ratio

LABEL = "years with a leaders' summit"
UNIT = "share of years"
BETTER = "higher"


def summit_share(record: Record) -> Column:
    """Years in which a leaders' summit is held / years of the horizon; for validation against the record."""
    return ratio(record.state.total_summits, record.state.total_years)
