"""Options that commands share, each with one meaning, one range and one help text."""

from __future__ import annotations

import os
from enum import StrEnum
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from aiposim import families

DEFAULT_RUNS, DEFAULT_SEED = 1000, 2015


class Engine(StrEnum):
    """What answers for the states: arrays of many runs, or Mesa agents one run at a time."""

    arrays = "arrays"
    agents = "agents"


Runs = Annotated[int, typer.Option("--runs", min=1, max=2**32, help="Number of runs; they differ in luck alone.")]
Seed = Annotated[int, typer.Option("--seed", min=0, max=2**64 - 1, help="Number from which all luck is drawn.")]
Workers = Annotated[
    int | None,
    typer.Option(
        "--workers", min=1, max=4096, help="Processes to compute with; without it one for few runs, all cores for many."
    ),
]


class Recorded(StrEnum):
    """What is kept of each period of each run."""

    none = "none"
    core = "core"
    full = "full"


Panel = Annotated[
    Recorded,
    typer.Option("--panel", help="Keep every period of every run: ten columns, or every column by state."),
]
Dask = Annotated[
    str | None,
    typer.Option(
        "--dask",
        metavar="ADDRESS",
        help="Compute on a Dask cluster: tcp://host:port, a scheduler file (.json), or local.",
    ),
]


def _shard_of(text: str | None) -> str | None:
    if text is not None:
        number, slash, of = text.partition("/")
        plain = slash and number.isdecimal() and of.isdecimal()
        if not plain or not 1 <= int(number) <= int(of) <= 1_000_000:
            refuse(f"--shard {text} is no part of a whole; write I/N, from 1/N to N/N, as 3/16.")
    return text


ShardOf = Annotated[
    str | None,
    typer.Option(
        "--shard", metavar="I/N", callback=_shard_of, help="Compute only the I-th of N parts; aiposim merge joins them."
    ),
]


def _set_once(settings: list[str] | None) -> list[str] | None:
    """Of two values for one key it can only be guessed which was meant."""
    given: dict[str, str] = {}
    for setting in settings or []:
        key, _, value = (part.strip() for part in setting.partition("="))
        if given.setdefault(key, value) != value:
            refuse(f"{key} is set twice, to {given[key]} and to {value}; set it once.")
    return settings


Settings = Annotated[
    list[str] | None,
    typer.Option(
        "--set",
        metavar="KEY=VALUE",
        callback=_set_once,
        help="Another value for a key of the scenario; may be given several times.",
    ),
]
Out = Annotated[Path | None, typer.Option("--out", metavar="FOLDER", help="Folder for tables and report.")]
AsJson = Annotated[
    bool, typer.Option("--json", help="Print JSON instead of tables; files are then written only with --out.")
]
Overwrite = Annotated[bool, typer.Option("--overwrite", help="Replace the results folder if it exists.")]
Language = Annotated[str, typer.Option("--lang", metavar="LANGUAGE", help="Language of the report and the tables.")]
ChosenEngine = Annotated[Engine, typer.Option("--engine", help="Agents give the same numbers, slowly.")]


def _add_rules(context: typer.Context, files: list[Path] | None) -> list[Path] | None:
    """The rules are known while the command runs, to this process and those that it starts."""
    before = os.environ.get(families.RULES_VARIABLE)
    try:
        families.add_rules(files or [])
    except families.RulesError as error:
        refuse(str(error))

    def forget() -> None:
        if before is None:
            os.environ.pop(families.RULES_VARIABLE, None)
        else:
            os.environ[families.RULES_VARIABLE] = before

    context.call_on_close(forget)
    return files


OwnRules = Annotated[
    list[Path] | None,
    typer.Option(
        "--rules",
        metavar="FILE",
        callback=_add_rules,
        is_eager=True,
        help="A rule of your own, or a folder of them; may be given several times.",
    ),
]


Assumed = Annotated[
    list[str] | None,
    typer.Option(
        "--assumption", metavar="KEY", help="Move only this uncertain assumption; may be given several times."
    ),
]


def refuse(message: str) -> NoReturn:
    """Leave with one line on standard error: the input is wrong."""
    typer.echo(message, err=True)
    raise typer.Exit(2)


def checked_language(language: str) -> str:
    from aiposim.report.words import languages

    if language not in languages():
        refuse(f"There is no report in {language!r}; there are: {', '.join(languages())}.")
    return language
