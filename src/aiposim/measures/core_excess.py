"""Core excess."""

from __future__ import annotations

from aiposim.measures import Column, Record, ratio

LABEL = "core excess"
UNIT = "M US$ per half-year"
BETTER = "higher"


def core_excess(record: Record) -> Column:
    """Smallest surplus of a proper coalition of members: what it gets at the shares in force less what it could
    reach alone, taken at each review before the vote; negative when some coalition would object; mean over
    reviews; undefined above six founders.
    """
    return ratio(record.state.total_core, record.state.total_reviews)
