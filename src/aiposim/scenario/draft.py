"""A scenario half made: what the checks of several keys at once look at, and how they say what they found."""

from __future__ import annotations

from dataclasses import dataclass

from aiposim.scenario.assembly import Assembly
from aiposim.scenario.entries import Entry, Path
from aiposim.scenario.member import Member
from aiposim.scenario.problems import Place, Problem, Severity, problem
from aiposim.scenario.schema import Settings


@dataclass(frozen=True)
class Draft:
    """Settings with wrong values taken out; `wrong` names those, so that no check repeats a known fault."""

    entry: Entry
    settings: Settings
    assembly: Assembly
    wrong: frozenset[str]

    @property
    def codes(self) -> list[str]:
        return [code for code in self.assembly.codes if code]

    @property
    def members(self) -> dict[str, Member]:
        return {member.code: member for member in self.assembly.members}

    def written(self, dotted: str) -> bool:
        """Does the scenario or a parent say it, or is it the default?"""
        return self.entry.get(tuple(dotted.split("."))) is not None

    def place(self, *dotted: str) -> Place:
        """Where the first of these keys is written; else the innermost block around the first."""
        for key in dotted:
            found = self.entry.get(tuple(key.split(".")))
            if found is not None:
                return found.place
        return self.entry.nearest(tuple(dotted[0].split("."))).place


@dataclass(frozen=True)
class Finding:
    """What a check found. `keys` are all it concerns, the one at fault first; `at` is a narrower path.

    `unused` marks a key that has no effect: not worth a word when another design of the file uses it.
    """

    keys: tuple[str, ...]
    message: str
    found: object = ""
    allowed: str = ""
    severity: Severity = "error"
    place: Place | None = None
    at: Path = ()
    unused: bool = False

    def problem(self, draft: Draft) -> Problem:
        place = self.place
        if place is None and self.at:
            place = draft.entry.nearest(self.at).place
        return problem(
            place or draft.place(*self.keys),
            self.keys[0],
            self.message,
            found=self.found,
            allowed=self.allowed,
            severity=self.severity,
        )
