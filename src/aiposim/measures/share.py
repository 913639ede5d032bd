"""Scale of assessments."""

from __future__ import annotations

from aiposim.measures import Columns, Record, by_member, ratio
from aiposim.state import SHARE

LABEL = "scale of assessments"
UNIT = "share of the budget"
BETTER = "neither"


def share(record: Record) -> Columns:
    """The state's share of assessed contributions (or pledges) after relief, mean over its membership."""
    state = record.state
    rows = range(SHARE, SHARE + len(record.codes))
    return by_member(record.codes, [ratio(state.totals[q], state.defined[q]) for q in rows])
