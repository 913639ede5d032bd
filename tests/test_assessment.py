"""What a review of the scale of assessments makes of the rule's shares: first the ceiling, then the host's premium."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import aiposim
from aiposim import families
from aiposim.driver import charter_of
from aiposim.ensemble import Driver
from aiposim.rules.cost_sharing import with_ceiling, with_host_premium

EVERY_KEY = families.names("rules.cost_sharing")
RUNS = 4


def keys_of(**overrides: Any) -> np.ndarray:
    """The key of the first review, (member, run), in the order of the codes: CHN, JPN, KOR."""
    scenario = aiposim.load("reference-design").with_(**overrides)
    driver = Driver(*charter_of(scenario), RUNS)
    driver.start(0, 2015)
    driver.do.draw_luck(0)
    driver.do.reviewed(0)
    driver.do.set_valuations(0)
    driver.do.reports()
    driver.do.set_key(0)
    return driver.state.key.copy()


@pytest.mark.parametrize("name", [name for name in EVERY_KEY if name != "voluntary"])
def test_first_comes_the_ceiling_then_the_premium_of_the_host(name: str) -> None:
    bare = keys_of(**{"control.cost_sharing.rule": name})
    assert np.array_equal(keys_of(**{"control.cost_sharing": {"rule": name, "ceiling": 1.0}}), bare)
    capped = keys_of(**{"control.cost_sharing": {"rule": name, "ceiling": 0.36}})
    both = keys_of(**{"control.cost_sharing": {"rule": name, "ceiling": 0.36}, "flexibility.host_premium": 0.2})
    assert (capped <= 0.36 + 1e-12).all()
    assert capped.sum(axis=0) == pytest.approx(np.ones(RUNS), abs=1e-12)
    host = aiposim.load("reference-design").codes.index("JPN")
    assert np.array_equal(both, with_host_premium(capped, host, 0.2))
    assert both[host].max() > 0.36, "the premium comes on top of the ceiling"
    if not name.startswith("un_"):  # these read the ceiling within their own steps as well
        assert np.array_equal(capped, with_ceiling(bare, 0.36))


def test_under_pledges_there_is_neither_ceiling_nor_premium() -> None:
    pledged = {"control.cost_sharing.rule": "voluntary"}
    bare = keys_of(**pledged)
    bound = keys_of(**pledged, **{"control.cost_sharing.ceiling": 0.36, "flexibility.host_premium": 0.2})
    assert bare.max() > 0.36
    assert np.array_equal(bound, bare)


@pytest.mark.parametrize("name", ["benefit", "shapley", "nucleolus"])
def test_a_key_on_reports_differs_from_run_to_run_and_with_exact_reports_it_does_not(name: str) -> None:
    told = keys_of(**{"control.cost_sharing.rule": name})
    exact = keys_of(**{"control.cost_sharing": {"rule": name, "valuation_error": 0.0}})
    assert len(np.unique(told[0])) == RUNS
    assert len(np.unique(exact[0])) == 1


@pytest.mark.parametrize("name", ["shapley", "nucleolus"])
def test_keys_on_the_savings_game_read_its_prices_in_the_scenario(name: str) -> None:
    usual = keys_of(**{"control.cost_sharing.rule": name})
    for term, value in (
        ("world.valuation.cost_of_funds", 1.4),
        ("world.valuation.joint_product", 0.4),
        ("world.valuation.satiation", 0.3),
        ("centralisation.fixed_cost", 3.0),
    ):
        assert not np.array_equal(keys_of(**{"control.cost_sharing.rule": name, term: value}), usual), term


@pytest.mark.parametrize("name", ["cea", "cel", "talmud"])
def test_claims_follow_the_scenario(name: str) -> None:
    ratios = [keys_of(**{"control.cost_sharing": {"rule": name, "claims_ratio": ratio}}) for ratio in (1.0, 1.5, 3.0)]
    by_income = keys_of(**{"control.cost_sharing.rule": "gni"})
    assert ratios[0] == pytest.approx(by_income, abs=1e-12)
    assert not np.array_equal(ratios[1], ratios[2])


def test_each_run_is_handed_the_review_of_those_who_are_still_members() -> None:
    charter, assessment = charter_of(aiposim.load("reference-design").with_(**{"control.cost_sharing.rule": "gni"}))
    driver = Driver(charter, assessment, RUNS)
    driver.start(0, 2015)
    state, do = driver.state, driver.do
    members = np.array([[True, True, True, True], [True, False, True, True], [True, True, False, True]])
    state.member[...] = members
    state.left[...] = (False, True, True, False)
    period = charter.review + 1  # between two reviews
    do.reviewed(period)
    do.set_valuations(period)
    do.set_key(period)
    assert state.rescaled.tolist() == [False, True, True, False]
    for run in (1, 2):
        review = assessment.review(charter.scenario.world.start + period // 2, tuple(members[:, run].tolist()))
        assert np.array_equal(state.valuation[:, run], review.valuation)
        assert np.array_equal(state.fair_share[:, run], review.fair_share)
        assert np.array_equal(state.key[:, run], review.key)
        assert (state.key[~members[:, run], run] == 0.0).all()
    assert (state.key[:, [0, 3]] == 0.0).all(), "runs that are not under review keep what they have"
