"""Words and numbers are written in one way everywhere, and every text can be translated."""

from __future__ import annotations

import string
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import write_po

from aiposim.report import words as module
from aiposim.report.messages import messages, template
from aiposim.report.words import UNDEFINED, Words, languages
from report.tables import WORDS

NAN = float("nan")


@pytest.mark.parametrize(
    ("number", "column", "written"),
    [
        (0.9531, "annual_collection_rate", "95.3%"),
        (1.0, "dissolved", "100.0%"),
        (0.912, "budget_ratio", "0.91"),
        (16.77, "budget", "16.8"),
        (404.2, "welfare.CHN", "404"),
        (12345.6, "trained", "12,346"),
        (-3.456, "core_excess", "−3.46"),
        (-0.0001, "core_excess", "0.00"),
        (2.0, "exits", "2"),
        (0.06, "exits", "0.06"),
        (30.0, "survival_years", "30"),
        (0.0, "arrears_years", "0.00"),
        (NAN, "response_days", UNDEFINED),
        (NAN, "annual_collection_rate", UNDEFINED),
    ],
)
def test_a_value_has_about_three_figures_and_shares_are_in_per_cent(number: float, column: str, written: str) -> None:
    assert WORDS.value(number, column) == written


def test_the_ends_of_a_band_have_equal_decimals() -> None:
    assert WORDS.band([0.941, 0.968], "collection_rate") == "94.1 to 96.8%"
    assert WORDS.band([8.0, 12.5], "budget") == "8.0 to 12.5"
    assert WORDS.band([0.0, 2.0], "members_at_end") == "0 to 2"
    assert WORDS.band([0.0, 2.5], "members_at_end") == "0.00 to 2.50"
    assert WORDS.band([NAN, NAN], "budget") == UNDEFINED


def test_a_difference_has_a_sign_and_a_small_one_more_decimals() -> None:
    assert WORDS.difference(0.012, "trust") == "+0.012"
    assert WORDS.difference(-0.051, "deadlock_rate") == "−5.1"
    assert WORDS.difference(0.0, "trust") == "0.000"
    assert WORDS.interval([-0.004, 0.02], "trust") == "−0.004 to +0.020"


def test_a_bound_that_is_not_zero_is_not_written_as_zero() -> None:
    assert WORDS.interval([0.0004, 0.53], "welfare") == "+0.0004 to +0.5300"
    assert WORDS.interval([-0.021, -0.0002], "deadlock_rate") == "−2.10 to −0.02"
    assert WORDS.interval([0.0, 0.53], "welfare") == "0.00 to +0.53"
    assert WORDS.difference(1e-17, "welfare") == "0.000", "rounding is no difference"


def test_measures_are_called_by_their_labels_and_states_by_their_names() -> None:
    assert WORDS.measure("welfare.KOR") == "welfare, Republic of Korea"
    assert WORDS.measure("delivery.pk") == "programme delivered, peacekeeping"
    assert WORDS.measure("welfare.XYZ") == "welfare, XYZ"


def test_lists_read_as_sentences_do() -> None:
    assert [WORDS.listed(["A", "B", "C"][:n]) for n in range(4)] == ["", "A", "A and B", "A, B and C"]


def test_a_language_without_catalogue_is_refused() -> None:
    with pytest.raises(LookupError, match="'xx'"):
        Words("xx")


def test_another_language_is_a_catalogue_in_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    catalogue = Catalog(locale="ja")
    catalogue.add("budget", "予算")
    (tmp_path / "ja").mkdir()
    with (tmp_path / "ja" / "aiposim.po").open("wb") as file:
        write_po(file, catalogue)
    monkeypatch.setattr(module, "LOCALE", tmp_path)
    module._catalogue.cache_clear()
    assert languages() == ["en", "ja"]
    words = Words("ja", {"JPN": "日本"})
    assert (words.measure("budget"), words("year"), words.state("JPN")) == ("予算", "year", "日本")
    module._catalogue.cache_clear()


def test_the_template_for_translators_holds_every_text() -> None:
    texts = messages()
    assert {"median", "What this is not", "trust among founders", "share of dues", "{low} to {high}"} <= set(texts)
    assert any(text.startswith("Not a forecast.") for text in texts)
    assert all(name.isidentifier() for text in texts for name in _places(text)), "places have names, not numbers"
    assert b'msgid "median"' in template()


def _places(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}
