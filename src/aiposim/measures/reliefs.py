"""Reliefs granted."""

from __future__ import annotations

from aiposim.measures import Column, Record

LABEL = "reliefs granted"
UNIT = "per run"
BETTER = "neither"


def reliefs(record: Record) -> Column:
    """Times that relief from the key was granted."""
    return record.state.total_reliefs.copy()
