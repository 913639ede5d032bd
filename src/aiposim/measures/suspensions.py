"""Suspensions of the vote."""

from __future__ import annotations

from aiposim.measures import Column, Record

LABEL = "suspensions of the vote"
UNIT = "state half-years per run"
BETTER = "lower"


def suspensions(record: Record) -> Column:
    """Half-years in which a member's vote is suspended, summed over the members."""
    return record.state.total_suspensions.copy()
