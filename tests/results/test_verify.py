"""A results folder is compared with what the model computes; whatever is not the same is named."""

from __future__ import annotations

import math
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from aiposim.results.bits import spread
from aiposim.results.findings import Finding
from aiposim.results.study import Study
from aiposim.results.verifying import Verification, sample_of, verify
from results.folders import counts_file, kept, rewritten, rows_file, tell


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Study:
    return kept(tmp_path_factory.mktemp("sound") / "study")


@pytest.fixture
def study(sound: Study, tmp_path: Path) -> Study:
    """A copy of sound results, to be spoilt."""
    return Study.open(shutil.copytree(sound.folder, tmp_path / "study"))


def all_of(study: Study) -> Verification:
    opened = Study.open(study.folder)
    return verify(opened, sample_of(opened, None, everything=True))


def only(found: Verification, file: str) -> Finding:
    """The one finding in a file."""
    (finding,) = (each for each in found.findings if each.file == file)
    return finding


def test_sound_results_are_equal_in_every_run_count_and_table(sound: Study) -> None:
    found = all_of(sound)
    measures = len(sound.table().columns)
    assert found.findings == []
    assert (found.runs_kept, found.runs_computed, found.blocks_whole) == (40, 40, 4)
    assert found.values == 40 * measures
    assert found.rebuilt == ["runs.parquet", "bands.parquet"]
    assert found.same_code
    assert found.changed_versions == {}


def test_a_sample_spans_the_whole_range(sound: Study) -> None:
    pieces = sample_of(sound, 7)
    computed = {run for _, first, runs in pieces for run in range(first, first + runs)}
    assert len(computed) == 7
    assert {0, 39} <= computed
    assert len({part for part, _, _ in pieces}) == 4
    assert verify(sound, pieces).runs_computed == 7


@pytest.mark.parametrize(("total", "wanted"), [(10, 1), (10, 3), (10, 9), (10, 10), (1000, 300), (26, 25), (5, 99)])
def test_a_spread_has_the_number_wanted_and_never_one_place_twice(total: int, wanted: int) -> None:
    places = [place for piece in spread(total, wanted) for place in piece]
    assert len(set(places)) == len(places) == min(total, wanted)
    assert min(places) == 0
    assert max(places) == total - 1 or wanted == 1


def test_without_a_number_a_block_is_computed_whole_beside_the_sample(tmp_path: Path) -> None:
    study = kept(tmp_path / "larger", runs=1200, block=400)
    found = verify(study, sample_of(study, None))
    assert (found.runs_computed, found.blocks_whole) == (400 + 200, 1)
    assert found.findings == []


def test_a_value_that_is_off_in_its_last_bit_is_found_with_both_values(study: Study) -> None:
    right = study.table()["trust"][23]
    wrong = rewritten(rows_file(study, 2), "trust", 3, lambda value: math.nextafter(value, 1.0))
    finding = only(all_of(study), "blocks/0000000020-0000000029.runs.parquet")
    assert (finding.kind, finding.measure, finding.runs, finding.first_run) == ("differs", "trust", 1, 23)
    assert (finding.kept, finding.computed) == (wrong, right)


def test_the_copy_of_the_runs_in_one_file_is_compared_with_the_blocks(study: Study) -> None:
    wrong = rewritten(study.folder / "runs.parquet", "exits", 31, lambda value: value + 1.0)
    (finding,) = all_of(study).findings
    assert (finding.file, finding.measure, finding.message) == ("runs.parquet", "exits", "run 31")
    assert (finding.kept, finding.computed) == (wrong, wrong - 1.0)


def test_a_failure_that_the_model_does_not_know_is_found(study: Study) -> None:
    rewritten(rows_file(study, 0), "failure", 4, lambda _: "ValueError: invented")
    found = {(each.measure, each.first_run, each.kept, each.computed) for each in all_of(study).findings}
    assert ("failure", 4, "ValueError: invented", None) in found


def test_a_wrong_count_is_found_where_its_block_is_computed_whole(study: Study) -> None:
    rewritten(counts_file(study, 1), "sum", 2, lambda value: value + 1)
    found = all_of(study)
    finding = only(found, "blocks/0000000010-0000000019.counts.parquet")
    assert finding.kept == int(str(finding.computed)) + 1
    assert "period 0" in finding.message
    assert only(found, "bands.parquet").measure == "mean"


def test_wrong_bands_are_found(study: Study) -> None:
    rewritten(study.folder / "bands.parquet", "q95", 5, lambda value: value + 0.5)
    (finding,) = all_of(study).findings
    assert (finding.file, finding.measure, finding.runs) == ("bands.parquet", "q95", 1)
    assert "label 2016H1" in finding.message


