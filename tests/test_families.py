"""Families as the institution uses them: what lies in a folder is there to be chosen, and nothing else."""

from __future__ import annotations

import importlib
import inspect
from pathlib import Path

import pytest

import aiposim
from aiposim import families
from aiposim.charter import Charter

PACKAGE = Path(aiposim.__file__).parent
FOLDERS = sorted(
    str(folder.parent.relative_to(PACKAGE)).replace("/", ".")
    for part in ("rules", "behaviour")
    for folder in (PACKAGE / part).glob("*/__init__.py")
)
EVERYTHING = [(package, name) for package in FOLDERS for name in families.names(package)]
SETTINGS = {
    "rules.cost_sharing": "control.cost_sharing.rule",
    "rules.voting": "control.voting.rule",
    "rules.director": "control.director.rule",
    "rules.sanction": "flexibility.sanction.rule",
    "rules.reversion": "flexibility.reversion.rule",
}


@pytest.mark.parametrize(("package", "name"), EVERYTHING, ids=".".join)
def test_a_file_is_fetched_as_the_function_of_its_name(package: str, name: str) -> None:
    function = families.fetch(package, name)
    assert inspect.isfunction(function)
    assert function.__name__ == name
    assert function.__module__ == f"aiposim.{package}.{name}"


@pytest.mark.parametrize("package", FOLDERS)
def test_all_members_of_a_family_of_rules_take_the_same_arguments(package: str) -> None:
    if package.startswith("behaviour"):
        return
    signatures = {
        name: list(inspect.signature(families.fetch(package, name)).parameters)  # type: ignore[arg-type]
        for name in families.names(package)
    }
    assert len({tuple(arguments) for arguments in signatures.values()}) == 1, signatures


@pytest.mark.parametrize(("package", "name"), EVERYTHING, ids=".".join)
def test_a_rule_or_behaviour_can_be_described_to_somebody_who_asks(package: str, name: str) -> None:
    text = families.described(package, name)
    assert "Source:" in text
    assert inspect.getdoc(families.fetch(package, name)) in text  # type: ignore[operator]


@pytest.mark.parametrize("package", SETTINGS)
def test_every_rule_of_a_folder_can_be_written_in_a_scenario_with_either_spelling(package: str) -> None:
    for name in families.names(package):
        for spelling in {name, name.replace("_", "-")}:
            scenario = aiposim.load("reference-design").with_(**{SETTINGS[package]: spelling})
            chosen: object = scenario
            for step in SETTINGS[package].split("."):
                chosen = getattr(chosen, step)
            assert chosen == name


@pytest.mark.parametrize("package", SETTINGS)
def test_every_rule_of_a_folder_is_found_by_the_charter(package: str) -> None:
    for name in families.names(package):
        charter = Charter(aiposim.load("reference-design").with_(**{SETTINGS[package]: name}))
        module = getattr(charter, package.partition(".")[2])
        assert module is importlib.import_module(f"aiposim.{package}.{name}")


def test_the_short_names_of_fixed_keys_are_read() -> None:
    design = aiposim.load("reference-design")
    for short in ("cmim", "tcs"):
        sharing = design.with_(**{"control.cost_sharing": short}).control.cost_sharing
        assert (sharing.rule, sharing.key) == ("fixed_key", short)


def test_a_name_that_lies_in_no_folder_is_refused_with_the_nearest() -> None:
    with pytest.raises(LookupError, match=r"there are .*consensus.*; did you mean 'unanimity'"):
        families.fetch("rules.voting", "unanimty")
    with pytest.raises(LookupError, match="there are none"):
        families.fetch("rules.taxation", "poll_tax")


def test_a_list_of_names_is_the_readers_own() -> None:
    families.names("rules.voting").clear()
    assert families.names("rules.voting")


def test_the_nearest_name_is_found_across_case_and_hyphens() -> None:
    assert families.near("Rotation-Skip", families.names("rules.director")) == "rotation_skip"
    assert families.near("", families.names("rules.director")) is None


def test_every_question_a_state_is_asked_has_its_folder() -> None:
    questions = {package.partition(".")[2] for package in FOLDERS if package.startswith("behaviour")}
    answers = {
        name
        for name, method in vars(aiposim.MemberState).items()
        if inspect.isfunction(method) and not name.startswith("_") and name != "trust_in"
    }
    assert answers == questions
