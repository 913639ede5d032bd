"""A million runs with all bands on two cores: time and memory, and memory as runs grow."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from benchmarks.measuring import Spread
from benchmarks.section import SCENARIO, Section, Size

MILLION = 1_000_000
_PROC = Path("/proc")


@dataclass
class Peak:
    """Most memory seen, MB; 0 where the system does not tell."""

    largest_process: float = 0.0
    all_processes: float = 0.0

    def note(self, root: int) -> None:
        """Look at a process and all that it has started."""
        family = _family(root)
        self.largest_process = max([self.largest_process, *(_megabytes(pid, "status", "VmHWM") for pid in family)])
        together = sum(_megabytes(pid, "smaps_rollup", "Pss") for pid in family)
        self.all_processes = max(self.all_processes, together)


def million_runs(size: Size) -> Section:
    section = Section(
        "A million runs",
        f"`aiposim run {SCENARIO} --workers 2` with its results folder and report, from the start of the program to "
        "its end. Memory: the largest resident set of any of its processes (VmHWM), and the highest sum over all of "
        "them at one moment, shared pages counted once (PSS, looked at five times a second; Linux alone tells).",
        ("runs", "s", "runs a second", "largest process, MB", "all processes, MB"),
    )
    peaks: dict[int, Peak] = {}
    with tempfile.TemporaryDirectory() as folder:
        for runs in size.million:
            taken, peak = _run(Path(folder) / "out", runs)
            peaks[runs] = peak
            known = [f"{each:.0f}" if each else "" for each in (peak.largest_process, peak.all_processes)]
            section.rows.append((f"{runs:,}", f"{taken:.1f}", f"{runs / taken:,.0f}", *known))
            if runs == MILLION or not size.whole:
                section.figures["a million runs"] = Spread.exactly(taken)
                if peak.all_processes:
                    section.figures["memory of a million runs"] = Spread.exactly(peak.all_processes)
    few, many = peaks[size.million[0]], peaks[size.million[-1]]
    if few.all_processes:
        section.figures["growth of memory"] = Spread.exactly(many.all_processes / few.all_processes)
    unmeasured = {"a million runs", "memory of a million runs", "growth of memory"} - set(section.figures)
    section.missing = dict.fromkeys(unmeasured, "this system does not tell")
    return section


def _run(out: Path, runs: int) -> tuple[float, Peak]:
    command = [sys.executable, "-m", "aiposim", "run", SCENARIO, "--runs", str(runs), "--workers", "2"]
    peak = Peak()
    start = time.perf_counter()
    with tempfile.TemporaryFile() as errors:
        process = subprocess.Popen(
            [*command, "--out", str(out), "--overwrite"], stdout=subprocess.DEVNULL, stderr=errors
        )
        while process.poll() is None:
            peak.note(process.pid)
            time.sleep(0.2)
        if process.returncode:
            errors.seek(0)
            said = errors.read().decode(errors="replace")[-2000:]
            raise RuntimeError(f"aiposim run of {runs:,} runs ended with {process.returncode}: {said}")
    return time.perf_counter() - start, peak


def _family(root: int) -> list[int]:
    """The process and its descendants."""
    parents: dict[int, int] = {}
    for folder in _PROC.glob("[0-9]*"):
        parent = _field(folder / "status", "PPid")
        if parent is not None:
            parents[int(folder.name)] = int(parent)
    family = [root]
    for pid in family:
        family += [child for child, parent in parents.items() if parent == pid]
    return family


def _megabytes(pid: int, file: str, name: str) -> float:
    """A line of kilobytes, in MB of a million bytes."""
    value = _field(_PROC / str(pid) / file, name)
    return 0.0 if value is None else 1.024e-3 * float(value.split()[0])


def _field(file: Path, name: str) -> str | None:
    """A line of a file in /proc; None if the process has gone or there is no such file."""
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except OSError:
        return None
    return next((line.partition(":")[2].strip() for line in lines if line.startswith(f"{name}:")), None)
