"""Collection, final."""

from __future__ import annotations

import numpy as np

from aiposim.measures import Columns, Record, by_member, ratio

LABEL = "collection, final"
UNIT = "share of dues"
BETTER = "higher"


def collection_rate(record: Record) -> Columns:
    """min(1, all payments of the run / all dues of the run), catch-up included; also by state."""
    state = record.state
    paid, due = state.total_paid[0].copy(), state.total_dues[0].copy()
    for i in range(1, len(record.codes)):
        paid, due = paid + state.total_paid[i], due + state.total_dues[i]
    single = by_member(record.codes, np.minimum(1.0, ratio(state.total_paid, state.total_dues)))
    return {"": np.minimum(1.0, ratio(paid, due)), **single}
