"""Does the government vote for the motion? Sentences about ideals, margins, acceptance and crises."""

from __future__ import annotations

import math

import hypothesis.strategies as st
import pytest
from hypothesis import assume, given, settings

from aiposim.behaviour.vote.acceptance import acceptance, reach
from aiposim.behaviour.vote.crisis import crisis
from aiposim.behaviour.vote.ideal_budget import ideal_budget
from aiposim.behaviour.vote.margin import Terms as MarginTerms
from aiposim.behaviour.vote.margin import margin

share = st.floats(0.0, 1.0)
distance = st.floats(0.0, 3.0)
margins = st.floats(-1.0, 1.0)
luck = st.floats(2.0**-33, 1.0 - 2.0**-33)

GOVERNMENT, OFFICIAL = 1.0, 0.3
PRICE, SATIATION, FIXED = 0.9, 3.75, 1.5


# ---- acceptance: nearer than the reversion, or within the margin


@given(proposal=distance, reversion=distance)
@settings(max_examples=100, deadline=None)
def test_without_a_margin_a_government_accepts_what_is_no_further_than_the_reversion(
    proposal: float, reversion: float
) -> None:
    assume(abs(proposal - reversion) > 1e-8)
    assert acceptance(proposal, reach(reversion, 0.0)) is (proposal < reversion)


@given(reversion=distance, margin=margins)
@settings(max_examples=100, deadline=None)
def test_the_reversion_itself_is_accepted_unless_the_margin_is_negative(reversion: float, margin: float) -> None:
    if margin >= 0.0:
        assert acceptance(reversion, reach(reversion, margin))
    elif margin < -1e-8:
        assert not acceptance(reversion, reach(reversion, margin))


@given(reversion=distance, margin=st.floats(0.0, 1.0))
@settings(max_examples=100, deadline=None)
def test_a_margin_is_a_zone_of_indifference_and_does_not_add_to_the_reversion(reversion: float, margin: float) -> None:
    assert reach(reversion, margin) == max(reversion, margin)


@given(reversion=distance, hostility=st.floats(0.001, 4.0))
@settings(max_examples=100, deadline=None)
def test_a_negative_margin_asks_for_a_real_improvement_and_may_refuse_everything(
    reversion: float, hostility: float
) -> None:
    radius = reach(reversion, -hostility)
    assert radius == pytest.approx(reversion - hostility)
    assert acceptance(0.0, radius) is (radius >= 0.0)


@given(proposal=distance, nearer=share, reversion=distance, margin=margins)
@settings(max_examples=100, deadline=None)
def test_who_accepts_a_proposal_accepts_every_nearer_one(
    proposal: float, nearer: float, reversion: float, margin: float
) -> None:
    radius = reach(reversion, margin)
    if acceptance(proposal, radius):
        assert acceptance(nearer * proposal, radius)


@given(proposal=distance, reversion=distance, margin=margins, more=share)
@settings(max_examples=100, deadline=None)
def test_a_wider_margin_never_turns_a_yes_into_a_no(
    proposal: float, reversion: float, margin: float, more: float
) -> None:
    if acceptance(proposal, reach(reversion, margin)) and margin >= 0.0:
        assert acceptance(proposal, reach(reversion, margin + more))


def test_the_end_of_the_interval_is_accepted_however_it_is_rounded() -> None:
    """.1 + .2 is not .3 in binary."""
    assert acceptance(0.1 + 0.2, reach(0.3, 0.0))


# ---- margin of concession


def test_a_margin_is_trust_less_audience_cost_plus_brokerage() -> None:
    """.6 * .5 - 1 * .4 * .3 + .2 * (.8 - .6) = .30 - .12 + .04."""
    assert margin(0.5, 0.3, GOVERNMENT, 0.8, MarginTerms()) == pytest.approx(0.22)


def test_a_former_official_bears_less_of_the_audience_cost() -> None:
    """.30 - .3 * .12 + .04."""
    assert margin(0.5, 0.3, OFFICIAL, 0.8, MarginTerms()) == pytest.approx(0.304)


@given(trust=share, hawkishness=share, competence=share, more=share)
@settings(max_examples=100, deadline=None)
def test_trust_and_an_able_director_widen_the_margin_and_hawkish_opinion_narrows_it(
    trust: float, hawkishness: float, competence: float, more: float
) -> None:
    terms = MarginTerms()
    now = margin(trust, hawkishness, GOVERNMENT, competence, terms)
    assert margin(trust + more, hawkishness, GOVERNMENT, competence, terms) >= now
    assert margin(trust, hawkishness, GOVERNMENT, competence + more, terms) >= now
    assert margin(trust, hawkishness + more, GOVERNMENT, competence, terms) <= now


def test_a_hawkish_government_without_trust_has_a_negative_margin() -> None:
    assert margin(0.2, 0.9, GOVERNMENT, 0.6, MarginTerms()) < 0.0


