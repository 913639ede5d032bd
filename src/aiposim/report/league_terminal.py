"""A league on the terminal: the designs in their order, what the members would choose, what it comes to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from aiposim.report.league_sentences import answers, named, rank_and_range, settled
from aiposim.report.rule_names import rule_name
from aiposim.report.sentences import named_designs
from aiposim.report.summary import rows_by
from aiposim.report.terminal import lines, luck, print_sentences, print_table, print_title, settings_line, table_of
from aiposim.report.words import UNDEFINED, Words
from aiposim.study.tournament import Tournament

MOST_SHOWN = 24


def print_league(tournament: Tournament, words: Words, console: Console, settings: Sequence[str] = ()) -> None:
    """Ranks, regret, members' choice. `settings` are those of the command line."""
    short = named_designs(tournament.league.names, words)
    scenarios = [each.scenario for each in tournament.comparison.results]
    titles = list(dict.fromkeys(words(scenario.title) for scenario in scenarios))
    print_title(
        words.listed(titles),
        [luck(tournament.comparison.results[0], words), settings_line(settings, words), words.notice],
        console,
    )
    notes = [words("* efficient: no other design gives every member as much welfare and one of them more")]
    hidden = len(tournament.league.names) - MOST_SHOWN
    if hidden > 0:
        further = words("{n} further designs are in the report and in ranks.parquet.")
        notes.append(further.format(n=words.number(hidden, 0)))
    print_table(console, _ranks(tournament, short, words), notes)
    print_table(console, _votes(tournament, short, words))
    told = [settled(tournament, words)] if tournament.settled is not None else []
    print_sentences(words("The answer"), [*told, *answers(tournament, short, words)], console)


def in_order(tournament: Tournament) -> list[str]:
    """Names of the designs by their rank on the outcome, or by the largest regret where there is none."""
    league = tournament.league
    ranks = league.standing(league.outcome).rank
    if not league.standing(league.outcome).is_ranked and "rank" in league.regret:
        ranks = league.regret["rank"].to_numpy()
    return [name for _, name in sorted(zip(ranks, league.names, strict=True), key=lambda pair: pair[0])]


def _ranks(tournament: Tournament, short: dict[str, str], words: Words) -> Table:
    league = tournament.league
    rows = rows_by(league.table[league.table["outcome"] == league.outcome], "design")
    regret, pareto = rows_by(league.regret, "design"), rows_by(league.pareto, "design")
    leavers = rows_by(league.leavers, "design")
    table = table_of(
        words("The designs by {measure}; below each rank all those that these runs do not rule out").format(
            measure=words.measure(league.outcome)
        ),
        [words("design")],
        [
            words.measure(league.outcome),
            words("rank"),
            words("chance to be the best"),
            words("largest regret, {unit}").format(unit=words.unit("welfare")),
            words("runs in which somebody leaves"),
        ],
        least_width=14,
        heading_width=10,
    )
    for name in in_order(tournament)[:MOST_SHOWN]:
        row = rows[name]
        chance = row["chance_best"]
        table.add_row(
            lines(short[name]) + (" *" if pareto[name]["efficient"] else ""),
            words.value(row["mean"], league.outcome),
            _rank(row, words),
            UNDEFINED if chance != chance else words.value(chance, "dissolved"),
            _largest(regret[name], words),
            words.value(leavers[name]["anybody"], "dissolved"),
        )
    return table


def _rank(row: dict[str, Any], words: Words) -> str:
    rank, others = rank_and_range(row, words)
    return f"{rank}\n[dim]{escape(others)}[/dim]" if others else rank


def _largest(row: dict[str, Any], words: Words) -> str:
    if "largest" not in row:
        return UNDEFINED
    return f"{words.value(row['largest'], 'welfare')}\n[dim]{escape(words.state(row['of_whom']))}[/dim]"


def _votes(tournament: Tournament, short: dict[str, str], words: Words) -> Table:
    table = table_of(
        words("What the members would choose, each by its own welfare"),
        [words("vote")],
        [],
        [words("starting from “{design}” they come to").format(design=short[tournament.league.names[0]]),
         words("designs that no motion replaces")],
    )  # fmt: skip
    for row in tournament.choice.by_vote.to_dict("records"):
        chosen = named([row["chosen"]], short, words) if row["chosen"] else words("no design: motions go in a circle")
        stable = named(row["stable"], short, words) if row["stable"] else words("none")
        table.add_row(rule_name(row["voting"], words), escape(chosen), escape(stable))
    return table
