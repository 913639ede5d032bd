"""Axioms of every sanction found in the folder: nothing without arrears, and more for more."""

from __future__ import annotations

from dataclasses import replace
from types import ModuleType
from typing import Any

import hypothesis.strategies as st
import pytest
from hypothesis import given, settings

from aiposim import families
from aiposim.rules.sanction import fear_for_turn, in_two_year_arrears

EVERY_SANCTION = families.names("rules.sanction")
every_sanction = pytest.mark.parametrize("name", EVERY_SANCTION)
money = st.floats(0.0, 1e4, allow_nan=False)
two_years = st.floats(1e-9, 1e5, allow_nan=False)


def module_of(name: str) -> ModuleType:
    return families.module("rules.sanction", name)


def weight(name: str, arrears: float, dues: float, two_year_dues: float, terms: Any = None) -> float:
    """What avoiding the sanction weighs in the decision to pay."""
    rule: Any = families.fetch("rules.sanction", name)
    return float(rule(arrears, dues, two_year_dues, terms or module_of(name).Terms()))


@every_sanction
@given(dues=money, two_year_dues=two_years)
@settings(max_examples=50, deadline=None)
def test_who_owes_nothing_fears_nothing(name: str, dues: float, two_year_dues: float) -> None:
    assert weight(name, 0.0, dues, two_year_dues) == 0.0


@every_sanction
@given(arrears=money, more=money, dues=money, two_year_dues=two_years)
@settings(max_examples=100, deadline=None)
def test_who_owes_more_fears_no_less(name: str, arrears: float, more: float, dues: float, two_year_dues: float) -> None:
    before = weight(name, arrears, dues, two_year_dues)
    assert before >= 0.0
    assert weight(name, arrears + more, dues, two_year_dues) >= before


@every_sanction
@given(arrears=money, dues=money, two_year_dues=two_years)
@settings(max_examples=50, deadline=None)
def test_what_is_at_stake_has_a_bound(name: str, arrears: float, dues: float, two_year_dues: float) -> None:
    terms = module_of(name).Terms()
    bound = getattr(terms, "sanction_weight", 0.0) + 3.0 * getattr(terms, "interest", 0.0)
    assert weight(name, arrears, dues, two_year_dues) <= bound + 1e-12


@every_sanction
@given(arrears=money, dues=st.floats(0.1, 1e3), two_year_dues=st.floats(0.1, 1e4), factor=st.floats(0.01, 100.0))
@settings(max_examples=50, deadline=None)
def test_the_currency_does_not_matter(
    name: str, arrears: float, dues: float, two_year_dues: float, factor: float
) -> None:
    converted = weight(name, arrears * factor, dues * factor, two_year_dues * factor)
    assert converted == pytest.approx(weight(name, arrears, dues, two_year_dues), abs=1e-12)


@every_sanction
@given(arrears=money, dues=money, two_year_dues=two_years)
@settings(max_examples=50, deadline=None)
def test_a_sanction_that_is_given_no_weight_has_none(
    name: str, arrears: float, dues: float, two_year_dues: float
) -> None:
    terms = module_of(name).Terms()
    toothless = replace(terms, **dict.fromkeys(vars(terms), 0.0))
    assert weight(name, arrears, dues, two_year_dues, toothless) == 0.0


@every_sanction
def test_a_sanction_says_what_it_does(name: str) -> None:
    for fact in ("SUSPENDS", "CHARGES_INTEREST", "COSTS_TURN"):
        assert isinstance(getattr(module_of(name), fact), bool)


@every_sanction
@given(arrears=st.floats(0.01, 1e4), dues=st.floats(0.01, 1e4), two_year_dues=st.floats(0.01, 1e5))
@settings(max_examples=50, deadline=None)
def test_only_a_sanction_that_does_something_is_feared(
    name: str, arrears: float, dues: float, two_year_dues: float
) -> None:
    module = module_of(name)
    bites = module.SUSPENDS or module.CHARGES_INTEREST
    assert (weight(name, arrears, dues, two_year_dues) > 0.0) is bites


@given(two_year_dues=two_years)
@settings(max_examples=50, deadline=None)
def test_arrears_that_equal_two_years_dues_suspend(two_year_dues: float) -> None:
    assert in_two_year_arrears(two_year_dues, two_year_dues)
    assert not in_two_year_arrears(0.999 * two_year_dues, two_year_dues)


@given(two_year_dues=st.floats(0.0, 1e5))
@settings(max_examples=30, deadline=None)
def test_who_owes_nothing_is_never_suspended(two_year_dues: float) -> None:
    assert not in_two_year_arrears(0.0, two_year_dues)


@given(arrears=money, more=money, two_year_dues=two_years)
@settings(max_examples=50, deadline=None)
def test_owing_more_never_gives_the_vote_back(arrears: float, more: float, two_year_dues: float) -> None:
    if in_two_year_arrears(arrears, two_year_dues):
        assert in_two_year_arrears(arrears + more, two_year_dues)


@given(arrears=money, more=money, two_year_dues=two_years, turns=st.integers(0, 5))
@settings(max_examples=50, deadline=None)
def test_a_debtor_fears_for_a_near_turn_more_than_for_a_far_one(
    arrears: float, more: float, two_year_dues: float, turns: int
) -> None:
    fear = fear_for_turn(arrears, two_year_dues, float(turns), 0.25)
    assert 0.0 <= fear <= 0.25
    assert fear_for_turn(arrears + more, two_year_dues, float(turns), 0.25) >= fear
    later = fear_for_turn(arrears, two_year_dues, turns + 1.0, 0.25)
    assert later == pytest.approx(0.8 * fear, abs=1e-12)
    assert fear_for_turn(0.0, two_year_dues, float(turns), 0.25) == 0.0


def test_a_year_of_arrears_puts_the_whole_turn_at_stake() -> None:
    assert fear_for_turn(12.0, 24.0, 0.0, 0.25) == 0.25
    assert fear_for_turn(6.0, 24.0, 0.0, 0.25) == 0.125
