"""The specification's table of outcomes, key by vote, computed again and compared figure by figure.

Source: the specification's reference implementation, 300 seeds of 30 years (`specification_table.csv`). Another
implementation draws other random numbers: a figure agrees if it lies within three joint standard errors plus
half a printed digit.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from aiposim.results import simulate
from aiposim.scenario import load

REFERENCE_RUNS = 300
_TABLE = Path(__file__).with_name("specification_table.csv")


@dataclass(frozen=True)
class Figure:
    """One figure: as printed in the specification, and as computed here with its standard error."""

    key: str
    vote: str
    measure: str
    printed: str
    computed: float
    standard_error: float
    tolerance: float

    @property
    def agrees(self) -> bool:
        return abs(self.computed - float(self.printed)) <= self.tolerance

    @property
    def digits(self) -> int:
        return len(self.printed.partition(".")[2])


def reproduce(*, runs: int = 3000, seed: int = 2015, workers: int = 1) -> list[Figure]:
    """Every figure of the table for the keys of this version."""
    printed = pd.read_csv(_TABLE, dtype=str)
    base = load("reference-design")
    figures = []
    for _, row in printed.iterrows():
        design = base.with_(**{"control.cost_sharing": row["key"], "control.voting.rule": row["vote"]})
        table = simulate(design, runs, seed=seed, workers=workers).runs
        for measure in printed.columns[2:]:
            figures.append(_figure(row, measure, table[measure].dropna()))
    return figures


def _figure(row: pd.Series[str], measure: str, values: pd.Series[float]) -> Figure:
    printed = row[measure]
    digits = len(printed.partition(".")[2])
    spread = float(values.std(ddof=1))
    joint = spread * np.sqrt(1.0 / REFERENCE_RUNS + 1.0 / len(values))
    tolerance = float(3.0 * joint + 0.5 * 10.0**-digits)
    error = spread / np.sqrt(len(values))
    return Figure(row["key"], row["vote"], measure, printed, float(values.mean()), float(error), tolerance)


def as_markdown(figures: list[Figure], runs: int, seed: int) -> str:
    """The table for the documentation: computed, and the printed figure where the two do not agree."""
    measures = list(dict.fromkeys(figure.measure for figure in figures))
    outside = [figure for figure in figures if not figure.agrees]
    lines = [
        "# The specification's table, reproduced",
        "",
        f"Written by `aiposim specification --runs {runs} --seed {seed}`. Each cell is the mean of {runs} runs of",
        f"30 years; the specification's own figures are means of {REFERENCE_RUNS} runs with other random numbers.",
        "A figure agrees if it lies within three joint standard errors plus half a printed digit.",
        "",
        f"**{len(figures) - len(outside)} of {len(figures)} figures agree.** Others are in bold, with the printed",
        "figure behind.",
        "",
        "| key | vote | " + " | ".join(measures) + " |",
        "|---|---|" + "---|" * len(measures),
    ]
    for start in range(0, len(figures), len(measures)):
        row = figures[start : start + len(measures)]
        cells = [
            f"{f.computed:.{f.digits}f}" if f.agrees else f"**{f.computed:.{f.digits}f}** ({f.printed})" for f in row
        ]
        lines.append(f"| {row[0].key} | {row[0].vote} | " + " | ".join(cells) + " |")
    return "\n".join(lines) + "\n"
