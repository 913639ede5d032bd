"""Presets: settings that are laid upon a scenario with a plus, in a name, in `extends` and at the command line."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from aiposim.commands.scenarios import scenarios
from aiposim.scenario import Scenario, ScenarioError, load, shipped, shipped_presets
from aiposim.scenario.catalogue import preset_file
from commands.terminal import called

VALUATIONS = {
    "valuations-mean": {"JPN": 0.347, "CHN": 0.490, "KOR": 0.163},
    "valuations-money": {"JPN": 0.556, "CHN": 0.341, "KOR": 0.102},
    "valuations-people": {"JPN": 0.084, "CHN": 0.728, "KOR": 0.188},
}
MONEY = {"JPN": 10.833, "CHN": 6.64, "KOR": 1.994}
"""Per cent of UN peacekeeping, effective rates for 2015 (A/67/224/Add.1)."""
PEOPLE = {"JPN": 272, "CHN": 2371, "KOR": 614}
"""Uniformed persons in UN operations, 31 March 2015 (UN DPKO)."""
CMIM = {"JPN": 0.4, "CHN": 0.4, "KOR": 0.2}


def interests(scenario: Scenario) -> dict[str, float]:
    return {member.code: member.revealed_interest for member in scenario.members}


@pytest.mark.parametrize("name", VALUATIONS)
def test_a_preset_of_valuations_sets_what_the_institute_is_worth_to_each_state(name: str) -> None:
    assert interests(load(f"geneva-2015+{name}")) == VALUATIONS[name]


def test_the_valuations_are_the_parts_in_money_and_people_and_their_mean_with_the_regional_key() -> None:
    """Computed by hand from the figures of the members' files; printed to three digits."""
    money = {code: rate / sum(MONEY.values()) for code, rate in MONEY.items()}
    people = {code: persons / sum(PEOPLE.values()) for code, persons in PEOPLE.items()}
    mean = {code: (money[code] + people[code] + CMIM[code]) / 3.0 for code in CMIM}
    for name, parts in (("money", money), ("people", people), ("mean", mean)):
        assert VALUATIONS[f"valuations-{name}"] == pytest.approx(parts, abs=0.0008)


def test_the_mean_is_the_default() -> None:
    for name in ("reference-design", "geneva-2015"):
        assert load(f"{name}+valuations-mean").digest() == load(name).digest()


def test_a_preset_changes_what_it_says_and_leaves_the_rest() -> None:
    plain, laid = load("geneva-2015"), load("geneva-2015+valuations-money")
    assert laid.question == plain.question
    assert laid.all_designs()[0].name == "geneva-2015+valuations-money: equal"
    back = laid.with_(**{f"membership.overrides.{code}.revealed_interest": v for code, v in interests(plain).items()})
    assert back.digest() == plain.digest()


def test_name_and_title_say_what_was_laid_upon_the_scenario() -> None:
    laid = load("geneva-2015+valuations-people")
    assert laid.name == "geneva-2015+valuations-people"
    assert laid.title == f"{load('geneva-2015').title}. Valuations from people alone"


def test_later_presets_are_laid_upon_earlier_ones() -> None:
    laid = load("geneva-2015+valuations-people+valuations-money")
    assert interests(laid) == VALUATIONS["valuations-money"]


def test_a_scenario_in_a_file_may_build_on_a_scenario_with_a_preset(tmp_path: Path) -> None:
    file = tmp_path / "child.yaml"
    file.write_text("title: child\nextends: geneva-2015+valuations-money\nworld: {horizon: 20}\n", encoding="utf-8")
    child = load(file)
    assert (child.name, child.title, child.world.horizon) == ("child", "child", 20)
    assert interests(child) == VALUATIONS["valuations-money"]
    place = child.place("membership.overrides.CHN.revealed_interest")
    assert place is not None
    assert place.file == "scenarios/presets/valuations-money.yaml"


def test_a_preset_may_be_laid_upon_a_file_and_a_file_overrides_what_it_builds_on(tmp_path: Path) -> None:
    own = "membership: {overrides: {KOR: {revealed_interest: {value: 0.3, unit: share, source: test}}}}\n"
    file = tmp_path / "own.yaml"
    file.write_text("title: own\nextends: valuations-money\n" + own, encoding="utf-8")
    assert interests(load(str(file))) == {**VALUATIONS["valuations-money"], "KOR": 0.3}
    assert interests(load(f"{file}+valuations-people")) == VALUATIONS["valuations-people"]


def test_a_plus_in_the_name_of_a_file_is_no_preset(tmp_path: Path) -> None:
    file = tmp_path / "a+b.yaml"
    file.write_text("title: a and b\n", encoding="utf-8")
    assert load(str(file)).title == "a and b"
    assert load(file).title == "a and b"


@pytest.mark.parametrize("name", ["geneva-2015+valuations-mony", "geneva-2015+", "geneva-2015+arrears"])
def test_what_is_no_preset_is_refused_with_those_there_are(name: str) -> None:
    with pytest.raises(ScenarioError, match="No preset") as caught:
        load(name)
    assert all(preset in str(caught.value) for preset in shipped_presets())


def test_a_preset_that_a_file_misspells_is_told_with_its_line(tmp_path: Path) -> None:
    file = tmp_path / "child.yaml"
    file.write_text("title: child\nextends: geneva-2015+valuations-mony\n", encoding="utf-8")
    with pytest.raises(ScenarioError) as caught:
        load(file)
    (problem,) = caught.value.problems
    assert (problem.line, problem.key) == (2, "extends")
    assert "valuations-money" in problem.message


def test_a_misspelt_preset_on_its_own_is_suggested() -> None:
    with pytest.raises(ScenarioError, match="Did you mean 'valuations-money'"):
        load("valuations-mony")


@pytest.mark.parametrize("name", shipped_presets())
def test_a_preset_holds_settings_alone_each_with_unit_and_source(name: str) -> None:
    scenario = load(name)
    assert scenario.design_names == ()
    assert scenario.title
    assert scenario.question.strip().endswith("?")
    assert scenario.reading
    assert not scenario.warnings
    for line in preset_file(name).read_text(encoding="utf-8").splitlines():
        if re.search(r"value:\s*-?[.\d]+", line):
            assert re.search(r"unit:.*source:", line), line


def test_presets_are_no_scenarios_and_are_listed_apart() -> None:
    assert not set(shipped_presets()) & set(shipped())
    assert set(shipped_presets()) == set(VALUATIONS)
    app = typer.Typer()
    app.command()(scenarios)
    listed = CliRunner().invoke(app, [])
    assert listed.output.index("preset") > max(listed.output.index(f"{name} ") for name in shipped())
    assert all(listed.output.index(name) > listed.output.index("preset") for name in shipped_presets())
    kinds = {row["name"]: row["kind"] for row in json.loads(CliRunner().invoke(app, ["--json"]).output)}
    assert kinds["valuations-money"] == "preset"
    assert kinds["geneva-2015"] == "scenario"


def test_a_preset_can_be_named_at_the_command_line(tmp_path: Path) -> None:
    out = tmp_path / "out"
    ran = called("run", "geneva-2015+valuations-money", "--runs", "5", "--out", str(out))
    assert ran.exit_code == 0, ran.output
    ran = called("compare", "arrears+valuations-mean", "arrears+valuations-people", "--runs", "5", "--json")
    assert ran.exit_code == 0, ran.output
    assert "arrears+valuations-people" in ran.output
