"""Speed, as medians and as ratios within one run: `make bench`.

Nothing here asserts a time; it prints what was measured, on which machine.
"""

from __future__ import annotations

import os
import platform
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

from aiposim import AipoModel, families, load, power, shipped, simulate
from aiposim.compiled import machine
from aiposim.driver import Driver, charter_of
from aiposim.luck import draw, key_of
from aiposim.period import period

RUNS = 1000
SCENARIO = "geneva-2015"


def median_seconds(work: Callable[[], object], times: int = 7) -> float:
    """Median wall time of `work` after one call to warm it."""
    work()
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        work()
        taken.append(time.perf_counter() - start)
    return statistics.median(taken)


def processor() -> str:
    cpuinfo = Path("/proc/cpuinfo")
    names = [line for line in cpuinfo.read_text().splitlines() if "model name" in line] if cpuinfo.exists() else []
    return names[0].partition(":")[2].strip() if names else platform.processor() or platform.machine()


def test_speed(tmp_path: Path) -> None:
    scenario = load(SCENARIO)
    block = median_seconds(lambda: simulate(scenario, RUNS))
    four = median_seconds(lambda: simulate("fourth-member", RUNS))
    mesa = median_seconds(lambda: AipoModel(scenario, run=3).run(), times=25)
    short = median_seconds(lambda: simulate(scenario, 4 * RUNS, workers=1), times=3)
    wide = median_seconds(lambda: simulate(scenario, 4 * RUNS, workers=2), times=3)
    command = [sys.executable, "-m", "aiposim", "run", SCENARIO, "--out", str(tmp_path / "out"), "--overwrite"]
    whole = median_seconds(lambda: subprocess.run(command, check=True, capture_output=True), times=3)
    rows = [
        (f"{RUNS} runs of {SCENARIO}, one core", f"{block * 1e3:.0f} ms", f"{RUNS / block:,.0f} runs/s"),
        (f"{RUNS} runs of fourth-member, one core", f"{four * 1e3:.0f} ms", f"{RUNS / four:,.0f} runs/s"),
        ("one Mesa run of 30 years", f"{mesa * 1e3:.1f} ms", f"arrays {mesa / (block / RUNS):,.0f} times faster"),
        (f"{4 * RUNS} runs, two workers (start included)", f"{wide * 1e3:.0f} ms", f"{short / wide:.2f} times one"),
        (f"aiposim run {SCENARIO}, with its report", f"{whole:.1f} s", ""),
        ("luck alone, of a block", f"{luck_alone() * 1e3:.1f} ms", f"{luck_alone() / block:.0%} of a block"),
    ]
    print(f"\n\nPython {platform.python_version()}, {processor()}, {os.cpu_count()} processors")
    for what, seconds, ratio in rows:
        print(f"  {what:48s} {seconds:>10s}   {ratio}")
    print(steps())


def luck_alone() -> float:
    """A block's uniforms that do not hang on crises: 14 addresses a period."""
    out, numbers, key = np.empty((4, RUNS)), np.arange(RUNS, dtype=np.uint64), key_of(2015)
    compiled = machine(draw)

    def all_periods() -> None:
        for t in range(60):
            for who in range(14):
                compiled(out, who, 0, 1, numbers, key, t)

    return median_seconds(all_periods)


def steps() -> str:
    """Share of each step in the time of a block, the longest first."""
    charter, assessment = charter_of(load(SCENARIO))
    driver = Driver(charter, assessment, RUNS)
    spent: dict[str, float] = {}

    def timed(name: str, step: Callable[..., object]) -> Callable[..., object]:
        def call(*arguments: object) -> object:
            start = time.perf_counter()
            answer = step(*arguments)
            spent[name] = spent.get(name, 0.0) + time.perf_counter() - start
            return answer

        return call

    for name, step in list(vars(driver.do).items()):
        setattr(driver.do, name, timed(name, step))
    for _ in range(3):
        spent.clear()
        driver.start(0, 2015)
        for t in range(charter.horizon):
            period(t, driver.do, charter)
    total = sum(spent.values())
    longest = sorted(spent.items(), key=lambda item: -item[1])[:15]
    lines = [f"    {name:24s} {seconds * 1e3:7.2f} ms {seconds / total:5.1%}" for name, seconds in longest]
    return "\n".join(["  Steps of a block:", *lines])


def test_every_shipped_scenario_is_as_fast() -> None:
    print("\n")
    for name in shipped():
        seconds = median_seconds(lambda name=name: simulate(name, RUNS), times=3)  # type: ignore[misc]
        print(f"  {name:24s} {seconds * 1e3:6.0f} ms for {RUNS} runs")


def test_every_key_is_as_fast() -> None:
    """Keys on reports, nucleolus and all, run inside the simulation; three and four members."""
    members = {3: ["JPN", "CHN", "KOR"], 4: ["JPN", "CHN", "KOR", "MNG"]}
    print("\n")
    usual = {n: key_seconds("equal", codes) for n, codes in members.items()}
    for name in families.names("rules.cost_sharing"):
        ratios = [key_seconds(name, codes) / usual[n] for n, codes in members.items()]
        print(f"  {name:24s} {ratios[0]:5.2f} times equal shares with 3 members, {ratios[1]:5.2f} with 4")


def key_seconds(name: str, codes: list[str]) -> float:
    """Median seconds for a block of runs under a key."""
    scenario = load(SCENARIO).with_(**{"control.cost_sharing": name, "membership.members": codes})
    return median_seconds(lambda: simulate(scenario, RUNS), times=5)


def test_a_council_of_twenty_eight_has_its_power_counted() -> None:
    """The Council of the European Union under the votes of the Treaty of Nice, 28 members, 260 of 352."""
    weights = [29] * 4 + [27] * 2 + [14, 13] + [12] * 5 + [10] * 3 + [7] * 6 + [4] * 5 + [3]
    both = median_seconds(
        lambda: (power.weighted_shapley_shubik(weights, 260), power.weighted_banzhaf(weights, 260)), times=5
    )
    print(f"\n  Shapley-Shubik and Banzhaf indices of 28 members: {both * 1e3:.1f} ms")
