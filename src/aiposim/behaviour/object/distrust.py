"""Objection out of distrust of the nominee's state.

Source: assumption of the model; cf. the split AMRO directorship of 2011 between two nationals.
"""

from __future__ import annotations

from aiposim.arithmetic import logistic


def distrust(trust: float, luck: float) -> bool:
    """Whether the state objects; `trust` is its trust in the nominee's state."""
    return luck < logistic((0.30 - trust) / 0.06)
