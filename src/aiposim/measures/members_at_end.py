"""Members at the end."""

from __future__ import annotations

from aiposim.measures import Column, Record

LABEL = "members at the end"
UNIT = "states"
BETTER = "higher"


def members_at_end(record: Record) -> Column:
    """Founders that have not left at the end of the run."""
    return len(record.codes) - record.state.total_exits
