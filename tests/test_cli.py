"""The program: it finds its commands, starts fast, and ends in order."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import IO

import pytest

from aiposim import __version__, families
from commands.terminal import SOURCE, called, refused


def test_every_file_in_the_folder_is_a_command() -> None:
    listed = called("--help").stdout
    assert families.names("commands")
    for name in families.names("commands"):
        assert f"  {name.replace('_', '-')} " in listed
        assert called(name.replace("_", "-"), "--help").exit_code == 0


def test_without_a_command_it_says_what_there_is() -> None:
    result = called()
    assert result.exit_code == 0
    assert result.stdout == called("--help").stdout


def test_version() -> None:
    assert called("--version").stdout == f"aiposim {__version__}\n"


def test_a_misspelt_command_is_refused_with_a_guess() -> None:
    assert "There is no command 'rnu'. Did you mean 'run'?" in refused("rnu")


def test_a_terminal_that_lacks_letters_gets_a_table_all_the_same(tmp_path: Path) -> None:
    done = _program(
        "run", "detente-1325", "--runs", "2", "--set", "world.horizon=4", folder=tmp_path, letters="latin-1"
    )
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr.decode("latin-1")
    assert "D\u00e9tente" in done.stdout.decode("latin-1")
    assert "5?95%" in done.stdout.decode("latin-1")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a device that is always full")
@pytest.mark.parametrize("arguments", [("--help",), ("schema",), ("scenarios",)])
def test_output_that_cannot_be_written_is_one_line_and_1(arguments: tuple[str, ...], tmp_path: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        done = _program(*arguments, folder=tmp_path, stdout=full)
    assert (done.returncode, done.stderr) == (1, b"The output cannot be written: No space left on device.\n")


@pytest.mark.skipif(sys.platform == "win32", reason="pipes break in another way there")
def test_a_reader_that_has_gone_is_no_fault_worth_a_word(tmp_path: Path) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "wb") as pipe:
        done = _program("schema", folder=tmp_path, stdout=pipe)
    assert (done.returncode, done.stderr) == (1, b"")


def _program(
    *arguments: str, folder: Path, letters: str = "utf-8", stdout: int | IO[bytes] = subprocess.PIPE
) -> subprocess.CompletedProcess[bytes]:
    environment = {"PYTHONPATH": str(SOURCE), "AIPOSIM_COMPILE": "0", "PYTHONIOENCODING": letters}
    return subprocess.run(
        [sys.executable, "-c", "from aiposim.cli import main; main()", *arguments],
        cwd=folder,
        env={**os.environ, **environment},
        stdout=stdout,
        stderr=subprocess.PIPE,
        check=False,
    )


def test_an_interruption_is_one_line_and_130(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("aiposim.results.simulate", interrupted)
    monkeypatch.setattr("aiposim.ensemble.run_block", interrupted)
    monkeypatch.setattr("aiposim.compiled.first_time", lambda: False)
    result = called("run", "geneva-2015", "--runs", "2", "--json")
    assert (result.exit_code, result.stdout) == (130, "")
    assert result.stderr == "Interrupted. Nothing was left half-written.\n"
    result = called("run", "geneva-2015", "--runs", "2", "--out", "never")
    assert (result.exit_code, result.stdout) == (130, "")
    assert result.stderr == "Interrupted. No run was finished; nothing is kept.\n"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("arguments", [["--help"], ["--version"], ["check", "geneva-2015"], ["run", "--help"]])
def test_it_starts_without_what_is_heavy(arguments: list[str]) -> None:
    heavy = {"mesa", "pandas", "matplotlib", "numba", "scipy", "pyarrow"}
    program = (
        "import sys; from aiposim.cli import app\n"
        f"try: app({arguments!r})\n"
        f"except SystemExit as end: print('end', end.code, *sorted({heavy!r} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False, env={"PYTHONPATH": str(SOURCE)}
    )
    assert done.stdout.splitlines()[-1] == "end 0", done.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="interruptions are signals elsewhere only")
@pytest.mark.parametrize("workers", ["1", "2"])
def test_the_program_can_be_interrupted_while_it_computes(workers: str, tmp_path: Path) -> None:
    arguments = ["run", "geneva-2015", "--runs", "1000000", "--workers", workers, "--out", "never"]
    program = (  # what starts the tests may ignore interruptions, and its children would inherit that
        "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "from aiposim.cli import main; print('ready', flush=True); main()"
    )
    running = subprocess.Popen(
        [sys.executable, "-c", program, *arguments],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(SOURCE), "AIPOSIM_COMPILE": "0"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert running.stdout is not None
    assert running.stdout.readline() == "ready\n"
    time.sleep(1.5)
    running.send_signal(signal.SIGINT)
    try:
        _, said = running.communicate(timeout=60)
    finally:
        running.kill()
    assert (running.returncode, said) == (130, "Interrupted. No run was finished; nothing is kept.\n")
    assert list(tmp_path.iterdir()) == []
