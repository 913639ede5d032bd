"""`aiposim flip`: how wrong must one be before the order of two designs is reversed?"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated, Any

import typer

from aiposim.commands._options import (
    DEFAULT_RUNS,
    DEFAULT_SEED,
    Assumed,
    Language,
    OwnRules,
    Runs,
    Seed,
    Settings,
    Workers,
    checked_language,
    refuse,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import Console
    from rich.table import Table

    from aiposim.report.words import Words
    from aiposim.scenario import Scenario
    from aiposim.study.flip import Flip
    from aiposim.study.points import MeanDifference
    from aiposim.study.reversals import Changes, Reversal

_LEAST = 500
"""Designs that are computed at the least: two, at some 250 points."""


def flip(
    scenario: Annotated[str, typer.Argument(metavar="SCENARIO", help="A shipped scenario, or the path of a file.")],
    first: Annotated[str, typer.Argument(metavar="A", help="One of its designs, or another scenario.")],
    second: Annotated[str, typer.Argument(metavar="B", help="Another one; differences are of A less B.")],
    outcome: Annotated[
        str | None,
        typer.Option(
            "--outcome", metavar="NAME", help="Measure that orders them; without it the first the scenario asks for."
        ),
    ] = None,
    two: Annotated[bool, typer.Option("--two", help="Search for two assumptions together as well.")] = False,
    runs: Runs = DEFAULT_RUNS,
    seed: Seed = DEFAULT_SEED,
    workers: Workers = None,
    assumed: Assumed = None,
    settings: Settings = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON instead of tables.")] = False,
    language: Language = "en",
    own_rules: OwnRules = None,
) -> None:
    """Find the smallest change of an assumption that reverses the order of two designs.

    Each assumption is moved alone through its plausible range, on the same worlds. How far is told as part of the way
    from the scenario's value to the end of the range.
    """
    checked_language(language)
    if runs < 2:
        refuse("--runs 1 makes no interval; give 2 or more.")
    designs = _designs(scenario, first, second, settings or [])

    from aiposim.commands._progress import counted_runs
    from aiposim.ensemble import workers_for
    from aiposim.report.words import words_for
    from aiposim.study.flip import flip as found_by
    from aiposim.study.points import UnknownNameError

    words = words_for(designs, language)
    try:
        with counted_runs(words) as noted:
            found = found_by(
                *designs,
                outcome,
                runs,
                seed=seed,
                workers=workers or workers_for(_LEAST * runs),
                two=two,
                keys=assumed or (),
                noted=noted,
            )
    except UnknownNameError as error:
        refuse(f"{error}.")
    if as_json:
        from aiposim.commands._studies import as_text

        sys.stdout.write(as_text(_as_json(found)))
        return

    from rich.console import Console

    _print(found, (first, second), words, Console(highlight=False))


def _designs(name: str, first: str, second: str, settings: list[str]) -> tuple[Scenario, Scenario]:
    from aiposim.scenario import load

    scenario = load(name)
    one, other = (_design(scenario, each) for each in (first, second))
    return (one.with_settings(settings), other.with_settings(settings)) if settings else (one, other)


def _design(scenario: Scenario, name: str) -> Scenario:
    """A design of the scenario, the scenario itself by its own name, or another one."""
    from aiposim.scenario import ScenarioError, load
    from aiposim.scenario.catalogue import is_path

    try:
        return scenario.design(name)
    except LookupError as error:
        if name == scenario.name:
            return scenario
        try:
            return load(name)
        except ScenarioError:
            if is_path(name):
                raise
            refuse(f"{error.args[0]}. No scenario {name!r} is shipped either.")


def _print(found: Flip, names: tuple[str, str], words: Words, console: Console) -> None:
    from rich.markup import escape

    from aiposim.report import doubts

    console.print()
    for line in doubts.order(found, *names, words):
        console.print(escape(line), style="bold")
    console.print()
    if not found.found.settled:
        return
    if found.found.alone:
        title = words("What reverses the order alone, the nearest first")
        console.print(_table(title, found.found.alone, found, words))
        console.print()
    if found.found.together:
        title = words("What reverses it sooner, two together")
        console.print(_table(title, found.found.together, found, words))
        console.print()
    elif found.found.together is not None:
        console.print(escape(words("No two assumptions that were tried reverse it sooner together than alone.")))
        console.print()
    for line in doubts.what_holds(found, words):
        console.print(escape(f"- {line}"))
    console.print()


def _table(title: str, reversals: Sequence[Reversal], found: Flip, words: Words) -> Table:
    from rich.markup import escape
    from rich.table import Table

    from aiposim.report import doubts
    from aiposim.report.words import folded

    table = Table(title=escape(title), title_justify="left", title_style="bold", box=None, padding=(0, 2, 1, 0),
                  header_style="underline")  # fmt: skip
    table.add_column(escape(words("reversed with")), overflow="fold", ratio=5)
    table.add_column(escape(folded(words("part of the way"), 8)), justify="right", overflow="fold", min_width=8)
    table.add_column(escape(folded(words("clear from"), 8)), justify="right", overflow="fold", min_width=8)
    table.add_column(escape(words("difference there, and how sure")), overflow="fold", ratio=5)
    for each in reversals:
        difference = doubts.with_interval(each.after, found.outcome, words)
        table.add_row(
            escape("\n".join(doubts.moved(each.at, words))),
            doubts.part(each.distance, words),
            escape(_values(each.clear, words)),
            f"{escape(difference)}\n[dim]{escape(doubts.certainty(each, found, words))}[/]",
        )
    return table


def _values(changes: Changes | None, words: Words) -> str:
    from aiposim.report.doubts import setting
    from aiposim.report.words import UNDEFINED

    return "\n".join(setting(each.assumption, each.value, words) for each in changes) if changes else UNDEFINED


def _as_json(flip: Flip) -> dict[str, Any]:
    found = flip.found
    return {
        "first": flip.design.name,
        "second": flip.against.name,
        "outcome": flip.outcome,
        "runs": flip.runs,
        "seed": flip.seed,
        "runs_done": flip.runs_done,
        "before": difference_json(found.before),
        "settled": found.settled,
        "assumptions": flip.assumptions,
        "alone": [_reversal(each) for each in found.alone],
        "held": [
            {"key": each.assumption.key, "at": _changes(each.at), "nearest": difference_json(each.nearest)}
            for each in found.held
        ],
        "together": None if found.together is None else [_reversal(each) for each in found.together],
        "pairs_tried": found.searched,
        "pairs": found.pairs,
        "left_out": [{"key": each.key, "reason": each.reason} for each in flip.left_out],
    }


def _reversal(each: Reversal) -> dict[str, Any]:
    return {
        "distance": each.distance,
        "at": _changes(each.at),
        "clear": _changes(each.clear) if each.clear else None,
        "after": difference_json(each.after),
        "after_at": _changes(each.after_at),
        "elsewhere": difference_json(each.elsewhere) if each.elsewhere else None,
    }


def _changes(changes: Changes) -> list[dict[str, Any]]:
    return [
        {
            "key": each.assumption.key,
            "label": each.assumption.label,
            "unit": each.assumption.unit,
            "from": each.assumption.value,
            "to": each.value,
            "range": [each.assumption.low, each.assumption.high],
            "part": each.part,
        }
        for each in changes
    ]


def difference_json(found: MeanDifference) -> dict[str, float | int | None]:
    """A mean difference as JSON has it; an interval that there is not is null."""
    ends = {"mean": found.mean, "low": found.low, "high": found.high}
    return {name: value if value == value else None for name, value in ends.items()} | {"pairs": found.pairs}
