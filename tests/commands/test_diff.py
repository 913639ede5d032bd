"""`aiposim diff`: what differs between two scenarios or designs, in words."""

from __future__ import annotations

import json

import pytest

from aiposim.scenario import load, shipped
from commands.terminal import called, refused


def test_two_scenarios_are_compared_with_the_keys_in_brackets() -> None:
    told = called("diff", "geneva-2015", "tcs-thirds")
    assert told.exit_code == 0, told.output
    assert "voting rule: consensus → unanimity  [control.voting.rule]" in told.stdout
    assert "share of Republic of Korea at the foundation: 20% → 33.3%" in told.stdout


def test_equal_scenarios_say_so_and_that_is_no_error() -> None:
    told = called("diff", "geneva-2015", "geneva-2015")
    assert (told.exit_code, "Nothing differs: the two are the same." in told.stdout) == (0, True)


def test_two_designs_of_one_scenario_or_of_two() -> None:
    one = called("diff", "geneva-2015", "--design", "equal", "--with", "cmim")
    assert one.stdout.startswith("From equal to cmim\n")
    two = called("diff", "geneva-2015", "tcs-thirds", "--design", "equal", "--with", "full size, consensus")
    assert "Nothing differs in the charter or in the assumptions" in " ".join(two.stdout.split())


def test_settings_are_laid_upon_the_second_side() -> None:
    told = called("diff", "reference-design", "--set", "control.voting=majority")
    assert "voting rule: unanimity → simple majority" in told.stdout
    assert "From reference-design to reference-design with other settings" in told.stdout


@pytest.mark.parametrize("name", [name for name in shipped() if load(name).design_names])
def test_alone_a_scenario_shows_how_its_designs_differ_from_the_first(name: str) -> None:
    told = called("diff", name)
    assert told.exit_code == 0, told.output
    assert told.stdout.count("From ") == len(load(name).design_names) - 1
    assert "Nothing differs" not in told.stdout


def test_json_lists_designs_or_gives_the_one_comparison() -> None:
    alone = json.loads(called("diff", "geneva-2015", "--json").stdout)
    assert [each["second"] for each in alone] == [
        f"geneva-2015: {name}" for name in load("geneva-2015").design_names[1:]
    ]
    pair = json.loads(called("diff", "geneva-2015", "geneva-2015", "--json").stdout)
    assert pair == {
        "first": "geneva-2015",
        "second": "geneva-2015",
        "equal": True,
        "charter": [],
        "assumptions": [],
        "without_effect": [],
    }


def test_what_cannot_be_compared_is_refused_in_one_line() -> None:
    assert "no designs to compare" in refused("diff", "reference-design")
    assert "did you mean 'equal'" in refused("diff", "geneva-2015", "--with", "equl")
    assert "Did you mean" in refused("diff", "geneva-2015", "tcs-third")
    assert "is set twice" in refused("diff", "geneva-2015", "--set", "world.start=2016", "--set", "world.start=2017")
