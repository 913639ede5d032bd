"""The schedule of the periods: the same steps in the same order, with fewer calls."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from typing import Any

import pytest

from aiposim import load, shipped
from aiposim.compiled import wanted
from aiposim.driver import Driver, charter_of
from aiposim.period import DECIDES, period
from aiposim.schedule import Schedule, called


class Told:
    """Steps that tell in what order they are called; the questions of a period get the given answers in turn."""

    def __init__(self, answers: tuple[bool, ...]) -> None:
        self.calls: list[tuple[str, tuple[int, ...]]] = []
        self._answers = itertools.cycle(answers)

    def __getattr__(self, name: str) -> Callable[..., bool | None]:
        def tell(*given: int) -> bool | None:
            self.calls.append((name, given))
            return next(self._answers) if name in DECIDES else None

        return tell


@pytest.mark.parametrize("answers", [(False,), (True,), (True, False), (False, True)])
@pytest.mark.parametrize("name", shipped())
def test_a_schedule_keeps_the_order_of_the_period_whatever_its_questions_are_answered(
    name: str, answers: tuple[bool, ...]
) -> None:
    for design in load(name).all_designs():
        charter = charter_of(design)[0]
        told, scheduled = Told(answers), Told(answers)
        schedule = Schedule(scheduled, charter)
        for t in [*range(12), *range(12)]:  # the second time what was written down is followed
            period(t, told, charter)
            schedule.play(t)
        assert scheduled.calls == told.calls
        assert {step for step, _ in told.calls} <= {*called(charter), *DECIDES}


def test_a_question_is_asked_anew_each_time() -> None:
    charter = charter_of(load("geneva-2015"))[0]
    asked = Told((False, False, True, True))
    schedule = Schedule(asked, charter)
    schedule.play(1)
    once = len(asked.calls)
    schedule.play(1)
    assert len(asked.calls) > 2 * once  # somebody has left: the key and the Director are seen to


@pytest.mark.skipif(not wanted(), reason="without Numba steps are plain functions and are called one by one")
def test_machine_code_runs_on_from_step_to_step() -> None:
    driver = Driver(*charter_of(load("geneva-2015")), 2)
    driver.start(0, 2015)
    driver.schedule.play(0)
    driver.schedule.play(1)
    stretches: dict[Any, Any] = driver.schedule._stretches
    for (t, _), stretch in stretches.items():
        assert len(stretch.calls) <= 6, f"period {t} comes back to Python too often"
