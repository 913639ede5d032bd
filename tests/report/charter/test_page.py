"""The reports open with the charter in words, and with what differs; the documentation shows what is printed."""

from __future__ import annotations

import html
import re
import shlex
from pathlib import Path

import pytest

from aiposim.report.pages import comparison_page, run_page
from aiposim.report.words import words_for
from aiposim.results import simulate
from aiposim.scenario import load
from aiposim.study.compare import compare
from commands.terminal import called
from report.charter.told import clauses

PAGE = (Path(__file__).parents[3] / "docs" / "scenarios-in-words.md").read_text(encoding="utf-8")
SHOWN = re.findall(r"```text\n(.*?)```", PAGE, re.DOTALL)


def test_the_report_on_a_run_holds_the_charter_and_the_assumptions_folded() -> None:
    scenario = load("geneva-2015").design("equal").with_(**{"world.horizon": 4})
    page = html.unescape(run_page(simulate(scenario, 20, seed=1), None, words_for([scenario])))
    assert page.count('<details class="told">') == 2
    assert [clause.text for clause in clauses(scenario) if clause.text not in page] == []
    assert "The institute is looked at for 2 years. <strong>The model's default is 30 years.</strong>" in page


def test_the_report_on_a_comparison_tells_how_each_design_differs_from_the_first() -> None:
    designs = [each.with_(**{"world.horizon": 4}) for each in load("geneva-2015").all_designs()[:3]]
    page = html.unescape(comparison_page(compare(designs, runs=20, seed=1), words_for(designs)))
    (told,) = re.findall(r'<details class="told">(.*?)</details>', page, re.DOTALL)
    assert re.findall(r"<h3>(.*?)</h3>", told) == ["gni", "un_scale"]
    assert "<li>cost-sharing rule: equal shares → gross national income</li>" in told
    assert "<li>share of Republic of Korea at the foundation: 33.3% → 8.4%</li>" in told


def test_what_is_folded_on_the_screen_is_printed_open() -> None:
    scenario = load("reference-design").with_(**{"world.horizon": 2})
    page = run_page(simulate(scenario, 5, seed=1), None, words_for([scenario]))
    printed = page.partition("@media print")[2].partition("</style>")[0]
    assert ".told::details-content { content-visibility: visible" in printed


@pytest.mark.parametrize(
    ("block", "command"),
    [
        (SHOWN[0], ["explain", "geneva-2015"]),
        (SHOWN[1], ["explain", "geneva-2015", "--set", "world.incidents.scale=1.4"]),
        (SHOWN[2], ["diff", "geneva-2015", "tcs-thirds"]),
    ],
)
def test_the_documentation_shows_what_is_printed(block: str, command: list[str]) -> None:
    printed = " ".join(called(*command).stdout.split())
    assert [line for line in block.splitlines() if " ".join(line.split()) not in printed] == []


def test_the_example_in_python_runs(capsys: pytest.CaptureFixture[str]) -> None:
    (code,) = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
    exec(compile(code, "scenarios-in-words.md", "exec"), {"__name__": "example"})
    assert "voting rule: consensus → unanimity ('control.voting.rule',)" in capsys.readouterr().out


@pytest.mark.parametrize("command", re.findall(r"^aiposim (.*?)(?:\s+#.*)?$", PAGE, re.MULTILINE))
def test_every_command_of_the_page_works(command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert called(*shlex.split(command)).exit_code == 0
