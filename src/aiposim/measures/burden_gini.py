"""Inequality of burdens."""

from __future__ import annotations

from aiposim.measures import Column, Record, ratio

LABEL = "inequality of burdens"
UNIT = "Gini, 0 to 1"
BETTER = "lower"


def burden_gini(record: Record) -> Column:
    """Gini coefficient (population form) of payment / valuation among the members: sum of |x_i - x_j| over all
    ordered pairs / (2 n sum of x).
    """
    return ratio(record.state.total_gini, record.state.lived)
