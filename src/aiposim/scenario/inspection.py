"""All problems of a file, whether it is a scenario, a member or the file of pairs."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from operator import attrgetter
from pathlib import Path

from aiposim import families
from aiposim.scenario import catalogue
from aiposim.scenario.assembly import member_file_problems
from aiposim.scenario.loading import load
from aiposim.scenario.problems import Place, Problem, ScenarioError, problem
from aiposim.scenario.reading import read_file
from aiposim.scenario.scenario import Scenario


def inspect(name_or_path: str | os.PathLike[str], settings: Sequence[str] = ()) -> list[Problem]:
    """Errors and warnings of a file, of a scenario with these settings (KEY=VALUE); empty if all is well."""
    path = Path(name_or_path)
    if catalogue.is_path(str(name_or_path)) and path.is_file():
        entry, problems = read_file(path, catalogue.display(path))
        if entry is not None and "code" in entry.children:
            return problems + member_file_problems(entry)
    try:
        scenario = load(name_or_path)
        scenario = scenario.with_settings(settings) if settings else scenario
        return [*scenario.warnings, *_own_rule_problems(scenario)]
    except ScenarioError as error:
        return error.problems


def _own_rule_problems(scenario: Scenario) -> Iterator[Problem]:
    """What is wrong with the files of the user's own rules that the scenario or one of its designs chooses."""
    designs = [scenario, *scenario.all_designs()] if families.own_rules() else []
    chosen = {
        (family, key, families.own_rule(f"rules.{family}", attrgetter(f"{key}.rule")(design)))
        for design in designs
        for family, key in families.CHOSEN_BY.items()
    }
    for family, key, rule in sorted(((f, k, r) for f, k, r in chosen if r), key=lambda each: each[:2]):
        try:
            families.module(f"rules.{family}", rule.name)
        except families.RulesError as error:
            told = str(error).removeprefix(f"{rule.file}:").strip()
            line, _, rest = told.partition(": ")
            place, message = (int(line), rest) if line.isdigit() else (1, told)
            yield problem(Place(str(rule.file), place), key, message, found=rule.name)
