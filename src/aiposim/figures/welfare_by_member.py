"""Who gains and who loses by a design: a panel a member, the difference of its welfare from the first design."""

from __future__ import annotations

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
from aiposim.report.words import Words, folded


def welfare_by_member(table: DataFrame, words: Words) -> Figure:
    """A row a design and member: design, member, difference, low, high (M US$, discounted), verdict.

    The designs stand in the order of the table; the first is the baseline. A member that has no pair with the
    first design has an empty row.
    """
    designs = list(dict.fromkeys(table["design"]))
    members = list(dict.fromkeys(table["member"]))
    figure = sheet(WIDE, 1.5 + 0.34 * len(designs))
    panels = figure.subplots(1, len(members), sharex=True, sharey=True, squeeze=False)
    for axes, member in zip(panels.flat, members, strict=True):
        _panel(axes, table[table["member"] == member], designs, words)
        titled(axes, words.state(member))
    panels[0][0].set_yticks(range(len(designs)), designs)
    panels[0][0].set_ylim(len(designs) - 0.4, -0.7)
    panels[0][0].margins(x=0.12)
    measure_axis(panels[0][0].xaxis, "welfare", words, most_ticks=5)
    label = words("difference of welfare from {design} ({unit})")
    figure.supxlabel(label.format(design=designs[0], unit=words.unit("welfare")), fontsize=SMALL, color=INK)
    verdict_legend(
        figure,
        [
            ("baseline", words("first design")),
            ("better", words("gains")),
            ("worse", words("loses")),
            ("unclear", words("no clear difference")),
        ],
    )
    return figure


def _panel(axes: Axes, table: DataFrame, designs: list[str], words: Words) -> None:
    axes.axvline(0.0, color=PALE_INK, linewidth=1, linestyle=(0, (3, 2)))
    for line in table.to_dict("records"):
        if line["difference"] != line["difference"]:
            continue
        row, look = designs.index(line["design"]), VERDICTS[line["verdict"]]
        axes.hlines(row, line["low"], line["high"], color=str(look["color"]), linewidth=1.6)
        axes.plot(line["difference"], row, linestyle="", markersize=6, **look)
        if line["verdict"] != "baseline":
            axes.annotate(
                words.difference(line["difference"], "welfare"), (line["difference"], row), xytext=(0, 4.5),
                textcoords="offset points", ha="center", va="bottom", fontsize=SMALL - 1, color=INK,
                bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.5, "alpha": 0.85},
            )  # fmt: skip
    if table["difference"].isna().all():
        axes.text(
            0.5, 0.5, folded(words("no member in the first design"), 18), transform=axes.transAxes, ha="center",
            va="center", fontsize=SMALL, color=PALE_INK,
        )  # fmt: skip
    dress(axes, grid="x")
