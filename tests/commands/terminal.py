"""The command line as a test calls it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from typer.testing import CliRunner, Result

from aiposim.cli import app

SOURCE = Path(__file__).resolve().parents[2] / "src"


def called(*arguments: str, wide: bool = False) -> Result:
    """`aiposim` with these arguments, in this process; `wide`: on a terminal so wide that no line is folded."""
    return CliRunner().invoke(app, list(arguments), env={"COLUMNS": "1000"} if wide else None)


def refused(*arguments: str) -> str:
    """What `aiposim` says on standard error when it refuses these arguments, with nothing on standard output."""
    result = called(*arguments)
    assert result.exit_code == 2, result.output
    assert result.stdout == ""
    assert "Traceback" not in result.stderr
    return result.stderr


def process(*arguments: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """`aiposim` as a program of its own, in a folder; in plain Python, since it computes little."""
    return subprocess.run(
        [sys.executable, "-c", "from aiposim.cli import main; main()", *arguments],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(SOURCE), "AIPOSIM_COMPILE": "0", "COLUMNS": "100"},
        capture_output=True,
        text=True,
        check=False,
    )
