"""Does a state give notice, and does it take the notice back?"""

from __future__ import annotations

import math

import hypothesis.strategies as st
import pytest
from hypothesis import given, settings

from aiposim.behaviour.rescind.second_thoughts import second_thoughts
from aiposim.behaviour.withdraw.discontent import Terms, discontent

luck = st.floats(2.0**-33, 1.0 - 2.0**-33)
surplus = st.floats(-2.0, 2.0)
grievance = st.floats(0.0, 3.0)
share = st.floats(0.0, 1.0)


def leaves(surplus: float, grievance: float, hawkishness: float, luck: float) -> bool:
    return discontent(surplus, grievance, hawkishness, 0.33, luck, Terms())


def threshold(surplus: float, grievance: float, hawkishness: float) -> float:
    """The luck below which notice is given."""
    low, high = 0.0, 1.0
    for _ in range(60):
        middle = (low + high) / 2.0
        low, high = (middle, high) if leaves(surplus, grievance, hawkishness, middle) else (low, middle)
    return high


def test_a_content_member_leaves_about_once_in_nine_hundred_half_years() -> None:
    """x = 5.2 + 4.5 * .35 = 6.775: 1 / (1 + exp(6.775))."""
    assert threshold(0.35, 0.0, 0.33) == pytest.approx(1.0 / (1.0 + math.exp(6.775)), rel=1e-6)


def test_an_aggrieved_member_to_which_membership_is_worth_nothing_leaves_every_tenth_half_year() -> None:
    """x = 5.2 - 1.5 * 2 = 2.2."""
    assert threshold(0.0, 2.0, 0.33) == pytest.approx(1.0 / (1.0 + math.exp(2.2)), rel=1e-6)


@given(surplus=surplus, grievance=grievance, hawkishness=share, more=share, luck=luck)
@settings(max_examples=100, deadline=None)
def test_surplus_never_drives_a_member_out_and_grievance_and_hawkish_opinion_never_keep_it_in(
    surplus: float, grievance: float, hawkishness: float, more: float, luck: float
) -> None:
    if leaves(surplus, grievance, hawkishness, luck):
        assert leaves(surplus, grievance + more, hawkishness, luck)
        assert leaves(surplus, grievance, hawkishness + more, luck)
    else:
        assert not leaves(surplus + more, grievance, hawkishness, luck)


@given(surplus=surplus, grievance=grievance, hawkishness=share, luck=luck, other=luck)
@settings(max_examples=100, deadline=None)
def test_luck_moves_a_notice_in_one_direction_only(
    surplus: float, grievance: float, hawkishness: float, luck: float, other: float
) -> None:
    if leaves(surplus, grievance, hawkishness, max(luck, other)):
        assert leaves(surplus, grievance, hawkishness, min(luck, other))


@given(surplus=surplus, grievance=grievance, luck=luck)
@settings(max_examples=100, deadline=None)
def test_a_notice_is_taken_back_only_when_membership_pays_again_and_grievance_has_faded(
    surplus: float, grievance: float, luck: float
) -> None:
    if second_thoughts(surplus, grievance, luck):
        assert surplus > 0.05
        assert grievance < 0.6


def test_second_thoughts_come_to_a_contented_member_one_time_in_four() -> None:
    assert second_thoughts(0.06, 0.59, 0.2499)
    assert not second_thoughts(0.06, 0.59, 0.2501)
    assert not second_thoughts(0.05, 0.0, 0.01)
    assert not second_thoughts(1.0, 0.6, 0.01)
