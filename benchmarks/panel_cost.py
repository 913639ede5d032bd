"""What recording and writing the core panel costs: ten columns of every period of every run."""

from __future__ import annotations

import importlib.util
import tempfile
from functools import partial
from pathlib import Path

from benchmarks import designs
from benchmarks.measuring import Spread, in_turn, ratio, repeated
from benchmarks.section import SEED, Section, Size


def core_panel(size: Size) -> Section:
    runs = size.panel_runs
    section = Section(
        "The core panel",
        f"Ten columns of the institution, 60 rows a run. Writing: a table of {runs:,} runs that lies in memory, "
        "turned into Parquet and put on disk. Recording: the same block computed with and without the panel, called "
        "in turn.",
        ("what", "measured", ""),
    )
    if importlib.util.find_spec("aiposim.panel") is None:
        section.missing = dict.fromkeys(("writing the panel", "bytes of the panel"), "there is no panel yet")
        return section

    from aiposim.driver import Task
    from aiposim.ensemble import compute_block
    from aiposim.panel import write_table

    scenario = designs.base()
    table = compute_block(Task(scenario, 0, runs, SEED, "core")).panel["core"]
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "core.parquet"
        taken = repeated(lambda: write_table(table, place, scenario.codes), size.pairs)
        kilobytes = place.stat().st_size / runs / 1000
    works = [partial(compute_block, Task(scenario, 0, runs, SEED, panel)) for panel in ("none", "core")]
    plain, recorded = in_turn(works, size.pairs)
    section.figures["writing the panel"] = rate = Spread.of(runs / each for each in taken)
    section.figures["bytes of the panel"] = Spread.exactly(kilobytes)
    section.rows = [
        ("the writing alone", rate.told(), "runs a second"),
        ("on disk", f"{kilobytes:.2f}", "kB a run"),
        ("a block with its recording", ratio(recorded, plain).told(2), "times the block without"),
    ]
    return section
