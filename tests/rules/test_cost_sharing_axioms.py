"""Axioms of every key found in the folder: shares add up, and names, order and currency do not matter."""

from __future__ import annotations

from dataclasses import fields, replace
from types import ModuleType
from typing import Any

import hypothesis.strategies as st
import numpy as np
import pytest
from hypothesis import given, settings

from aiposim import families
from aiposim.compiled import calling_machine
from aiposim.rules.cost_sharing import MemberYears, with_ceiling, with_host_premium
from aiposim.rules.cost_sharing.fixed_key import Terms as FixedKeyTerms
from aiposim.rules.cost_sharing.fixed_key import fixed_key
from aiposim.rules.cost_sharing.un_scale import LEAST_DEVELOPED_CEILING, un_scale
from aiposim.rules.cost_sharing.un_scale import Terms as UnScaleTerms
from aiposim.scale.adjustments import cut_to_ceiling

EVERY_KEY = families.names("rules.cost_sharing")
every_key = pytest.mark.parametrize("name", EVERY_KEY)
CODES = ("AAA", "BBB", "CCC", "DDD", "EEE", "FFF")
DEBT_THAT_CAN_BE_SERVED = 7.0
"""Times the smallest income of any year: the eighth of the debt that falls due stays below income."""


MONEY = ("satiation", "fixed_cost")
"""Terms that are money, M$ per half-year."""


def module_of(name: str) -> ModuleType:
    return families.module("rules.cost_sharing", name)


def shares_of(name: str, members: MemberYears, terms: Any = None) -> np.ndarray:
    """What the key gives, under its own standard terms if no others are set."""
    rule: Any = families.fetch("rules.cost_sharing", name)
    shares: np.ndarray = rule(members, terms or module_of(name).Terms())
    return shares


def numbers(low: float, high: float) -> st.SearchStrategy[float]:
    return st.floats(low, high, allow_nan=False)


@st.composite
def memberships(draw: st.DrawFn, most: int = 6) -> MemberYears:
    """One to six members; incomes may lack a year, but never all years that a key reads."""
    n = draw(st.integers(1, most))
    income = np.array([[draw(numbers(0.5, 30_000.0)) for _ in range(8)] for _ in range(n)])
    smallest = income.min(axis=1)
    for i in range(n):
        for back in draw(st.sets(st.integers(3, 7), max_size=4)):
            income[i, back] = np.nan
    valuation = np.array([draw(numbers(0.01, 50.0)) for _ in range(n)])
    return MemberYears(
        codes=CODES[:n],
        income=income,
        world_income=np.array([draw(numbers(1_000.0, 40_000.0)) for _ in range(8)]),
        population=np.array([draw(numbers(0.1, 1_500.0)) for _ in range(n)]),
        debt_stock=np.array([draw(numbers(0.0, DEBT_THAT_CAN_BE_SERVED)) * low for low in smallest]),
        fixed_weight=np.array([draw(numbers(0.01, 100.0)) for _ in range(n)]),
        valuation=valuation,
        reported=valuation * np.array([draw(numbers(0.5, 2.0)) for _ in range(n)]),
        least_developed=np.array([draw(st.booleans()) for _ in range(n)]),
        permanent_member=np.array([draw(st.booleans()) for _ in range(n)]),
        published_rate=np.array([draw(numbers(0.00001, 0.25)) for _ in range(n)]),
    )


def by_member(members: MemberYears, change: Any) -> MemberYears:
    """The members with every figure that has one value (or row) a member changed alike."""
    changed = {
        field.name: change(getattr(members, field.name))
        for field in fields(members)
        if field.name not in ("codes", "world_income")
    }
    return replace(members, **changed)


@every_key
@given(members=memberships())
@settings(max_examples=60, deadline=None)
def test_shares_add_up_to_one_and_nobody_pays_less_than_nothing(name: str, members: MemberYears) -> None:
    shares = shares_of(name, members)
    assert shares.shape == (len(members.codes),)
    assert shares.sum() == pytest.approx(1.0, abs=1e-12)
    assert (shares >= 0.0).all()


@every_key
@given(members=memberships())
@settings(max_examples=20, deadline=None)
def test_the_only_member_pays_everything(name: str, members: MemberYears) -> None:
    alone = replace(by_member(members, lambda figure: figure[:1]), codes=members.codes[:1])
    assert shares_of(name, alone) == pytest.approx([1.0], abs=1e-12)


