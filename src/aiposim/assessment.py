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
        self.review = cache(self._review)

    def _review(self, year: int, membership: tuple[bool, ...]) -> Review:
        scenario = self.charter.scenario
        everybody = range(len(membership))
        theta = np.array([self._valuation(i, year) for i in everybody])
        inside = np.array([i for i in everybody if membership[i]], dtype=np.int64)
        figures = self._figures(inside, theta[inside], year)
        fair = np.zeros(len(membership))
        fair[inside] = _fair_shares(figures, scenario.world.payment.self_serving)
        key = None
        if not self.uses_reports:
            key = np.zeros(len(membership))
            key[inside] = self.with_add_ons(self.rule(figures, self.rule_terms), inside)
        return Review(inside, figures, theta, fair, key)

    def _valuation(self, i: int, year: int) -> float:
        member, world = self.charter.scenario.members[i], self.charter.scenario.world
        now = income(member.gni, member.growth, year)
        factor = now / member.gni[BASE_YEAR]
        v = world.valuation
        return valuation(v.budget_scale, member.revealed_interest, v.income_elasticity, factor)

    def _figures(self, inside: Array, theta: Array, year: int) -> MemberYears:
        scenario = self.charter.scenario
        members = [scenario.members[i] for i in inside]
        growth = scenario.world.economy.world_growth
        years = [year - back for back in range(YEARS_BACK)]
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

    def set_valuations(self, state: State, t: int) -> None:
        """Valuations and fair shares of the runs under review."""
        for runs, review in self._reviews(state, t):
            state.valuation[:, runs] = review.valuation[:, None]
            state.fair_share[:, runs] = review.fair_share[:, None]

    def set_key(self, state: State, t: int) -> None:
        """The key of the runs under review; under pledges shares carry over, less those of states that left."""
        for runs, review in self._reviews(state, t):
            inside = review.members
            if self.charter.voluntary and t > 0:
                _renormalise(state.share, inside, runs[state.left[runs]])
                continue
            if review.key is not None:
                state.key[:, runs] = review.key[:, None]
            else:
                reported = state.reported[np.ix_(inside, runs)]
                shares = self.rule(replace(review.figures, reported=reported), self.rule_terms)
                state.key[:, runs] = 0.0
                state.key[np.ix_(inside, runs)] = self.with_add_ons(shares, inside)
            if self.charter.voluntary:
                state.share[:, runs] = state.key[:, runs]

    def _reviews(self, state: State, t: int) -> list[tuple[Array, Review]]:
        """Runs under review, by their membership."""
        runs = np.flatnonzero(state.rescaled)
        if not len(runs):
            return []
        year = self.charter.scenario.world.start + t // 2
        bits = 1 << np.arange(len(state.member))
        masks = bits @ state.member[:, runs]
        return [
            (runs[masks == mask], self.review(year, tuple(bool(mask & bit) for bit in bits)))
            for mask in dict.fromkeys(masks.tolist())
        ]


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


def _renormalise(share: Array, inside: Array, runs: Array) -> None:
    if not len(runs):
        return
    total = np.zeros(len(runs))
    for i in inside:
        total = total + share[i, runs]
    share[:, runs] = share[:, runs] / total
