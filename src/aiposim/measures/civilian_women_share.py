"""Women among civilian experts at the end."""

from __future__ import annotations

from aiposim.measures import Column, Record

LABEL = "women among civilian experts at the end"
UNIT = "share"
BETTER = "higher"


def civilian_women_share(record: Record) -> Column:
    """Starts at 0.30 and moves to one half at the speed of deployed personnel."""
    return record.state.civilian_women.copy()
