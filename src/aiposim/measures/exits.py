"""Exits."""

from __future__ import annotations

from aiposim.measures import Column, Record

LABEL = "exits"
UNIT = "states per run"
BETTER = "lower"


def exits(record: Record) -> Column:
    """Founders that left."""
    return record.state.total_exits.copy()
