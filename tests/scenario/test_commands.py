"""The commands that look at scenarios and rules: what they print and how they end."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner

from aiposim.cli import app
from aiposim.commands.check import check
from aiposim.commands.rules import rules
from aiposim.commands.scenarios import scenarios
from aiposim.commands.schema import schema
from aiposim.scenario import shipped
from aiposim.scenario.catalogue import member_file, scenario_file


def run(command: Callable[..., Any], *arguments: str) -> Any:
    application = typer.Typer()
    application.command()(command)
    return CliRunner().invoke(application, list(arguments))


def test_check_is_silent_about_what_is_right() -> None:
    done = run(check, "geneva-2015", str(scenario_file("arrears")), str(member_file("JPN")))
    assert done.exit_code == 0
    assert done.output.strip() == "3 files checked: 0 errors, 0 warnings."


def test_check_prints_every_problem_and_ends_with_two(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("x.yaml").write_text("world: {horizon: 0}\ncontrol: {voting: majorty}\n", encoding="utf-8")
    done = run(check, "./x.yaml")
    assert done.exit_code == 2
    assert "x.yaml:1:9: error world.horizon: horizon is 0" in done.output
    assert "x.yaml:2:11: error control.voting.rule:" in done.output


def test_check_in_json_is_a_list_and_warnings_do_not_fail(tmp_path: Path) -> None:
    file = tmp_path / "x.yaml"
    file.write_text("world: {incidents: {scale: 5}}\n", encoding="utf-8")
    done = run(check, str(file), "--json")
    assert done.exit_code == 0
    (only,) = json.loads(done.output)
    assert (only["severity"], only["key"], only["line"]) == ("warning", "world.incidents.scale", 1)


def test_check_of_a_name_that_is_not_shipped_suggests_one() -> None:
    done = run(check, "genva-2015", "--json")
    assert done.exit_code == 2
    assert "geneva-2015" in json.loads(done.output)[0]["message"]


def test_schema_is_a_json_schema_of_the_keys() -> None:
    read = json.loads(run(schema).output)
    assert read["$schema"].startswith("https://json-schema.org/")
    world = read["$defs"]["World"]["properties"]
    assert world["horizon"]["anyOf"][0] == {"maximum": 600, "minimum": 1, "type": "integer"}
    assert world["horizon"]["unit"] == "periods"
    assert read["$defs"]["Voting"]["properties"]["rule"]["enum"].count("consensus-1") == 1
    assert "$ref" in read["properties"]["control"] or "allOf" in read["properties"]["control"]


def test_scenarios_lists_and_shows() -> None:
    listed = run(scenarios)
    assert listed.exit_code == 0
    assert all(name in listed.output for name in shipped())
    shown = run(scenarios, "geneva-2015")
    assert "geneva-2015: voluntary" in shown.output
    assert json.loads(run(scenarios, "arrears", "--json").output)["designs"][0].startswith("arrears: ")
    assert run(scenarios, "arears").exit_code == 2


def test_rules_lists_and_shows() -> None:
    rows = json.loads(run(rules, "--json").output)
    assert {row["family"] for row in rows} == {"cost_sharing", "voting", "director", "sanction", "reversion"}
    assert all(row["summary"] and row["source"] for row in rows)
    assert run(rules).exit_code == 0
    assert "Source:" in run(rules, "consensus-1").output
    wrong = run(rules, "majorty")
    assert wrong.exit_code == 2
    assert "majority" in wrong.output


def test_check_takes_settings_as_run_does() -> None:
    wrong = CliRunner().invoke(app, ["check", "geneva-2015", "--set", "control.voting=majorty"])
    assert wrong.exit_code == 2
    assert "Did you mean 'majority'?" in wrong.output
    right = CliRunner().invoke(app, ["check", "geneva-2015", "--set", "control.voting=majority"])
    assert right.exit_code == 0, right.output


def test_a_preset_without_a_scenario_is_told_what_is_missing() -> None:
    wrong = CliRunner().invoke(app, ["check", "+valuations-money"])
    assert wrong.exit_code == 2
    assert "The name of a scenario is missing" in wrong.output
