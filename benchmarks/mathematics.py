"""The mathematics beside the simulation: power in a council of twenty-eight."""

from __future__ import annotations

from aiposim import power
from benchmarks.measuring import Spread, repeated
from benchmarks.section import Section, Size

NICE = [29] * 4 + [27] * 2 + [14, 13] + [12] * 5 + [10] * 3 + [7] * 6 + [4] * 5 + [3]
QUOTA = 260
"""Votes of the Council of the European Union of 28 under the Treaty of Nice: 260 of 352 carry a motion."""


def power_indices(size: Size) -> Section:
    taken = repeated(
        lambda: (power.weighted_shapley_shubik(NICE, QUOTA), power.weighted_banzhaf(NICE, QUOTA)), size.repeats
    )
    section = Section(
        "Power indices",
        "Shapley-Shubik and Banzhaf indices of the 28 members of the Council of the European Union under the votes of "
        "the Treaty of Nice (260 of 352).",
        ("work", "ms"),
    )
    section.rows.append(("both indices of 28 members", Spread.of(1e3 * each for each in taken).told(2)))
    return section
