"""All checks of one scenario and of its designs, with everything found at once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Annotated, Any

from pydantic import Field, ValidationError

from aiposim.scenario.assembly import Assembly, assemble
from aiposim.scenario.claims import Codes, conclusion_problems
from aiposim.scenario.conclusion import Conclusion
from aiposim.scenario.consistency import faults
from aiposim.scenario.design import applied, designs_of
from aiposim.scenario.draft import Draft
from aiposim.scenario.entries import Entry, Path, leaves, plain, without
from aiposim.scenario.fields import Outcome, setting
from aiposim.scenario.figures import figure_problems
from aiposim.scenario.frozen import FrozenDict
from aiposim.scenario.keys import describe
from aiposim.scenario.messages import explained
from aiposim.scenario.oddities import oddities
from aiposim.scenario.problems import Place, Problem
from aiposim.scenario.schema import Settings


class ScenarioFile(Settings):
    """A scenario as it is written: who asks what, and the settings that differ from the default design."""

    name: Annotated[str, Field(min_length=1, max_length=200)] = setting("", "short name; the file's own unless given")
    title: str = setting("", "name in words")
    question: str = setting("", "the question that the scenario asks")
    reading: str = setting("", "how to read the answer")
    outcomes: tuple[Outcome, ...] = setting(
        (), "measures that the question asks for, shown first: women_share, or burden_ratio.JPN for one member"
    )
    extends: str | None = setting(None, "the scenario on which this one builds: a shipped one, or a path")
    designs: FrozenDict[str, FrozenDict[str, Any]] = setting(FrozenDict(), "designs to compare: overrides by name")
    grid: FrozenDict[str, tuple[Any, ...]] = setting(
        FrozenDict(), "values to try for keys; every combination is a design"
    )
    conclusions: tuple[Conclusion, ...] = setting((), "what the scenario claims of its designs, to be tried again")


@dataclass
class Checked:
    """What came of checking: the pieces of a scenario if nothing was wrong, and all problems."""

    file: ScenarioFile | None
    assembly: Assembly
    problems: list[Problem] = field(default_factory=list)
    # Warnings that a key is not read: dropped when another design of the same file reads it.
    unused: list[Problem] = field(default_factory=list)
    entry: Entry | None = None

    @property
    def errors(self) -> list[Problem]:
        return [each for each in self.problems if each.severity == "error"]


def check_with_designs(entry: Entry) -> Checked:
    """Check a scenario and each of its designs; a fault of several is told once."""
    base = check(entry)
    designs, problems = designs_of(entry)
    sound = not problems
    seen = {_identity(each) for each in base.problems}
    outcomes = [base]
    founders: dict[str, Codes | None] = {}
    for name, overrides in designs.items():
        outcome = check(applied(entry, overrides, name))
        outcomes.append(outcome)
        founders[name] = _founders(outcome)
        own = {child.place for _, child in leaves(overrides)}
        for each in outcome.problems:
            if _identity(each) not in seen:
                seen.add(_identity(each))
                problems.append(
                    each if _within(each, own) else replace(each, message=f"{each.message} (Design {name!r}.)")
                )
    if sound:  # else it is not known which designs are meant
        problems += conclusion_problems(entry, founders)
    base.problems = [*base.problems, *problems, *_never_read(outcomes)]
    return base


def _founders(outcome: Checked) -> Codes | None:
    codes = outcome.assembly.codes
    return [code for code in codes if code] if codes and all(codes) else None


def check(entry: Entry) -> Checked:
    """Check one scenario, leaving its designs aside."""
    file, problems, wrong, rest = _validated(entry)
    if file is None:
        return Checked(None, Assembly(), problems, entry=entry)
    references = () if "membership.members" in wrong else file.membership.members
    assembly = assemble(references, rest)
    problems += assembly.problems
    draft = Draft(rest, file, assembly, frozenset(wrong) | _wrong_members(assembly, references))
    problems += [finding.problem(draft) for finding in faults(draft)]
    problems += figure_problems(draft)
    checked = Checked(file, assembly, problems, entry=entry)
    if not checked.errors:
        found = list(oddities(draft))
        checked.problems += [finding.problem(draft) for finding in found if not finding.unused]
        checked.unused = [finding.problem(draft) for finding in found if finding.unused]
    return checked


def _wrong_members(assembly: Assembly, references: tuple[str, ...]) -> set[str]:
    """If a member could not be read, nothing can be said about who is a member."""
    return set() if references and all(assembly.codes) else {"membership.members"}


def _validated(entry: Entry) -> tuple[ScenarioFile | None, list[Problem], set[str], Entry]:
    """The settings with wrong values taken out, so that the remaining checks can go on."""
    problems: list[Problem] = []
    wrong: set[str] = set()
    rest = entry
    for _ in range(5):  # a value may hide another fault; five rounds find all in practice
        try:
            return ScenarioFile.model_validate(plain(rest)), problems, wrong, rest
        except ValidationError as error:
            for path, fault in explained(error, rest, ScenarioFile, describe):
                problems.append(fault)
                wrong.add(".".join(step for step in path if not step.isdigit()))
                rest = _pruned(rest, path)
    return None, problems, wrong, rest


def _pruned(entry: Entry, path: Path) -> Entry:
    """Without the wrong value; of a list, the whole list."""
    for length, step in enumerate(path):
        if step.isdigit() and length > 0:
            return without(entry, path[:length])
    return without(entry, path)


def _identity(each: Problem) -> tuple[str, int, int, str, str]:
    """Faults of one value are one fault, whatever a design makes of it; warnings go by their text."""
    return (each.file, each.line, each.column, each.key, "" if each.severity == "error" else each.message)


def _within(each: Problem, places: Iterable[Place]) -> bool:
    return any((each.file, each.line, each.column) == (place.file, place.line, place.column) for place in places)


def _never_read(outcomes: list[Checked]) -> list[Problem]:
    """Warnings on keys that no design of the file reads, each once."""
    kept: dict[tuple[str, int, int, str], Problem] = {}
    for outcome in outcomes:
        for each in outcome.unused:
            where = (each.file, each.line, each.column, each.key)
            if all(_unused_in(other, each) for other in outcomes if _written_there(other, each)):
                kept.setdefault(where, each)
    return list(kept.values())


def _written_there(outcome: Checked, each: Problem) -> bool:
    found = outcome.entry.get(tuple(each.key.split("."))) if outcome.entry else None
    return found is not None and (found.place.file, found.place.line) == (each.file, each.line)


def _unused_in(outcome: Checked, each: Problem) -> bool:
    return any((other.key, other.line) == (each.key, each.line) for other in outcome.unused)
