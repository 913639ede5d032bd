"""Whether the loops of the steps are vector code, as the compiler itself reports it.

A loop that is no longer vector code gives the same numbers, several times slower, and nobody is told. So the
steps are compiled afresh, each alone, in a process whose compiler tells of every loop what it made of it; the
machine code is searched for the wide registers. `expected_loops.json` holds what was found when somebody last
looked; `python -m benchmarks --expect` writes it anew.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path

from aiposim.compiled import wanted
from benchmarks.machine import instruction_set

EXPECTED = Path(__file__).parent / "expected_loops.json"
ROOT = Path(__file__).parent.parent


@dataclass(frozen=True)
class Loops:
    """Of one step: loops that are vector code, loops that are not, and the wide registers in its machine code."""

    vector: int
    plain: int
    zmm: int
    ymm: int

    def told(self) -> str:
        return f"{self.vector} of {self.vector + self.plain}" if self.vector + self.plain else "no loop"


def environment(cache: str, processor: dict[str, str] | None = None) -> dict[str, str]:
    """Of a child process that finds no machine code of earlier processes, for a processor by Numba's variables."""
    paths = [str(ROOT), str(ROOT / "src"), *filter(None, [os.environ.get("PYTHONPATH")])]
    return {**os.environ, "PYTHONPATH": os.pathsep.join(paths), "XDG_CACHE_HOME": cache, **(processor or {})}


def loops_of_steps(*, whole: bool) -> dict[str, Loops]:
    """Every step of every rule, compiled afresh for this processor; a single one unless `whole`."""
    if not wanted():
        return {}
    with tempfile.TemporaryDirectory() as cache:
        command = [sys.executable, "-m", "benchmarks.compile_afresh", "all" if whole else "moods"]
        told = subprocess.run(
            [*command, "report"], env=environment(cache), check=True, capture_output=True, text=True
        ).stdout
    return read(told.splitlines()[0])


def read(line: str) -> dict[str, Loops]:
    return {name: Loops(**counts) for name, counts in json.loads(line).items()}


def compare_with_expected(found: dict[str, Loops]) -> list[str]:
    """What has been lost since the list of expected loops was written; nothing is said of another processor."""
    expected = json.loads(EXPECTED.read_text(encoding="utf-8")) if EXPECTED.exists() else {}
    if not found or expected.get("instruction_set") != instruction_set():
        return []
    losses = []
    for name, counts in found.items():
        before = expected["steps"].get(name)
        if before is None:
            continue
        fewer = counts.vector < before["vector"] and counts.plain > 0  # none left that is not: loops went elsewhere
        if fewer or counts.plain > before["plain"]:
            was = Loops(**before, zmm=0, ymm=0).told()
            losses.append(f"no longer vector code: {name} has {counts.told()} loops as vector code, expected {was}")
    return losses


def write_expected(found: dict[str, Loops]) -> None:
    steps = {name: {k: v for k, v in asdict(each).items() if k in ("vector", "plain")} for name, each in found.items()}
    lines = ",\n".join(f"    {json.dumps(name)}: {json.dumps(steps[name])}" for name in sorted(steps))
    text = f'{{\n  "instruction_set": {json.dumps(instruction_set())},\n  "steps": {{\n{lines}\n  }}\n}}\n'
    EXPECTED.write_text(text, encoding="utf-8")
