"""Collection, timely."""

from __future__ import annotations

from aiposim.measures import Column, Record, ratio
from aiposim.state import TIMELY_COLLECTION_RATE

LABEL = "collection, timely"
UNIT = "share of dues"
BETTER = "higher"


def timely_collection_rate(record: Record) -> Column:
    """Money paid in its own period / dues of the period."""
    return ratio(record.state.totals[TIMELY_COLLECTION_RATE], record.state.lived)