@every_key
@given(members=memberships(), data=st.data())
@settings(max_examples=40, deadline=None)
def test_the_order_of_the_members_does_not_matter(name: str, members: MemberYears, data: st.DataObject) -> None:
    order = data.draw(st.permutations(range(len(members.codes))))
    reordered = replace(
        by_member(members, lambda figure: figure[list(order)]),
        codes=tuple(members.codes[i] for i in order),
    )
    assert shares_of(name, reordered) == pytest.approx(shares_of(name, members)[list(order)], abs=1e-12)


@every_key
@given(members=memberships(), data=st.data())
@settings(max_examples=20, deadline=None)
def test_the_names_of_the_members_do_not_matter(name: str, members: MemberYears, data: st.DataObject) -> None:
    names = data.draw(st.permutations([*CODES, "XXX", "ZZZ"]))
    renamed = replace(members, codes=tuple(names[: len(members.codes)]))
    assert np.array_equal(shares_of(name, renamed), shares_of(name, members))


@every_key
@given(members=memberships(), rate=numbers(0.001, 1_500.0))
@settings(max_examples=40, deadline=None)
def test_the_currency_does_not_matter(name: str, members: MemberYears, rate: float) -> None:
    """All that is money is told in another currency, also a threshold of income that stands in a rule."""
    module = module_of(name)
    converted = replace(
        members,
        income=members.income * rate,
        world_income=members.world_income * rate,
        debt_stock=members.debt_stock * rate,
        valuation=members.valuation * rate,
        reported=members.reported * rate,
    )
    terms = module.Terms()
    money = {term: getattr(terms, term) * rate for term in MONEY if hasattr(terms, term)}
    before = shares_of(name, members)
    with pytest.MonkeyPatch.context() as patch:
        if hasattr(module, "HIGH_INCOME"):
            patch.setattr(module, "HIGH_INCOME", module.HIGH_INCOME * rate)
        assert shares_of(name, converted, replace(terms, **money)) == pytest.approx(before, abs=1e-9)


@every_key
@given(members=memberships(), n=st.integers(2, 6))
@settings(max_examples=30, deadline=None)
def test_equal_figures_give_equal_shares(name: str, members: MemberYears, n: int) -> None:
    alike = replace(by_member(members, lambda figure: np.repeat(figure[:1], n, axis=0)), codes=CODES[:n])
    assert shares_of(name, alike) == pytest.approx(np.full(n, 1.0 / n), abs=1e-12)


@every_key
@given(members=memberships())
@settings(max_examples=20, deadline=None)
def test_a_key_leaves_the_figures_as_they_are(name: str, members: MemberYears) -> None:
    before = by_member(members, np.copy)
    shares_of(name, members)
    for field in fields(members):
        if field.name != "codes":
            assert np.array_equal(
                getattr(members, field.name).astype(float),
                getattr(before, field.name).astype(float),
                equal_nan=True,
            )


@every_key
def test_in_simulations_the_kernel_of_a_key_is_machine_code_with_the_same_bits(name: str) -> None:
    kernel = getattr(module_of(name), "KERNEL", None)
    rule: Any = families.fetch("rules.cost_sharing", name)
    if kernel is None:
        assert calling_machine(rule, None) is rule
        return
    fast = calling_machine(rule, kernel)
    for n in range(1, 5):
        luck = np.random.default_rng(n)
        reported = luck.uniform(0.01, 20.0, (n, 300))
        members = replace(invented([100.0] * n), reported=reported)
        assert np.array_equal(fast(members, module_of(name).Terms()), shares_of(name, members))
        assert np.array_equal(members.reported, reported)


@every_key
@given(members=memberships(), data=st.data())
@settings(max_examples=20, deadline=None)
def test_a_key_on_reports_judges_every_run_by_itself(name: str, members: MemberYears, data: st.DataObject) -> None:
    if not getattr(module_of(name), "USES_REPORTS", False):
        return
    n, runs = len(members.codes), 3
    told = np.array([[data.draw(numbers(0.5, 2.0)) for _ in range(runs)] for _ in range(n)])
    reports = members.valuation[:, None] * told
    together = shares_of(name, replace(members, reported=reports))
    assert together.shape == (n, runs)
    for run in range(runs):
        alone = shares_of(name, replace(members, reported=reports[:, run]))
        assert np.array_equal(together[:, run], alone)


