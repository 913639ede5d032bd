"""How much does a state pledge? Sentences about free riding and conditional co-operation."""

from __future__ import annotations

import math

import hypothesis.strategies as st
import pytest
from hypothesis import given, settings

from aiposim.behaviour.pledge.nash_and_conditional import nash_and_conditional

PRICE, SATIATION, FIXED = 0.9, 3.75, 1.5
money = st.floats(0.0, 30.0)
share = st.floats(0.0, 1.0)


def pledges(
    valuation: float = 6.0,
    *,
    others: float = 0.0,
    fair_part: float = 0.0,
    budget: float = 10.0,
    trust: float = 0.45,
    last_pledge: float = 0.0,
) -> float:
    """What a state pledges that expects nothing of the others, unless told otherwise."""
    return nash_and_conditional(valuation, PRICE, SATIATION, FIXED, others, fair_part, budget, trust, last_pledge)


def best_response(valuation: float, others: float) -> float:
    """The selfish part of a pledge: a quarter of it is pledged, beside half of the warm glow."""
    return 4.0 * (pledges(valuation, others=others) - 0.5 * 0.05 * valuation)


def worth(pledge: float, valuation: float, others: float) -> float:
    """What the institute is worth to a selfish state, less its own payment."""
    spent = max(0.0, pledge + others - FIXED)
    return valuation * math.log(1.0 + spent / SATIATION) - PRICE * pledge


@given(
    valuation=st.floats(0.5, 15.0),
    others=st.floats(FIXED, 30.0),
    factor=st.floats(0.0, 3.0),
    extra=st.floats(0.0, 5.0),
)
@settings(max_examples=200, deadline=None)
def test_no_other_pledge_is_better_for_a_selfish_state_once_the_fixed_cost_is_covered(
    valuation: float, others: float, factor: float, extra: float
) -> None:
    best = best_response(valuation, others)
    assert worth(factor * best + extra, valuation, others) <= worth(best, valuation, others) + 1e-9


@given(valuation=st.floats(0.5, 15.0), others=money, more=money)
@settings(max_examples=100, deadline=None)
def test_a_selfish_state_gives_less_the_more_the_others_give_and_never_takes(
    valuation: float, others: float, more: float
) -> None:
    assert 0.0 <= best_response(valuation, others + more) <= best_response(valuation, others) + 1e-9


@given(fair_part=share, budget=money, trust=share, more=share)
@settings(max_examples=100, deadline=None)
def test_a_trusting_state_gives_more_if_it_holds_a_part_to_be_fair(
    fair_part: float, budget: float, trust: float, more: float
) -> None:
    hesitant = pledges(fair_part=fair_part, budget=budget, trust=trust)
    trusting = pledges(fair_part=fair_part, budget=budget, trust=min(1.0, trust + more))
    assert trusting >= hesitant


def test_at_a_trust_of_45_hundredths_conditional_cooperation_is_exactly_the_fair_part() -> None:
    """A quarter of .3 * 10 * (.55 + .45) = .75 more than without a fair part."""
    assert pledges(fair_part=0.3) - pledges() == pytest.approx(0.75)


def test_half_of_a_pledge_is_habit() -> None:
    assert pledges(last_pledge=5.0) - pledges() == pytest.approx(2.5)


@given(valuation=st.floats(0.5, 15.0), more=st.floats(0.0, 5.0), others=money)
@settings(max_examples=100, deadline=None)
def test_who_values_the_institute_more_pledges_no_less(valuation: float, more: float, others: float) -> None:
    assert pledges(valuation + more, others=others) >= pledges(valuation, others=others)
