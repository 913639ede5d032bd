"""Backlashes."""

from __future__ import annotations

from aiposim.measures import Column, Record

LABEL = "backlashes"
UNIT = "events per run"
BETTER = "lower"


def backlashes(record: Record) -> Column:
    """Times that field sharing was followed by protest at home."""
    return record.state.total_backlashes.copy()
