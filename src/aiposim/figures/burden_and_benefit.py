"""What each member pays beside what the institute is worth to it: shares of all payments and of all valuations."""

from __future__ import annotations

from typing import Any

from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from pandas import DataFrame

from aiposim.figures._style import (
    BLUE,
    INK,
    NORMAL,
    PALE_INK,
    SMALL,
    VERMILION,
    WIDE,
    dress,
    measure_axis,
    sheet,
)
from aiposim.report.words import Words

BURDEN: dict[str, Any] = {"color": VERMILION, "marker": "o"}
BENEFIT: dict[str, Any] = {"color": BLUE, "marker": "D"}
_APART = 0.14  # half the distance between the two signs of one member, in rows


def burden_and_benefit(members: DataFrame, words: Words) -> Figure:
    """A row a member: member, burden, burden_low, burden_high, benefit, benefit_low, benefit_high (0 to 1)."""
    figure = sheet(WIDE, 1.35 + 0.5 * len(members))
    axes = figure.subplots()
    rows = range(len(members))
    for name, look, shift in (("burden", BURDEN, -_APART), ("benefit", BENEFIT, _APART)):
        places = [row + shift for row in rows]
        axes.hlines(places, members[f"{name}_low"], members[f"{name}_high"], color=look["color"], linewidth=2.2)
        axes.plot(members[name], places, linestyle="", markersize=7, label=name, **look)
    dress(axes, grid="x")
    axes.set_yticks(rows, [words.state(code) for code in members["member"]], fontsize=NORMAL)
    axes.set_ylim(len(members) - 0.5, -0.5)
    axes.set_xlim(left=0)
    measure_axis(axes.xaxis, "burden_share", words, most_ticks=8)
    axes.set_xlabel(
        words("share of all payments, and of what the institute is worth to all"), fontsize=SMALL, color=INK
    )
    figure.legend(
        [
            Line2D([], [], linestyle="", markersize=7, **BURDEN),
            Line2D([], [], linestyle="", markersize=7, **BENEFIT),
            Line2D([], [], color=PALE_INK, linewidth=2.2),
        ],
        [words("what it pays"), words("what the institute is worth to it"), words("5–95% of runs")],
        loc="outside upper left",
        ncols=3,
        frameon=False,
        fontsize=SMALL,
        labelcolor=INK,
    )
    return figure
