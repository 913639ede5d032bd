"""Influence in the United Nations."""

from __future__ import annotations

from aiposim.measures import Column, Record, ratio

LABEL = "influence in the United Nations"
UNIT = "relative to all founders as one"
BETTER = "higher"


def influence_index(record: Record) -> Column:
    """J (R/A)^1.5 + (1 - J) sum of (r/A)^1.5, with J the share of joint statements, r the members' UN
    peacekeeping rates, R their sum and A the founders' sum.
    """
    return ratio(record.state.total_influence, record.state.lived)
