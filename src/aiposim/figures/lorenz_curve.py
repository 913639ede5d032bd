"""Lorenz curves of burdens: what the members pay together, beside what the institute is worth to them together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.ticker import PercentFormatter
from pandas import DataFrame

from aiposim.figures._style import DESIGNS, INK, PALE_INK, RULE, SMALL, DesignLook, dress, looks, sheet
from aiposim.report.words import Words, folded

MOST_NAMED = len(DESIGNS)
_BROAD, _HIGH = 8.6, 4.6  # inches


def lorenz_curve(table: DataFrame, named: Sequence[str], words: Words) -> Figure:
    """A row a design and member, members that pay least for what the institute is worth to them first, and before
    them a row of the origin (member ""): design, member, valuations, payments (cumulated shares, 0 to 1).

    named   the designs that have a colour, at most six; a single design has the names of its members instead
    """
    figure = sheet(_BROAD, _HIGH)
    axes = figure.subplots()
    axes.plot([0, 1], [0, 1], color=PALE_INK, linewidth=1.2, linestyle=(0, (3, 2)))
    designs = list(dict.fromkeys(table["design"]))
    for design in designs:
        if design not in named:
            _curve(axes, table[table["design"] == design], RULE, "-", "", 1.2)
    single = len(designs) == 1
    looked = zip(named, DESIGNS, strict=False)
    drawn = {design: look for design, look in looked if design in designs and not single}
    for design, look in drawn.items():
        _curve(axes, table[table["design"] == design], look.colour, look.line, look.marker, 1.8)
    dress(axes)
    axes.grid(True, axis="x", color=RULE, linewidth=0.6)
    axes.set_xlim(0, 1)
    axes.set_ylim(0, 1)
    axes.set_aspect("equal")
    for axis, label in (
        (axes.xaxis, words("what the institute is worth to the members, cumulated share")),
        (axes.yaxis, words("what they pay, cumulated share")),
    ):
        axis.set_major_formatter(PercentFormatter(1.0, decimals=0))
        axis.set_label_text(folded(label, 44), fontsize=SMALL, color=INK)
    entries = _members(axes, table, words) if single else _designs(drawn, len(drawn) < len(designs), words)
    diagonal = (
        Line2D([], [], color=PALE_INK, linestyle=(0, (3, 2))),
        folded(words("each pays as much as it values"), 26),
    )
    handles, labels = zip(*entries, diagonal, strict=True)
    figure.legend(
        handles, labels, loc="outside right upper", frameon=False, fontsize=SMALL, labelcolor=INK, labelspacing=0.8
    )
    return figure


def _curve(axes: Axes, rows: DataFrame, colour: str, line: str, marker: str, width: float) -> None:
    axes.plot(
        rows["valuations"], rows["payments"], linestyle=line, marker=marker, markersize=6, color=colour,
        linewidth=width, label=rows["design"].iloc[0], clip_on=False,
    )  # fmt: skip


def _designs(drawn: Mapping[str, DesignLook], others: bool, words: Words) -> list[tuple[Line2D, str]]:
    found = [
        (Line2D([], [], color=look.colour, linestyle=look.line, marker=look.marker, markersize=6), folded(design, 26))
        for design, look in drawn.items()
    ]
    return [*found, (Line2D([], [], color=RULE), words("other designs"))] if others else found


def _members(axes: Axes, table: DataFrame, words: Words) -> list[tuple[Line2D, str]]:
    """The stretch of each member in its own look."""
    entries = []
    codes = [code for code in table["member"] if code]
    ends = list(zip(table["valuations"], table["payments"], strict=True))
    for code, start, end in zip(codes, ends, ends[1:], strict=False):
        look = looks(codes)[code]
        axes.plot(*zip(start, end, strict=True), color=look.colour, linewidth=2.6, label=code)
        axes.plot(*end, look.marker, color=look.colour, markersize=8, clip_on=False)
        entries.append((Line2D([], [], color=look.colour, marker=look.marker, linewidth=2.6), words.state(code)))
    return entries
