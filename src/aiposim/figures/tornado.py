"""What the assumptions do to one outcome: a bar an assumption, to the right where more of it raises the outcome."""

from __future__ import annotations

from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Patch
from pandas import DataFrame

from aiposim.figures._style import BLUE, INK, PALE_INK, SMALL, VERMILION, WIDE, dress, measure_axis, sheet
from aiposim.report.words import Words, capital, folded, is_share

MOST_BARS = 12
_ONE_WAY = 0.5  # part of its mean size that an effect keeps with its sign, or else it goes both ways
_BOTH = "#b5b5b5"


def tornado(table: DataFrame, outcome: str, words: Words) -> Figure:
    """A row an assumption, of which the largest are drawn: label, mean_effect (over its whole range, without sign),
    low, high (its interval), effect (with sign), in the unit of the outcome.
    """
    rows = table.sort_values("mean_effect", ascending=False, kind="stable").head(MOST_BARS).to_dict("records")
    figure = sheet(WIDE, 1.15 + 0.33 * len(rows))
    axes = figure.subplots()
    for place, row in enumerate(rows):
        _bar(axes, place, row)
    axes.axvline(0.0, color=INK, linewidth=0.9)
    axes.set_yticks(range(len(rows)), [folded(capital(str(row["label"])), 52) for row in rows])
    axes.set_ylim(len(rows) - 0.4, -0.6)
    dress(axes, grid="x")
    axes.margins(x=0.06)
    effect = words("Effect over the whole range of the assumption on: {outcome} ({unit})")
    unit = words("percentage points") if is_share(outcome) else words.unit(outcome)
    axes.set_xlabel(folded(effect.format(outcome=words.measure(outcome), unit=unit), 90), fontsize=SMALL, color=INK)
    measure_axis(axes.xaxis, outcome, words)
    figure.legend(
        [Patch(facecolor=BLUE), Patch(facecolor=VERMILION, hatch="////", edgecolor="white"), Patch(facecolor=_BOTH)],
        [words("more of it raises the outcome"), words("more of it lowers the outcome"), words("both, as the rest is")],
        loc="outside upper left",
        ncols=3,
        frameon=False,
        fontsize=SMALL,
        labelcolor=INK,
    )
    return figure


def _bar(axes: Axes, place: int, row: dict[Any, Any]) -> None:
    size, effect = row["mean_effect"], row["effect"]
    ends = [row["low"], row["high"]]
    if abs(effect) < _ONE_WAY * size:
        axes.barh(place, 2 * size, left=-size, height=0.62, color=_BOTH)
        axes.hlines(place, ends[0], ends[1], color=PALE_INK, linewidth=1.2)
        return
    sign = 1.0 if effect > 0 else -1.0
    look: dict[str, Any] = (
        {"color": BLUE} if sign > 0 else {"facecolor": VERMILION, "hatch": "////", "edgecolor": "white"}
    )
    axes.barh(place, sign * size, height=0.62, linewidth=0, **look)
    axes.hlines(place, sign * ends[0], sign * ends[1], color=INK, linewidth=1.2)
