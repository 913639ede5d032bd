"""Reports in a browser: in four languages, on a telephone, a desk and paper, with nothing clipped or overlapping."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from report.pages import KINDS, LANGUAGES, page

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

LOOK = (Path(__file__).parent / "looking.js").read_text(encoding="utf-8")
WIDTHS = {"telephone": 390, "desk": 1280, "paper": 688}
"""CSS pixels; paper is what the margins of an A4 page leave."""
FONTS = {"ja": "Noto Sans CJK JP", "zh": "Noto Sans CJK SC", "ko": "Noto Sans CJK KR"}


@dataclass
class Opened:
    """A report in the browser, with what it asked for and complained of."""

    tab: Page
    address: str
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def look(self, medium: str, *, folded_open: bool = False) -> dict[str, Any]:
        """What is amiss; `folded_open`: also in the charter and the differences, which a click unfolds."""
        self.tab.evaluate(
            f"document.querySelectorAll('details').forEach(each => each.open = {str(folded_open).lower()})"
        )
        self.tab.emulate_media(media="print" if medium == "paper" else "screen")
        self.tab.set_viewport_size({"width": WIDTHS[medium], "height": 900})
        found: dict[str, Any] = self.tab.evaluate(LOOK)
        return found


@pytest.fixture(scope="module", params=[(kind, language) for kind in KINDS for language in LANGUAGES], ids="-".join)
def opened(request: pytest.FixtureRequest, browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    kind, language = request.param
    file = tmp_path_factory.mktemp(f"{kind}-{language}") / "report.html"
    file.write_text(page(kind, language), encoding="utf-8")
    tab = browser.new_page()
    seen = Opened(tab, file.as_uri())
    tab.on("request", lambda asked: seen.requests.append(asked.url))
    tab.on("console", lambda message: seen.complaints.append(message.text))
    tab.on("pageerror", lambda error: seen.complaints.append(str(error)))
    tab.goto(file.as_uri())
    yield language, seen
    tab.close()


@pytest.mark.parametrize(
    ("medium", "folded_open"),
    [
        pytest.param("telephone", True, id="telephone-open"),
        pytest.param("desk", False, id="desk-folded"),
        pytest.param("paper", True, id="paper-open"),
        *(
            pytest.param(medium, folded, id=f"{medium}-{'open' if folded else 'folded'}", marks=pytest.mark.soak)
            for medium, folded in (("telephone", False), ("desk", True), ("paper", False))
        ),
    ],
)
def test_nothing_is_clipped_and_nothing_overlaps(opened: tuple[str, Opened], medium: str, *, folded_open: bool) -> None:
    _, seen = opened
    found = seen.look(medium, folded_open=folded_open)
    assert found["written"] > 100
    assert {name: found[name] for name in ("overflowing", "outside", "over", "cells")} == {
        "overflowing": [], "outside": [], "over": [], "cells": [],
    }  # fmt: skip
    assert found["wide"] <= 0, "the whole page moves sideways"


def test_a_report_asks_for_nothing_and_complains_of_nothing(opened: tuple[str, Opened]) -> None:
    _, seen = opened
    assert set(seen.requests) == {seen.address}
    assert seen.complaints == []


def test_a_report_is_drawn_with_the_fonts_of_its_language(opened: tuple[str, Opened]) -> None:
    language, seen = opened
    assert seen.tab.evaluate("document.documentElement.lang") == LANGUAGES[language]
    if language in FONTS:
        assert {*_fonts_of(seen.tab, "h1"), *_fonts_of(seen.tab, "svg text")} & set(FONTS.values()) == {FONTS[language]}


def test_a_report_prints_on_pages_of_a4(opened: tuple[str, Opened]) -> None:
    _, seen = opened
    seen.tab.emulate_media(media="print")
    printed = seen.tab.pdf(prefer_css_page_size=True, print_background=True)
    assert printed.startswith(b"%PDF")
    assert 4 <= printed.count(b"/Type /Page\n") <= 12
    width, height = (float(number) for number in printed.split(b"/MediaBox [0 0 ")[1].split(b"]")[0].split())
    assert (width, height) == pytest.approx((595, 842), abs=1)


def test_what_is_amiss_is_found(browser: Browser) -> None:
    tab = browser.new_page()
    tab.set_content(page("run", "en"))
    tab.evaluate(
        """() => {
          const [first, second] = [...document.querySelectorAll("svg text")];
          for (const text of [first, second]) text.textContent = "W".repeat(200);
          for (const name of ["transform", "x", "y"]) second.setAttribute(name, first.getAttribute(name));
          document.querySelector("h1").textContent = "W".repeat(300);
          Object.assign(document.querySelector("td").style, { position: "relative", left: "-3rem" });
        }"""
    )
    found = Opened(tab, "").look("telephone")
    assert all(found[name] for name in ("overflowing", "outside", "over", "cells"))
    assert found["wide"] > 0
    tab.close()


def _fonts_of(tab: Page, selector: str) -> set[str]:
    """Families with which the browser draws the first element of this kind."""
    session = tab.context.new_cdp_session(tab)
    session.send("DOM.enable")
    session.send("CSS.enable")
    root = session.send("DOM.getDocument")["root"]["nodeId"]
    every = session.send("DOM.querySelectorAll", {"nodeId": root, "selector": selector})["nodeIds"]
    fonts = {
        font["familyName"]
        for node in every
        for font in session.send("CSS.getPlatformFontsForNode", {"nodeId": node})["fonts"]
    }
    session.detach()
    return fonts
