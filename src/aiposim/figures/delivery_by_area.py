"""What the institute delivers in its five areas of work, through time: five fans with one scale."""

from __future__ import annotations

from matplotlib.figure import Figure
from pandas import DataFrame

from aiposim.figures._style import INK, SMALL, WIDE, dress, measure_axis, sheet, titled
from aiposim.figures.fan_chart import fan, first_and_last_year, legend, one_run
from aiposim.measures import PARTS
from aiposim.report.words import Words, capital, folded
from aiposim.scenario import AREAS


def delivery_by_area(bands: DataFrame, words: Words, course: DataFrame | None = None) -> Figure:
    """The bands of `delivery.cp`, `.pk`, `.ha`, `.pb` and `.rd`, M US$ per half-year.

    course   of one run, as `aiposim.trace` gives it
    """
    figure = sheet(WIDE, 3.1)
    every_axes = figure.subplots(1, len(AREAS), sharex=True, sharey=True)
    for axes, area in zip(every_axes, AREAS, strict=True):
        fan(axes, bands[bands["measure"] == f"delivery.{area}"])
        one_run(axes, course, f"delivery.{area}")
        dress(axes)
        titled(axes, folded(capital(words(PARTS[area])), 18))
        first_and_last_year(axes, bands["label"], words)
    every_axes[0].set_ylim(bottom=0)
    every_axes[0].set_ylabel(words.unit("delivery"), fontsize=SMALL, color=INK)
    measure_axis(every_axes[0].yaxis, "delivery", words)
    legend(figure, every_axes[0], words)
    return figure
