"""Axioms of the reversions, tried on budgets from a hundredth of a million to a thousand million.

Budgets are in M$ per half-year.

Source: the sentences are those of the family's contract; Romer & Rosenthal 1978, Public Choice 33.
"""

from __future__ import annotations

from itertools import pairwise

from aiposim.study.axiom import Findings, Rule

BUDGETS = (6.0, 0.01, 0.5, 1.0, 3.0, 10.0, 12.5, 50.0, 1000.0)


def _pairs(rule: Rule) -> list[tuple[float, float]]:
    return [(budget, float(rule(budget))) for budget in BUDGETS]


def something_remains(rule: Rule) -> Findings:
    """The institute is not closed by a vote that fails."""
    for budget, reversion in _pairs(rule):
        yield None if reversion > 0.0 else f"a budget of {budget:g} reverts to {reversion:g}"


def budget_does_not_rise(rule: Rule) -> Findings:
    """Without a decision the budget is never above that in force."""
    for budget, reversion in _pairs(rule):
        yield None if reversion <= budget else f"a budget of {budget:g} reverts to {reversion:g}"


def reversion_is_in_proportion(rule: Rule) -> Findings:
    """The same part of every budget is kept, so that the currency does not matter."""
    part = _pairs(rule)[0][1] / BUDGETS[0]
    for budget, reversion in _pairs(rule):
        kept = abs(reversion - part * budget) < 1e-9 * budget
        yield (
            None
            if kept
            else f"a budget of {budget:g} reverts to {reversion:g}, one of {BUDGETS[0]:g} to {part:g} of it"
        )


def larger_budget_reverts_to_a_larger(rule: Rule) -> Findings:
    """The reversion grows with the budget in force."""
    for (less, before), (more, after) in pairwise(sorted(_pairs(rule))):
        yield None if after > before else f"budgets of {less:g} and {more:g} revert to {before:g} and {after:g}"


def budget_in_force_is_kept(rule: Rule) -> Findings:
    """Without a decision everything stays as it was (status quo)."""
    for budget, reversion in _pairs(rule):
        yield None if reversion == budget else f"a budget of {budget:g} reverts to {reversion:g}"


def most_of_the_budget_is_kept(rule: Rule) -> Findings:
    """Without a decision at least nine tenths remain, so that blocking is no threat to the work in hand."""
    for budget, reversion in _pairs(rule):
        yield None if reversion >= 0.9 * budget else f"a budget of {budget:g} reverts to {reversion:g}"
