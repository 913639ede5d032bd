"""Summits after a summit."""

from __future__ import annotations

from aiposim.measures import Column, Record, ratio

LABEL = "summits after a summit"
UNIT = "share of years"
BETTER = "higher"


def summit_persistence(record: Record) -> Column:
    """Years with a summit among those that follow a year with one; undefined if there is none."""
    return ratio(record.state.total_held_again, record.state.total_after_held)
