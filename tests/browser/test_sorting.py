"""Tables of the pages in a browser: a click on a heading sorts them, and what a screen hides is printed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from aiposim.report.pages import comparison_page
from aiposim.report.words import words_for
from aiposim.study.compare import compare

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page


@pytest.fixture(scope="module")
def page(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    comparison = compare("geneva-2015", 20, seed=7)
    file = tmp_path_factory.mktemp("page") / "report.html"
    words = words_for([each.scenario for each in comparison.results])
    file.write_text(comparison_page(comparison, words), encoding="utf-8")
    tab = browser.new_page()
    tab.goto(file.as_uri())
    yield tab
    tab.close()


def _column(page: Page, table: int, column: int) -> list[float]:
    found: list[float] = page.evaluate(
        "([table, column]) => [...document.querySelectorAll('table.sortable')[table].tBodies[0].rows]"
        ".map((row) => parseFloat(row.cells[column].dataset.value)).filter((value) => !Number.isNaN(value))",
        [table, column],
    )
    return found


def test_a_click_sorts_by_the_numbers_and_another_turns_the_order(page: Page) -> None:
    button = page.locator("table.sortable").nth(0).locator("thead button").nth(2)
    button.click()
    assert _column(page, 0, 2) == sorted(_column(page, 0, 2))
    button.click()
    assert _column(page, 0, 2) == sorted(_column(page, 0, 2), reverse=True)
    page.locator("table.sortable").nth(0).locator("thead button").nth(0).click()
    assert _column(page, 0, 0) == [1, 2, 3, 4, 5, 6], "the order of the designs comes back"


def test_a_design_puts_first_what_it_is_clearly_better_at(page: Page) -> None:
    page.locator("table.sortable").nth(1).get_by_role("button", name="gni").press("Enter")
    column = _column(page, 1, 2)
    assert column == sorted(column, reverse=True)
    assert column[0] > 1


def test_paper_shows_what_a_screen_folds_and_no_links_to_click(page: Page) -> None:
    figure, link = page.locator("details svg"), page.locator("a.csv").first
    assert not figure.is_visible()
    page.emulate_media(media="print")
    assert figure.bounding_box()["height"] > 100  # type: ignore[index]
    assert not link.is_visible()
    printed = page.locator("table.sortable th .printed", has_text="gni").first
    assert not printed.locator("..").locator("button").is_visible(), "heads that are repeated would lack their buttons"
    assert printed.is_visible()
    page.emulate_media(media="screen")


def test_the_numbers_of_a_figure_can_be_fetched_from_the_page(page: Page, tmp_path: Path) -> None:
    with page.expect_download() as started:
        page.locator("a.csv").first.click()
    started.value.save_as(tmp_path / "numbers.csv")
    assert started.value.suggested_filename == "welfare.csv"
    assert (tmp_path / "numbers.csv").read_text(encoding="utf-8").startswith("design,member,measure,mean")
