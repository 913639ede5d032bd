"""`aiposim verify` at the command line."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from commands.terminal import called, refused
from results.folders import compared, kept, rewritten, rows_file, tell

SHORT = ("--set", "world.horizon=6")


@pytest.fixture(autouse=True)
def _in_a_folder_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_what_run_wrote_is_found_equal_with_all_its_tables() -> None:
    assert called("run", "reference-design", "--runs", "5", "--out", "a", *SHORT).exit_code == 0
    result = called("verify", "a")
    assert result.exit_code == 0, result.output
    for words in (
        "reference-design, seed 2015",
        "Kept: 5 runs. Read whole: 4 files.",
        "Computed again: 5 runs, 1 block whole with counts;",
        "Made again: runs.parquet, bands.parquet.",
        "Code: the one that computed the results.",
        "Made again: summary.parquet, typical_run.parquet.",
        "All that was compared is equal to the bit.",
    ):
        assert words in result.stdout


def test_a_wrong_value_is_printed_in_full_beside_the_right_one() -> None:
    study = kept(Path("a"))
    right = float(study.table()["trust"][12])
    wrong = rewritten(rows_file(study, 1), "trust", 2, lambda value: value + 1e-9)
    result = called("verify", "a", "--all")
    assert result.exit_code == 1
    assert "differs: blocks/0000000010-0000000019.runs.parquet: trust in 1 run; run 12:\n" in result.stdout
    assert f"kept       {wrong!r}\n" in result.stdout
    assert f"computed   {right!r}\n" in result.stdout
    answer = json.loads(called("verify", "a", "--all", "--json").stdout)
    assert answer["equal"] is False
    (design,) = answer["designs"]
    (found,) = (each for each in design["findings"] if each["file"].startswith("blocks"))
    assert (found["measure"], found["first_run"], found["kept"], found["computed"]) == ("trust", 12, wrong, right)


def test_a_sample_has_as_many_runs_as_asked_for() -> None:
    kept(Path("a"))
    assert "Computed again: 6 runs; " in called("verify", "a", "--runs", "6").stdout
    assert "leave --runs out" in refused("verify", "a", "--runs", "6", "--all")


def test_every_design_of_a_comparison_and_its_tables_are_compared() -> None:
    studies = compared(Path("c"), "unanimity", "majority")
    result = called("verify", "c")
    assert result.exit_code == 0, result.output
    assert result.stdout.count("Computed again: 4 runs") == 2
    assert "Made again: outcomes.parquet, members.parquet, regret.parquet." in result.stdout
    rewritten(Path("c/outcomes.parquet"), "mean", 3, lambda value: value + 1.0)
    result = called("verify", "c")
    assert result.exit_code == 1
    assert "differs: outcomes.parquet: mean in 1 row; design " in result.stdout
    rewritten(rows_file(studies[1], 0), "exits", 0, lambda value: value + 1.0)
    assert "blocks/0000000000-0000000003.runs.parquet: exits in 1 run" in called("verify", "c").stdout


def test_no_results_are_refused_and_damage_is_told() -> None:
    assert "is not a results folder" in refused("verify", "nowhere")
    study = kept(Path("a"))
    shutil.copytree("a", "b")
    rows_file(study, 1).write_bytes(b"PAR1")
    result = called("verify", "a")
    assert result.exit_code == 1
    assert "damaged: blocks/0000000010-0000000019.runs.parquet: it does not read as Parquet" in result.stdout
    tell(Path("b"), blocks="none")
    result = called("verify", "b", "--json")
    assert (result.exit_code, json.loads(result.stdout)["equal"]) == (1, False)
    assert "Nothing could be compared." in result.stderr
    Path("b/manifest.json").write_text("{", encoding="utf-8")
    assert "does not read as JSON" in called("verify", "b").stderr


def test_a_rule_of_ones_own_has_to_be_named_again(tmp_path: Path) -> None:
    kept(Path("a"))
    tell(Path("a"), own_rules=[{"family": "voting", "name": "two_thirds", "sha256": "0"}])
    assert "uses your own rule two_thirds; name its file with --rules." in refused("verify", "a")


def test_changed_code_is_named() -> None:
    study = kept(Path("a"))
    tell(Path("a"), source={**study.manifest["source"], "steps/dues.py": "0"})
    result = called("verify", "a", "--runs", "3")
    assert result.exit_code == 0
    assert "Code: not the one that computed the results; changed: steps/dues.py." in result.stdout
