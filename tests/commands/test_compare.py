"""`aiposim compare` at the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest

from aiposim.scenario import load
from commands.terminal import called, process, refused

FEW = ("--runs", "3", "--set", "world.horizon=12")


@pytest.fixture(autouse=True)
def _in_a_folder_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_the_designs_of_one_scenario_are_compared() -> None:
    result = called("compare", "geneva-2015", *FEW)
    assert result.exit_code == 0, result.output
    for words in ("Means by design", "Welfare by member", "Best and worst for whom", "voluntary", "China does best"):
        assert words in result.stdout
    folder = Path("results/geneva-2015-compared-2015")
    assert {path.name for path in folder.iterdir()} == {
        "designs", "manifest.json", "members.parquet", "outcomes.parquet", "regret.parquet", "report.html",
    }  # fmt: skip
    designs = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["designs"]
    assert [design["name"] for design in designs] == [each.name for each in load("geneva-2015").all_designs()]
    assert all((folder / design["folder"] / "runs.parquet").is_file() for design in designs)
    outcomes = pd.read_parquet(folder / "outcomes.parquet")
    assert {"design", "measure", "mean", "difference", "low", "high", "better"} <= set(outcomes.columns)
    assert called("report", str(folder)).exit_code == 0


def test_json_gives_paired_differences_against_the_first() -> None:
    result = called("compare", "reference-design", "--vary", "control.voting=unanimity,majority", *FEW, "--json")
    answer = json.loads(result.stdout)
    assert answer["scenarios"] == ["reference-design: unanimity", "reference-design: majority"]
    assert answer["baseline"] == "reference-design: unanimity"
    deadlock = answer["outcomes"]["deadlock_rate"]
    assert (deadlock["unit"], deadlock["better"]) == ("share of items", "lower")
    assert deadlock["designs"]["reference-design: unanimity"]["difference"] == 0.0
    assert deadlock["designs"]["reference-design: majority"]["difference"] < 0.0
    assert set(answer["members"]) == {"CHN", "JPN", "KOR"}
    assert not Path("results").exists()


def test_several_scenarios_are_compared_with_each_other() -> None:
    answer = json.loads(called("compare", "reference-design", "geneva-2015", *FEW, "--json").stdout)
    assert answer["scenarios"] == ["reference-design", "geneva-2015"]


def test_varying_two_keys_makes_a_grid_and_lists_hold_commas() -> None:
    members = "membership.members=[JPN,CHN,KOR],[JPN,CHN,KOR,MNG]"
    arguments = ("--vary", members, "--vary", "control.voting.rule=unanimity, consensus-1")
    answer = json.loads(called("compare", "reference-design", *arguments, *FEW, "--json").stdout)
    assert answer["scenarios"] == [
        f"reference-design: members={members}, voting={rule}"
        for members in ("JPN+CHN+KOR", "JPN+CHN+KOR+MNG")
        for rule in ("unanimity", "consensus-1")
    ]
    assert all(column.endswith(".MNG") for column in answer["left_out"])


def test_chosen_designs_stand_in_the_order_given() -> None:
    answer = json.loads(called("compare", "geneva-2015", "--design", "gni", "--design", "equal", *FEW, "--json").stdout)
    assert answer["scenarios"] == ["geneva-2015: gni", "geneva-2015: equal"]


def test_what_is_varied_is_named_by_its_key_and_its_member() -> None:
    vary = ("--vary", "membership.overrides.KOR.revealed_interest=0.1,0.3")
    answer = json.loads(called("compare", "reference-design", *vary, *FEW, "--json").stdout)
    assert answer["scenarios"] == [f"reference-design: KOR.revealed_interest={value}" for value in ("0.1", "0.3")]


def test_a_design_may_be_called_as_the_tables_call_it() -> None:
    names = ("consensus, scale=0.4", "unanimity, scale=1.7")
    chosen = [part for name in names for part in ("--design", name)]
    answer = json.loads(called("compare", "empty-chair", *chosen, *FEW, "--json").stdout)
    assert answer["scenarios"] == [f"empty-chair: voting={name}" for name in names]


def test_outcomes_that_the_question_asks_for_stand_in_a_table_of_their_own() -> None:
    said = called("compare", "rising-china", *FEW).stdout
    assert said.index("What the question asks for, means by design.") < said.index("Means by design: budget")
    assert "Japan (ratio)" in said


def test_the_first_design_of_the_welfare_table_has_no_empty_line_below_it() -> None:
    said = called("compare", "geneva-2015", *FEW).stdout
    lines = [line.rstrip() for line in said[said.index("Welfare by member") :].splitlines()]
    first = next(i for i, line in enumerate(lines) if line.startswith("equal"))
    assert lines[first + 1].startswith("gni")


def test_a_design_compared_with_itself_is_the_same() -> None:
    answer = json.loads(called("compare", "reference-design", "reference-design", *FEW, "--json").stdout)
    again = answer["scenarios"][1]
    assert again == "reference-design (2)"
    verdicts = {each["designs"][again]["verdict"] for each in answer["outcomes"].values()}
    assert verdicts <= {"same", "unpaired"}


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["reference-design"], "There is only one design to compare"),
        (["reference-design", "--vary", "control.voting"], "write --vary KEY=A,B,C"),
        (["reference-design", "--vary", "control.voting=majority,"], "write --vary KEY=A,B,C"),
        (["reference-design", "--vary", "control.voting=majority,majority"], "names a value twice"),
        (["reference-design", "--vary", "control.voting=majority,mojority"], "Did you mean 'majority'?"),
        (["geneva-2015", "arrears", "--design", "equal"], "several scenarios are named"),
        (["geneva-2015", "--design", "equal", "--design", "gnu"], "has no design 'gnu'"),
        (["geneva-2015", "--runs", "0"], "--runs"),
        (["geneva-2051"], "Did you mean 'geneva-2015'?"),
        ([], "Missing argument"),
    ],
)
def test_what_cannot_be_compared_is_refused(arguments: list[str], words: str, tmp_path: Path) -> None:
    assert words in refused("compare", *arguments)
    assert list(tmp_path.iterdir()) == []


def test_an_existing_folder_is_left_alone_unless_told() -> None:
    arguments = ("compare", "reference-design", "--vary", "control.voting=unanimity,majority", *FEW, "--out", "kept")
    assert called(*arguments).exit_code == 0
    assert "--overwrite" in refused(*arguments)
    assert called(*arguments, "--overwrite").exit_code == 0


def test_the_program_itself_compares(tmp_path: Path) -> None:
    done = process(
        "compare", "empty-chair", "--runs", "2", "--set", "world.horizon=6", "--out", "here", folder=tmp_path
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.endswith("Report: here/report.html\n")
    assert (tmp_path / "here" / "report.html").stat().st_size > 50_000


def test_many_outcomes_asked_for_are_told_three_at_a_time_within_eighty_columns(tmp_path: Path) -> None:
    ran = called("compare", "civilians", "--runs", "12", "--out", str(tmp_path / "out"))
    assert ran.exit_code == 0, ran.output
    first, second = (ran.output.index(heading) for heading in ("civilian experts", "response time"))
    assert first < second < ran.output.index("Means by design: budget")
    tables = ran.output.split("Best and worst")[0]
    assert all(len(line.rstrip()) <= 80 for line in tables.splitlines() if not line.startswith("warning"))
