"""Response time."""

from __future__ import annotations

from aiposim.measures import Column, Record, ratio

LABEL = "response time"
UNIT = "days"
BETTER = "lower"


def response_days(record: Record) -> Column:
    """Mean days from outbreak to the field, over the crises answered in the run."""
    return ratio(record.state.total_days, record.state.total_answered)
