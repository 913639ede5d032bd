"""Patterns that the model must reproduce: hypotheses on designs, tested on the same worlds.

Source of the effects: the specification's reference implementation, mean of 200 paired runs of 30 years; they
are patterns to reproduce within sampling error, not numbers to hit.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import numpy as np
import pandas as pd

from aiposim.results import simulate
from aiposim.scenario import Scenario, load

Overrides = Mapping[str, Any]
Value = Callable[[pd.DataFrame], pd.Series]

EQUAL = {"control.cost_sharing": "equal"}
BENEFIT = {"control.cost_sharing": "benefit"}
VOLUNTARY = {"control.cost_sharing": "voluntary"}
MAJORITY = {"control.voting.rule": "majority"}
CONSENSUS = {"control.voting.rule": "consensus"}
TCS_SIZE = {
    "centralisation.founding_budget": 2.0,
    "centralisation.fixed_cost": 0.5,
    "world.valuation.budget_scale": 5.0,
    "world.valuation.satiation": 0.2,
}
STRONG_DIRECTOR = {"control.director.agenda_power": 0.9, "control.director.partiality": 0.7}
WEAK_DIRECTOR = {"control.director.agenda_power": 0.1, "control.director.partiality": 0.1}
MONGOLIA = {"membership.members": ["JPN", "CHN", "KOR", "MNG"]}
NO_SANCTION = {"flexibility.sanction.rule": "none"}
OPT_OUTS = {"scope.optout": "area"}
UNDERSTATED = {**BENEFIT, "membership.overrides.CHN.misreport": 0.3}

RESILIENCE = "resilience of delivery against summits"


@dataclass(frozen=True)
class Pattern:
    """`design` less `against` in `measure`, over the same worlds: the expected mean difference `effect`."""

    name: str
    words: str
    measure: str
    effect: float
    design: Overrides
    against: Overrides = field(default_factory=dict)

    @property
    def direction(self) -> str:
        """Where the measure should go."""
        return "higher" if self.effect > 0.0 else "lower"


PATTERNS = (
    Pattern("H1", "voluntary pledges under-provide", "budget_ratio", -0.447, VOLUNTARY),
    Pattern("H2", "the largest valuer over-pays under pledges", "burden_share.CHN", 0.208, VOLUNTARY, BENEFIT),
    Pattern("H3", "benefit shares settle more budgets", "deadlock_rate.budget", -0.145, BENEFIT, EQUAL),
    Pattern("H4", "an overcharged veto player holds the budget down", "budget_ratio", -0.404, EQUAL, BENEFIT),
    Pattern("H5a", "majority cuts deadlock", "deadlock_rate", -0.470, MAJORITY),
    Pattern("H5b", "majority raises exits under a resented key", "exits", 0.680, {**EQUAL, **MAJORITY}, EQUAL),
    Pattern(
        "H5c",
        "majority raises exits far more under a resented key than under an accepted one",
        "exits",
        0.940,
        {**EQUAL, **MAJORITY},
        {"control.cost_sharing": "un_scale", **MAJORITY},
    ),
    Pattern("H6a", "Article 19 raises final collection", "collection_rate", 0.023, {}, NO_SANCTION),
    Pattern("H6a'", "Article 19 raises timely collection", "timely_collection_rate", 0.071, {}, NO_SANCTION),
    Pattern(
        "H6b",
        "Article 19 raises exits where the key is resented, under majority",
        "exits",
        0.120,
        {**EQUAL, **MAJORITY},
        {**EQUAL, **MAJORITY, **NO_SANCTION},
    ),
    Pattern(
        "H6b'",
        "Article 19 raises exits where the key is resented, under unanimity",
        "exits",
        0.150,
        EQUAL,
        {**EQUAL, **NO_SANCTION},
    ),
    Pattern("H7", "autonomy speeds the response", "response_days", -21.7, {"centralisation.autonomy": 0.8}),
    Pattern(
        "H7'",
        "autonomy makes responses better",
        "response_effectiveness",
        0.077,
        {"centralisation.autonomy": 0.8},
    ),
    Pattern("H8", "tension lowers trust", "trust", -0.097, {"world.incidents.scale": 1.7}),
    Pattern("H8'", "tension costs summits", "summit_share", -0.197, {"world.incidents.scale": 1.7}),
    Pattern(
        "H8''",
        "technical delivery holds up better than summits",
        RESILIENCE,
        0.352,
        {"world.incidents.scale": 1.7},
    ),
    Pattern(
        "H9",
        "a partial Director with agenda power tilts the programme under majority",
        "nationality_bias",
        0.085,
        {**MAJORITY, **STRONG_DIRECTOR},
        {**MAJORITY, **WEAK_DIRECTOR},
    ),
    Pattern(
        "H9'",
        "unanimity restrains a partial Director",
        "nationality_bias",
        0.082,
        {**MAJORITY, **STRONG_DIRECTOR},
        STRONG_DIRECTOR,
    ),
    Pattern(
        "H10",
        "losing the turn disciplines debtors",
        "arrears_years",
        -0.134,
        {"control.director.rule": "rotation_skip"},
    ),
    Pattern("H11", "merit builds capacity", "secretariat_capacity", 0.049, {"control.director.rule": "merit"}),
    Pattern("H12", "Japan gains from the GNI key", "welfare.JPN", 80.1, {"control.cost_sharing": "gni"}),
    Pattern("H12'", "China loses by the GNI key", "welfare.CHN", -123.2, {"control.cost_sharing": "gni"}),
    Pattern("H13", "equal thirds are safer at the size of the TCS", "exits", -0.160, {**EQUAL, **TCS_SIZE}, EQUAL),
    Pattern(
        "H13'",
        "equal thirds are safer at the size of the TCS, under consensus",
        "exits",
        -0.280,
        {**EQUAL, **TCS_SIZE, **CONSENSUS},
        {**EQUAL, **CONSENSUS},
    ),
    Pattern("H14", "opt-outs cut delivery", "delivery_ratio", -0.107, OPT_OUTS),
    Pattern(
        "H14'",
        "opt-outs cut exits where the key is resented",
        "exits",
        -0.070,
        {**EQUAL, **MAJORITY, **OPT_OUTS},
        {**EQUAL, **MAJORITY},
    ),
    Pattern("H15", "a fourth veto player raises deadlock", "deadlock_rate", 0.106, MONGOLIA),
    Pattern(
        "H16",
        "consensus minus one lowers deadlock, against unanimity",
        "deadlock_rate",
        -0.302,
        {"control.voting.rule": "consensus-1"},
    ),
    Pattern(
        "H16'",
        "consensus minus one lowers deadlock, against consensus",
        "deadlock_rate",
        -0.239,
        {"control.voting.rule": "consensus-1"},
        CONSENSUS,
    ),
    Pattern(
        "H17",
        "seats of officials and NGOs ease majority decisions",
        "deadlock_rate",
        -0.152,
        MAJORITY,
        {**MAJORITY, "control.voting.voters": "governments"},
    ),
    Pattern(
        "H18",
        "detente raises joint statements",
        "joint_statement_share",
        0.152,
        {"world.incidents.scale": 0.4},
    ),
    Pattern(
        "H19",
        "a host premium evens out burdens under equal shares",
        "burden_gini",
        -0.013,
        {**EQUAL, "flexibility.host_premium": 0.15},
        EQUAL,
    ),
    Pattern("H20", "more delivery, more women", "women_share", 0.013, BENEFIT, VOLUNTARY),
    Pattern("H21", "letting the absent abstain cuts deadlock", "deadlock_rate", -0.064, CONSENSUS),
    Pattern(
        "H21'",
        "letting the absent abstain frees the budget under equal shares",
        "budget_ratio",
        0.184,
        {**EQUAL, **CONSENSUS},
        EQUAL,
    ),
    Pattern(
        "H21''",
        "letting the absent abstain drives out the overcharged",
        "exits",
        0.420,
        {**EQUAL, **CONSENSUS},
        EQUAL,
    ),
    Pattern("H22", "China gains by understating", "welfare.CHN", 34.3, UNDERSTATED, BENEFIT),
    Pattern("H22'", "Japan loses when China understates", "welfare.JPN", -29.7, UNDERSTATED, BENEFIT),
    Pattern("H22''", "Korea loses when China understates", "welfare.KOR", -13.8, UNDERSTATED, BENEFIT),
    Pattern("H22b", "the budget falls when China understates", "budget_ratio", -0.055, UNDERSTATED, BENEFIT),
    Pattern(
        "H22c",
        "fewer budgets are settled when China understates",
        "deadlock_rate.budget",
        0.080,
        UNDERSTATED,
        BENEFIT,
    ),
)


@dataclass(frozen=True)
class Finding:
    """What the runs say of a pattern: mean difference and standard error over `pairs` worlds."""

    pattern: Pattern
    difference: float
    standard_error: float
    pairs: int

    @property
    def interval(self) -> tuple[float, float]:
        """95 % interval of the mean difference."""
        half = 1.96 * self.standard_error
        return self.difference - half, self.difference + half

    @property
    def verdict(self) -> str:
        """`pass`, `fail`, or `undecided`: too few runs to tell."""
        return "pass" if self.holds else "undecided" if self.undecided else "fail"

    @property
    def holds(self) -> bool:
        """Same sign, beyond three standard errors, between half and one and a half times the printed effect."""
        return abs(self.difference) > 3.0 * self.standard_error and self._of_the_size

    @property
    def undecided(self) -> bool:
        """It does not hold, but more runs may tell: the expected sizes lie within three standard errors."""
        error = 3.0 * self.standard_error / abs(self.pattern.effect)
        size = self.difference / self.pattern.effect
        return not self.holds and size + error >= 0.5 and size - error <= 1.5

    @property
    def _of_the_size(self) -> bool:
        return 0.5 <= self.difference / self.pattern.effect <= 1.5


def find(
    patterns: tuple[Pattern, ...] = PATTERNS, *, runs: int = 1000, seed: int = 2015, workers: int = 1
) -> list[Finding]:
    """Simulate the designs of the patterns on the same worlds, each design once."""
    base = load("reference-design")

    @cache
    def table(design: str) -> pd.DataFrame:
        return simulate(designs[design], runs, seed=seed, workers=workers).runs

    designs: dict[str, Scenario] = {}

    def values(overrides: Overrides, measure: str) -> pd.Series[float]:
        name = repr(sorted(overrides.items()))
        designs.setdefault(name, base.with_(**dict(overrides)))
        return _value(table(name), measure)

    findings = []
    for pattern in patterns:
        difference = values(pattern.design, pattern.measure) - values(pattern.against, pattern.measure)
        known = difference.dropna()
        error = float(known.std(ddof=1) / np.sqrt(len(known)))
        findings.append(Finding(pattern, float(known.mean()), error, len(known)))
    return findings


def _value(runs: pd.DataFrame, measure: str) -> pd.Series[float]:
    if measure == RESILIENCE:
        return runs["delivery_ratio"] / 0.9 - runs["summit_share"] / 0.5
    return runs[measure]
