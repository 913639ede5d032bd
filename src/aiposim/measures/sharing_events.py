"""Field sharing."""

from __future__ import annotations

from aiposim.measures import Column, Record

LABEL = "field sharing"
UNIT = "events per run"
BETTER = "higher"


def sharing_events(record: Record) -> Column:
    """Times that two contingents in one crisis shared supplies or information."""
    return record.state.total_sharing.copy()
