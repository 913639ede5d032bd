"""Council games on the terminal: who carries a motion, who has what power, what a suspension does to it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, TypeAlias

from aiposim.commands._grid import Grid, Row, print_grid
from aiposim.driver import charter_of
from aiposim.report.words import UNDEFINED, Words, words_for
from aiposim.study.council_game import CouncilGame
from aiposim.study.voting_power import Power

if TYPE_CHECKING:
    from rich.console import Console

Groups: TypeAlias = Sequence[Sequence[CouncilGame]]
"""Games of several designs, those that are the same together."""

MOST_LISTED = 8
"""Of coalitions on the terminal; JSON has them all."""
MOST_NAMED = 5
"""Of members called by their names; more are called by their codes, to keep tables narrow."""


def words_for_games(groups: Groups) -> Words:
    """English words; states by their names if there are few enough of them."""
    scenarios = [game.scenario for group in groups for game in group]
    return words_for(scenarios if all(len(each.codes) <= MOST_NAMED for each in scenarios) else [])


def print_games(groups: Groups, names: Mapping[str, str], words: Words, console: Console) -> None:
    """Each distinct game once, with the designs that play it; `names` are the short ones of the designs."""
    designs = sum(map(len, groups))
    if designs > 1:
        played = "the same game" if len(groups) == 1 else f"{len(groups)} different games"
        console.print(f"{designs} designs, {played}.\n")
    for number, group in enumerate(groups, start=1):
        game = group[0]
        if len(groups) > 1:
            console.print(f"[bold]Game {number} of {len(groups)}[/bold]")
        earlier = [i for i, other in enumerate(groups[: number - 1], start=1) if other[0].itself == game.itself]
        if earlier:
            console.print(f"While nobody (else) is suspended, the same as game {earlier[0]}.", style="dim")
        for line in rules_of(group):
            console.print(line, markup=False)
        console.print()
        print_grid(_keys(group, names, words), console)
        console.print()
        console.print("[bold]Who carries a motion[/bold]")
        for line in who_carries(game, words):
            console.print(f"- {line}", markup=False)
        console.print()
        print_grid(_indices(game, words), console)
        console.print()
        if game.suspensions:
            print_grid(_suspensions(game, words), console)
            if not any(charter_of(each.scenario)[0].sanction.SUSPENDS for each in group):
                console.print("No sanction here suspends a vote; the table shows what it would do.", style="dim")
            console.print()
    console.print(
        "By state, the seats of a state vote as one. Shapley–Shubik: share of the orders of arrival in which a player "
        "turns the vote; Banzhaf: share of all such turns; absolute: the chance to turn the vote if all others decide "
        "by the toss of a coin.",
        style="dim",
    )
    console.print(
        "Everybody is taken to be present. Absence changes the game: an empty chair blocks under unanimity and "
        "abstains under consensus, and a majority has a quorum.",
        style="dim",
    )


def print_short(groups: Groups, names: Mapping[str, str], words: Words, console: Console) -> None:
    """Each distinct game in a few lines: who plays it, who carries a motion, who has what power."""
    for group in groups:
        game = group[0]
        if len(groups) > 1:
            console.print("; ".join(names[each.scenario.name] for each in group), style="italic", markup=False)
        for line in (*rules_of(group), *who_carries(game, words)):
            console.print(f"- {line}", markup=False)
        for name, numbers in (("Shapley–Shubik", game.by_state.shapley_shubik), ("Banzhaf", game.by_state.banzhaf)):
            players = zip(game.by_state.players, numbers, strict=True)
            listed = ", ".join(f"{words.state(player)} {_per_cent(number, words)}" for player, number in players)
            console.print(f"- {name} by state: {listed}.", markup=False)
        console.print()


def rules_of(group: Sequence[CouncilGame]) -> list[str]:
    """The rules of the designs of a group, each once, as sentences."""
    return list(dict.fromkeys(f"{game.rule}{_switches(game)}: {game.sentence}" for game in group))


def who_carries(game: CouncilGame, words: Words) -> Iterator[str]:
    """What carries a motion, in sentences."""
    listed = [_together(each, game, words) for each in game.minimal_winning_states]
    yield f"By state: {_shortened(listed)}."
    if game.other_seats:
        seats = sum(not game.is_struck(seat) for seat in game.seats)
        yield f"Seats that vote: {seats}, of which {_others(game, words)}. " + _needed(game, words)
    elif charter_of(game.scenario)[0].terms.institution.all_seats_vote:
        yield "Former officials and NGOs advise; under this rule their votes are not counted."
    else:
        yield "Only governments vote."
    if game.chair_decides:
        yield f"The vote of the chair, {words.state(game.chair)}, breaks ties."
    elif game.ties_fail:
        yield f"Ties fail: the chair, {words.state(game.chair)}, is suspended, and nobody else may break them."
    elif any(each and each.chair_decides for each in game.suspensions.values()):
        chair = words.state(game.chair)
        yield f"While another member is suspended there can be ties; the chair, {chair}, breaks them."
    reserved = game.scenario.control.council.reserved
    if reserved:
        yield f"Reserved ({', '.join(reserved)}): every member government must accept, whatever the rule."


def _together(players: Sequence[str], game: CouncilGame, words: Words) -> str:
    names = [words.state(player) for player in players]
    if len(names) == 1:
        return f"{names[0]} alone"
    if len(names) == len(game.states_and_ngo):
        return ("both of " if len(names) == 2 else "all of ") + words.listed(names)
    return " + ".join(names)


def _shortened(listed: Sequence[str]) -> str:
    left = len(listed) - MOST_LISTED
    return "; ".join(listed[:MOST_LISTED]) + (f"; and {left} more (--json lists them)" if left > 0 else "")


def _others(game: CouncilGame, words: Words) -> str:
    kinds = [seat.kind for seat in game.seats if not game.is_struck(seat)]
    named = (("government", "government"), ("official", "former official"), ("ngo", "NGO"))
    counted = [(kinds.count(kind), name) for kind, name in named]
    return words.listed([f"{count} {name}{'' if count == 1 else 's'}" for count, name in counted if count])


def _needed(game: CouncilGame, words: Words) -> str:
    alone = f" The {game.other_seats} other seats can do without a government." if game.carried[0, -1] else ""
    if game.seats_needed is not None:
        return f"Any {game.seats_needed} carry a motion.{alone}"
    listed = []
    for members, others in game.minimal_winning_seats:
        names = [words.state(code) for code in members]
        if others:
            names.append(f"{others if others < game.other_seats else 'all'} of the {game.other_seats} other seats")
        listed.append(" + ".join(names))
    return f"It takes {_shortened(listed)}.{alone}"


def _switches(game: CouncilGame) -> str:
    found = [
        f"{name.replace('_', ' ')}: {'yes' if value else 'no'}"
        for name, value in game.rule_terms.items()
        if isinstance(value, bool)
    ]
    return f" ({', '.join(found)})" if found else ""


def _keys(group: Sequence[CouncilGame], names: Mapping[str, str], words: Words) -> Grid:
    """The scale of assessments of each design: what weighs votes where votes are weighed."""
    rows, noted = [], dict[str, list[str]]()
    for game in group:
        shares = [_per_cent(game.key[code], words) for code in game.codes]
        name = names[game.scenario.name]
        rows.append(Row(name, (*shares, str(game.review_year))))
        charter, assessment = charter_of(game.scenario)
        if charter.voluntary:
            noted.setdefault("pledges as at the foundation", []).append(name)
        elif assessment.uses_reports:
            noted.setdefault("the key if valuations are reported truly", []).append(name)
    notes = [f"{'; '.join(of)}: {note}." for note, of in noted.items()]
    headings = [*(words.state(code) for code in group[0].codes), "review of"]
    return Grid(f"Scale of assessments in force in {group[0].year}", "design", headings, rows, notes)


def _sections(game: CouncilGame, words: Words) -> list[tuple[str, str, list[tuple[str, str]]]]:
    """The games there are: heading, name in the game, and the rows to show, each a label and a player."""
    states = [(words.state(player), player) for player in game.by_state.players]
    if not game.other_seats:
        return [("", "by_state", states)]
    seats = [(f"{words.state(seat.state)}, government", seat.label) for seat in game.seats if seat.kind == "government"]
    seats.append((f"each of the {game.other_seats} other seats", game.seats[-1].label))
    governments = [(words.state(code), code) for code in game.codes]
    return [
        ("by state", "by_state", states),
        ("by seat", "by_seat", seats),
        ("governments alone", "governments", governments),
    ]


def _indices(game: CouncilGame, words: Words) -> Grid:
    rows = []
    for heading, name, listed in _sections(game, words):
        if heading:
            rows.append(Row(heading))
        power: Power = getattr(game, name)
        for label, player in listed:
            i = power.players.index(player)
            numbers = (power.shapley_shubik[i], power.banzhaf[i], power.penrose_banzhaf[i])
            cells = tuple(_per_cent(number, words) for number in numbers)
            rows.append(Row(label, cells, _standing(game, power, player)))
    return Grid("Voting power", "", ["Shapley–Shubik", "Banzhaf", "absolute\nBanzhaf"], rows)


def _standing(game: CouncilGame, power: Power, player: str) -> str:
    if player in power.dummies:
        struck = {*game.suspended, *(seat.label for seat in game.seats if game.is_struck(seat))}
        return "suspended" if player in struck else "no influence"
    if player in power.dictators:
        return "decides alone"
    return "can block" if player in power.blockers else ""


def _suspensions(game: CouncilGame, words: Words) -> Grid:
    """Power by player, a column each further suspension; a dash where nothing could be carried any more."""
    rows = []
    for heading, name, listed in _sections(game, words):
        if heading:
            rows.append(Row(heading))
        powers = [getattr(each, name) if each else None for each in (game, *game.suspensions.values())]
        rows += [Row(label, tuple(_cell(power, player, words) for power in powers)) for label, player in listed]
    members = [words.state(code) for code in game.suspensions]
    return Grid(
        "If a member were suspended",
        "",
        ["now", *members],
        rows,
        ["Shapley–Shubik in per cent, then Banzhaf where it differs."],
        ["now", *(f"without {member}" for member in members)],
    )


def _cell(power: Power | None, player: str, words: Words) -> str:
    if power is None or player not in power.players:
        return UNDEFINED
    i = power.players.index(player)
    first, second = (words.number(100.0 * index[i], 1) for index in (power.shapley_shubik, power.banzhaf))
    return first if first == second else f"{first}\n{second}"


def _per_cent(part: float, words: Words) -> str:
    return words.number(100.0 * part, 1) + "%"
