"""Decisions."""

from __future__ import annotations

from aiposim.measures import Column, Record, ratio
from aiposim.state import DECISION_RATE

LABEL = "decisions"
UNIT = "share of items settled"
BETTER = "higher"


def decision_rate(record: Record) -> Column:
    """Settled items / items put to a vote, mean over the periods with an item."""
    return ratio(record.state.totals[DECISION_RATE], record.state.defined[DECISION_RATE])
