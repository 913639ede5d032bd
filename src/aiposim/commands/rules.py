"""`aiposim rules`: the rules one can choose from, by family, with their sources and what can be said of them."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict, dataclass
from textwrap import wrap
from typing import TYPE_CHECKING, Annotated, Any

import typer

from aiposim import families
from aiposim.commands._options import OwnRules

if TYPE_CHECKING:
    from rich.console import Console

    from aiposim.study.axiom import Verdict
    from aiposim.study.worked_examples import WorkedExample

_LEAST_FOR_A_TABLE = 70
"""Columns of a terminal below which three columns of sentences would be too narrow to read."""
_BOUNDLESS = 10_000


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
        sys.stdout.write(json.dumps(rows, ensure_ascii=False, indent=2, default=str) + "\n")
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


def _example(rule: Rule) -> WorkedExample | None:
    from aiposim.study.worked_examples import first_example

    return first_example(rule.family, rule.name)


def _row(rule: Rule, judged: list[Verdict] | None) -> dict[str, Any]:
    example = _example(rule)
    row = asdict(rule) | {"example": asdict(example) if example else None}
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
        of_family = [each for each in found if each.family == family]
        if console.width < _LEAST_FOR_A_TABLE:
            console.print(f"[bold]{escape(_title(family))}[/bold]")
            for rule in of_family:
                _print_indented(f"- {rule.name}: {rule.summary}", console, hanging=True)
                _print_indented(rule.source + _own(rule), console, style="dim")
            console.print()
            continue
        table = Table(
            "rule",
            "what it does",
            "source",
            title=_title(family),
            title_justify="left",
            box=None,
            padding=(0, 2, 0, 0),
        )
        for rule in of_family:
            table.add_row(rule.name, escape(rule.summary), escape(rule.source + _own(rule)))
        console.print(table)
        console.print()


def _print_indented(text: str, console: Console, style: str = "", *, hanging: bool = False) -> None:
    """In whole words, two columns in; `hanging`: from the second line on."""
    lines = wrap(text, console.width, initial_indent="" if hanging else "  ", subsequent_indent="  ",
                 break_on_hyphens=False)  # fmt: skip
    for line in lines:
        console.print(line, style=style, markup=False, soft_wrap=True)


def _own(rule: Rule) -> str:
    return f" (your own, {rule.file})" if rule.file else ""


def _show(rule: Rule, console: Console) -> None:
    from rich.markup import escape

    own = f"; your own, {rule.file}" if rule.file else ""
    setting = f"({rule.family.replace('_', ' ')}; set by {rule.key}{own})"
    console.print(f"[bold]{escape(rule.name)}[/bold]  {escape(setting)}\n")
    for paragraph in families.described(f"rules.{rule.family}", rule.name).split("\n\n"):
        console.print(escape(" ".join(paragraph.split())) + "\n")
    example = _example(rule)
    if example is not None:
        console.print(escape(example.heading))
        for line in (example.given, example.result):
            _print_indented(line, console)
        console.print()


def _show_verdicts(found: list[Verdict], console: Console) -> None:
    """The axioms of one rule, each with its sentence, and what goes against it."""
    from rich.padding import Padding
    from rich.table import Table
    from rich.text import Text

    lines = Table.grid(padding=(0, 1))
    for verdict in found:
        lines.add_row(verdict.sign or " ", Text.assemble((verdict.axiom, "bold"), f": {verdict.says}"))
        if verdict.not_asked:
            told = f"not asked: {verdict.not_asked}"
        else:
            told = verdict.counter_example or f"no counter-example in {verdict.cases} cases"
        lines.add_row("", Padding(Text(told, style="dim"), (0, 0, 0, 2)))
    console.print(lines)
    console.print()


def _list_verdicts(judged: dict[tuple[str, str], list[Verdict]], console: Console) -> None:
    """A table of each family, a column a rule, and below it the sentences; counter-examples are shown rule by rule."""
    from rich.measure import Measurement
    from rich.table import Table

    from aiposim.study.axioms import reasons_not_asked

    for family in families.CHOSEN_BY:
        of_family = {name: found for (each, name), found in judged.items() if each == family}
        console.print(_title(family), style="bold")
        axioms = next(iter(of_family.values()))
        for number, verdict in enumerate(axioms, 1):
            _print_indented(f"{number:2}. {verdict.axiom}: {verdict.says}", console, hanging=True)
        table = Table(box=None, padding=(0, 1, 0, 0))
        for heading in ("", *(str(number) for number in range(1, len(axioms) + 1))):
            table.add_column(heading, no_wrap=True)
        for name, found in of_family.items():
            table.add_row(name, *(verdict.sign for verdict in found))
        boundless = console.options.update(width=_BOUNDLESS)
        if Measurement.get(console, boundless, table).maximum <= console.width:
            console.print(table)
        else:
            for name, found in of_family.items():
                _print_indented(f"- {name}: {_in_a_line(found)}", console, hanging=True)
        for name, found in of_family.items():
            for reason, blank in reasons_not_asked(found).items():
                numbers = ", ".join(str(found.index(verdict) + 1) for verdict in blank)
                _print_indented(f"{name}, not asked {numbers}: {reason}", console, "dim", hanging=True)
        for name, found in of_family.items():
            for verdict in (each for each in found if each.holds is False):
                _print_indented(f"{name}, {verdict.axiom}: {verdict.counter_example}", console, "dim", hanging=True)
        console.print()


def _in_a_line(found: list[Verdict]) -> str:
    """Which axioms a rule keeps and which not, where a table does not fit."""
    numbers = {
        word: [str(i) for i, verdict in enumerate(found, 1) if verdict.holds is holds]
        for word, holds in (("keeps", True), ("not", False), ("not asked", None))
    }
    return "; ".join(f"{word} {', '.join(which)}" for word, which in numbers.items() if which)
