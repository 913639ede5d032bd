"""Civilian experts serving at the end."""

from __future__ import annotations

from aiposim.measures import Columns, Record, by_member

LABEL = "civilian experts serving at the end"
UNIT = "persons"
BETTER = "higher"


def civilians_serving(record: Record) -> Columns:
    """Graduates placed (0.28 of the trained) and still in missions (two years on average) at the end, by state."""
    return by_member(record.codes, record.state.civilians_serving)
