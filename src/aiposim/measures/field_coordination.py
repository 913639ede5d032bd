"""Field coordination at the end."""

from __future__ import annotations

from aiposim.measures import Column, Record

LABEL = "field coordination at the end"
UNIT = "0 to 1"
BETTER = "higher"


def field_coordination(record: Record) -> Column:
    """Stock of joint operations and analysis in the field, fed by civilian experts serving."""
    return record.state.coordination_stock.copy()
