"""Drives periods with arrays: many runs at once, in blocks, on one or several processes.

A run is the same whatever block or process it is computed in, since its luck is addressed by its number.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from aiposim import families
from aiposim.charter import Charter
from aiposim.driver import Block, Driver, charter_of, label_of
from aiposim.period import period
from aiposim.quantities import Array
from aiposim.scenario import Scenario
from aiposim.state import State

if TYPE_CHECKING:
    from pandas import DataFrame

DEFAULT_BLOCK = 1000
Progress = Callable[[int, int], None]


@lru_cache(maxsize=8)
def _driver(scenario: Scenario, runs: int, own_rules: tuple[families.OwnRule, ...]) -> Driver:
    charter, assessment = charter_of(scenario)
    return Driver(charter, assessment, runs)


def run_block(scenario: Scenario, first: int, runs: int, seed: int) -> Block:
    """Compute the runs `first` to `first + runs - 1` from foundation to horizon."""
    driver = _driver(scenario, runs, families.own_rules())
    driver.start(first, seed)
    for t in range(driver.charter.horizon):
        period(t, driver.do, driver.charter)
    return driver.block()


def blocks(
    scenario: Scenario, runs: int, *, seed: int, workers: int, block: int, progress: Progress | None
) -> list[Block]:
    """All blocks of a study in the order of their runs."""
    parts = [(first, min(block, runs - first)) for first in range(0, runs, block)]
    done = 0
    finished: list[Block] = []
    for part in _computed(scenario, parts, seed, min(workers, len(parts))):
        finished.append(part)
        done += len(next(iter(part.columns.values())))
        if progress is not None:
            progress(done, runs)
    return sorted(finished, key=lambda part: part.first)


def _computed(scenario: Scenario, parts: list[tuple[int, int]], seed: int, workers: int) -> Iterator[Block]:
    if workers <= 1:
        yield from (run_block(scenario, first, runs, seed) for first, runs in parts)
        return
    rules = os.environ.get(families.RULES_VARIABLE, "")
    with ProcessPoolExecutor(
        workers, mp_context=_process_context(), initializer=_begin_work, initargs=(rules,)
    ) as pool:
        waiting: set[Future[Block]] = {pool.submit(run_block, scenario, *part, seed) for part in parts}
        try:
            while waiting:
                ready, waiting = wait(waiting, return_when=FIRST_COMPLETED)
                for future in ready:
                    yield future.result()
        except BaseException:
            working = list((getattr(pool, "_processes", None) or {}).values())  # before shutdown forgets them
            pool.shutdown(wait=False, cancel_futures=True)
            for process in working:
                process.terminate()
            raise


def _begin_work(rules: str) -> None:
    """Ctrl-C reaches every process of the terminal; only the first one answers, and ends the others.

    The server that workers start from may be older than the user's own rules.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    os.environ[families.RULES_VARIABLE] = rules


def _process_context() -> Any:
    """Workers start from a clean server process where there is one: forking a process with threads can hang."""
    methods = multiprocessing.get_all_start_methods()
    return multiprocessing.get_context("forkserver" if "forkserver" in methods else "spawn")


def trace(scenario: Scenario, seed: int, run: int) -> DataFrame:
    """What happened in one run, a row a period: Director, decisions, incidents, crises, exits.

    Columns: period, label, year, director, acting, budget (M$), budget_outcome and programme_outcome
    ("adopted", "rejected", "none"), incidents, major, frozen_dyads, absent, suspended, crises, answered,
    lost, exits, notices, relief (codes, joined by spaces), trust, collection. The rows end with the institute.
    """
    from pandas import DataFrame

    charter, assessment = charter_of(scenario)
    driver = Driver(charter, assessment, 1)
    driver.start(run, seed)
    rows = []
    for t in range(charter.horizon):
        members = driver.state.member[:, 0].copy()
        period(t, driver.do, charter)
        if members.any():
            rows.append(_events(t, driver.state, charter, members))
    return DataFrame(rows)


def _events(t: int, state: State, charter: Charter, members: Array) -> dict[str, Any]:
    codes = charter.codes

    def listed(flags: Array) -> str:
        return " ".join(code for code, flag in zip(codes, flags, strict=True) if flag)

    voted = t % 2 == 1 or not charter.voluntary
    outcome = ("adopted" if state.adopted[0] else "none" if state.settled[0] else "rejected") if voted else "none"
    start = charter.scenario.world.start
    leaves = state.leaves[:, 0]
    frozen = [f for f, a, b in zip(state.frozen[:, 0], charter.given.dyad_a, charter.given.dyad_b, strict=True)
              if f and members[a] and members[b]]  # fmt: skip
    return {
        "period": t,
        "label": label_of(t, start),
        "year": start + t // 2,
        "director": codes[state.director[0]],
        "acting": bool(state.acting[0]),
        "budget": float(state.budget[0]),
        "budget_outcome": outcome if t % 2 == 0 else "none",
        "programme_outcome": outcome if t % 2 == 1 else "none",
        "incidents": int(state.incidents[:, 0].sum()),
        "major": int(state.major[:, 0].sum()),
        "frozen_dyads": len(frozen),
        "absent": listed(members & ~state.attended[:, 0]),
        "suspended": listed(state.suspended[:, 0]),
        "crises": int(state.crisis_number[0]),
        "answered": int(state.answered_crises[0]),
        "lost": int(state.crisis_number[0] - state.answered_crises[0]),
        "exits": listed(leaves),
        "notices": listed(state.notice[:, 0] > 0),
        "relief": codes[state.relief[0]] if state.relief[0] >= 0 else "",
        "trust": float(state.average_trust[0]),
        "collection": float(state.timely[0]),
    }
