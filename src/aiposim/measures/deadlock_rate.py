"""Deadlock."""

from __future__ import annotations

from aiposim.measures import Columns, Record, ratio
from aiposim.state import DECISION_RATE

LABEL = "deadlock"
UNIT = "share of items"
BETTER = "lower"


def deadlock_rate(record: Record) -> Columns:
    """1 - settled items / items put to a vote, mean over the periods with an item; by kind of item pooled over
    the run.
    """
    state = record.state
    pooled = {
        kind: 1.0 - ratio(state.total_settled[k], state.total_items[k])
        for k, kind in enumerate(("budget", "programme", "crises"))
    }
    return {"": 1.0 - ratio(state.totals[DECISION_RATE], state.defined[DECISION_RATE]), **pooled}
