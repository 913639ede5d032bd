"""A scenario builds on one parent: what it inherits, what it replaces, and where a value then stands."""

from __future__ import annotations

from pathlib import Path

import pytest

from aiposim.scenario import Scenario, ScenarioError, load


def written(folder: Path, name: str, text: str) -> Path:
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return file


def child_of_geneva(folder: Path, text: str) -> Scenario:
    return load(written(folder, "child.yaml", f"title: child\nextends: geneva-2015\n{text}"))


def test_settings_designs_and_question_are_inherited_but_not_the_name(tmp_path: Path) -> None:
    child, parent = child_of_geneva(tmp_path, ""), load("geneva-2015")
    assert child.digest() == parent.digest()
    assert (child.name, child.title, child.question) == ("child", "child", parent.question)
    assert child.all_designs()[0].name == "child: equal"


def test_a_child_changes_what_it_names(tmp_path: Path) -> None:
    child = child_of_geneva(tmp_path, "control: {voting: {casting_vote: false, rule: majority}}\n")
    assert (child.control.voting.rule, child.control.voting.casting_vote) == ("majority", False)
    assert child.control.director.rule == "rotation"


def test_designs_of_a_child_take_the_place_of_its_parents(tmp_path: Path) -> None:
    child = child_of_geneva(tmp_path, "designs: {one: {world.horizon: 20}}\n")
    assert [each.name for each in child.all_designs()] == ["child: one"]
    child = child_of_geneva(tmp_path, "grid: {world.horizon: [20, 40]}\n")
    assert [each.world.horizon for each in child.all_designs()] == [20, 40]


def test_a_chain_of_files_is_followed_within_the_folder(tmp_path: Path) -> None:
    (tmp_path / "below").mkdir()
    written(tmp_path / "below", "a.yaml", "title: a\nworld: {horizon: 20, start: 2018}\n")
    written(tmp_path, "b.yaml", "title: b\nextends: below/a.yaml\nworld: {horizon: 30}\n")
    child = load(written(tmp_path, "c.yaml", "title: c\nextends: ./b.yaml\n"))
    assert (child.world.start, child.world.horizon) == (2018, 30)
    place = child.place("world.start")
    assert place is not None
    assert (Path(place.file).name, place.line) == ("a.yaml", 2)


def test_a_parent_may_not_lead_above_the_first_file(tmp_path: Path) -> None:
    (tmp_path / "below").mkdir()
    written(tmp_path, "top.yaml", "title: t\n")
    file = written(tmp_path / "below", "a.yaml", "title: a\nextends: ../top.yaml\n")
    with pytest.raises(ScenarioError, match="leads out"):
        load(file)


def test_a_read_scenario_builds_on_nothing_more() -> None:
    with pytest.raises(ScenarioError, match="in a file"):
        load("arrears").with_(extends="geneva-2015")
