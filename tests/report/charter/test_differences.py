"""What differs between two scenarios is said in the words of governance, setting by setting."""

from __future__ import annotations

from typing import Any

import pytest

from aiposim.report.charter import Difference, Differences, differences_in_words
from aiposim.report.words import words_for
from aiposim.scenario import Scenario, load, shipped

REFERENCE = load("reference-design")
GENEVA = load("geneva-2015")


def between(first: Scenario, second: Scenario) -> Differences:
    return differences_in_words(first, second, words_for([first, second]))


def lines(found: tuple[Difference, ...]) -> list[str]:
    return [f"{each.heading} | {each.label}: {each.before} → {each.after}" for each in found]


def test_equal_scenarios_do_not_differ() -> None:
    assert not between(GENEVA, load("geneva-2015"))
    assert not between(GENEVA, GENEVA.with_(title="Another title"))


def test_two_shipped_scenarios_are_told_apart_as_delegates_would() -> None:
    found = between(GENEVA, load("tcs-thirds"))
    assert lines(found.charter) == [
        "Decisions of the Council | voting rule: consensus → unanimity",
        "Decisions of the Council | governments that must be present: one government → all",
        "Decisions of the Council | a government that stays away: does not stand in the way → blocks",
        "Assessed contributions | cost-sharing rule: fixed key → equal shares",
        "Assessed contributions | fixed shares: the key of the Chiang Mai Initiative → does not apply",
        "Assessed contributions | share of China at the foundation: 40% → 33.3%",
        "Assessed contributions | share of Japan at the foundation: 40% → 33.3%",
        "Assessed contributions | share of Republic of Korea at the foundation: 20% → 33.3%",
    ]
    assert (found.assumptions, found.without_effect) == ((), ())


def test_what_follows_from_other_differences_names_no_key() -> None:
    found = between(GENEVA, load("tcs-thirds"))
    assert [each.keys for each in found.charter if each.label.startswith("share of")] == [(), (), ()]
    assert found.charter[0].keys == ("control.voting.rule",)


def test_assumptions_stand_apart_from_the_charter_and_have_units() -> None:
    other = REFERENCE.with_(
        **{
            "world.valuation.budget_scale": 5.0,
            "world.incidents.thaw": 0.3,
            "world.horizon": 36,
            "membership.overrides.JPN.roster": 300.0,
            "membership.pairs.CHN-JPN.prior_trust": 0.4,
        }
    )
    found = between(REFERENCE, other)
    assert found.charter == ()
    assert lines(found.assumptions) == [
        "Time and growth | length of a run: 30 years → 18 years",
        "What the institute is worth | scale of valuations: 15 M US$ per half-year and log unit → "
        "5 M US$ per half-year and log unit",
        "Incidents, freezes and summits | chance that a quiet frozen pair thaws: 45% per half-year → 30% per half-year",
        "The founding states | Japan, uniformed persons who can be sent: 272 persons → 300 persons",
        "Pairs of founding states | China–Japan, trust at the start, both ways: 0.3 → 0.4",
    ]


def test_what_has_no_effect_in_either_is_set_apart() -> None:
    found = between(REFERENCE, REFERENCE.with_(**{"control.voting.qualified_share": 0.75}))
    assert (found.charter, found.assumptions) == ((), ())
    assert [each.keys for each in found.without_effect] == [("control.voting.qualified_share",)]
    assert (found.without_effect[0].before, found.without_effect[0].after) == ("67%", "75%")


def test_the_number_of_a_rule_is_told_when_the_rule_comes_into_force() -> None:
    found = between(REFERENCE, REFERENCE.with_(**{"control.voting.rule": "qmv"}))
    assert "Decisions of the Council | part of the votes cast that must accept: does not apply → 67%" in lines(
        found.charter
    )
    charged = between(REFERENCE, REFERENCE.with_(**{"flexibility.sanction.rule": "interest"}))
    assert "Arrears | interest on arrears: does not apply → 3% a year" in lines(charged.charter)


def test_pledges_instead_of_assessments_leave_nothing_owed() -> None:
    found = between(REFERENCE, REFERENCE.with_(**{"control.cost_sharing.rule": "voluntary"}))
    assert "Assessed contributions | what a member owes: its share of the budget → nothing" in lines(found.charter)


def test_a_state_that_joins_pays_a_share_where_it_was_no_member() -> None:
    joined = REFERENCE.with_(**{"membership.members": ["JPN", "CHN", "KOR", "MNG"]})
    found = between(REFERENCE, joined)
    assert lines(found.charter)[0].endswith("China, Japan, Republic of Korea and Mongolia")
    assert lines(found.charter)[-1].endswith("share of Mongolia at the foundation: no member → 1%")


def test_a_figure_by_year_shows_the_years_that_differ() -> None:
    income = dict(REFERENCE.members[1].gni) | {2015: 4600.0}
    found = between(REFERENCE, REFERENCE.with_(**{"membership.overrides.JPN.gni": income}))
    (gni,) = [each for each in found.assumptions if each.keys == ("membership.overrides.JPN.gni",)]
    assert (gni.before, gni.after) == ("2015 4,444.9 bn US$", "2015 4,600 bn US$")


@pytest.mark.parametrize("name", [name for name in shipped() if load(name).design_names])
def test_every_setting_in_which_designs_differ_is_told_both_ways(name: str) -> None:
    first, *others = load(name).all_designs()
    for other in others:
        found = between(first, other)
        told = [key for part in _parts(found) for each in part for key in each.keys]
        assert _differing(first, other) <= set(told)
        assert len(told) == len(set(told)), "each setting once"
        back = between(other, first)
        assert {(each.label, each.before, each.after) for part in _parts(found) for each in part} == {
            (each.label, each.after, each.before) for part in _parts(back) for each in part
        }


def _parts(found: Differences) -> tuple[tuple[Difference, ...], ...]:
    return (found.charter, found.assumptions, found.without_effect)


def _differing(first: Scenario, second: Scenario) -> set[str]:
    """Keys of all settings, and figures of states, that are not the same, as the scenarios themselves are written."""
    one, other = first.as_dict(), second.as_dict()
    blocks = ("membership", "scope", "centralisation", "control", "flexibility", "world")
    keys = {key for block in blocks for key in _unequal(one[block], other[block], block)}
    members = [{each["code"]: each for each in whole["members"]} for whole in (one, other)]
    for code in members[0].keys() & members[1].keys():
        differing = [key for key in members[0][code] if members[0][code][key] != members[1][code][key]]
        keys |= {f"membership.overrides.{code}.{key}" for key in differing}
    return keys


def _unequal(one: Any, other: Any, path: str) -> list[str]:
    if isinstance(one, dict) and path != "control.cost_sharing.key":
        return [key for name in one for key in _unequal(one[name], other[name], f"{path}.{name}")]
    return [] if one == other else [path]
