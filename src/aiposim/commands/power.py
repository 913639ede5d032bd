"""`aiposim power`: who can carry a motion under a scenario's voting rule, and who has what power."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from aiposim import families
from aiposim.commands._options import OwnRules, Settings, refuse

if TYPE_CHECKING:
    from aiposim.scenario import Scenario
    from aiposim.study.council_game import CouncilGame
    from aiposim.study.voting_power import Power


def power(
    scenario: Annotated[str, typer.Argument(help="Name of a shipped scenario, or path of a file.")],
    design: Annotated[
        str | None, typer.Option("--design", metavar="NAME", help="One design of the scenario; all unless given.")
    ] = None,
    year: Annotated[
        int | None, typer.Option("--year", help="Year whose scale of assessments weighs the votes; the first if none.")
    ] = None,
    chair: Annotated[
        str | None,
        typer.Option("--chair", metavar="CODE", help="State in the chair; the first in the queue if none."),
    ] = None,
    suspended: Annotated[
        list[str] | None,
        typer.Option("--suspended", metavar="CODE", help="Member whose vote is suspended; may be given several times."),
    ] = None,
    settings: Settings = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON instead of tables.")] = False,
    own_rules: OwnRules = None,
) -> None:
    """Show winning coalitions, vetoes and power indices, by state and by seat, and what a suspension does to them.

    Designs that come to the same game are shown together.
    """
    _check(suspended or [])
    designs = _with_members(
        _designs(scenario, design, settings or []), [*([chair] if chair else []), *(suspended or [])]
    )

    from aiposim.study.council_game import council_game, distinct_games

    try:
        games = [council_game(each, year, chair=chair, suspended=suspended or []) for each in designs]
    except ValueError as error:
        if families.blamed(error):
            raise
        refuse(f"{str(error)[0].upper()}{str(error)[1:]}.")
    groups = distinct_games(games)
    if as_json:
        answer = power_json(scenario, groups)
        sys.stdout.write(json.dumps(answer, ensure_ascii=False, indent=2, allow_nan=False) + "\n")
        return

    from rich.console import Console

    from aiposim.commands._power_tables import print_games, words_for_games

    console = Console(highlight=False)
    words = words_for_games(groups)
    _title(designs, games[0], settings or [], console, words.listed([words.state(c) for c in games[0].suspended]))
    print_games(groups, short_names_of(designs), words, console)


def power_json(scenario: str, groups: Sequence[Sequence[CouncilGame]]) -> dict[str, Any]:
    """What `--json` prints: every distinct game once, with the designs that play it."""
    first = groups[0][0]
    return {
        "scenario": scenario,
        "year": first.year,
        "suspended": list(first.suspended),
        "games": [_game(group) for group in groups],
    }


def _designs(name: str, design: str | None, settings: list[str]) -> list[Scenario]:
    from aiposim.scenario import load

    loaded = load(name)
    try:
        designs = loaded.all_designs() if design is None else [loaded.design(design)]
    except LookupError as error:
        refuse(f"{error.args[0]}.")
    return [each.with_settings(settings) for each in designs] if settings else designs


def _check(suspended: Sequence[str]) -> None:
    """One member an option: what was meant by more can only be guessed."""
    for each in suspended:
        codes = [code for code in re.split(r"[\s,;]+", each) if code]
        if len(codes) > 1:
            options = " ".join(f"--suspended {code}" for code in codes)
            refuse(f"--suspended takes one member at a time; write {options}.")


def _with_members(designs: list[Scenario], codes: Sequence[str]) -> list[Scenario]:
    """The designs in which all of these are members, with a word about the others; all if there are none such."""
    kept = [each for each in designs if set(codes) <= set(each.codes)]
    left_out = [each for each in designs if each not in kept]
    if not kept or not left_out:
        return designs
    names = short_names_of(designs)
    absent = [code for code in dict.fromkeys(codes) if any(code not in each.codes for each in left_out)]
    listed = "; ".join(names[each.name] for each in left_out)
    typer.echo(f"Left out, since {' or '.join(absent)} is no member: {listed}.", err=True)
    return kept


def short_names_of(designs: Sequence[Scenario]) -> dict[str, str]:
    """What to call designs in a table, by their whole names."""
    from aiposim.report.summary import short_names

    if len(designs) == 1:
        return {designs[0].name: designs[0].name.partition(": ")[2] or designs[0].name}
    return short_names([each.name for each in designs])


def _title(
    designs: Sequence[Scenario], game: CouncilGame, settings: Sequence[str], console: Any, suspended: str
) -> None:
    title = designs[0].title if len(designs) > 1 else f"{designs[0].title}: {designs[0].name.partition(': ')[2]}"
    lines = [f"The Council in {game.year}"]
    lines += [f"Suspended: {suspended}"] if suspended else []
    lines += [f"With {', '.join(settings)}"] if settings else []
    console.print()
    console.print(title.removesuffix(": "), style="bold", markup=False)
    for line in lines:
        console.print(line, style="dim", markup=False)
    console.print()


def _game(group: Sequence[CouncilGame]) -> dict[str, Any]:
    game = group[0]
    return {
        "designs": [_design(each) for each in group],
        "seats": [{"seat": seat.label, "state": seat.state or None, "kind": seat.kind} for seat in game.seats],
        "minimal_winning": {
            "by_state": [list(each) for each in game.minimal_winning_states],
            "by_seat": [
                {"governments": list(members), "other_seats": others} for members, others in game.minimal_winning_seats
            ],
        },
        **_indices(game),
        "suspensions": {code: each and _indices(each) for code, each in game.suspensions.items()},
    }


def _design(game: CouncilGame) -> dict[str, Any]:
    return {
        "name": game.scenario.name,
        "rule": game.rule,
        "sentence": game.sentence,
        "terms": game.rule_terms,
        "chair": game.chair,
        "chair_decides": game.chair_decides,
        "review_year": game.review_year,
        "key": game.key,
        "reserved": list(game.scenario.control.council.reserved),
    }


def _indices(game: CouncilGame) -> dict[str, Any]:
    return {
        "by_state": _power(game.by_state),
        "by_seat": _power(game.by_seat),
        "governments": _power(game.governments),
    }


def _power(found: Power) -> dict[str, Any]:
    def by_player(numbers: Any) -> dict[str, float]:
        return dict(zip(found.players, map(float, numbers), strict=True))

    return {
        "shapley_shubik": by_player(found.shapley_shubik),
        "banzhaf": by_player(found.banzhaf),
        "penrose_banzhaf": by_player(found.penrose_banzhaf),
        "blockers": list(found.blockers),
        "dictators": list(found.dictators),
        "dummies": list(found.dummies),
    }
