"""Longest time without a summit."""

from __future__ import annotations

from aiposim.measures import Column, Record

LABEL = "longest time without a summit"
UNIT = "years"
BETTER = "lower"


def longest_summit_gap(record: Record) -> Column:
    """Longest number of consecutive years without a leaders' summit."""
    return record.state.longest_gap.copy()
