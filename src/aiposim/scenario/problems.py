"""What can be wrong with a scenario: where it stands, what was found, what is allowed."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Literal

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class Place:
    """A position in a file as an editor shows it; lines and columns count from 1."""

    file: str
    line: int = 1
    column: int = 1


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong (error) or odd (warning); `message` is a full sentence or two."""

    file: str
    line: int
    column: int
    key: str
    severity: Severity
    found: str
    allowed: str
    message: str

    def as_dict(self) -> dict[str, str | int]:
        return asdict(self)

    def __str__(self) -> str:
        where = f"{self.file}:{self.line}:{self.column}:"
        return " ".join(part for part in (where, self.key + ":" if self.key else "", self.message) if part)


def problem(
    place: Place,
    key: str,
    message: str,
    *,
    found: object = "",
    allowed: str = "",
    severity: Severity = "error",
) -> Problem:
    """A problem at a place; `found` is shown as it would be written in the file."""
    return Problem(place.file, place.line, place.column, key, severity, shown(found), allowed, message)


def shown(value: object) -> str:
    """A value as it would be written in YAML, cut to one short line."""
    if isinstance(value, str):
        text = value
    elif value is None:
        text = "nothing"
    elif isinstance(value, bool):
        text = "true" if value else "false"
    elif isinstance(value, float):
        text = _number(value)
    elif isinstance(value, tuple | list):
        text = "[" + ", ".join(shown(item) for item in value) + "]"
    elif isinstance(value, dict):
        text = "{" + ", ".join(f"{key}: {shown(item)}" for key, item in value.items()) + "}"
    else:
        text = str(value)
    text = " ".join(text.split())
    return text if len(text) <= 80 else text[:77] + "..."


def _number(value: float) -> str:
    if value != value:
        return ".nan"
    if value in (float("inf"), float("-inf")):
        return ".inf" if value > 0 else "-.inf"
    return f"{value:.10g}"


class ScenarioError(ValueError):
    """A scenario cannot be used. `problems` holds everything found wrong (and what was odd), all at once."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = list(problems)
        super().__init__("\n".join(str(each) for each in self.problems if each.severity == "error"))

    def __reduce__(self) -> tuple[type[ScenarioError], tuple[list[Problem]]]:
        return ScenarioError, (self.problems,)

    def as_json(self) -> str:
        return json.dumps([each.as_dict() for each in self.problems], ensure_ascii=False, indent=2)
