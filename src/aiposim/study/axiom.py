"""An axiom is a sentence about a rule that can go wrong, and a search for a case in which it does.

An axiom is a function of a rule that yields, for one case after the other, None where the sentence holds, or what
goes against it, in words. Its name is the axiom's, its docstring the sentence (and, behind "Source:", who stated it).
Every public function of a module of axioms is an axiom of that family: there is no list. An axiom that does not
concern a rule, because what it speaks of is not decided by that rule, raises NotAsked with the reason.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from types import ModuleType
from typing import Any

from aiposim import families

Findings = Iterator[str | None]


class NotAsked(Exception):
    """An axiom does not concern a rule; the message says why."""


@dataclass(frozen=True, eq=False)
class Rule:
    """A rule under its own standard terms; called with its figures alone."""

    family: str
    name: str
    module: ModuleType
    function: Callable[..., Any]
    terms: Any

    def __call__(self, *figures: Any) -> Any:
        return self.function(*figures, self.terms)


@dataclass(frozen=True)
class Verdict:
    """Whether a rule keeps an axiom: the first counter-example, or none in so many cases; or why it was not asked."""

    axiom: str
    says: str
    source: str
    cases: int
    counter_example: str
    not_asked: str = ""

    @property
    def holds(self) -> bool | None:
        """None where it was not asked."""
        return None if self.not_asked else not self.counter_example

    @property
    def sign(self) -> str:
        """For a cell of a table: kept, not kept, or blank where it was not asked."""
        return {True: "✓", False: "–", None: ""}[self.holds]


def rule_of(family: str, name: str) -> Rule:
    """The rule of that name, the package's or the user's own. Errors: LookupError if there is none."""
    module = families.module(f"rules.{family}", name)
    wanted = families.canonical(name)
    return Rule(family, wanted, module, getattr(module, wanted), module.Terms())


def axioms_in(module: ModuleType) -> dict[str, Callable[[Rule], Findings]]:
    """The axioms of a module by name, in the order in which they stand there."""
    return {
        name: function
        for name, function in vars(module).items()
        if inspect.isfunction(function) and function.__module__ == module.__name__ and not name.startswith("_")
    }


def judged(axiom: Callable[[Rule], Findings], rule: Rule) -> Verdict:
    """The verdict of one axiom on one rule; a rule that fails on a case has not kept it."""
    says, _, source = " ".join((inspect.getdoc(axiom) or "").split()).partition(" Source: ")
    cases = 0
    found: str | None = None
    not_asked = ""
    findings = axiom(rule)
    try:
        for found in findings:
            cases += 1
            if found is not None:
                break
    except NotAsked as reason:
        not_asked = str(reason)
    except Exception as error:  # noqa: BLE001 - a rule of anybody's own may fail in any way; that is a finding
        said = f": {error}" if str(error) else ""
        found = f"the rule fails with {type(error).__name__}{said}"
    return Verdict(axiom.__name__.replace("_", " "), says, source, cases, found or "", not_asked)
