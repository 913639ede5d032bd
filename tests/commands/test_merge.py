"""`aiposim merge` at the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from commands.terminal import called, refused
from results.folders import design, kept, rows_file

SHORT = ("--set", "world.horizon=6")


@pytest.fixture(autouse=True)
def _in_a_folder_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_shards_merge_to_the_tables_and_the_report_of_one_run() -> None:
    named = ("run", "reference-design", "--runs", "9", *SHORT)
    for shard in ("1/2", "2/2"):
        assert called(*named, "--shard", shard, "--out", f"shard{shard[0]}").exit_code == 0
    assert called(*named, "--out", "whole").exit_code == 0
    result = called("merge", "shard1", "shard2", "--out", "merged")
    assert result.exit_code == 0, result.output
    assert result.stdout == (
        "2 folders are one in merged: 9 runs, none of them computed again.\n"
        f"Report: {Path('merged') / 'report.html'}\n"
    )  # fmt: skip
    for file in ("runs.parquet", "bands.parquet", "typical_run.parquet", "report.html"):
        assert Path("merged", file).read_bytes() == Path("whole", file).read_bytes(), file
    assert called("verify", "merged").exit_code == 0


def test_what_is_missing_is_said_and_resume_computes_it() -> None:
    named = ("run", "reference-design", "--runs", "9", *SHORT)
    assert called(*named, "--shard", "1/3", "--out", "first").exit_code == 0
    result = called("merge", "first", "--out", "merged")
    assert result.exit_code == 1
    assert result.stdout == "first is now in merged: 3 runs, none of them computed again.\n"
    assert result.stderr == (
        "runs 3-8 are in none of the folders.\nCompute them with: aiposim resume merged\n"
    )  # fmt: skip
    assert not Path("merged/report.html").exists()
    assert called("resume", "merged").exit_code == 0
    assert called("verify", "merged").exit_code == 0
    assert json.loads(Path("merged/manifest.json").read_text(encoding="utf-8"))["state"] == "complete"


def test_everything_that_keeps_folders_apart_is_said_and_nothing_is_written(tmp_path: Path) -> None:
    kept(Path("a"))
    kept(Path("b"), design(**{"world.trust.memory": 0.5}), seed=3)
    assert refused("merge", "a", "b", "--out", "c") == (
        "a and b: the seed is 2015 in the one, 3 in the other.\n"
        "a and b: world.trust.memory is 0.88 in the one, 0.5 in the other.\n"
        "Nothing was merged.\n"
    )
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a", "b"]


def test_a_folder_in_the_way_is_left_alone_unless_told() -> None:
    study = kept(Path("a"))
    kept(Path("b"), runs=3)
    assert "b exists already" in refused("merge", "a", "--out", "b")
    assert "a is one of the folders to be merged" in refused("merge", "a", "--out", "a", "--overwrite")
    assert "is not a results folder" in refused("merge", "a", "nowhere", "--out", "c")
    assert called("merge", "a", "--out", "b", "--overwrite").exit_code == 0
    assert Path("b/bands.parquet").read_bytes() == Path("a/bands.parquet").read_bytes()
    assert rows_file(study, 0).is_file()
