"""A block of runs bound to the steps of one scenario: what both drivers, arrays and agents, set in motion."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np

from aiposim import families
from aiposim.assessment import Assessment
from aiposim.charter import Charter
from aiposim.compiled import compile_for, first_time
from aiposim.luck import key_of
from aiposim.measures import Column, Record, measure_all
from aiposim.quantities import Array
from aiposim.scenario import Scenario, from_dict
from aiposim.state import State, sizes
from aiposim.wiring import bind


@dataclass(frozen=True)
class Block:
    """What a block of runs leaves behind: a column a measure, and the histograms of the bands."""

    first: int
    columns: dict[str, Column]
    histogram: Array  # (period, band, bin) runs
    fixed_sum: Array  # (period, band) sum of values in units of 1 / FIXED_POINT


class Driver:
    """The arrays of a block of `runs`, bound to the steps of one scenario; may be started again and again."""

    def __init__(self, charter: Charter, assessment: Assessment, runs: int) -> None:
        self.charter = charter
        self.state = State(sizes(len(charter.codes), charter.ngo_seats, charter.horizon, runs))
        self.run_numbers = np.zeros(runs, dtype=np.uint64)
        self.seed_words = np.zeros(2, dtype=np.uint64)
        self.do = bind(charter, assessment, self.state, self.run_numbers, self.seed_words)

    def start(self, first: int, seed: int) -> None:
        """Set the runs `first`, `first` + 1, ... at their foundation."""
        runs = len(self.run_numbers)
        if not 0 <= first <= 2**32 - runs:
            raise ValueError(f"runs are numbered 0 to 2**32 - 1, not {first} to {first + runs - 1}")
        self.run_numbers[...] = np.arange(first, first + runs, dtype=np.uint64)
        self.seed_words[...] = key_of(seed)
        self.state.start(self.charter)

    def columns(self) -> dict[str, Column]:
        """Every measure of the runs so far."""
        return measure_all(Record(self.state, self.charter.codes, self.charter.horizon))

    def block(self) -> Block:
        """What the runs leave behind."""
        first = int(self.run_numbers[0])
        return Block(first, self.columns(), self.state.histogram.copy(), self.state.fixed_sum.copy())


def charter_of(scenario: Scenario) -> tuple[Charter, Assessment]:
    """The charter of a scenario and its reviews, kept for the next block or model."""
    return _charter_of(scenario, families.own_rules())


@lru_cache(maxsize=64)
def _charter_of(scenario: Scenario, own_rules: tuple[families.OwnRule, ...]) -> tuple[Charter, Assessment]:
    """Kept by the user's own rules too: the same name may mean another file by now."""
    charter = Charter(scenario)
    return charter, Assessment(charter)


def label_of(t: int, start: int) -> str:
    """A period as people write it: `2016H1`."""
    return f"{start + t // 2}H{1 + t % 2}"


def compile_ahead(scenario: Scenario) -> None:
    """When nothing has been compiled yet: compile one half of the steps here, the other in a second process.

    The second process is a fresh interpreter, not a worker, so that scripts need no `__main__` guard. If it
    fails, this process compiles the rest when it comes to it.
    """
    if not first_time():
        return
    package = str(Path(__file__).parent.parent)
    paths = os.pathsep.join([package, *filter(None, [os.environ.get("PYTHONPATH")])])
    code = "import sys; from aiposim.driver import compile_half; compile_half(sys.stdin.read(), 1)"
    written = json.dumps(scenario.as_dict())
    with tempfile.TemporaryFile() as told:
        told.write(written.encode())
        told.seek(0)
        try:
            other = subprocess.Popen(
                [sys.executable, "-c", code],
                stdin=told,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                env={**os.environ, "PYTHONPATH": paths},
            )
        except OSError:  # no interpreter of that name: this process does it all
            return
        with other:
            compile_half(written, 0)


def compile_half(written: str, half: int) -> None:
    """Compile every other step of a scenario (as JSON), beginning with number `half`."""
    charter, assessment = charter_of(from_dict(json.loads(written)))
    period = 0
    for step in list(vars(Driver(charter, assessment, 1).do).values())[half::2]:
        python = getattr(getattr(step, "func", None), "py_func", None)  # only what Numba compiles has one
        if python is not None:
            compile_for(step.func, (*step.args, period)[: python.__code__.co_argcount])
