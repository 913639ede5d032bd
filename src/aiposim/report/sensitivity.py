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
from aiposim.report.assumptions import amount, as_rows, named
from aiposim.report.pages import _heading, _plate, _rendered
from aiposim.report.summary import short_names
from aiposim.report.terminal import _table
from aiposim.report.words import UNDEFINED, Words, capital
from aiposim.study.assumptions import LeftOut
from aiposim.study.sensitivity import Sensitivity

if TYPE_CHECKING:
    from aiposim.report.pages import Plate

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
    measure = capital(words.measure(outcome))
    if against:
        return words("{outcome}: difference of {design} from {first}").format(
            outcome=measure, design=design, first=against
        )
    return words("{outcome} under {design}").format(outcome=measure, design=design) if designs > 1 else measure


def print_sensitivity(result: Sensitivity, words: Words, console: Console) -> None:
    """A table for each series: effects of the screening, and the indices of the assumptions that it left."""
    console.print()
    console.print(f"[bold]{escape(result.designs[0].title)}[/bold]")
    console.print(escape(_facts_line(result, words)), style="dim")
    console.print()
    for series in series_of(result, words):
        indexed = "total" in series.table
        numbers = [words("effect over its range"), words("95% interval"), words("spread")]
        numbers += [words("alone (first order)"), words("in all (total)")] if indexed else []
        table = _table(series.name, [words("assumption")], numbers, least_width=32)
        for row in series.table.head(MOST_BARS).to_dict("records"):
            table.add_row(*(escape(cell) for cell in (str(row["label"]), *_cells(row, series.outcome, words))))
        console.print(table)
        console.print()
    for sentence in _reading(result, words):
        console.print(escape(sentence))
    console.print()


def _cells(row: dict[Any, Any], outcome: str, words: Words) -> list[str]:
    """Effect, interval and spread, in the outcome's unit; indices in per cent with their intervals."""
    one_way = abs(row["effect"]) >= 0.5 * row["mean_effect"]
    effect = words.difference(row["effect"] if one_way else row["mean_effect"], outcome)
    ends = [row["low"], row["high"]] if not one_way or row["effect"] > 0 else [-row["high"], -row["low"]]
    cells = [
        effect if one_way else f"±{effect.lstrip('+')}",
        words.interval(ends, outcome),
        words.difference(row["spread"], outcome).lstrip("+"),
    ]
    for index in ("first", "total") if "total" in row else ():
        cells.append(_index(row[index], row[f"{index}_low"], row[f"{index}_high"], words))
    return cells


def _index(value: float, low: float, high: float, words: Words) -> str:
    if value != value:
        return UNDEFINED
    band = words("{low} to {high}").format(low=words.number(100 * low, 0), high=words.number(100 * high, 0))
    return f"{words.number(100 * value, 0)}% ({band})"


def _facts_line(result: Sensitivity, words: Words) -> str:
    text = words("{points} points, {runs} runs each on the same worlds (seed {seed}); {assumptions} assumptions")
    return text.format(
        points=words.number(len(result.points), 0), runs=words.number(result.runs, 0), seed=result.seed,
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
                "Alone and in all: part of the variance over the assumptions kept that goes with this one by itself, "
                "and together with others. In brackets 95% intervals; wide ones call for more points (--base)."
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
        "points": len(result.points),
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
    heading = _heading(result.designs[0], words("Sensitivity to assumptions"), words)
    shown = []
    for number, series in enumerate(series_of(result, words)):
        shown.append(
            {
                "name": series.name,
                "plates": _plates(number, series, words),
                "rows": [
                    (capital(str(row["label"])), _cells(row, series.outcome, words))
                    for row in series.table.to_dict("records")
                ],
                "indexed": "total" in series.table,
            }
        )
    return _rendered(
        "sensitivity.html.jinja",
        words,
        **{**heading, "title": result.designs[0].title},
        facts=_facts(result, words),
        sentences=_reading(result, words),
        series=shown,
        ranges=[
            (capital(named(each, words)), *(amount(end, each, words) for end in (each.value, each.low, each.high)),
             each.key) for each in result.assumptions
        ],
        idle=[(capital(each.label), each.reason, each.key) for each in idle],
        command=shlex.join(command),
    )  # fmt: skip


def _facts(result: Sensitivity, words: Words) -> list[tuple[str, str]]:
    return [
        (words("Designs"), words.number(len(result.designs), 0)),
        (words("Assumptions"), words.number(len(result.assumptions), 0)),
        (words("Points"), words.number(len(result.points), 0)),
        (words("Runs at each point"), words.number(result.runs, 0)),
        (words("Seed"), str(result.seed)),
    ]


def _plates(number: int, series: Series, words: Words) -> list[Plate]:
    strongest = series.table.iloc[0]
    caption = words(
        "The longer the bar, the more the outcome hangs on the assumption. Most on: {assumption}, by {effect}. Lines: "
        "95% intervals of the mean size."
    ).format(
        assumption=strongest["label"],
        effect=_cells(strongest.to_dict(), series.outcome, words)[0],
    )
    plates = [
        _plate(f"tornado-{number}", tornado(series.table, series.outcome, words), series.name, caption),
    ]
    if "total" in series.table and series.table["total"].notna().any():
        kept = series.table[series.table["total"].notna()]
        caption = words(
            "What part of the variance goes with each assumption that the screening left. Where the total is larger "
            "than the part alone, the assumption works together with others. Lines: 95% intervals."
        )
        plates.append(_plate(f"indices-{number}", sobol_indices(kept, words), series.name, caption))
    return plates
