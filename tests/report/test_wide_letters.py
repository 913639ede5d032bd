"""Figures have room for wide letters in every language, on a machine that has no font for them."""

from __future__ import annotations

import warnings
from xml.etree import ElementTree

import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from aiposim.report.svg import inline_svg
from aiposim.report.wide_letters import FONT, made, measure_wide_letters
from aiposim.report.words import Words
from report import test_figures as figures

STATES = {
    "ja": {"CHN": "中国", "JPN": "日本", "KOR": "大韓民国", "MNG": "モンゴル"},
    "zh": {"CHN": "中国", "JPN": "日本", "KOR": "大韩民国", "MNG": "蒙古"},
    "ko": {"CHN": "중국", "JPN": "일본", "KOR": "대한민국", "MNG": "몽골"},
}


def test_the_font_is_the_one_that_is_made_here() -> None:
    assert FONT.read_bytes() == made()
    assert len(made()) < 1000


@pytest.mark.parametrize("letter", ["議", "あ", "ー", "한", "、", "（", "～"])
def test_a_wide_letter_is_as_wide_as_the_writing_is_high(letter: str) -> None:
    figure = Figure(dpi=72)
    text = figure.text(0.1, 0.5, 10 * letter, fontsize=20)
    measure_wide_letters(figure)
    assert text.get_window_extent(FigureCanvasAgg(figure).get_renderer()).width == pytest.approx(200, abs=1)


def test_bold_writing_has_the_same_room_and_no_complaint(caplog: pytest.LogCaptureFixture) -> None:
    figure = Figure(dpi=72)
    text = figure.text(0.1, 0.5, 10 * "議", fontsize=20, fontweight="bold")
    measure_wide_letters(figure)
    assert text.get_window_extent(FigureCanvasAgg(figure).get_renderer()).width == pytest.approx(200, abs=1)
    assert caplog.messages == []


@pytest.mark.parametrize("language", STATES)
@pytest.mark.parametrize("name", figures.FIGURES)
def test_in_every_language_writing_is_on_the_sheet_and_apart(
    name: str, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = Words(language, STATES[language])
    monkeypatch.setattr(figures, "WORDS", words)
    monkeypatch.setattr(figures, "DESIGNS", [words.design(design) for design in figures.DESIGNS])
    figure = figures.FIGURES[name]()
    measure_wide_letters(figure)
    with warnings.catch_warnings():
        warnings.simplefilter("error")  # no letter without a glyph
        figures._drawn(figure)
    assert any(not text.isascii() for text, _ in figures._writing(figure))
    assert figures.outside(figure) == []
    assert figures.over_each_other(figure) == []


def test_no_name_of_the_font_is_left_in_a_page() -> None:
    svg = inline_svg(figures.FIGURES["timeline"](), "it", "Title", "Text", "ko")
    assert "Aiposim" not in svg
    assert (ElementTree.fromstring(svg).get("style") or "").count("Malgun Gothic") == 1
