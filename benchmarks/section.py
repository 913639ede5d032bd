"""What every benchmark gives back, and how large its work is."""

from __future__ import annotations

from dataclasses import dataclass, field

from benchmarks.measuring import Spread

SCENARIO = "geneva-2015"
SEED = 2015


@dataclass(frozen=True)
class Size:
    """How much is computed; the tiny one only shows that everything still runs."""

    runs: int = 1000  # in a block
    repeats: int = 25
    pairs: int = 7  # of calls that are compared
    workers_runs: int = 60_000
    mesa_runs: int = 25
    million: tuple[int, ...] = (100_000, 300_000, 1_000_000)
    panel_runs: int = 10_000
    starts: int = 5
    first_starts: int = 2
    growth_runs: tuple[int, ...] = (100, 300, 1000, 3000, 10_000, 30_000, 100_000)
    growth_periods: tuple[int, ...] = (60, 120, 240, 480, 600)
    growth_members: tuple[int, ...] = (2, 3, 4, 5, 6, 7, 8, 9, 10)
    numpy_runs: tuple[int, ...] = (100, 1000, 10_000, 100_000)
    memory_megabytes: tuple[float, ...] = (0.5, 8.0, 256.0)
    whole: bool = True


SHORT = Size(
    repeats=9,
    pairs=3,
    workers_runs=30_000,
    mesa_runs=10,
    starts=3,
    first_starts=1,
    growth_runs=(100, 1000, 10_000, 50_000),
    growth_members=(2, 3, 4, 6, 8, 10),
    numpy_runs=(100, 1000, 10_000),
)

TINY = Size(
    runs=8,
    repeats=2,
    pairs=1,
    workers_runs=16,
    mesa_runs=1,
    million=(8,),
    panel_runs=8,
    starts=1,
    first_starts=1,
    growth_runs=(4, 8),
    growth_periods=(60, 62),
    growth_members=(2, 3),
    numpy_runs=(8,),
    memory_megabytes=(0.1,),
    whole=False,
)


@dataclass
class Section:
    """A heading, what the table shows and how it was measured, the table, and figures that have a target.

    figures   by the key of their target (benchmarks/targets.py)
    missing   why a figure could not be measured, by its key
    losses    what has got worse and must not go unseen
    """

    title: str
    words: str
    headings: tuple[str, ...]
    rows: list[tuple[str, ...]] = field(default_factory=list)
    figures: dict[str, Spread] = field(default_factory=dict)
    missing: dict[str, str] = field(default_factory=dict)
    losses: list[str] = field(default_factory=list)
    after: str = ""
