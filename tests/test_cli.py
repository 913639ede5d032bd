"""The program: it finds its commands, starts fast, and ends in order."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

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


def test_an_interruption_is_one_line_and_130(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("aiposim.results.simulate", interrupted)
    result = called("run", "geneva-2015", "--runs", "2")
    assert (result.exit_code, result.stdout) == (130, "")
    assert result.stderr == "Interrupted. Nothing was left half-written.\n"
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
def test_the_program_can_be_interrupted_while_it_computes(tmp_path: Path) -> None:
    arguments = ["run", "geneva-2015", "--runs", "1000000", "--out", "never"]
    running = subprocess.Popen(
        [sys.executable, "-c", "from aiposim.cli import main; print('ready', flush=True); main()", *arguments],
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
    _, said = running.communicate(timeout=60)
    assert (running.returncode, said) == (130, "Interrupted. Nothing was left half-written.\n")
    assert list(tmp_path.iterdir()) == []
