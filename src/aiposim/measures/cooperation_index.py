"""Co-operation index."""

from __future__ import annotations

from aiposim.measures import Column, Record
from aiposim.state import COOPERATION_INDEX

LABEL = "co-operation index"
UNIT = "0 to 1"
BETTER = "higher"


def cooperation_index(record: Record) -> Column:
    """Mean of min(1, delivery ratio), timely collection, mean trust, decision rate (if there was an item) and
    min(1, response / exp(-60 days / response scale)) (if there was a crisis), times members / founders; mean
    over the whole horizon, 0 after dissolution.
    """
    return record.state.totals[COOPERATION_INDEX] / record.horizon
