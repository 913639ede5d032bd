"""Welfare."""

from __future__ import annotations

from aiposim.measures import Columns, Record, by_member

LABEL = "welfare"
UNIT = "M US$, discounted"
BETTER = "higher"


def welfare(record: Record) -> Columns:
    """Sum over periods t of 0.98^t x (payoff while a member, payoff outside afterwards)."""
    return by_member(record.codes, record.state.welfare)
