"""Trust among members."""

from __future__ import annotations

from aiposim.measures import Column, Record, ratio
from aiposim.state import TRUST

LABEL = "trust among members"
UNIT = "0 to 1"
BETTER = "higher"


def trust(record: Record) -> Column:
    """Mean over members of their mean trust in the other members."""
    return ratio(record.state.totals[TRUST], record.state.lived)
