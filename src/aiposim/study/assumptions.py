"""The uncertain assumptions of a scenario: what a world could plausibly be like, whatever the charter says.

Ranges are the plausible ones of the schema. Valuations of the founders range over the indicators from which they can be
read (the shipped presets), what a state withholds over all that is legal. Rules and what else founders choose are none.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from aiposim import families
from aiposim.scenario import Scenario, load
from aiposim.scenario.catalogue import shipped_presets
from aiposim.scenario.keys import member_keys, setting_keys
from aiposim.study.assumption_texts import MEMBER_TEXTS, TEXTS

_TOLERANCE = 1e-9
_REPORTED = ("benefit", "shapley", "nucleolus")


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
    """An assumption that does not matter here, or is not uncertain here, and why."""

    key: str
    label: str
    reason: str


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
        reason = _reason(each, designs, idle)
        if reason:
            without.append(LeftOut(each.key, each.label, reason))
        else:
            found.append(each)
    return found, without


def _reason(each: Assumption, designs: Sequence[Scenario], idle: Sequence[dict[str, str]]) -> str:
    """Why an assumption is left out; empty if it is not."""
    values = {_value(design, each.key) for design in designs}
    if len(values) > 1:
        return "The designs differ in it."
    if not each.low - _TOLERANCE <= each.value <= each.high + _TOLERANCE:
        return f"It is set to {each.value:g}, outside {each.low:g} to {each.high:g}: another world is asked about."
    if all(each.key in reasons for reasons in idle):
        return idle[0][each.key]
    return ""


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


def _without_effect(design: Scenario) -> Iterator[tuple[str, str]]:
    """The assumptions that do nothing in a design, with the reason.

    The checks of a scenario know most of them: they warn of a key that is written in vain.
    """
    written = design.with_(**{key: _value(design, key) for key in TEXTS})
    yield from ((each.key, each.message) for each in written.own_warnings if "has no effect" in each.message)
    sharing, sanction = design.control.cost_sharing.rule, design.flexibility.sanction.rule
    own_key = families.own_rule("rules.cost_sharing", sharing) is not None
    if sharing not in _REPORTED and not own_key:
        for code in design.codes:
            key = f"membership.overrides.{code}.misreport"
            yield key, f"The key is {sharing}, which reads no reported valuations."
    if sharing == "voluntary":
        for name in ("sanction_weight", "interest", "turn_value", "catch_up"):
            yield f"world.payment.{name}", "Under voluntary pledges there are no arrears."
        yield "flexibility.erosion", "Under voluntary pledges no budget rolls over."
    elif families.own_rule("rules.sanction", sanction) is None:
        unread = f"The sanction is {sanction}."
        if sanction not in ("art19", "all"):
            yield "world.payment.sanction_weight", unread
        if sanction not in ("interest", "all"):
            yield "world.payment.interest", unread
        if sanction != "all" and design.control.director.rule != "rotation_skip":
            yield "world.payment.turn_value", "No turn of the Directorate can be lost."
    if design.flexibility.reversion.rule == "cut25":
        yield "flexibility.erosion", "Without a decision the budget is cut, and does not roll over."
    if not design.membership.exit_allowed:
        yield "world.withdrawal.threshold", "Nobody may leave."
    if design.world.incidents.process == "none":
        for key in ("world.council.boycott", "world.trust.boycott", "world.domestic.incident_kick"):
            yield key, "There are no incidents."
