"""The budget through time under each design: one fan a design, all with one scale."""

from __future__ import annotations

from matplotlib.figure import Figure
from pandas import DataFrame

from aiposim.figures._style import INK, SMALL, WIDE, dress, measure_axis, sheet, titled
from aiposim.figures.fan_chart import fan, first_and_last_year, legend
from aiposim.report.words import Words, folded

COLUMNS = 4


def budget_by_design(bands: DataFrame, words: Words) -> Figure:
    """The bands of `budget` with a column `design`; the designs stand in the order of the table."""
    budgets = bands[bands["measure"] == "budget"]
    designs = list(dict.fromkeys(budgets["design"]))
    columns = min(COLUMNS, len(designs))
    rows = -(-len(designs) // columns)
    figure = sheet(WIDE, 0.9 + 1.75 * rows)
    every_axes = list(figure.subplots(rows, columns, sharex=True, sharey=True, squeeze=False).flat)
    for axes in every_axes[len(designs) :]:
        axes.remove()
    panels = every_axes[: len(designs)]
    for axes, design in zip(panels, designs, strict=True):
        fan(axes, budgets[budgets["design"] == design])
        dress(axes)
        titled(axes, folded(design, 25))
    panels[0].set_ylim(bottom=0)
    measure_axis(panels[0].yaxis, "budget", words, most_ticks=4)
    for axes in panels[-columns:]:  # the lowest of each column
        axes.tick_params(axis="x", labelbottom=True)
        first_and_last_year(axes, budgets["label"], words)
    figure.supylabel(words.unit("budget"), fontsize=SMALL, color=INK)
    legend(figure, panels[0], words)
    return figure
