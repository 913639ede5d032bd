"""Axioms of the keys: what may be asked of a way of sharing costs, and the cases on which it is tried.

Members are called A, B, C and D; their figures are invented and the same in every year: income and debt in bn US$,
population in million, valuation in M$ per half-year; those that a key does not read are not told. First come cases in
which one or two figures differ from plain ones, so that the first counter-example is an easy one, then some by lot.

Source: the names and uses of the axioms follow Moulin 2002, Axiomatic cost and surplus sharing, in Handbook of Social
Choice and Welfare I; Thomson 2003, Mathematical Social Sciences 45.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import combinations, permutations
from types import FunctionType
from typing import Any

import numpy as np

from aiposim.games import core_excess
from aiposim.quantities import Array
from aiposim.rules.cost_sharing._savings_game import Terms as SavingsTerms
from aiposim.rules.cost_sharing._savings_game import log_benefit, worth
from aiposim.study.axiom import Findings, NotAsked, Rule
from aiposim.study.invented_members import CODES, TOLERANCE, alike, cases, listed, members_of, setting, shares_of

MONEY_TERMS = ("satiation", "fixed_cost")
MONEY_OF_A_FILE = ("HIGH_INCOME",)
PLEDGES = "voluntary"


def _not_of_pledges(rule: Rule) -> None:
    """Axioms on what states would do, alone or together, say nothing of pledges: there the states act, not the key."""
    if rule.name == PLEDGES:
        raise NotAsked(
            "the rule gives only the shares of the foundation; what is pledged later each state decides, "
            "and free riding on pledges is a hypothesis of the model (H1 of aiposim patterns), not a property of a key"
        )


def adds_up(rule: Rule) -> Findings:
    """The shares come to the whole budget."""
    for case in cases():
        total = float(shares_of(rule, case).sum())
        yield None if abs(total - 1.0) < TOLERANCE else f"{setting(rule, case)} pay {total:.4g} of it in all"


def nobody_is_paid(rule: Rule) -> Findings:
    """No share is negative."""
    for case in cases():
        shares = shares_of(rule, case)
        yield None if (shares >= 0.0).all() else f"{setting(rule, case)} pay {listed(shares)}"


def names_do_not_matter(rule: Rule) -> Findings:
    """Who a member is makes no difference, only its figures (anonymity)."""
    for case in cases():
        renamed = rule(members_of(case, "ZYXW"))
        kept = alike(renamed, shares_of(rule, case))
        yield None if kept else f"{setting(rule, case)} pay {listed(shares_of(rule, case))}; renamed {listed(renamed)}"


def order_does_not_matter(rule: Rule) -> Findings:
    """The order in which members are listed makes no difference (symmetry)."""
    for case in cases():
        turned = shares_of(rule, case[::-1])[::-1]
        kept = alike(turned, shares_of(rule, case))
        yield None if kept else f"{setting(rule, case)} pay {listed(shares_of(rule, case))}; turned {listed(turned)}"


def currency_does_not_matter(rule: Rule) -> Findings:
    """Told in another currency, thresholds and terms included, all figures give the same shares."""
    rate = 1000.0
    money = {term: rate * getattr(rule.terms, term) for term in MONEY_TERMS if hasattr(rule.terms, term)}
    converted = replace(rule.terms, **money)
    function = _with_thresholds(rule.function, rate)
    for case in cases():
        shares = function(members_of(case, rate=rate), converted)
        kept = alike(shares, shares_of(rule, case))
        yield None if kept else f"{setting(rule, case)} pay {listed(shares_of(rule, case))}; else {listed(shares)}"


def _with_thresholds(function: Callable[..., Any], rate: float) -> Callable[..., Any]:
    """The rule with the thresholds of its file in another currency."""
    assert isinstance(function, FunctionType)
    names = dict(function.__globals__)
    names |= {name: rate * names[name] for name in MONEY_OF_A_FILE if name in names}
    return FunctionType(function.__code__, names, function.__name__, function.__defaults__)


def only_proportions_matter(rule: Rule) -> Findings:
    """If all incomes, the world's too, all debts and all valuations double, no share changes (homogeneity)."""
    for case in cases():
        doubled = rule(members_of(case, rate=2.0))
        kept = alike(doubled, shares_of(rule, case))
        yield None if kept else f"{setting(rule, case)} pay {listed(shares_of(rule, case))}; doubled {listed(doubled)}"


def equals_pay_alike(rule: Rule) -> Findings:
    """Two members with the same figures have the same share (equal treatment of equals)."""
    for case in cases():
        for twins in (case[:1] * len(case), (*case[:3], case[0])):
            shares = shares_of(rule, twins)
            kept = abs(shares[0] - shares[-1]) < TOLERANCE
            yield None if kept else f"{setting(rule, twins)} pay {listed(shares)}"


def richer_pays_no_less_than_before(rule: Rule) -> Findings:
    """A member whose income grows, all else equal, never pays a smaller share (monotonicity in income)."""
    for case in cases():
        for i, member in enumerate(case):
            for factor in (1.1, 2.0):
                more = replace(member, income=factor * member.income)
                before, after = shares_of(rule, case)[i], shares_of(rule, (*case[:i], more, *case[i + 1 :]))[i]
                kept = after >= before - TOLERANCE
                yield (
                    None
                    if kept
                    else (
                        f"{setting(rule, case, 'income')}: {CODES[i]} pays {before:.4g}, "
                        f"with an income of {more.income:g} only {after:.4g}"
                    )
                )


def richer_pays_no_less_than_poorer(rule: Rule) -> Findings:
    """Of two members the one with the larger income pays no less, whatever else differs (order by income)."""
    yield from _ranked(rule, "income")


