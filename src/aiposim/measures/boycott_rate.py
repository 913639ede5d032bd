"""Boycott."""

from __future__ import annotations

from aiposim.measures import Column, Record, ratio

LABEL = "boycott"
UNIT = "share of governments absent"
BETTER = "lower"


def boycott_rate(record: Record) -> Column:
    """Member governments absent / members."""
    return ratio(record.state.total_boycott, record.state.lived)
