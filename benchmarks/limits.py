"""The limits of the machine: luck alone, and the memory that a period reads and writes."""

from __future__ import annotations

from typing import Any

import numpy as np

from aiposim.driver import Driver
from aiposim.period import period
from aiposim.quantities import Array
from benchmarks import designs
from benchmarks.engine import a_block, arrays_of, driver_of, order_of_calls, steps_of
from benchmarks.measuring import Spread, in_turn, ratio, repeated
from benchmarks.section import SEED, Section, Size


def machine_limits(size: Size) -> Section:
    scenario = designs.base()
    driver = driver_of(scenario, size.runs)
    luck = _luck_alone(driver)
    whole, drawn = in_turn([a_block(scenario, size.runs), luck], size.repeats)
    per_run = _bytes_touched(driver) / size.runs
    state = sum(array.nbytes for array in driver.state.arrays().values()) / 2**20
    section = Section(
        "The limit of the machine",
        "Luck alone: every Philox block that a run draws, crises included, and nothing else (crises are listed, since "
        "luck hangs on them). Memory traffic: the arrays that each step is bound to, counted once a call, as if "
        "nothing stayed in the cache between two steps; beside it the time that moving so many bytes takes at the "
        "speed of a triad `a = b + s c` over three arrays that together fill the size named.",
        ("what", "measured", "of the time of a run"),
    )
    us = [1e6 * each / size.runs for each in whole]
    section.rows.append(("a run, in a block on one core", f"{Spread.of(us).told(1)} µs", "1"))
    share = ratio(drawn, whole)
    section.figures["luck alone"] = share
    told = Spread.of(1e6 * each / size.runs for each in drawn).told(1)
    section.rows.append(("luck alone", f"{told} µs", share.told(2)))
    section.rows.append(("arrays of a block", f"{state:.1f} MiB", ""))
    section.rows.append(("read and written by the steps of a run", f"{per_run / 1000:,.0f} kB", ""))
    for megabytes in size.memory_megabytes:
        speed = Spread.of(each / 1e9 for each in _triad(megabytes, size.repeats))
        part = per_run / (1e3 * speed.median) / Spread.of(us).median
        where = f"triad over {megabytes:g} MB"
        section.rows.append((where, f"{speed.told(1)} GB/s", f"{part:.2f}"))
    return section


def _luck_alone(driver: Driver) -> Any:
    """Work: the draws of a whole run of the block, in their order."""
    steps = steps_of(driver)
    calls = [c for c in order_of_calls(driver) if c.name.startswith("draw_") or c.name == "list_crises"]
    draws = [(steps[call.name], call.arguments) for call in calls]

    def work() -> None:
        for step, arguments in draws:
            step(*arguments)

    driver.start(0, SEED)
    return work


def _bytes_touched(driver: Driver) -> float:
    """Bytes of all arrays bound to all steps called in a run of the block, each once a call.

    Of an array over crises the part that is used, of a histogram the cells that are counted.
    """
    sizes, state = driver.state.sizes, driver.state
    arrays: dict[int, list[Array]] = {}
    for call in order_of_calls(driver):
        arrays.setdefault(call.t, []).extend(arrays_of(driver, call.name))
    total = 0.0
    driver.start(0, SEED)
    for t in range(driver.charter.horizon):
        period(t, driver.do, driver.charter)
        used = float(state.crisis_number.sum()) / sizes["crisis"]
        total += sum(_part(array, sizes, used) for array in arrays[t])
    return total


def _part(array: Array, sizes: dict[str, int], used: float) -> float:
    if array.shape[-1:] == (sizes["crisis"],):
        return used * array.nbytes
    if array.shape[-1:] == (sizes["bin"],):
        return 8.0 * sizes["band"] * sizes["run"]
    if array.shape[:1] == (sizes["memory"],) and array.ndim == 3:
        return array.nbytes / sizes["memory"]
    return float(array.nbytes)


def _triad(megabytes: float, repeats: int) -> list[float]:
    """Bytes a second of `a = b + s * c`, three arrays that together take so much: two are read, one is written."""
    length = int(megabytes * 1e6 / 24)
    a, b, c = np.zeros(length), np.ones(length), np.ones(length)
    triad = _compiled_triad()
    passes = max(1, int(5e6 / length))

    def work() -> None:
        for _ in range(passes):
            triad(a, b, c, 3.0)

    return [24.0 * length * passes / each for each in repeated(work, repeats)]


def _triad_loop(a: Any, b: Any, c: Any, s: float) -> None:
    for i in range(a.shape[0]):
        a[i] = b[i] + s * c[i]


def _compiled_triad() -> Any:
    """In machine code where there is Numba."""
    from aiposim.compiled import wanted

    if not wanted():
        return _triad_loop
    import numba

    return numba.njit(_triad_loop)
