"""Co-operation index without decisions."""

from __future__ import annotations

from aiposim.measures import Column, Record

LABEL = "co-operation index without decisions"
UNIT = "0 to 1"
BETTER = "higher"


def cooperation_index_without_decisions(record: Record) -> Column:
    """The co-operation index without the decision rate; report both, some comparisons turn on it."""
    return record.state.total_index_without / record.horizon
