"""All problems of a file, whether it is a scenario, a member or the file of pairs."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from aiposim.scenario import catalogue
from aiposim.scenario.assembly import member_file_problems
from aiposim.scenario.loading import load
from aiposim.scenario.problems import Problem, ScenarioError
from aiposim.scenario.reading import read_file


def inspect(name_or_path: str | os.PathLike[str], settings: Sequence[str] = ()) -> list[Problem]:
    """Errors and warnings of a file, of a scenario with these settings (KEY=VALUE); empty if all is well."""
    path = Path(name_or_path)
    if catalogue.is_path(str(name_or_path)) and path.is_file():
        entry, problems = read_file(path, catalogue.display(path))
        if entry is not None and "code" in entry.children:
            return problems + member_file_problems(entry)
    try:
        scenario = load(name_or_path)
        return list((scenario.with_settings(settings) if settings else scenario).warnings)
    except ScenarioError as error:
        return error.problems
