"""What a review of the scale of assessments computes: valuations, fair shares, the key.

Incomes follow given paths, so these are functions of the year and of who is still a member, computed once
in plain Python by the rules themselves; only keys on reported valuations differ from run to run.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from functools import cache
from typing import Any

import numpy as np

from aiposim import families
from aiposim.charter import Charter
from aiposim.compiled import calling_machine
from aiposim.quantities import Array
from aiposim.rules.cost_sharing import MemberYears, with_ceiling, with_host_premium
from aiposim.rules.cost_sharing.benefit import Terms as NoTerms
from aiposim.rules.cost_sharing.benefit import benefit
from aiposim.rules.cost_sharing.equal import equal
from aiposim.rules.cost_sharing.gni import Terms as GniTerms
from aiposim.rules.cost_sharing.gni import gni
from aiposim.rules.cost_sharing.un_scale import Terms as UnScaleTerms
from aiposim.rules.cost_sharing.un_scale import un_scale
from aiposim.state import State
from aiposim.world.economy import BASE_YEAR, income, rate_in_force, valuation, world_income

YEARS_BACK = 8


@dataclass(frozen=True)
class Review:
    """Of one year and membership, over all founders: valuation (M$), fair share and key (None: on reports)."""

    members: Array  # (member,) indices
    figures: MemberYears
    valuation: Array
    fair_share: Array
    key: Array | None


class Assessment:
    """Reviews the scale of assessments of every run that needs it."""

    def __init__(self, charter: Charter) -> None:
        self.charter = charter
        rule = getattr(charter.cost_sharing, charter.cost_sharing.__name__.rpartition(".")[2])
        self.rule = calling_machine(rule, getattr(charter.cost_sharing, "KERNEL", None))
        if families.is_own(rule):
            self.rule = _checked(self.rule)
        self.rule_terms = _terms_of(charter)
        self.uses_reports = bool(getattr(charter.cost_sharing, "USES_REPORTS", False))
        self.founders = cache(self._founders)
        self.review = cache(self._review)
        founders, years = len(charter.codes), (charter.horizon + 1) // 2
        self.valuation_of_year = np.full((years, founders), np.nan)
        self.fair_share_of_year = np.full((years, founders, 2**founders), np.nan)
        self.key_of_year = np.full((years, founders, 2**founders), np.nan)

    def _review(self, year: int, membership: tuple[bool, ...]) -> Review:
        inside = np.flatnonzero(membership)
        founders = self.founders(year)
        figures = _of(founders, inside)
        fair = np.zeros(len(membership))
        fair[inside] = _fair_shares(figures, self.charter.scenario.world.payment.self_serving)
        key = None
        if not self.uses_reports:
            key = np.zeros(len(membership))
            key[inside] = self.with_add_ons(self.rule(figures, self.rule_terms), inside)
        return Review(inside, figures, founders.valuation, fair, key)

    def _valuation(self, i: int, year: int) -> float:
        member, world = self.charter.scenario.members[i], self.charter.scenario.world
        now = income(member.gni, member.growth, year)
        factor = now / member.gni[BASE_YEAR]
        v = world.valuation
        return valuation(v.budget_scale, member.revealed_interest, v.income_elasticity, factor)

    def _founders(self, year: int) -> MemberYears:
        """Figures of all founders."""
        scenario = self.charter.scenario
        members = scenario.members
        growth = scenario.world.economy.world_growth
        years = [year - back for back in range(YEARS_BACK)]
        theta = np.array([self._valuation(i, year) for i in range(len(members))])
        return MemberYears(
            codes=tuple(m.code for m in members),
            income=np.array([[income(m.gni, m.growth, y) for y in years] for m in members]),
            world_income=np.array([world_income(growth, y) for y in years]),
            population=np.array([m.population for m in members]),
            debt_stock=np.array([m.debt_stock for m in members]),
            fixed_weight=np.array([m.cmim_weight for m in members]),
            valuation=theta,
            reported=theta,
            least_developed=np.array([m.least_developed for m in members]),
            permanent_member=np.array([m.permanent_member for m in members]),
            published_rate=np.array([rate_in_force(m.un_scale_rate, year) for m in members]),
        )

    def with_add_ons(self, shares: Array, inside: Array) -> Array:
        """A rule's shares of the members `inside`, under the ceiling, then with the host's premium."""
        if self.charter.voluntary:
            return shares
        if not getattr(self.charter.cost_sharing, "CEILING_WITHIN", False):
            shares = with_ceiling(shares, self.charter.scenario.control.cost_sharing.ceiling)
        host = np.flatnonzero(inside == self.charter.terms.institution.host)
        place = int(host[0]) if len(host) else None
        return with_host_premium(shares, place, self.charter.scenario.flexibility.host_premium)

    def tables(self) -> dict[str, Array]:
        """Valuations, fair shares and key of the reviews so far, for the steps that hand them to the runs.

        Axes: (year, founder, membership), the membership as a number with a bit a founder; of valuations (year,
        founder). What has not been reviewed yet is nan.
        """
        return {
            "valuation_of_year": self.valuation_of_year,
            "fair_share_of_year": self.fair_share_of_year,
            "key_of_year": self.key_of_year,
        }

    def set_valuations(self, state: State, hand_out: Callable[[int], None], t: int) -> None:
        """Valuations and fair shares of the runs under review, by the step `hand_out` from the tables."""
        if state.reviews_to_make.item(0):
            for _, membership in self._reviews(state):
                self._enter(t, membership)
        hand_out(t)

    def _enter(self, t: int, membership: int) -> None:
        review = self._review_of(t, membership)
        self.valuation_of_year[t // 2] = review.valuation
        self.fair_share_of_year[t // 2, :, membership] = review.fair_share
        if review.key is not None:
            self.key_of_year[t // 2, :, membership] = review.key

    def _review_of(self, t: int, membership: int) -> Review:
        founders = range(len(self.charter.codes))
        return self.review(
            self.charter.scenario.world.start + t // 2, tuple(bool(membership >> i & 1) for i in founders)
        )

    def set_key(self, state: State, t: int) -> None:
        """The key on reports of the runs under review."""
        for runs, membership in self._reviews(state):
            review = self._review_of(t, membership)
            reported = state.reported.take(runs, axis=1).take(review.members, axis=0)
            shares = self.rule(replace(review.figures, reported=reported), self.rule_terms)
            keys = np.zeros((len(state.key), len(runs)))
            keys[review.members] = self.with_add_ons(shares, review.members)
            for key, own in zip(state.key, keys, strict=True):
                key[runs] = own
            if self.charter.voluntary:
                for share, own in zip(state.share, keys, strict=True):
                    share[runs] = own

    def _reviews(self, state: State) -> list[tuple[Array, int]]:
        """Runs under review, by their membership."""
        runs = state.under_review[: state.reviews.item(0)]
        memberships = state.membership.take(runs)
        different = np.flatnonzero(np.bincount(memberships)).tolist()
        if len(different) == 1:
            return [(runs, different[0])]
        return [(runs[memberships == each], each) for each in different]


def _checked(rule: Callable[..., Any]) -> Callable[..., Any]:
    """A user's own key that is told off, with its file, when it fails or gives what are no shares."""
    file = families.file_of(rule)

    def shares_of(members: MemberYears, terms: Any) -> Array:
        try:
            given = np.asarray(rule(members, terms))
            if given.dtype.kind not in "biufO":
                raise families.RulesError(f"{file}: {rule.__name__} gives {given.dtype} and no real numbers as shares.")
            shares = given.astype(np.float64)
        except families.RulesError:
            raise
        except (Exception, SystemExit) as error:
            raise families.failed(error, file, rule.__name__) from error
        expected = members.reported.shape if shares.ndim == 2 else (len(members.codes),)
        if shares.shape != expected:
            raise families.RulesError(f"{file}: {rule.__name__} gives shares of shape {shares.shape}, not {expected}.")
        if not (shares >= 0.0).all() or not (abs(shares.sum(axis=0) - 1.0) < 1e-9).all():
            raise families.RulesError(
                f"{file}: {rule.__name__} gives {', '.join(members.codes)} the shares {_listed(shares)}; "
                "shares are 0 or more and come to 1."
            )
        return shares

    return shares_of


