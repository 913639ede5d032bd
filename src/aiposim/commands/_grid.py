"""Tables on the terminal, whole words in every cell; where they do not fit, a list says the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import wrap
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

_BOUNDLESS = 10_000
_MANY_COLUMNS = 9


@dataclass(frozen=True)
class Row:
    """A label with its numbers and a remark; without numbers, a heading of the rows below. Cells may have lines."""

    label: str
    numbers: tuple[str, ...] = ()
    remark: str = ""


@dataclass(frozen=True)
class Grid:
    """A table of numbers. `in_list` are its headings where every number stands beside its own."""

    title: str
    first: str
    headings: Sequence[str]
    rows: Sequence[Row]
    notes: Sequence[str] = ()
    in_list: Sequence[str] = ()


def print_grid(grid: Grid, console: Console) -> None:
    """As a table if the words fit, the long labels if need be on several lines; else as a list. Notes come below."""
    from rich.measure import Measurement

    console.print(grid.title, style="bold", markup=False)
    boundless = console.options.update(width=_BOUNDLESS)
    wide, narrow = _table(grid), _table(grid, narrow=True)
    if Measurement.get(console, boundless, wide).maximum <= console.width:
        console.print(wide)
    elif Measurement.get(console, boundless, narrow).minimum <= console.width:
        console.print(narrow)
    else:
        for line in _lines(grid):
            console.print(line, markup=False)
    for note in grid.notes:
        console.print(note, style="dim", markup=False)


def _table(grid: Grid, *, narrow: bool = False) -> Table:
    from rich.table import Table
    from rich.text import Text

    gap = 1 if narrow or len(grid.headings) >= _MANY_COLUMNS else 2
    table = Table(box=None, padding=(0, gap, 0, 0), pad_edge=False, header_style="underline")
    table.add_column(Text(grid.first))
    for heading in grid.headings:
        table.add_column(Text(_broken(heading) if narrow else heading), justify="right", no_wrap=True)
    remarks = any(row.remark for row in grid.rows)
    if remarks:
        table.add_column("", no_wrap=True)
    for row in grid.rows:
        if row.numbers:
            remark = [Text(_broken(row.remark) if narrow else row.remark)] if remarks else []
            table.add_row(Text(row.label), *map(_cell, row.numbers), *remark)
        else:
            table.add_row(Text(row.label, style="italic"))
    return table


def _broken(text: str) -> str:
    """On as many lines as make it narrow without breaking a word."""
    words = text.split()
    return "\n".join(wrap(text, max(map(len, words)), break_on_hyphens=False)) if words else text


def _cell(text: str) -> Text:
    """The first line as it is, those below it dim."""
    from rich.text import Text

    first, *below = text.split("\n")
    return Text.assemble(first, ("".join(f"\n{line}" for line in below), "dim"))


def _lines(grid: Grid) -> list[str]:
    headings = [" ".join(heading.split()) for heading in grid.in_list or grid.headings]
    lines = []
    for row in grid.rows:
        said = ", ".join(f"{name} {'/'.join(each.split())}" for name, each in zip(headings, row.numbers, strict=False))
        remark = f"; {row.remark}" if row.remark else ""
        lines.append(f"- {row.label}: {said}{remark}" if said else f"{row.label}:")
    return lines
