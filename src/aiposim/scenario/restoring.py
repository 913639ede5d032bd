"""A scenario out of its own `as_dict`, as a manifest of results keeps it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from aiposim.scenario.checking import ScenarioFile
from aiposim.scenario.entries import entry_of
from aiposim.scenario.frozen import FrozenDict, frozen
from aiposim.scenario.member import Member, Pair
from aiposim.scenario.problems import Place
from aiposim.scenario.scenario import Scenario

_ADDRESS = ("code", "luck", "names")
"""What names a member; no override may change it."""


def from_dict(whole: Mapping[str, Any]) -> Scenario:
    """The scenario that `as_dict` gave. It needs no file: the figures of members and pairs are in it.

    `with_` works on it as long as its members are shipped ones. Errors: KeyError or ValueError (pydantic's)
    if it is not such a mapping.
    """
    members = tuple(Member.model_validate_json(json.dumps(figures)) for figures in whole["members"])
    pairs = {
        tuple(key.split("-")): Pair.model_validate_json(json.dumps(figures)) for key, figures in whole["pairs"].items()
    }
    settings = {key: value for key, value in whole.items() if key not in ("members", "pairs")}
    file = ScenarioFile.model_validate_json(json.dumps(settings))
    pieces = {name: getattr(file, name) for name in ScenarioFile.model_fields}
    prose = {name: frozen(getattr(file, name)) for name in ("designs", "grid", "conclusions")}
    scenario = Scenario.model_construct(
        **{**pieces, **prose, "members": members, "pairs": FrozenDict(sorted(pairs.items()))}
    )
    overrides = {
        figures["code"]: {key: value for key, value in figures.items() if key not in _ADDRESS}
        for figures in whole["members"]
    }
    membership = {**settings["membership"], "overrides": overrides, "pairs": whole["pairs"]}
    written = {key: value for key, value in settings.items() if value is not None}
    scenario._entry = entry_of({**written, "membership": membership}, Place("manifest.json", 1))
    return scenario
