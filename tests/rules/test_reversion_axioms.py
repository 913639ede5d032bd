"""Axioms of every reversion found in the folder: never above the budget in force, and in proportion to it."""

from __future__ import annotations

from typing import Any

import hypothesis.strategies as st
import pytest
from hypothesis import given, settings

from aiposim import families

EVERY_REVERSION = families.names("rules.reversion")
every_reversion = pytest.mark.parametrize("name", EVERY_REVERSION)
budgets = st.floats(0.01, 1e4, allow_nan=False)


def reversion(name: str, budget: float) -> float:
    """The budget that holds without a decision, under the rule's own standard terms."""
    rule: Any = families.fetch("rules.reversion", name)
    return float(rule(budget, families.module("rules.reversion", name).Terms()))


@every_reversion
@given(budget=budgets)
@settings(max_examples=50, deadline=None)
def test_without_a_decision_the_budget_never_rises(name: str, budget: float) -> None:
    assert 0.0 < reversion(name, budget) <= budget


@every_reversion
@given(budget=budgets, factor=st.floats(0.01, 100.0))
@settings(max_examples=50, deadline=None)
def test_the_reversion_is_in_proportion_to_the_budget_in_force(name: str, budget: float, factor: float) -> None:
    assert reversion(name, factor * budget) == pytest.approx(factor * reversion(name, budget), rel=1e-12)


@every_reversion
@given(budget=budgets, more=budgets)
@settings(max_examples=50, deadline=None)
def test_a_larger_budget_reverts_to_a_larger_one(name: str, budget: float, more: float) -> None:
    assert reversion(name, budget + more) > reversion(name, budget)


@pytest.mark.parametrize("erosion", [0.0, 0.01, 0.03, 0.49])
def test_erosion_of_a_rolled_over_budget_is_that_of_two_half_years(erosion: float) -> None:
    module = families.module("rules.reversion", "rollover")
    assert module.rollover(10.0, module.Terms(erosion=erosion)) == pytest.approx(10.0 * (1.0 - 2.0 * erosion))
