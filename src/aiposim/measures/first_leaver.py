"""First to leave."""

from __future__ import annotations

import numpy as np

from aiposim.measures import Column, Record

LABEL = "first to leave"
UNIT = "number of the state in code order, from 0"
BETTER = "neither"


def first_leaver(record: Record) -> Column:
    """The first founder to leave; undefined if none left."""
    first = record.state.first_leaver.astype(np.float64)
    return np.where(first < 0.0, np.nan, first)
