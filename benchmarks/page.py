"""What was measured, as Markdown: the page docs/speed.md and the same on the terminal."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from benchmarks.measured import Measured
from benchmarks.section import Section
from benchmarks.targets import TARGETS, Target

PAGE = Path(__file__).parent.parent / "docs" / "speed.md"

_OPENING = """# Speed

Written by `make bench` (`python -m benchmarks --write`), never by hand: {date}.{draft}

Medians, with the quartiles in brackets. What is compared was called in turn within one run, and a ratio is the median
of the ratios between neighbouring calls. The targets are for two cores with AVX-512; where one is missed, the table
says why."""


_DRAFT = " A draft: everything was called a few times only (`--short`)."


def whole(measured: Measured) -> str:
    """The page of all sections; of a short run it says that it is a draft."""
    sections = measured.sections
    parts = [
        _OPENING.format(date=measured.date, draft=_DRAFT if measured.draft else ""),
        table(("", "measured on"), measured.machine),
        losses_told(sections),
        "## Targets",
        targets(sections),
        *(section_told(section) for section in sections),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def targets(sections: Sequence[Section]) -> str:
    """The table of targets; every row of it, whatever could be measured."""
    figures = {key: figure for section in sections for key, figure in section.figures.items()}
    missing = {key: reason for section in sections for key, reason in section.missing.items()}
    rows = []
    for target in TARGETS:
        if target.key in figures:
            figure = figures[target.key]
            told, verdict = figure.told(target.places), target.verdict(figure)
        else:
            told, verdict = "", f"not measured: {missing.get(target.key, 'its benchmark was not run')}"
        rows.append((what(target), told, *target.bounds(), verdict))
    return table(("what", "measured", "target", "stretch", ""), rows)


def what(target: Target) -> str:
    return f"{target.what}, {target.unit}" if target.unit else target.what


def section_told(section: Section) -> str:
    """Heading, words, table."""
    parts = [f"## {section.title}", section.words, table(section.headings, section.rows) if section.rows else ""]
    if section.missing:
        parts.append("Not measured: " + "; ".join(f"{key}: {why}" for key, why in section.missing.items()) + ".")
    return "\n\n".join(part for part in [*parts, section.after] if part)


def losses_told(sections: Iterable[Section]) -> str:
    losses = [f"- {loss}" for section in sections for loss in section.losses]
    heading = "**Lost since somebody last looked** (benchmarks/expected_loops.json):"
    return "\n".join([heading, "", *losses]) if losses else ""


def table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table whose columns are as wide as what stands in them."""
    every = [tuple(headings), *map(tuple, rows)]
    widths = [max(3, *(len(row[i]) for row in every)) for i in range(len(headings))]
    lines = ["| " + " | ".join(cell.ljust(n) for cell, n in zip(row, widths, strict=True)) + " |" for row in every]
    lines.insert(1, "|" + "|".join("-" * (n + 2) for n in widths) + "|")
    return "\n".join(lines)
