"""A scenario discovery for people: boxes in words, tables on the terminal, a page, JSON."""

from __future__ import annotations

import math
import shlex
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.markup import escape

from aiposim.figures.discovery_box import Side, discovery_box
from aiposim.figures.peeling_trajectory import peeling_trajectory
from aiposim.report.assumptions import SAID_BY_THE_NAME, amount, as_rows, conditions, figure, named, ranges_of, without
from aiposim.report.headings import heading, with_code
from aiposim.report.plates import Drawing, plate, rendered
from aiposim.report.summary import short_names
from aiposim.report.terminal import table_of
from aiposim.report.words import Words, capital
from aiposim.study.assumptions import LeftOut
from aiposim.study.discovery import Discovery, Found

if TYPE_CHECKING:
    from aiposim.report.plates import Plate

_SMALLEST = 0.001  # quasi-p-values below it are said to be so


def box_in_words(result: Discovery, found: Found, words: Words) -> str:
    """`Fails (co-operation index below 0.45) with incidents against the record above 1.38 and ...`."""
    order = list(dict.fromkeys(limit.dimension for limit in found.limits))
    phrase = conditions(found.box, result.assumptions, order, words)
    return words("Fails ({failure}) with {conditions}.").format(failure=failure(result, words), conditions=phrase)


def failure(result: Discovery, words: Words) -> str:
    """What counts as a failure: `co-operation index below 0.45`."""
    measure = words.measure(result.outcome)
    if result.against is not None:
        short = short_names([result.against.name, result.design.name])
        measure = words("{outcome}: difference of {design} from {first}").format(
            outcome=measure, design=short[result.design.name], first=short[result.against.name]
        )
        threshold = words.difference(result.threshold, result.outcome)
    else:
        threshold = words.value(result.threshold, result.outcome)
    told = {"outcome": measure, "threshold": threshold}
    if result.side == "above":
        return words("{outcome} above {threshold}").format(**told)
    return words("{outcome} below {threshold}").format(**told)


def holds(result: Discovery, found: Found, words: Words) -> str:
    """Coverage and density of a box as a sentence."""
    box = found.box
    return words(
        "Density {density}: {hits} of the {cases} cases in the box fail. Coverage {coverage}: of all {failures} "
        "failures, {hits} lie in it."
    ).format(
        density=_per_cent(box.density, words), coverage=_per_cent(box.coverage, words), hits=box.hits,
        cases=box.cases, failures=int(result.hits.sum()),
    )  # fmt: skip


def base(result: Discovery, words: Words) -> str:
    """How many of all cases fail; and if none or all do, that there is nothing to find."""
    hits, cases = int(result.hits.sum()), len(result.hits)
    told = {"hits": words.number(hits, 0), "cases": words.number(cases, 0), "failure": failure(result, words)}
    if hits == 0:
        return words("None of {cases} cases fails ({failure}); try another threshold.").format(**told)
    if hits == cases:
        return words("All {cases} cases fail ({failure}); try another threshold.").format(**told)
    share = _per_cent(hits / cases, words)
    if not result.found:
        return words(
            "{hits} of {cases} cases fail ({share}: {failure}), and no box of assumptions explains it."
        ).format(share=share, **told)
    return words("{hits} of {cases} cases fail ({share}: {failure}).").format(share=share, **told)


def _per_cent(part: float, words: Words) -> str:
    return f"{words.number(100 * part, 0)}%"


def _quasi_p(value: float, words: Words) -> str:
    return f"< {words.number(_SMALLEST, 3)}" if value < _SMALLEST else words.number(value, 3)


def _limits(result: Discovery, found: Found, words: Words) -> list[list[str]]:
    rows = []
    for limit in found.limits:
        assumption = result.assumptions[limit.dimension]
        side = words("above") if limit.side == "above" else words("below")
        rows.append(
            [
                named(assumption, words),
                side,
                amount(limit.at, assumption, words),
                words("{low} to {high}").format(
                    low=figure(assumption.low, assumption, words), high=figure(assumption.high, assumption, words)
                ),
                _quasi_p(limit.quasi_p, words),
                _per_cent(float(found.repeats[limit.dimension]), words),
            ]
        )
    return rows


def _headings(words: Words) -> tuple[list[str], list[str]]:
    first = [words("assumption"), ""]
    return first, [words("limit"), words("plausible range"), words("quasi-p-value"), words("in halves of the cases")]


def _steps(found: Found) -> list[int]:
    """Steps of a peeling worth showing: about ten, with the chosen one, and each where the number of limits changes."""
    boxes = found.trajectory
    every = max(1, math.ceil(len(boxes) / 8))
    wanted = {0, found.number, len(boxes) - 1, *range(0, len(boxes), every)}
    return sorted(wanted)


def print_discovery(result: Discovery, words: Words, console: Console) -> None:
    """Each box in words, with its limits and the peeling that it was chosen from."""
    console.print()
    console.print(f"[bold]{escape(result.design.title)}[/bold]")
    console.print(escape(_facts_line(result, words)), style="dim")
    console.print()
    console.print(escape(base(result, words)))
    if result.lost:
        console.print(escape(_lost(result, words)))
    console.print()
    for number, found in enumerate(result.found, 1):
        console.print(f"[bold]{escape(words('Box {number}').format(number=number))}[/bold]")
        console.print(escape(box_in_words(result, found, words)))
        console.print(escape(holds(result, found, words)))
        console.print()
        first, numbers = _headings(words)
        table = table_of("", first, numbers)
        for row in _limits(result, found, words):
            table.add_row(*(escape(cell) for cell in row))
        console.print(table)
        console.print()
        console.print(_trajectory(found, words))
        console.print()
    for sentence in _reading(result, words) if result.found else ():
        console.print(escape(sentence))
    console.print()


