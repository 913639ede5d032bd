"""Axioms of the keys: what may be asked of a way of sharing costs, and the cases on which it is tried.

Members are called A, B, C and D; their figures are invented and the same in every year. First come cases in which
one or two figures differ from plain ones, so that the first counter-example is an easy one, then some drawn by lot.

Source: the names and uses of the axioms follow Moulin 2002, Axiomatic cost and surplus sharing, in Handbook of Social
Choice and Welfare I; Thomson 2003, Mathematical Social Sciences 45.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields, replace
from functools import cache
from itertools import combinations, permutations
from types import FunctionType
from typing import Any

import numpy as np

from aiposim.games import core_excess
from aiposim.quantities import Array
from aiposim.rules.cost_sharing import MemberYears
from aiposim.rules.cost_sharing._savings_game import log_benefit, worth
from aiposim.rules.cost_sharing.shapley import Terms as SavingsTerms
from aiposim.study.axiom import Findings, Rule

CODES = "ABCD"
WORLD_INCOME = 10_000.0
TOLERANCE = 1e-9
SEED = 2015
MONEY_TERMS = ("satiation", "fixed_cost")
MONEY_OF_A_FILE = ("HIGH_INCOME",)


@dataclass(frozen=True)
class Figures:
    """Of one member: income and debt in bn US$, population in million, valuation in M$."""

    income: float = 100.0
    population: float = 5.0
    debt: float = 0.0
    valuation: float = 5.0
    fixed_weight: float = 1.0
    published_rate: float = 0.02
    permanent_member: bool = False
    least_developed: bool = False


Case = tuple[Figures, ...]

_OTHERWISE: tuple[dict[str, Any], ...] = (
    {"income": 200.0}, {"income": 50.0}, {"income": 400.0}, {"population": 20.0}, {"population": 2.0},
    {"valuation": 10.0}, {"valuation": 2.0}, {"debt": 200.0}, {"fixed_weight": 2.0}, {"published_rate": 0.05},
    {"permanent_member": True}, {"least_developed": True},
)  # fmt: skip


@cache
def _cases() -> tuple[Case, ...]:
    plain = Figures()
    one = [(replace(plain, **a), *[plain] * others) for others in (1, 2) for a in _OTHERWISE]
    two = [
        (replace(plain, **a), replace(plain, **b), *[plain] * others)
        for others in (0, 1)
        for a in _OTHERWISE
        for b in _OTHERWISE
        if a != b
    ]
    luck = np.random.default_rng(SEED)
    return ((plain, plain), (plain,) * 3, *one, *two, *(_drawn(luck) for _ in range(40)))


def _drawn(luck: np.random.Generator) -> Case:
    return tuple(
        Figures(
            income=float(luck.integers(1, 100) * 10),
            population=float(luck.integers(1, 100)),
            debt=float(luck.integers(0, 5) * 10),
            valuation=float(luck.integers(1, 20)),
            fixed_weight=float(luck.integers(1, 10)),
            published_rate=float(luck.integers(1, 20)) / 100.0,
            permanent_member=bool(luck.random() < 0.3),
            least_developed=bool(luck.random() < 0.1),
        )
        for _ in range(luck.integers(2, 5))
    )


def _members(case: Case, codes: str = CODES, reported: Array | None = None, rate: float = 1.0) -> MemberYears:
    """The case as a key reads it; money times `rate`."""

    def of(figure: str) -> Array:
        return np.array([getattr(member, figure) for member in case])

    valuation = rate * of("valuation")
    return MemberYears(
        codes=tuple(codes[: len(case)]),
        income=rate * np.repeat(of("income")[:, None], 8, axis=1),
        world_income=np.full(8, rate * WORLD_INCOME),
        population=of("population"),
        debt_stock=rate * of("debt"),
        fixed_weight=of("fixed_weight"),
        valuation=valuation,
        reported=valuation.copy() if reported is None else reported,
        least_developed=of("least_developed"),
        permanent_member=of("permanent_member"),
        published_rate=of("published_rate"),
    )


@cache
def _shares(rule: Rule, case: Case) -> Array:
    shares = np.asarray(rule(_members(case)), dtype=np.float64)
    if shares.shape != (len(case),) or not np.isfinite(shares).all():
        raise ValueError(f"{_told(case)}: {shares.tolist()} are no shares of {len(case)} members")
    return shares


@cache
def _reads(rule: Rule) -> tuple[str, ...]:
    """The figures that make a difference to the key in some case; only these are told."""
    return tuple(each.name for each in fields(Figures) if _matters(rule, each.name))


def _matters(rule: Rule, figure: str) -> bool:
    for case in _cases():
        value = getattr(case[0], figure)
        other: Any = not value if isinstance(value, bool) else 3.0 * value + 1.0
        changed = (replace(case[0], **{figure: other}), *case[1:])
        if not np.allclose(_shares(rule, changed), _shares(rule, case), rtol=0.0, atol=TOLERANCE):
            return True
    return False


def _told(case: Case, figures: tuple[str, ...] = ("income", "population", "valuation"), codes: str = CODES) -> str:
    return "; ".join(f"{code}: {_figures(member, figures)}" for code, member in zip(codes, case, strict=False))


def _figures(member: Figures, figures: tuple[str, ...]) -> str:
    words = []
    for figure in figures:
        value, name = getattr(member, figure), figure.replace("_", " ")
        words += ([name] if value else []) if isinstance(value, bool) else [f"{name} {value:g}"]
    return ", ".join(words) or "plain"


def _setting(rule: Rule, case: Case, *more: str) -> str:
    """The figures of a case that the key reads, and those that the axiom speaks of."""
    return _told(case, tuple(dict.fromkeys((*more, *_reads(rule)))))


def _listed(shares: Array, codes: str = CODES) -> str:
    return ", ".join(f"{code} {share:.4g}" for code, share in zip(codes, shares, strict=False))


def _alike(left: Array, right: Array) -> bool:
    return bool(np.allclose(left, right, rtol=0.0, atol=TOLERANCE))


# ---- the axioms ----


def adds_up(rule: Rule) -> Findings:
    """The shares come to the whole budget."""
    for case in _cases():
        total = float(_shares(rule, case).sum())
        yield None if abs(total - 1.0) < TOLERANCE else f"{_setting(rule, case)} pay {total:.4g} of it in all"


def nobody_is_paid(rule: Rule) -> Findings:
    """No share is negative."""
    for case in _cases():
        shares = _shares(rule, case)
        yield None if (shares >= 0.0).all() else f"{_setting(rule, case)} pay {_listed(shares)}"


def names_do_not_matter(rule: Rule) -> Findings:
    """Who a member is makes no difference, only its figures (anonymity)."""
    for case in _cases():
        renamed = rule(_members(case, "ZYXW"))
        kept = _alike(renamed, _shares(rule, case))
        yield None if kept else f"{_setting(rule, case)} pay {_listed(_shares(rule, case))}; renamed {_listed(renamed)}"


def order_does_not_matter(rule: Rule) -> Findings:
    """The order in which members are listed makes no difference (symmetry)."""
    for case in _cases():
        turned = _shares(rule, case[::-1])[::-1]
        kept = _alike(turned, _shares(rule, case))
        yield None if kept else f"{_setting(rule, case)} pay {_listed(_shares(rule, case))}; turned {_listed(turned)}"


def currency_does_not_matter(rule: Rule) -> Findings:
    """Told in another currency, thresholds and terms included, all figures give the same shares."""
    rate = 1000.0
    money = {term: rate * getattr(rule.terms, term) for term in MONEY_TERMS if hasattr(rule.terms, term)}
    converted = replace(rule.terms, **money)
    function = _with_thresholds(rule.function, rate)
    for case in _cases():
        shares = function(_members(case, rate=rate), converted)
        kept = _alike(shares, _shares(rule, case))
        yield None if kept else f"{_setting(rule, case)} pay {_listed(_shares(rule, case))}; else {_listed(shares)}"


def _with_thresholds(function: Callable[..., Any], rate: float) -> Callable[..., Any]:
    """The rule with the thresholds of its file in another currency."""
    assert isinstance(function, FunctionType)
    names = dict(function.__globals__)
    names |= {name: rate * names[name] for name in MONEY_OF_A_FILE if name in names}
    return FunctionType(function.__code__, names, function.__name__, function.__defaults__)


def only_proportions_matter(rule: Rule) -> Findings:
    """If all incomes, the world's too, all debts and all valuations double, no share changes (homogeneity)."""
    for case in _cases():
        doubled = rule(_members(case, rate=2.0))
        kept = _alike(doubled, _shares(rule, case))
        yield None if kept else f"{_setting(rule, case)} pay {_listed(_shares(rule, case))}; doubled {_listed(doubled)}"


