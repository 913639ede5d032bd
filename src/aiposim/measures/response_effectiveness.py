"""Response effectiveness."""

from __future__ import annotations

from aiposim.measures import Column, Record, ratio
from aiposim.state import RESPONSE_EFFECTIVENESS

LABEL = "response effectiveness"
UNIT = "0 to 1"
BETTER = "higher"


def response_effectiveness(record: Record) -> Column:
    """Mean value of the period's crises, 0 for a lost one; mean over the periods with a crisis."""
    return ratio(record.state.totals[RESPONSE_EFFECTIVENESS], record.state.defined[RESPONSE_EFFECTIVENESS])
