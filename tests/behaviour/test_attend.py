"""Does the government attend? Sentences about boycotts."""

from __future__ import annotations

import hypothesis.strategies as st
import pytest
from hypothesis import given, settings

from aiposim.behaviour.attend.boycott import Terms, boycott

share = st.floats(0.0, 1.0)
luck = st.floats(2.0**-33, 1.0 - 2.0**-33)
frozen_dyads = st.integers(0, 3).map(float)


def chance_of_absence(hawkishness: float, frozen: float, terms: Terms) -> float:
    """Share of the luck with which the government stays away."""
    low, high = 0.0, 1.0
    for _ in range(50):
        middle = (low + high) / 2.0
        low, high = (low, middle) if boycott(hawkishness, frozen, middle, terms) else (middle, high)
    return high


@given(hawkishness=share, luck=luck, level=share)
@settings(max_examples=100, deadline=None)
def test_without_a_frozen_dyad_nobody_boycotts(hawkishness: float, luck: float, level: float) -> None:
    assert boycott(hawkishness, 0.0, luck, Terms(boycott=level))


@given(hawkishness=share, frozen=frozen_dyads, level=share)
@settings(max_examples=50, deadline=None)
def test_even_the_worst_quarrel_leaves_one_session_in_ten_attended(
    hawkishness: float, frozen: float, level: float
) -> None:
    assert chance_of_absence(hawkishness, frozen, Terms(boycott=level)) <= 0.9 + 1e-9
    assert boycott(hawkishness, frozen, 0.9, Terms(boycott=level))


def test_a_dovish_government_with_one_quarrel_misses_one_session_in_ten() -> None:
    """.25 * (.4 + 0) * 1."""
    assert chance_of_absence(0.0, 1.0, Terms()) == pytest.approx(0.10)


def test_a_government_of_middling_mood_with_two_quarrels_misses_nearly_half() -> None:
    """.25 * (.4 + .5) * 2."""
    assert chance_of_absence(0.5, 2.0, Terms()) == pytest.approx(0.45)


def test_without_an_inclination_to_boycott_quarrels_do_not_keep_anybody_away() -> None:
    assert boycott(1.0, 3.0, 2.0**-33, Terms(boycott=0.0))


@given(hawkishness=share, harder=share, frozen=frozen_dyads, luck=luck)
@settings(max_examples=100, deadline=None)
def test_who_stays_away_would_also_stay_away_if_more_hawkish_or_in_more_quarrels(
    hawkishness: float, harder: float, frozen: float, luck: float
) -> None:
    if not boycott(hawkishness, frozen, luck, Terms()):
        assert not boycott(max(hawkishness, harder), frozen, luck, Terms())
        assert not boycott(hawkishness, frozen + 1.0, luck, Terms())


@given(hawkishness=share, frozen=frozen_dyads, luck=luck, better=luck)
@settings(max_examples=100, deadline=None)
def test_better_luck_never_keeps_a_government_away(
    hawkishness: float, frozen: float, luck: float, better: float
) -> None:
    if boycott(hawkishness, frozen, luck, Terms()):
        assert boycott(hawkishness, frozen, max(luck, better), Terms())
