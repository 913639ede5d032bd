"""`aiposim explain`: a scenario in words, as the draft of a charter and as assumptions about the world."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from aiposim.commands._options import Language, OwnRules, Settings, checked_language
from aiposim.commands.run import chosen_design, say_warnings

if TYPE_CHECKING:
    from rich.console import Console

    from aiposim.report.charter import Clause
    from aiposim.report.words import Words
    from aiposim.scenario import Scenario


def explain(
    scenario: Annotated[str, typer.Argument(help="Name of a shipped scenario, or path of a file.")],
    design: Annotated[str | None, typer.Option("--design", metavar="NAME", help="A design of the scenario.")] = None,
    settings: Settings = None,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="FILE", help="Write the text to this file, as Markdown.")
    ] = None,
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Replace the file if it exists.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON instead of text.")] = False,
    language: Language = "en",
    own_rules: OwnRules = None,
) -> None:
    """Tell a scenario in words: its charter, article by article, and what it assumes about the world.

    Everything is formed from the scenario's own settings; what differs from the model's defaults is said.
    """
    checked_language(language)
    chosen = chosen_design(scenario, design, settings or [])
    if out is not None:
        check_file(out, overwrite=overwrite)

    from aiposim.report.words import words_for

    words = words_for([chosen], language)
    if not as_json:
        say_warnings([chosen])
    if out is not None:
        _write(out, chosen, words)
    if as_json:
        from aiposim.report.charter.rendering import charter_json

        sys.stdout.write(json.dumps(charter_json(chosen, words), ensure_ascii=False, indent=2) + "\n")
    elif out is None:
        from rich.console import Console

        _print(chosen, words, Console(highlight=False))


def check_file(file: Path, *, overwrite: bool) -> None:
    """Refuse a file that could not be written."""
    from aiposim.commands._options import refuse

    if file.is_dir():
        refuse(f"{file} is a folder; name a file.")
    if file.exists() and not overwrite:
        refuse(f"{file} exists already; give another file with --out, or replace it with --overwrite.")
    if not file.parent.is_dir():
        refuse(f"{file} cannot be written: there is no folder {file.parent}.")


def _write(file: Path, scenario: Scenario, words: Words) -> None:
    from aiposim.report.charter.rendering import charter_markdown

    file.write_text(charter_markdown(scenario, _notes(scenario, words), words), encoding="utf-8")
    typer.echo(words("The text is in {file}.").format(file=file), err=True)


def _notes(scenario: Scenario, words: Words) -> list[str]:
    """What is told: a scenario, a design of one, or what its designs have in common."""
    notes = []
    design = scenario.name.partition(": ")[2]
    if design:
        notes.append(words("Design: {name}").format(name=words.design(design)))
    if scenario.design_names:
        notes.append(
            words(
                "This is what {number} designs build on. --design NAME tells one of them, aiposim diff how they differ."
            ).format(number=words.number(len(scenario.design_names), 0))
        )
    return notes


def _print(scenario: Scenario, words: Words, console: Console) -> None:
    from aiposim.report.charter import articles, assumptions, not_told

    console.print(words(scenario.title), style="bold", markup=False)
    for note in _notes(scenario, words):
        console.print(note, style="dim", markup=False)
    for article in articles(scenario, words):
        heading = words("Article {number}. {heading}").format(number=article.number, heading=article.heading)
        console.print(f"\n{heading}", style="bold", markup=False)
        for number, paragraph in article.numbered():
            _print_hanging(number, paragraph, words, console)
    console.print(f"\n{words('Assumptions about the world')}", style="bold underline", markup=False)
    for subject in assumptions(scenario, words):
        console.print(f"\n{subject.heading}", style="bold", markup=False)
        for sentence in subject.sentences:
            _print_hanging("-", sentence, words, console)
    untold = [each.key for each in not_told(scenario, words) if not each.key.startswith("membership.overrides.")]
    if untold:
        note = words("Without effect here, and so not told: {keys}.").format(keys=words.row(untold))
        console.print(f"\n{note}", style="dim", markup=False)


def _print_hanging(mark: str, clause: Clause, words: Words, console: Console) -> None:
    """A paragraph with its mark in a margin, folded between words; a default stands behind it in brackets."""
    from rich.table import Table
    from rich.text import Text

    from aiposim.report.charter.rendering import told

    text = Text(told(clause, words))
    if clause.default:
        text.stylize("bold", text.plain.rindex(clause.default))
    table = Table.grid(padding=(0, 1, 0, 0))
    table.add_column(min_width=4 if mark != "-" else 1, no_wrap=True)
    table.add_column(overflow="fold")
    table.add_row(Text(mark), text)
    console.print(table)
