"""Figures as SVG to stand inside a page of HTML: same bytes for the same figure, and nothing outside it."""

from __future__ import annotations

import io
import re
from typing import Any
from xml.etree import ElementTree

import matplotlib
from matplotlib.figure import Figure

from aiposim.report.wide_letters import measure_wide_letters

# Writing stays writing, so that it can be found, copied and read in every script the reader's system knows.
# Han characters are drawn differently in each language, so its fonts come first; the Latin ones are of one width.
_LATIN = "'DejaVu Sans', Verdana"
_FONTS = {
    "en": "'Noto Sans'",
    "ja": "'Noto Sans CJK JP', 'Noto Sans JP', 'Hiragino Sans', 'Yu Gothic', Meiryo",
    "zh-Hans": "'Noto Sans CJK SC', 'Noto Sans SC', 'PingFang SC', 'Microsoft YaHei'",
    "ko": "'Noto Sans CJK KR', 'Noto Sans KR', 'Apple SD Gothic Neo', 'Malgun Gothic'",
}
_REFERENCE = re.compile(r"url\(#([^)]+)\)|^#(.+)$")


def inline_svg(figure: Figure, name: str, title: str, description: str, language: str = "en") -> str:
    """The figure as an element that a page can hold; every id in it begins with `name`.

    title, description    what it is and what it shows, for those who cannot see it
    language              of the writing, as HTML names it: `Words.tag`
    """
    measure_wide_letters(figure)
    written = io.StringIO()
    settings: Any = {"svg.fonttype": "none", "svg.hashsalt": name}
    with matplotlib.rc_context(settings):
        figure.savefig(written, format="svg", metadata={"Date": None, "Creator": None})
    root = ElementTree.fromstring(written.getvalue())
    _without_namespaces(root)
    for unwanted in root.findall("metadata"):
        root.remove(unwanted)
    _own_ids(root, name)
    _style_of_the_page(root)
    width = root.attrib.pop("width")
    for unneeded in ("height", "version"):
        root.attrib.pop(unneeded, None)
    root.set("role", "img")
    root.set("aria-labelledby", f"{name}-title {name}-description")
    root.set("stroke-linejoin", "round")
    root.set("lang", language)
    root.set(
        "style", f"width: {_pixels(width)}px; font-family: {_LATIN}, {_FONTS.get(language, _FONTS['en'])}, sans-serif"
    )
    _put_first(root, "desc", f"{name}-description", description)
    _put_first(root, "title", f"{name}-title", title)
    return ElementTree.tostring(root, encoding="unicode")


def _put_first(root: ElementTree.Element, tag: str, identity: str, text: str) -> None:
    element = ElementTree.Element(tag, {"id": identity})
    element.text = text
    root.insert(0, element)


def _pixels(points: str) -> int:
    """A length as Matplotlib writes it, `676.8pt`, on the screen."""
    return round(float(points.removesuffix("pt")) * 96 / 72)


def _without_namespaces(root: ElementTree.Element) -> None:
    """In HTML an SVG needs no namespaces, and a page without them names no address at all."""
    for element in root.iter():
        element.tag = element.tag.rpartition("}")[2]
        for key in list(element.attrib):
            if "}" in key:
                element.set(key.rpartition("}")[2], element.attrib.pop(key))


def _own_ids(root: ElementTree.Element, name: str) -> None:
    """Ids that something refers to begin with the figure's name; the others go."""
    wanted = {
        found
        for element in root.iter()
        for value in element.attrib.values()
        for pair in _REFERENCE.findall(value)
        for found in pair
        if found
    }
    for element in root.iter():
        identity = element.attrib.pop("id", None)
        if identity in wanted:
            element.set("id", f"{name}-{identity}")
        for key, value in element.attrib.items():
            if key == "href":
                element.set(key, f"#{name}-{value.removeprefix('#')}")
            elif "url(#" in value:
                element.set(key, value.replace("url(#", f"url(#{name}-"))


def _style_of_the_page(root: ElementTree.Element) -> None:
    """Size stays with each piece of writing, the fonts stand once; and no style sheet that the page would feel."""
    for definitions in root.findall("defs"):
        if definitions.find("style") is not None:
            root.remove(definitions)
    for element in root.iter("text"):
        style = re.sub(r"font: [^;]*?([\d.]+px)[^;]*", r"font-size: \1", element.get("style", ""))
        element.set("style", re.sub(r"font-family: [^;]*; ?", "", style))
