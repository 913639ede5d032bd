"""The catalogues say all that the English texts say, in their own script, and every report is written in each."""

from __future__ import annotations

import io
import re
import string
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from rich.cells import cell_len
from rich.console import Console

from aiposim import families
from aiposim.report.league_terminal import print_league
from aiposim.report.messages import messages
from aiposim.report.terminal import print_comparison, print_run
from aiposim.report.words import LOCALE, Words, languages
from aiposim.scenario import load, shipped
from aiposim.scenario.keys import member_keys, setting_keys
from commands.terminal import called
from report.pages import KINDS, LANGUAGES, comparison, page, results, tournament, words

OTHERS = [language for language in LANGUAGES if language != "en"]
SCRIPTS = {"ja": "[\u3041-\u30ff\u4e00-\u9fff]", "zh": "[\u4e00-\u9fff]", "ko": "[가-힣]"}
# Texts of which signs are left where English has a word.
SIGNS = {
    "0 to 1", "{low} to {high}", "{low} to {high}%", "{rank} ({low} to {high})", "{state} {value} under {design}",
    "{value} {unit}, of {state}",
}  # fmt: skip
# What stays Latin in every language: the program and a format of files, by their names.
NAMES = {"aiposim", "Parquet"}
# What one types stays as it is, but only where one can see that it is typed: within backticks, after the name of the
# program, behind two dashes, and as a dotted key or the name of a file.
# What a setting may be set to is listed where it is explained, and nowhere else.
CHOICES = {"cmim", "ceasefire", "consent", "impartiality", "withdrawal", "minimum", "force"}
TYPED = re.compile(r"`[^`]*`|\baiposim [a-z]+|--[a-z-]+|\b\w+(?:\.\w*[A-Za-z]\w*)+", re.ASCII)
PLACE = re.compile(r"\{\w+\}")
# Particles that have one form after a vowel and another after a consonant: a place may hold either.
PARTICLES = re.compile(r"\}(은|는|이|가|을|를|과|와|으로|로|이다|다|이며|며|이나|나)(?![가-힣])")


@cache
def catalogue(language: str) -> dict[str, str]:
    with (LOCALE / language / "aiposim.po").open("rb") as file:
        return {str(each.id): str(each.string) for each in read_po(file) if each.id}


@cache
def codes() -> set[str]:
    """Words within the names of rules, which scenario files bear in every language."""
    rules = [rule for family in ("cost_sharing", "voting", "director", "sanction", "reversion")
             for rule in families.shipped(f"rules.{family}")]  # fmt: skip
    return {part for rule in rules for part in rule.split("_")}


def latin(text: str) -> set[str]:
    """Latin words of four and more letters that are neither names nor codes."""
    for name in shipped():
        text = re.sub(rf"(?<![\w-]){name}(?![\w-])", "", text, flags=re.ASCII)
    return set(re.findall("[A-Za-zÀ-ɏ]{4,}", TYPED.sub("", text))) - NAMES - codes()


def places(text: str) -> list[str]:
    return sorted({name for _, name, _, _ in string.Formatter().parse(text) if name is not None})


def test_there_are_four_languages() -> None:
    assert languages() == ["en", *sorted(OTHERS)]


@pytest.mark.parametrize("language", OTHERS)
def test_a_catalogue_has_every_text_and_no_other(language: str) -> None:
    wanted, there = set(messages()), {text for text, translated in catalogue(language).items() if translated}
    assert sorted(wanted - there) == [], "missing"
    assert sorted(set(catalogue(language)) - wanted) == [], "no longer used"


@pytest.mark.parametrize("language", OTHERS)
def test_a_translation_has_the_places_of_the_english_text(language: str) -> None:
    assert [text for text, translated in catalogue(language).items() if places(text) != places(translated)] == []


@pytest.mark.parametrize("language", OTHERS)
def test_a_translation_is_in_its_own_script(language: str) -> None:
    texts = catalogue(language)
    worded = [text for text in texts if re.search("[A-Za-z]", PLACE.sub("", text)) and text not in SIGNS]
    assert [text for text in worded if not re.search(SCRIPTS[language], texts[text])] == []
    explained = {key.about for key in (*setting_keys().values(), *member_keys().values())}
    left = {
        text: latin(PLACE.sub("", translated)) - (CHOICES if text in explained else set())
        for text, translated in texts.items()
    }
    assert {text: words for text, words in left.items() if words} == {}


@pytest.mark.parametrize("language", ["ja", "zh"])
def test_sentences_of_han_characters_have_full_width_stops(language: str) -> None:
    half = re.compile(rf"{SCRIPTS[language]}[,.;:?!]|[,.;:?!]{SCRIPTS[language]}")
    assert [translated for translated in catalogue(language).values() if half.search(translated)] == []


