"""`aiposim run`: one design, many runs; tables on the terminal, a folder of results and a report."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from aiposim.commands._options import (
    DEFAULT_RUNS,
    DEFAULT_SEED,
    AsJson,
    ChosenEngine,
    Engine,
    Language,
    Out,
    Overwrite,
    OwnRules,
    Runs,
    Seed,
    Settings,
    Workers,
    checked_language,
    refuse,
)

if TYPE_CHECKING:
    from aiposim.scenario import Scenario


def run(
    scenario: Annotated[str, typer.Argument(help="Name of a shipped scenario, or path of a file.")],
    runs: Runs = DEFAULT_RUNS,
    seed: Seed = DEFAULT_SEED,
    workers: Workers = 1,
    settings: Settings = None,
    design: Annotated[str | None, typer.Option("--design", metavar="NAME", help="A design of the scenario.")] = None,
    out: Out = None,
    engine: ChosenEngine = Engine.arrays,
    as_json: AsJson = False,
    overwrite: Overwrite = False,
    language: Language = "en",
    own_rules: OwnRules = None,
) -> None:
    """Run one design and report its outcomes.

    Writes results/<scenario>-<seed>/ with report.html, tables (Parquet) and a manifest, unless --out says where.
    """
    checked_language(language)
    chosen = chosen_design(scenario, design, settings or [])
    folder = _folder(out, chosen.name, seed, as_json=as_json, overwrite=overwrite)

    from aiposim.commands._progress import progress_bar
    from aiposim.report.words import words_for
    from aiposim.results import simulate

    words = words_for([chosen], language)
    if not as_json:
        say_warnings([chosen])
    with progress_bar(runs, words) as progress:
        results = simulate(chosen, runs, seed=seed, workers=workers, engine=str(engine), progress=progress)
    if folder is not None:
        from aiposim.commands._folders import written
        from aiposim.report.folder import write_run

        command = ["aiposim", "run", scenario, "--runs", str(runs), "--seed", str(seed)]
        command += ["--design", design] if design else []
        command += [part for setting in settings or [] for part in ("--set", setting)]
        command += [part for file in own_rules or [] for part in ("--rules", str(file))]
        written(
            folder, lambda place, made_with: write_run(results, place, words, made_with), command, overwrite=overwrite
        )
    if as_json:
        from aiposim.report.summary import run_json

        sys.stdout.write(json.dumps(run_json(results), ensure_ascii=False, indent=2, allow_nan=False) + "\n")
        return

    from rich.console import Console

    from aiposim.report.terminal import print_run

    console = Console(highlight=False)
    print_run(results, words, console, settings or [])
    say_where(folder)


def chosen_design(scenario: str, design: str | None, settings: list[str]) -> Scenario:
    """The scenario, or one of its designs, with the settings of the command line laid upon it."""
    from aiposim.scenario import load

    loaded = load(scenario)
    if design is not None:
        try:
            loaded = loaded.design(design)
        except LookupError as error:
            refuse(f"{error.args[0]}.")
    return loaded.with_settings(settings) if settings else loaded


def say_warnings(scenarios: Sequence[Scenario]) -> None:
    """What is legal but odd about scenarios, each thing once, on standard error."""
    for warning in dict.fromkeys(str(warning) for scenario in scenarios for warning in scenario.own_warnings):
        typer.echo(f"warning: {warning}", err=True)


def say_where(folder: Path | None) -> None:
    """Where the report lies, on a line of its own that can be copied."""
    from aiposim.report.folder import REPORT_FILE

    if folder is not None:
        typer.echo(f"Report: {folder / REPORT_FILE}")


def _folder(out: Path | None, name: str, seed: int, *, as_json: bool, overwrite: bool) -> Path | None:
    from aiposim.commands._folders import checked_folder, default_folder

    if out is None and as_json:
        return None
    return checked_folder(out or default_folder(name, seed), overwrite=overwrite)
