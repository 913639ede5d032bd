"""The short report on the terminal: the same numbers and words as the page, in a few tables."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from aiposim.figures._style import capital
from aiposim.report.sentences import best_and_worst, happened, left_out
from aiposim.report.summary import HEADLINES, member_table, outcome_table, rows_by, short_names
from aiposim.report.words import UNDEFINED, Words
from aiposim.results import Results
from aiposim.study.compare import Comparison

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
    """A heading for a narrow column."""
    headings = {
        "annual_collection_rate": words("collected"),
        "budget_ratio": words("budget"),
        "burden_ratio": words("burden / benefit"),
        "burden_share": words("pays"),
        "deadlock_rate": words("deadlock"),
        "delivery_ratio": words("delivery"),
        "exits": words("exits"),
        "individual_rationality": words("better in than out"),
        "trust_founders": words("trust"),
        "welfare": words("welfare, M US$"),
    }
    return headings[measure]


def print_run(results: Results, words: Words, console: Console) -> None:
    """Outcomes, who paid and who gained, what happened."""
    runs, codes = results.runs, results.scenario.codes
    _title(results.scenario.title, _luck(results, words), console)
    outcomes = rows_by(outcome_table(runs, codes), "measure")
    table = _table(words("Outcomes"), [words("outcome")], [words("median"), words("5–95% of runs")], [words("unit")])
    for measure in HEADLINES:
        row = outcomes[measure]
        table.add_row(
            capital(words.measure(measure)),
            words.value(row["median"], measure),
            words.band([row["q05"], row["q95"]], measure),
            words.unit(measure),
        )
    _print(console, table)
    members = rows_by(member_table(runs, codes), "member", "measure")
    headings = [_short(measure, words) for measure in MEMBER_COLUMNS]
    table = _table(words("Who paid and who gained (median; below it 5–95% of runs)"), [words("member")], headings)
    for code in codes:
        cells = []
        for measure in MEMBER_COLUMNS:
            row = members[(code, measure)]
            band = words.band([row["q05"], row["q95"]], measure)
            cells.append(f"{words.value(row['median'], measure)}\n[dim]{band}[/dim]")
        table.add_row(escape(words.state(code)), *cells)
    _print(console, table)
    _sentences(words("What happened"), happened(runs, codes, words), console)


def print_comparison(comparison: Comparison, words: Words, console: Console) -> None:
    """Outcomes by design, welfare by member, best and worst for whom."""
    short = short_names(comparison.names)
    titles = list(dict.fromkeys(each.scenario.title for each in comparison.results))
    _title(words.listed(titles), _luck(comparison.results[0], words), console)
    outcomes = rows_by(comparison.outcomes, "design", "measure")
    headings = [_short(measure, words) for measure in COMPARED]
    heading = words(
        "Means by design: budget and delivery against the efficient ones, trust among the founders, exits a run. "
        "* clearly differs from {first} (95% interval of the difference)"
    )
    table = _table(heading.format(first=short[comparison.names[0]]), [words("design")], headings, least_width=20)
    for name in comparison.names:
        rows = [outcomes[(name, measure)] for measure in COMPARED]
        cells = [
            words.value(row["mean"], measure) + _star(row["verdict"])
            for measure, row in zip(COMPARED, rows, strict=True)
        ]
        table.add_row(_lines(short[name]), *cells)
    _print(console, table)
    _print(console, _welfare(comparison, short, words))
    notes = [note for note in [left_out(comparison, words)] if note]
    _sentences(words("Best and worst for whom"), [*best_and_worst(comparison, short, words), *notes], console)


def _welfare(comparison: Comparison, short: dict[str, str], words: Words) -> Table:
    members = rows_by(comparison.members[comparison.members["measure"] == "welfare"], "design", "member")
    heading = words(
        "Welfare by member, {unit}; in brackets the difference from {first}, below its 95% interval"
    ).format(unit=words.unit("welfare"), first=short[comparison.names[0]])
    table = _table(heading, [words("design")], [words.state(code) for code in comparison.codes])
    for name in comparison.names:
        cells = []
        for code in comparison.codes:
            if (name, code) not in members:
                cells.append(f"{UNDEFINED}\n")
                continue
            row = members[(name, code)]
            difference, below = "", ""
            if row["verdict"] != "baseline" and row["pairs"] > 0:
                difference = f" ({words.difference(row['difference'], 'welfare')})"
                below = words.interval([row["low"], row["high"]], "welfare")
            mean = words.value(row["mean"], "welfare")
            cells.append(f"{mean}{_star(row['verdict'])}{difference}\n[dim]{below}[/dim]")
        table.add_row(_lines(short[name]), *cells)
    return table


def _lines(name: str) -> str:
    """The name of a design in a narrow column: each of its settings on a line."""
    return escape(name.replace(", ", ",\n").replace(": ", ":\n"))


def _star(verdict: str) -> str:
    return "*" if verdict in ("better", "worse", "higher", "lower") else " "


def _luck(results: Results, words: Words) -> str:
    horizon = results.scenario.world.horizon
    return words("{runs} runs of {years} years, seed {seed}").format(
        runs=words.number(len(results.runs), 0), years=words.number(horizon / 2, horizon % 2), seed=results.seed
    )


def _title(title: str, below: str, console: Console) -> None:
    console.print()
    console.print(f"[bold]{escape(title)}[/bold]")
    console.print(escape(below), style="dim")
    console.print()


def _table(
    title: str, first: Sequence[str], numbers: Sequence[str], last: Sequence[str] = (), *, least_width: int = 0
) -> Table:
    table = Table(
        title=escape(title),
        title_justify="left",
        title_style="bold",
        box=None,
        padding=(0, 2, 0, 0),
        header_style="underline",
    )
    for heading in first:
        table.add_column(escape(heading), overflow="fold", min_width=least_width)
    for heading in numbers:
        table.add_column(escape(heading), justify="right", overflow="fold")
    for heading in last:
        table.add_column(escape(heading), style="dim", overflow="fold")
    return table


def _print(console: Console, table: Table) -> None:
    console.print(table)
    console.print()


def _sentences(title: str, sentences: Iterable[str], console: Console) -> None:
    console.print(f"[bold]{escape(title)}[/bold]")
    for sentence in sentences:
        console.print(escape(f"- {sentence}"))
    console.print()
