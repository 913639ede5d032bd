"""`aiposim check`: is a scenario or member file right? Everything wrong is shown at once."""

from __future__ import annotations

import json
import sys
from typing import Annotated

import typer

from aiposim.commands._options import OwnRules, Settings
from aiposim.scenario.inspection import inspect
from aiposim.scenario.problems import Problem


def check(
    files: Annotated[
        list[str],
        typer.Argument(metavar="FILE...", help="Scenario or member files, or names of shipped scenarios."),
    ],
    settings: Settings = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print a list of problems as JSON.")] = False,
    own_rules: OwnRules = None,
) -> None:
    """Check scenario files: every problem with its file, line, column and key."""
    problems = list(dict.fromkeys(problem for file in files for problem in inspect(file, settings or ())))
    if as_json:
        sys.stdout.write(json.dumps([problem.as_dict() for problem in problems], ensure_ascii=False, indent=2) + "\n")
    else:
        _print(problems, len(files))
    if any(problem.severity == "error" for problem in problems):
        raise typer.Exit(2)


def _print(problems: list[Problem], files: int) -> None:
    from rich.console import Console
    from rich.text import Text

    console = Console(highlight=False, soft_wrap=True)
    for problem in problems:
        colour = "red" if problem.severity == "error" else "yellow"
        line = Text(f"{problem.file}:{problem.line}:{problem.column}: ", style="dim")
        line.append(f"{problem.severity} ", style=f"bold {colour}")
        line.append(f"{problem.key}: " if problem.key else "", style="bold")
        line.append(problem.message)
        console.print(line)
    errors = sum(problem.severity == "error" for problem in problems)
    warnings = len(problems) - errors
    counted = f"{_count(files, 'file')} checked: {_count(errors, 'error')}, {_count(warnings, 'warning')}."
    console.print(Text(counted, style="red" if errors else "green"))


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
