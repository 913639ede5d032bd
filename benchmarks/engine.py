"""What the benchmarks ask of aiposim: the one place to change when its inner names do."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from aiposim.driver import Driver, charter_of
from aiposim.ensemble import run_block
from aiposim.period import period
from aiposim.quantities import Array
from aiposim.scenario import Scenario
from aiposim.wiring import all_steps
from benchmarks.section import SEED

Step = Callable[..., Any]


def a_block(scenario: Scenario, runs: int) -> Callable[[], object]:
    """Work: a block of runs with every measure and all histograms, other runs at each call."""
    first = 0

    def work() -> object:
        nonlocal first
        first += runs
        return run_block(scenario, first, runs, SEED)

    return work


def driver_of(scenario: Scenario, runs: int) -> Driver:
    return Driver(*charter_of(scenario), runs)


def play(driver: Driver, first: int = 0, until: int | None = None) -> None:
    """From the foundation to the horizon, or to the period before `until`."""
    driver.start(first, SEED)
    for t in range(driver.charter.horizon if until is None else until):
        period(t, driver.do, driver.charter)


def steps_of(driver: Driver) -> dict[str, Step]:
    """Every step by name, bound to the arrays of the driver."""
    return dict(vars(driver.do))


def watch(driver: Driver, door: Callable[[str, Step], Step]) -> None:
    """Let every step of the driver be called through `door(name, step)`."""
    for name, step in steps_of(driver).items():
        setattr(driver.do, name, door(name, step))


def arrays_of(driver: Driver, name: str) -> list[Array]:
    """The arrays that a step reads and writes: those of the state and of the founders whose names it takes."""
    if name not in all_steps():
        return []
    item, function = all_steps()[name]
    fields = {**vars(driver.charter.given), **driver.state.arrays()}
    names = [
        f"{item}_{each}" if f"{item}_{each}" in fields else each for each in inspect.signature(function).parameters
    ]
    return [fields[each] for each in names if each in fields]


def home_of(name: str) -> str:
    """The module of a step."""
    return all_steps()[name][1].__module__ if name in all_steps() else ""


@dataclass(frozen=True)
class Call:
    """Of a step in period `t`, with the period among its arguments or without."""

    name: str
    t: int
    arguments: tuple[Any, ...]


def order_of_calls(driver: Driver) -> list[Call]:
    """The steps of a whole run of the block in the order in which they are called."""
    called: list[Call] = []
    now = 0

    def noted(name: str, step: Step) -> Step:
        def call(*arguments: Any) -> Any:
            called.append(Call(name, now, arguments))
            return step(*arguments)

        return call

    kept = steps_of(driver)
    watch(driver, noted)
    driver.start(0, SEED)
    for now in range(driver.charter.horizon):
        period(now, driver.do, driver.charter)
    vars(driver.do).update(kept)
    return called
