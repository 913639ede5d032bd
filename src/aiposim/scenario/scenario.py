"""The scenario: frozen, complete after inheritance, checked."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import PrivateAttr

from aiposim.families import near
from aiposim.scenario.checking import Checked, ScenarioFile, check, check_with_designs
from aiposim.scenario.consistency import fixed_weights
from aiposim.scenario.design import applied, chosen, designs_of
from aiposim.scenario.entries import Entry, entry_of, merge
from aiposim.scenario.fields import setting
from aiposim.scenario.frozen import FrozenDict, frozen
from aiposim.scenario.member import Member, Pair
from aiposim.scenario.problems import Place, Problem, ScenarioError, problem
from aiposim.scenario.reading import read_value
from aiposim.scenario.spelling import undotted, without_empty

# What a scenario says about itself; it moves no number.
_PROSE = ("name", "title", "question", "reading", "outcomes", "designs", "grid", "conclusions")


class Scenario(ScenarioFile):
    """An institutional design in its world. An attribute path is a key path: scenario.control.voting.rule.

    Made by `load`, `with_` and `design`. Scenarios are equal when all they say is equal, wherever it stands.
    """

    members: tuple[Member, ...] = setting(about="founding states in the order of their codes")
    pairs: FrozenDict[tuple[str, str], Pair] = setting(about="pairs of founding states, codes in alphabetical order")
    _entry: Entry = PrivateAttr()
    _warnings: tuple[Problem, ...] = PrivateAttr(default=())
    _digest: str = PrivateAttr(default="")

    @property
    def codes(self) -> tuple[str, ...]:
        """Codes of the founding states in alphabetical order: the order of every axis."""
        return tuple(member.code for member in self.members)

    @property
    def queue(self) -> tuple[str, ...]:
        """The order of turns at the start: the one given, else the order in which the members are written."""
        return self.control.director.queue or self.membership.members

    @property
    def fixed_shares(self) -> FrozenDict[str, float]:
        """The fixed key over the founding states in code order, sum 1; empty unless fixed_key is the rule."""
        if self.control.cost_sharing.rule != "fixed_key":
            return FrozenDict()
        weights = fixed_weights(self.control.cost_sharing, self.members)
        total = sum(weights[code] for code in self.codes)
        return FrozenDict({code: weights[code] / total for code in self.codes})

    @property
    def warnings(self) -> tuple[Problem, ...]:
        """What is legal but odd, designs included."""
        return self._warnings

    @property
    def own_warnings(self) -> tuple[Problem, ...]:
        """What is legal but odd about the scenario itself, its designs left aside."""
        checked = check(self._entry)
        own = {*checked.problems, *checked.unused}
        return tuple(warning for warning in self._warnings if warning in own)

    @property
    def design_names(self) -> tuple[str, ...]:
        """Names of the designs as the file has them, or of the cells of its grid."""
        return tuple(designs_of(self._entry)[0])

    def place(self, key: str) -> Place | None:
        """Where a dotted key is written, in this file or a parent; None if it is the default."""
        found = self._entry.get(tuple(key.split(".")))
        return found.place if found else None

    def with_(self, **overrides: Any) -> Scenario:
        """Another scenario with some keys changed: with_(**{"control.voting.rule": "majority"}).

        Errors: ScenarioError with everything wrong, as for a file.
        """
        entry = self._entry
        problems: list[Problem] = []
        for i, (key, value) in enumerate(overrides.items(), start=1):
            place = Place("<with_>", i)
            problems += _too_late(key, place)
            entry = merge(entry, undotted(Entry(FrozenDict({key: entry_of(value, place)}), place)))
        return completed(entry, problems)

    def with_settings(self, settings: Sequence[str]) -> Scenario:
        """Another scenario with settings as on the command line, KEY=VALUE, the value read as YAML.

        Errors: ScenarioError with everything wrong, as for a file.
        """
        entry = self._entry
        problems: list[Problem] = []
        for i, text in enumerate(settings, start=1):
            key, equals, value = text.partition("=")
            place = Place("<--set>", i)
            if not equals or not key.strip():
                message = f"{text!r} is not a setting; write KEY=VALUE, as control.voting.rule=majority."
                problems.append(problem(place, key.strip(), message, found=text, allowed="KEY=VALUE"))
                continue
            problems += _too_late(key.strip(), place)
            read, faults = read_value(value, "<--set>")
            problems += [_renamed(fault, key.strip(), i) for fault in faults]
            if read is not None:
                given, faults = without_empty(Entry(FrozenDict({key.strip(): _at(read, place)}), place))
                problems += faults
                entry = merge(entry, undotted(given))
        return completed(entry, problems)

    def design(self, name: str) -> Scenario:
        """One of the scenario's designs by its name in the file, its whole name, or the short one in tables.

        Errors: LookupError with the names there are.
        """
        overrides, _ = designs_of(self._entry)
        wanted = chosen(name.removeprefix(f"{self.name}: "), overrides)
        if wanted is None:
            guess = near(name, overrides)
            hint = f" (did you mean {guess!r}?)" if guess else ""
            raise LookupError(f"{self.name} has no design {name!r}{hint}: there are {'; '.join(overrides) or 'none'}")
        return completed(applied(self._entry, overrides[wanted], f"{self.name}: {wanted}"), [])

    def all_designs(self) -> list[Scenario]:
        """All designs, each with a name of its own; the scenario itself if it has none."""
        overrides, _ = designs_of(self._entry)
        return [self.design(name) for name in overrides] or [self]

    def as_dict(self) -> dict[str, Any]:
        """All of it after inheritance, in types of JSON."""
        whole = self.model_dump(mode="json", exclude={"extends", "pairs", "members"})
        whole["flexibility"]["review"] = self.flexibility.review or "never"
        whole["membership"] = {k: v for k, v in whole["membership"].items() if k not in ("overrides", "pairs")}
        whole["members"] = [_member_dict(member) for member in self.members]
        whole["pairs"] = {"-".join(pair): figures.model_dump(mode="json") for pair, figures in self.pairs.items()}
        return {key: whole.pop(key) for key in _PROSE} | whole

    def digest(self) -> str:
        """SHA-256 over all that can move a number; name and prose are left out."""
        if not self._digest:
            self._digest = self._computed_digest()
        return self._digest

    def _computed_digest(self) -> str:
        moving = {key: value for key, value in self.as_dict().items() if key not in _PROSE}
        text = json.dumps(moving, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
        return hashlib.sha256(text.encode("ascii")).hexdigest()

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Scenario) and self.as_dict() == other.as_dict()

    def __hash__(self) -> int:
        return hash(self.digest())


def _member_dict(member: Member) -> dict[str, Any]:
    figures = member.model_dump(mode="json")
    figures["ideal_mix"] = member.ideal_mix._asdict()
    return figures


def _too_late(key: str, place: Place) -> list[Problem]:
    if key != "extends":
        return []
    message = "A scenario that is read builds on nothing more; write extends: in a file."
    return [problem(place, key, message, found=key, allowed="a setting")]


def _renamed(fault: Problem, key: str, line: int) -> Problem:
    return Problem(fault.file, line, fault.column, key, fault.severity, fault.found, fault.allowed, fault.message)


def _at(entry: Entry, place: Place) -> Entry:
    """The entry with all its parts at one place, as a setting has no lines."""
    if isinstance(entry.value, FrozenDict):
        return Entry(FrozenDict({key: _at(child, place) for key, child in entry.children.items()}), place, entry.figure)
    if isinstance(entry.value, tuple):
        return Entry(tuple(_at(child, place) for child in entry.value), place, entry.figure)
    return Entry(entry.value, place, entry.figure)


def completed(entry: Entry, problems: Sequence[Problem]) -> Scenario:
    """The scenario of an entry, or a ScenarioError with these problems and all that the checks find."""
    checked = check_with_designs(entry)
    found = in_order([*problems, *checked.problems])
    if any(each.severity == "error" for each in found) or checked.file is None:
        raise ScenarioError(found)
    return _scenario(checked, entry, found)


def in_order(problems: Sequence[Problem]) -> list[Problem]:
    """By file (in the order in which they came), line and column; each once."""
    files = list(dict.fromkeys(each.file for each in problems))
    return sorted(dict.fromkeys(problems), key=lambda each: (files.index(each.file), each.line, each.column))


def _scenario(checked: Checked, entry: Entry, found: list[Problem]) -> Scenario:
    file, assembly = checked.file, checked.assembly
    assert file is not None
    codes = tuple(member.code for member in assembly.members)
    pieces: Mapping[str, Any] = {name: getattr(file, name) for name in ScenarioFile.model_fields}
    scenario = Scenario.model_construct(
        **{
            **pieces,
            "title": file.title or file.name,
            "membership": file.membership.model_copy(update={"members": codes, **_frozen_figures(file)}),
            "designs": frozen(file.designs),
            "grid": frozen(file.grid),
            "conclusions": frozen(file.conclusions),
            "members": tuple(sorted(assembly.members, key=lambda member: member.code)),
            "pairs": FrozenDict(sorted(assembly.pairs.items())),
        }
    )
    scenario._entry = entry
    scenario._warnings = tuple(found)
    return scenario


def _frozen_figures(file: ScenarioFile) -> dict[str, Any]:
    return {"overrides": frozen(file.membership.overrides), "pairs": frozen(file.membership.pairs)}
