"""Where the shipped scenarios and member states lie: in the wheel, or at the top of a checkout."""

from __future__ import annotations

from functools import cache
from pathlib import Path


@cache
def folder() -> Path:
    """The folder of shipped scenarios; it holds members/ and presets/ beside the scenarios.

    In a wheel it is aiposim/scenarios; in a checkout or an editable install it is scenarios/ at the top.
    """
    package = Path(__file__).resolve().parent.parent
    for place in (package / "scenarios", package.parent.parent / "scenarios"):
        if (place / "members").is_dir():
            return place
    raise FileNotFoundError(
        f"the shipped scenarios are missing from this installation of aiposim: {package / 'scenarios'}"
    )


def shipped() -> list[str]:
    """Names of the shipped scenarios."""
    return sorted(file.stem for file in folder().glob("*.yaml"))


def shipped_presets() -> list[str]:
    """Names of the shipped presets: settings that can be laid upon any scenario."""
    return sorted(file.stem for file in (folder() / "presets").glob("*.yaml"))


def shipped_members() -> list[str]:
    """Codes of the shipped member states."""
    return sorted(file.stem for file in (folder() / "members").glob("[A-Z][A-Z][A-Z].yaml"))


def is_path(name: str) -> bool:
    """A bare name is a shipped one; anything with a slash, or ending in .yaml, is a path."""
    return "/" in name or "\\" in name or name.endswith((".yaml", ".yml"))


def scenario_file(name: str) -> Path:
    return folder() / f"{name}.yaml"


def preset_file(name: str) -> Path:
    return folder() / "presets" / f"{name}.yaml"


def member_file(code: str) -> Path:
    return folder() / "members" / f"{code}.yaml"


def pairs_file() -> Path:
    return folder() / "members" / "pairs.yaml"


def display(path: Path) -> str:
    """A file's name in messages: shipped ones from scenarios/ on, others from the working folder on."""
    resolved = path.resolve()
    if resolved.is_relative_to(folder()):
        return f"scenarios/{resolved.relative_to(folder()).as_posix()}"
    here = Path.cwd()
    return resolved.relative_to(here).as_posix() if resolved.is_relative_to(here) else str(resolved)
