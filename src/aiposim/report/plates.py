"""Figures as a page shows them, each with its numbers; and the page itself, a template filled in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape
from matplotlib.figure import Figure

from aiposim.report.svg import inline_svg
from aiposim.report.words import Words

if TYPE_CHECKING:
    import pandas as pd

TEMPLATES = Path(__file__).parent / "templates"


@dataclass(frozen=True)
class Drawing:
    """A figure and what belongs to it, before a page has it.

    name          begins every id of the figure on a page, and names its file of numbers
    table         the numbers that it draws
    description   for those who cannot see it, if the caption says too little
    """

    name: str
    figure: Figure
    title: str
    caption: str
    table: pd.DataFrame
    description: str = ""


@dataclass(frozen=True)
class Download:
    """A table as a file that the page itself holds."""

    label: str
    file: str
    address: str


@dataclass(frozen=True)
class Plate:
    """A figure as the page shows it."""

    name: str
    svg: Markup
    caption: str
    numbers: Download


def plate(drawing: Drawing, words: Words) -> Plate:
    """A figure for a page, with its numbers beside it."""
    described = drawing.description or drawing.caption
    svg = inline_svg(drawing.figure, drawing.name, drawing.title, described, words.tag)
    numbers = download(drawing.name, drawing.table, words("The numbers of this figure (CSV)"))
    return Plate(drawing.name, Markup(svg), drawing.caption, numbers)


def plates(drawings: Iterable[Drawing | None], words: Words) -> list[Plate]:
    """Those of the figures that there are."""
    return [plate(each, words) for each in drawings if each is not None]


def download(name: str, table: pd.DataFrame, label: str) -> Download:
    """A table as CSV, at an address that holds all of it."""
    return Download(label, f"{name}.csv", "data:text/csv;charset=utf-8," + quote(table.to_csv(index=False)))


def sortable(value: float) -> str:
    """A number by which a column of a page is sorted; nothing if it is undefined."""
    return "" if value != value else repr(float(value))


def rendered(template: str, words: Words, **values: Any) -> str:
    """A template filled in, with the words and the style of all pages."""
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["breakable"] = _breakable
    inside: Mapping[str, Markup] = {
        name: Markup((TEMPLATES / file).read_text(encoding="utf-8").strip())
        for name, file in (("css", "page.css"), ("sorting", "sorting.js"))
    }
    return environment.get_template(template).render(words=words, program=_program(), **inside, **values) + "\n"


def _breakable(name: str) -> Markup:
    """The name of a design, which may break after a plus sign or an underscore where it has little room."""
    return Markup(re.sub(r"([+_])", r"\1<wbr>", str(escape(name))))


def _program() -> str:
    """This program with its version, if it is installed and not merely on the path."""
    try:
        return f"aiposim {version('aiposim')}"
    except PackageNotFoundError:
        return "aiposim"