def _trajectory(found: Found, words: Words) -> Any:
    title = words("The peeling it was chosen from")
    table = table_of(title, [words("step")], [words("coverage"), words("density"), words("cases"), words("limits")])
    for step in _steps(found):
        box = found.trajectory[step]
        mark = "*" if step == found.number else ""
        table.add_row(
            f"{step}{mark}", _per_cent(box.coverage, words), _per_cent(box.density, words),
            words.number(box.cases, 0), str(len(box.limited)),
        )  # fmt: skip
    return table


def _facts_line(result: Discovery, words: Words) -> str:
    text = words("{points} points, {runs} runs each on the same worlds (seed {seed}); {assumptions} assumptions")
    return text.format(
        points=words.number(len(result.points) + result.lost, 0), runs=words.number(result.runs, 0),
        seed=result.seed, assumptions=len(result.assumptions),
    )  # fmt: skip


def _lost(result: Discovery, words: Words) -> str:
    return words("At {lost} points the outcome is undefined; they are left out.").format(
        lost=words.number(result.lost, 0)
    )


def _reading(result: Discovery, words: Words) -> list[str]:
    return [
        words(
            "Quasi-p-value: the chance of so many failures in the box if the limit did nothing; limits above 0.05 "
            "were taken off. In halves of the cases: how often the search on half of them limited the assumption."
        ),
        words("Of a peeling, * marks the step chosen; take another one with --step."),
    ]


def discovery_json(result: Discovery, idle: Sequence[LeftOut]) -> dict[str, Any]:
    from aiposim.report.words import words_for

    words = words_for([result.design])
    return {
        "scenario": result.design.name.partition(": ")[0],
        "design": result.design.name,
        "against": result.against.name if result.against else None,
        "outcome": result.outcome,
        "threshold": result.threshold,
        "side": result.side,
        "seed": result.seed,
        "runs": result.runs,
        "cases": len(result.hits),
        "hits": int(result.hits.sum()),
        "undefined": result.lost,
        "boxes": [
            {
                "words": box_in_words(result, found, words),
                "coverage": found.box.coverage,
                "density": found.box.density,
                "cases": found.box.cases,
                "hits": found.box.hits,
                "mass": found.box.mass,
                "step": found.number,
                "limits": as_rows(rows[["key", "label", "side", "at", "unit", "quasi_p", "repeats"]]),
            }
            for found, (_, rows) in zip(result.found, result.boxes.groupby("box"), strict=True)
        ]
        if result.found
        else [],
        "trajectories": as_rows(result.trajectories),
        "left_out": [{"key": each.key, "label": each.label, "reason": each.reason} for each in idle],
    }


def discovery_page(result: Discovery, idle: Sequence[LeftOut], words: Words, *, command: Sequence[str] = ()) -> str:
    """The report of a discovery as one HTML file."""
    above = heading(result.design, words("Where it fails"), words)
    shown = []
    for number, found in enumerate(result.found, 1):
        shown.append(
            {
                "name": words("Box {number}").format(number=number),
                "sentence": box_in_words(result, found, words),
                "holds": holds(result, found, words),
                "plates": _plates(number, result, found, words),
                "rows": [(capital(row[0]), row[1:]) for row in _limits(result, found, words)],
            }
        )
    first, numbers = _headings(words)
    return rendered(
        "discovery.html.jinja",
        words,
        **{**above, "reading": ""},
        facts=_facts(result, words),
        base=base(result, words),
        lost=_lost(result, words) if result.lost else "",
        sentences=_reading(result, words),
        boxes=shown,
        headings=[first[0], *first[1:], *numbers],
        ranges=[ranges_of(each, words) for each in result.assumptions],
        idle=[with_code(without(each, words)) for each in idle],
        command=shlex.join(command),
    )  # fmt: skip


def _facts(result: Discovery, words: Words) -> list[tuple[str, str]]:
    return [
        (words("Failure"), failure(result, words)),
        (words("Assumptions"), words.number(len(result.assumptions), 0)),
        (words("Points"), words.number(len(result.points), 0)),
        (words("Runs at each point"), words.number(result.runs, 0)),
        (words("Seed"), str(result.seed)),
    ]


def _plates(number: int, result: Discovery, found: Found, words: Words) -> list[Plate]:
    dimensions = list(dict.fromkeys(limit.dimension for limit in found.limits))[:2]
    sides = [_side(result, found, each, words) for each in dimensions]
    sentence = box_in_words(result, found, words)
    caption = words(
        "Every case on the assumptions that limit the box most. Cases in the drawn box may lie outside it along others."
    )
    steps = result.trajectories[result.trajectories["box"] == number]
    trade = words(
        "Each step of the peeling gives up some failures for a purer box. Figures beside the line: how many "
        "assumptions are limited from there on."
    )
    chosen = words("The peeling it was chosen from")
    return [
        plate(
            Drawing(f"box-{number}", discovery_box(result.cases, sides, words), sentence, caption, result.cases), words
        ),
        plate(Drawing(f"peeling-{number}", peeling_trajectory(steps, words), chosen, trade, steps), words),
    ]


def _side(result: Discovery, found: Found, dimension: int, words: Words) -> Side:
    each = result.assumptions[dimension]
    low, high = float(found.box.lower[dimension]), float(found.box.upper[dimension])
    name = named(each, words)
    if each.unit not in SAID_BY_THE_NAME:
        name = words("{assumption} ({unit})").format(assumption=name, unit=words(each.unit))
    return Side(each.key, name, (each.low, each.high), (max(low, each.low), min(high, each.high)))
