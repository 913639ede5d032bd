"""The manifest of a results folder: everything needed to compute the same runs again, and to see what has changed."""

from __future__ import annotations

import hashlib
import json
import os
import platform
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import cache
from importlib import metadata
from operator import attrgetter
from pathlib import Path
from typing import Any

from aiposim import families
from aiposim.compiled import source_digest
from aiposim.scenario import Scenario

FORMAT = 2
"""Version of the folder's format."""
MANIFEST_FILE = "manifest.json"
UNFINISHED, COMPLETE = "unfinished", "complete"


def made_with(scenario: Scenario, command: Sequence[str]) -> dict[str, Any]:
    """What makes the numbers: scenario after inheritance, source of the package, the user's own rules, versions."""
    return {
        "scenario": scenario.as_dict(),
        "scenario_sha256": scenario.digest(),
        "command": list(command),
        "created": now(),
        "source_sha256": source_digest(),
        "source": source_files(),
        "own_rules": own_rules_of(scenario),
        "versions": versions(),
        "machine": {
            "platform": platform.platform(),
            "processor": processor(),
            "processors": os.cpu_count(),
        },
    }


def read_manifest(folder: Path) -> dict[str, Any]:
    """The manifest of a results folder.

    Errors: FileNotFoundError if there is none; ValueError if it does not read, or is of another format.
    """
    file = folder / MANIFEST_FILE
    if not file.is_file():
        raise FileNotFoundError(f"{folder} is not a results folder: it has no {MANIFEST_FILE}")
    try:
        manifest = json.loads(file.read_text(encoding="utf-8"))
    except ValueError as error:
        raise ValueError(f"{file} does not read as JSON: {error}") from error
    if not isinstance(manifest, dict):
        raise ValueError(f"{file} does not read as a manifest: it is not a mapping")
    if manifest.get("format") != FORMAT:
        raise ValueError(f"{file} is of format {manifest.get('format')!r}; this version of aiposim reads {FORMAT}")
    return manifest


def own_rules_of(scenario: Scenario) -> list[dict[str, str]]:
    """The user's own rules that a scenario asks for, each with the SHA-256 of its file."""
    found = [
        (family, families.own_rule(f"rules.{family}", attrgetter(f"{key}.rule")(scenario)))
        for family, key in families.CHOSEN_BY.items()
    ]
    return [{"family": family, "name": rule.name, "sha256": rule.sha256} for family, rule in found if rule]


_MOVES_NO_NUMBER = (
    "__main__.py", "cli.py", "cluster.py", "commands", "figures", "orders.py", "report", "results", "study", "workshop",
)  # fmt: skip
_MOVES_NUMBERS = ("results/bands.py",)


@cache
def source_files() -> dict[str, str]:
    """The package's Python files that can move a number, each with the first 16 digits of its SHA-256."""
    package = Path(__file__).parent.parent
    files = {path.relative_to(package).as_posix(): path for path in sorted(package.rglob("*.py"))}
    return {
        name: hashlib.sha256(path.read_bytes()).hexdigest()[:16]
        for name, path in files.items()
        if name.partition("/")[0] not in _MOVES_NO_NUMBER or name in _MOVES_NUMBERS
    }


def now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


@cache
def processor() -> str:
    """The name of the processor, as the system gives it."""
    cpuinfo = Path("/proc/cpuinfo")
    if cpuinfo.is_file():
        for line in cpuinfo.read_text(encoding="utf-8", errors="replace").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()


@cache
def versions() -> dict[str, str]:
    """Versions of Python and of what the numbers and tables pass through."""
    names = ("aiposim", "mesa", "numba", "numpy", "pandas", "pyarrow", "pydantic")
    return {"python": platform.python_version(), **{name: _version(name) for name in names}}


def _version(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return "not installed"
