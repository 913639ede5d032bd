"""Does a state leave an area of work? Sentences about what is too dear."""

from __future__ import annotations

import math

import hypothesis.strategies as st
import pytest
from hypothesis import given, settings

from aiposim.behaviour.opt_out.too_dear import too_dear

positive = st.floats(0.01, 20.0)
share = st.floats(0.01, 1.0)
PRICE, SATIATION = 0.9, 0.6


def leaves(dues: float, area_share: float, interest: float, delivered: float, valuation: float = 6.0) -> bool:
    return too_dear(dues, PRICE, 0.85, area_share, valuation, interest, delivered, SATIATION)


@given(dues=positive, area_share=share, interest=share)
@settings(max_examples=50, deadline=None)
def test_an_area_in_which_nothing_is_delivered_is_too_dear(dues: float, area_share: float, interest: float) -> None:
    assert leaves(dues, area_share, interest, 0.0)


@given(area_share=share, interest=share, delivered=positive)
@settings(max_examples=50, deadline=None)
def test_who_is_charged_nothing_leaves_nothing(area_share: float, interest: float, delivered: float) -> None:
    assert not leaves(0.0, area_share, interest, delivered)


@pytest.mark.parametrize("part", [0.39, 0.41])
def test_an_area_is_left_when_it_costs_more_than_two_fifths_of_its_worth(part: float) -> None:
    """Worth 6 * .3 * ln(1 + 2 / .6); the dues are set so that the area costs `part` of it."""
    worth = 6.0 * 0.3 * math.log(1.0 + 2.0 / SATIATION)
    dues = part * worth / (PRICE * 0.85 * 0.2)
    assert leaves(dues, 0.2, 0.3, 2.0) is (part > 0.4)


@given(dues=positive, area_share=share, interest=share, delivered=positive, more=share)
@settings(max_examples=100, deadline=None)
def test_more_dues_never_keep_a_state_in_and_more_delivery_or_interest_never_drives_it_out(
    dues: float, area_share: float, interest: float, delivered: float, more: float
) -> None:
    if leaves(dues, area_share, interest, delivered):
        assert leaves(dues + more, area_share, interest, delivered)
    else:
        assert not leaves(dues, area_share, interest + more, delivered)
        assert not leaves(dues, area_share, interest, delivered + more)
