"""The charter and the assumptions tell every setting of a scenario once, and truly."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings

from aiposim import families
from aiposim.report.charter import articles, assumptions, not_told
from aiposim.report.charter.rendering import charter_json, charter_markdown
from aiposim.report.messages import messages
from aiposim.report.words import Words, words_for
from aiposim.scenario import Scenario, from_dict, load
from aiposim.scenario.keys import setting_keys
from designs import scenarios
from report.charter.told import DESIGNS, all_keys, clauses, text, text_on, times_told

REFERENCE = load("reference-design")

# What must be set for a setting to have an effect; those that always have one need nothing.
NEEDS: dict[str, dict[str, Any]] = {
    "control.voting.qualified_share": {"control.voting.rule": "qmv"},
    "control.voting.weighted_share": {"control.voting.rule": "weighted"},
    "control.voting.casting_vote": {"control.voting.rule": "majority"},
    "control.cost_sharing.equal_part": {"control.cost_sharing.rule": "hybrid"},
    "control.cost_sharing.claims_ratio": {"control.cost_sharing.rule": "cea"},
    "control.cost_sharing.valuation_error": {"control.cost_sharing.rule": "benefit"},
    "control.cost_sharing.floor": {"control.cost_sharing.rule": "un_scale"},
    "flexibility.bargaining_discount": {"flexibility.relief": "rubinstein"},
    "world.payment.interest": {"flexibility.sanction.rule": "interest"},
    "world.payment.turn_value": {"control.director.rule": "rotation_skip"},
}
OTHER_VALUES: dict[str, Any] = {
    "membership.members": ["JPN", "CHN", "KOR", "MNG"],
    "membership.host": "KOR",
    "membership.min_members": 3,
    "control.council.reserved": ["key"],
    "control.cost_sharing.ceiling": 0.5,
    "control.cost_sharing.floor": 0.05,
    "control.director.queue": ["KOR", "JPN", "CHN"],
    "flexibility.review": "never",
}


@pytest.mark.parametrize("name", DESIGNS)
def test_every_setting_of_a_shipped_design_is_told_once_or_has_a_reason_not_to_be(name: str) -> None:
    assert_told_once(DESIGNS[name])


@given(scenarios())
@settings(max_examples=60, deadline=None)
def test_every_setting_of_any_design_is_told_once_or_has_a_reason_not_to_be(scenario: Scenario) -> None:
    assert_told_once(scenario)


def assert_told_once(scenario: Scenario) -> None:
    told = times_told(scenario)
    assert {key: told[key] for key in all_keys(scenario) if told[key] != 1} == {}, "told nowhere, or more than once"
    assert set(told) == set(all_keys(scenario)), "told under a key that the schema does not know"


@pytest.mark.parametrize("family", families.CHOSEN_BY)
def test_every_rule_of_a_family_has_its_own_words(family: str) -> None:
    key = f"{families.CHOSEN_BY[family]}.rule"
    names = families.shipped(f"rules.{family}")
    texts = {name: text_on(REFERENCE.with_(**{key: name}), key) for name in names}
    assert all(texts.values())
    assert len(set(texts.values())) == len(names)


@pytest.mark.parametrize(
    "key",
    [key.key for key in setting_keys().values() if (key.words or key.kind == "bool") and key.key not in OTHER_VALUES],
)
def test_every_choice_of_an_option_is_told_differently(key: str) -> None:
    values = setting_keys()[key].words or (True, False)
    needs = {"flexibility.sanction.rule": "art19", **NEEDS.get(key, {})}
    texts = [text(REFERENCE.with_(**needs, **{key: value})) for value in values]
    assert len(set(texts)) == len(values)


@pytest.mark.parametrize(
    "key",
    [
        key.key
        for key in setting_keys().values()
        if not (key.family or key.words or key.kind == "bool")
        and key.key not in ("membership.overrides", "membership.pairs")
    ]
    + ["control.council.reserved"],
)
def test_another_value_of_a_setting_changes_what_is_told_of_it(key: str) -> None:
    base = REFERENCE.with_(**NEEDS.get(key, {}))
    assert text_on(base, key)
    assert text_on(base.with_(**{key: _other(base, key)}), key) != text_on(base, key)


def _other(scenario: Scenario, key: str) -> Any:
    """A legal value that is not the one of the scenario."""
    if key in OTHER_VALUES:
        return OTHER_VALUES[key]
    described, value = setting_keys()[key], scenario
    for step in key.split("."):
        value = getattr(value, step)
    if key == "control.cost_sharing.key":
        return "tcs"
    if isinstance(value, int):
        return value + 1
    low, high = described.plausible or (described.low, described.high)
    assert isinstance(value, float)
    ends = [end for end in (low, high) if end is not None and end != value]
    return (value + ends[0]) / 2


def test_what_has_no_effect_is_not_told_as_if_it_mattered() -> None:
    unanimity = REFERENCE.with_(**{"control.voting.qualified_share": 0.71})
    assert "71%" not in text(unanimity)
    assert "71%" in text(unanimity.with_(**{"control.voting.rule": "qmv"}))
    pledges = REFERENCE.with_(**{"control.cost_sharing.rule": "voluntary"})
    assert not any(word in text(pledges) for word in ("ceiling", "premium", "relief", "arrears"))
    closed = REFERENCE.with_(**{"membership.exit_allowed": False})
    assert [article.paragraphs[0].text for article in articles(closed, Words())][-1] == "No member may withdraw."


def test_every_reason_not_to_tell_a_setting_is_a_sentence() -> None:
    for scenario in DESIGNS.values():
        assert all(untold.reason.endswith(".") for untold in not_told(scenario, Words()))


def test_the_reference_design_differs_from_no_default_and_others_say_from_which() -> None:
    assert [clause.text for clause in clauses(REFERENCE) if clause.default] == []
    rough = REFERENCE.with_(**{"world.incidents.scale": 1.4, "membership.overrides.JPN.roster": 300.0})
    differing = {clause.text: clause.default for clause in clauses(rough) if clause.default}
    assert differing == {
        "Incidents are 1.4 times as frequent as in the record of 2008 to 2025.": "The model's default is 1.",
        "Uniformed persons on the roster: China 2,371, Japan 300, Republic of Korea 614.": (
            "The model's default is Japan 272."
        ),
    }


def test_a_number_is_told_as_it_is_written() -> None:
    odd = REFERENCE.with_(**{"world.trust.memory": 0.88005, "centralisation.founding_budget": 6.125})
    assert "88.005%" in text_on(odd, "world.trust.memory")
    assert "6.125 million" in text_on(odd, "centralisation.founding_budget")


def test_the_shares_at_the_foundation_are_those_of_the_key_in_force() -> None:
    premium = REFERENCE.with_(**{"flexibility.host_premium": 0.15})
    assert "China 34%, Japan 49%, Republic of Korea 17%." in text(premium)


def test_articles_are_numbered_in_one_line_and_none_is_empty() -> None:
    for scenario in DESIGNS.values():
        numbered = articles(scenario, Words())
        assert [article.number for article in numbered] == list(range(1, len(numbered) + 1))
        assert all(article.paragraphs for article in numbered)
        assert all(subject.sentences for subject in assumptions(scenario, Words()))


def test_every_text_is_whole_sentences_that_can_be_translated() -> None:
    """Each sentence is one entry of the catalogue: set in marks as a whole, never put together from pieces."""
    marked = Words("en", {"CHN": "China", "JPN": "Japan", "KOR": "Korea"})
    marked._catalogue = {message: f"«{message}»" for message in messages()}
    for scenario in DESIGNS.values():
        for clause in clauses(scenario, marked):
            assert clause.text.startswith("«"), clause.text
            assert clause.text.endswith(".»"), clause.text
            assert "{" not in clause.text
        assert all(article.heading.startswith("«") for article in articles(scenario, marked))


def test_a_stored_scenario_is_told_in_the_same_words() -> None:
    for scenario in DESIGNS.values():
        assert clauses(from_dict(scenario.as_dict())) == clauses(scenario)


def test_a_rule_of_a_user_is_told_by_its_name_and_what_its_file_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for family, model in (
        ("cost_sharing", "hybrid"),
        ("voting", "qmv"),
        ("director", "merit"),
        ("reversion", "rollover"),
    ):
        source = Path(str(families.module(f"rules.{family}", model).__file__)).read_text(encoding="utf-8")
        own_file = tmp_path / f"own_{family}.py"
        own_file.write_text(source.replace(f"def {model}(", f"def own_{family}("), encoding="utf-8")
    monkeypatch.setenv(families.RULES_VARIABLE, str(tmp_path))
    own = REFERENCE.with_(
        **{f"{families.CHOSEN_BY[file.stem.removeprefix('own_')]}.rule": file.stem for file in tmp_path.glob("*.py")}
    )
    assert_told_once(own)
    assert "by the rule “own_cost_sharing”: Between equal shares and income:" in text(own)
    assert text_on(own, "control.voting.qualified_share").endswith("qmv asks for 67%.")
    assert text_on(own, "flexibility.erosion") == "The rule reads: loss of a budget that rolls over 1% per half-year."


def test_markdown_and_json_hold_every_clause() -> None:
    words = words_for([REFERENCE])
    markdown = charter_markdown(REFERENCE, [], words)
    assert all(clause.text in markdown for clause in clauses(REFERENCE))
    written = charter_json(REFERENCE, words)
    found: list[Mapping[str, Any]] = [each for article in written["articles"] for each in article["paragraphs"]]
    found += [each for subject in written["assumptions"] for each in subject["sentences"]]
    assert [each["text"] for each in found] == [clause.text for clause in clauses(REFERENCE)]