def test_chinese_holds_no_kana() -> None:
    assert [translated for translated in catalogue("zh").values() if re.search("[\u3041-\u30ff]", translated)] == []


def test_no_korean_particle_hangs_on_what_a_place_holds() -> None:
    assert [translated for translated in catalogue("ko").values() if PARTICLES.search(translated)] == []


@pytest.mark.parametrize("language", OTHERS)
def test_a_catalogue_says_that_no_native_speaker_has_read_it(language: str) -> None:
    head = (LOCALE / language / "aiposim.po").read_text(encoding="utf-8").split("msgid", 1)[0]
    assert "Not yet read by a native speaker." in head
    assert re.search(SCRIPTS[language], head)


class Reader(HTMLParser):
    """What a person reads of a page: its text and the texts that appear on pointing, without code."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.languages: list[tuple[str, str]] = []
        self.read: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in ("meta", "wbr"):
            self.tags.append(tag)
        self.read += [value for name, value in attrs if name in ("title", "alt", "aria-label") and value]
        self.languages += [(tag, value) for name, value in attrs if name == "lang" and value]

    def handle_endtag(self, tag: str) -> None:
        while self.tags and self.tags.pop() != tag:
            pass

    def handle_data(self, data: str) -> None:
        if not {"style", "script", "code"} & set(self.tags):
            self.read.append(data)


@pytest.mark.parametrize("language", OTHERS)
@pytest.mark.parametrize("kind", KINDS)
def test_a_report_is_wholly_in_its_language_and_says_that_it_is_a_translation(kind: str, language: str) -> None:
    reader = Reader(page(kind, language))
    text = " ".join(reader.read)
    assert latin(text) == set()
    assert Words(language).notice in text
    assert not PLACE.search(text)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_page_and_figures_name_their_language(kind: str, language: str) -> None:
    reader = Reader(page(kind, language))
    assert {tag for tag, _ in reader.languages} == {"html", "svg"}
    assert {value for _, value in reader.languages} == {LANGUAGES[language]}


def test_english_is_no_translation() -> None:
    assert Words().notice == ""
    assert "native speaker" not in page("run", "en")


def test_lists_names_and_periods_follow_each_language() -> None:
    said = {language: Words(language) for language in LANGUAGES}
    assert {language: each.listed(["A", "B", "C"]) for language, each in said.items()} == {
        "en": "A, B and C", "ja": "A、BとC", "zh": "A、B和C", "ko": "A, B 및 C",
    }  # fmt: skip
    assert {language: each.half_year("2016H2") for language, each in said.items()} == {
        "en": "2016H2", "ja": "2016年下半期", "zh": "2016年下半年", "ko": "2016년 하반기",
    }  # fmt: skip
    assert {language: each.band([0.941, 0.968], "collection_rate") for language, each in said.items()} == {
        "en": "94.1 to 96.8%", "ja": "94.1～96.8%", "zh": "94.1%～96.8%", "ko": "94.1~96.8%",
    }  # fmt: skip
    assert {language: each.paragraph(["A.", "", "B."]) for language, each in said.items()} == {
        "en": "A. B.", "ja": "A.B.", "zh": "A.B.", "ko": "A. B.",
    }  # fmt: skip


def test_states_stand_in_the_order_of_each_language() -> None:
    found = {}
    for language in LANGUAGES:
        said = words("run", language)
        names = {said.state(code): code for code in ("CHN", "JPN", "KOR")}
        rows = re.findall(r'<tr><th scope="row"[^>]*>(.*?)</th>', page("run", language))[:3]
        found[language] = [names[row] for row in rows]
        assert said.listed([said.state(code) for code in found[language]]) in page("run", language)
    assert found == {
        "en": ["CHN", "JPN", "KOR"],
        "ja": ["JPN", "CHN", "KOR"],
        "zh": ["CHN", "JPN", "KOR"],
        "ko": ["KOR", "CHN", "JPN"],
    }


def test_designs_are_called_by_their_settings_as_far_as_there_are_words() -> None:
    japanese = Words("ja")
    assert japanese.design("JPN+CHN+KOR, voting=consensus-1") == "JPN+CHN+KOR、表決方式=一国を除くコンセンサス"
    assert japanese.design("my own rule, scale=0.4") == "my own rule、事案の倍率=0.4"
    assert japanese.design("geneva-2015: cost_sharing=un_scale, 0.4") == "geneva-2015：費用分担=国連分担率、0.4"
    assert japanese.design("voting=weighted") == "表決方式=加重表決"
    assert Words().design("equal, voting=consensus-1") == "equal, voting=consensus-1"
    assert Words().design("geneva-2015: voting=weighted") == "geneva-2015: voting=weighted"


@pytest.mark.parametrize("language", LANGUAGES)
def test_tables_on_the_terminal_stand_in_columns(language: str) -> None:
    console = Console(file=io.StringIO(), width=110)
    print_run(results(), words("run", language), console)
    print_comparison(comparison(), words("comparison", language), console)
    print_league(tournament(), words("league", language), console)
    assert isinstance(console.file, io.StringIO)
    blocks = [block.split("\n") for block in re.split("\n *\n", console.file.getvalue())]
    blocks = [[line for line in block if not line.startswith("* ")] for block in blocks]  # a note below a table
    tables = [block for block in blocks if sum("  " in line.strip() for line in block) > 2]
    assert len(tables) >= 6
    assert [table for table in tables if len({cell_len(line) for line in table}) > 1] == []


# A scenario with all that a charter can tell, and one beside it that differs in much of it.
FULL = ("reference-design", "--set", "membership.members=[JPN, CHN, KOR, MNG]",
        "--set", "membership.overrides.MNG.least_developed=true",
        "--set", "membership.overrides.KOR.principles=[consent, minimum_force]",
        "--set", "membership.pairs.CHN-JPN.prior_trust=0.25",
        "--set", "control.cost_sharing.rule=fixed_key", "--set", "control.cost_sharing.key=tcs",
        "--set", "control.voting.rule=consensus", "--set", "scope.optout=area",
        "--set", "world.crises.caveat=principles", "--set", "world.trust.incident=1.5")  # fmt: skip


@pytest.mark.parametrize("language", OTHERS)
@pytest.mark.parametrize("arguments", [*((name,) for name in shipped()), FULL], ids=lambda each: "-".join(each[:2]))
def test_a_scenario_is_told_wholly_in_a_language(arguments: tuple[str, ...], language: str) -> None:
    told = read("explain", *arguments, "--lang", language)
    assert latin(told) == set()
    assert Words(language)(load(arguments[0]).title) in told


@pytest.mark.parametrize("language", OTHERS)
@pytest.mark.parametrize(
    "arguments", [*((name,) for name in shipped() if len(load(name).design_names) > 1), ("geneva-2015", *FULL)],
    ids=lambda each: "-".join(each[:2]),
)  # fmt: skip
def test_differences_are_told_wholly_in_a_language(arguments: tuple[str, ...], language: str) -> None:
    told = read("diff", *arguments, "--lang", language)
    assert "→" in told
    assert latin(told) == set()


@pytest.mark.parametrize("language", ["ja", "zh"])
def test_a_charter_has_the_marks_of_its_language(language: str) -> None:
    told = read("explain", *FULL, "--lang", language) + read("diff", "geneva-2015", *FULL, "--lang", language)
    beside = re.compile(rf".?{SCRIPTS[language]} ?[,;:(] ?{SCRIPTS[language]}?|[,;:(] ?{SCRIPTS[language]}")
    assert beside.findall(told) == []


@pytest.mark.parametrize("language", OTHERS)
def test_the_terminal_is_wholly_in_its_language(language: str, tmp_path: Path) -> None:
    folder = str(tmp_path / "2016")
    told = read("run", "reference-design", "--runs", "4", "--lang", language, "--out", folder)
    assert told.splitlines()[-1] == Words(language)("Report: {file}").format(file=f"{folder}/report.html")
    console = Console(file=io.StringIO(), width=1000)
    print_comparison(comparison(), words("comparison", language), console)
    print_league(tournament(), words("league", language), console)
    assert isinstance(console.file, io.StringIO)
    assert latin(told.replace(folder, "") + console.file.getvalue()) == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_figure_of_a_league_is_cut_on_a_narrow_terminal(language: str) -> None:
    console = Console(file=io.StringIO(), width=80)
    print_league(tournament(), words("league", language), console)
    assert isinstance(console.file, io.StringIO)
    lines = console.file.getvalue().splitlines()
    assert max(map(cell_len, lines)) <= 80
    said, league = words("league", language), tournament().league
    own = league.table[league.table["outcome"] == league.outcome]
    rows = [re.findall(r"\S+", line) for line in lines]
    for design, (_, row) in zip(league.names, own.iterrows(), strict=True):
        figures = [
            said.value(row["mean"], league.outcome),
            said.number(row["rank"], 0),
            said.value(row["chance_best"], "dissolved"),
            said.value(league.regret.set_index("design").loc[design, "largest"], "welfare"),
            said.value(league.leavers.set_index("design").loc[design, "anybody"], "dissolved"),
        ]
        assert any(line[-5:] == figures for line in rows), (design, figures)


def read(*arguments: str) -> str:
    """What the program prints, on a terminal so wide that no line is folded."""
    told = called(*arguments, wide=True)
    assert told.exit_code == 0, told.output
    return told.stdout
