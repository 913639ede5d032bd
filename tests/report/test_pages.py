"""The page: well-formed, self-contained, with its warnings on the first screen, and the numbers of the tables."""

from __future__ import annotations

import io
import re
from collections import Counter
from dataclasses import replace
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

import numpy as np
import pandas as pd
import pytest

from aiposim.ensemble import run_block, trace
from aiposim.report.folder import EVENTS_FILE, REPORT_FILE, SUMMARY_FILE, rebuild, write_report
from aiposim.report.pages import comparison_page, run_page
from aiposim.report.rows import design_rows
from aiposim.report.sentences import best_and_worst, common_base, happened, not_there
from aiposim.report.summary import (
    all_outcomes,
    asked_for,
    burden_table,
    columns_of,
    comparison_json,
    member_table,
    outcome_table,
    run_json,
    short_names,
    typical_run,
)
from aiposim.report.words import Words, words_for
from aiposim.results import Results, simulate
from aiposim.scenario import load, shipped
from aiposim.study.compare import Comparison, compare

VOID = {"meta", "br", "hr", "img", "input", "link", "wbr"}


class Page(HTMLParser):
    """Checks on reading that every element is closed in its turn; notes ids, addresses and text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: Counter[str] = Counter()
        self.ids: list[str] = []
        self.addresses: list[str] = []
        self.attributes: dict[str, dict[str, str | None]] = {}
        self.words: list[str] = []
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._note(tag, attrs)
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._note(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    def _note(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags[tag] += 1
        self.attributes.setdefault(tag, dict(attrs))
        self.ids += [value for name, value in attrs if name == "id" and value]
        self.addresses += [value for name, value in attrs if name in ("src", "href", "action", "data") and value]

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.words).split())


@cache
def results() -> Results:
    return simulate("geneva-2015", 6, seed=7)


@cache
def comparison() -> Comparison:
    scenario = load("fourth-member")
    designs = [design for design in scenario.all_designs() if "consensus-1" not in design.name]
    return compare(designs, 5, seed=7)


@cache
def pages() -> dict[str, str]:
    run = typical_run(results().runs)
    events = trace(results().scenario, 7, run).assign(run=run)
    several = comparison()
    return {
        "run": run_page(results(), events, words_for([results().scenario]), command=["aiposim", "run", "geneva-2015"]),
        "run without events": run_page(results(), None, words_for([results().scenario])),
        "comparison": comparison_page(several, words_for([each.scenario for each in several.results])),
    }


@pytest.mark.parametrize("name", ["run", "run without events", "comparison"])
def test_a_page_is_well_formed_and_its_ids_are_unique(name: str) -> None:
    page = Page(pages()[name])
    assert [identity for identity, times in Counter(page.ids).items() if times > 1] == []
    assert page.attributes["html"]["lang"] == "en"
    assert page.tags["h1"] == 1
    assert page.tags["table"] >= 2


@pytest.mark.parametrize("name", ["run", "run without events", "comparison"])
def test_a_page_asks_nothing_of_the_network(name: str) -> None:
    text = pages()[name]
    page = Page(text)
    inside = ("#", "data:text/csv;")
    assert [address for address in page.addresses if not address.startswith(inside)] == []
    assert page.tags["script"] == 1
    assert "src" not in page.attributes["script"]
    assert page.tags["link"] == page.tags["iframe"] == page.tags["img"] == 0
    assert re.findall(r"https?:|//[\w-]+\.\w|@import|url\((?!#)", text) == []


@pytest.mark.parametrize("name", ["run", "comparison"])
def test_page_one_says_what_the_model_is_not(name: str) -> None:
    text = Page(pages()[name]).text
    first_heading = re.split("What happened|Best and worst for whom", text)[0]
    for words in ("Not a forecast", "only noise", "national legislatures", "is an assumption", "How to read this"):
        assert words in first_heading


@pytest.mark.parametrize(("name", "figures"), [("run", 9), ("run without events", 7), ("comparison", 5)])
def test_every_figure_has_a_caption_and_a_text_alternative(name: str, figures: int) -> None:
    page = Page(pages()[name])
    assert page.tags["figure"] == page.tags["figcaption"] == page.tags["svg"] == page.tags["desc"] == figures
    captions = re.findall(r"<figcaption>(.*?)</figcaption>", pages()[name], flags=re.S)
    assert all(re.search(r"[.] <a ", caption) for caption in captions)


@pytest.mark.parametrize("name", ["run", "comparison"])
def test_every_figure_has_its_numbers_beside_it(name: str) -> None:
    for figure in re.findall(r"<figure.*?</figure>", pages()[name], flags=re.S):
        (address,) = re.findall(r'href="data:text/csv;charset=utf-8,([^"]+)"', figure)
        table = pd.read_csv(io.StringIO(unquote(address)))
        assert len(table) >= 2
        assert "The numbers of this figure (CSV)" in figure


def test_the_numbers_of_a_fan_are_its_bands_and_the_run_upon_it() -> None:
    told = re.findall(r'download="fan-budget.csv" href="data:text/csv;charset=utf-8,([^"]+)"', pages()["run"])
    table = pd.read_csv(io.StringIO(unquote(told[0])))
    bands = results().bands
    assert np.allclose(table["q50"], bands[bands["measure"] == "budget"]["q50"])
    story = trace(results().scenario, 7, typical_run(results().runs))
    assert np.allclose(table["one_run"].dropna(), story["budget"])


def test_the_tables_can_be_sorted_by_their_numbers() -> None:
    runs = results().runs
    told = {float(value) for value in re.findall(r'<td data-value="([^"]+)"', pages()["run"])}
    assert {runs["budget"].median(), runs["budget"].mean(), runs["welfare.KOR"].median()} <= told
    welfare = comparison().members
    welfare = welfare[welfare["measure"] == "welfare"]["mean"]
    told = {float(value) for value in re.findall(r'<td data-value="([^"]+)"', pages()["comparison"])}
    assert set(welfare) <= told
    assert set(comparison().regret.groupby("design")["regret"].max()) <= told


def test_a_design_is_sorted_by_how_clearly_it_is_better() -> None:
    keys = compare("geneva-2015", 20, seed=7)
    for row, measure in zip(design_rows(keys, Words()), all_outcomes(keys), strict=True):
        for cell, name in zip(row["cells"], keys.names, strict=True):
            if cell["verdict"] == "better":
                assert float(cell["value"]) > 1, (measure, name)
            elif cell["verdict"] == "worse":
                assert float(cell["value"]) < -1, (measure, name)
            elif cell["verdict"] == "baseline":
                assert float(cell["value"]) == 0
    assert set(keys.outcomes["verdict"]) >= {"better", "worse", "baseline"}


def test_the_page_says_question_reading_seed_and_runs() -> None:
    text, scenario = Page(pages()["run"]).text, results().scenario
    for words in (scenario.title, scenario.question, scenario.reading):
        assert " ".join(words.split()) in text
    assert "Runs 6" in text
    assert "Seed 7" in text
    assert "aiposim run geneva-2015" in text


def test_the_tables_of_the_page_hold_the_numbers_of_the_runs() -> None:
    words = words_for([results().scenario])
    runs, text = results().runs, Page(pages()["run"]).text
    for column in ("budget", "deadlock_rate", "cooperation_index"):
        row = " ".join(
            [
                words.value(runs[column].median(), column),
                words.band(runs[column].quantile([0.05, 0.95]).to_list(), column),
            ]
        )
        assert row in text
    assert words.value(runs["welfare.KOR"].median(), "welfare") in text
    assert "Welfare M US$, discounted" in text


def test_what_a_scenario_says_is_text_and_never_code() -> None:
    scenario = load("reference-design").with_(title="<script>alert(1)</script> & more", question="<b>?</b>")
    page = Page(run_page(simulate(scenario, 2), None, words_for([scenario])))
    assert (page.tags["script"], page.tags["b"]) == (1, 0), "the script is our own"
    assert "<script>alert(1)</script> & more" in page.text


def test_a_short_life_and_a_single_run_make_a_page_too() -> None:
    scenario = load("reference-design").with_(**{"world.horizon": 1, "world.crises.rate": 0.0})
    single = simulate(scenario, 1)
    run = typical_run(single.runs)
    Page(run_page(single, trace(scenario, 2015, run).assign(run=run), words_for([scenario])))
    both = compare([scenario, scenario.with_(**{"control.voting.rule": "majority"})], 1)
    Page(comparison_page(both, words_for([scenario])))


def test_a_page_of_many_designs_names_each_of_them() -> None:
    text = Page(pages()["comparison"]).text
    names = short_names(comparison().names)
    assert set(names.values()) == {
        "JPN+CHN+KOR, unanimity", "JPN+CHN+KOR, consensus", "JPN+CHN+KOR+MNG, unanimity", "JPN+CHN+KOR+MNG, consensus",
    }  # fmt: skip
    assert all(name in text for name in names.values())
    assert "Mongolia: a member under some of the designs only" in text


def test_no_design_of_other_founders_is_called_best() -> None:
    text = Page(pages()["comparison"]).text
    cards = text.split("How to read this")[0]
    assert "+MNG" not in cards
    assert "The best is named among designs with the founders of the first alone" in cards
    assert "never better or worse" in text


def test_of_designs_that_cannot_be_told_apart_none_is_called_best() -> None:
    """With two runs of a principle that hardly matters, nothing is clear of most outcomes."""
    first = load("reference-design")
    second = first.with_(name="a little later", **{"world.payment.late": 0.11})
    made = compare([first, second], 2)
    cards = Page(comparison_page(made, words_for([first, second]))).text.split("How to read this")[0]
    told = made.outcomes.set_index(["design", "measure"])["verdict"].loc["a little later"]
    assert told["annual_collection_rate"] == "unclear"
    assert "no clear difference" in cards


def test_two_memberships_alone_have_no_cards() -> None:
    first = load("reference-design")
    four = first.with_(name="four", **{"membership.members": ["JPN", "CHN", "KOR", "MNG"]})
    page = comparison_page(compare([first, four], 2), words_for([first, four]))
    assert 'class="keys"' not in page
    assert "The best is named" in Page(page).text


def test_the_table_of_a_comparison_holds_all_outcomes_those_asked_for_first() -> None:
    measures = all_outcomes(comparison())
    assert measures[:3] == ["deadlock_rate", "response_effectiveness", "response_days"]
    assert set(measures) == set(comparison().outcomes["measure"]) - {"first_leaver"}
    text = Page(pages()["comparison"]).text
    for label in ("Influence in the United Nations", "Women among deployed personnel", "Suspensions of the vote"):
        assert label in text


def test_outcomes_asked_for_come_first_and_may_be_of_single_members() -> None:
    scenario = load("reference-design").with_(outcomes=["women_share", "burden_ratio", "welfare.MNG", "exits"])
    columns = list(results().runs.columns)
    burdens = [f"burden_ratio.{code}" for code in ("CHN", "JPN", "KOR")]
    assert asked_for([scenario], columns) == ["women_share", *burdens, "exits"]
    assert not_there([scenario], columns, Words()) == ["The scenario asks for welfare.MNG, which does not exist here."]
    both = compare([scenario, scenario.with_(**{"control.voting.rule": "majority"})], 2)
    assert all_outcomes(both)[:5] == asked_for([scenario], columns_of(both))
    for page in (run_page(both.results[0], None, Words()), comparison_page(both, Words())):
        text = Page(page).text
        assert text.index("omen among deployed personnel at the end") < text.index("How to read this")
        assert "Burden relative to benefit, CHN" in text
        assert "asks for welfare.MNG" in text


def test_a_run_without_a_design_is_said_to_be_the_common_base() -> None:
    said = "The common base of 6 designs; `aiposim compare geneva-2015` runs them, `--design NAME` one of them."
    assert common_base(results().scenario, Words()) == said
    assert said.replace("`", "") in " ".join(Page(pages()["run"]).text.split()).replace(" ;", ";")
    assert common_base(load("geneva-2015").design("gni"), Words()) == ""
    assert common_base(load("reference-design"), Words()) == ""


def _with_welfare(*welfare: list[float]) -> Comparison:
    """Designs a, b, ... that differ in the welfare of Korea in each run, and in nothing else."""
    scenario = load("reference-design")
    block = run_block(scenario, 0, 4, 2015)
    return Comparison(
        [
            Results(
                scenario.with_(name=name),
                2015,
                replace(block, columns={**block.columns, "welfare.KOR": np.array(values, dtype=np.float64)}),
            )
            for name, values in zip("abc", welfare, strict=False)
        ]
    )


def _said_of_korea(comparison: Comparison) -> str:
    words = words_for([comparison.results[0].scenario])
    return best_and_worst(comparison, short_names(comparison.names), words)[2]


def test_designs_that_are_equally_good_are_named_together() -> None:
    said = _said_of_korea(_with_welfare([80, 81, 82, 83], [90, 91, 92, 93], [90, 91, 92, 93]))
    assert said == "Republic of Korea does best under “b” and “c” (91.5 M US$) and worst under a (81.5 M US$)."


def test_where_best_and_worst_are_not_clearly_different_the_choice_hardly_matters() -> None:
    said = _said_of_korea(_with_welfare([80, 81, 82, 83], [85, 70, 95, 80]))
    assert said.startswith("Republic of Korea: the choice hardly matters to its welfare (81.5 to 82.5 M US$")


def test_regret_is_explained_where_it_is_named() -> None:
    words = words_for([each.scenario for each in comparison().results])
    said = best_and_worst(comparison(), short_names(comparison().names), words)[-1]
    assert "on average over the runs, more than" in said
    assert "from the design that suits it best in that run" in said
    assert "from the design that suits that member best in each run" in Page(pages()["comparison"]).text


def test_names_are_cut_only_while_they_stay_different() -> None:
    assert short_names(["a: voting=x", "a: voting=y"]) == {"a: voting=x": "x", "a: voting=y": "y"}
    assert short_names(["a: voting=x", "a: x"]) == {"a: voting=x": "voting=x", "a: x": "x"}
    assert short_names(["a: x", "b: x"]) == {"a: x": "a: x", "b: x": "b: x"}
    assert short_names(["a: autonomy=0.3", "a: autonomy=0"])["a: autonomy=0"] == "autonomy=0"


def test_the_summary_is_of_the_runs() -> None:
    runs, codes = results().runs, results().scenario.codes
    table = outcome_table(runs, codes)
    assert table["budget"]["median"] == runs["budget"].median()
    assert table["first_leaver"]["defined"] == runs["first_leaver"].notna().sum()
    members = member_table(runs, codes)
    assert members[("JPN", "welfare")]["q95"] == runs["welfare.JPN"].quantile(0.95)
    assert len(table) + len(members) == runs.shape[1]
    assert burden_table(runs, codes)["benefit"].sum() == pytest.approx(1.0, abs=0.02)


def test_the_typical_run_is_the_one_in_the_middle() -> None:
    runs = results().runs.copy()
    runs.loc[3, :] = runs.median()
    assert typical_run(runs) == 3
    assert typical_run(runs.loc[3:3]) == 3


def test_json_has_a_null_where_a_measure_is_undefined() -> None:
    answer = run_json(results())
    assert set(answer) == {"scenario", "seed", "runs", "outcomes", "members"}
    assert set(answer["outcomes"]["budget"]) == {"median", "q05", "q95", "mean", "unit"}
    assert set(answer["members"]) == {"CHN", "JPN", "KOR"}
    assert answer["members"]["KOR"]["welfare"]["unit"] == "M US$, discounted"
    nobody_left = results().runs["first_leaver"].isna().all()
    assert (answer["outcomes"]["first_leaver"]["mean"] is None) == nobody_left
    mongolia = comparison_json(comparison())["members"]["MNG"]["welfare"]["designs"]
    assert all(each["difference"] is None and each["pairs"] == 0 for each in mongolia.values())


def test_what_happened_counts_runs() -> None:
    runs = results().runs.copy()
    runs["exits"], runs["first_leaver"], runs["dissolved"], runs["suspensions"] = 0.0, float("nan"), 0.0, 0.0
    words = words_for([results().scenario])
    assert happened(runs, ("CHN", "JPN", "KOR"), words)[0] == "No member left in any of the 6 runs."
    runs.loc[[0, 1, 2], "exits"] = 1.0
    runs.loc[[0, 1], "first_leaver"], runs.loc[2, "first_leaver"], runs.loc[2, "dissolved"] = 2.0, 0.0, 1.0
    assert happened(runs, ("CHN", "JPN", "KOR"), words)[:2] == [
        "At least one member left in 3 of 6 runs; the first to go was Republic of Korea in 2 and China in 1.",
        "The institute was dissolved in 1 of 6 runs.",
    ]


def test_every_number_of_the_report_of_a_run_is_a_row_of_its_summary(tmp_path: Path) -> None:
    results().write_into(tmp_path, ["aiposim", "run", "geneva-2015"])
    write_report(tmp_path)
    summary = pd.read_parquet(tmp_path / SUMMARY_FILE)
    assert len(summary) == len(results().runs.columns)
    words = words_for([results().scenario])
    page = (tmp_path / REPORT_FILE).read_text(encoding="utf-8")
    for row in summary.to_dict("records"):
        column = f"{row['measure']}.{row['member']}" if row["member"] else row["measure"]
        values = results().runs[column].dropna()
        assert (row["median"], row["defined"]) == (pytest.approx(values.median()), len(values))
    (welfare,) = summary.query("measure == 'welfare' and member == 'KOR'").to_dict("records")
    assert words.value(welfare["median"], "welfare") in page
    assert words.band([welfare["q05"], welfare["q95"]], "welfare") in page


def test_a_rebuilt_report_is_the_report(tmp_path: Path) -> None:
    for name in ("run", "comparison"):
        folder = tmp_path / name
        folder.mkdir()
        if name == "run":
            results().write_into(folder, ["aiposim", "run", "geneva-2015"])
            write_report(folder)
            assert set(pd.read_parquet(folder / EVENTS_FILE)["run"]) == {typical_run(results().runs)}
        else:
            comparison().write_into(folder, ["aiposim", "compare", "fourth-member"])
            write_report(folder)
        before = (folder / REPORT_FILE).read_text(encoding="utf-8")
        (folder / REPORT_FILE).unlink()
        assert rebuild(folder) == folder / REPORT_FILE
        assert (folder / REPORT_FILE).read_text(encoding="utf-8") == before


def test_results_saved_from_python_have_a_report_without_a_timeline(tmp_path: Path) -> None:
    folder = results().save(tmp_path / "saved")
    assert "there is no timeline" in rebuild(folder).read_text(encoding="utf-8")


def test_a_folder_without_results_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match=r"manifest\.json"):
        rebuild(tmp_path)
    (tmp_path / "manifest.json").write_text("[1, 2]", encoding="utf-8")
    with pytest.raises(ValueError, match=r"does not read as (JSON|a manifest)"):
        rebuild(tmp_path)
    (tmp_path / "manifest.json").write_text("{", encoding="utf-8")
    with pytest.raises(ValueError, match=r"does not read as (JSON|a manifest)"):
        rebuild(tmp_path)


def test_what_shipped_scenarios_ask_for_exists() -> None:
    for scenario in map(load, shipped()):
        columns = list(simulate(scenario.with_(**{"world.horizon": 2}), 1).runs.columns)
        assert not_there([scenario], columns, Words()) == [], scenario.name
