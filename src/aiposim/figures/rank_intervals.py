"""The ranks that are not ruled out: a line a design, with a point at the rank of its mean."""

from __future__ import annotations

from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator
from pandas import DataFrame

from aiposim.figures._style import BLUE, INK, SMALL, WIDE, dress, sheet
from aiposim.report.words import Words


def rank_intervals(table: DataFrame, words: Words) -> Figure:
    """A row a design, in the order drawn: design, rank, rank_low, rank_high."""
    figure = sheet(WIDE, 1.0 + 0.22 * len(table))
    axes = figure.subplots()
    rows = range(len(table))
    axes.hlines(rows, table["rank_low"], table["rank_high"], color=BLUE, linewidth=5, alpha=0.35)
    axes.plot(table["rank"], rows, "o", color=BLUE, markersize=5)
    dress(axes, grid="x")
    axes.set_yticks(rows, table["design"], fontsize=SMALL, color=INK)
    axes.set_ylim(len(table) - 0.4, -0.6)
    axes.set_xlim(0.5, float(table["rank_high"].max()) + 0.5)
    axes.xaxis.set_major_locator(MaxNLocator(8, integer=True))
    axes.set_xlabel(words("rank (1 is best)"), fontsize=SMALL, color=INK)
    return figure
