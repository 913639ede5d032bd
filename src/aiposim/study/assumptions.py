"""The uncertain assumptions of a scenario: what a world could plausibly be like, whatever the charter says.

Ranges are the plausible ones of the schema. Valuations of the founders range over the indicators from which they can be
read (the shipped presets), what a state withholds over all that is legal. Rules and what else founders choose are none.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache

from aiposim import families
from aiposim.scenario import Scenario, load
from aiposim.scenario.catalogue import shipped_presets
from aiposim.scenario.keys import member_keys, setting_keys
from aiposim.study.assumption_texts import MEMBER_TEXTS, TEXTS, Why

_TOLERANCE = 1e-9
_REPORTED = ("benefit", "shapley", "nucleolus")
_WHY_UNREAD = {
    "control.cost_sharing.valuation_error": Why.NO_REPORTS,
    "flexibility.bargaining_discount": Why.NO_BARGAINING,
}


@dataclass(frozen=True, slots=True)
class Assumption:
    """One number that nobody knows.

    key     as `Scenario.with_` and `--set` take it
    low     to `high`: its plausible range; `value` is what the scenario says, and lies within
    text    what it is called, to be translated; `{state}` in it stands for the state whose figure it is
    """

    key: str
    low: float
    high: float
    value: float
    text: str
    unit: str
    state: str = ""
    state_name: str = ""

    @property
    def label(self) -> str:
        """What it is called, in English."""
        return self.text.format(state=self.state_name)


@dataclass(frozen=True, slots=True)
class LeftOut:
    """An assumption that does not matter here, or is not uncertain here, and why.

    text      what it is called, to be translated, as of an `Assumption`
    because   why, to be translated; `places` are what stands in its braces
    """

    key: str
    text: str
    because: str
    places: dict[str, str] = field(default_factory=dict)
    state: str = ""
    state_name: str = ""

    @property
    def label(self) -> str:
        """What it is called, in English."""
        return self.text.format(state=self.state_name)

    @property
    def reason(self) -> str:
        """Why, in English."""
        return self.because.format(**self.places)


def uncertain_assumptions(scenario: Scenario, *others: Scenario) -> list[Assumption]:
    """The assumptions that can move a result of the scenario; of its designs, and of others, if there are several.

    With several designs: those that matter in any of them, and have the same value in all.
    """
    return _sorted_out(scenario, *others)[0]


def left_out(scenario: Scenario, *others: Scenario) -> list[LeftOut]:
    """The assumptions that `uncertain_assumptions` leaves out, with the reason."""
    return _sorted_out(scenario, *others)[1]


def _sorted_out(*scenarios: Scenario) -> tuple[list[Assumption], list[LeftOut]]:
    designs = [design for scenario in scenarios for design in scenario.all_designs()]
    idle = [dict(_without_effect(design)) for design in designs]
    found: list[Assumption] = []
    without: list[LeftOut] = []
    for each in _known(designs):
        why = _why(each, designs, idle)
        if why is None:
            found.append(each)
            continue
        places = {}
        if why is Why.ANOTHER_WORLD:
            places = {name: f"{getattr(each, name):g}" for name in ("value", "low", "high")}
        without.append(LeftOut(each.key, each.text, why.value, places, each.state, each.state_name))
    return found, without


def _why(each: Assumption, designs: Sequence[Scenario], idle: Sequence[dict[str, Why]]) -> Why | None:
    """Why an assumption is left out; None if it is not."""
    values = {_value(design, each.key) for design in designs}
    if len(values) > 1:
        return Why.DIFFERS
    if not each.low - _TOLERANCE <= each.value <= each.high + _TOLERANCE:
        return Why.ANOTHER_WORLD
    if all(each.key in reasons for reasons in idle):
        return idle[0][each.key]
    return None


def _known(designs: Sequence[Scenario]) -> Iterator[Assumption]:
    """All assumptions of the settings, then those of the founders that found every design."""
    first = designs[0]
    for key, text in TEXTS.items():
        about = setting_keys()[key]
        assert about.plausible is not None
        low, high = about.plausible
        assert low is not None
        assert high is not None
        value = _value(first, key)
        assert value is not None
        yield Assumption(key, low, high, value, text, about.unit)
    for member in first.members:
        if not all(member.code in design.codes for design in designs):
            continue
        for name, (low, high) in _ranges_of(member.code).items():
            key = f"membership.overrides.{member.code}.{name}"
            unit = member_keys()[name].unit
            value = float(getattr(member, name))
            yield Assumption(key, low, high, value, MEMBER_TEXTS[name], unit, member.code, member.names.en)


@cache
def _ranges_of(code: str) -> dict[str, tuple[float, float]]:
    """Plausible ranges of a founder's own figures; its valuation only if presets tell of it."""
    overrides = [load(f"reference-design+{preset}").membership.overrides for preset in shipped_presets()]
    read = [each[code]["revealed_interest"] for each in overrides if "revealed_interest" in each.get(code, {})]
    about = member_keys()["misreport"]
    assert about.low is not None
    assert about.high is not None
    ranges = {"revealed_interest": (min(map(float, read)), max(map(float, read)))} if read else {}
    return ranges | {"misreport": (about.low, about.high)}


def _value(scenario: Scenario, key: str) -> float | None:
    path = key.split(".")
    if path[:2] == ["membership", "overrides"]:
        return next((float(getattr(member, path[3])) for member in scenario.members if member.code == path[2]), None)
    here: object = scenario
    for step in path:
        here = getattr(here, step)
    assert isinstance(here, int | float)
    return float(here)


def _without_effect(design: Scenario) -> Iterator[tuple[str, Why]]:
    """The assumptions that do nothing in a design, with the reason.

    The checks of a scenario know most of them: they warn of a key that is written in vain.
    """
    written = design.with_(**{key: _value(design, key) for key in TEXTS})
    process = Why.NO_INCIDENTS if design.world.incidents.process == "none" else Why.NO_EXCITATION
    for each in written.own_warnings:
        if "has no effect" in each.message:
            of_incidents = each.key.startswith("world.incidents.")
            yield each.key, process if of_incidents else _WHY_UNREAD.get(each.key, Why.UNREAD)
    sharing, sanction = design.control.cost_sharing.rule, design.flexibility.sanction.rule
    own_key = families.own_rule("rules.cost_sharing", sharing) is not None
    if sharing not in _REPORTED and not own_key:
        for code in design.codes:
            key = f"membership.overrides.{code}.misreport"
            yield key, Why.NO_REPORTS
    if sharing == "voluntary":
        for name in ("sanction_weight", "interest", "turn_value", "catch_up"):
            yield f"world.payment.{name}", Why.NOTHING_OWED
        yield "flexibility.erosion", Why.NO_BUDGET_VOTED
    elif families.own_rule("rules.sanction", sanction) is None:
        if sanction not in ("art19", "all"):
            yield "world.payment.sanction_weight", Why.SANCTION
        if sanction not in ("interest", "all"):
            yield "world.payment.interest", Why.SANCTION
        if sanction != "all" and design.control.director.rule != "rotation_skip":
            yield "world.payment.turn_value", Why.NO_TURN_LOST
    if design.flexibility.reversion.rule == "cut25":
        yield "flexibility.erosion", Why.NO_LAST_BUDGET
    if not design.membership.exit_allowed:
        yield "world.withdrawal.threshold", Why.NO_EXIT
    if design.world.incidents.process == "none":
        for key in ("world.council.boycott", "world.trust.boycott", "world.domestic.incident_kick"):
            yield key, Why.NO_INCIDENTS
