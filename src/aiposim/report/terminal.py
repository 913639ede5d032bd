"""The short report on the terminal: the same numbers and words as the page, in a few tables."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from aiposim.report.lines import filled
from aiposim.report.sentences import (
    best_and_worst,
    common_base,
    happened,
    left_out,
    named_designs,
    not_there,
    title_of,
)
from aiposim.report.summary import (
    HEADLINES,
    Runs,
    all_differences,
    asked_for,
    columns_of,
    described,
    member_table,
    rows_by,
)
from aiposim.report.words import UNDEFINED, Words, capital, folded
from aiposim.results import Results

if TYPE_CHECKING:
    from aiposim.study.compare import Comparison

MOST_ASKED = 3
MEMBER_COLUMNS = ("burden_share", "burden_ratio", "welfare", "individual_rationality")
COMPARED = (
    "budget_ratio",
    "delivery_ratio",
    "annual_collection_rate",
    "deadlock_rate",
    "trust_founders",
    "exits",
)


def _short(measure: str, words: Words) -> str:
    """A heading for a narrow column; a share needs no unit, for it is written in per cent."""
    headings = {
        "annual_collection_rate": words("collected"),
        "budget_ratio": words("budget"),
        "burden_ratio": words("burden / benefit"),
        "burden_share": words("share of all payments"),
        "deadlock_rate": words("deadlock"),
        "delivery_ratio": words("delivery"),
        "exits": words("exits"),
        "individual_rationality": words("membership pays, share of half-years"),
        "trust_founders": words("trust"),
        "welfare": words("welfare, M US$"),
    }
    if measure in headings:
        return headings[measure]
    return words.measure_and_unit(measure)


def print_run(results: Results, words: Words, console: Console, settings: Sequence[str] = ()) -> None:
    """Outcomes, who paid and who gained, what happened. `settings` are those of the command line."""
    scenario, runs, codes = results.scenario, results.table, words.in_order(results.scenario.codes)
    base = common_base(scenario, words)
    print_title(
        title_of(scenario, words), [luck(results, words), settings_line(settings, words), base, words.notice], console
    )
    print_table(console, _outcomes(results, words))
    print_table(console, _members(runs, codes, words))
    notes = not_there([scenario], list(runs.columns), words)
    print_sentences(words("What happened"), [*happened(runs, codes, words), *notes], console)


def _outcomes(results: Results, words: Words) -> Table:
    measures = list(dict.fromkeys([*asked_for([results.scenario], results.table.columns), *HEADLINES]))
    outcomes = described(results.table, measures)
    table = table_of(words("Outcomes"), [words("outcome")], [words("median"), words("5–95% of runs")], [words("unit")])
    for measure in measures:
        row = outcomes[measure]
        table.add_row(
            escape(capital(words.measure(measure))),
            words.value(row["median"], measure),
            words.band([row["q05"], row["q95"]], measure),
            words.unit(measure),
        )
    return table


def _members(runs: Runs, codes: Sequence[str], words: Words) -> Table:
    members = member_table(runs, codes, MEMBER_COLUMNS)
    headings = [_short(measure, words) for measure in MEMBER_COLUMNS]
    table = table_of(words("Who paid and who gained (median; below it 5–95% of runs)"), [words("member")], headings)
    for code in codes:
        cells = []
        for measure in MEMBER_COLUMNS:
            row = members[(code, measure)]
            band = words.band([row["q05"], row["q95"]], measure)
            cells.append(f"{words.value(row['median'], measure)}\n[dim]{band}[/dim]")
        table.add_row(escape(words.state(code)), *cells)
    return table


def print_comparison(comparison: Comparison, words: Words, console: Console, settings: Sequence[str] = ()) -> None:
    """Outcomes by design, welfare by member, best and worst for whom. `settings` are those of the command line."""
    short = named_designs(comparison.names, words)
    scenarios = [each.scenario for each in comparison.results]
    titles = list(dict.fromkeys(words(scenario.title) for scenario in scenarios))
    print_title(
        words.listed(titles),
        [luck(comparison.results[0], words), settings_line(settings, words), words.notice],
        console,
    )
    asked = asked_for(scenarios, columns_of(comparison))
    star = words("* clearly differs from {first} (95% interval of the difference)").format(
        first=short[comparison.names[0]]
    )
    for first in range(0, len(asked), MOST_ASKED):  # their names are long: more of them do not fit on a line
        asks = words("What the question asks for, means by design.")
        title = words.paragraph([asks, star]) if first == 0 else ""
        print_table(console, _means(title, asked[first : first + MOST_ASKED], comparison, words))
    standard = words(
        "Means by design: budget and delivery against the efficient ones, trust among the founders, exits a run."
    )
    print_table(
        console,
        _means(words.paragraph([standard, star]), [each for each in COMPARED if each not in asked], comparison, words),
    )
    print_table(console, _welfare(comparison, short, words))
    notes = [note for note in [left_out(comparison, words)] if note]
    notes += not_there(scenarios, columns_of(comparison), words)
    print_sentences(words("Best and worst for whom"), [*best_and_worst(comparison, short, words), *notes], console)


def _means(title: str, measures: Sequence[str], comparison: Comparison, words: Words) -> Table:
    short = named_designs(comparison.names, words)
    rows = rows_by(all_differences(comparison), "design", "measure")
    headings = [_short(measure, words) for measure in measures]
    table = table_of(title, [words("design")], headings, least_width=20)
    for name in comparison.names:
        cells = [
            words.value(rows[(name, measure)]["mean"], measure) + _star(rows[(name, measure)]["verdict"])
            if (name, measure) in rows
            else UNDEFINED
            for measure in measures
        ]
        table.add_row(lines(short[name]), *cells)
    return table


def _welfare(comparison: Comparison, short: dict[str, str], words: Words) -> Table:
    members = rows_by(comparison.members[comparison.members["measure"] == "welfare"], "design", "member")
    heading = words(
        "Welfare by member, {unit}; in brackets the difference from {first}, below its 95% interval"
    ).format(unit=words.unit("welfare"), first=short[comparison.names[0]])
    codes = words.in_order(comparison.codes)
    table = table_of(heading, [words("design")], [words.state(code) for code in codes])
    for name in comparison.names:
        cells = []
        for code in codes:
            if (name, code) not in members:
                cells.append(UNDEFINED)
                continue
            row = members[(name, code)]
            difference, below = "", ""
            if row["verdict"] != "baseline" and row["pairs"] > 0:
                difference = f" ({words.difference(row['difference'], 'welfare')})"
                below = words.interval([row["low"], row["high"]], "welfare")
            mean = words.value(row["mean"], "welfare")
            below = f"\n[dim]{below}[/dim]" if below else ""
            cells.append(f"{mean}{_star(row['verdict'])}{difference}{below}")
        table.add_row(lines(short[name]), *cells)
    return table


def lines(name: str) -> str:
    """The name of a design in a narrow column: each of its settings on a line."""
    return escape(re.sub(r"(, |: |、|：)", lambda found: found[0].rstrip() + "\n", name))


def _star(verdict: str) -> str:
    return "*" if verdict in ("better", "worse", "higher", "lower") else " "


def luck(results: Results, words: Words) -> str:
    """How many runs of what luck: a line below a title."""
    horizon, runs = results.scenario.world.horizon, len(results.table)
    text = words("1 run of {years} years, seed {seed}")
    if runs != 1:
        text = words("{runs} runs of {years} years, seed {seed}")
    return text.format(runs=words.number(runs, 0), years=words.number(horizon / 2, horizon % 2), seed=results.seed)


def settings_line(settings: Sequence[str], words: Words) -> str:
    """What the command line changes, as a line below a title; empty if nothing."""
    return words("With {settings}").format(settings=words.row(settings)) if settings else ""


def print_title(title: str, below: Sequence[str], console: Console) -> None:
    """A title and what stands below it; empty lines are left out."""
    console.print()
    console.print(f"[bold]{escape(title)}[/bold]")
    for line in filter(None, below):
        console.print(escape(filled(line, console.width)), style="dim")
    console.print()


def table_of(
    title: str,
    first: Sequence[str],
    numbers: Sequence[str],
    last: Sequence[str] = (),
    *,
    least_width: int = 0,
    heading_width: int = 16,
) -> Table:
    """An empty table: columns of text, of numbers, and of what is said beside.

    heading_width   at which headings of numbers are folded
    """
    table = Table(
        title=escape(title) or None,
        title_justify="left",
        title_style="bold",
        box=None,
        padding=(0, 2, 0, 0),
        header_style="underline",
    )
    for heading in first:
        table.add_column(escape(heading), overflow="fold", min_width=least_width)
    for heading in numbers:
        table.add_column(escape(folded(heading, heading_width)), justify="right", overflow="fold")
    for heading in last:
        table.add_column(escape(heading), style="dim", overflow="fold")
    return table


def print_table(console: Console, table: Table, notes: Sequence[str] = ()) -> None:
    """A table, its title no wider than itself, what is noted below it, and the empty line after it."""
    if isinstance(table.title, str):
        table.title = filled(table.title, min(console.width, console.measure(table).maximum))
    console.print(table)
    for note in notes:
        console.print(escape(filled(note, console.width)), style="dim")
    console.print()


def print_sentences(title: str, sentences: Iterable[str], console: Console) -> None:
    """A heading and a list of sentences."""
    console.print(f"[bold]{escape(title)}[/bold]")
    for sentence in sentences:
        console.print(escape(filled(f"- {sentence}", console.width)))
    console.print()
