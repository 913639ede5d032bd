"""What the designs lead to: a panel an outcome, a row a design, beside the first design."""

from __future__ import annotations

from collections.abc import Sequence

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from pandas import DataFrame

from aiposim.figures._style import (
    INK,
    PALE_INK,
    SMALL,
    VERDICTS,
    WIDE,
    dress,
    measure_axis,
    sheet,
    titled,
    verdict_legend,
)
from aiposim.report.words import Words, capital, folded

COLUMNS = 3


def outcomes_by_design(table: DataFrame, measures: Sequence[str], words: Words) -> Figure:
    """A row a design and measure: design, measure, mean, left, right (ends of the interval around the mean),
    verdict. The designs stand in the order of the table; the first is the baseline.
    """
    designs = list(dict.fromkeys(table["design"]))
    rows = -(-len(measures) // COLUMNS)
    figure = sheet(WIDE, 0.7 + rows * (0.95 + 0.24 * len(designs)))
    panels = figure.subplots(rows, COLUMNS, sharey=True, squeeze=False)
    every_axes = list(panels.flat)
    for axes, measure in zip(every_axes, measures, strict=False):
        _panel(axes, table[table["measure"] == measure], designs, measure, words)
    for axes in every_axes[len(measures) :]:
        axes.remove()
    every_axes[0].set_yticks(range(len(designs)), designs)
    every_axes[0].set_ylim(len(designs) - 0.4, -0.6)
    verdict_legend(
        figure,
        [
            ("baseline", words("first design")),
            ("better", words("better")),
            ("worse", words("worse")),
            ("higher", words("higher")),
            ("lower", words("lower")),
            ("unclear", words("no clear difference")),
        ],
    )
    return figure


def _panel(axes: Axes, table: DataFrame, designs: list[str], measure: str, words: Words) -> None:
    for line in table.to_dict("records"):
        row, look = designs.index(line["design"]), VERDICTS[line["verdict"]]
        if line["verdict"] == "baseline":
            axes.axvline(line["mean"], color=PALE_INK, linewidth=1, linestyle=(0, (3, 2)))
        axes.hlines(row, line["left"], line["right"], color=str(look["color"]), linewidth=1.6)
        axes.plot(line["mean"], row, linestyle="", markersize=6, **look)
    dress(axes, grid="x")
    axes.margins(x=0.08)
    titled(axes, folded(capital(words.measure(measure)), 32))
    axes.set_xlabel(folded(words.unit(measure), 26), fontsize=SMALL, color=INK)
    measure_axis(axes.xaxis, measure, words, most_ticks=4)
