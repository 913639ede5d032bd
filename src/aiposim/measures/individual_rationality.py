"""Membership pays."""

from __future__ import annotations

from aiposim.measures import Columns, Record, by_member, ratio

LABEL = "membership pays"
UNIT = "share of membership"
BETTER = "higher"


def individual_rationality(record: Record) -> Columns:
    """Periods of membership in which the payoff is at least that outside / periods of membership."""
    state = record.state
    return by_member(record.codes, ratio(state.rational_periods, state.membership_periods))
