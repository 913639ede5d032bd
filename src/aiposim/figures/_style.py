"""What all figures share: colours, sizes, and axes with little ink."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.ticker import Formatter, MaxNLocator

from aiposim.report.words import Words, is_share

# Okabe & Ito 2008, "Color Universal Design": eight colours that the colour-blind can tell apart.
BLACK, ORANGE, SKY, GREEN = "#000000", "#E69F00", "#56B4E9", "#009E73"
YELLOW, BLUE, VERMILION, PURPLE = "#F0E442", "#0072B2", "#D55E00", "#CC79A7"

INK, PALE_INK, RULE = "#222222", "#5a5a5a", "#d9d9d9"
WIDE, HALF = 9.4, 4.6  # inches: the whole width of the report, and half of it
SMALL, NORMAL = 8.5, 9.5  # points


@dataclass(frozen=True)
class Look:
    """How one state is drawn in every figure."""

    colour: str
    marker: str
    text: str  # colour of writing on the state's colour


_LOOKS = (
    Look(VERMILION, "s", "#000000"),
    Look(BLUE, "o", "#ffffff"),
    Look(GREEN, "^", "#000000"),
    Look(PURPLE, "D", "#000000"),
    Look(ORANGE, "v", "#000000"),
    Look(SKY, "P", "#000000"),
    Look(YELLOW, "X", "#000000"),
    Look("#777777", "*", "#ffffff"),
)


@dataclass(frozen=True)
class DesignLook:
    """How one of a few designs is drawn."""

    colour: str
    marker: str
    line: Any


DESIGNS = (
    DesignLook(BLACK, "o", "-"),
    DesignLook(BLUE, "s", "--"),
    DesignLook(VERMILION, "D", "-."),
    DesignLook(GREEN, "^", ":"),
    DesignLook(PURPLE, "v", (0, (6, 1.5))),
    DesignLook(ORANGE, "P", (0, (3, 1, 1, 1, 1, 1))),
)
"""Of a few designs, the first of which is black; more cannot be told apart."""


def looks(codes: Sequence[str]) -> dict[str, Look]:
    """A look for each state, by its place among the codes in alphabetical order."""
    return {code: _LOOKS[place % len(_LOOKS)] for place, code in enumerate(sorted(codes))}


def sheet(width: float, height: float) -> Figure:
    """An empty figure that makes room for what is written on it; inches."""
    return Figure(figsize=(width, height), layout="constrained", facecolor="none")


def dress(axes: Axes, *, grid: Literal["x", "y"] = "y") -> None:
    """Little ink: no frame but the lower line, pale lines across, writing in one size."""
    axes.set_facecolor("none")
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
    axes.spines["bottom"].set_color(PALE_INK)
    axes.tick_params(labelsize=SMALL, colors=INK, length=3, color=RULE, pad=3)
    axes.tick_params(axis="y", length=0)
    axes.grid(True, axis=grid, color=RULE, linewidth=0.6)
    axes.set_axisbelow(True)


def measure_axis(axis: Axis, measure: str, words: Words, *, most_ticks: int = 5) -> None:
    """Ticks of a measure as its numbers are written everywhere: shares in per cent."""
    axis.set_major_locator(MaxNLocator(most_ticks, steps=[1, 2, 2.5, 5, 10]))
    axis.set_major_formatter(_Numbers(words, per_cent=is_share(measure)))


class _Numbers(Formatter):
    """Numbers of one axis, all with the fewest decimals that tell them apart."""

    def __init__(self, words: Words, *, per_cent: bool) -> None:
        self._words = words
        self._factor, self._sign = (100.0, "%") if per_cent else (1.0, "")

    def __call__(self, x: float, pos: int | None = None) -> str:
        return self.format_ticks([x])[0]

    def format_ticks(self, values: Sequence[float]) -> list[str]:
        ticks = [self._factor * value for value in values]
        decimals = next((d for d in range(4) if all(abs(round(tick, d) - tick) < 1e-9 for tick in ticks)), 4)
        return [self._words.number(tick, decimals) + self._sign for tick in ticks]


def titled(axes: Axes, title: str) -> None:
    """A title flush with the left end of the axes."""
    axes.set_title(title, loc="left", fontsize=NORMAL, color=INK, pad=6)


# How a comparison with the first design came out; the words are those of `aiposim.compare`.
VERDICTS: dict[str, dict[str, Any]] = {
    "better": {"marker": "o", "color": BLUE, "markerfacecolor": BLUE},
    "worse": {"marker": "D", "color": VERMILION, "markerfacecolor": VERMILION},
    "higher": {"marker": ">", "color": INK, "markerfacecolor": INK},
    "lower": {"marker": "<", "color": INK, "markerfacecolor": INK},
    "unclear": {"marker": "o", "color": PALE_INK, "markerfacecolor": "white"},
    "unpaired": {"marker": "o", "color": PALE_INK, "markerfacecolor": "white"},
    "same": {"marker": "o", "color": PALE_INK, "markerfacecolor": "white"},
    "baseline": {"marker": "|", "color": INK, "markerfacecolor": INK, "markeredgewidth": 2.5},
}


def verdict_legend(figure: Figure, entries: Sequence[tuple[str, str]]) -> None:
    """Signs of verdicts with the words beside each, above the axes; and the line that is an interval."""
    signs = [Line2D([], [], linestyle="", markersize=6, **VERDICTS[verdict]) for verdict, _ in entries]
    figure.legend(
        signs,
        [label for _, label in entries],
        loc="outside upper left",
        ncols=len(entries),
        frameon=False,
        fontsize=SMALL,
        labelcolor=INK,
        handletextpad=0.3,
        columnspacing=1.4,
    )