def keener_pays_no_less(rule: Rule) -> Findings:
    """Of two members the one with the higher valuation pays no less, whatever else differs (order by benefit)."""
    yield from _ranked(rule, "valuation")


def _ranked(rule: Rule, figure: str) -> Iterator[str | None]:
    for case in cases():
        shares = shares_of(rule, case)
        for i, j in permutations(range(len(case)), 2):
            if getattr(case[i], figure) > getattr(case[j], figure):
                kept = shares[i] >= shares[j] - TOLERANCE
                yield None if kept else f"{setting(rule, case, figure)} pay {listed(shares)}"


def understating_gains_nothing(rule: Rule) -> Findings:
    """Who reports less than its valuation, while the others are honest, pays no smaller share (no free riding).

    Source: Samuelson 1954, Review of Economics and Statistics 36.
    """
    _not_of_pledges(rule)
    for case in cases():
        for i in range(len(case)):
            reported = np.array([member.valuation for member in case])
            reported[i] = 0.7 * reported[i]
            before, after = shares_of(rule, case)[i], rule(members_of(case, reported=reported))[i]
            kept = after >= before - TOLERANCE
            yield (
                None
                if kept
                else (
                    f"{setting(rule, case, 'valuation')}: {CODES[i]} pays {before:.4g}, "
                    f"if it reports {reported[i]:.4g} only {after:.4g}"
                )
            )


def leaving_keeps_proportions(rule: Rule) -> Findings:
    """If a member leaves, the others' shares keep their proportions (consistency).

    Source: Thomson 2003, Mathematical Social Sciences 45, there with claims that stay as they are.
    """
    for case in (each for each in cases() if len(each) > 2):
        for i in range(len(case)):
            before = np.delete(shares_of(rule, case), i)
            after = shares_of(rule, (*case[:i], *case[i + 1 :]))
            kept = before.sum() < TOLERANCE or alike(after, before / before.sum())
            stay = CODES.replace(CODES[i], "")
            yield (
                None
                if kept
                else (
                    f"{setting(rule, case)} pay {listed(shares_of(rule, case))}; "
                    f"without {CODES[i]} {listed(after, stay)}"
                )
            )


def newcomer_burdens_nobody(rule: Rule) -> Findings:
    """When a member joins, no other's share grows (population monotonicity).

    Source: Thomson 1983, Mathematics of Operations Research 8.
    """
    for case in cases():
        before, after = shares_of(rule, case[:-1]), shares_of(rule, case)
        kept = (after[:-1] <= before + TOLERANCE).all()
        new = CODES[len(case) - 1]
        yield None if kept else f"{setting(rule, case)} pay {listed(after)}; before {new} joined {listed(before)}"


def uniting_changes_nothing(rule: Rule) -> Findings:
    """Two members that unite, with their figures added up, pay what they paid together (no gain by merging).

    Source: O'Neill 1982, Mathematical Social Sciences 2.
    """
    _not_of_pledges(rule)
    summed = ("income", "population", "debt", "valuation", "fixed_weight", "published_rate")
    for case in cases():
        *rest, a, b = case
        if (a.permanent_member, a.least_developed) == (b.permanent_member, b.least_developed):
            united = replace(a, **{figure: getattr(a, figure) + getattr(b, figure) for figure in summed})
            apart, together = float(shares_of(rule, case)[-2:].sum()), float(shares_of(rule, (*rest, united))[-1])
            kept = abs(apart - together) < TOLERANCE
            who = " and ".join(CODES[len(case) - 2 : len(case)])
            yield None if kept else f"{setting(rule, case)}: {who} pay {apart:.4g} apart, {together:.4g} as one"


def burden_has_a_bound(rule: Rule) -> Findings:
    """Nobody pays more than one and a half times its part of all income (claims on income as an upper bound)."""
    for case in cases():
        shares = shares_of(rule, case)
        income = np.array([member.income for member in case])
        kept = (shares <= 1.5 * income / income.sum() + TOLERANCE).all()
        yield None if kept else f"{setting(rule, case, 'income')} pay {listed(shares)}"


def no_group_prefers_to_be_alone(rule: Rule) -> Findings:
    """With honest reports no group would gain more by an institute of its own (core of the savings game).

    Source: Shapley 1971, International Journal of Game Theory 1.
    """
    _not_of_pledges(rule)
    terms = SavingsTerms()
    price, satiation, fixed = terms.cost_of_funds - terms.joint_product, 5.0 * terms.satiation, terms.fixed_cost
    for case in cases():
        valuation = np.array([member.valuation for member in case])
        total = np.zeros(1)
        for each in valuation:
            total = np.concatenate([total, total + each])
        game = np.array([worth(each, price, satiation, fixed) for each in total])
        if game[-1] > 0.0:
            budget = total[-1] / price - satiation + fixed
            payoff = valuation * log_benefit(total[-1], price, satiation, fixed)
            payoff = payoff - price * budget * shares_of(rule, case)
            excess = core_excess(game, payoff)
            yield (
                None
                if excess >= -1e-5
                else (
                    f"{setting(rule, case, 'valuation')} pay {listed(shares_of(rule, case))}: "
                    f"{_objecting(game, payoff)} would gain {-excess:.3g} M$ by an institute of its own"
                )
            )


def _objecting(game: Array, payoff: Array) -> str:
    """The group with the most reason to go."""
    players = range(len(payoff))
    groups = [group for size in range(1, len(payoff) + 1) for group in combinations(players, size)]

    def left(group: tuple[int, ...]) -> float:
        gained = sum(float(payoff[i]) for i in group) - float(game[sum(1 << i for i in group)])
        return round(gained, 9)  # so that of equals the smallest group is named, however sums are rounded

    worst = min(groups, key=left)
    return " and ".join(CODES[i] for i in worst)
