"""Axioms of the sanctions, tried on arrears from nothing to three years' dues.

Dues are those of a half-year; arrears are told in half-years of dues. The answer is the weight that avoiding the
sanction has in the decision to pay.

Source: the sentences are those of the family's contract; Charter of the United Nations, Article 19.
"""

from __future__ import annotations

from itertools import pairwise

from aiposim.rules.sanction import in_two_year_arrears
from aiposim.study.axiom import Findings, Rule

HALF_YEARS = (0.0, 0.25, 0.5, 1.0, 1.5, 2.0, 3.0, 3.9, 4.0, 5.0, 6.0)
DUES = (2.0, 0.5, 4.0, 0.01)
"""M$ a half-year."""


def _weight(rule: Rule, half_years: float, dues: float) -> float:
    return float(rule(half_years * dues, dues, 4.0 * dues))


def _told(half_years: float, dues: float) -> str:
    return f"dues {dues:g} M$, arrears {half_years:g} half-years"


def _weights(rule: Rule, *all_half_years: float) -> str:
    return ", ".join(f"{_weight(rule, half_years, DUES[0]):.3g}" for half_years in all_half_years)


# ---- the axioms ----


def weight_is_not_negative(rule: Rule) -> Findings:
    """Nobody is rewarded for owing."""
    for dues in DUES:
        for half_years in HALF_YEARS:
            weight = _weight(rule, half_years, dues)
            yield None if weight >= 0.0 else f"{_told(half_years, dues)}: weight {weight:.3g}"


def who_owes_nothing_fears_nothing(rule: Rule) -> Findings:
    """Without arrears the weight is nought."""
    for dues in DUES:
        weight = _weight(rule, 0.0, dues)
        yield None if weight == 0.0 else f"{_told(0.0, dues)}: weight {weight:.3g}"


def more_arrears_weigh_no_less(rule: Rule) -> Findings:
    """The weight never falls as arrears grow (monotonicity)."""
    for dues in DUES:
        for less, more in pairwise(HALF_YEARS):
            before, after = _weight(rule, less, dues), _weight(rule, more, dues)
            yield None if after >= before else f"{_told(less, dues)}: {before:.3g}; {more:g} half-years: {after:.3g}"


def every_arrears_are_felt(rule: Rule) -> Findings:
    """Who owes anything has something to fear."""
    for half_years in HALF_YEARS[1:]:
        weight = _weight(rule, half_years, DUES[0])
        yield None if weight > 0.0 else f"{_told(half_years, DUES[0])}: weight {weight:.3g}"


def weight_grows_up_to_two_years(rule: Rule) -> Findings:
    """Up to two years' dues more arrears weigh more, so that no debt is too large to matter (marginal deterrence)."""
    for less, more in pairwise(half_years for half_years in HALF_YEARS if half_years <= 4.0):
        kept = _weight(rule, more, DUES[0]) > _weight(rule, less, DUES[0])
        yield None if kept else f"arrears of {less:g} and of {more:g} half-years weigh {_weights(rule, less, more)}"


def large_and_small_weigh_alike(rule: Rule) -> Findings:
    """Only arrears in proportion to dues matter, so neither the member's size nor the currency does."""
    for half_years in HALF_YEARS:
        for dues in DUES[1:]:
            here, there = _weight(rule, half_years, DUES[0]), _weight(rule, half_years, dues)
            kept = abs(here - there) < 1e-9
            yield None if kept else f"{_told(half_years, dues)}: {there:.3g}; {_told(half_years, DUES[0])}: {here:.3g}"


def vote_is_lost_at_two_years(rule: Rule) -> Findings:
    """Who owes the dues of two years has no vote, and who owes less has one (Article 19)."""
    for half_years in HALF_YEARS:
        suspended = bool(rule.module.SUSPENDS) and in_two_year_arrears(half_years, 4.0)
        yield None if suspended is (half_years >= 4.0) else f"arrears of {half_years:g} half-years: the vote is kept"


def arrears_grow_by_interest(rule: Rule) -> Findings:
    """Waiting costs money: arrears bear interest."""
    yield None if rule.module.CHARGES_INTEREST else "arrears of 1 half-year stay what they are"
