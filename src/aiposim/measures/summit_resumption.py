"""Summits after a year without."""

from __future__ import annotations

from aiposim.measures import Column, Record, ratio

LABEL = "summits after a year without"
UNIT = "share of years"
BETTER = "higher"


def summit_resumption(record: Record) -> Column:
    """Years with a summit among those that follow a year without one; undefined if there is none."""
    state = record.state
    after_none = state.total_years - 1.0 - state.total_after_held
    return ratio(state.total_resumed, after_none)
