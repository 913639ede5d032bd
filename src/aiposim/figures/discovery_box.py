"""A box of failures on the two assumptions that limit it most, with every case."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from pandas import DataFrame

from aiposim.figures._style import INK, PALE_INK, SMALL, VERMILION, dress, sheet
from aiposim.report.words import Words, capital, folded


@dataclass(frozen=True)
class Side:
    """An axis: column of the table, words, range of the axis, and the box on it."""

    key: str
    label: str
    ends: tuple[float, float]
    box: tuple[float, float]


def discovery_box(cases: DataFrame, sides: Sequence[Side], words: Words) -> Figure:
    """A row a case: its assumptions by key, and whether it is a `hit`. One side or two; with one, cases are spread."""
    figure = sheet(7.0, 5.2 if len(sides) > 1 else 3.0)
    axes = figure.subplots()
    across = sides[0]
    upright = sides[1] if len(sides) > 1 else Side("", "", (0.0, 1.0), (0.0, 1.0))
    for hit, marker, look in (
        (False, "o", {"facecolors": "none", "edgecolors": "#8f8f8f", "linewidths": 0.7}),
        (True, "s", {"facecolors": VERMILION, "edgecolors": "none"}),
    ):
        some = cases[cases["hit"] == hit]
        # With one side the other direction means nothing: cases lie there in their own order.
        heights = some[upright.key] if upright.key else (some.index + 0.5) / len(cases)
        label = words("case that fails") if hit else words("other case")
        axes.scatter(some[across.key], heights, s=14, marker=marker, label=label, **look)
    (left, right), (low, high) = across.box, upright.box
    box = Rectangle((left, low), right - left, high - low, fill=False, edgecolor=INK, linewidth=1.8, label=words("box"))
    axes.add_patch(box)
    dress(axes, grid="x")
    axes.set_xlim(*_with_room(across.ends))
    axes.set_ylim(*_with_room(upright.ends))
    axes.set_xlabel(folded(capital(across.label), 80), fontsize=SMALL, color=INK)
    if upright.key:
        axes.set_ylabel(folded(capital(upright.label), 55), fontsize=SMALL, color=INK)
        axes.grid(True, axis="y", color="#d9d9d9", linewidth=0.6)
    else:
        axes.set_yticks([])
    axes.spines["bottom"].set_color(PALE_INK)
    figure.legend(loc="outside upper left", ncols=3, frameon=False, fontsize=SMALL, labelcolor=INK)
    return figure


def _with_room(ends: tuple[float, float]) -> tuple[float, float]:
    room = 0.03 * (ends[1] - ends[0])
    return ends[0] - room, ends[1] + room
