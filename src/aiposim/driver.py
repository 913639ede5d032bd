"""A block of runs bound to the steps of one scenario: what both drivers, arrays and agents, set in motion."""

from __future__ import annotations

import gc
import hashlib
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import numpy as np

from aiposim import families, machine_code
from aiposim.assessment import Assessment
from aiposim.charter import Charter
from aiposim.compiled import Waiting, first_time, library_of, shelf
from aiposim.luck import key_of
from aiposim.measures import Column, Record, measure_all
from aiposim.quantities import Array
from aiposim.scenario import Scenario, from_dict
from aiposim.schedule import Schedule, called
from aiposim.state import State, sizes
from aiposim.wiring import bind

if TYPE_CHECKING:
    from aiposim.panel import Recorder


@dataclass(frozen=True)
class Block:
    """What consecutive runs leave behind: a column a measure, and the histograms of the bands.

    numbers     of the runs that came to their end, ascending; a row each of every column
    failures    of the others: number and what went wrong
    panel       tables of every period, by name, each a mapping of columns; empty unless a panel was asked for
    """

    first: int
    runs: int
    numbers: Array
    columns: dict[str, Column]
    histogram: Array  # (period, band, bin) runs, uint32
    fixed_sum: Array  # (period, band) sum of values in units of 1 / FIXED_POINT
    failures: tuple[tuple[int, str], ...] = ()
    panel: Mapping[str, Mapping[str, Array]] = field(default_factory=dict)


@dataclass(frozen=True)
class FoldedBlock:
    """A block on its way to another process: its histogram is given by the cells that are not empty; most are."""

    block: Block
    shape: tuple[int, ...]
    cells: Array
    counts: Array

    @classmethod
    def of(cls, block: Block) -> FoldedBlock:
        flat = block.histogram.reshape(-1)
        cells = np.flatnonzero(flat).astype(np.uint32)
        nothing = np.empty(0, dtype=flat.dtype)
        return cls(replace(block, histogram=nothing), block.histogram.shape, cells, flat[cells])

    def unfolded(self) -> Block:
        """The block with its whole histogram."""
        histogram = np.zeros(self.shape, dtype=self.counts.dtype)
        histogram.reshape(-1)[self.cells] = self.counts
        return replace(self.block, histogram=histogram)


@dataclass(frozen=True)
class Task:
    """Runs `first` to `first + runs - 1` of a scenario, to be computed anywhere."""

    scenario: Scenario
    first: int
    runs: int
    seed: int
    panel: str = "none"


def recorder_for(panel: str, state: State, horizon: int, runs: int) -> Recorder | None:
    """What notes every period of a block of runs, if a panel is asked for."""
    if panel == "none":
        return None
    from aiposim.panel import Recorder

    return Recorder(panel, state, horizon, runs)


def with_panel(block: Block, recorder: Recorder | None) -> Block:
    """The block with the tables of what was noted of it."""
    return block if recorder is None else replace(block, panel=recorder.tables(block.numbers))


def joined(blocks: Iterable[Block]) -> Block:
    """Blocks that follow one another as one; whole numbers are added, so nothing hangs on the cuts."""
    following = iter(blocks)
    first = next(following)
    parts, histogram, fixed_sum = [first], first.histogram, first.fixed_sum
    for block in following:
        histogram = histogram + block.histogram if len(parts) == 1 else np.add(histogram, block.histogram, histogram)
        fixed_sum = fixed_sum + block.fixed_sum
        parts.append(replace(block, histogram=first.histogram, fixed_sum=first.fixed_sum))
    if len(parts) == 1:
        return first
    filled = [part for part in parts if len(part.numbers)] or parts[:1]
    return Block(
        first.first,
        sum(part.runs for part in parts),
        np.concatenate([part.numbers for part in parts]),
        _stacked([part.columns for part in filled]),
        histogram,
        fixed_sum,
        tuple(failure for part in parts for failure in part.failures),
        {table: _stacked([part.panel[table] for part in filled]) for table in filled[0].panel},
    )


def _stacked(tables: Sequence[Mapping[str, Array]]) -> dict[str, Array]:
    return {name: np.concatenate([table[name] for table in tables]) for name in tables[0]}


