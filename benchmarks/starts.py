"""From the start of the program to the first table on the screen: warm, and for the very first time."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.measuring import Spread
from benchmarks.section import SCENARIO, Section, Size

FIRST_OF_TABLE = "Outcomes"
"""The title of the first table."""


def program_start(size: Size) -> Section:
    section = Section(
        "From the start of the program to the first table",
        f"`aiposim run {SCENARIO}`, 1,000 runs, in a process of its own whose standard output is read through a pipe: "
        "seconds until the first line of the first table has come, and until the program has ended, its folder and "
        "report written. For the very first time: with an empty cache folder, so that every step is compiled.",
        ("start", "first table, s", "end, s"),
    )
    with tempfile.TemporaryDirectory() as folder:
        runs = 1000 if size.whole else 2
        warm = [_run(Path(folder), runs, {}) for _ in range(size.starts + size.whole)][size.whole :]
        first = []
        for _ in range(size.first_starts):
            with tempfile.TemporaryDirectory() as cache:
                uncompiled = {} if size.whole else {"AIPOSIM_COMPILE": "0"}
                first.append(_run(Path(folder), runs, {"XDG_CACHE_HOME": cache, **uncompiled}))
    for words, key, taken in (("warm", "warm start", warm), ("for the very first time", "first start", first)):
        table, end = (Spread.of(each[i] for each in taken) for i in (0, 1))
        section.rows.append((words, table.told(2), end.told(2)))
        section.figures[key] = table
    return section


def _run(folder: Path, runs: int, changed: dict[str, str]) -> tuple[float, float]:
    """Seconds to the first line of the table, and to the end."""
    command = [sys.executable, "-m", "aiposim", "run", SCENARIO, "--runs", str(runs)]
    start = time.perf_counter()
    first = None
    with (
        tempfile.TemporaryFile() as errors,
        subprocess.Popen(
            [*command, "--out", str(folder / "out"), "--overwrite"],
            env={**os.environ, **changed},
            stdout=subprocess.PIPE,
            stderr=errors,
            encoding="utf-8",
        ) as process,
    ):
        assert process.stdout is not None
        for line in process.stdout:
            if first is None and line.startswith(FIRST_OF_TABLE):
                first = time.perf_counter() - start
        code, end = process.wait(), time.perf_counter() - start
        if code or first is None:
            errors.seek(0)
            said = errors.read().decode(errors="replace")[-2000:]
            raise RuntimeError(f"aiposim run ended with {code}, first table {first}: {said}")
    return first, end