@given(members=memberships(), weights=st.permutations((1.0, 2.0, 3.0, 4.0, 5.0, 6.0)))
@settings(max_examples=30, deadline=None)
def test_a_fixed_key_names_states_and_reads_no_figures(members: MemberYears, weights: list[float]) -> None:
    agreed = dict(zip(CODES, weights, strict=True))
    shares = fixed_key(members, FixedKeyTerms(key=agreed))
    total = sum(agreed[code] for code in members.codes)
    assert shares == pytest.approx([agreed[code] / total for code in members.codes], abs=1e-12)


@st.composite
def bounds(draw: st.DrawFn) -> tuple[MemberYears, UnScaleTerms]:
    """Members of which none is least developed, with a floor and a ceiling that leave room for the whole."""
    members = draw(memberships())
    n = len(members.codes)
    floor = draw(numbers(0.0, 1.0)) / n
    ceiling = min(1.0, draw(numbers(1.0, float(n))) / n)
    return replace(members, least_developed=np.zeros(n, dtype=bool)), UnScaleTerms(floor, ceiling)


@given(case=bounds())
@settings(max_examples=150, deadline=None)
def test_every_share_lies_between_floor_and_ceiling(case: tuple[MemberYears, UnScaleTerms]) -> None:
    members, terms = case
    shares = un_scale(members, terms)
    assert shares.sum() == pytest.approx(1.0, abs=1e-12)
    assert (shares >= terms.floor - 1e-9).all()
    assert (shares <= terms.ceiling + 1e-9).all()


@pytest.mark.parametrize("n", [2, 3, 4, 5, 6])
@pytest.mark.parametrize("bound", ["floor", "ceiling"])
def test_a_floor_or_ceiling_of_one_nth_makes_everybody_pay_the_same(n: int, bound: str) -> None:
    members = invented([2.0**i for i in range(n)])
    shares = un_scale(members, UnScaleTerms(**{bound: 1.0 / n}))
    assert shares == pytest.approx(np.full(n, 1.0 / n), abs=1e-9)


def invented(incomes: list[float]) -> MemberYears:
    """Rich members without debt, with these incomes in every year."""
    n = len(incomes)
    return MemberYears(
        codes=CODES[:n],
        income=np.repeat(np.array(incomes)[:, None], 8, axis=1),
        world_income=np.full(8, 10_000.0),
        population=np.full(n, 0.01),
        debt_stock=np.zeros(n),
        fixed_weight=np.ones(n),
        valuation=np.ones(n),
        reported=np.ones(n),
        least_developed=np.zeros(n, dtype=bool),
        permanent_member=np.zeros(n, dtype=bool),
        published_rate=np.full(n, 0.01),
    )


def test_a_least_developed_country_stays_below_its_ceiling_when_the_excess_of_others_is_spread() -> None:
    """Source: Report of the Committee on Contributions, A/67/11, outline of the methodology: what a country at the
    maximum rate is relieved of is borne by the others, except those at the floor and at the ceiling for the
    least developed.
    """
    members = replace(invented([700.0, 290.0, 10.0]), least_developed=np.array([False, False, True]))
    shares = un_scale(members, UnScaleTerms(ceiling=0.60))
    assert shares[0] == pytest.approx(0.60, abs=1e-12)
    assert shares[2] <= LEAST_DEVELOPED_CEILING + 1e-12


def test_a_member_whose_debt_service_exceeds_its_income_pays_nothing_and_not_less() -> None:
    """An eighth of a debt of ten times the income is more than the income."""
    members = replace(invented([1_000.0, 10.0]), population=np.array([20.0, 10.0]), debt_stock=np.array([0.0, 100.0]))
    shares = un_scale(members, UnScaleTerms())
    assert shares.sum() == pytest.approx(1.0, abs=1e-12)
    assert (shares >= 0.0).all()


@st.composite
def scales(draw: st.DrawFn) -> np.ndarray:
    weights = np.array(draw(st.lists(numbers(0.01, 10.0), min_size=1, max_size=6)))
    shares: np.ndarray = weights / weights.sum()
    return shares