def failed_run(run: int, error: Exception, driver: Driver) -> Block:
    """The row of a run that failed: its number and its message, and nothing in any table."""
    nothing = np.empty(0)
    message = str(error) if isinstance(error, families.RulesError) else f"{type(error).__name__}: {error}"
    return Block(
        run,
        1,
        np.empty(0, dtype=np.int64),
        dict.fromkeys(driver.columns(), nothing),
        np.zeros_like(driver.state.histogram),
        np.zeros_like(driver.state.fixed_sum),
        ((run, message),),
    )


class Driver:
    """The arrays of a block of `runs`, bound to the steps of one scenario; may be started again and again."""

    def __init__(self, charter: Charter, assessment: Assessment, runs: int) -> None:
        self.charter = charter
        self.state = State(sizes(len(charter.codes), charter.ngo_seats, charter.horizon, runs))
        self.run_numbers = np.zeros(runs, dtype=np.uint64)
        self.seed_words = np.zeros(2, dtype=np.uint64)
        self.do = bind(charter, assessment, self.state, self.run_numbers, self.seed_words)
        self.schedule = Schedule(self.do, charter)

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
        numbers = self.run_numbers.astype(np.int64)
        return Block(
            int(numbers[0]),
            len(numbers),
            numbers,
            self.columns(),
            self.state.histogram.copy(),
            self.state.fixed_sum.copy(),
        )


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
    """When nothing has been compiled yet: compile what the scenario needs, in a few processes at once.

    They are fresh interpreters, not workers, so that scripts need no `__main__` guard. What they fail to do this
    process does when it comes to it.
    """
    if not first_time():
        return
    written = json.dumps(scenario.as_dict())
    with tempfile.TemporaryDirectory() as place:
        many = min(_MOST_COMPILERS, _cores())
        processes = [process for number in range(many) if (process := _compiler(written, place, number / many))]
        try:
            for process in processes:
                process.wait()
        except BaseException:
            for process in processes:
                process.kill()
                process.wait()
            raise
        for library in machine_code.libraries(Path(place)):
            shelf().keep(library.read_bytes())


_MOST_COMPILERS = 4  # each compiles for itself the functions that steps share


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _compiler(written: str, place: str, start: float) -> subprocess.Popen[bytes] | None:
    package = str(Path(__file__).parent.parent)
    paths = os.pathsep.join([package, *filter(None, [os.environ.get("PYTHONPATH")])])
    code = f"import sys; from aiposim.driver import compile_share; compile_share(sys.stdin.read(), {place!r}, {start})"
    with tempfile.TemporaryFile() as told:
        told.write(written.encode())
        told.seek(0)
        try:
            return subprocess.Popen(
                [sys.executable, "-c", code],
                stdin=told,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                env={**os.environ, "PYTHONPATH": paths},
            )
        except OSError:  # no interpreter of that name
            return None


def compile_share(written: str, place: str, start: float) -> NoReturn:
    """Compile steps of a scenario (as JSON) that no other process has taken, into a library in a folder; then leave.

    `start`, from 0 to 1, is where among the steps to begin.
    """
    shelf()  # is named by the setting of the next line too
    gc.disable()  # a quarter of the time would go into looking for garbage
    sys.modules["scipy"] = None  # type: ignore[assignment]  # Numba would load it for linear algebra
    charter, assessment = charter_of(from_dict(json.loads(written)))
    steps = vars(Driver(charter, assessment, 1).do)
    waiting = {step.key: step for name in called(charter) for step in waiting_in(steps[name])}
    # Steps that call the same functions lie side by side, so that mostly one process compiles those.
    ordered = sorted(waiting.values(), key=Waiting.calls)
    first = int(start * len(ordered))
    library = library_of(step for step in (*ordered[first:], *ordered[:first]) if _taken(Path(place), step))
    if library:
        machine_code.write(Path(place), library)
    os._exit(0)  # LLVM takes half a second to tidy up


def _taken(place: Path, step: Waiting) -> bool:
    """Whether this process is the first to ask for a step."""
    try:
        (place / hashlib.sha256(step.key.encode()).hexdigest()).touch(exist_ok=False)
    except FileExistsError:
        return False
    return True


def waiting_in(step: Any) -> list[Waiting]:
    """The steps not yet compiled that calling a step calls: itself, or those that a function of ours is given."""
    if isinstance(step, partial):
        return [part for part in step.args if isinstance(part, Waiting)]
    return [step] if isinstance(step, Waiting) else []