@pytest.mark.parametrize(
    ("fault", "kind", "file", "words"),
    [
        (lambda s: _cut(rows_file(s, 1)), "damaged", "blocks/0000000010-0000000019.runs.parquet", "Parquet"),
        (lambda s: _cut(counts_file(s, 1)), "damaged", "blocks/0000000010-0000000019.counts.parquet", "Parquet"),
        (lambda s: counts_file(s, 3).unlink(), "missing", "blocks/0000000030-0000000039.counts.parquet", "not there"),
        (lambda s: rows_file(s, 3).unlink(), "missing", "blocks/0000000030-0000000039.runs.parquet", "lacks"),
        (lambda s: (s.folder / "bands.parquet").unlink(), "missing", "bands.parquet", "not there"),
        (lambda s: _cut(s.folder / "runs.parquet"), "damaged", "runs.parquet", ""),
        (lambda s: shutil.copy(rows_file(s, 0), rows_file(s, 1)), "damaged",
         "blocks/0000000010-0000000019.runs.parquet", "does not hold the runs of its name"),
        (lambda s: _flip(rows_file(s, 2)), "damaged", "blocks/0000000020-0000000029.runs.parquet", ""),
        (lambda s: tell(s.folder, seed=7), "damaged", "blocks/0000000000-0000000009.runs.parquet", "another study"),
        (lambda s: tell(s.folder, scenario_sha256="0"), "damaged", "manifest.json", "not the one of its digest"),
        (lambda s: tell(s.folder, failed=3), "differs", "manifest.json", "failed is 3, and 0 by the blocks"),
    ],
)  # fmt: skip
def test_damage_is_told_by_file_and_never_raises(
    study: Study, fault: Callable[[Study], object], kind: str, file: str, words: str
) -> None:
    fault(study)
    finding = only(all_of(study), file)
    assert finding.kind == kind
    assert words in finding.message
    assert "damaged: damaged" not in f"{finding.kind}: {finding.message}"


def _cut(file: Path) -> None:
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])


def _flip(file: Path) -> None:
    """One bit of the first page of the file."""
    content = bytearray(file.read_bytes())
    content[60] ^= 1
    file.write_bytes(content)


def test_a_bit_that_flips_anywhere_in_the_rows_is_noticed_or_moves_nothing(tmp_path: Path) -> None:
    """Bytes from all over a file; where nothing is said, what is read is what was computed."""
    study = kept(tmp_path / "small", runs=4, block=4)
    tell(study.folder, state="unfinished")
    study = Study.open(study.folder)
    file = rows_file(study, 0)
    content = file.read_bytes()
    noticed = 0
    for place in range(0, len(content), len(content) // 24):
        flipped = bytearray(content)
        flipped[place] ^= 4
        file.write_bytes(flipped)
        noticed += bool(verify(study, sample_of(study, None)).findings)
    assert noticed > 12


def test_an_unfinished_study_is_compared_as_far_as_it_goes(study: Study) -> None:
    rows_file(study, 1).unlink()
    tell(study.folder, state="unfinished")
    found = all_of(study)
    assert found.findings == []
    assert (found.runs_whole, found.runs_kept, found.runs_computed) == (40, 30, 30)
    assert found.rebuilt == []


def test_a_shard_is_compared_as_the_part_that_it_is(tmp_path: Path) -> None:
    found = all_of(kept(tmp_path / "shard", shard=(2, 3)))
    assert found.findings == []
    assert (found.runs_whole, found.runs_computed, found.blocks_whole) == (40, 10, 1)


def test_runs_of_agents_are_those_of_arrays(tmp_path: Path) -> None:
    found = all_of(kept(tmp_path / "agents", runs=4, block=2, engine="agents"))
    assert (found.findings, found.runs_computed) == ([], 4)


def test_other_code_and_other_versions_are_named_though_nothing_differs(study: Study) -> None:
    source = {**study.manifest["source"], "steps/dues.py": "0" * 16}
    tell(study.folder, source=source, versions={**study.manifest["versions"], "numpy": "1.0"})
    found = all_of(study)
    assert (found.findings, found.same_code, found.changed_files) == ([], False, ["steps/dues.py"])
    assert found.changed_versions["numpy"][0] == "1.0"


@pytest.mark.parametrize(("panel", "table", "column"), [("core", "core", "budget"), ("full", "member", "grievance")])
def test_a_panel_is_compared_value_by_value(tmp_path: Path, panel: str, table: str, column: str) -> None:
    study = kept(tmp_path / "panel", runs=6, block=3, panel=panel)
    found = all_of(study)
    assert found.findings == []
    assert found.panel_values > 6 * 8 * 10
    file = tmp_path / "panel" / "panel" / table / "0000000003-0000000005.parquet"
    rewritten(file, column, 2, lambda value: value + 1.0)
    finding = only(all_of(study), f"panel/{table}/{file.name}")
    assert (finding.measure, finding.runs) == (column, 1)
    assert finding.message.startswith("run 3, period ")
    _cut(file)
    assert only(all_of(study), f"panel/{table}/{file.name}").kind == "damaged"
