"""Families as the institution uses them: what lies in a folder is there to be chosen, and nothing else."""

from __future__ import annotations

import inspect
import os
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


@pytest.mark.parametrize(("package", "name"), EVERYTHING, ids=[".".join(each) for each in EVERYTHING])
def test_a_file_is_fetched_as_the_function_of_its_name(package: str, name: str) -> None:
    function = families.fetch(package, name)
    assert inspect.isfunction(function)
    assert function.__name__ == name
    assert function.__module__ == families.module(package, name).__name__
    if name in families.shipped(package):
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


@pytest.mark.parametrize(("package", "name"), EVERYTHING, ids=[".".join(each) for each in EVERYTHING])
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
        assert module is families.module(package, name)


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


# ---- rules of a user's own ----

RULE = '''"""A vote.

Source: invented for a test.
"""


class Terms:
    __dataclass_fields__ = {}


def NAME(yes, no, present, roll, yes_weight, roll_weight, seats_yes, seats_voting, chair_yes, terms):
    """Carried by anybody."""
    return yes > 0
'''


DIRECTOR = "place, arrears, two_year_dues, objections, competence"


def written(file: Path, text: str = RULE) -> Path:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text.replace("NAME", file.stem), encoding="utf-8")
    return file


@pytest.fixture(autouse=True)
def _no_own_rules_stay(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(families.RULES_VARIABLE, os.environ.get(families.RULES_VARIABLE, ""))


def test_the_family_of_a_file_is_told_by_what_its_function_takes(tmp_path: Path) -> None:
    vote = written(tmp_path / "anybody.py")
    parameters = ", ".join(inspect.signature(families.fetch("rules.sanction", "none")).parameters)  # type: ignore[arg-type]
    says = "SUSPENDS = CHARGES_INTEREST = COSTS_TURN = False\n"
    sanction = RULE.replace("\n\nclass", f"\n{says}\nclass")
    sanction = sanction[: sanction.index("(yes")] + f"({parameters}):\n    return 0.0\n"
    families.add_rules([vote, written(tmp_path / "mild.py", sanction)])
    assert "anybody" in families.names("rules.voting")
    assert "mild" in families.names("rules.sanction")
    assert "anybody" not in families.shipped("rules.voting")
    assert families.own_rule("rules.voting", "majority") is None
    assert "Carried by anybody" in families.described("rules.voting", "anybody")
    assert families.fetch("rules.voting", "anybody")(1, *[0] * 9) is True  # type: ignore[operator]
    assert aiposim.load("reference-design").with_(**{"control.voting.rule": "anybody"})


def test_a_folder_gives_all_its_files_but_those_with_an_underscore(tmp_path: Path) -> None:
    written(tmp_path / "one.py")
    written(tmp_path / "two.py")
    written(tmp_path / "_draft.py", "this is no Python")
    families.add_rules([tmp_path, tmp_path / "one.py"])
    assert {"one", "two"} <= set(families.names("rules.voting"))


def test_listing_and_describing_a_rule_does_not_run_its_file(tmp_path: Path) -> None:
    families.add_rules([written(tmp_path / "loud.py", RULE + "\nraise ZeroDivisionError('run')\n")])
    assert "Source" in families.described("rules.voting", "loud")
    with pytest.raises(families.RulesError, match=r"loud\.py:\d+: the file fails with ZeroDivisionError: run"):
        families.fetch("rules.voting", "loud")


def test_a_file_that_is_not_named_any_more_is_forgotten(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    families.add_rules([written(tmp_path / "gone.py")])
    assert "gone" in families.names("rules.voting")
    monkeypatch.delenv(families.RULES_VARIABLE)
    assert "gone" not in families.names("rules.voting")


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("x.py", "def x(:\n", r"x\.py:1: this is no Python"),
        ("x.py", "a = 1\ndef y(): pass\n", r"no function x; the function bears the file's name \(there are y\)"),
        ("x.py", "", "no function x"),
        ("x.py", RULE.replace("yes, no", "aye, no"), r"takes \(aye, no.*there are cost_sharing \(members, terms\)"),
        ("x.py", RULE.replace("Terms", "Numbers"), "a voting rule also says Terms"),
        ("x.py", RULE.replace("Source:", "From"), "names no source"),
        ("majority.py", RULE, "majority is a voting rule that is shipped"),
        ("consensus_1.py", RULE, "consensus_1 is a voting rule that is shipped"),
        ("cmim.py", RULE[: RULE.index("yes, no")] + "members, terms): pass\n", "cmim is a cost sharing rule"),
        ("queue.py", RULE[: RULE.index("yes, no")] + f"{DIRECTOR}, terms): pass\n",
         "also says ACTING, MOVES_QUEUE, PARTIALITY, TURN_AT_STAKE"),
        ("x.txt", RULE, "a rule is a Python file"),
    ],
)  # fmt: skip
def test_a_file_that_is_no_rule_is_refused_in_one_line(tmp_path: Path, name: str, text: str, told: str) -> None:
    file = written(tmp_path / name, text)
    before = os.environ[families.RULES_VARIABLE]
    with pytest.raises(families.RulesError, match=told) as refusal:
        families.add_rules([file])
    assert str(refusal.value).startswith(str(file))
    assert "\n" not in str(refusal.value)
    assert os.environ[families.RULES_VARIABLE] == before, "nothing is added"


def test_files_that_are_not_there_and_folders_without_a_rule_are_refused(tmp_path: Path) -> None:
    with pytest.raises(families.RulesError, match="no such file"):
        families.add_rules([tmp_path / "nowhere.py"])
    with pytest.raises(families.RulesError, match="holds no rule"):
        families.add_rules([tmp_path])


def test_two_files_of_one_name_are_refused_with_both(tmp_path: Path) -> None:
    files = [written(tmp_path / folder / "same.py") for folder in ("a", "b")]
    with pytest.raises(families.RulesError, match="same already") as refusal:
        families.add_rules(files)
    assert all(str(file) in str(refusal.value) for file in files)
