"""A sensitivity analysis for people: tables on the terminal, a page, JSON."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd
from rich.console import Console
from rich.markup import escape

from aiposim.figures.sobol_indices import sobol_indices
from aiposim.figures.tornado import MOST_BARS, tornado
from aiposim.report.assumptions import as_rows, named, ranges_of, without
from aiposim.report.headings import heading, with_code
from aiposim.report.plates import Drawing, plate, rendered
from aiposim.report.summary import short_names
from aiposim.report.terminal import table_of
from aiposim.report.words import UNDEFINED, Words, capital, is_share
from aiposim.study.assumptions import LeftOut
from aiposim.study.sensitivity import Sensitivity

if TYPE_CHECKING:
    from aiposim.report.plates import Plate

_MOST_ROWS = 20
_MOST_NAMED = 3
_NAMED = ("design", "against", "outcome")


@dataclass(frozen=True)
class Series:
    """One outcome of one design, or its difference from the first design."""

    name: str
    outcome: str
    table: pd.DataFrame  # a row an assumption: label, what `screen` says and, if it was kept, what `sobol` says


def series_of(result: Sensitivity, words: Words) -> list[Series]:
    labels = {each.key: named(each, words) for each in result.assumptions}
    short = short_names([design.name for design in result.designs])
    index_columns = [column for column in result.indices.columns if column.startswith(("first", "total"))]
    found = []
    for place, screened in result.screening.groupby(list(_NAMED), sort=False):
        design, against, outcome = (str(part) for part in place)
        whole = screened.assign(label=screened["key"].map(labels))
        if index_columns:
            here = result.indices[(result.indices[list(_NAMED)] == [design, against, outcome]).all(axis=1)]
            whole = whole.merge(here[["key", *index_columns]], on="key", how="left")
        name = _name(short[design], short.get(against, ""), outcome, len(result.designs), words)
        found.append(Series(name, outcome, whole.sort_values("mean_effect", ascending=False, kind="stable")))
    return found


def _name(design: str, against: str, outcome: str, designs: int, words: Words) -> str:
    unit = words("percentage points") if is_share(outcome) else words.unit(outcome)
    measure = words("{outcome} ({unit})").format(outcome=capital(words.measure(outcome)), unit=unit)
    if against:
        return words("{outcome}: difference of {design} from {first}").format(
            outcome=measure, design=design, first=against
        )
    return words("{outcome} under {design}").format(outcome=measure, design=design) if designs > 1 else measure


def answer(series: Series, words: Words) -> str:
    """The series in a sentence: `Co-operation index (0 to 1): most on incidents against the record (−0.20) and ...`."""
    strongest = series.table[series.table["mean_effect"] > 0.0].head(_MOST_NAMED)
    if not len(strongest):
        return words("{series}: on none of the assumptions.").format(series=series.name)
    named = [
        words("{assumption} ({effect})").format(
            assumption=row["label"], effect=_cells(row, series.outcome, words)[0][0]
        )
        for row in strongest.to_dict("records")
    ]
    return words("{series}: most on {assumptions}.").format(series=series.name, assumptions=words.listed(named))


def print_sensitivity(result: Sensitivity, words: Words, console: Console) -> None:
    """A table for each series: effects of the screening, and the indices of the assumptions that it left."""
    console.print()
    console.print(f"[bold]{escape(result.designs[0].title)}[/bold]")
    console.print(escape(_facts_line(result, words)), style="dim")
    console.print()
    for series in series_of(result, words):
        indexed = "total" in series.table
        numbers = _headings(indexed, words)
        table = table_of(series.name, [words("assumption")], numbers, least_width=22)
        for row in series.table.head(MOST_BARS).to_dict("records"):
            cells = [f"{figure}\n[dim]{band}[/dim]" for figure, band in _cells(row, series.outcome, words)]
            table.add_row(escape(str(row["label"])), *cells)
        console.print(table)
        console.print()
    for sentence in _reading(result, words):
        console.print(escape(sentence))
    console.print()


def _headings(indexed: bool, words: Words) -> list[str]:
    found = [words("effect"), words("spread")]
    return found + ([words("alone"), words("in all")] if indexed else [])


def _cells(row: dict[Any, Any], outcome: str, words: Words) -> list[tuple[str, str]]:
    """Effect and spread, in the outcome's unit, and indices, in per cent; each with what stands below: its interval."""
    one_way = abs(row["effect"]) >= 0.5 * row["mean_effect"]
    effect = words.difference(row["effect"] if one_way else row["mean_effect"], outcome)
    ends = [row["low"], row["high"]] if not one_way or row["effect"] > 0 else [-row["high"], -row["low"]]
    cells = [
        (effect if one_way else f"±{effect.lstrip('+')}", words.interval(ends, outcome)),
        (words.difference(row["spread"], outcome).lstrip("+"), ""),
    ]
    for index in ("first", "total") if "total" in row else ():
        cells.append(_index(row[index], row[f"{index}_low"], row[f"{index}_high"], words))
    return cells


