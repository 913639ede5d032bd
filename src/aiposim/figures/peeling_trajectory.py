"""A peeling from which a box is chosen: what part of the failures each box holds, and how purely."""

from __future__ import annotations

from matplotlib.figure import Figure
from matplotlib.ticker import PercentFormatter
from pandas import DataFrame

from aiposim.figures._style import BLUE, INK, PALE_INK, SMALL, VERMILION, dress, sheet
from aiposim.report.words import Words


def peeling_trajectory(table: DataFrame, words: Words) -> Figure:
    """A row a step: coverage, density (from 0 to 1), limited (number of assumptions), chosen (true of one)."""
    figure = sheet(7.0, 4.2)
    axes = figure.subplots()
    axes.plot(table["coverage"], table["density"], color=PALE_INK, linewidth=0.9, zorder=1)
    axes.plot(
        table["coverage"], table["density"], linestyle="", marker="o", markersize=5, color=BLUE, label=words("step")
    )
    taken = table[table["chosen"]]
    axes.plot(
        taken["coverage"], taken["density"], linestyle="", marker="D", markersize=9, color=VERMILION,
        label=words("step chosen, before limits that do not matter are taken off"),
    )  # fmt: skip
    before = None
    for row in table.to_dict("records"):
        if row["limited"] != before and row["limited"]:
            axes.annotate(
                str(row["limited"]), (row["coverage"], row["density"]), textcoords="offset points", xytext=(7, 2),
                fontsize=SMALL, color=INK,
            )  # fmt: skip
        before = row["limited"]
    dress(axes)
    axes.grid(True, axis="x", color="#d9d9d9", linewidth=0.6)
    axes.set_xlim(-0.03, 1.06)
    axes.set_ylim(-0.03, 1.06)
    for axis in (axes.xaxis, axes.yaxis):
        axis.set_major_formatter(PercentFormatter(1.0, decimals=0))
    axes.set_xlabel(words("Coverage: part of all failures that the box holds"), fontsize=SMALL, color=INK)
    axes.set_ylabel(words("Density: part of the box that fails"), fontsize=SMALL, color=INK)
    figure.legend(loc="outside upper left", ncols=2, frameon=False, fontsize=SMALL, labelcolor=INK)
    return figure
