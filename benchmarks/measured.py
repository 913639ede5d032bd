"""What was measured last, kept beside the page, so that reasons and words can be changed without measuring anew."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from benchmarks import machine
from benchmarks.measuring import Spread
from benchmarks.section import Section

FILE = Path(__file__).parent / "measured.json"


@dataclass(frozen=True)
class Measured:
    """The sections of a run, its day, its machine; a draft if everything was called a few times only."""

    date: str
    machine: list[tuple[str, str]]
    draft: bool
    sections: list[Section]


def now(sections: Sequence[Section], *, draft: bool) -> Measured:
    today = datetime.now(UTC)
    return Measured(f"{today.day} {today:%B %Y}", machine.described(), draft, list(sections))


def write(measured: Measured) -> None:
    FILE.write_text(json.dumps(asdict(measured), indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def read() -> Measured:
    """Errors: FileNotFoundError if nothing was measured yet."""
    kept = json.loads(FILE.read_text(encoding="utf-8"))
    pairs = [(str(name), str(value)) for name, value in kept["machine"]]
    return Measured(kept["date"], pairs, kept["draft"], [_section(each) for each in kept["sections"]])


def _section(kept: dict[str, Any]) -> Section:
    figures = {key: Spread(**figure) for key, figure in kept.pop("figures").items()}
    headings, rows = tuple(kept.pop("headings")), [tuple(row) for row in kept.pop("rows")]
    return Section(**kept, headings=headings, rows=rows, figures=figures)
