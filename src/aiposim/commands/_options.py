"""Options that commands share, each with one meaning, one range and one help text."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated, NoReturn

import typer

DEFAULT_RUNS, DEFAULT_SEED = 1000, 2015


class Engine(StrEnum):
    """What answers for the states: arrays of many runs, or Mesa agents one run at a time."""

    arrays = "arrays"
    agents = "agents"


Runs = Annotated[int, typer.Option("--runs", min=1, max=2**32, help="Number of runs; they differ in luck alone.")]
Seed = Annotated[int, typer.Option("--seed", min=0, max=2**64 - 1, help="Number from which all luck is drawn.")]
Workers = Annotated[int, typer.Option("--workers", min=1, max=4096, help="Processes to compute with.")]
Settings = Annotated[
    list[str] | None,
    typer.Option(
        "--set", metavar="KEY=VALUE", help="Another value for a key of the scenario; may be given several times."
    ),
]
Out = Annotated[Path | None, typer.Option("--out", metavar="FOLDER", help="Folder for tables and report.")]
AsJson = Annotated[
    bool, typer.Option("--json", help="Print JSON instead of tables; files are then written only with --out.")
]
Overwrite = Annotated[bool, typer.Option("--overwrite", help="Replace the results folder if it exists.")]
Language = Annotated[str, typer.Option("--lang", metavar="LANGUAGE", help="Language of the report and the tables.")]
ChosenEngine = Annotated[Engine, typer.Option("--engine", help="Agents give the same numbers, slowly.")]


def refuse(message: str) -> NoReturn:
    """Leave with one line on standard error: the input is wrong."""
    typer.echo(message, err=True)
    raise typer.Exit(2)


def checked_language(language: str) -> str:
    from aiposim.report.words import languages

    if language not in languages():
        refuse(f"There is no report in {language!r}; there are: {', '.join(languages())}.")
    return language
