"""Dissolution."""

from __future__ import annotations

import numpy as np

from aiposim.measures import Column, Record

LABEL = "dissolution"
UNIT = "share of runs"
BETTER = "lower"


def dissolved(record: Record) -> Column:
    """1 if the institute is dissolved before the horizon, else 0."""
    return (~record.state.alive).astype(np.float64)
