"""Arrears."""

from __future__ import annotations

from aiposim.measures import Column, Record, ratio
from aiposim.state import ARREARS_YEARS

LABEL = "arrears"
UNIT = "years of dues"
BETTER = "lower"


def arrears_years(record: Record) -> Column:
    """Sum of the members' arrears / (2 x budget)."""
    return ratio(record.state.totals[ARREARS_YEARS], record.state.lived)
