"""`aiposim scenarios`: what is shipped, and what each scenario asks."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Annotated, Any

import typer

from aiposim.commands._options import OwnRules
from aiposim.scenario import Scenario, ScenarioError, load, shipped, shipped_presets

if TYPE_CHECKING:
    from rich.console import Console


def scenarios(
    name: Annotated[
        str | None, typer.Argument(help="A scenario to show with its question, reading and designs.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    own_rules: OwnRules = None,
) -> None:
    """List the shipped scenarios and presets, or show one."""
    found = [_loaded(name)] if name else [load(each) for each in (*shipped(), *shipped_presets())]
    if as_json:
        rows: Any = [_row(scenario) | (_games(scenario) if name else {}) for scenario in found]
        sys.stdout.write(json.dumps(rows[0] if name else rows, ensure_ascii=False, indent=2) + "\n")
    elif name:
        _show(found[0])
    else:
        _list(found)


def _loaded(name: str) -> Scenario:
    try:
        return load(name)
    except ScenarioError as error:
        typer.echo(error, err=True)
        raise typer.Exit(2) from error


def _row(scenario: Scenario) -> dict[str, Any]:
    designs = [design.name for design in scenario.all_designs()]
    texts = {key: getattr(scenario, key).strip() for key in ("name", "title", "question", "reading")}
    kind = "preset" if scenario.name in shipped_presets() else "scenario"
    return {"kind": kind, **texts, "designs": designs}


def _list(found: list[Scenario]) -> None:
    from rich.console import Console
    from rich.table import Table

    console = Console(highlight=False)
    presets = [scenario for scenario in found if scenario.name in shipped_presets()]
    for kind, listed in (("name", [each for each in found if each not in presets]), ("preset", presets)):
        table = Table(box=None, padding=(0, 2, 0, 0))
        for heading in (kind, "title", "question"):
            table.add_column(heading, overflow="fold", no_wrap=heading == kind)
        for scenario in listed:
            table.add_row(scenario.name, scenario.title, scenario.question)
        console.print(table)
        console.print()
    console.print("Show one with: aiposim scenarios NAME", style="dim")
    console.print("Lay a preset upon a scenario with a plus: aiposim run geneva-2015+valuations-money", style="dim")


def _show(scenario: Scenario) -> None:
    from rich.console import Console
    from rich.markup import escape

    row = _row(scenario)
    console = Console(highlight=False)
    console.print(f"[bold]{escape(row['name'])}[/bold]  {escape(row['title'])}\n")
    console.print(escape(row["question"]), style="bold")
    console.print(escape(row["reading"]))
    console.print("\nDesigns:")
    for design in row["designs"]:
        console.print(f"  {escape(design)}")
    _show_games(scenario, console)


def _show_games(scenario: Scenario, console: Console) -> None:
    """Who carries a motion under the scenario's vote, each distinct game of its designs once."""
    from aiposim.commands._power_tables import print_short, words_for_games
    from aiposim.commands.power import short_names_of
    from aiposim.study.council_game import council_game, distinct_games

    designs = scenario.all_designs()
    console.print(f"\nThe Council in {scenario.world.start}, everybody present:")
    try:
        groups = distinct_games([council_game(design) for design in designs])
    except ValueError as error:
        console.print(f"- {error}", markup=False)
        return
    print_short(groups, short_names_of(designs), words_for_games(groups), console)
    console.print(f"More: aiposim power {scenario.name}", style="dim", markup=False)


def _games(scenario: Scenario) -> dict[str, Any]:
    """The games as in `aiposim power --json`; none if nothing can be carried."""
    from aiposim.commands.power import power_json
    from aiposim.study.council_game import council_game, distinct_games

    try:
        groups = distinct_games([council_game(design) for design in scenario.all_designs()])
    except ValueError:
        return {"games": []}
    return {"games": power_json(scenario.name, groups)["games"]}
