"""`aiposim diff`: what differs between two scenarios or designs, in the words of their charters."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from aiposim.commands._options import Language, OwnRules, Settings, checked_language, refuse
from aiposim.commands.run import chosen_design
from aiposim.scenario import Scenario

if TYPE_CHECKING:
    from rich.console import Console

    from aiposim.report.charter import Difference, Differences
    from aiposim.report.words import Words


def diff(
    first: Annotated[str, typer.Argument(help="Name of a shipped scenario, or path of a file.")],
    second: Annotated[
        str | None, typer.Argument(help="Another one; if it is left out, designs of the first are compared.")
    ] = None,
    design: Annotated[
        str | None, typer.Option("--design", metavar="NAME", help="The design of the first to begin with.")
    ] = None,
    other: Annotated[
        str | None, typer.Option("--with", metavar="NAME", help="The design of the second to set beside it.")
    ] = None,
    settings: Settings = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON instead of text.")] = False,
    language: Language = "en",
    own_rules: OwnRules = None,
) -> None:
    """Say in words what differs between two scenarios, or between designs of one; keys stand in brackets.

    Without a second scenario, --with or --set, every design of the scenario is set beside the first. Settings are laid
    upon the second side.
    """
    checked_language(language)
    one, others = _sides(first, second, design, other, settings or [])

    from aiposim.report.charter import differences_in_words
    from aiposim.report.charter.rendering import differences_json
    from aiposim.report.words import words_for

    words = words_for([one, *others], language)
    found = [(each, differences_in_words(one, each, words)) for each in others]
    if as_json:
        rows = [differences_json(one, each, differences) for each, differences in found]
        several = second is None and other is None and not settings
        sys.stdout.write(json.dumps(rows if several else rows[0], ensure_ascii=False, indent=2) + "\n")
        return

    from rich.console import Console

    names = _names([one, *others], words)
    if others[0].name == one.name and settings:
        names[1:] = [words("{name} with other settings").format(name=names[0])]
    _print(one, found, names, words, Console(highlight=False))


def _sides(
    first: str, second: str | None, design: str | None, other: str | None, settings: list[str]
) -> tuple[Scenario, list[Scenario]]:
    """The scenario to begin with, and those that are set beside it."""
    one = chosen_design(first, design, [])
    if second is not None or other is not None:
        return one, [chosen_design(second or first, other, settings)]
    if settings:
        return one, [one.with_settings(settings)]
    from aiposim.scenario import load

    designs = load(first).all_designs()
    if len(designs) < 2:
        refuse(f"{one.name} has no designs to compare; name another scenario, or give --set KEY=VALUE.")
    begin = one if design is not None else designs[0]
    return begin, [each for each in designs if each.name != begin.name]


def _print(
    one: Scenario,
    found: Sequence[tuple[Scenario, Differences]],
    names: Sequence[str],
    words: Words,
    console: Console,
) -> None:
    from aiposim.report.charter.rendering import by_heading

    bases = list(dict.fromkeys(each.name for each in (one, *(each for each, _ in found)) if each.design_names))
    for name in bases:
        note = words("{name} has designs. What they build on is compared; --design and --with name single ones.")
        console.print(note.format(name=name), style="dim", markup=False)
    for (other, differences), name in zip(found, names[1:], strict=True):
        console.print(words("From {first} to {second}").format(first=names[0], second=name), style="bold", markup=False)
        if not differences:
            console.print(_same(one, other, words), markup=False)
        for part, told in (
            (words("Charter"), differences.charter),
            (words("Assumptions about the world"), differences.assumptions),
        ):
            if told:
                console.print(part, style="underline", markup=False)
            for heading, lines in by_heading(told).items():
                console.print(f"  {heading}", markup=False)
                _print_lines(lines, words, console)
        if differences.without_effect:
            console.print(words("Different, but without effect in either"), style="underline", markup=False)
            _print_lines(differences.without_effect, words, console)
        console.print()


def _print_lines(lines: Sequence[Difference], words: Words, console: Console) -> None:
    from rich.padding import Padding
    from rich.text import Text

    for line in lines:
        text = Text(line.sentence(words))
        if line.keys:
            text.append(f"  [{', '.join(line.keys)}]", style="dim")
        console.print(Padding(text, (0, 0, 0, 4), expand=False))


def _same(one: Scenario, other: Scenario, words: Words) -> str:
    if one == other:
        return words("Nothing differs: the two are the same.")
    return words("Nothing differs in the charter or in the assumptions; names, titles or designs may.")


def _names(scenarios: Sequence[Scenario], words: Words) -> list[str]:
    """What to call them: by their designs alone if these belong to one scenario."""
    from aiposim.report.sentences import named_designs

    short = named_designs([each.name for each in scenarios], words)
    return [short[each.name] for each in scenarios]
