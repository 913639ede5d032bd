"""Collection, annual."""

from __future__ import annotations

from aiposim.measures import Column, Record, ratio

LABEL = "collection, annual"
UNIT = "share of dues"
BETTER = "higher"


def annual_collection_rate(record: Record) -> Column:
    """Mean over years of min(1, money collected from members in the year / dues of the year), catch-up included;
    comparable with the year-end figures of the United Nations.
    """
    return ratio(record.state.total_annual, record.state.total_due_years)
