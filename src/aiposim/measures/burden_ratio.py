"""Burden relative to benefit."""

from __future__ import annotations

from aiposim.measures import Columns, Record, by_member, ratio

LABEL = "burden relative to benefit"
UNIT = "ratio"
BETTER = "neither"


def burden_ratio(record: Record) -> Columns:
    """Share of all payments / share of all valuations (while a member), pooled over the run."""
    state = record.state
    paid, worth = state.total_paid[0].copy(), state.total_valuations[0].copy()
    for i in range(1, len(record.codes)):
        paid, worth = paid + state.total_paid[i], worth + state.total_valuations[i]
    shares = [
        ratio(ratio(state.total_paid[i], paid), ratio(state.total_valuations[i], worth))
        for i in range(len(record.codes))
    ]
    return by_member(record.codes, shares)
