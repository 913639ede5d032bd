"""`aiposim scenarios`: what is shipped, and what each scenario asks."""

from __future__ import annotations

import json
import sys
from typing import Annotated, Any

import typer

from aiposim.scenario import Scenario, ScenarioError, load, shipped


def scenarios(
    name: Annotated[
        str | None, typer.Argument(help="A scenario to show with its question, reading and designs.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """List the shipped scenarios, or show one."""
    found = [_loaded(name)] if name else [load(each) for each in shipped()]
    if as_json:
        rows: Any = [_row(scenario) for scenario in found]
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
    return {**texts, "designs": designs}


def _list(found: list[Scenario]) -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table(box=None, padding=(0, 2, 0, 0))
    for heading in ("name", "title", "question"):
        table.add_column(heading, overflow="fold", no_wrap=heading == "name")
    for scenario in found:
        table.add_row(scenario.name, scenario.title, scenario.question)
    console = Console(highlight=False)
    console.print(table)
    console.print("\nShow one with: aiposim scenarios NAME", style="dim")


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
