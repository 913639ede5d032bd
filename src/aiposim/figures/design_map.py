"""Designs on two outcomes: where each lies, and which of them no other beats on both."""

from __future__ import annotations

from matplotlib.figure import Figure
from pandas import DataFrame

from aiposim.figures._style import BLUE, INK, PALE_INK, SMALL, WIDE, dress, measure_axis, sheet
from aiposim.report.words import Words, capital, folded, is_share

MOST_NAMED = 8


def design_map(table: DataFrame, across: tuple[str, str], up: tuple[str, str], words: Words) -> Figure:
    """A row a design: design, across, up (means), first (whether no other is better on both).

    across, up   measure and label of each axis
    """
    figure = sheet(WIDE, 4.6)
    axes = figure.subplots()
    best = table[table["first"]].sort_values("across")
    others = table[~table["first"]]
    axes.plot(others["across"], others["up"], "o", color=PALE_INK, markerfacecolor="white", markersize=5)
    axes.plot(best["across"], best["up"], "-", color=BLUE, linewidth=1, alpha=0.6)
    axes.plot(best["across"], best["up"], "o", color=BLUE, markersize=7)
    for place, row in enumerate(best.drop_duplicates(["across", "up"]).head(MOST_NAMED).to_dict("records")):
        axes.annotate(
            folded(row["design"], 26), (row["across"], row["up"]), xytext=(7, 7 if place % 2 else -7),
            textcoords="offset points", va="bottom" if place % 2 else "top", fontsize=SMALL, color=INK,
            bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.6, "alpha": 0.8},
        )  # fmt: skip
    dress(axes, grid="y")
    axes.grid(True, axis="x", color="#ececec", linewidth=0.6)
    axes.margins(x=0.16, y=0.16)
    for axis, (measure, label) in ((axes.xaxis, across), (axes.yaxis, up)):
        measure_axis(axis, measure, words, most_ticks=6)
        axis.set_label_text(_label(measure, label, words), fontsize=SMALL, color=INK)
    return figure


def _label(measure: str, label: str, words: Words) -> str:
    name = capital(label)
    return name if is_share(measure) else words("{measure} ({unit})").format(measure=name, unit=words.unit(measure))
