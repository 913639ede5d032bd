"""How much each member regrets each design: a table in shades, the darkest the largest regret."""

from __future__ import annotations

import numpy as np
from matplotlib import colormaps
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from pandas import DataFrame

from aiposim.figures._style import INK, SMALL, WIDE, sheet
from aiposim.report.words import Words


def regret_table(table: DataFrame, codes: list[str], words: Words) -> Figure:
    """A row a design, in the order drawn: design, `regret.XXX` of each member and largest, M US$."""
    columns = [*(f"regret.{code}" for code in codes), "largest"]
    headings = [*(words.state(code) for code in codes), words("largest")]
    values = table[columns].to_numpy()
    figure = sheet(WIDE, 0.9 + 0.27 * len(table))
    axes = figure.subplots()
    colours = colormaps["Blues"]
    top = float(np.nanmax(values)) or 1.0
    for (row, column), value in np.ndenumerate(values):
        shade = "white" if value / top > 0.7 else INK
        axes.add_patch(Rectangle((column - 0.5, row - 0.5), 1, 1, facecolor=colours(0.85 * value / top)))
        axes.text(
            column, row, words.value(float(value), "welfare"), ha="center", va="center", fontsize=SMALL, color=shade,
        )  # fmt: skip
    axes.set_xlim(-0.5, len(columns) - 0.5)
    axes.set_ylim(len(table) - 0.5, -0.5)
    axes.axvline(len(codes) - 0.5, color="white", linewidth=3)
    axes.set_xticks(range(len(columns)), headings, fontsize=SMALL, color=INK)
    axes.set_yticks(range(len(table)), table["design"], fontsize=SMALL, color=INK)
    axes.xaxis.tick_top()
    axes.tick_params(length=0)
    for spine in axes.spines.values():
        spine.set_visible(False)
    return figure
