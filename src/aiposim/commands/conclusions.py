"""`aiposim conclusions`: do the conclusions that a scenario states hold under other luck and other assumptions?"""

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
    from rich.console import Console

    from aiposim.report.words import Words
    from aiposim.study.conclusions import Examined, Trial
    from aiposim.study.examination import Examination

_STYLES = {"robust": "green", "shifted": "yellow", "fragile": "red", "undecided": "magenta"}
_LEAST = 300
"""Designs that are computed at the least: two, at some 150 points."""


def conclusions(
    scenario: Annotated[str, typer.Argument(metavar="SCENARIO", help="A shipped scenario, or the path of a file.")],
    runs: Runs = DEFAULT_RUNS,
    seed: Seed = DEFAULT_SEED,
    workers: Workers = None,
    points: Annotated[
        int,
        typer.Option("--points", min=0, max=10_000, metavar="N", help="Points at which all assumptions move at once."),
    ] = 20,
    shift: Annotated[
        float,
        typer.Option(
            "--shift", min=0.0, metavar="PART", help="Part of its size by which a difference may move unremarked."
        ),
    ] = 0.5,
    assumed: Assumed = None,
    settings: Settings = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON instead of a table.")] = False,
    language: Language = "en",
    own_rules: OwnRules = None,
) -> None:
    """Try the conclusions of a scenario again: other luck, and other plausible assumptions.

    Each is robust, shifted (holds, with another size), fragile (fails somewhere) or undecided (these runs cannot tell
    everywhere). Exit code 1 if one is fragile or undecided.
    """
    checked_language(language)
    if runs < 2:
        refuse("--runs 1 makes no interval; give 2 or more.")

    from aiposim.commands._progress import progress_bar
    from aiposim.ensemble import workers_for
    from aiposim.report.words import words_for
    from aiposim.scenario import load
    from aiposim.study.examination import examine
    from aiposim.study.points import UnknownNameError

    chosen = load(scenario).with_settings(settings or [])
    if not chosen.conclusions:
        refuse(f"{chosen.name} states no conclusions; write some under conclusions:, as docs/how-wrong.md shows.")
    words = words_for([chosen], language)
    try:
        with progress_bar(None, words) as progress:
            found = examine(
                chosen,
                runs,
                seed=seed,
                workers=workers or workers_for(_LEAST * runs),
                points=points,
                shift=shift,
                keys=assumed or (),
                progress=progress,
            )
    except UnknownNameError as error:
        refuse(f"{error}.")
    if as_json:
        from aiposim.commands._studies import as_text

        sys.stdout.write(as_text(_as_json(found, words)))
    else:
        from rich.console import Console

        _print(found, words, Console(highlight=False))
    if not found.holds:
        raise typer.Exit(1)


def _print(found: Examination, words: Words, console: Console) -> None:
    from rich.markup import escape
    from rich.table import Table

    from aiposim.report import doubts

    table = Table(box=None, padding=(0, 2, 1, 0), header_style="underline")
    table.add_column(escape(words("verdict")), no_wrap=True)
    table.add_column(escape(words("conclusion, and difference with its 95% interval")), overflow="fold", ratio=1)
    table.add_column(escape(words("why")), overflow="fold", ratio=1)
    for each in found.conclusions:
        difference = doubts.with_interval(each.base.found, each.claim.outcome, words)
        table.add_row(
            f"[{_STYLES[each.verdict]}]{escape(doubts.verdict_word(each.verdict, words))}[/]",
            f"{escape(doubts.claim_sentence(each.claim, words))}\n[dim]{escape(difference)}[/]",
            escape(doubts.reason(each, found, words)),
        )
    console.print()
    console.print(f"[bold]{escape(found.scenario.title)}[/bold]")
    console.print(escape(doubts.tried(found, words)), style="dim")
    console.print()
    console.print(table)
    console.print(escape(doubts.counted(found.conclusions, words)))


def _as_json(found: Examination, words: Words) -> dict[str, Any]:
    return {
        "scenario": found.scenario.name,
        "seed": found.seed,
        "runs": found.runs,
        "runs_done": found.runs_done,
        "shift": found.shift,
        "points": found.together,
        "assumptions": [
            {"key": each.key, "value": each.value, "range": [each.low, each.high], "unit": each.unit}
            for each in found.assumptions
        ],
        "holds": found.holds,
        "conclusions": [_conclusion(each, found, words) for each in found.conclusions],
    }


def _conclusion(each: Examined, found: Examination, words: Words) -> dict[str, Any]:
    from aiposim.report.doubts import reason

    return {
        **each.claim.model_dump(mode="json"),
        "verdict": each.verdict,
        "holds": each.holds,
        "reason": reason(each, found, words),
        "decisive": _trial(each.decisive) if each.decisive else None,
        "trials": [_trial(trial) for trial in each.trials],
    }


def _trial(trial: Trial) -> dict[str, Any]:
    from aiposim.commands.flip import difference_json

    return {
        "changed": trial.kind,
        "point": dict(trial.point),
        "difference": difference_json(trial.found),
        "answer": trial.answer,
        "alike": trial.alike,
    }
