"""What the record counts: histograms and exact sums of the bands."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aiposim.compiled import machine
from aiposim.quantities import Array
from aiposim.state import BINS, FIXED_POINT, STRANDS
from aiposim.steps.record import count_bands

LOW, WIDTH = 0.0, 0.25
VALUES = st.one_of(st.just(float("nan")), st.floats(-20.0, 200.0))


def counted(values: list[float], count: Callable[..., None] = count_bands) -> tuple[Array, int]:
    """Histogram and exact sum of one band in one period."""
    histogram, fixed_sum = np.zeros((1, 1, BINS), np.int64), np.zeros((1, 1), np.int64)
    scratch = np.zeros(len(values), np.uint16), np.ones((STRANDS, BINS + 1), np.int32)
    bands = np.array([LOW]), np.array([1.0 / WIDTH])
    count(histogram, fixed_sum, *scratch, *bands, np.array([values]).reshape(1, -1), 0)
    return histogram[0, 0], int(fixed_sum[0, 0])


@pytest.mark.parametrize("runs", range(2 * STRANDS + 2))
@pytest.mark.parametrize("count", [count_bands, machine(count_bands)], ids=["plain", "compiled"])
def test_every_run_is_counted_once_in_whatever_number_they_come(count: Callable[..., None], runs: int) -> None:
    values = [WIDTH * (r % 3 + 0.5) for r in range(runs)]
    histogram, _ = counted(values, count)
    assert histogram[:3].tolist() == [len(range(place, runs, 3)) for place in range(3)]
    assert histogram.sum() == runs


@given(values=st.lists(VALUES, max_size=40))
@settings(max_examples=100, deadline=None)
def test_bands_count_what_is_defined_and_keep_what_lies_outside_in_their_ends(values: list[float]) -> None:
    known = [value for value in values if value == value]
    places = [min(BINS - 1, max(0, int((value - LOW) / WIDTH))) for value in known]
    histogram, fixed_sum = counted(values)
    assert histogram.tolist() == np.bincount(np.array(places, dtype=np.int64), minlength=BINS).tolist()
    assert fixed_sum == sum(int(value * FIXED_POINT) for value in known)


@given(values=st.lists(VALUES, min_size=1, max_size=40), cut=st.integers(0, 40))
@settings(max_examples=100, deadline=None)
def test_bands_of_two_blocks_add_up_to_those_of_both(values: list[float], cut: int) -> None:
    first, one = counted(values[:cut])
    second, other = counted(values[cut:])
    both, sum_of_both = counted(values)
    assert (first + second).tolist() == both.tolist()
    assert one + other == sum_of_both
