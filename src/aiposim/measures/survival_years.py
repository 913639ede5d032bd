"""Survival."""

from __future__ import annotations

from aiposim.measures import Column, Record

LABEL = "survival"
UNIT = "years"
BETTER = "higher"


def survival_years(record: Record) -> Column:
    """Periods the institute lives / 2."""
    return record.state.lived / 2.0
