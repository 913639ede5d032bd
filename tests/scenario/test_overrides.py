"""with_, settings of the command line, designs and grids: the same checks and messages as a file."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest

from aiposim.scenario import Scenario, ScenarioError, from_dict, load


@pytest.fixture(scope="module")
def reference() -> Scenario:
    return load("reference-design")


def test_a_changed_scenario_leaves_the_first_alone(reference: Scenario) -> None:
    changed = reference.with_(**{"control.voting.rule": "majority", "world.horizon": 36})
    assert (changed.control.voting.rule, changed.world.horizon) == ("majority", 36)
    assert (reference.control.voting.rule, reference.world.horizon) == ("unanimity", 60)
    assert changed != reference
    assert changed.digest() != reference.digest()


def test_both_spellings_and_short_forms_are_read(reference: Scenario) -> None:
    for written in ("consensus-1", "consensus_minus_one", "consensus-minus-one"):
        assert reference.with_(**{"control.voting": written}).control.voting.rule == "consensus_minus_one"
    assert reference.with_(**{"control.director": "rotation-skip"}).control.director.rule == "rotation_skip"
    sharing = reference.with_(**{"control.cost_sharing": "tcs"}).control.cost_sharing
    assert (sharing.rule, sharing.key) == ("fixed_key", "tcs")
    assert reference.with_(**{"flexibility.review": "never"}).flexibility.review is None


def test_nested_mappings_are_read_too(reference: Scenario) -> None:
    changed = reference.with_(control={"voting": {"rule": "qmv", "qualified_share": 0.75}})
    assert (changed.control.voting.rule, changed.control.voting.qualified_share) == ("qmv", 0.75)
    assert changed.control.director == reference.control.director


def test_a_new_rule_drops_the_shares_of_the_old_one(reference: Scenario) -> None:
    own = reference.with_(**{"control.cost_sharing.key": {"JPN": 0.5, "CHN": 0.3, "KOR": 0.2}})
    assert own.fixed_shares == {"CHN": 0.3, "JPN": 0.5, "KOR": 0.2}
    assert own.with_(**{"control.cost_sharing": "cmim"}).fixed_shares["CHN"] == pytest.approx(0.4)
    assert own.with_(**{"control.cost_sharing": "gni"}).fixed_shares == {}


@pytest.mark.parametrize(
    ("key", "near"),
    [
        ("control.votting.rule", "control.voting.rule"),
        ("control.voting.rul", "control.voting.rule"),
        ("horizon", "world.horizon"),
        ("world.incident.scale", "world.incidents.scale"),
        ("voting", "control.voting"),
    ],
)
def test_an_unknown_key_meets_the_nearest(reference: Scenario, key: str, near: str) -> None:
    with pytest.raises(ScenarioError) as caught:
        reference.with_(**{key: 1})
    (fault,) = caught.value.problems
    assert (fault.file, fault.key) == ("<with_>", key)
    assert f"Did you mean {near!r}?" in fault.message


def test_settings_of_the_command_line_are_yaml(reference: Scenario) -> None:
    changed = reference.with_settings(
        ["control.voting=majority", "membership.members=[JPN, CHN, KOR, MNG]", "flexibility.review=never"]
    )
    assert changed.codes == ("CHN", "JPN", "KOR", "MNG")
    assert (changed.control.voting.rule, changed.flexibility.review) == ("majority", None)


def test_wrong_settings_are_refused_all_at_once(reference: Scenario) -> None:
    settings = [
        "world.horizon=0",
        "world.late=.1",
        "novalue",
        "world.start=",
        "control.voting={",
        "scope.optout=no",
    ]
    with pytest.raises(ScenarioError) as caught:
        reference.with_settings(settings)
    problems = caught.value.problems
    assert {each.file for each in problems} == {"<--set>"}
    assert [(each.line, each.key) for each in problems] == [
        (1, "world.horizon"),
        (2, "world.late"),
        (3, "novalue"),
        (4, "world.start"),
        (5, "control.voting"),
        (6, "scope.optout"),
    ]


def test_designs_have_names_of_their_own() -> None:
    geneva = load("geneva-2015")
    designs = geneva.all_designs()
    assert [each.name for each in designs][:2] == ["geneva-2015: equal", "geneva-2015: gni"]
    assert all(each.control.voting.rule == "consensus" for each in designs)
    assert geneva.design("geneva-2015: gni") == geneva.design("gni")
    assert geneva.design("gni").all_designs() == [geneva.design("gni")]
    with pytest.raises(LookupError, match=r"did you mean 'un_scale'\?\): there are equal; gni; "):
        geneva.design("un_scle")


def test_a_setting_holds_in_every_design_that_does_not_change_it() -> None:
    short = load("geneva-2015").with_(**{"world.horizon": 10, "control.cost_sharing": "equal"})
    assert {each.world.horizon for each in short.all_designs()} == {10}
    assert short.design("gni").control.cost_sharing.rule == "gni"


def test_a_grid_is_every_combination() -> None:
    names = [each.name for each in load("empty-chair").all_designs()]
    assert names[0] == "empty-chair: voting=consensus, scale=0.4"
    assert len(set(names)) == 6


def test_a_grid_of_like_names_tells_them_apart(tmp_path: Path) -> None:
    file = tmp_path / "g.yaml"
    file.write_text("grid:\n  world.trust.boycott: [0.1]\n  world.council.boycott: [0.2]\n", encoding="utf-8")
    (only,) = load(file).all_designs()
    assert only.name == "g: trust.boycott=0.1, council.boycott=0.2"


def test_too_large_a_grid_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "g.yaml"
    values = ", ".join(str(i) for i in range(1, 41))
    file.write_text(f"grid:\n  world.horizon: [{values}]\n  control.director.term: [{values}]\n", encoding="utf-8")
    with pytest.raises(ScenarioError, match="1600 designs"):
        load(file)


def test_a_scenario_is_frozen_hashed_and_pickled(reference: Scenario) -> None:
    again = pickle.loads(pickle.dumps(reference))
    assert again == reference
    assert hash(again) == hash(reference)
    assert again.with_(**{"world.horizon": 4}).world.horizon == 4
    with pytest.raises(ValueError, match="frozen"):
        reference.world.horizon = 3
    with pytest.raises(TypeError, match="cannot be changed"):
        reference.members[0].gni[2015] = 0.0


def test_the_digest_sees_numbers_and_not_prose(reference: Scenario) -> None:
    assert reference.with_(title="Another title").digest() == reference.digest()
    assert reference.with_(**{"world.trust.veto": 0.26}).digest() != reference.digest()


def test_a_place_is_known_for_what_is_written() -> None:
    scenario = load("frozen-summits")
    place = scenario.place("world.incidents.scale")
    assert place is not None
    assert place.file == "scenarios/frozen-summits.yaml"
    assert scenario.place("world.horizon") is None


def test_a_short_name_of_a_design_counts_while_it_fits_one_alone() -> None:
    chair = load("empty-chair")
    assert chair.design("unanimity, 1.7").name == "empty-chair: voting=unanimity, scale=1.7"
    assert chair.design("empty-chair: unanimity, scale=1.7").name == "empty-chair: voting=unanimity, scale=1.7"
    for name in ("unanimity", "1.7"):
        with pytest.raises(LookupError, match="has no design"):
            chair.design(name)


def test_outcomes_are_prose_that_moves_no_number() -> None:
    reference = load("reference-design")
    changed = reference.with_(outcomes=["women_share", "burden_ratio.JPN", "deadlock_rate.budget"])
    assert changed.outcomes == ("women_share", "burden_ratio.JPN", "deadlock_rate.budget")
    assert changed.digest() == reference.digest()
    assert changed.as_dict()["outcomes"] == list(changed.outcomes)
    assert from_dict(changed.as_dict()).outcomes == changed.outcomes


def test_a_grid_over_a_figure_of_a_member_is_named_with_its_code(tmp_path: Path) -> None:
    file = tmp_path / "g.yaml"
    file.write_text("grid:\n  membership.overrides.KOR.robustness_cap: [0.5, 0.6]\n", encoding="utf-8")
    assert load(file).design_names == ("KOR.robustness_cap=0.5", "KOR.robustness_cap=0.6")
