"""What each design is good at: a row an outcome, a dot a design, from the worst mean to the best."""

from __future__ import annotations

from collections.abc import Sequence

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from pandas import DataFrame

from aiposim.figures._style import DESIGNS, INK, PALE_INK, RULE, SMALL, WIDE, DesignLook, dress, sheet
from aiposim.report.words import Words, capital, folded, is_share

MOST_NAMED = len(DESIGNS)
_APART = 0.09  # between signs of designs, in rows
_OTHER = DesignLook("#b5b5b5", ".", "-")


def outcomes_at_a_glance(table: DataFrame, named: Sequence[str], words: Words) -> Figure:
    """A row an outcome and design, in the order drawn: outcome, better, design, mean, place (0 worst, 1 best), clear.

    named   the designs that have a colour, at most six; the others are grey
    """
    outcomes = list(dict.fromkeys(table["outcome"]))
    figure = sheet(WIDE, 1.5 + 0.23 * len(outcomes))
    axes = figure.subplots()
    designs = list(dict.fromkeys(table["design"]))
    known = {design: look for design, look in zip(named, DESIGNS, strict=False) if design in designs}
    rows = {outcome: row for row, outcome in enumerate(outcomes)}
    axes.hlines(range(len(outcomes)), 0, 1, color=RULE, linewidth=0.8, zorder=0)
    for design in designs:
        if design not in known:
            _dots(axes, table[table["design"] == design], rows, _OTHER, 0.0)
    for place, (design, look) in enumerate(known.items()):
        _dots(axes, table[table["design"] == design], rows, look, _APART * (place - (len(known) - 1) / 2))
    dress(axes, grid="x")
    axes.set_xlim(-0.04, 1.04)
    axes.set_ylim(len(outcomes) - 0.4, -0.6)
    axes.set_yticks(range(len(outcomes)), [folded(capital(words.measure(each)), 60) for each in outcomes])
    axes.set_xticks([0, 0.5, 1], [words("worst mean"), words("half-way"), words("best mean")])
    _ends(axes, table, outcomes, words)
    others = len(known) < len(designs)
    figure.legend(
        [_sign(look) for look in known.values()] + ([_sign(_OTHER)] if others else []),
        [folded(design, 40) for design in known] + ([words("other designs")] if others else []),
        loc="outside upper left", ncols=2, frameon=False, fontsize=SMALL, labelcolor=INK,
    )  # fmt: skip
    return figure


def _dots(axes: Axes, own: DataFrame, rows: dict[str, int], look: DesignLook, shift: float) -> None:
    """Filled where designs clearly differ, hollow where they may not; `shift` sets them apart, in rows."""
    for clear, part in own.groupby("clear"):
        axes.plot(
            part["place"], part["outcome"].map(rows) + shift, linestyle="", marker=look.marker, markersize=6,
            color=look.colour, markerfacecolor=look.colour if clear else "white", label=own["design"].iloc[0],
            alpha=0.85,
        )  # fmt: skip


def _ends(axes: Axes, table: DataFrame, outcomes: list[str], words: Words) -> None:
    """The worst and the best mean of each outcome, as numbers, at the right."""
    beside = axes.secondary_yaxis("right")
    written = []
    for outcome in outcomes:
        own = table[table["outcome"] == outcome].sort_values("place", kind="stable")
        worst, best = own["mean"].iloc[0], own["mean"].iloc[-1]
        written.append(_apart(worst, best, outcome, words))
    beside.set_yticks(range(len(outcomes)), written)
    beside.tick_params(labelsize=SMALL, colors=PALE_INK, length=0)
    beside.spines["right"].set_visible(False)


def _apart(worst: float, best: float, outcome: str, words: Words) -> str:
    """Both means, with as many decimals as it takes to tell them apart."""
    written = words.band([worst, best], outcome)
    if words.value(worst, outcome) != words.value(best, outcome):
        return written
    factor, sign = (100.0, "%") if is_share(outcome) else (1.0, "")
    decimals = next((d for d in range(2, 9) if round(factor * worst, d) != round(factor * best, d)), 9)
    low, high = (words.number(factor * value, decimals) + sign for value in (worst, best))
    return words("{low} to {high}").format(low=low, high=high)


def _sign(look: DesignLook) -> Line2D:
    return Line2D([], [], linestyle="", marker=look.marker, markersize=6, color=look.colour)
