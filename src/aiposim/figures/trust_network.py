"""Who trusts whom, in a few years of one run: the members on a circle, a line a pair, wide where trust is high."""

from __future__ import annotations

from math import cos, pi, sin

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from pandas import DataFrame

from aiposim.figures._style import INK, PALE_INK, RULE, SMALL, WIDE, looks, sheet, titled
from aiposim.report.words import Words, folded

_LINE, _FROZEN = "#4a6b82", (0, (1.6, 1.2))
_WIDEST = 14.0  # points, of full trust
_SHOWN = (0.2, 0.5, 0.8)


def trust_network(table: DataFrame, words: Words) -> Figure:
    """A row a year and pair: year, one, other, trust (0 to 1, of both directions; nan once one has left), frozen."""
    years, codes = list(dict.fromkeys(table["year"])), sorted({*table["one"], *table["other"]})
    figure = sheet(WIDE, 3.2)
    panels = figure.subplots(1, len(years), squeeze=False)
    for axes, year in zip(panels.flat, years, strict=True):
        _network(axes, table[table["year"] == year], codes, words)
        titled(axes, str(year))
    figure.legend(
        [_line(trust) for trust in _SHOWN] + [_line(0.5, frozen=True)],
        [words("trust {value}").format(value=words.value(trust, "trust")) for trust in _SHOWN] + [words("frozen")],
        loc="outside lower left", ncols=4, frameon=False, fontsize=SMALL, labelcolor=INK, handlelength=2.6,
        columnspacing=2.4,
    )  # fmt: skip
    return figure


def _line(trust: float, *, frozen: bool = False) -> Line2D:
    return Line2D(
        [], [], color=_LINE, linewidth=_WIDEST * trust, linestyle=_FROZEN if frozen else "-", solid_capstyle="butt"
    )


def _network(axes: Axes, pairs: DataFrame, codes: list[str], words: Words) -> None:
    # An odd number has one on top, an even one a side, so that names stand above and below and not on lines.
    first = pi / 2 + (pi / len(codes) if len(codes) % 2 == 0 else 0.0)
    angles = [first - 2 * pi * place / len(codes) for place in range(len(codes))]
    places = {code: (cos(angle), sin(angle)) for code, angle in zip(codes, angles, strict=True)}
    inside = {code for row in pairs.dropna(subset="trust").to_dict("records") for code in (row["one"], row["other"])}
    for row in pairs.dropna(subset="trust").to_dict("records"):
        (x, y), (u, v) = places[row["one"]], places[row["other"]]
        line = _FROZEN if row["frozen"] else "-"
        axes.plot(
            [x, u], [y, v], color=_LINE, linewidth=_WIDEST * row["trust"], linestyle=line, alpha=0.75,
            solid_capstyle="butt", dash_capstyle="butt", label=f"{row['one']}-{row['other']}",
        )  # fmt: skip
        apart = abs(codes.index(row["one"]) - codes.index(row["other"]))
        part = 0.5 if apart in (1, len(codes) - 1) else 0.34  # lines through the middle cross there
        axes.annotate(
            words.value(row["trust"], "trust"), (x + part * (u - x), y + part * (v - y)), ha="center", va="center",
            fontsize=SMALL - 0.5, color=INK, bbox={"facecolor": "white", "edgecolor": "none", "pad": 1.2},
        )  # fmt: skip
    for code, look in looks(codes).items():
        x, y = places[code]
        there = code in inside
        axes.plot(
            x, y, look.marker, color=look.colour if there else RULE, markerfacecolor=look.colour if there else "white",
            markersize=13,
        )  # fmt: skip
        name = words.state(code)
        axes.annotate(
            folded(name if there else words("{state} (left)").format(state=name), 14), (x, y),
            xytext=(0, 10 if y > 0.1 else -10), textcoords="offset points", ha="center",
            va="bottom" if y > 0.1 else "top", fontsize=SMALL, color=INK if there else PALE_INK,
        )  # fmt: skip
    heights = [y for _, y in places.values()]
    axes.set_xlim(-1.35, 1.35)
    axes.set_ylim(min(heights) - 0.7, max(heights) + 0.45)
    axes.set_aspect("equal")
    axes.set_xticks([])
    axes.set_yticks([])
    axes.set_frame_on(False)
