"""Drives periods with arrays: many runs at once, in blocks, on one or several processes.

A run is the same whatever block or process it is computed in, since its luck is addressed by its number.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache, partial
from typing import TYPE_CHECKING, Any

import numpy as np

from aiposim import families
from aiposim.charter import Charter
from aiposim.driver import (
    Block,
    Driver,
    FoldedBlock,
    Task,
    charter_of,
    failed_run,
    joined,
    label_of,
    recorder_for,
    with_panel,
)
from aiposim.period import period
from aiposim.quantities import Array
from aiposim.scenario import Scenario
from aiposim.state import BANDS, State
from aiposim.workers import crew, end_crews

if TYPE_CHECKING:
    from pandas import DataFrame

BATCH = 1000
"""Runs that are driven at once: enough to make the calls of a period cheap, few enough for the caches."""
WORKERS_PAY = 40_000
"""Runs from which on starting worker processes pays."""
Progress = Callable[[int, int], None]

Compute = Callable[[Task], Block]
Computed = Callable[[Sequence[Task], Compute], Iterator[tuple[int, Block]]]
"""What computes tasks and gives blocks as they are done, each with the number of its task."""


@lru_cache(maxsize=12)
def _driver(scenario: Scenario, runs: int, own_rules: tuple[families.OwnRule, ...]) -> Driver:
    charter, assessment = charter_of(scenario)
    return Driver(charter, assessment, runs)


def run_block(scenario: Scenario, first: int, runs: int, seed: int, panel: str = "none") -> Block:
    """Compute the runs `first` to `first + runs - 1` from foundation to horizon, all at once.

    Errors: FloatingPointError if the money of a run is no longer a number; whatever a rule of the user's own raises.
    """
    driver = _driver(scenario, runs, families.own_rules())
    driver.start(first, seed)
    recorder = recorder_for(panel, driver.state, driver.charter.horizon, runs)
    for t in range(driver.charter.horizon):
        driver.schedule.play(t)
        if recorder is not None:
            recorder.note(t)
    return with_panel(_checked(driver).block(), recorder)


def _checked(driver: Driver) -> Driver:
    """Rules of a user's own can give what is no number, and compiled code does not stop at it."""
    for name in ("budget", "welfare"):
        if not np.isfinite(getattr(driver.state, name)).all():
            raise FloatingPointError(f"the {name} is no longer a number")
    return driver


def compute_block(task: Task) -> Block:
    """Compute the runs of a task, batch by batch; a run that fails is named, and the others go on.

    Errors: the failure itself, if all the first runs of a study or three spread over a batch fail: then every run does.
    """
    starts = range(task.first, task.first + task.runs, BATCH)
    end = task.first + task.runs
    block = joined(_batch(task, first, min(BATCH, end - first)) for first in starts)
    if task.first == 0 and not len(block.numbers):
        run_block(task.scenario, 0, 1, task.seed)
    return block


def _batch(task: Task, first: int, runs: int) -> Block:
    try:
        return run_block(task.scenario, first, runs, task.seed, task.panel)
    except (OSError, MemoryError):
        raise
    except Exception as error:
        if runs > _PROBES and all(_fails(task, first + runs * i // _PROBES) for i in range(_PROBES)):
            raise
        if runs > 1:
            half = runs // 2
            return joined([_batch(task, first, half), _batch(task, first + half, runs - half)])
        return failed_run(first, error, _driver(task.scenario, 1, families.own_rules()))


_PROBES = 3


def _fails(task: Task, run: int) -> bool:
    return bool(_batch(task, run, 1).failures)


def workers_for(runs: int) -> int:
    """Processes that so many runs are worth: one for a few, all cores for many."""
    return 1 if runs < WORKERS_PAY else cores()


def cores() -> int:
    """Processors that this process may use."""
    with contextlib.suppress(AttributeError):  # only Linux knows
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def computed(tasks: Sequence[Task], workers: int, compute: Compute = compute_block) -> Iterator[tuple[int, Block]]:
    """The blocks of the tasks as they are done, each with the number of its task.

    Few blocks are under way at once, so that memory does not grow with the number of tasks. A block whose worker
    is killed is computed again.
    Errors: WorkerDied if that happens again and again; the first exception of a task.
    """
    if workers <= 1 or len(tasks) <= 1:
        yield from ((number, compute(task)) for number, task in enumerate(tasks))
        return
    try:
        for number, folded in crew(workers).answers(partial(_folded, compute), tasks, _told):
            yield number, folded.unfolded()
            del folded  # before the next one comes
    except BaseException:
        end_crews()
        raise


def _folded(compute: Compute, task: Task) -> FoldedBlock:
    return FoldedBlock.of(compute(task))


def _told(task: Task) -> str:
    return f"runs {task.first} to {task.first + task.runs - 1}"


def trace(scenario: Scenario, seed: int, run: int) -> DataFrame:
    """What happened in one run, a row a period: Director, decisions, incidents, crises, exits.

    Columns: period, label, year, director, acting, budget (M$), budget_outcome and programme_outcome
    ("adopted", "rejected", "none"), incidents, major, frozen_dyads, absent, suspended, crises, answered,
    lost, exits, notices, relief (codes, joined by spaces), trust, collection; frozen (pairs of members, as CHN-JPN,
    joined by spaces) and trust.CHN-JPN ... (mean of both directions; nan once one has left); and every other measure
    that has bands, under its name. The rows end with the institute.
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
    pairs = {(a, b): f"{codes[a]}-{codes[b]}" for a, b in zip(charter.given.dyad_a, charter.given.dyad_b, strict=True)}
    inside = [bool(members[a] and members[b]) for a, b in pairs]
    frozen = [pair for pair, f, there in zip(pairs.values(), state.frozen[:, 0], inside, strict=True) if f and there]
    told: dict[str, Any] = {
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
        "frozen": " ".join(frozen),
    }
    for ((a, b), pair), there in zip(pairs.items(), inside, strict=True):
        told[f"trust.{pair}"] = float(state.trust[a, b, 0] + state.trust[b, a, 0]) / 2 if there else np.nan
    measures = zip(BANDS, state.observed[:, 0], strict=False)  # behind these, shares of states
    return told | {name: float(value) for name, value in measures if name not in told}
