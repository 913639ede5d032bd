"""What keeps each member in, year by year: the surplus of membership, a panel a member, a line a design."""

from __future__ import annotations

from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator, PercentFormatter
from pandas import DataFrame

from aiposim.figures._style import BLACK, BLUE, GREEN, INK, PALE_INK, SMALL, VERMILION, WIDE, dress, sheet, titled
from aiposim.report.lines import columns
from aiposim.report.words import Words

_LINES = ((BLACK, "-"), (BLUE, "-"), (VERMILION, "--"), (GREEN, "-."))
MOST_DRAWN = len(_LINES)
_ROW, _SIGN = 120, 9
"""How many letters fit beside each other above the panels, and how many the sign of an entry takes."""


def margin_by_year(table: DataFrame, words: Words) -> Figure:
    """A row a design, member and year: design, member, year, surplus (of the valuation), at most four designs."""
    designs, members = list(dict.fromkeys(table["design"])), words.in_order(sorted(set(table["member"])))
    in_a_row = sum(columns(design) + _SIGN for design in designs) <= _ROW
    figure = sheet(WIDE, 3.0 + 0.2 * (1 if in_a_row else len(designs)))
    panels = figure.subplots(1, len(members), sharex=True, sharey=True, squeeze=False)
    for axes, member in zip(panels.flat, members, strict=True):
        axes.axhline(0.0, color=PALE_INK, linewidth=1, linestyle=(0, (3, 2)))
        for (colour, line), design in zip(_LINES, designs, strict=False):
            own = table[(table["member"] == member) & (table["design"] == design)]
            axes.plot(own["year"], own["surplus"], line, color=colour, linewidth=1.6, label=design)
        dress(axes)
        titled(axes, words.state(member))
        axes.xaxis.set_major_locator(MaxNLocator(4, integer=True))
        axes.yaxis.set_major_formatter(PercentFormatter(1.0, decimals=0))
    panels[0][0].set_ylabel(words("surplus, part of the valuation"), fontsize=SMALL, color=INK)
    handles, labels = panels[0][0].get_legend_handles_labels()
    figure.legend(
        handles, labels, loc="outside upper left", ncols=len(labels) if in_a_row else 1, frameon=False, fontsize=SMALL,
        labelcolor=INK,
    )  # fmt: skip
    return figure
