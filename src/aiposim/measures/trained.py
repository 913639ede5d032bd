"""Civilian experts trained."""

from __future__ import annotations

from aiposim.measures import Column, Record

LABEL = "civilian experts trained"
UNIT = "persons per run"
BETTER = "higher"


def trained(record: Record) -> Column:
    """15 x min(1, (peacebuilding + half of peacekeeping delivered) / 2.5 M US$) persons each half-year, summed."""
    return record.state.total_trained.copy()
