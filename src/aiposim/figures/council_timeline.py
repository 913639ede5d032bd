"""One run of the institute as its minutes would tell it: who directed, what was decided, who stayed away."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from pandas import DataFrame, Series

from aiposim.figures._style import (
    BLACK,
    BLUE,
    INK,
    NORMAL,
    ORANGE,
    PALE_INK,
    RULE,
    SMALL,
    VERMILION,
    WIDE,
    Look,
    dress,
    looks,
    measure_axis,
    sheet,
)
from aiposim.figures.fan_chart import year_axis, years
from aiposim.report.lines import columns
from aiposim.report.words import Words, capital

HALF_YEAR = 0.5
_ADOPTED: dict[str, Any] = {"marker": "o", "color": BLUE, "markersize": 6}
_REJECTED: dict[str, Any] = {"marker": "x", "color": VERMILION, "markersize": 6, "markeredgewidth": 1.8}
_INCIDENT: dict[str, Any] = {"marker": "o", "color": PALE_INK, "markersize": 4}
_MAJOR: dict[str, Any] = {"marker": "D", "color": VERMILION, "markersize": 6}
_ABSENT: dict[str, Any] = {"marker": "|", "color": BLACK, "markersize": 9, "markeredgewidth": 1.8}
_EXIT: dict[str, Any] = {"marker": "X", "color": BLACK, "markersize": 9}
_MEMBER, _NOTICE, _SUSPENDED = "#e4e4e4", ORANGE, BLACK
_FROZEN = "#9ecae1"


def council_timeline(events: DataFrame, codes: Sequence[str], words: Words) -> Figure:
    """One run, a row a period, as `aiposim.trace` gives it; `codes` are the founders.

    From the top: the budget; who directed; how budget and programme of work fared; crises; incidents and frozen
    relations between founders; then a line for each founder.
    """
    figure = sheet(WIDE, 4.9 + 0.3 * len(codes))
    above, lanes = figure.subplots(2, 1, sharex=True, height_ratios=[1.25, 6 + len(codes)])
    _budget(above, events, words)
    x = years(events["label"])
    states = sorted(codes, key=words.rank)
    _director(lanes, 0, events, x, looks(states), words)
    _decisions(lanes, 1, x, events["budget_outcome"])
    _decisions(lanes, 2, x, events["programme_outcome"])
    _crises(lanes, 3, x, events)
    _incidents(lanes, 4, x, events)
    _freezes(lanes, 5, x, events["frozen_dyads"])
    for lane, code in enumerate(states, start=6):
        _membership(lanes, lane, x, events, code)
    names = [
        words("Director"), words("budget"), words("programme of work"), words("crises"), words("incidents"),
        words("frozen relations"), *(words.state(code) for code in states),
    ]  # fmt: skip
    _lanes(lanes, [capital(name) for name in names], words)
    lanes.set_xlim(x.iloc[0] - HALF_YEAR, x.iloc[-1] + 2 * HALF_YEAR)
    _legend(figure, words)
    return figure


def _budget(axes: Axes, events: DataFrame, words: Words) -> None:
    x = years(events["label"])
    ends = [*x, x.iloc[-1] + HALF_YEAR]
    axes.stairs(events["budget"], ends, baseline=None, color=INK, linewidth=1.5)
    dress(axes)
    axes.set_ylim(0, 1.12 * events["budget"].max())
    measure_axis(axes.yaxis, "budget", words, most_ticks=3)
    axes.tick_params(axis="x", length=0)
    axes.set_title(capital(words.measure_and_unit("budget")), loc="left", fontsize=SMALL, color=INK, pad=3)


def _director(
    axes: Axes, lane: int, events: DataFrame, x: Series[float], by_code: dict[str, Look], words: Words
) -> None:
    for first, last in _spans(events["director"]):
        code, start = events["director"].iloc[first], x.iloc[first]
        width = x.iloc[last] + HALF_YEAR - start
        look = by_code[code]
        axes.broken_barh([(start, width)], (lane - 0.36, 0.72), color=look.colour, edgecolor="white", linewidth=1)
        name = words.state(code) if width >= 0.22 * columns(words.state(code)) else code
        if width >= 1.5:
            axes.text(start + width / 2, lane, name, ha="center", va="center", fontsize=SMALL, color=look.text)
    acting = x[events["acting"]]
    axes.broken_barh(
        [(start, HALF_YEAR) for start in acting], (lane - 0.36, 0.72), facecolor="none", hatch="////",
        edgecolor="white", linewidth=0,
    )  # fmt: skip


def _decisions(axes: Axes, lane: int, x: Series[float], outcomes: Series[str]) -> None:
    middle = x + HALF_YEAR / 2
    for outcome, look in (("adopted", _ADOPTED), ("rejected", _REJECTED)):
        at = middle[outcomes == outcome]
        axes.plot(at, [lane] * len(at), linestyle="", **look)


def _crises(axes: Axes, lane: int, x: Series[float], events: DataFrame) -> None:
    for start, answered, lost in zip(x, events["answered"], events["lost"], strict=True):
        signs = [_ADOPTED] * int(answered) + [_REJECTED] * int(lost)
        for place, look in enumerate(signs):
            axes.plot(
                start + HALF_YEAR / 2,
                lane + _stacked(place, len(signs)),
                linestyle="",
                **{**look, "markersize": 4.2},
            )


def _incidents(axes: Axes, lane: int, x: Series[float], events: DataFrame) -> None:
    for start, incidents, major in zip(x, events["incidents"], events["major"], strict=True):
        signs = [_MAJOR] * int(major) + [_INCIDENT] * int(max(0, incidents - major))
        for place, look in enumerate(signs):
            size = min(look["markersize"], 4.2)
            axes.plot(
                start + HALF_YEAR / 2,
                lane + _stacked(place, len(signs)),
                linestyle="",
                **{**look, "markersize": size},
            )


def _stacked(place: int, signs: int) -> float:
    """Height of one of several signs of a period, all within their lane."""
    apart = min(0.2, 0.8 / max(1, signs - 1))
    return (place - (signs - 1) / 2) * apart


def _freezes(axes: Axes, lane: int, x: Series[float], frozen: Series[int]) -> None:
    most = max(1, int(frozen.max()))
    for first, last in _spans(frozen):
        height = 0.72 * frozen.iloc[first] / most
        stretch = (x.iloc[first], x.iloc[last] + HALF_YEAR - x.iloc[first])
        axes.broken_barh([stretch], (lane + 0.36 - height, height), color=_FROZEN, linewidth=0)


def _membership(axes: Axes, lane: int, x: Series[float], events: DataFrame, code: str) -> None:
    def named(column: str) -> Series[bool]:
        return events[column].str.split().map(lambda codes: code in codes)

    def stretches(column: str) -> list[tuple[float, float]]:
        flags = named(column)
        return [
            (x.iloc[first], x.iloc[last] + HALF_YEAR - x.iloc[first])
            for first, last in _spans(flags)
            if flags.iloc[first]
        ]

    left = x[named("exits")]
    end = (left.iloc[0] if len(left) else x.iloc[-1]) + HALF_YEAR
    axes.broken_barh([(x.iloc[0], end - x.iloc[0])], (lane - 0.24, 0.48), color=_MEMBER, linewidth=0)
    axes.broken_barh(stretches("notices"), (lane - 0.24, 0.48), color=_NOTICE, linewidth=0)
    axes.broken_barh(stretches("suspended"), (lane + 0.1, 0.14), color=_SUSPENDED, linewidth=0)
    absent = x[named("absent")] + HALF_YEAR / 2
    axes.plot(absent, [lane] * len(absent), linestyle="", **_ABSENT)
    if len(left):
        axes.plot(end, lane, linestyle="", **_EXIT)


def _lanes(axes: Axes, names: Sequence[str], words: Words) -> None:
    dress(axes, grid="x")
    axes.set_ylim(len(names) - 0.5, -0.5)
    axes.set_yticks(range(len(names)), names, fontsize=NORMAL)
    axes.axhline(5.5, color=RULE, linewidth=0.8)
    year_axis(axes, words)


def _legend(figure: Figure, words: Words) -> None:
    def sign(look: dict[str, Any]) -> Line2D:
        return Line2D([], [], linestyle="", **look)

    entries = [
        (sign(_ADOPTED), words("adopted; crisis answered")),
        (sign(_REJECTED), words("rejected; crisis lost")),
        (sign(_INCIDENT), words("incident")),
        (sign({**_MAJOR, "markersize": 5}), words("major incident")),
        (Patch(color=_FROZEN), words("relations frozen")),
        (Patch(color=_MEMBER), words("member")),
        (sign(_ABSENT), words("stays away from the Council")),
        (Patch(color=_SUSPENDED), words("vote suspended")),
        (Patch(color=_NOTICE), words("notice of withdrawal")),
        (sign(_EXIT), words("leaves")),
    ]
    figure.legend(
        [handle for handle, _ in entries],
        [label for _, label in entries],
        loc="outside lower center",
        ncols=5,
        frameon=False,
        fontsize=SMALL,
        labelcolor=INK,
        handlelength=1.4,
        columnspacing=1.4,
    )


def _spans(values: Series[Any]) -> list[tuple[int, int]]:
    """First and last row of each stretch of equal values."""
    changes = [place for place in range(1, len(values)) if values.iloc[place] != values.iloc[place - 1]]
    firsts = [0, *changes]
    return list(zip(firsts, [change - 1 for change in [*changes, len(values)]], strict=True))
