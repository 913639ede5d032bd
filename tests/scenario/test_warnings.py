"""What is legal but odd is said, and stops nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from aiposim.scenario import Scenario, load


def warnings_of(**overrides: Any) -> dict[str, str]:
    scenario: Scenario = load("reference-design").with_(**overrides)
    assert all(each.severity == "warning" for each in scenario.warnings)
    return {each.key: each.message for each in scenario.warnings}


@pytest.mark.parametrize(("key", "same"), [("equal", True), ("cmim", True), ("gni", True), ("benefit", False)])
def test_a_weighted_majority_may_be_a_double_one(key: str, same: bool) -> None:
    said = warnings_of(**{"control.voting": "weighted", "control.cost_sharing": key})
    assert ("same winning coalitions" in said.get("control.voting.rule", "")) is same


def test_weighted_and_double_differ_where_a_pair_lies_between() -> None:
    key = {"JPN": 0.30, "CHN": 0.45, "KOR": 0.25}
    assert warnings_of(**{"control.voting": "weighted", "control.cost_sharing.key": key}) == {}


def test_a_ceiling_is_read_by_every_key() -> None:
    for key in ("equal", "gni", "un_scale", "talmud", "shapley"):
        assert warnings_of(**{"control.cost_sharing": {"rule": key, "ceiling": 0.5}}) == {}


def test_what_a_rule_of_ones_own_reads_is_not_said_to_have_no_effect(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = '"""Mine.\n\nSource: a test.\n"""\n\nclass Terms: ...\n\ndef mine(members, terms): ...\n'
    (tmp_path / "mine.py").write_text(text, encoding="utf-8")
    monkeypatch.setenv("AIPOSIM_RULES", str(tmp_path))
    assert warnings_of(**{"control.cost_sharing": {"rule": "mine", "claims_ratio": 2.0}}) == {}


def test_a_ceiling_that_cuts_a_share_may_set_weighted_and_double_majority_apart() -> None:
    uncut = {"control.voting": "weighted", "control.cost_sharing": {"rule": "gni", "ceiling": 1.0}}
    assert "same winning coalitions" in warnings_of(**uncut)["control.voting.rule"]
    cut = {"control.voting": "weighted", "control.cost_sharing": {"rule": "gni", "ceiling": 0.36}}
    assert warnings_of(**cut) == {}


PLEDGES = {"control.cost_sharing": "voluntary"}
MERIT = {"rule": "merit", "queue": ["KOR", "JPN", "CHN"]}
PERCENT = {"JPN": 40, "CHN": 40, "KOR": 20}


@pytest.mark.parametrize(
    ("overrides", "key", "part"),
    [
        ({"scope.optout": "area", **PLEDGES}, "scope.optout", "voluntary"),
        ({"flexibility.sanction": "all", **PLEDGES}, "flexibility.sanction.rule", "no arrears"),
        ({"world.incidents.scale": 3.0}, "world.incidents.scale", "0.4 to 1.8"),
        ({"control.director.term": 2}, "control.director.term", "4 to 20"),
        ({"control.cost_sharing.ceiling": 0.5, **PLEDGES}, "control.cost_sharing.ceiling", "there is no key"),
        ({"control.cost_sharing.floor": 0.1}, "control.cost_sharing.floor", "only by un_scale and un_pk"),
        ({"flexibility.review": 1}, "flexibility.review", "at least 2"),
        ({"control.voting.qualified_share": 0.8}, "control.voting.qualified_share", "no effect"),
        ({"control.director": MERIT}, "control.director.queue", "no effect"),
        ({"membership.exit_allowed": False, "membership.notice": 2}, "membership.notice", "no effect"),
        ({"world.horizon": 5, "flexibility.review": 6}, "flexibility.review", "never comes up"),
        ({"control.cost_sharing.key": PERCENT}, "control.cost_sharing.key", "sum to 100"),
        ({"world.incidents.cross_excitation": 0.5}, "world.incidents.cross_excitation", "breeds 1.3"),
    ],
)  # fmt: skip
def test_an_oddity_is_said(overrides: dict[str, Any], key: str, part: str) -> None:
    assert part in warnings_of(**overrides)[key]


def test_nothing_is_said_of_the_default_design() -> None:
    assert load("reference-design").warnings == ()


def test_a_key_that_one_design_reads_is_not_odd_in_the_others(tmp_path: Path) -> None:
    file = tmp_path / "x.yaml"
    text = "control: {voting: {rule: majority, qualified_share: 0.75}}\ndesigns:\n  one: {control.voting: %s}\n"
    file.write_text(text % "qmv", encoding="utf-8")
    assert load(file).warnings == ()
    file.write_text(text % "unanimity", encoding="utf-8")
    assert [each.key for each in load(file).warnings] == ["control.voting.qualified_share"]


def test_a_warning_of_a_design_is_told_with_its_file() -> None:
    places = {(each.file, each.key) for each in load("tcs-thirds").warnings}
    assert ("scenarios/tcs-thirds.yaml", "centralisation.founding_budget") in places


@pytest.mark.parametrize(
    ("overrides", "key", "said"),
    [
        ({"control.council.reserved": []}, "control.council.reserved", "need not be reserved"),
        ({"flexibility.bargaining_discount": 0.9}, "flexibility.bargaining_discount", "no effect"),
        ({"flexibility.renegotiation": False, "flexibility.relief": "rubinstein"}, "flexibility.relief", "no effect"),
        (
            {"flexibility.relief": "rubinstein", "control.council.reserved": []},
            "flexibility.relief",
            "every member would bear",
        ),
        (
            {"flexibility.sanction": {"rule": "interest", "waiver": True}},
            "flexibility.sanction.waiver",
            "no vote is suspended",
        ),
        ({"world.incidents": {"process": "none", "thaw": 0.5}}, "world.incidents.thaw", "no effect"),
        ({"world.incidents": {"process": "markov", "decay": 0.4}}, "world.incidents.decay", "no effect"),
        (
            {"world.crises.caveat": "principles", "membership.overrides.KOR.principles": []},
            "world.crises.caveat",
            "open to KOR",
        ),
        (
            {"control.cost_sharing": "voluntary", "flexibility.relief": "rubinstein"},
            "flexibility.relief",
            "no key to be relieved of",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_an_option_that_does_nothing_beside_another_is_named(overrides: dict[str, Any], key: str, said: str) -> None:
    scenario = load("reference-design").with_(**overrides)
    assert any(each.key == key and said in each.message for each in scenario.warnings)


def test_options_that_do_something_are_not_warned_about() -> None:
    overrides = {
        "world.incidents": {"process": "markov", "thaw": 0.5, "scale": 1.2},
        "flexibility.relief": "rubinstein",
        "flexibility.bargaining_discount": 0.9,
        "flexibility.sanction": {"rule": "art19", "waiver": True},
        "centralisation.external_funds": 1.0,
        "world.crises.caveat": "principles",
    }
    assert not load("reference-design").with_(**overrides).warnings
