"""A figure inside a page: the same bytes each time, ids of its own, nothing from outside, a text for the blind."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest

from aiposim.figures.council_timeline import council_timeline
from aiposim.figures.fan_chart import fan_chart
from aiposim.report.svg import inline_svg
from report.tables import WORDS, bands, events


def _fan(name: str) -> str:
    return inline_svg(fan_chart(bands(["budget"]), "budget", WORDS), name, "Budget", "It grows & grows.")


def test_the_same_figure_is_the_same_text() -> None:
    assert _fan("one") == _fan("one")


def test_two_copies_of_a_figure_share_no_id() -> None:
    ids = [re.findall(r'\bid="([^"]+)"', _fan(name)) for name in ("one", "two")]
    assert ids[0]
    assert not set(ids[0]) & set(ids[1])
    assert all(identity.startswith("one-") for identity in ids[0])


@pytest.mark.parametrize("figure", ["fan", "timeline"])
def test_every_reference_leads_to_something_within(figure: str) -> None:
    svg = (
        _fan("it")
        if figure == "fan"
        else inline_svg(council_timeline(events(), ("CHN", "JPN", "KOR"), WORDS), "it", "", "")
    )
    ids = set(re.findall(r'\bid="([^"]+)"', svg))
    referred = re.findall(r"url\(#([^)]+)\)", svg) + re.findall(r'href="#([^"]+)"', svg)
    assert referred
    assert set(referred) <= ids
    assert "http" not in svg
    assert "<style" not in svg


def test_it_has_a_name_and_a_description() -> None:
    root = ElementTree.fromstring(_fan("it"))
    texts = {element.get("id"): element.text for element in root if element.tag in ("title", "desc")}
    assert texts == {"it-title": "Budget", "it-description": "It grows & grows."}
    assert root.get("role") == "img"
    assert (root.get("aria-labelledby") or "").split() == list(texts)


def test_writing_stays_writing_in_fonts_that_every_system_has() -> None:
    root = ElementTree.fromstring(_fan("it"))
    assert {"Budget", "year", "median", "M US$ per half-year"} <= {element.text for element in root.iter("text")}
    assert (root.get("style") or "").endswith("sans-serif")
