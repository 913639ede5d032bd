"""Scenarios changed in what must not matter: the order in which members are listed, and their codes.

A state's luck is a number of its own and goes with it, whatever the state is called.
"""

from __future__ import annotations

from typing import Any

from aiposim.scenario import Scenario, ScenarioError, from_dict


def reordered(scenario: Scenario) -> Scenario:
    """The same with its members listed the other way round; turns are taken as before."""
    members, queue = list(reversed(scenario.membership.members)), list(scenario.queue)
    try:
        return scenario.with_(**{"membership.members": members, "control.director.queue": queue})
    except ScenarioError:  # a member that is not shipped is known by its file, not by its code
        whole = scenario.as_dict()
        whole["membership"]["members"], whole["control"]["director"]["queue"] = members, queue
        return from_dict(whole)


def other_codes(scenario: Scenario) -> dict[str, str]:
    """A new code for each founder, in another order of the alphabet."""
    letters = [chr(ord("Z") - i) for i in range(len(scenario.codes))]
    return {code: f"{letter}{letter}X" for code, letter in zip(scenario.codes, letters, strict=True)}


def renamed(scenario: Scenario) -> Scenario:
    """The same with other codes for its members."""
    codes = other_codes(scenario)
    whole = scenario.as_dict()
    for member in whole["members"]:
        member["code"] = codes[member["code"]]
    whole["pairs"] = {_pair(pair, codes): figures for pair, figures in whole["pairs"].items()}
    membership, director = whole["membership"], whole["control"]["director"]
    membership["members"] = [codes[code] for code in membership["members"]]
    membership["host"] = codes[membership["host"]]
    director["queue"] = [codes[code] for code in scenario.queue]
    key: Any = whole["control"]["cost_sharing"]["key"]
    if isinstance(key, dict):
        whole["control"]["cost_sharing"]["key"] = {codes.get(code, code): weight for code, weight in key.items()}
    whole["members"].sort(key=lambda member: str(member["code"]))
    return from_dict(whole)


def renamed_outcome(outcome: str, codes: dict[str, str]) -> str:
    """The outcome of a member under the member's new code."""
    measure, dot, part = outcome.partition(".")
    return f"{measure}{dot}{codes.get(part, part)}"


def _pair(pair: str, codes: dict[str, str]) -> str:
    return "-".join(sorted(codes[code] for code in pair.split("-")))
