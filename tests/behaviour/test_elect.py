"""Whom does a state favour for Director, where the members elect?"""

from __future__ import annotations

import hypothesis.strategies as st
from hypothesis import given, settings

from aiposim.behaviour.elect.own_able_trusted import own_able_trusted

share = st.floats(0.0, 1.0)


@given(competence=share, other=share, trust=share)
@settings(max_examples=100, deadline=None)
def test_the_own_nominee_yields_only_to_one_who_is_abler_by_more_than_trust_lacks(
    competence: float, other: float, trust: float
) -> None:
    yields = own_able_trusted(False, other, trust) > own_able_trusted(True, competence, 0.0)
    assert yields is (other + trust > 1.0 + competence)


@given(competence=share, trust=share, more=share)
@settings(max_examples=100, deadline=None)
def test_an_abler_nominee_or_one_of_a_more_trusted_state_is_never_favoured_less(
    competence: float, trust: float, more: float
) -> None:
    before = own_able_trusted(False, competence, trust)
    assert own_able_trusted(False, competence + more, trust) >= before
    assert own_able_trusted(False, competence, trust + more) >= before
