"""Members on which keys are tried: invented figures, the shares that a key gives them, and how both are told."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from functools import cache
from typing import Any

import numpy as np

from aiposim.quantities import Array
from aiposim.rules.cost_sharing import MemberYears
from aiposim.study.axiom import Rule

CODES = "ABCD"
WORLD_INCOME = 10_000.0
TOLERANCE = 1e-9
SEED = 2015


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


_FOUND: tuple[Case, ...] = (
    tuple(Figures(income=income) for income in (20.0, 20.0, 50.0, 120.0)),
    tuple(Figures(valuation=valuation) for valuation in (0.5, 6.0, 1.0)),
    (
        Figures(income=10.0, population=40.0, permanent_member=True),
        Figures(income=300.0, population=40.0),
        Figures(income=240.0, population=3.0),
    ),
)
"""Cases that refute what the simpler ones leave standing, found by a wider search."""


@cache
def cases() -> tuple[Case, ...]:
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
    return ((plain, plain), (plain,) * 3, *one, *two, *_FOUND, *(_drawn(luck) for _ in range(80)))


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


def members_of(case: Case, codes: str = CODES, reported: Array | None = None, rate: float = 1.0) -> MemberYears:
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
def shares_of(rule: Rule, case: Case) -> Array:
    shares = np.asarray(rule(members_of(case)), dtype=np.float64)
    if shares.shape != (len(case),) or not np.isfinite(shares).all():
        raise ValueError(f"{told(case)}: {shares.tolist()} are no shares of {len(case)} members")
    return shares


@cache
def _reads(rule: Rule) -> tuple[str, ...]:
    """The figures that make a difference to the key in some case; only these are told."""
    return tuple(each.name for each in fields(Figures) if _matters(rule, each.name))


def _matters(rule: Rule, figure: str) -> bool:
    for case in cases():
        value = getattr(case[0], figure)
        other: Any = not value if isinstance(value, bool) else 3.0 * value + 1.0
        changed = (replace(case[0], **{figure: other}), *case[1:])
        if not np.allclose(shares_of(rule, changed), shares_of(rule, case), rtol=0.0, atol=TOLERANCE):
            return True
    return False


def told(case: Case, figures: tuple[str, ...] = ("income", "population", "valuation"), codes: str = CODES) -> str:
    return "; ".join(f"{code}: {_figures(member, figures)}" for code, member in zip(codes, case, strict=False))


def _figures(member: Figures, figures: tuple[str, ...]) -> str:
    words = []
    for figure in figures:
        value, name = getattr(member, figure), figure.replace("_", " ")
        words += ([name] if value else []) if isinstance(value, bool) else [f"{name} {value:g}"]
    return ", ".join(words) or "plain"


def setting(rule: Rule, case: Case, *more: str) -> str:
    """The figures of a case that the key reads, and those that the axiom speaks of."""
    return told(case, tuple(dict.fromkeys((*more, *_reads(rule)))))


def listed(shares: Array, codes: str = CODES) -> str:
    return ", ".join(f"{code} {share:.4g}" for code, share in zip(codes, shares, strict=False))


def alike(left: Array, right: Array) -> bool:
    return bool(np.allclose(left, right, rtol=0.0, atol=TOLERANCE))
