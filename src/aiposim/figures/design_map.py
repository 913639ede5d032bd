"""Designs on two outcomes: where each lies, and which of them no other beats on both."""

from __future__ import annotations

from matplotlib.figure import Figure
from pandas import DataFrame

from aiposim.figures._style import BLUE, INK, PALE_INK, SMALL, WIDE, dress, measure_axis, sheet
from aiposim.report.words import Words, capital, folded, is_share

MOST_NAMED = 12


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
    named: dict[tuple[float, float], list[str]] = {}
    for row in best.to_dict("records"):  # designs that do the same share a number
        named.setdefault((row["across"], row["up"]), []).append(row["design"])
    for number, (place, designs) in enumerate(named.items(), 1):
        axes.plot(*place, "o", color=BLUE, markersize=11, label=f"{number}  {folded(' = '.join(designs), 34)}")
        axes.annotate(str(number), place, ha="center", va="center_baseline", fontsize=SMALL - 1, color="white")
    handles, labels = axes.get_legend_handles_labels()
    figure.legend(
        handles[:MOST_NAMED], labels[:MOST_NAMED], loc="outside right upper", frameon=False, fontsize=SMALL,
        labelcolor=INK, handlelength=0, handletextpad=0, markerscale=0,
    )  # fmt: skip
    dress(axes, grid="y")
    axes.grid(True, axis="x", color="#ececec", linewidth=0.6)
    axes.margins(x=0.06, y=0.08)
    for axis, (measure, label) in ((axes.xaxis, across), (axes.yaxis, up)):
        measure_axis(axis, measure, words, most_ticks=6)
        axis.set_label_text(_label(measure, label, words), fontsize=SMALL, color=INK)
    return figure


def _label(measure: str, label: str, words: Words) -> str:
    name = capital(label)
    return name if is_share(measure) else words("{measure} ({unit})").format(measure=name, unit=words.unit(measure))
