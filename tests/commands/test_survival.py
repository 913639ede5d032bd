"""A study survives a process killed at any instant, Ctrl-C, a full disk, a killed worker; nothing done is lost."""

from __future__ import annotations

import contextlib
import json
import os
import pickle
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from aiposim.results.study import Study
from commands.terminal import SOURCE

posix = pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGKILL")

RUNS = 20_000
STUDY = ("run", "reference-design", "--runs", str(RUNS), "--set", "world.horizon=30", "--out", "study")


def started(folder: Path, *arguments: str) -> subprocess.Popen[str]:
    """`aiposim` as a program of its own, compiled, in a folder."""
    return subprocess.Popen(
        [sys.executable, "-c", "from aiposim.cli import main; main()", *arguments],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(SOURCE), "COLUMNS": "100"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def finished(folder: Path, *arguments: str) -> tuple[int, str, str]:
    process = started(folder, *arguments)
    out, err = process.communicate(timeout=300)
    return process.returncode, out, err


@dataclass(frozen=True)
class Whole:
    """A study that nobody interrupted, and how long it took."""

    folder: Path
    seconds: float


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Whole:
    folder = tmp_path_factory.mktemp("whole")
    begun = time.monotonic()
    code, _, err = finished(folder, *STUDY)
    assert (code, err) == (0, "")
    return Whole(folder / "study", time.monotonic() - begun)


def blocks_in(folder: Path) -> list[Path]:
    return sorted((folder / "blocks").glob("[0-9]*.runs.parquet"))


def assert_same_bits(one: Path, other: Path) -> None:
    """Rows, counts and bands of two folders, file by file."""
    for pattern in ("blocks/[0-9]*.parquet", "bands.parquet", "runs.parquet"):
        names = [path.relative_to(one) for path in sorted(one.glob(pattern))]
        assert names == [path.relative_to(other) for path in sorted(other.glob(pattern))]
        for name in names:
            assert bits(one / name) == bits(other / name), name


def bits(file: Path) -> dict[str, bytes]:
    """The columns of a table as bytes, so that nan equals nan and 0 does not equal -0."""
    table = pq.read_table(file)
    return {
        name: pickle.dumps(table[name].combine_chunks().to_numpy(zero_copy_only=False)) for name in table.column_names
    }


def assert_everything_reads(folder: Path) -> None:
    """No file of an interrupted study reads wrong: each is whole, or bears the name of one that was not finished."""
    json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    for file in folder.rglob("*.parquet"):
        pq.read_table(file)


@contextlib.contextmanager
def killed(folder: Path, arguments: tuple[str, ...], blocks: int | None, seconds: float) -> Iterator[None]:
    """Start a study, kill it `seconds` after it has kept so many blocks (None: after its start)."""
    process = started(folder, *arguments)
    while blocks is not None and process.poll() is None and len(blocks_in(folder / "study")) < blocks:
        time.sleep(0.002)
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(seconds)
    process.kill()
    process.communicate()
    yield


def killed_and_resumed(folder: Path, whole: Whole, seed: int) -> bool:
    """One trial; says whether blocks were under way when the process was killed."""
    draw = random.Random(seed)
    anywhen = seed % 8 == 7  # in the imports, the tables, the report
    blocks, seconds = (
        (None, draw.uniform(0.0, whole.seconds)) if anywhen else (draw.randrange(19), draw.uniform(0, 0.04))
    )
    workers = ("--workers", str(draw.choice((1, 1, 2))))
    with killed(folder, (*STUDY, *workers), blocks, seconds):
        pass
    study = folder / "study"
    under_way = study.exists() and len(blocks_in(study)) < 20
    if not study.exists():
        code, _, err = finished(folder, *STUDY)
    else:
        assert_everything_reads(study)
        kept = {path: path.stat().st_mtime_ns for path in blocks_in(study)}
        code, _, err = finished(folder, "resume", "study")
        assert kept == {path: path.stat().st_mtime_ns for path in kept}, "what was done was computed again"
    assert (code, err) == (0, "")
    assert_same_bits(whole.folder, study)
    assert (study / "report.html").is_file()
    return under_way


@posix
@pytest.mark.parametrize("seed", range(3, 8))
def test_a_study_killed_at_any_instant_goes_on_to_the_same_bits(whole: Whole, tmp_path: Path, seed: int) -> None:
    killed_and_resumed(tmp_path, whole, seed)


@posix
@pytest.mark.soak
def test_fifty_killed_studies_go_on_to_the_same_bits(whole: Whole, tmp_path: Path) -> None:
    under_way = 0
    for seed in range(50):
        place = tmp_path / str(seed)
        place.mkdir()
        under_way += killed_and_resumed(place, whole, seed)
    print(f"{under_way} of 50 had blocks under way")
    assert under_way >= 40


@posix
def test_workers_end_with_the_process_that_started_them(tmp_path: Path) -> None:
    process = started(tmp_path, *STUDY, "--workers", "2")
    while len(blocks_in(tmp_path / "study")) < 3:
        time.sleep(0.01)
    workers = _children(process.pid)
    assert workers
    process.kill()
    process.communicate()
    deadline = time.monotonic() + 20
    while any(_alive(pid) for pid in workers) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not [pid for pid in workers if _alive(pid)]


@posix
def test_ctrl_c_leaves_one_line_and_all_that_was_done(tmp_path: Path) -> None:
    process = started(tmp_path, *STUDY)
    while not blocks_in(tmp_path / "study"):
        time.sleep(0.005)
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=60)
    assert process.returncode == 130
    kept = len(blocks_in(tmp_path / "study"))
    assert 0 < kept < 20
    assert err == (f"Interrupted. {kept * 1000:,} of 20,000 runs are kept in study. Go on with: aiposim resume study\n")
    assert_everything_reads(tmp_path / "study")
    manifest = json.loads((tmp_path / "study" / "manifest.json").read_text(encoding="utf-8"))
    assert [block["state"] for block in manifest["blocks"]].count("done") == kept


