"""How wrong one must be about the world before two designs of the model change places."""

from __future__ import annotations

import pytest

from aiposim import load
from aiposim.study.flip import DEFAULT_OUTCOME, flip, outcome_of

GENEVA = load("geneva-2015").with_(**{"world.horizon": 12})


def test_skipping_debtors_brings_in_dues_only_while_a_turn_is_worth_something() -> None:
    """The loss of the Director's turn is a sanction; where nobody minds it, it brings in nothing."""
    turns = load("director-turns")
    keys = ["world.payment.turn_value", "world.council.noise"]
    told = flip(turns.design("rotation-skip"), turns.design("rotation"), "arrears_years", 60, keys=keys)
    assert told.found.before.sign == -1
    (reversal,) = told.found.alone
    (change,) = reversal.at
    assert change.assumption.key == "world.payment.turn_value"
    assert 0.0 <= change.value < 0.06
    assert reversal.distance > 0.75
    (held,) = told.found.held
    assert (held.assumption.key, held.nearest.sign) == ("world.council.noise", -1)
    assert told.runs_done % (2 * 60) == 0


def test_a_design_against_itself_has_no_order() -> None:
    found = flip(GENEVA.design("gni"), GENEVA.design("gni"), "budget", 20, two=True)
    assert not found.found.settled
    assert found.found.before.low == found.found.before.high == 0.0
    assert found.runs_done == 2 * 20


def test_what_the_designs_differ_in_is_no_assumption() -> None:
    chair = load("empty-chair").with_(**{"world.horizon": 12})
    calm, tense = chair.design("consensus, 0.4"), chair.design("consensus, 1.7")
    found = flip(calm, tense, "incidents", 20, keys=["world.council.noise"])
    assert [each.key for each in found.left_out if "differ" in each.reason] == ["world.incidents.scale"]


def test_a_scenario_with_designs_stands_for_itself() -> None:
    found = flip(GENEVA, GENEVA.design("cmim"), "budget", 10)
    assert found.found.before.low == found.found.before.high == 0.0, "the scenario says cmim"


def test_the_first_outcome_that_is_asked_for_orders_the_designs() -> None:
    assert outcome_of(load("tcs-thirds")) == "exits"
    assert outcome_of(load("reference-design")) == DEFAULT_OUTCOME


def test_a_key_that_is_no_assumption_is_refused_with_one_like_it() -> None:
    with pytest.raises(LookupError, match=r"did you mean 'world\.incidents\.scale'"):
        flip(GENEVA.design("gni"), GENEVA.design("equal"), "budget", 10, keys=["world.incident.scale"])
