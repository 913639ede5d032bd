"""Who asks for relief from its share, and who grants it at its own expense?"""

from __future__ import annotations

import hypothesis.strategies as st
import pytest
from hypothesis import given, settings

from aiposim.behaviour.accept_relief.generosity import Terms, generosity, room
from aiposim.behaviour.ask_relief.overcharged import overcharged

share = st.floats(0.0, 1.0)


@given(key=share, fair_share=share)
@settings(max_examples=200, deadline=None)
def test_only_who_is_charged_well_above_the_fair_share_asks(key: float, fair_share: float) -> None:
    claim = overcharged(key, fair_share)
    assert 0.0 <= claim <= 1.0
    if claim > 0.0:
        assert claim == pytest.approx((key - fair_share) / key)
        assert fair_share < 0.7 * key + 1e-12


def test_three_tenths_too_much_is_not_yet_enough_to_ask() -> None:
    assert overcharged(0.50, 0.351) == 0.0
    assert overcharged(0.50, 0.349) == pytest.approx(0.302)


def test_who_pays_everything_or_nothing_does_not_ask() -> None:
    assert overcharged(1.0, 0.3) == 0.0
    assert overcharged(0.0, 0.0) == 0.0


@given(key=st.floats(0.01, 0.99), fair_share=share, less=share)
@settings(max_examples=100, deadline=None)
def test_the_claim_grows_as_the_fair_share_falls(key: float, fair_share: float, less: float) -> None:
    assert overcharged(key, max(0.0, fair_share - less)) >= overcharged(key, fair_share)


def test_relief_is_granted_when_its_cost_lies_within_half_the_margin_of_trust() -> None:
    """.1 * .4 / .6 = .0667. With h = .5: .3 * tau - .06, so trust must reach .4222."""
    assert generosity(0.1, 0.4, 0.423, 0.5, Terms())
    assert not generosity(0.1, 0.4, 0.421, 0.5, Terms())


@given(key=st.floats(0.01, 0.99), trust=share, hawkishness=share, more=share)
@settings(max_examples=100, deadline=None)
def test_trust_never_withdraws_consent_and_hawkish_opinion_or_a_dearer_relief_never_gives_it(
    key: float, trust: float, hawkishness: float, more: float
) -> None:
    if generosity(0.1, key, trust, hawkishness, Terms()):
        assert generosity(0.1, key, trust + more, hawkishness, Terms())
    else:
        assert not generosity(0.1, key, trust, hawkishness + more, Terms())
        assert not generosity(0.1, key + more * (0.999 - key), trust, hawkishness, Terms())
        assert not generosity(0.1 + more, key, trust, hawkishness, Terms())


@given(key=st.floats(0.01, 0.99), trust=share, hawkishness=share, part=st.floats(0.0, 2.0))
@settings(max_examples=100, deadline=None)
def test_a_relief_within_the_room_is_accepted_and_one_beyond_it_is_not(
    key: float, trust: float, hawkishness: float, part: float
) -> None:
    most = room(key, trust, hawkishness, Terms())
    if most > 1e-9 and abs(part - 1.0) > 1e-9:
        assert generosity(part * most, key, trust, hawkishness, Terms()) is (part < 1.0)


def test_nobody_grants_relief_to_a_state_that_pays_nearly_everything() -> None:
    assert not generosity(0.1, 0.95, 1.0, 0.0, Terms())
