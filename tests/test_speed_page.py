"""The benchmarks run, and the page of speed shows what they measure; nothing here asserts a time."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))  # the benchmarks are no part of the package

from benchmarks import measured as measured_last  # noqa: E402
from benchmarks import page, vector_code  # noqa: E402
from benchmarks.__main__ import BENCHMARKS  # noqa: E402
from benchmarks.measuring import Spread, ratio  # noqa: E402
from benchmarks.numpy_payment import differences  # noqa: E402
from benchmarks.section import TINY, Section  # noqa: E402
from benchmarks.targets import TARGETS, Target  # noqa: E402


def rows(text: str, heading: str) -> list[list[str]]:
    """The cells of the table under a heading, its headings left out."""
    part = text.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]
    lines = [line for line in part.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]]


@pytest.fixture(scope="module")
def measured() -> list[Section]:
    """Every benchmark with next to no work, by plain Python where it starts a process of its own."""
    return [benchmark(TINY) for benchmark in BENCHMARKS]


def test_every_target_is_measured_or_says_why_not(measured: list[Section]) -> None:
    told = {key for section in measured for key in (*section.figures, *section.missing)}
    assert told == {target.key for target in TARGETS}
    assert all(reason for section in measured for reason in section.missing.values())


def test_every_section_has_a_table_as_wide_as_its_headings(measured: list[Section]) -> None:
    for section in measured:
        assert section.rows or section.missing, section.title
        assert {len(row) for row in section.rows} <= {len(section.headings)}, section.title


def test_the_page_in_the_documentation_has_the_targets_and_sections_of_the_code(measured: list[Section]) -> None:
    text = page.PAGE.read_text(encoding="utf-8")
    shown = [(row[0], row[2], row[3]) for row in rows(text, "Targets")]
    assert shown == [(page.what(target), *target.bounds()) for target in TARGETS]
    for section in measured:
        assert f"\n## {section.title}\n" in text


def test_the_page_is_what_the_code_makes_of_what_was_measured_last() -> None:
    """After a change of words or reasons: python -m benchmarks --page."""
    assert page.PAGE.read_text(encoding="utf-8") == page.whole(measured_last.read())


def test_the_page_says_why_what_falls_short_does_so() -> None:
    for row in rows(page.PAGE.read_text(encoding="utf-8"), "Targets"):
        assert row[1] or row[4].startswith("not measured: "), row[0]
        assert "nobody has said why yet" not in row[4], row[0]


def test_numpy_and_the_compiled_steps_find_the_same_payments() -> None:
    assert max(differences(50).values()) < 1e-11


def test_a_target_that_is_missed_says_so_with_its_reason() -> None:
    target = Target("start", "start", "s", 0.8, 0.6, "lower", reason="Python alone takes a second")
    assert target.verdict(Spread.exactly(0.5)) == "beyond the stretch target"
    assert target.verdict(Spread.exactly(0.7)) == "reached"
    assert target.verdict(Spread.exactly(1.2)) == "**falls short**: Python alone takes a second"


def test_a_ratio_is_taken_between_neighbours_in_time() -> None:
    quiet, disturbed = [2.0, 2.0, 2.0], [1.0, 1.0, 1.0]
    slowed = [2.0, 20.0, 2.0], [1.0, 10.0, 1.0]
    assert ratio(quiet, disturbed).median == ratio(*slowed).median == 2.0
    assert ratio(*slowed).high == 2.0


def test_a_loop_that_is_no_longer_vector_code_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    expected = tmp_path / "expected.json"
    monkeypatch.setattr(vector_code, "EXPECTED", expected)
    vector_code.write_expected({"payments": vector_code.Loops(3, 0, 0, 0), "dues": vector_code.Loops(6, 0, 0, 0)})
    found = {"payments": vector_code.Loops(2, 1, 0, 0), "dues": vector_code.Loops(6, 0, 0, 0)}
    (loss,) = vector_code.compare_with_expected(found)
    assert loss == "no longer vector code: payments has 2 of 3 loops as vector code, expected 3 of 3"


def test_loops_of_another_processor_are_not_compared(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    expected = tmp_path / "expected.json"
    expected.write_text(json.dumps({"instruction_set": "another", "steps": {"dues": {"vector": 6, "plain": 0}}}))
    monkeypatch.setattr(vector_code, "EXPECTED", expected)
    assert vector_code.compare_with_expected({"dues": vector_code.Loops(0, 6, 0, 0)}) == []


def test_writing_the_page_needs_all_benchmarks() -> None:
    command = [sys.executable, "-m", "benchmarks", "--write", "--only", "steps"]
    answer = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert answer.returncode == 2
    assert "--write needs all benchmarks at their usual size" in answer.stderr
