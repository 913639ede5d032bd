"""The designs whose speed is compared: every rule of every family, and the options that change what is computed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from aiposim import families, load
from aiposim.scenario import Scenario
from benchmarks.section import SCENARIO

_OPTIONS: tuple[tuple[str, dict[str, Any]], ...] = (
    *((f"incidents: {name}", {"world.incidents.process": name}) for name in ("hawkes", "markov", "poisson", "none")),
    ("caveats by the five principles", {"world.crises.caveat": "principles"}),
    ("an NGO for each state", {"control.council.ngo": "per_state"}),
    ("governments alone vote", {"control.voting.voters": "governments"}),
    ("no casting vote", {"control.voting.casting_vote": False}),
    ("no reserved matters", {"control.council.reserved": []}),
    ("opt-outs by area", {"scope.optout": "area"}),
    ("civilians and coordination", {"scope.coordination": "on"}),
    ("deputies by state", {"centralisation.deputies": "per_state"}),
    ("external funds", {"centralisation.external_funds": 1.5}),
    ("nobody may leave", {"membership.exit_allowed": False}),
    ("yearly review of the key", {"flexibility.review": 2}),
    ("no review of the key", {"flexibility.review": "never"}),
    ("no relief", {"flexibility.renegotiation": False}),
    ("relief by alternating offers", {"flexibility.relief": "rubinstein"}),
    ("waiver", {"flexibility.sanction.waiver": True}),
    ("host premium", {"flexibility.host_premium": 0.15}),
    ("credit in kind", {"flexibility.inkind_credit": 0.3}),
    ("terms of two years", {"control.director.term": 4}),
    ("many withdrawals", {"world.withdrawal.threshold": 0.5}),
)


def base() -> Scenario:
    return load(SCENARIO)


def rules() -> Iterator[tuple[str, Scenario]]:
    """Every rule of every family in the base scenario."""
    for family, setting in families.CHOSEN_BY.items():
        for name in families.shipped(f"rules.{family}"):
            yield f"{family.replace('_', ' ')}: {name}", base().with_(**{f"{setting}.rule": name})


def options() -> Iterator[tuple[str, Scenario]]:
    """Every main option in the base scenario."""
    for words, changed in _OPTIONS:
        yield words, base().with_(**changed)
