"""`aiposim resume`, `extend` and `--shard`: a study goes on where it stopped, and grows, to the same bits."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from aiposim import ensemble
from aiposim.driver import Driver, Task
from aiposim.ensemble import compute_block
from aiposim.results import open_results, simulate
from aiposim.results.study import Study
from aiposim.scenario import load
from aiposim.study.compare import open_comparison
from commands.terminal import called, process, refused

SHORT = ("--set", "world.horizon=6")


@pytest.fixture(autouse=True)
def _in_a_folder_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def manifest_of(folder: str) -> dict[str, Any]:
    manifest: dict[str, Any] = json.loads(Path(folder, "manifest.json").read_text(encoding="utf-8"))
    return manifest


def stopped(folder: str, runs: int, monkeypatch: pytest.MonkeyPatch, *, after: int, command: str = "run") -> None:
    """A study that Ctrl-C stopped after so many blocks."""
    with monkeypatch.context() as patch:
        write, kept = Study.keep, []

        def until(study: Study, block: Any) -> None:
            if len(kept) == after:
                raise KeyboardInterrupt
            write(study, block)
            kept.append(block)

        patch.setattr(Study, "keep", until)
        named = "reference-design" if command == "run" else "geneva-2015"
        result = called(command, named, "--runs", str(runs), "--out", folder, *SHORT)
        assert result.exit_code == 130, result.output


def test_an_interrupted_study_says_how_to_go_on_and_is_not_taken_for_a_complete_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    stopped("half", 3000, monkeypatch, after=2)
    assert [block["state"] for block in manifest_of("half")["blocks"]] == ["done", "done", "missing"]
    with pytest.raises(ValueError, match=r"2,000 of its 3,000 runs are done\. Go on with: aiposim resume half"):
        open_results("half")
    assert len(open_results("half", unfinished=True).runs) == 2000
    assert "or go on with it: aiposim resume half." in refused("run", "reference-design", "--out", "half", *SHORT)
    assert "is not complete" in refused("report", "half")


def test_a_resumed_study_equals_one_that_never_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    stopped("half", 3000, monkeypatch, after=1)
    result = called("resume", "half")
    assert result.exit_code == 0, result.output
    assert "Outcomes" in result.stdout
    assert result.stdout.endswith(f"Report: {Path('half') / 'report.html'}\n")
    assert "With world.horizon=6" in result.stdout
    whole = simulate(load("reference-design").with_(**{"world.horizon": 6}), 3000)
    pd.testing.assert_frame_equal(open_results("half").runs, whole.runs, check_exact=True)
    pd.testing.assert_frame_equal(open_results("half").bands, whole.bands, check_exact=True)


def test_resuming_what_is_complete_computes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    called("run", "reference-design", "--runs", "3", "--out", "whole", *SHORT)
    monkeypatch.setattr("aiposim.ensemble.run_block", lambda *_: pytest.fail("it computed"))
    monkeypatch.setattr("aiposim.report.folder.trace", lambda *_: pd.read_parquet("whole/typical_run.parquet"))
    assert called("resume", "whole").exit_code == 0


def test_a_comparison_goes_on_in_the_design_where_it_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    stopped("half", 20, monkeypatch, after=2, command="compare")
    assert "is not complete" in refused("report", "half")
    result = called("resume", "half")
    assert result.exit_code == 0, result.output
    assert "Best and worst for whom" in result.stdout
    called("compare", "geneva-2015", "--runs", "20", "--out", "whole", *SHORT)
    one, other = open_comparison("half"), open_comparison("whole")
    pd.testing.assert_frame_equal(one.outcomes, other.outcomes, check_exact=True)
    pd.testing.assert_frame_equal(one.members, other.members, check_exact=True)
    for table in ("outcomes", "members", "regret"):
        pd.testing.assert_frame_equal(*(pd.read_parquet(f"{folder}/{table}.parquet") for folder in ("half", "whole")))


def test_runs_are_added_and_those_that_are_there_stay() -> None:
    called("run", "reference-design", "--runs", "5", "--out", "grown", *SHORT)
    (first,) = Path("grown/blocks").glob("*.runs.parquet")
    before = (first.read_bytes(), first.stat().st_mtime_ns)
    result = called("extend", "grown", "--runs", "+7")
    assert result.exit_code == 0, result.output
    assert "12 runs of 3 years" in result.stdout
    assert (first.read_bytes(), first.stat().st_mtime_ns) == before
    whole = simulate(load("reference-design").with_(**{"world.horizon": 6}), 12)
    pd.testing.assert_frame_equal(open_results("grown").runs, whole.runs, check_exact=True)
    pd.testing.assert_frame_equal(open_results("grown").bands, whole.bands, check_exact=True)
    assert called("extend", "grown", "--runs", "20").exit_code == 0
    assert len(pd.read_parquet("grown/runs.parquet")) == 20


def test_a_comparison_is_extended_in_every_design() -> None:
    called("compare", "geneva-2015", "--runs", "4", "--out", "grown", *SHORT)
    assert called("extend", "grown", "--runs", "+3").exit_code == 0
    called("compare", "geneva-2015", "--runs", "7", "--out", "whole", *SHORT)
    pd.testing.assert_frame_equal(
        open_comparison("grown").outcomes, open_comparison("whole").outcomes, check_exact=True
    )
    assert manifest_of("grown")["runs"] == 7


def test_an_extension_that_was_killed_between_designs_is_made_up_for() -> None:
    called("compare", "geneva-2015", "--runs", "4", "--out", "grown", *SHORT)
    manifest = manifest_of("grown") | {"runs": 6, "state": "unfinished"}
    Path("grown/manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    assert called("resume", "grown").exit_code == 0
    assert {len(each.runs) for each in open_comparison("grown").results} == {6}


@pytest.mark.parametrize(
    ("runs", "words"),
    [("3", "takes none away"), ("many", "is no number of runs"), ("+0", "is no number"), ("-4", "is no number"),
     ("+4294967296", "too many")],
)  # fmt: skip
def test_a_wrong_extension_is_refused(runs: str, words: str) -> None:
    called("run", "reference-design", "--runs", "5", "--out", "grown", *SHORT)
    assert words in refused("extend", "grown", "--runs", runs)
    assert len(open_results("grown").runs) == 5


def test_a_changed_scenario_file_is_not_gone_on_with_unless_told(monkeypatch: pytest.MonkeyPatch) -> None:
    mine = Path("mine.yaml")
    mine.write_text("extends: reference-design\nworld: {horizon: 6, crises: {rate: 0.9}}\n", encoding="utf-8")
    called("run", "./mine.yaml", "--runs", "4", "--out", "study")
    mine.write_text("extends: reference-design\nworld: {horizon: 6, crises: {rate: 1.1}}\n", encoding="utf-8")
    message = refused("extend", "study", "--runs", "+2")
    assert "Changed since:\n  world.crises.rate: 0.9 -> 1.1\n" in message
    assert len(open_results("study").runs) == 4
    assert called("extend", "study", "--runs", "+2", "--accept-changes").exit_code == 0
    begun_with = load("reference-design").with_(**{"world.horizon": 6, "world.crises.rate": 0.9})
    pd.testing.assert_frame_equal(open_results("study").runs, simulate(begun_with, 6).runs)
    assert manifest_of("study")["changes_accepted"][0]["what"] == ["world.crises.rate: 0.9 -> 1.1"]


def test_a_scenario_file_that_is_gone_is_replaced_by_its_copy_in_the_folder() -> None:
    mine = Path("mine.yaml")
    mine.write_text("extends: reference-design\nworld: {horizon: 6}\n", encoding="utf-8")
    called("run", "./mine.yaml", "--runs", "4", "--out", "study")
    mine.unlink()
    result = called("extend", "study", "--runs", "+2")
    assert result.exit_code == 0
    assert "its copy in the folder is used" in result.stderr


def test_changed_code_is_named_and_not_gone_on_with_unless_told() -> None:
    called("run", "reference-design", "--runs", "4", "--out", "study", *SHORT)
    manifest = manifest_of("study")
    manifest["source"]["steps/budget.py"] = "0" * 16
    Path("study/manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    assert "Changed since:\n  the code of aiposim: steps/budget.py\n" in refused("extend", "study", "--runs", "+2")
    assert called("extend", "study", "--runs", "+2", "--accept-changes").exit_code == 0


def test_an_edited_rule_of_ones_own_is_not_gone_on_with_unless_told() -> None:
    rule = Path("half.py")
    text = (
        '"""Half of those present. Source: the house."""\n\nfrom dataclasses import dataclass\n\n\n'
        "@dataclass(frozen=True)\nclass Terms:\n    pass\n\n\n"
        "def half(yes, no, present, roll, yes_weight, roll_weight, seats_yes, seats_voting, chair_yes, terms):\n"
        '    """Half of the seats voting."""\n    return 2 * seats_yes >= seats_voting\n'
    )
    rule.write_text(text, encoding="utf-8")
    chosen = ("--rules", "half.py", "--set", "control.voting=half")
    done = called("run", "reference-design", "--runs", "2", "--out", "study", *SHORT, *chosen)
    assert done.exit_code == 0, done.output
    assert "name its file with --rules" in refused("extend", "study", "--runs", "+1")
    rule.write_text(text.replace(">=", ">"), encoding="utf-8")
    done = process("extend", "study", "--runs", "+1", "--rules", "half.py", folder=Path.cwd())  # which reads it anew
    assert done.returncode == 2
    assert "Changed since:\n  your own rule half\n" in done.stderr


def test_shards_are_parts_of_the_same_plan_and_say_what_to_do_with_them() -> None:
    for number in (1, 2, 3):
        result = called("run", "reference-design", "--runs", "10", "--shard", f"{number}/3", *SHORT)
        assert result.exit_code == 0, result.output
        assert result.stdout == (
            f"Shard {number}/3 is complete in results/reference-design-2015-{number}-of-3. "
            "Join the shards with: aiposim merge FOLDER... --out FOLDER\n"
        )
    whole = simulate(load("reference-design").with_(**{"world.horizon": 6}), 10).runs
    parts = [open_results(f"results/reference-design-2015-{number}-of-3").runs for number in (1, 2, 3)]
    pd.testing.assert_frame_equal(pd.concat(parts).sort_index(), whole, check_index_type=False)
    assert "merge the shards" in refused("extend", "results/reference-design-2015-1-of-3", "--runs", "+2")


@pytest.mark.parametrize("shard", ["0/3", "4/3", "1", "a/b", "1/0", "-1/3", "1/3/5"])
def test_a_shard_that_is_no_part_of_a_whole_is_refused(shard: str) -> None:
    assert "is no part of a whole; write I/N" in refused("run", "reference-design", "--shard", shard)


def test_a_run_that_fails_is_a_row_with_its_number_and_its_message_and_the_rest_go_on(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with monkeypatch.context() as patch:
        fails_in(patch, {3, 4, 11})
        result = called("run", "reference-design", "--runs", "20", "--out", "some", *SHORT)
    assert result.exit_code == 1
    assert result.stderr == (
        "reference-design: 3 of 20 runs failed and have no results; the first, run 3: ArithmeticError: run 3 broke\n"
    )
    results = open_results("some")
    assert results.failures.to_dict("list") == {
        "run": [3, 4, 11],
        "message": [f"ArithmeticError: run {run} broke" for run in (3, 4, 11)],
    }
    whole = simulate(load("reference-design").with_(**{"world.horizon": 6}), 20).runs
    pd.testing.assert_frame_equal(results.runs, whole.drop([3, 4, 11]), check_index_type=False, check_exact=True)
    assert (results.bands["defined"] <= 17).all()
    rows = pd.read_parquet(next(Path("some/blocks").glob("*.runs.parquet"))).set_index("run")
    assert rows.loc[11, "failure"] == "ArithmeticError: run 11 broke"
    assert rows.drop(columns="failure").loc[[3, 4, 11]].isna().all(axis=None)
    assert rows["failure"].isna().sum() == 17
    manifest = manifest_of("some")
    assert (manifest["failed"], manifest["failures"][0]["run"]) == (3, 3)


def test_designs_are_compared_in_the_runs_that_all_of_them_finished(monkeypatch: pytest.MonkeyPatch) -> None:
    fails_in(monkeypatch, {2}, only="geneva-2015: gni")
    result = called("compare", "geneva-2015", "--runs", "8", "--out", "some", *SHORT)
    assert result.exit_code == 1
    comparison = open_comparison("some")
    assert set(comparison.outcomes["pairs"]) <= set(range(8))
    assert [len(each.table) for each in comparison.results].count(7) == 1
    assert Path("some/report.html").is_file()


def test_a_study_whose_every_run_fails_is_refused_and_leaves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    fails_in(monkeypatch, set(range(3000)))
    with pytest.raises(ArithmeticError, match="run 0 broke"):
        simulate("reference-design", 3000)
    assert isinstance(called("run", "reference-design", "--runs", "3000", "--out", "none").exception, ArithmeticError)
    assert not Path("none").exists()


def test_money_that_is_no_number_is_a_failure_of_its_run(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = ensemble._checked

    def poisoned(driver: Driver) -> Driver:
        driver.state.budget[driver.run_numbers == 7] = np.nan
        return whole(driver)

    monkeypatch.setattr(ensemble, "_checked", poisoned)
    scenario = load("reference-design").with_(**{"world.horizon": 6})
    block = compute_block(Task(scenario, 0, 12, 2015))
    assert block.failures == ((7, "FloatingPointError: the budget is no longer a number"),)
    assert block.numbers.tolist() == [run for run in range(12) if run != 7]


def fails_in(monkeypatch: pytest.MonkeyPatch, numbers: set[int], only: str = "") -> None:
    """Let some runs break."""
    whole = ensemble.run_block

    def breaking(scenario: Any, first: int, runs: int, seed: int, panel: str = "none") -> Any:
        broken = sorted(numbers & set(range(first, first + runs)))
        if broken and only in scenario.name:
            raise ArithmeticError(f"run {broken[0]} broke")
        return whole(scenario, first, runs, seed, panel)

    monkeypatch.setattr(ensemble, "run_block", breaking)
