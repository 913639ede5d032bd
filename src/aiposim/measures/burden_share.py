"""Burden."""

from __future__ import annotations

from aiposim.measures import Columns, Record, by_member, ratio

LABEL = "burden"
UNIT = "share of all payments"
BETTER = "neither"


def burden_share(record: Record) -> Columns:
    """The state's payments / all payments, pooled over the run."""
    paid = record.state.total_paid
    total = paid[0].copy()
    for i in range(1, len(record.codes)):
        total = total + paid[i]
    return by_member(record.codes, [ratio(row, total) for row in paid])