def equals_pay_alike(rule: Rule) -> Findings:
    """Two members with the same figures have the same share (equal treatment of equals)."""
    for case in _cases():
        for twins in (case[:1] * len(case), (*case[:3], case[0])):
            shares = _shares(rule, twins)
            kept = abs(shares[0] - shares[-1]) < TOLERANCE
            yield None if kept else f"{_setting(rule, twins)} pay {_listed(shares)}"


def richer_pays_no_less_than_before(rule: Rule) -> Findings:
    """A member whose income grows, all else equal, never pays a smaller share (monotonicity in income)."""
    for case in _cases():
        for i, member in enumerate(case):
            for factor in (1.1, 2.0):
                more = replace(member, income=factor * member.income)
                before, after = _shares(rule, case)[i], _shares(rule, (*case[:i], more, *case[i + 1 :]))[i]
                kept = after >= before - TOLERANCE
                yield (
                    None
                    if kept
                    else (
                        f"{_setting(rule, case, 'income')}: {CODES[i]} pays {before:.4g}, "
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
    for case in _cases():
        shares = _shares(rule, case)
        for i, j in permutations(range(len(case)), 2):
            if getattr(case[i], figure) > getattr(case[j], figure):
                kept = shares[i] >= shares[j] - TOLERANCE
                yield None if kept else f"{_setting(rule, case, figure)} pay {_listed(shares)}"


def understating_gains_nothing(rule: Rule) -> Findings:
    """Who reports less than its valuation, while the others are honest, pays no smaller share (no free riding).

    Source: Samuelson 1954, Review of Economics and Statistics 36.
    """
    for case in _cases():
        for i in range(len(case)):
            reported = np.array([member.valuation for member in case])
            reported[i] = 0.7 * reported[i]
            before, after = _shares(rule, case)[i], rule(_members(case, reported=reported))[i]
            kept = after >= before - TOLERANCE
            yield (
                None
                if kept
                else (
                    f"{_setting(rule, case, 'valuation')}: {CODES[i]} pays {before:.4g}, "
                    f"if it reports {reported[i]:.4g} only {after:.4g}"
                )
            )


def leaving_keeps_proportions(rule: Rule) -> Findings:
    """If a member leaves, the others' shares keep their proportions (consistency).

    Source: Thomson 2003, Mathematical Social Sciences 45, there with claims that stay as they are.
    """
    for case in (each for each in _cases() if len(each) > 2):
        for i in range(len(case)):
            before = np.delete(_shares(rule, case), i)
            after = _shares(rule, (*case[:i], *case[i + 1 :]))
            kept = before.sum() < TOLERANCE or _alike(after, before / before.sum())
            stay = CODES.replace(CODES[i], "")
            yield (
                None
                if kept
                else (
                    f"{_setting(rule, case)} pay {_listed(_shares(rule, case))}; "
                    f"without {CODES[i]} {_listed(after, stay)}"
                )
            )


def newcomer_burdens_nobody(rule: Rule) -> Findings:
    """When a member joins, no other's share grows (population monotonicity).

    Source: Thomson 1983, Mathematics of Operations Research 8.
    """
    for case in _cases():
        before, after = _shares(rule, case[:-1]), _shares(rule, case)
        kept = (after[:-1] <= before + TOLERANCE).all()
        new = CODES[len(case) - 1]
        yield None if kept else f"{_setting(rule, case)} pay {_listed(after)}; before {new} joined {_listed(before)}"


def uniting_changes_nothing(rule: Rule) -> Findings:
    """Two members that unite, with their figures added up, pay what they paid together (no gain by merging).

    Source: O'Neill 1982, Mathematical Social Sciences 2.
    """
    summed = ("income", "population", "debt", "valuation", "fixed_weight", "published_rate")
    for case in _cases():
        *rest, a, b = case
        if (a.permanent_member, a.least_developed) == (b.permanent_member, b.least_developed):
            united = replace(a, **{figure: getattr(a, figure) + getattr(b, figure) for figure in summed})
            apart, together = float(_shares(rule, case)[-2:].sum()), float(_shares(rule, (*rest, united))[-1])
            kept = abs(apart - together) < TOLERANCE
            who = " and ".join(CODES[len(case) - 2 : len(case)])
            yield None if kept else f"{_setting(rule, case)}: {who} pay {apart:.4g} apart, {together:.4g} as one"


def burden_has_a_bound(rule: Rule) -> Findings:
    """Nobody pays more than one and a half times its part of all income (claims on income as an upper bound)."""
    for case in _cases():
        shares = _shares(rule, case)
        income = np.array([member.income for member in case])
        kept = (shares <= 1.5 * income / income.sum() + TOLERANCE).all()
        yield None if kept else f"{_setting(rule, case, 'income')} pay {_listed(shares)}"


def no_group_prefers_to_be_alone(rule: Rule) -> Findings:
    """With honest reports no group would gain more by an institute of its own (core of the savings game).

    Source: Shapley 1971, International Journal of Game Theory 1.
    """
    terms = SavingsTerms()
    price, satiation, fixed = terms.cost_of_funds - terms.joint_product, 5.0 * terms.satiation, terms.fixed_cost
    for case in _cases():
        valuation = np.array([member.valuation for member in case])
        total = np.zeros(1)
        for each in valuation:
            total = np.concatenate([total, total + each])
        game = np.array([worth(each, price, satiation, fixed) for each in total])
        if game[-1] > 0.0:
            budget = total[-1] / price - satiation + fixed
            payoff = valuation * log_benefit(total[-1], price, satiation, fixed)
            payoff = payoff - price * budget * _shares(rule, case)
            excess = core_excess(game, payoff)
            yield (
                None
                if excess >= -1e-5
                else (
                    f"{_setting(rule, case, 'valuation')} pay {_listed(_shares(rule, case))}: "
                    f"{_objecting(game, payoff)} would gain {-excess:.3g} M$ by an institute of its own"
                )
            )


def _objecting(game: Array, payoff: Array) -> str:
    """The group with the most reason to go."""
    players = range(len(payoff))
    groups = [group for size in range(1, len(payoff) + 1) for group in combinations(players, size)]
    worst = min(groups, key=lambda group: sum(payoff[i] for i in group) - game[sum(1 << i for i in group)])
    return " and ".join(CODES[i] for i in worst)
