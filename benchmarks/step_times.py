"""Time of every step of a block, and whether its loops are vector code."""

from __future__ import annotations

import time
from typing import Any

from benchmarks import designs
from benchmarks.engine import driver_of, play, watch
from benchmarks.measuring import Spread
from benchmarks.section import Section, Size
from benchmarks.vector_code import Loops, compare_with_expected, loops_of_steps


def steps(size: Size) -> Section:
    taken, calls = _times(size)
    compiled = loops_of_steps(whole=size.whole)
    total = sum(each.median for each in taken.values())
    section = Section(
        "The time of each step",
        f"Of a block of {size.runs:,} runs, the longest first, with the call itself; loops as the compiler reports "
        "them when the step is compiled afresh for this processor, those inside called functions included: "
        "`4 of 5` means that one loop is not vector code.",
        ("step", "ms a block", "calls", "ns a run and call", "share", "vector loops"),
    )
    for name in sorted(taken, key=lambda name: -taken[name].median):
        each, count = taken[name], calls[name]
        section.rows.append(
            (
                name,
                f"{1e3 * each.median:.2f}",
                str(count),
                f"{1e9 * each.median / count / size.runs:.1f}",
                f"{each.median / total:.1%}",
                compiled[name].told() if name in compiled else "",
            )
        )
    section.losses = compare_with_expected(compiled)
    section.after = _after(compiled, set(taken))
    return section


def _times(size: Size) -> tuple[dict[str, Spread], dict[str, int]]:
    driver = driver_of(designs.base(), size.runs)
    spent: dict[str, float] = {}
    calls: dict[str, int] = {}

    def timed(name: str, step: Any) -> Any:
        def call(*arguments: Any) -> Any:
            start = time.perf_counter()
            answer = step(*arguments)
            spent[name] = spent.get(name, 0.0) + time.perf_counter() - start
            calls[name] = calls.get(name, 0) + 1
            return answer

        return call

    watch(driver, timed)
    play(driver)
    found: dict[str, list[float]] = {}
    for _ in range(size.repeats):
        spent.clear()
        calls.clear()
        play(driver)
        for name, seconds in spent.items():
            found.setdefault(name, []).append(seconds)
    return {name: Spread.of(every) for name, every in found.items()}, calls


def _after(compiled: dict[str, Loops], timed: set[str]) -> str:
    """The steps that the base scenario does not call, and all whose loops are plain code."""
    if not compiled:
        return "Nothing is compiled in this process; there are no vector loops."
    plain = [f"`{name}` ({each.told()})" for name, each in compiled.items() if each.plain and name not in timed]
    others = f" Not called here, with loops that are not vector code: {', '.join(plain)}." if plain else ""
    vector, every = sum(e.vector for e in compiled.values()), sum(e.vector + e.plain for e in compiled.values())
    return f"Of {every} loops {vector} are vector code; each step is counted under its own name and rule.{others}"
