"""`aiposim rules`: the rules one can choose from, by family, with their sources and what can be said of them."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Annotated, Any

import typer

from aiposim import families
from aiposim.commands._options import OwnRules

if TYPE_CHECKING:
    from rich.console import Console

    from aiposim.study.axiom import Verdict


@dataclass(frozen=True)
class Rule:
    """A rule as its file describes it; `file` is where a user's own lies."""

    family: str
    name: str
    key: str
    summary: str
    source: str
    file: str = ""


def rules(
    name: Annotated[str | None, typer.Argument(help="A rule to show in full.")] = None,
    axioms: Annotated[
        bool, typer.Option("--axioms", help="Which axioms each rule keeps, with a counter-example where it does not.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    own_rules: OwnRules = None,
) -> None:
    """List the rules of each family, or show one."""
    found = [_rule(family, each) for family in families.CHOSEN_BY for each in families.names(f"rules.{family}")]
    if name is not None:
        found = _named(name, found)
    judged = {(rule.family, rule.name): _verdicts(rule) for rule in found} if axioms else {}
    if as_json:
        rows = [_row(rule, judged.get((rule.family, rule.name))) for rule in found]
        sys.stdout.write(json.dumps(rows, ensure_ascii=False, indent=2) + "\n")
        return

    from rich.console import Console

    console = Console(highlight=False)
    if name is not None:
        for rule in found:
            _show(rule, console)
            if axioms:
                _show_verdicts(judged[rule.family, rule.name], console)
    elif axioms:
        _list_verdicts(judged, console)
    else:
        _list(found, console)


def _named(name: str, found: list[Rule]) -> list[Rule]:
    wanted = families.canonical(name)
    matching = [rule for rule in found if rule.name == wanted]
    if not matching:
        names = sorted({rule.name for rule in found})
        guess = families.near(name, names)
        hint = f" Did you mean {guess!r}?" if guess else ""
        own = "A rule of your own is read with --rules FILE."
        typer.echo(f"There is no rule {name!r}.{hint} There are {', '.join(names)}. {own}", err=True)
        raise typer.Exit(2)
    return matching


def _rule(family: str, name: str) -> Rule:
    text = families.described(f"rules.{family}", name)
    own = families.own_rule(f"rules.{family}", name)
    return Rule(family, name, families.CHOSEN_BY[family], _summary(text), _source(text), str(own.file) if own else "")


def _verdicts(rule: Rule) -> list[Verdict]:
    from aiposim.study.axioms import verdicts

    return verdicts(rule.family, rule.name)


def _row(rule: Rule, judged: list[Verdict] | None) -> dict[str, Any]:
    row = asdict(rule)
    if judged is not None:
        row["axioms"] = [asdict(verdict) | {"holds": verdict.holds} for verdict in judged]
    return row


def _summary(text: str) -> str:
    return text.strip().split("\n", 1)[0].strip()


def _source(text: str) -> str:
    """The paragraph that begins with "Source:"."""
    for paragraph in text.split("\n\n"):
        if paragraph.strip().startswith("Source:"):
            return " ".join(paragraph.split()).removeprefix("Source:").strip()
    return ""


def _title(family: str) -> str:
    return f"{family.replace('_', ' ')} ({families.CHOSEN_BY[family]})"


def _list(found: list[Rule], console: Console) -> None:
    from rich.markup import escape
    from rich.table import Table

    for family in families.CHOSEN_BY:
        table = Table(
            "rule",
            "what it does",
            "source",
            title=_title(family),
            title_justify="left",
            box=None,
            padding=(0, 2, 0, 0),
        )
        for rule in (each for each in found if each.family == family):
            own = f" (your own, {rule.file})" if rule.file else ""
            table.add_row(rule.name, escape(rule.summary), escape(rule.source + own))
        console.print(table)
        console.print()


def _show(rule: Rule, console: Console) -> None:
    from rich.markup import escape

    own = f"; your own, {rule.file}" if rule.file else ""
    setting = f"({rule.family.replace('_', ' ')}; set by {rule.key}{own})"
    console.print(f"[bold]{escape(rule.name)}[/bold]  {escape(setting)}\n")
    for paragraph in families.described(f"rules.{rule.family}", rule.name).split("\n\n"):
        console.print(escape(" ".join(paragraph.split())) + "\n")


def _show_verdicts(found: list[Verdict], console: Console) -> None:
    """The axioms of one rule, each with its sentence, and what goes against it."""
    from rich.markup import escape

    for verdict in found:
        sign = "✓" if verdict.holds else "–"
        console.print(f"{sign} [bold]{verdict.axiom}[/bold]: {escape(verdict.says)}", soft_wrap=True)
        held = f"no counter-example in {verdict.cases} cases"
        told = held if verdict.holds else escape(verdict.counter_example)
        console.print(f"    {told}", style="dim", soft_wrap=True)
    console.print()


def _list_verdicts(judged: dict[tuple[str, str], list[Verdict]], console: Console) -> None:
    """A table of each family, a column a rule, and below it the sentences; counter-examples are shown rule by rule."""
    from rich.markup import escape
    from rich.table import Table

    for family in families.CHOSEN_BY:
        of_family = {name: found for (each, name), found in judged.items() if each == family}
        console.print(_title(family), style="bold")
        axioms = next(iter(of_family.values()))
        for number, verdict in enumerate(axioms, 1):
            console.print(f"{number:2}. {verdict.axiom}: {escape(verdict.says)}", soft_wrap=True)
        table = Table("", *(str(number) for number in range(1, len(axioms) + 1)), box=None, padding=(0, 1, 0, 0))
        for name, found in of_family.items():
            table.add_row(name, *("✓" if verdict.holds else "–" for verdict in found))
        console.print(table)
        for name, found in of_family.items():
            for verdict in (each for each in found if not each.holds):
                console.print(
                    f"{name}, {verdict.axiom}: {escape(verdict.counter_example)}", style="dim", soft_wrap=True
                )
        console.print()
