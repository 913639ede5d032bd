"""What share of its dues does a state pay? Sentences about norm, fairness, trust, sanction and mood."""

from __future__ import annotations

import math
from dataclasses import replace

import hypothesis.strategies as st
import pytest
from hypothesis import given, settings

from aiposim.behaviour.pay.propensity import Terms, inclination, propensity
from aiposim.behaviour.pay.willingness import willingness

share = st.floats(0.0, 1.0)


def pays(
    *,
    before: float = 0.85,
    norm_factor: float = 1.0,
    own_return: float = 0.3,
    cost_of_funds: float = 1.1,
    trust: float = 0.45,
    sanction: float = 0.0,
    share: float = 0.3,
    fair_share: float = 0.3,
    hawkishness: float = 0.3,
    bias_felt: float = 0.0,
    grievance: float = 0.0,
    terms: Terms | None = None,
) -> float:
    """The new propensity of a state charged its fair share in ordinary times, unless told otherwise."""
    terms = terms or Terms()
    inclined = inclination(
        norm_factor,
        own_return,
        cost_of_funds,
        trust,
        sanction,
        share,
        fair_share,
        hawkishness,
        0.3,
        bias_felt,
        grievance,
        terms,
    )
    return propensity(before, inclined, terms)


def test_in_ordinary_times_norm_and_own_return_outweigh_the_cost_of_funds() -> None:
    """z = 1.2 + .3 - 1.1 = .4; half of .85 and half of 1 / (1 + exp(-.4 / .3))."""
    assert pays() == pytest.approx(0.5 * 0.85 + 0.5 / (1.0 + math.exp(-4.0 / 3.0)))


@given(fair_share=st.floats(0.01, 0.9), more=st.floats(0.0, 0.5))
@settings(max_examples=100, deadline=None)
def test_payment_falls_with_unfairness(fair_share: float, more: float) -> None:
    charged = min(1.0, fair_share + more)
    dearer = min(1.0, charged + 0.05)
    assert pays(share=dearer, fair_share=fair_share) <= pays(share=charged, fair_share=fair_share)


def test_a_third_more_than_fair_costs_a_quarter_of_the_aversion() -> None:
    """(.4 - .3) / .4 = .25 of .9 = .225: z = .4 - .225 = .175."""
    expected = 0.5 * 0.85 + 0.5 / (1.0 + math.exp(-0.175 / 0.3))
    assert pays(share=0.4, fair_share=0.3) == pytest.approx(expected)


def test_a_low_charge_makes_a_state_pay_more_readily_but_weighs_less_than_a_high_one() -> None:
    fair, under, over = pays(), pays(share=0.2), pays(share=0.3 * 0.3 / 0.2)
    assert over < fair < under
    assert fair - over > under - fair


def test_a_state_that_is_charged_nothing_feels_no_unfairness() -> None:
    assert pays(share=0.0, fair_share=0.0) == pays()


@given(trust=share, more=share, grievance=st.floats(0.0, 3.0), bias=share, sanction=st.floats(0.0, 0.5))
@settings(max_examples=100, deadline=None)
def test_trust_and_sanctions_raise_payment_and_grievance_and_a_biased_director_lower_it(
    trust: float, more: float, grievance: float, bias: float, sanction: float
) -> None:
    now = pays(trust=trust, grievance=grievance, bias_felt=bias, sanction=sanction)
    assert pays(trust=trust + more, grievance=grievance, bias_felt=bias, sanction=sanction) >= now
    assert pays(trust=trust, grievance=grievance, bias_felt=bias, sanction=sanction + more) >= now
    assert pays(trust=trust, grievance=grievance + more, bias_felt=bias, sanction=sanction) <= now
    assert pays(trust=trust, grievance=grievance, bias_felt=bias + more, sanction=sanction) <= now


def test_payment_falls_when_opinion_at_home_is_more_hawkish_than_usual() -> None:
    assert pays(hawkishness=0.5) < pays(hawkishness=0.3) < pays(hawkishness=0.1)


def test_grievance_beyond_one_and_a_half_weighs_no_more() -> None:
    assert pays(grievance=1.0) > pays(grievance=1.5) == pays(grievance=5.0)


def test_a_pledge_binds_less_than_an_assessment() -> None:
    assert pays(norm_factor=0.85) < pays(norm_factor=1.0)


@given(before=share, grievance=st.floats(0.0, 3.0), trust=share, adjustment=st.floats(0.01, 1.0))
@settings(max_examples=100, deadline=None)
def test_a_propensity_is_a_share_and_moves_at_the_speed_of_adjustment(
    before: float, grievance: float, trust: float, adjustment: float
) -> None:
    terms = replace(Terms(), adjustment=adjustment)
    after = pays(before=before, grievance=grievance, trust=trust, terms=terms)
    wanted = pays(before=before, grievance=grievance, trust=trust, terms=replace(Terms(), adjustment=1.0))
    assert 0.0 <= after <= 1.0
    assert after - before == pytest.approx(adjustment * (wanted - before), abs=1e-12)


@given(before=share)
@settings(max_examples=30, deadline=None)
def test_left_alone_a_state_settles_at_what_it_wants_whatever_its_past(before: float) -> None:
    wanted, after = pays(terms=replace(Terms(), adjustment=1.0)), before
    for _ in range(60):
        after = pays(before=after)
    assert after == pytest.approx(wanted, abs=1e-12)


def test_a_state_about_to_leave_pays_seven_tenths_at_most() -> None:
    assert willingness(0.95, 0.0) == 0.95
    assert willingness(0.95, 1.0) == willingness(0.95, 4.0) == 0.7
    assert willingness(0.40, 4.0) == 0.40
