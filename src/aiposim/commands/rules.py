"""`aiposim rules`: the rules one can choose from, by family, with their sources."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict, dataclass
from typing import Annotated

import typer

from aiposim import families

# The families of rules, and the key by which a scenario chooses from each.
_FAMILIES = {
    "cost_sharing": "control.cost_sharing",
    "voting": "control.voting",
    "director": "control.director",
    "sanction": "flexibility.sanction",
    "reversion": "flexibility.reversion",
}


@dataclass(frozen=True)
class Rule:
    """A rule as its file describes it."""

    family: str
    name: str
    key: str
    summary: str
    source: str


def rules(
    name: Annotated[str | None, typer.Argument(help="A rule to show in full.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """List the rules of each family, or show one."""
    found = [_rule(family, each) for family in _FAMILIES for each in families.names(f"rules.{family}")]
    if name is not None:
        found = _named(name, found)
    if as_json:
        sys.stdout.write(json.dumps([asdict(rule) for rule in found], ensure_ascii=False, indent=2) + "\n")
    elif name is not None:
        _show(found)
    else:
        _list(found)


def _named(name: str, found: list[Rule]) -> list[Rule]:
    wanted = families.canonical(name)
    matching = [rule for rule in found if rule.name == wanted]
    if not matching:
        names = sorted({rule.name for rule in found})
        guess = families.near(name, names)
        hint = f" Did you mean {guess!r}?" if guess else ""
        typer.echo(f"There is no rule {name!r}.{hint} There are {', '.join(names)}.", err=True)
        raise typer.Exit(2)
    return matching


def _rule(family: str, name: str) -> Rule:
    text = families.described(f"rules.{family}", name)
    return Rule(family, name, _FAMILIES[family], _summary(text), _source(text))


def _summary(text: str) -> str:
    return text.strip().split("\n", 1)[0].strip()


def _source(text: str) -> str:
    """The paragraph that begins with "Source:"."""
    for paragraph in text.split("\n\n"):
        if paragraph.strip().startswith("Source:"):
            return " ".join(paragraph.split()).removeprefix("Source:").strip()
    return ""


def _list(found: list[Rule]) -> None:
    from rich.console import Console
    from rich.table import Table

    console = Console(highlight=False)
    for family, key in _FAMILIES.items():
        table = Table(
            "rule",
            "what it does",
            "source",
            title=f"{family.replace('_', ' ')} ({key})",
            title_justify="left",
            box=None,
            padding=(0, 2, 0, 0),
        )
        for rule in (each for each in found if each.family == family):
            table.add_row(rule.name, rule.summary, rule.source)
        console.print(table)
        console.print()


def _show(found: list[Rule]) -> None:
    from rich.console import Console
    from rich.markup import escape

    console = Console(highlight=False)
    for rule in found:
        console.print(f"[bold]{escape(rule.name)}[/bold]  ({rule.family.replace('_', ' ')}; set by {rule.key})\n")
        for paragraph in families.described(f"rules.{rule.family}", rule.name).split("\n\n"):
            console.print(escape(" ".join(paragraph.split())) + "\n")
