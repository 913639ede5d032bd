"""Trust among founders."""

from __future__ import annotations

from aiposim.measures import Column, Record
from aiposim.state import TRUST_FOUNDERS

LABEL = "trust among founders"
UNIT = "0 to 1"
BETTER = "higher"


def trust_founders(record: Record) -> Column:
    """Mean trust over all ordered pairs of founders, over the whole horizon; does not improve when the
    aggrieved leave.
    """
    return record.state.totals[TRUST_FOUNDERS] / record.horizon
