"""A measure through time, over all runs: median, mean, and the bands that hold half and nine tenths of them."""

from __future__ import annotations

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator
from pandas import DataFrame, Series

from aiposim.figures._style import BLUE, HALF, INK, SMALL, VERMILION, dress, measure_axis, sheet, titled
from aiposim.report.words import Words, capital

OUTER, INNER = "#d3e3f0", "#8db9da"


def fan_chart(bands: DataFrame, measure: str, words: Words, course: DataFrame | None = None) -> Figure:
    """The bands of one measure: a row a period with label, mean, q05, q25, q50, q75, q95.

    A period in which no run defines the measure is a gap.

    course   of one run, as `aiposim.trace` gives it; drawn as a thin line if it tells the measure
    """
    figure = sheet(HALF, 3.0)
    axes = figure.subplots()
    fan(axes, bands[bands["measure"] == measure])
    one_run(axes, course, measure)
    dress(axes)
    titled(axes, capital(words.measure(measure)))
    axes.set_ylabel(words.unit(measure), fontsize=SMALL, color=INK)
    measure_axis(axes.yaxis, measure, words)
    year_axis(axes, words)
    legend(figure, axes, words, columns=3)
    return figure


def fan(axes: Axes, bands: DataFrame) -> None:
    """Draws the bands of one measure, without axes, title or legend."""
    x = years(bands["label"])
    axes.fill_between(x, bands["q05"], bands["q95"], color=OUTER, linewidth=0, label="outer")
    axes.fill_between(x, bands["q25"], bands["q75"], color=INNER, linewidth=0, label="inner")
    axes.plot(x, bands["q50"], color=BLUE, linewidth=1.8, label="median")
    axes.plot(x, bands["mean"], color=INK, linewidth=1.0, linestyle=(0, (4, 2)), label="mean")
    axes.margins(x=0.01)


def one_run(axes: Axes, course: DataFrame | None, measure: str) -> None:
    """The course of one run upon its fan; a half-year between gaps is a point."""
    if course is not None and measure in course.columns:
        x, values = years(course["label"]), course[measure]
        alone = values.notna() & values.shift(1).isna() & values.shift(-1).isna()
        axes.plot(x, values, color=VERMILION, linewidth=0.9, label="run")
        axes.plot(x[alone], values[alone], ".", color=VERMILION, markersize=2.5)


def years(labels: Series[str]) -> Series[float]:
    """Where periods stand on an axis of years: `2016H2` at 2016.5, its beginning."""
    return labels.str[:4].astype(float) + (labels.str[-1] == "2") / 2


def year_axis(axes: Axes, words: Words) -> None:
    axes.xaxis.set_major_locator(MaxNLocator(6, integer=True, steps=[1, 2, 5, 10]))
    axes.xaxis.set_major_formatter(lambda x, _: f"{x:.0f}")
    axes.set_xlabel(words("year"), fontsize=SMALL, color=INK)


def first_and_last_year(axes: Axes, labels: Series[str], words: Words) -> None:
    """Ticks for a narrow panel: where it begins and where it ends, neither of them outside it."""
    first, last = labels.iloc[0][:4], labels.iloc[-1][:4]
    axes.set_xticks([float(first), float(last)], [first, last])
    left, right = axes.get_xticklabels()
    left.set_horizontalalignment("left")
    right.set_horizontalalignment("right")
    axes.set_xlabel(words("year"), fontsize=SMALL, color=INK)


def legend(figure: Figure, axes: Axes, words: Words, columns: int = 5) -> None:
    """What the parts of a fan are, below the axes."""
    names = {
        "median": words("median"),
        "mean": words("mean"),
        "inner": words("25–75% of runs"),
        "outer": words("5–95% of runs"),
        "run": words("one run"),
    }
    handles, labels = axes.get_legend_handles_labels()
    by_label = dict(zip(labels, handles, strict=True))
    figure.legend(
        [by_label[name] for name in names if name in by_label],
        [text for name, text in names.items() if name in by_label],
        loc="outside lower center",
        ncols=columns,
        frameon=False,
        fontsize=SMALL,
        labelcolor=INK,
        handlelength=1.6,
        columnspacing=1.2,
        handletextpad=0.5,
    )
