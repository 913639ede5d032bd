"""A scenario may say what it concludes; the claims move no number and go where the designs go."""

from __future__ import annotations

from pathlib import Path

import pytest

from aiposim.scenario import Scenario, ScenarioError, from_dict, load, shipped
from aiposim.scenario.conclusion import Conclusion
from aiposim.scenario.editors import json_schema

HIGHER = {"outcome": "budget_ratio", "design": "gni", "relation": "higher", "than": "equal"}
SAME = {"outcome": "budget_ratio", "design": "gni", "relation": "same", "than": "un_scale", "within": 0.05}
GENEVA = load("geneva-2015").with_(conclusions=[HIGHER, SAME])


def written(folder: Path, name: str, text: str) -> Scenario:
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return load(file)


def test_conclusions_are_read() -> None:
    assert GENEVA.conclusions == (Conclusion(**HIGHER), Conclusion(**SAME))
    assert GENEVA.conclusions[1].within == 0.05


def test_conclusions_move_no_number() -> None:
    plain = GENEVA.with_(conclusions=[])
    assert plain.digest() == GENEVA.digest()
    assert plain != GENEVA


def test_conclusions_survive_the_way_through_a_manifest() -> None:
    again = from_dict(GENEVA.as_dict())
    assert again == GENEVA
    assert again.conclusions == GENEVA.conclusions
    assert again.with_(**{"world.horizon": 20}).conclusions == GENEVA.conclusions


def test_a_design_by_itself_claims_nothing_about_designs() -> None:
    assert GENEVA.design("gni").conclusions == ()
    assert from_dict(GENEVA.design("gni").as_dict()).conclusions == ()


def test_conclusions_are_inherited_with_the_designs_they_are_about(tmp_path: Path) -> None:
    written(
        tmp_path,
        "parent.yaml",
        "extends: geneva-2015\nconclusions: [{outcome: exits, design: gni, relation: lower, than: equal}]\n",
    )
    child = written(tmp_path, "child.yaml", "extends: ./parent.yaml\nworld: {horizon: 20}\n")
    assert [each.outcome for each in child.conclusions] == ["exits"]
    own = "conclusions: [{outcome: budget, design: gni, relation: higher, than: equal}]\n"
    child = written(tmp_path, "own.yaml", f"extends: ./parent.yaml\n{own}")
    assert [each.outcome for each in child.conclusions] == ["budget"]
    other = written(tmp_path, "other.yaml", "extends: ./parent.yaml\ndesigns: {a: {}, b: {world.horizon: 20}}\n")
    assert other.conclusions == ()
    cells = written(tmp_path, "grid.yaml", "extends: ./parent.yaml\ngrid: {control.voting: [majority, unanimity]}\n")
    assert cells.conclusions == ()


def test_a_claim_about_a_state_that_is_no_member_is_odd_but_no_fault(tmp_path: Path) -> None:
    """Whoever takes a scenario with fewer members did not write its conclusions."""
    claim = "conclusions: [{outcome: welfare.KOR, design: gni, relation: lower, than: equal}]\n"
    alone = "membership: {members: [JPN, CHN]}\n"
    child = written(tmp_path, "two.yaml", f"extends: geneva-2015\n{claim}{alone}")
    assert ["KOR is no member" in each.message for each in child.warnings] == [True]
    assert not any(
        "KOR" in each.message for each in written(tmp_path, "three.yaml", f"extends: geneva-2015\n{claim}").warnings
    )


def test_short_names_of_designs_are_understood() -> None:
    cells = load("empty-chair").with_(
        conclusions=[
            {"outcome": "deadlock_rate", "design": "consensus, 1", "relation": "lower", "than": "unanimity, 1"}
        ]
    )
    assert cells.conclusions[0].design == "consensus, 1"
    with pytest.raises(ScenarioError, match="no design 'consensus'"):
        load("empty-chair").with_(
            conclusions=[{"outcome": "exits", "design": "consensus", "relation": "lower", "than": "unanimity, 1"}]
        )


def test_an_editor_knows_the_form() -> None:
    form = json_schema()["$defs"]["Conclusion"]
    assert set(form["required"]) == {"outcome", "design", "relation", "than"}
    assert form["properties"]["relation"]["enum"] == ["higher", "lower", "same"]


@pytest.mark.parametrize("name", [name for name in shipped() if load(name).conclusions])
def test_shipped_conclusions_name_designs_and_outcomes_of_the_whole_or_of_members(name: str) -> None:
    scenario = load(name)
    for claim in scenario.conclusions:
        assert {scenario.design(claim.design).name, scenario.design(claim.than).name} <= {
            each.name for each in scenario.all_designs()
        }
    assert 1 <= len(scenario.conclusions) <= 3
