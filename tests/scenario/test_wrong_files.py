"""Wrong files are refused with the file, line, key and a helpful word, and everything at once."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from aiposim.scenario import Problem, ScenarioError, load

WRONG: list[dict[str, Any]] = YAML(typ="safe").load(Path(__file__).with_name("wrong_files.yaml"))


def problems_of(folder: Path, text: str | bytes) -> list[Problem]:
    file = folder / "wrong.yaml"
    file.write_bytes(text.encode("utf-8") if isinstance(text, str) else text)
    with pytest.raises(ScenarioError) as caught:
        load(file)
    return caught.value.problems


@pytest.mark.parametrize("wrong", WRONG, ids=[each["name"] for each in WRONG])
def test_a_wrong_file_is_refused_at_its_line(
    wrong: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    problems = problems_of(tmp_path, wrong["text"])
    assert [each.key for each in problems if each.severity == "error"] == [wrong["key"]]
    (fault,) = [each for each in problems if each.severity == "error"]
    assert (fault.file, fault.line) == ("wrong.yaml", wrong["line"])
    for part in wrong["says"]:
        assert part in fault.message
    if "found" in wrong:
        assert fault.found == wrong["found"]
    assert str(fault).startswith(f"wrong.yaml:{wrong['line']}:{fault.column}: ")


def test_columns_count_from_one(tmp_path: Path) -> None:
    (fault,) = problems_of(tmp_path, "control:\n  voting: {rule: majority, casting_vote: 3}\n")
    assert (fault.line, fault.column) == (2, 28)


def test_everything_wrong_is_found_at_once(tmp_path: Path) -> None:
    text = """\
titel: x
membership:
  members: [JPN, CHN, KOR, JPN]
  host: JNP
  notice: 9
  notice: 3
  overrides: {JPN: {hawkisness: 0.4, ideal_mix: {cp: 1, pk: 1, ha: 0, pb: 0, rd: 0}}}
control:
  voting: majorty
  director: {term: 0, queue: [JPN]}
  cost_sharing: {ceiling: 0.1, key: {JPN: 1, CHN: 1}}
world:
  payment: {late: .nan}
designs:
  one: {control.votin: unanimity}
"""
    found = {each.key: each.line for each in problems_of(tmp_path, text) if each.severity == "error"}
    assert found == {
        "titel": 1,
        "membership.members": 3,
        "membership.host": 4,
        "membership.notice": 6,
        "membership.overrides.JPN.hawkisness": 7,
        "membership.overrides.JPN.ideal_mix": 7,
        "control.voting.rule": 9,
        "control.director.term": 10,
        "control.director.queue": 10,
        "control.cost_sharing.ceiling": 11,
        "control.cost_sharing.key": 11,
        "world.payment.late": 13,
        "control.votin": 15,
    }


def test_every_duplicate_is_found(tmp_path: Path) -> None:
    text = "title: x\ntitle: y\nworld:\n  start: 2016\n  start: 2017\n  start: 2018\n"
    found = problems_of(tmp_path, text)
    assert [(each.key, each.line) for each in found] == [("title", 2), ("world.start", 5), ("world.start", 6)]


def test_a_fault_in_a_parent_is_told_in_the_parent(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "parent.yaml").write_text("title: p\nworld:\n  horizon: 0\n", encoding="utf-8")
    (fault,) = problems_of(tmp_path, "title: c\nextends: parent.yaml\n")
    assert (fault.file, fault.line, fault.key) == ("parent.yaml", 3, "world.horizon")


def test_a_circle_of_parents_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.yaml").write_text("extends: ./wrong.yaml\n", encoding="utf-8")
    (fault,) = problems_of(tmp_path, "extends: ./a.yaml\n")
    assert "wrong.yaml extends a.yaml extends wrong.yaml" in fault.message


def test_a_link_does_not_lead_out_of_the_folder(tmp_path: Path) -> None:
    inner = tmp_path / "inner"
    inner.mkdir()
    (tmp_path / "outside.yaml").write_text("title: o\n", encoding="utf-8")
    (inner / "link.yaml").symlink_to(tmp_path / "outside.yaml")
    (fault,) = problems_of(inner, "extends: ./link.yaml\n")
    assert "leads out" in fault.message


@pytest.mark.parametrize(
    ("content", "part"),
    [
        (b"title: \xff\xfe\n", "not UTF-8"),
        (b"", "empty"),
        (b"title: a\x00b\n", "control character"),
        (b"[" * 5000, "nested too deeply"),
        (b"a: &a [*a]\n", "alias"),
        (b"title: x\n? [1, 2]\n: y\n", "A key is a word"),
        (b"just words\n", "a single value at the top"),
    ],
)
def test_what_is_hardly_a_file_is_refused_clearly(content: bytes, part: str, tmp_path: Path) -> None:
    assert any(part in each.message for each in problems_of(tmp_path, content))


def test_aliases_that_multiply_are_stopped(tmp_path: Path) -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 10)}]" for i in range(1, 9)]
    assert problems_of(tmp_path, "\n".join(lines))


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text("title: x\n", encoding="utf-8")
    with pytest.raises(ScenarioError, match=r"Did you mean mine\.yaml"):
        load(tmp_path / "mne.yaml")
    with pytest.raises(ScenarioError, match="is a folder"):
        load(tmp_path)


def test_a_misspelt_name_meets_near_names() -> None:
    with pytest.raises(ScenarioError, match=r"Did you mean 'geneva-2015'\?"):
        load("genva-2015")


def test_problems_are_plain_json(tmp_path: Path) -> None:
    problems = problems_of(tmp_path, "world: {horizon: 0}\n")
    (only,) = json.loads(json.dumps([each.as_dict() for each in problems]))
    assert set(only) == {"file", "line", "column", "key", "severity", "found", "allowed", "message"}
    assert (only["found"], only["severity"]) == ("0", "error")
    assert only["allowed"] == "a whole number from 1 to 600 (periods)"
