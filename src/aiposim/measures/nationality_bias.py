"""Nationality bias."""

from __future__ import annotations

import numpy as np

from aiposim.measures import Column, Record, ratio

LABEL = "nationality bias"
UNIT = "distance in the programme simplex"
BETTER = "lower"


def nationality_bias(record: Record) -> Column:
    """Nearness (minus the distance) of the voted programme to a state's ideal, while it directs less while it is
    a member and does not; mean over the states that directed for part of their membership.
    """
    state = record.state
    total, states = np.zeros(len(state.lived)), np.zeros(len(state.lived))
    for i in range(len(record.codes)):
        part = (state.biased_periods[i] > 0.0) & (state.unbiased_periods[i] > 0.0)
        with_turn = ratio(state.biased_sum[i], state.biased_periods[i])
        without = ratio(state.unbiased_sum[i], state.unbiased_periods[i])
        total = total + np.where(part, with_turn - without, 0.0)
        states = states + part
    return ratio(total, states)
