"""Where the repository's files lie, and its modules read without running them."""

from __future__ import annotations

import ast
import os
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "aiposim"

_NOT_OURS = {"build", "dist", "htmlcov", "results", "__pycache__"}
"""Folders at the top that commands write, and Python's cache; never part of the source."""


def name(path: Path) -> str:
    """The path as a reader would write it: from the top of the repository, with slashes."""
    return path.relative_to(ROOT).as_posix()


@cache
def own_files() -> tuple[Path, ...]:
    """Every file of the repository that is somebody's work: no environments, caches or output."""
    found: list[Path] = []
    for folder, subfolders, files in os.walk(ROOT):
        here = Path(folder)
        subfolders[:] = [sub for sub in subfolders if _ours(here / sub)]
        found += [here / file for file in files if not file.startswith(".coverage") and file != ".git"]
    return tuple(sorted(found))


def _ours(folder: Path) -> bool:
    if folder.name in _NOT_OURS:
        return folder.parent != ROOT and folder.name != "__pycache__"
    hidden = folder.name.startswith(".") and folder.name not in {".ci", ".github"}
    return not (hidden or folder.name.endswith(".egg-info") or (folder / "pyvenv.cfg").exists())


def modules(folder: Path) -> list[Path]:
    """The modules of a family: one file a thing; what starts with an underscore serves the family itself."""
    return sorted(path for path in folder.glob("*.py") if not path.name.startswith("_"))


def all_modules() -> list[Path]:
    """Every module of the package."""
    return sorted(PACKAGE.rglob("*.py"))


@cache
def syntax(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def docstring(path: Path) -> str:
    return ast.get_docstring(syntax(path)) or ""


def functions(path: Path) -> set[str]:
    """Names of the functions defined at the top of a module."""
    return {node.name for node in syntax(path).body if isinstance(node, ast.FunctionDef)}


def names(path: Path) -> set[str]:
    """Every name that the top of a module binds: functions, classes, constants, imports."""
    bound: set[str] = set()
    for node in syntax(path).body:
        match node:
            case ast.FunctionDef() | ast.ClassDef():
                bound.add(node.name)
            case ast.Assign():
                bound |= {part.id for t in node.targets for part in ast.walk(t) if isinstance(part, ast.Name)}
            case ast.AnnAssign(target=ast.Name(id=target)):
                bound.add(target)
            case ast.Import() | ast.ImportFrom():
                bound |= {alias.asname or alias.name for alias in node.names}
    return bound


def imported(path: Path) -> set[str]:
    """The packages that a module imports anywhere, inside functions too: first part of the name."""
    found: set[str] = set()
    for node in ast.walk(syntax(path)):
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            found.add(node.module.partition(".")[0])
    return found
