"""Capacity of the secretariat at the end."""

from __future__ import annotations

from aiposim.measures import Column, Record

LABEL = "capacity of the secretariat at the end"
UNIT = "0 to 1"
BETTER = "higher"


def secretariat_capacity(record: Record) -> Column:
    """Capacity of the secretariat in the last period the institute lives."""
    return record.state.end_capacity.copy()
