"""`aiposim why-different` at the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from commands.terminal import called, refused
from results.folders import compared, design, kept, rows_file


@pytest.fixture(autouse=True)
def _in_a_folder_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_it_prints_what_differs_and_which_difference_explains_it() -> None:
    first = kept(Path("a"))
    second = kept(Path("b"), design(**{"control.voting.rule": "majority", "question": "Who may say no?"}), 25)
    result = called("why-different", "a", "b", "--runs", "8")
    assert result.exit_code == 1, result.output
    said = " ".join(result.stdout.split())
    assert "A a: reference-design, 40 runs, seed 2015 B b: reference-design, 25 runs, seed 2015" in said
    assert "Results: 25 runs in both; 25 runs not the same, in" in said
    old, new = (float(study.table()["budget"][0]) for study in (first, second))
    assert f"budget: 25 runs, the first 0: {old!r} -> {new!r}" in said
    assert "control.voting.rule unanimity -> majority explains it alone in 8 of 8 runs" in said
    assert "moves nothing" in said
    assert "Tried on 8 runs by the code that is here, which gives the kept runs of A and B." in said
    assert said.endswith("control.voting.rule explains it alone.")


def test_the_same_results_are_said_to_be_the_same() -> None:
    kept(Path("a"), runs=6)
    kept(Path("b"), runs=6, block=2)
    result = called("why-different", "a", "b")
    assert result.exit_code == 0, result.output
    assert "Results: 6 runs in both, the same to the bit" in result.stdout
    assert "Nothing that went into them is recorded as different." in result.stdout


def test_json_tells_all_of_it() -> None:
    kept(Path("a"), runs=6)
    kept(Path("b"), runs=6, seed=3)
    result = called("why-different", "a", "b", "--json")
    answer = json.loads(result.stdout)
    assert (result.exit_code, answer["same"], answer["alone"]) == (1, False, [])
    (found,) = answer["designs"]
    assert (found["runs"], found["runs_that_differ"], found["sample"]) == (6, 6, 6)
    assert found["reproduced"] == {"a": True, "b": True}
    assert found["differences"] == [
        {"kind": "seed", "name": "seed", "a": 2015, "b": 3, "verdict": "explains it alone", "remark": "in 6 of 6 runs"}
    ]
    assert found["conclusion"] == "seed explains it alone."


def test_comparisons_are_taken_design_by_design() -> None:
    compared(Path("c"), "unanimity", "majority", runs=3)
    compared(Path("d"), "unanimity", "consensus", runs=3)
    result = called("why-different", "c", "d")
    assert result.exit_code == 1
    assert "reference-design: unanimity: 3 runs in both, the same to the bit." in result.stdout
    assert "Only one of the two compares reference-design: majority." in result.stdout
    assert "Only one of the two compares reference-design: consensus." in result.stdout
    inside = Path("c", "designs", "001-unanimity")
    assert f"name one of its designs, such as {inside}." in refused("why-different", "c", str(inside))


def test_no_results_and_damaged_ones_are_refused() -> None:
    study = kept(Path("a"), runs=6)
    assert "is not a results folder" in refused("why-different", "a", "nowhere")
    kept(Path("b"), runs=6)
    rows_file(study, 0).write_bytes(b"PAR1")
    message = refused("why-different", "a", "b")
    assert "is damaged" in message
    assert "aiposim verify a" in message
    assert "no such file of rules" in refused("why-different", "b", "b", "--rules-of-second", "none.py")
