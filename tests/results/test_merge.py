"""Shards merged are the whole, to the bit; what does not belong together is refused with every reason."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from aiposim.results import open_results
from aiposim.results.merging import MergeError, missing_runs
from aiposim.results.study import Study, compute
from aiposim.study.compare import studies_in
from aiposim.study.merging import merge_folders
from results.folders import compared, design, kept, rewritten, rows_file, tell


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Study:
    return kept(tmp_path_factory.mktemp("whole") / "study", runs=45)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> list[Study]:
    folder = tmp_path_factory.mktemp("shards")
    return [kept(folder / f"s{i}", runs=45, shard=(i, 3)) for i in (1, 2, 3)]


@pytest.fixture
def shards(made: list[Study], tmp_path: Path) -> list[Path]:
    """Copies of three shards, to be merged or spoilt."""
    return [Path(shutil.copytree(shard.folder, tmp_path / shard.folder.name)) for shard in made]


def files(folder: Path) -> dict[str, bytes]:
    """What lies in a folder, but for manifests."""
    return {
        file.relative_to(folder).as_posix(): file.read_bytes()
        for file in sorted(folder.rglob("*"))
        if file.is_file() and file.name != "manifest.json"
    }


def problems(folders: list[Path], target: Path) -> list[str]:
    """Why they are not merged; nothing is left behind."""
    before = sorted(target.parent.iterdir())
    with pytest.raises(MergeError) as refusal:
        merge_folders(folders, target)
    assert sorted(target.parent.iterdir()) == before
    return refusal.value.problems


def test_shards_merged_are_the_whole_file_by_file(whole: Study, shards: list[Path], tmp_path: Path) -> None:
    (merged,) = merge_folders(shards[::-1], tmp_path / "merged")
    assert files(merged.folder) == files(whole.folder)
    assert len(files(merged.folder)) == 2 * 5 + 2
    assert merged.is_complete
    assert merged.manifest["shard"] is None
    assert merged.manifest["command"] == ["aiposim", "run", "x"]
    assert [told["folder"] for told in merged.manifest["merged"]] == ["s3", "s2", "s1"]
    assert len(open_results(merged.folder).runs) == 45


def test_blocks_are_linked_and_not_copied_where_that_can_be(shards: list[Path], tmp_path: Path) -> None:
    (merged,) = merge_folders(shards, tmp_path / "merged")
    assert all(rows_file(merged, block).stat().st_nlink == 2 for block in range(5))


def test_where_links_cannot_be_blocks_are_copied(
    whole: Study, shards: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object) -> None:
        raise OSError(18, "Invalid cross-device link")

    monkeypatch.setattr("os.link", refused)
    (merged,) = merge_folders(shards, tmp_path / "merged")
    assert files(merged.folder) == files(whole.folder)
    assert rows_file(merged, 0).stat().st_nlink == 1


def test_what_no_folder_has_stays_missing_and_can_be_computed(whole: Study, shards: list[Path], tmp_path: Path) -> None:
    (merged,) = merge_folders([shards[0], shards[2]], tmp_path / "merged")
    assert (merged.is_complete, merged.runs_done) == (False, 30)
    assert missing_runs(merged) == ["10-19", "40-44"]
    compute([merged])
    merged.finish()
    assert files(merged.folder) == files(whole.folder)


def test_the_engine_moves_no_number_and_may_differ(whole: Study, shards: list[Path], tmp_path: Path) -> None:
    agents = kept(tmp_path / "agents", runs=45, shard=(2, 3), engine="agents")
    (merged,) = merge_folders([shards[0], agents.folder, shards[2]], tmp_path / "merged")
    assert (tmp_path / "merged" / "bands.parquet").read_bytes() == (whole.folder / "bands.parquet").read_bytes()
    assert merged.manifest["engine"] == "arrays"


def test_a_block_in_two_folders_is_taken_once(whole: Study, shards: list[Path], tmp_path: Path) -> None:
    (merged,) = merge_folders([*shards, whole.folder], tmp_path / "merged")
    assert files(merged.folder) == files(whole.folder)


def test_a_block_that_is_not_the_same_in_two_folders_is_refused_with_both_values(
    whole: Study, shards: list[Path], tmp_path: Path
) -> None:
    right = float(whole.table()["trust"][12])
    wrong = rewritten(rows_file(Study.open(shards[1]), 0), "trust", 2, lambda value: value + 0.25)
    (problem,) = problems([*shards, whole.folder], tmp_path / "merged")
    assert f"are not the same: trust in 1 run, the first run 12: {wrong!r} and {right!r}." in problem


def test_a_damaged_block_is_refused_and_named(shards: list[Path], tmp_path: Path) -> None:
    file = rows_file(Study.open(shards[1]), 0)
    file.write_bytes(b"PAR1")
    (problem,) = problems(shards, tmp_path / "merged")
    assert problem.startswith(f"{file} is damaged")
    file.unlink()
    (merged,) = merge_folders(shards, tmp_path / "merged")
    assert missing_runs(merged) == ["10-19"]


def test_everything_that_keeps_folders_apart_is_said_at_once(shards: list[Path], tmp_path: Path) -> None:
    other = kept(
        tmp_path / "other", design(**{"control.voting.rule": "majority", "title": "x"}), 21, block=7, seed=3
    ).folder
    tell(other, source={**Study.open(other).manifest["source"], "steps/dues.py": "0"})
    said = problems([shards[0], other], tmp_path / "merged")
    assert [line.removeprefix(f"{shards[0]} and {other}: ") for line in said] == [
        "the seed is 2015 in the one, 3 in the other.",
        "the number of runs is 45 in the one, 21 in the other.",
        "the runs are cut into other blocks: of 10 in the one, of 7 in the other.",
        "control.voting.rule is unanimity in the one, majority in the other.",
        "the code that computed them differs: steps/dues.py.",
    ]


def test_a_study_that_was_extended_merges_with_its_like(tmp_path: Path) -> None:
    study = kept(tmp_path / "grown", runs=15)
    study.extend(32)
    shutil.copytree(study.folder, tmp_path / "twin")
    compute([study])
    study.finish()
    (merged,) = merge_folders([tmp_path / "twin", study.folder], tmp_path / "merged")
    assert files(merged.folder) == files(study.folder)


def test_shards_of_a_comparison_merge_design_by_design(tmp_path: Path) -> None:
    at_once = tmp_path / "at-once"
    compared(at_once, "unanimity", "majority", runs=20)
    halves = [tmp_path / f"half{i}" for i in (1, 2)]
    for place, half in enumerate(halves, 1):
        compared(half, "unanimity", "majority", runs=20, shard=(place, 2))
    merge_folders(halves, tmp_path / "merged")
    made_of_all = {name: content for name, content in files(at_once).items() if "blocks" not in name}
    assert {
        name: content for name, content in files(tmp_path / "merged").items() if "blocks" not in name
    } == made_of_all
    assert {"outcomes.parquet", "regret.parquet", "designs/002-majority/runs.parquet"} <= set(made_of_all)
    assert json.loads((tmp_path / "merged" / "manifest.json").read_text(encoding="utf-8"))["state"] == "complete"
    assert all(study.is_complete for study in studies_in(tmp_path / "merged"))
    alone = problems([halves[0], tmp_path / "merged" / "designs" / "001-unanimity"], tmp_path / "again")
    assert "a comparison, and the other folders hold the runs of one design" in alone[0]


@pytest.mark.parametrize("step", ["os.link", "aiposim.results.study.Study.finish", "aiposim.results.study.Study.note"])
def test_nothing_is_left_when_merging_fails(
    shards: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(step, full)
    if step == "os.link":
        monkeypatch.setattr("shutil.copyfile", full)
    before = sorted(tmp_path.iterdir())
    with pytest.raises(OSError, match="No space"):
        merge_folders(shards, tmp_path / "merged")
    assert sorted(tmp_path.iterdir()) == before


def test_panels_are_merged_with_their_blocks_and_have_to_be_the_same(tmp_path: Path) -> None:
    whole = kept(tmp_path / "whole", runs=6, block=3, panel="core")
    halves = [kept(tmp_path / f"s{i}", runs=6, block=3, shard=(i, 2), panel="core").folder for i in (1, 2)]
    (merged,) = merge_folders(halves, tmp_path / "merged")
    assert files(merged.folder) == files(whole.folder)
    assert sum(name.startswith("panel/core/") for name in files(merged.folder)) == 2
    rewritten(halves[0] / "panel" / "core" / "0000000000-0000000002.parquet", "budget", 0, lambda value: value + 1.0)
    (problem,) = problems([*halves, whole.folder], tmp_path / "again")
    assert problem.endswith("are not the same.")
