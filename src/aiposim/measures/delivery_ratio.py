"""Delivery ratio."""

from __future__ import annotations

from aiposim.measures import Column, Record
from aiposim.state import DELIVERY_RATIO

LABEL = "delivery ratio"
UNIT = "of the efficient programme's benefit"
BETTER = "higher"


def delivery_ratio(record: Record) -> Column:
    """Members' public benefit of what is delivered / the benefit of the efficient programme at the efficient
    budget; not capped; mean over the whole horizon, 0 after dissolution.
    """
    return record.state.totals[DELIVERY_RATIO] / record.horizon
