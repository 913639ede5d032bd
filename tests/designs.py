"""Random institutional designs for property tests: every rule and option, every number in its plausible range."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from aiposim import families
from aiposim.scenario import Scenario, load

MEMBERSHIPS = (["JPN", "CHN", "KOR"], ["JPN", "CHN", "KOR", "MNG"], ["JPN", "KOR"])


def _numbers(low: float, high: float) -> st.SearchStrategy[float]:
    return st.floats(low, high, allow_nan=False, allow_infinity=False).map(lambda x: round(x, 3))


@st.composite
def scenarios(draw: st.DrawFn, horizon: int = 16) -> Scenario:
    """A valid scenario with a horizon short enough for many examples."""
    members = draw(st.sampled_from(MEMBERSHIPS))
    chosen: dict[str, Any] = {
        "membership.members": members,
        "membership.host": draw(st.sampled_from(members)),
        "membership.exit_allowed": draw(st.booleans()),
        "membership.notice": draw(st.integers(1, 8)),
        "scope.optout": draw(st.sampled_from(["none", "area"])),
        "scope.coordination": draw(st.sampled_from(["off", "on"])),
        "centralisation.autonomy": draw(_numbers(0, 0.8)),
        "centralisation.founding_budget": draw(_numbers(3, 12)),
        "centralisation.external_funds": draw(st.sampled_from([0.0, 0.0, 1.5])),
        "centralisation.deputies": draw(st.sampled_from(["net", "per_state"])),
        "control.voting.rule": draw(st.sampled_from(families.names("rules.voting"))),
        "control.voting.voters": draw(st.sampled_from(["all", "governments"])),
        "control.voting.casting_vote": draw(st.booleans()),
        "control.council.reserved": draw(st.sampled_from([["key", "admission", "host"], []])),
        "control.council.ngo": draw(st.sampled_from(["one", "per_state"])),
        "control.cost_sharing.rule": draw(st.sampled_from(families.names("rules.cost_sharing"))),
        "control.director.rule": draw(st.sampled_from(families.names("rules.director"))),
        "control.director.term": draw(st.integers(4, 20)),
        "control.director.queue": draw(st.permutations(members)),
        "control.director.agenda_power": draw(_numbers(0, 0.9)),
        "flexibility.review": draw(st.sampled_from([2, 3, 6, "never"])),
        "flexibility.renegotiation": draw(st.booleans()),
        "flexibility.relief": draw(st.sampled_from(["tenth", "rubinstein"])),
        "flexibility.bargaining_discount": draw(_numbers(0.5, 1)),
        "flexibility.sanction.waiver": draw(st.booleans()),
        "flexibility.reversion.rule": draw(st.sampled_from(families.names("rules.reversion"))),
        "flexibility.sanction.rule": draw(st.sampled_from(families.names("rules.sanction"))),
        "flexibility.host_premium": draw(st.sampled_from([0.0, 0.15])),
        "flexibility.inkind_credit": draw(st.sampled_from([0.0, 0.3])),
        "world.horizon": horizon,
        "world.valuation.budget_scale": draw(_numbers(10, 22)),
        "world.incidents.process": draw(st.sampled_from(["hawkes", "markov", "poisson", "none"])),
        "world.crises.caveat": draw(st.sampled_from(["robustness", "principles"])),
        "world.incidents.scale": draw(_numbers(0.4, 1.8)),
        "world.crises.rate": draw(_numbers(0.4, 1.6)),
        "world.payment.late": draw(_numbers(0, 0.25)),
        "world.withdrawal.threshold": draw(st.sampled_from([0.5, 2.0, 5.2])),
    }
    if chosen["control.cost_sharing.rule"] == "fixed_key":
        chosen["control.cost_sharing.key"] = draw(st.sampled_from(["cmim", "tcs"]))
    return load("reference-design").with_(**chosen)
