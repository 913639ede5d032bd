"""How numbers, times, states and choices of a scenario are written. Numbers of a scenario are never rounded."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from aiposim import families
from aiposim.report.rule_names import rule_name
from aiposim.report.words import Words
from aiposim.scenario import Scenario
from aiposim.scenario.keys import Key

_OF_A_WHOLE = ("share", "probability")
_IN_TIME = ("a year", "per year", "per half-year", "a round")
_ON_A_SCALE = (
    "trust_reference", "prior_trust", "robustness_cap", "hawkishness", "un_issue_loading", "revealed_interest",
    "cmim_weight",
)  # fmt: skip
"""Settings and figures from 0 to 1 that are part of nothing."""


def plain(number: float, words: Words) -> str:
    """A number with the decimals that it is written with."""
    return _exact(Decimal(repr(number)), words)


def per_cent(share: float, words: Words) -> str:
    """A share in per cent, with the decimals that it is written with."""
    return _exact(100 * Decimal(repr(share)), words) + "%"


def rounded_per_cent(share: float, words: Words) -> str:
    """A share that was computed, in per cent to one decimal; none if it is whole."""
    tenths = round(1000 * share)
    return words.number(tenths / 10, 0 if tenths % 10 == 0 else 1) + "%"


def _exact(number: Decimal, words: Words) -> str:
    exponent = number.normalize().as_tuple().exponent
    assert isinstance(exponent, int), "a scenario has finite numbers only"
    return words.number(float(number), max(0, -exponent))


def duration(periods: int, words: Words) -> str:
    """A time given in half-years."""
    if periods == 1:
        return words("half a year")
    if periods == 2:
        return words("one year")
    return words("{n} years").format(n=plain(periods / 2, words))


def yes_or_no(value: bool, words: Words) -> str:
    return words("yes") if value else words("no")


def states(codes: Iterable[str], words: Words) -> str:
    """The names of states as a list, or that there is none."""
    return words.listed([words.state(code) for code in words.in_order(codes)]) or words("none")


def shares(parts: Mapping[str, float], words: Words) -> str:
    """Shares of states that were computed, as a list."""
    return words.row(
        [
            words("{state} {share}").format(state=words.state(code), share=rounded_per_cent(parts[code], words))
            for code in words.in_order(parts)
        ]
    )


def figure(value: float, key: Key, words: Words) -> str:
    """A number with its unit, for a table."""
    if key.key.rpartition(".")[2] in _ON_A_SCALE:
        return plain(value, words)
    if key.unit in _OF_A_WHOLE:
        return per_cent(value, words)
    if key.unit == "periods" and isinstance(value, int):
        return duration(value, words)
    if key.unit == "year":
        return str(value)
    if key.unit in ("number", "members"):
        return plain(value, words)
    part = key.unit in _IN_TIME and key.high is not None and key.high <= 1.0
    return words("{value} {unit}").format(
        value=per_cent(value, words) if part else plain(value, words), unit=words(key.unit)
    )


def value_in_words(scenario: Scenario, key: Key, value: Any, words: Words) -> str:
    """The value of a setting in a few words."""
    if key.key == "membership.members":
        return states(scenario.codes, words)
    if key.key == "control.director.queue":
        return words.row([words.state(code) for code in scenario.queue])
    if key.key == "membership.host":
        return words.state(value)
    if key.key == "control.cost_sharing.key" and not isinstance(value, str):
        return words.row(
            [
                words("{state} {share}").format(state=words.state(code), share=plain(value[code], words))
                for code in words.in_order(value)
            ]
        )
    if key.family:
        return rule_name(value, words)
    if value is None:
        return words("never")
    if isinstance(value, bool):
        return yes_or_no(value, words)
    if isinstance(value, str):
        return choice(key.key, value, words)
    if isinstance(value, tuple):
        return words.listed([choice(key.key, each, words) for each in value]) or words("none")
    return figure(value, key, words)


def choice(key: str, value: str, words: Words) -> str:
    """What a word stands for that a scenario chooses from a few; itself, if it says so already."""
    known = {
        ("scope.optout", "none"): words("no"),
        ("scope.optout", "area"): words("yes"),
        ("scope.coordination", "off"): words("no"),
        ("scope.coordination", "on"): words("yes"),
        ("centralisation.deputies", "net"): words("counted in his partiality"),
        ("centralisation.deputies", "per_state"): words("one by one"),
        ("control.voting.voters", "all"): words("all seats"),
        ("control.voting.voters", "governments"): words("governments alone"),
        ("control.council.ngo", "one"): words("one in all"),
        ("control.council.ngo", "per_state"): words("one for each state"),
        ("control.council.reserved", "key"): words("the scale of assessments"),
        ("control.council.reserved", "admission"): words("the admission of members"),
        ("control.council.reserved", "host"): words("the seat of the institute"),
        ("control.cost_sharing.key", "cmim"): words("the key of the Chiang Mai Initiative"),
        ("control.cost_sharing.key", "tcs"): words("equal parts, as in the Trilateral Cooperation Secretariat"),
        ("flexibility.relief", "tenth"): words("a tenth of the share"),
        ("flexibility.relief", "rubinstein"): words("what is bargained for"),
        ("world.incidents.process", "hawkes"): words("self-exciting"),
        ("world.incidents.process", "markov"): words("normal and frozen relations by turns"),
        ("world.incidents.process", "poisson"): words("at a constant rate"),
        ("world.incidents.process", "none"): words("no incidents"),
        ("world.crises.caveat", "robustness"): words("a cap on robustness"),
        ("world.crises.caveat", "principles"): words("the principles required"),
    }
    return known.get((key, value), value)


def summary_of_rule(family: str, name: str) -> str:
    """What the file of a rule says of itself in its first line, in English."""
    return families.described(f"rules.{family}", name).strip().split("\n", 1)[0].strip()


def setting(scenario: Scenario, key: str) -> Any:
    """The value of a dotted key."""
    here: Any = scenario
    for step in key.split("."):
        here = getattr(here, step)
    return here