def _index(value: float, low: float, high: float, words: Words) -> tuple[str, str]:
    if value != value:
        return UNDEFINED, ""
    band = words("{low} to {high}").format(low=words.number(100 * low, 0), high=words.number(100 * high, 0))
    return f"{words.number(100 * value, 0)}%", f"{band}%"


def _points(result: Sensitivity) -> int:
    """Points of both samples; each is computed for every design."""
    return len(result.points) // len(result.designs)


def _facts_line(result: Sensitivity, words: Words) -> str:
    text = words("{points} points, {runs} runs each on the same worlds (seed {seed}); {assumptions} assumptions")
    return text.format(
        points=words.number(_points(result), 0), runs=words.number(result.runs, 0), seed=result.seed,
        assumptions=len(result.assumptions),
    )  # fmt: skip


def _reading(result: Sensitivity, words: Words) -> list[str]:
    found = [
        words(
            "Effect: mean change of the outcome when the assumption goes through its whole plausible range, wherever "
            "the others are; ± where more of it raises the outcome here and lowers it there. Spread: how unequal these "
            "changes are."
        )
    ]
    if len(result.indices):
        found.append(
            words(
                "Alone (first order) and in all (total): part of the variance over the assumptions kept that goes with "
                "this one by itself, and together with others. Below each figure its 95% interval; wide ones call for "
                "more points (--base)."
            )
        )
    elif not result.left:
        found.append(words("No assumption moves these outcomes."))
    return found


def sensitivity_json(result: Sensitivity, idle: Sequence[LeftOut]) -> dict[str, Any]:
    return {
        "scenario": result.designs[0].name.partition(": ")[0],
        "designs": [design.name for design in result.designs],
        "seed": result.seed,
        "runs": result.runs,
        "points": _points(result),
        "assumptions": [
            {"key": each.key, "label": each.label, "low": each.low, "high": each.high, "value": each.value,
             "unit": each.unit} for each in result.assumptions
        ],
        "left_out": [{"key": each.key, "label": each.label, "reason": each.reason} for each in idle],
        "kept": [each.key for each in result.left],
        "screening": as_rows(result.screening),
        "indices": as_rows(result.indices),
    }  # fmt: skip


def sensitivity_page(result: Sensitivity, idle: Sequence[LeftOut], words: Words, *, command: Sequence[str] = ()) -> str:
    """The report of a sensitivity analysis as one HTML file."""
    above = heading(result.designs[0], words("Sensitivity to assumptions"), words)
    shown = []
    shown_series = series_of(result, words)
    for number, series in enumerate(shown_series):
        shown.append(
            {
                "name": series.name,
                "plates": _plates(number, series, words),
                "rows": [
                    (capital(str(row["label"])), _cells(row, series.outcome, words))
                    for row in series.table.head(_MOST_ROWS).to_dict("records")
                ],
                "headings": _headings("total" in series.table, words),
            }
        )
    return rendered(
        "sensitivity.html.jinja",
        words,
        **{**above, "title": result.designs[0].title, "reading": ""},
        answers=[answer(each, words) for each in shown_series],
        facts=_facts(result, words),
        sentences=_reading(result, words),
        series=shown,
        ranges=[ranges_of(each, words) for each in result.assumptions],
        idle=[with_code(without(each, words)) for each in idle],
        command=shlex.join(command),
    )  # fmt: skip


def _facts(result: Sensitivity, words: Words) -> list[tuple[str, str]]:
    return [
        (words("Designs"), words.number(len(result.designs), 0)),
        (words("Assumptions"), words.number(len(result.assumptions), 0)),
        (words("Points"), words.number(_points(result), 0)),
        (words("Runs at each point"), words.number(result.runs, 0)),
        (words("Seed"), str(result.seed)),
    ]


def _plates(number: int, series: Series, words: Words) -> list[Plate]:
    explained = words("The longer a bar, the more hangs on the assumption. Lines: 95% intervals of the mean size.")
    caption = words.paragraph([answer(series, words), explained])
    plates = [
        plate(
            Drawing(
                f"tornado-{number}", tornado(series.table, series.outcome, words), series.name, caption, series.table
            ),
            words,
        ),
    ]
    if "total" in series.table and series.table["total"].notna().any():
        kept = series.table[series.table["total"].notna()]
        caption = words(
            "What part of the variance goes with each assumption that the screening left. Where the total is larger "
            "than the part alone, the assumption works together with others. Lines: 95% intervals."
        )
        plates.append(
            plate(Drawing(f"indices-{number}", sobol_indices(kept, words), series.name, caption, kept), words)
        )
    return plates