@posix
def test_a_worker_that_is_killed_costs_nothing(whole: Whole, tmp_path: Path) -> None:
    process = started(tmp_path, *STUDY, "--workers", "2")
    while len(blocks_in(tmp_path / "study")) < 2:
        time.sleep(0.005)
    victims = [pid for pid in _children(process.pid) if "resource_tracker" not in _command(pid)]
    with contextlib.suppress(ProcessLookupError):
        os.kill(max(victims), signal.SIGKILL)
    _, err = process.communicate(timeout=120)
    assert (process.returncode, err) == (0, "")
    assert_same_bits(whole.folder, tmp_path / "study")


def _children(pid: int) -> list[int]:
    """All processes below one."""
    listed = subprocess.run(["ps", "-e", "-o", "pid=,ppid="], capture_output=True, text=True, check=True).stdout
    parents = {int(line.split()[0]): int(line.split()[1]) for line in listed.splitlines()}
    below = [child for child, parent in parents.items() if parent == pid]
    return below + [each for child in below for each in _children(child)]


def _command(pid: int) -> str:
    return subprocess.run(["ps", "-o", "args=", "-p", str(pid)], capture_output=True, text=True, check=False).stdout


def _alive(pid: int) -> bool:
    state = subprocess.run(["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, text=True, check=False).stdout
    return bool(state.strip()) and not state.startswith("Z")


def test_a_full_disk_is_one_line_and_what_was_done_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from aiposim.results import study as studies
    from commands.terminal import called

    monkeypatch.chdir(tmp_path)
    write, written = studies.write_block, []

    def until_full(*arguments: object) -> None:
        if len(written) == 2:
            raise OSError(28, "No space left on device", "study/blocks/x.parquet")
        write(*arguments)  # type: ignore[arg-type]
        written.append(arguments)

    monkeypatch.setattr(studies, "write_block", until_full)
    few = ("run", "reference-design", "--runs", "5000", "--set", "world.horizon=4", "--out", "study")
    result = called(*few)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == (
        "study/blocks/x.parquet: No space left on device. 2,000 of 5,000 runs are kept in study. "
        "Go on with: aiposim resume study\n"
    )
    monkeypatch.setattr(studies, "write_block", write)
    assert called("resume", "study").exit_code == 0
    assert Study.open("study").is_complete
