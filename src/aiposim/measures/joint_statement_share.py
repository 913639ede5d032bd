"""Joint statements."""

from __future__ import annotations

from aiposim.measures import Column, Record, ratio

LABEL = "joint statements"
UNIT = "share of UN issues"
BETTER = "higher"


def joint_statement_share(record: Record) -> Column:
    """UN issues on which the members make a joint statement / issues."""
    return ratio(record.state.total_joint, record.state.lived)
