"""Trust at the end."""

from __future__ import annotations

from aiposim.measures import Column, Record

LABEL = "trust at the end"
UNIT = "0 to 1"
BETTER = "higher"


def end_trust(record: Record) -> Column:
    """Mean trust among members in the last period the institute lives."""
    return record.state.end_trust.copy()