@given(shares=scales(), part=numbers(0.0, 1.0))
@settings(max_examples=150, deadline=None)
def test_under_a_ceiling_nobody_pays_more_and_the_others_bear_the_excess_pro_rata(
    shares: np.ndarray, part: float
) -> None:
    n = len(shares)
    ceiling = 1.0 / n + part * (1.0 - 1.0 / n)
    before = shares.copy()
    cut = with_ceiling(shares, ceiling)
    assert cut.sum() == pytest.approx(1.0, abs=1e-12)
    assert (cut <= ceiling + 1e-12).all()
    below = cut < ceiling - 1e-9
    raised = cut[below] / shares[below]
    assert raised == pytest.approx(raised.max(initial=1.0), rel=1e-9)
    assert (raised >= 1.0 - 1e-9).all()
    assert np.array_equal(shares, before)
    assert cut == pytest.approx(cut_to_ceiling(shares, np.full(n, ceiling)), abs=1e-9)


@given(shares=scales())
@settings(max_examples=30, deadline=None)
def test_a_ceiling_that_nobody_reaches_changes_not_a_bit(shares: np.ndarray) -> None:
    assert np.array_equal(with_ceiling(shares, 1.0), shares)
    assert np.array_equal(with_ceiling(shares, max(shares.max(), 1.0 / len(shares))), shares)


@given(shares=scales(), part=numbers(0.0, 1.0))
@settings(max_examples=30, deadline=None)
def test_a_ceiling_that_so_few_members_cannot_keep_makes_them_pay_alike(shares: np.ndarray, part: float) -> None:
    n = len(shares)
    assert with_ceiling(shares, part / n) == pytest.approx(np.full(n, 1.0 / n), abs=1e-12)


def test_a_ceiling_is_spread_again_until_nobody_is_above_it() -> None:
    """By hand: 60 is cut to 40, 28 and 12 are scaled by 60 / 40 to 42 and 18; 42 is cut to 40, 20 are left."""
    assert with_ceiling(np.array([0.60, 0.28, 0.12]), 0.40) == pytest.approx([0.40, 0.40, 0.20], abs=1e-12)


def test_those_who_pay_nothing_bear_the_excess_in_equal_parts_when_nobody_else_is_left() -> None:
    assert with_ceiling(np.array([1.0, 0.0, 0.0]), 0.50) == pytest.approx([0.50, 0.25, 0.25], abs=1e-12)


@given(all_shares=st.lists(scales(), min_size=2, max_size=5), ceiling=numbers(0.2, 1.0))
@settings(max_examples=50, deadline=None)
def test_a_ceiling_holds_in_every_run_by_itself(all_shares: list[np.ndarray], ceiling: float) -> None:
    n = min(len(shares) for shares in all_shares)
    together = np.array([shares[:n] / shares[:n].sum() for shares in all_shares]).T
    cut = with_ceiling(together, ceiling)
    for run in range(together.shape[1]):
        assert np.array_equal(cut[:, run], with_ceiling(together[:, run], ceiling))


@given(shares=scales(), premium=numbers(0.0, 1.0), data=st.data())
@settings(max_examples=60, deadline=None)
def test_a_host_premium_is_paid_by_the_host_and_relieves_all_alike(
    shares: np.ndarray, premium: float, data: st.DataObject
) -> None:
    host = data.draw(st.integers(0, len(shares) - 1))
    before = shares.copy()
    charged = with_host_premium(shares, host, premium)
    others = np.arange(len(shares)) != host
    assert charged.sum() == pytest.approx(1.0, abs=1e-12)
    assert charged[others] == pytest.approx((1.0 - premium) * before[others], abs=1e-12)
    assert charged[host] == pytest.approx((1.0 - premium) * before[host] + premium, abs=1e-12)
    assert np.array_equal(shares, before)


@given(shares=scales())
@settings(max_examples=20, deadline=None)
def test_when_the_host_has_left_there_is_no_premium(shares: np.ndarray) -> None:
    assert np.array_equal(with_host_premium(shares, None, 0.3), shares)


def test_a_host_premium_holds_in_every_run_of_a_key_on_reports() -> None:
    charged = with_host_premium(np.array([[0.5, 0.2], [0.5, 0.8]]), 1, 0.1)
    assert charged == pytest.approx(np.array([[0.45, 0.18], [0.55, 0.82]]), abs=1e-12)
