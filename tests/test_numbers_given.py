"""Numbers as a caller gives them: what is read, and the one sentence that refuses the rest."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction
from typing import Any

import hypothesis.strategies as st
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings

from aiposim.numbers_given import number, numbers, truths


@pytest.mark.parametrize("value", [2, 2.0, np.int8(2), np.float32(2), np.array(2.0), Fraction(2), Decimal(2)])
def test_whatever_stands_for_two_is_two(value: Any) -> None:
    read = number(value, "x")
    assert type(read) is float
    assert read == 2.0


NO_NUMBERS: dict[str, Any] = {
    "none": None,
    "text": "2",
    "bytes": b"2",
    "truth": True,
    "complex": 2j,
    "blank": pd.NA,
    "date": pd.Timestamp("2014"),
    "list": [2],
    "set": {2},
    "array": np.array([2]),
    "not a number": np.nan,
    "infinite": -np.inf,
    "signal": Decimal("sNaN"),
    "great decimal": Decimal("1e400"),
    "great fraction": Fraction(10**400),
    "great and negative": -(10**400),
    "too long to write": 10**6000,
    "long float": np.longdouble("1e400"),
    "object": object(),
}


@pytest.mark.parametrize("value", NO_NUMBERS.values(), ids=NO_NUMBERS)
def test_what_is_no_finite_number_is_refused_in_one_short_line(value: Any) -> None:
    with pytest.raises(ValueError, match=r"^x is .*: it must (be|lie) ") as alone:
        number(value, "x")
    with pytest.raises(ValueError, match=r"^x\[1\] is .*: it must |^x has rows of different lengths") as listed:
        numbers([1.0, value], "x")
    for message in (str(alone.value), str(listed.value)):
        assert "\n" not in message
        assert len(message) < 120


@pytest.mark.parametrize(
    ("bounds", "value", "found"),
    [
        ({"least": 0.0}, -1, "x is -1: it must be 0 or more"),
        ({"least": 1.0}, 0.5, "x is 0.5: it must be 1 or more"),
        ({"least": 0.0, "most": 1.0}, 2, "x is 2: it must lie between 0 and 1"),
        ({"positive": True}, 0, "x is 0: it must be greater than 0"),
        ({"positive": True}, 1e-60, "x is 1e-60: it must be 1e-50 or more"),
        ({"whole": True}, 2.5, "x is 2.5: it must be a whole number"),
        ({}, 1e51, "x is 1e+51: it must be 1e+50 or less"),
        ({}, -1e51, "x is -1e+51: it must be -1e+50 or more"),
    ],
)
def test_a_number_out_of_bounds_is_told_the_bound(bounds: Any, value: Any, found: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(found)}$"):
        number(value, "x", **bounds)
    in_a_list = found.replace("x", "x[0]", 1)
    for listed in ([value], np.array([value])):
        with pytest.raises(ValueError, match=f"^{re.escape(in_a_list)}$"):
            numbers(listed, "x", **bounds)


@pytest.mark.parametrize(
    ("values", "axes", "found"),
    [
        ([], 1, "x is empty: at least one number is needed"),
        (3, 1, "x is 3: it must be a list of numbers"),
        ("12", 1, "x is '12': it must be a list of numbers"),
        ({1: 2}, 1, "x is {1: 2}: it must be a list of numbers"),
        ([[1, 2]], 1, "x has the shape (1, 2): it must be a list of numbers"),
        ([[1, 2], [3]], (1, 2), "x has rows of different lengths: they must have the same"),
        ("many", (0, 1), "x is 'many': it must be a number"),
        ([[1, 2], [3, "4"]], 2, "x[1, 1] is '4': it must be a number"),
    ],
)
def test_what_is_no_list_of_numbers_is_refused(values: Any, axes: Any, found: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(found)}$"):
        numbers(values, "x", axes=axes)


def test_a_number_is_called_by_what_it_belongs_to() -> None:
    with pytest.raises(ValueError, match=r"^gni of KOR is None: it must be a number$"):
        numbers([1.0, None], "gni", of=["JPN", "KOR"])


@given(values=st.lists(st.floats(-1e50, 1e50), min_size=1, max_size=8))
@settings(max_examples=40, deadline=None)
def test_numbers_come_back_to_the_bit_however_they_are_listed(values: list[float]) -> None:
    array = np.array(values)
    for listed in (values, tuple(values), (one for one in values), array, pd.Series(values), array.astype(object)):
        read = numbers(listed, "x")
        assert read.dtype == np.float64
        assert read.tobytes() == array.tobytes()
        assert read is not listed
    assert numbers(array, "x").base is not array


def test_truth_is_true_or_false_or_one_or_zero() -> None:
    assert truths([True, np.False_, 1, 0.0], "x").tolist() == [True, False, True, False]
    assert bool(truths(True, "x", axes=(0, 1))) is True
    for value in (2, "True", None, np.nan, pd.NA, [1]):
        with pytest.raises(ValueError, match=r"^x.*: (it|they) must"):
            truths([0, value], "x")