def _listed(shares: Array) -> str:
    return ", ".join(f"{share:.6g}" for share in shares.reshape(len(shares), -1)[:, 0])


def _terms_of(charter: Charter) -> Any:
    """The terms of the cost-sharing rule, taken from the scenario by the names of its fields.

    A name is looked for among the keys of control.cost_sharing, then in world.valuation and centralisation:
    a key that weighs the benefit of a budget reads its price there.
    """
    scenario = charter.scenario
    blocks = (scenario.control.cost_sharing, scenario.world.valuation, scenario.centralisation)
    known = {}
    for field in fields(charter.cost_sharing.Terms):
        found = [getattr(block, field.name) for block in blocks if getattr(block, field.name, None) is not None]
        if found:
            known[field.name] = found[0]
    return charter.cost_sharing.Terms(**known)


def _of(founders: MemberYears, inside: Array) -> MemberYears:
    """The figures of the founders that are still members."""
    figures = {field.name: getattr(founders, field.name) for field in fields(MemberYears)}
    codes, world_income = figures.pop("codes"), figures.pop("world_income")
    rows = {name: figure[inside] for name, figure in figures.items()}
    return MemberYears(tuple(codes[i] for i in inside), world_income=world_income.copy(), **rows)


def _fair_shares(figures: MemberYears, self_serving: float) -> Array:
    """Between the mean of four principles and the one that suits each member best.

    Source: Babcock & Loewenstein 1997, JEP 11 (self-serving fairness); Lange et al. 2010, EER 54.
    """
    principles = (
        equal(figures, NoTerms()),  # type: ignore[arg-type]
        gni(figures, GniTerms()),
        benefit(figures, NoTerms()),
        un_scale(figures, UnScaleTerms()),
    )
    total, least = principles[0], principles[0]
    for shares in principles[1:]:
        total = total + shares
        least = np.minimum(least, shares)
    mean = total / 4.0
    fair: Array = (1.0 - self_serving) * mean + self_serving * least
    return fair
