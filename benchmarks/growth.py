"""How the cost grows with runs, periods and members."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from aiposim.results import simulate
from aiposim.scenario import Scenario
from benchmarks import designs
from benchmarks.engine import a_block
from benchmarks.invented_states import institute_of
from benchmarks.measuring import Spread, in_turn
from benchmarks.section import SEED, Section, Size


def cost_growth(size: Size) -> Section:
    section = Section(
        "How the cost grows",
        f"On one core, called in turn: runs by `aiposim.simulate`, periods and members by blocks of {size.runs:,} "
        "runs. Members beyond the four shipped ones are invented: Mongolia's figures under other names. The exponent "
        "is that of a power law fitted to the medians: with 1, twice as much takes twice as long.",
        ("what grows", "to", "ms", "ns for each run and period"),
    )
    base = designs.base()
    usual = base.world.horizon
    longer = [base.with_(**{"world.horizon": n}) for n in size.growth_periods]
    with tempfile.TemporaryDirectory() as folder:
        larger = [institute_of(n, Path(folder)) for n in size.growth_members]
    grown: tuple[tuple[str, Sequence[int], list[Callable[[], object]], list[int]], ...] = (
        (
            "runs",
            size.growth_runs,
            [_simulated(base, n) for n in size.growth_runs],
            [n * usual for n in size.growth_runs],
        ),
        (
            "periods",
            size.growth_periods,
            [a_block(each, size.runs) for each in longer],
            [n * size.runs for n in size.growth_periods],
        ),
        (
            "members",
            size.growth_members,
            [a_block(each, size.runs) for each in larger],
            [usual * size.runs for _ in larger],
        ),
    )
    exponents: dict[str, float] = {}
    for what, numbers, works, half_years in grown:
        taken = in_turn(works, size.pairs)
        for n, each, count in zip(numbers, taken, half_years, strict=True):
            told = Spread.of(1e3 * every for every in each).told(1)
            section.rows.append((what, f"{n:,}", told, f"{1e9 * Spread.of(each).median / count:,.0f}"))
        exponents[what] = _exponent(numbers, [Spread.of(each).median for each in taken])
        section.figures[f"exponent in {what}"] = Spread.exactly(exponents[what])
    told = ", ".join(f"{value:.2f} in {what}" for what, value in exponents.items())
    section.after = f"Exponents: {told}."
    return section


def _simulated(scenario: Scenario, runs: int) -> Callable[[], object]:
    return lambda: simulate(scenario, runs, seed=SEED)


def _exponent(sizes: Sequence[int], seconds: Sequence[float]) -> float:
    return float(np.polyfit(np.log(sizes), np.log(seconds), 1)[0])
