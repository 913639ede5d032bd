"""Older instruction sets on the same machine: the same steps compiled for AVX2 and for SSE2."""

from __future__ import annotations

import platform
import subprocess
import sys
import tempfile
from contextlib import ExitStack
from dataclasses import dataclass

from aiposim.compiled import wanted
from benchmarks.machine import instruction_set
from benchmarks.measuring import Spread, ratio
from benchmarks.section import Section, Size
from benchmarks.vector_code import Loops, environment, read

_NAMED: tuple[tuple[str, dict[str, str]], ...] = (
    ("", {}),
    (
        "AVX2",
        {
            "NUMBA_CPU_NAME": "haswell",
            "NUMBA_CPU_FEATURES": "+avx2,+avx,+fma,+bmi,+bmi2,+f16c,+lzcnt,+movbe,+popcnt,+sse4.2",
        },
    ),
    ("SSE2", {"NUMBA_CPU_NAME": "x86-64", "NUMBA_CPU_FEATURES": "+sse2"}),
)
"""What Numba is told; the name of a processor alone would keep the features of this one."""
_TOO_WIDE = {"AVX2": ("zmm",), "SSE2": ("zmm", "ymm")}
"""Registers that must not occur in the machine code."""


@dataclass
class Child:
    """A process with the steps of one instruction set, ready to time blocks."""

    name: str
    process: subprocess.Popen[str]
    loops: dict[str, Loops]

    def seconds(self, runs: int) -> float:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(f"{runs}\n")
        self.process.stdin.flush()
        return float(self.process.stdout.readline())


def instruction_sets(size: Size) -> Section:
    section = Section(
        "Older instruction sets on the same machine",
        "Three processes, each with the steps compiled afresh for one instruction set (`NUMBA_CPU_NAME` and "
        "`NUMBA_CPU_FEATURES`; none of their machine code names a wider register), asked in turn for a block of "
        f"{size.runs:,} runs.",
        ("code for", "ms a block", "runs a second", "times the time of this processor's own"),
    )
    available = ["AVX2", "SSE2"] if instruction_set() in ("AVX-512", "AVX2") else []
    if not wanted() or platform.machine().lower() not in ("x86_64", "amd64") or not available:
        section.missing = dict.fromkeys(("AVX2 code", "SSE2 code"), "this processor or this process cannot run it")
        return section
    with ExitStack() as stack:
        started = [(name, _started(settings, stack, size)) for name, settings in _NAMED]
        children = [Child(name, process, _loops(process)) for name, process in started]
        for child in children:
            child.seconds(size.runs)
        taken: list[list[float]] = [[] for _ in children]
        for _ in range(size.repeats):
            for child, found in zip(children, taken, strict=True):
                found.append(child.seconds(size.runs))
    for child, found in zip(children, taken, strict=True):
        rate = Spread.of(size.runs / each for each in found)
        times = ratio(found, taken[0]).told(2) if child.name else "1"
        own = f"this processor ({instruction_set()})"
        section.rows.append((child.name or own, Spread.of(1e3 * each for each in found).told(1), rate.told(), times))
        if child.name:
            section.figures[f"{child.name} code"] = rate
            section.losses += _too_wide(child)
    return section


def _started(settings: dict[str, str], stack: ExitStack, size: Size) -> subprocess.Popen[str]:
    cache = stack.enter_context(tempfile.TemporaryDirectory())
    process = subprocess.Popen(
        [sys.executable, "-m", "benchmarks.compile_afresh", "base" if size.whole else "moods", "serve"],
        env=environment(cache, settings),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    stack.enter_context(process)
    stack.callback(_close, process)
    return process


def _loops(process: subprocess.Popen[str]) -> dict[str, Loops]:
    """The first line that a child tells, when it has compiled its steps."""
    assert process.stdout is not None
    return read(process.stdout.readline())


def _close(process: subprocess.Popen[str]) -> None:
    assert process.stdin is not None
    process.stdin.close()


def _too_wide(child: Child) -> list[str]:
    return [
        f"the {child.name} code of {step} uses {register} registers"
        for step, loops in child.loops.items()
        for register in _TOO_WIDE[child.name]
        if getattr(loops, register)
    ]
