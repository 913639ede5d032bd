"""Who may import whom: the path runs one way, and what is heavy is loaded where it is used."""

from __future__ import annotations

import subprocess
import sys

import pytest
from importlinter.cli import lint_imports

from architecture.repository import PACKAGE, ROOT, all_modules, imported, name

PATH = [
    "scenario", "luck", "state", "steps", "period", "ensemble", "model", "panel", "orders", "cluster", "results",
    "study", "report", "cli",
    "rules", "behaviour", "world", "measures", "figures", "commands",
    "families", "quantities", "arithmetic", "compiled",
]  # fmt: skip

ALONE = {
    "dask": "src/aiposim/cluster.py",
    "distributed": "src/aiposim/cluster.py",
    "mesa": "src/aiposim/model.py",
    "numba": "src/aiposim/compiled.py",
}
"""Packages that one module alone knows."""

WEB_STACK = {"starlette", "uvicorn", "websockets", "multipart", "python_multipart", "segno"}


def test_import_contracts_hold(capsys: pytest.CaptureFixture[str]) -> None:
    broken = lint_imports(config_filename=str(ROOT / "pyproject.toml"), no_cache=True, no_logo=True)
    assert not broken, capsys.readouterr().out


@pytest.mark.parametrize("part", PATH)
def test_the_path_is_whole(part: str) -> None:
    assert (PACKAGE / f"{part}.py").exists() or (PACKAGE / part / "__init__.py").exists()


@pytest.mark.parametrize("package", ALONE)
def test_one_module_alone_imports(package: str) -> None:
    assert [name(module) for module in all_modules() if package in imported(module)] == [ALONE[package]]


def test_only_the_workshop_imports_the_web_stack() -> None:
    elsewhere = [module for module in all_modules() if not module.is_relative_to(PACKAGE / "workshop")]
    assert {name(module): imported(module) & WEB_STACK for module in elsewhere} == {
        name(module): set() for module in elsewhere
    }


@pytest.mark.parametrize("module", ["aiposim", "aiposim.cli"])
def test_importing_is_light(module: str) -> None:
    heavy = {"mesa", "pandas", "matplotlib", "numba", "scipy", "pyarrow", "dask", "distributed"}
    program = f"import sys, {module}; print(*sorted({heavy!r} & set(sys.modules)))"
    assert (PACKAGE / "__init__.py").exists()
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout.split()) == (0, []), done.stderr
