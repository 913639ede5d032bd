"""Does a state object to a nominee for Director? Sentences about distrust."""

from __future__ import annotations

import hypothesis.strategies as st
import pytest
from hypothesis import given, settings

from aiposim.behaviour.object.distrust import distrust

share = st.floats(0.0, 1.0)
luck = st.floats(2.0**-33, 1.0 - 2.0**-33)


def chance(trust: float) -> float:
    return sum(distrust(trust, (i + 0.5) / 2000) for i in range(2000)) / 2000


@pytest.mark.parametrize(("trust", "expected"), [(0.30, 0.5), (0.45, 0.0759), (0.15, 0.9241)])
def test_at_a_trust_of_three_tenths_an_objection_is_as_likely_as_not(trust: float, expected: float) -> None:
    """1 / (1 + exp((tau - .30) / .06)); .15 above or below it is 2.5 in the exponent."""
    assert chance(trust) == pytest.approx(expected, abs=0.001)


@given(trust=share, more=share, luck=luck)
@settings(max_examples=100, deadline=None)
def test_trust_never_provokes_an_objection(trust: float, more: float, luck: float) -> None:
    if not distrust(trust, luck):
        assert not distrust(trust + more, luck)


@given(trust=share, luck=luck, other=luck)
@settings(max_examples=100, deadline=None)
def test_luck_moves_an_objection_in_one_direction_only(trust: float, luck: float, other: float) -> None:
    if distrust(trust, max(luck, other)):
        assert distrust(trust, min(luck, other))
