"""`aiposim flip` as a user calls it."""

from __future__ import annotations

import json

import pytest

from commands.terminal import called, refused

SHORT = ("--set", "world.horizon=12", "--seed", "7", "--workers", "1")
CHINA = ("--assumption", "membership.overrides.CHN.revealed_interest")


def test_an_order_its_reversals_and_what_holds_are_told() -> None:
    ran = called("flip", "geneva-2015", "gni", "equal", "--runs", "60", *SHORT, *CHINA, "--outcome", "budget_ratio")
    assert ran.exit_code == 0, ran.output
    assert "Budget relative to the efficient budget: higher under gni than under equal, by +0." in " ".join(
        ran.stdout.split()
    )
    assert "runs were computed" in ran.stdout
    assert all(len(line) <= 80 for line in ran.stdout.splitlines())


def test_the_same_in_json() -> None:
    ran = called("flip", "geneva-2015", "gni", "equal", "--runs", "40", *SHORT, *CHINA, "--two", "--json")
    assert ran.exit_code == 0, ran.output
    told = json.loads(ran.stdout)
    assert (told["first"], told["second"]) == ("geneva-2015: gni", "geneva-2015: equal")
    assert (told["outcome"], told["runs"], told["seed"], told["settled"]) == ("budget_ratio", 40, 7, True)
    assert told["before"]["low"] < told["before"]["mean"] < told["before"]["high"]
    assert (told["together"], told["pairs"]) == ([], 0), "one assumption makes no pair"
    assert len(told["alone"]) + len(told["held"]) == told["assumptions"] == 1
    assert told["runs_done"] >= 2 * 40 * 5
    assert {"key", "reason"} == set(told["left_out"][0])


def test_designs_that_few_runs_cannot_tell_apart_are_said_to_be_so() -> None:
    ran = called("flip", "geneva-2015", "gni", "un_scale", "--runs", "6", *SHORT, "--outcome", "trust")
    assert ran.exit_code == 0
    assert "cannot tell the two apart" in " ".join(ran.stdout.split())
    assert "reverses the order alone" not in ran.stdout


def test_a_design_against_itself_is_the_same() -> None:
    ran = called("flip", "geneva-2015", "gni", "gni", "--runs", "6", *SHORT)
    assert ran.exit_code == 0
    assert "Budget relative to the efficient budget: the same under gni and gni in every run" in " ".join(
        ran.stdout.split()
    )


def test_another_scenario_may_be_the_second() -> None:
    ran = called("flip", "geneva-2015", "cmim", "reference-design", "--runs", "20", *SHORT, *CHINA, "--json")
    assert ran.exit_code == 0, ran.output
    assert json.loads(ran.stdout)["second"] == "reference-design"


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("geneva-2015", "gin", "equal"), "did you mean 'gni'?"),
        (("genva-2015", "gni", "equal"), "Did you mean 'geneva-2015'?"),
        (("geneva-2015", "gni", "./nowhere.yaml"), "nowhere.yaml"),
        (("geneva-2015", "gni", "equal", "--runs", "2", "--outcome", "budgets"), "did you mean 'budget'?"),
        (("geneva-2015", "gni", "equal", "--runs", "2", "--outcome", "welfare"), "welfare.CHN, welfare.JPN"),
        (("geneva-2015", "gni", "equal", "--assumption", "world.incident.scale"), "'world.incidents.scale'"),
        (("geneva-2015", "gni", "equal", "--assumption", "control.voting.rule"), "no uncertain assumption"),
        (("geneva-2015", "gni", "equal", "--runs", "1"), "no interval"),
        (("geneva-2015", "gni", "equal", "--lang", "xx"), "no report in 'xx'"),
        (("geneva-2015", "gni"), "Missing argument"),
    ],
)
def test_what_cannot_be_asked_is_refused(arguments: tuple[str, ...], says: str) -> None:
    assert says in " ".join(refused("flip", *arguments).split())
