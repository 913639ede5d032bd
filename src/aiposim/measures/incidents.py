"""Incidents."""

from __future__ import annotations

from aiposim.measures import Column, Record
from aiposim.state import INCIDENTS

LABEL = "incidents"
UNIT = "per half-year"
BETTER = "lower"


def incidents(record: Record) -> Column:
    """Incidents of all dyads of founders, over the whole horizon."""
    return record.state.totals[INCIDENTS] / record.horizon