# ---- ideal budget


def worth(budget: float, valuation: float, own_price: float) -> float:
    """The finance ministry's rule of thumb: benefit in logarithms of the money, against the own cost."""
    return valuation * math.log(1.0 + (budget - FIXED) / SATIATION) - own_price * budget


@given(valuation=st.floats(2.0, 10.0), cost_share=st.floats(0.1, 0.9), other=st.floats(0.05, 3.0))
@settings(max_examples=200, deadline=None)
def test_no_other_budget_is_worth_more_to_the_state_than_its_ideal(
    valuation: float, cost_share: float, other: float
) -> None:
    efficient = 40.0
    ideal = ideal_budget(valuation, PRICE, cost_share, 0.0, SATIATION, FIXED, efficient)
    alternative = max(FIXED + 0.5, min(3.0 * efficient, other * ideal))
    best = worth(ideal, valuation, PRICE * cost_share)
    assert worth(alternative, valuation, PRICE * cost_share) <= best + 1e-9


@given(valuation=st.floats(0.1, 20.0), cost_share=share, more=st.floats(0.0, 0.5), efficient=st.floats(2.0, 60.0))
@settings(max_examples=100, deadline=None)
def test_who_pays_a_larger_share_wants_a_smaller_budget(
    valuation: float, cost_share: float, more: float, efficient: float
) -> None:
    now = ideal_budget(valuation, PRICE, cost_share, 0.0, SATIATION, FIXED, efficient)
    charged = ideal_budget(valuation, PRICE, cost_share + more, 0.0, SATIATION, FIXED, efficient)
    assert charged <= now
    assert FIXED + 0.5 <= now <= max(FIXED + 0.5, 3.0 * efficient)


@given(valuation=st.floats(0.1, 20.0), cost_share=st.floats(0.1, 1.0), rent=st.floats(0.0, 0.1))
@settings(max_examples=100, deadline=None)
def test_the_host_wants_no_less_than_it_would_elsewhere(valuation: float, cost_share: float, rent: float) -> None:
    elsewhere = ideal_budget(valuation, PRICE, cost_share, 0.0, SATIATION, FIXED, 20.0)
    assert ideal_budget(valuation, PRICE, cost_share, rent, SATIATION, FIXED, 20.0) >= elsewhere


def test_who_pays_nothing_wants_the_most_that_can_be_asked() -> None:
    assert ideal_budget(5.0, PRICE, 0.0, 0.0, SATIATION, FIXED, 15.0) == 45.0
    assert ideal_budget(5.0, PRICE, 0.05, 0.10, SATIATION, FIXED, 15.0) == 45.0, "rent above the own cost"


# ---- crises


def approves(robustness: float = 0.3, luck: float = 0.5, trust: float = 0.45, hawkishness: float = 0.3) -> bool:
    return crisis(trust, hawkishness, 0.3, robustness, 0.40, 0.2, luck)


def chance_of_approval(**circumstances: float) -> float:
    return sum(approves(luck=(i + 0.5) / 2000, **circumstances) for i in range(2000)) / 2000


def test_in_ordinary_times_a_government_approves_nearly_always() -> None:
    """1 / (1 + exp(-1 / .35))."""
    assert chance_of_approval() == pytest.approx(0.946, abs=0.001)


def test_the_national_test_begins_a_little_beyond_the_caveat_and_hardly_anything_passes_far_beyond() -> None:
    """Beyond cap + .15 each tenth costs .3 of 1; at robustness 1 it is 1 - 3 * .45 = -.35: 1 / (1 + e)."""
    assert chance_of_approval(robustness=0.55) == chance_of_approval(robustness=0.0)
    assert chance_of_approval(robustness=0.65) < chance_of_approval(robustness=0.55)
    assert chance_of_approval(robustness=1.0) == pytest.approx(1.0 / (1.0 + math.e), abs=0.001)


@given(luck=luck, trust=share, hawkishness=share, robustness=share, more=share)
@settings(max_examples=100, deadline=None)
def test_trust_never_costs_an_approval_and_hawkish_opinion_and_robustness_never_win_one(
    luck: float, trust: float, hawkishness: float, robustness: float, more: float
) -> None:
    if approves(robustness, luck, trust, hawkishness):
        assert approves(robustness, luck, trust + more, hawkishness)
    else:
        assert not approves(robustness, luck, trust, hawkishness + more)
        assert not approves(robustness + more, luck, trust, hawkishness)


@given(luck=luck, other=luck, trust=share, hawkishness=share)
@settings(max_examples=100, deadline=None)
def test_luck_moves_a_vote_in_one_direction_only(luck: float, other: float, trust: float, hawkishness: float) -> None:
    if approves(0.3, max(luck, other), trust, hawkishness):
        assert approves(0.3, min(luck, other), trust, hawkishness)
