"""How much of an outcome's variance goes with each assumption: alone, and in all, with intervals."""

from __future__ import annotations

from typing import Any

from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.ticker import MaxNLocator, PercentFormatter
from pandas import DataFrame

from aiposim.figures._style import BLUE, INK, SMALL, VERMILION, WIDE, dress, sheet
from aiposim.report.words import Words, capital, folded

_SIGNS: dict[str, dict[str, Any]] = {
    "first": {"marker": "o", "color": BLUE, "markerfacecolor": BLUE},
    "total": {"marker": "D", "color": VERMILION, "markerfacecolor": "white"},
}


def sobol_indices(table: DataFrame, words: Words) -> Figure:
    """A row an assumption: label, first, first_low, first_high, total, total_low, total_high, from 0 to 1."""
    rows = table.sort_values("total", ascending=False, kind="stable").to_dict("records")
    figure = sheet(WIDE, 1.15 + 0.42 * len(rows))
    axes = figure.subplots()
    for place, row in enumerate(rows):
        for index, shift in (("first", -0.14), ("total", 0.14)):
            look = _SIGNS[index]
            axes.hlines(
                place + shift, row[f"{index}_low"], row[f"{index}_high"], color=str(look["color"]), linewidth=1.6
            )
            axes.plot(row[index], place + shift, linestyle="", markersize=6, **look)
    axes.axvline(0.0, color=INK, linewidth=0.9)
    axes.set_yticks(range(len(rows)), [folded(capital(str(row["label"])), 52) for row in rows])
    axes.set_ylim(len(rows) - 0.5, -0.5)
    dress(axes, grid="x")
    axes.margins(x=0.05)
    axes.xaxis.set_major_locator(MaxNLocator(6, steps=[1, 2, 2.5, 5, 10]))
    axes.xaxis.set_major_formatter(PercentFormatter(1.0, decimals=0))
    axes.set_xlabel(words("Part of the variance over the assumptions"), fontsize=SMALL, color=INK)
    figure.legend(
        [Line2D([], [], linestyle="", markersize=6, **look) for look in _SIGNS.values()],
        [words("first order: alone"), words("total: alone and together with others")],
        loc="outside upper left",
        ncols=2,
        frameon=False,
        fontsize=SMALL,
        labelcolor=INK,
    )
    return figure
