"""The specification's table of outcomes, key by vote, computed again and compared figure by figure.

Source: the specification's reference implementation, 300 seeds of 30 years (`specification_table.csv`). Another
implementation draws other random numbers: a figure agrees if it lies within three joint standard errors plus
half a printed digit. Why a figure does not, where that is known, stands in `specification_causes.csv`.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from aiposim.results import simulate
from aiposim.scenario import load

REFERENCE_RUNS = 300
LARGEST_PART_OUTSIDE = 0.02
NOT_EXPLAINED = "not explained"
_TABLE = Path(__file__).with_name("specification_table.csv")
_CAUSES = Path(__file__).with_name("specification_causes.csv")


@dataclass(frozen=True)
class Figure:
    """One figure: as printed in the specification, and as computed here with its standard error.

    `joint_error` is the standard error of the difference of the two means, `tolerance` three of them plus half
    a printed digit.
    """

    key: str
    vote: str
    measure: str
    printed: str
    computed: float
    standard_error: float
    joint_error: float
    tolerance: float

    @property
    def agrees(self) -> bool:
        return abs(self.computed - float(self.printed)) <= self.tolerance

    @property
    def distance(self) -> float:
        """Computed less printed, in joint standard errors; rounding is not taken off."""
        gap = self.computed - float(self.printed)
        return gap / self.joint_error if self.joint_error > 0.0 else math.copysign(math.inf, gap) if gap else 0.0

    @property
    def digits(self) -> int:
        return len(self.printed.partition(".")[2])


def reproduce(*, runs: int = 3000, seed: int = 2015, workers: int = 1) -> list[Figure]:
    """Every figure of the table."""
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
    joint = float(spread * np.sqrt(1.0 / REFERENCE_RUNS + 1.0 / len(values)))
    tolerance = 3.0 * joint + 0.5 * 10.0**-digits
    error = float(spread / np.sqrt(len(values)))
    return Figure(row["key"], row["vote"], measure, printed, float(values.mean()), error, joint, tolerance)


def causes() -> dict[tuple[str, str, str], str]:
    """Why a figure lies outside, where that is known, by key, vote and measure; `*` stands for every one."""
    table = pd.read_csv(_CAUSES, dtype=str)
    return {(row["key"], row["vote"], row["measure"]): row["cause"] for _, row in table.iterrows()}


def cause_of(figure: Figure) -> str:
    """The cause written down for the figure, or that there is none."""
    known = causes()
    for address in (
        (figure.key, figure.vote, figure.measure),
        (figure.key, "*", figure.measure),
        ("*", "*", figure.measure),
    ):
        if address in known:
            return known[address]
    return NOT_EXPLAINED


def as_markdown(figures: list[Figure], runs: int, seed: int) -> str:
    """The page of the documentation: every figure beside the printed one, and what lies outside with its cause."""
    measures = list(dict.fromkeys(figure.measure for figure in figures))
    outside = [figure for figure in figures if not figure.agrees]
    lines = [
        "# The specification's table, reproduced",
        "",
        f"Written by `aiposim specification --runs {runs} --seed {seed} --overwrite --out docs/specification-table.md`."
        " The",
        "specification gives the outcomes of its reference implementation, means of "
        f"{REFERENCE_RUNS} runs of 30 years, for every key",
        "under several votes.",
        f"Ours are means of {runs} runs with other random numbers. A figure agrees if it lies within three joint",
        "standard errors (of the difference of the two means) plus half a printed digit.",
        "",
        f"**{len(figures) - len(outside)} of {len(figures)} figures agree**; {len(outside)} "
        f"({100.0 * len(outside) / len(figures):.1f} %) lie outside, of which at most "
        f"{100.0 * LARGEST_PART_OUTSIDE:.0f} % may.",
        "",
        "## Figures outside, and why",
        "",
        *_outliers(outside),
        "",
        "## Every figure",
        "",
        "Each cell: ours / printed / difference in joint standard errors. Bold: outside. Printed figures are rounded,",
        "so where the standard error is small a difference of several of them can lie within half a digit. The",
        "reference met the same worlds in every row, and so do we: the rows of a column deviate together, not each by",
        "itself.",
        "",
        "| key | vote | " + " | ".join(measures) + " |",
        "|---|---|" + "---|" * len(measures),
    ]
    for start in range(0, len(figures), len(measures)):
        row = figures[start : start + len(measures)]
        lines.append(f"| {row[0].key} | {row[0].vote} | " + " | ".join(_cell(figure) for figure in row) + " |")
    return "\n".join(lines) + "\n"


def _outliers(outside: list[Figure]) -> list[str]:
    if not outside:
        return ["None."]
    lines = [
        "| key | vote | measure | printed | ours | difference in joint standard errors | cause |",
        "|---|---|---|---|---|---|---|",
    ]
    return lines + [
        f"| {f.key} | {f.vote} | {f.measure} | {f.printed} | {f.computed:.{f.digits + 1}f} | {_signed(f.distance)} "
        f"| {cause_of(f)} |"
        for f in outside
    ]


def _cell(figure: Figure) -> str:
    text = f"{figure.computed:.{figure.digits}f} / {figure.printed} / {_signed(figure.distance)}"
    return text if figure.agrees else f"**{text}**"


def _signed(number: float) -> str:
    return f"{number:+.1f}".replace("-", "−")
