"""How many persons does a state send? Sentences about caveats, rosters and will."""

from __future__ import annotations

import hypothesis.strategies as st
import numpy as np
import pytest
from hypothesis import given, settings

from aiposim.behaviour.deploy.caveat_and_will import Terms, caveat_and_will
from aiposim.steps.crises import caveats

share = st.floats(0.0, 1.0)
luck = st.floats(2.0**-33, 1.0 - 2.0**-33)


def sends(
    *,
    permitted: bool = True,
    trust: float = 0.45,
    hawkishness: float = 0.3,
    interest: float = 0.2,
    roster: float = 1000.0,
    luck: float = 0.01,
    terms: Terms | None = None,
) -> float:
    """Persons that a state of middling will offers for a crisis open to it, unless told otherwise."""
    return caveat_and_will(permitted, trust, hawkishness, 0.3, interest, roster, luck, terms or Terms())


def open_to(robustness: float, cap: float) -> bool:
    """Whether a caveat of that cap leaves a crisis of that robustness open."""
    permitted = np.zeros((1, 1), dtype=bool)
    caveats(permitted, np.array([1]), np.array([robustness]), np.array([cap]))
    return bool(permitted[0, 0])


@given(trust=share, interest=share, luck=luck)
@settings(max_examples=100, deadline=None)
def test_a_caveat_forbids_deployment_however_willing_the_state(trust: float, interest: float, luck: float) -> None:
    assert sends(permitted=False, trust=trust, interest=interest, luck=luck) == 0.0


@given(cap=share, beyond=st.floats(1e-9, 1.0))
@settings(max_examples=100, deadline=None)
def test_a_crisis_beyond_the_cap_is_closed(cap: float, beyond: float) -> None:
    if cap + beyond > cap:
        assert not open_to(cap + beyond, cap)


def test_a_crisis_exactly_at_the_cap_is_open() -> None:
    assert open_to(0.4, 0.4)


@given(trust=share, hawkishness=share, interest=share, roster=st.floats(0.0, 5000.0), luck=luck)
@settings(max_examples=100, deadline=None)
def test_nobody_sends_more_than_the_available_roster_nor_less_than_half_of_it_if_anybody(
    trust: float, hawkishness: float, interest: float, roster: float, luck: float
) -> None:
    persons = sends(trust=trust, hawkishness=hawkishness, interest=interest, roster=roster, luck=luck)
    available = Terms().availability * roster
    assert persons == 0.0 or 0.5 * available <= persons <= available * (1.0 + 1e-12)


def test_an_undecided_state_sends_three_quarters_every_other_time() -> None:
    """Will 1/2 when .35 - 1.2 (h - H) = 0, that is h = H + .35 / 1.2; .35 * 1000 * (.5 + .25)."""
    undecided = 0.3 + 0.35 / 1.2
    assert sends(hawkishness=undecided, luck=0.49) == pytest.approx(262.5)
    assert sends(hawkishness=undecided, luck=0.51) == 0.0


@given(trust=share, hawkishness=share, interest=share, more=share, luck=luck)
@settings(max_examples=100, deadline=None)
def test_trust_and_interest_in_the_area_never_call_persons_back_and_hawkish_opinion_never_sends_more(
    trust: float, hawkishness: float, interest: float, more: float, luck: float
) -> None:
    now = sends(trust=trust, hawkishness=hawkishness, interest=interest, luck=luck)
    assert sends(trust=trust + more, hawkishness=hawkishness, interest=interest, luck=luck) >= now
    assert sends(trust=trust, hawkishness=hawkishness, interest=interest + more, luck=luck) >= now
    assert sends(trust=trust, hawkishness=hawkishness + more, interest=interest, luck=luck) <= now


@given(hawkishness=share, luck=luck, other=luck)
@settings(max_examples=100, deadline=None)
def test_luck_moves_a_deployment_in_one_direction_only(hawkishness: float, luck: float, other: float) -> None:
    if sends(hawkishness=hawkishness, luck=max(luck, other)) > 0.0:
        assert sends(hawkishness=hawkishness, luck=min(luck, other)) > 0.0
