"""One Chromium for all pages. Without it, or without a font for Han characters, the tests are left out and say why."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def chromium() -> str | None:
    return next((found for found in map(shutil.which, NAMES) if found), None)


def wide_fonts() -> bool:
    if not shutil.which("fc-list"):
        return False
    found = subprocess.run(["fc-list", "Noto Sans CJK SC"], capture_output=True, text=True, check=False)
    return bool(found.stdout.strip())


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    playwright = pytest.importorskip(
        "playwright.sync_api", reason="Playwright is not installed (pip install '.[test]')"
    )
    if chromium() is None:
        pytest.skip("there is no Chromium here (Debian: apt-get install chromium)")
    if not wide_fonts():
        pytest.skip("there is no font with Han characters here (Debian: apt-get install fonts-noto-cjk)")
    with playwright.sync_playwright() as started:
        browser = started.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        yield browser
        browser.close()
