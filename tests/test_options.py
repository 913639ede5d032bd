"""Options of the charter and of the world: each does what its name says, and nothing else."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aiposim import AipoModel, MemberState, load, simulate
from aiposim.driver import charter_of
from aiposim.scenario import Scenario
from aiposim.scenario.keys import setting_keys
from aiposim.steps.crises import principles
from aiposim.steps.dues import standing, waive
from aiposim.steps.office import count_votes_against, first_ballot, run_off
from aiposim.steps.relief import propose_relief

RUNS = 200


def design(**overrides: Any) -> Scenario:
    return load("reference-design").with_(**{key.replace("__", "."): value for key, value in overrides.items()})


def assert_same(left: pd.DataFrame, right: pd.DataFrame) -> None:
    pd.testing.assert_frame_equal(left, right, check_exact=True)


# ---- external funds (MODEL 7.11) ----


def test_external_funds_are_spent_and_nobody_owes_them() -> None:
    usual, funded = AipoModel(design()), AipoModel(design(centralisation__external_funds=1.5))
    usual.step()
    funded.step()
    assert funded.state.received[0] == usual.state.received[0] + 1.5
    assert [s.due for s in funded.member_states] == [s.due for s in usual.member_states]
    assert [s.paid for s in funded.member_states] == [s.paid for s in usual.member_states]
    assert sum(funded.delivery.values()) > sum(usual.delivery.values())


def test_external_funds_do_not_count_as_dues_collected() -> None:
    plain = simulate(design(), RUNS).runs
    rich = simulate(design(centralisation__external_funds=12.0), RUNS).runs
    assert rich["delivery_ratio"].mean() > 1.2 * plain["delivery_ratio"].mean()
    assert abs(rich["collection_rate"].mean() - plain["collection_rate"].mean()) < 0.02
    assert rich["collection_rate"].max() <= 1.0


def test_a_dissolved_institute_receives_no_external_funds() -> None:
    class Leaver(MemberState):
        def withdraw(self) -> bool:
            return True

        def rescind(self) -> bool:
            return False

    model = AipoModel(design(centralisation__external_funds=1.5), member_class=Leaver)
    model.run()
    assert not model.alive
    assert model.state.received[0] == 0.0
    assert sum(model.delivery.values()) == 0.0


# ---- how incidents arrive (MODEL 7.3) ----


def test_poisson_incidents_are_those_of_hawkes_without_breeding_and_mood() -> None:
    poisson = simulate(design(world__incidents__process="poisson"), RUNS)
    hawkes = design(
        world__incidents__self_excitation=0.0,
        world__incidents__cross_excitation=0.0,
        world__incidents__cooperation_effect=0.0,
        world__incidents__hawkishness_effect=0.0,
    )
    assert_same(poisson.runs, simulate(hawkes, RUNS).runs)


def test_poisson_incidents_have_the_rates_of_the_record() -> None:
    runs = simulate(design(world__incidents__process="poisson"), 1000).runs
    assert runs["incidents"].mean() == pytest.approx(0.28 + 0.30 + 0.22, abs=0.015)


def test_without_incidents_nothing_freezes_and_summits_only_fail_for_lack_of_a_date() -> None:
    runs = simulate(design(world__incidents__process="none"), 400).runs
    assert (runs["incidents"] == 0.0).all()
    assert runs["summit_share"].mean() == pytest.approx(1.0 - 0.25, abs=0.02)


def test_under_markov_each_incident_is_a_freeze_that_begins() -> None:
    model = AipoModel(design(world__incidents__process="markov", world__incidents__scale=3.0))
    frozen_before = np.zeros(3, dtype=bool)
    begun = 0
    for _ in range(60):
        model.step()
        incidents, frozen = model.state.incidents[:, 0], model.state.frozen[:, 0].copy()
        assert np.array_equal(incidents > 0, frozen & ~frozen_before)
        assert (incidents <= 1).all()
        begun += int(incidents.sum())
        frozen_before = frozen
    assert begun > 5


# ---- the five principles (MODEL 7.7) ----


def test_a_state_that_requires_no_principle_has_no_caveat() -> None:
    """With nothing required of a crisis Japan deploys as if its cap were 1."""
    free = {code: {"principles": []} for code in ("JPN", "CHN", "KOR")}
    open_to_all = {code: {"robustness_cap": 1.0} for code in ("JPN", "CHN", "KOR")}
    # The cap also weighs in the vote on a crisis, so every crisis is delegated.
    common = {"centralisation__autonomy": 1.0, "world__horizon": 20}
    by_principles = design(world__crises__caveat="principles", membership__overrides=free, **common)
    by_cap = design(membership__overrides=open_to_all, **common)
    first, second = simulate(by_principles, 100).runs, simulate(by_cap, 100).runs
    delegated = first["deadlock_rate.crises"].isna() & second["deadlock_rate.crises"].isna()
    assert delegated.sum() > 3
    assert_same(first[delegated], second[delegated])


@settings(max_examples=30, deadline=None)
@given(robustness=st.floats(0.0, 1.0), seed=st.integers(0, 1000))
def test_a_state_deploys_only_where_all_it_requires_holds(robustness: float, seed: int) -> None:
    crises = 200
    luck = np.random.default_rng(seed).uniform(size=(2, 4, crises))
    required = np.array([[True] * 5, [True, False, False, False, False], [False] * 5])
    holds = np.zeros((5, crises), dtype=bool)
    permitted = np.zeros((3, crises), dtype=bool)
    principles(permitted, holds, np.array([crises]), np.full(crises, robustness), required, luck)
    assert np.array_equal(permitted[0], holds.all(axis=0))
    assert np.array_equal(permitted[1], holds[0])
    assert permitted[2].all()


def test_each_principle_holds_with_the_chance_that_a_crisis_is_not_robust() -> None:
    """Five independent tests: all hold with (1 - robustness)**5."""
    crises = 40_000
    luck = np.random.default_rng(1).uniform(size=(2, 4, crises))
    holds, permitted = np.zeros((5, crises), dtype=bool), np.zeros((1, crises), dtype=bool)
    principles(permitted, holds, np.array([crises]), np.full(crises, 0.2), np.ones((1, 5), dtype=bool), luck)
    assert holds.mean(axis=1) == pytest.approx(np.full(5, 0.8), abs=0.01)
    assert permitted.mean() == pytest.approx(0.8**5, abs=0.01)


# ---- relief (MODEL 7.6) ----


def bargain(
    claim: float, trust: list[float], discount: float, director: int, *, bargains: bool = True, claimant: int = 0
) -> tuple[int, float]:
    """Claimant (or -1) and relief asked, of three members; the claimant's key is .4, nobody is hawkish."""
    flexibility = SimpleNamespace(bargains=bargains, bargaining_discount=discount)
    council = SimpleNamespace(trust_margin=0.6, audience_cost=0.4)
    asked, whose = np.zeros(1), np.array([claimant])
    key = np.array([[0.4], [0.3], [0.3]])
    propose_relief(
        asked,
        whose,
        np.array([claim]),
        key,
        np.array(trust)[:, None],
        np.zeros((3, 1)),
        np.array([director]),
        np.ones((3, 1), dtype=bool),
        (SimpleNamespace(flexibility=flexibility, council=council),),
    )
    return int(whose[0]), float(asked[0])


@settings(max_examples=60, deadline=None)
@given(discount=st.floats(0.01, 1.0), claim=st.floats(0.31, 0.9))
def test_relief_is_split_as_alternating_offers_would(discount: float, claim: float) -> None:
    """Rubinstein 1982: the first to offer keeps 1 / (1 + del) of the zone of agreement, the other del / (1 + del)."""
    bearable = 0.5 * 0.6 * 0.5 * 0.6 / 0.4  # least trust .5: .15 of margin, at a key of .4
    zone = min(claim, bearable)
    _, as_director = bargain(claim, [0.0, 0.5, 0.9], discount, director=0)
    _, otherwise = bargain(claim, [0.0, 0.5, 0.9], discount, director=2)
    assert as_director == pytest.approx(zone / (1.0 + discount), rel=1e-12)
    assert otherwise == pytest.approx(zone * discount / (1.0 + discount), rel=1e-12)
    assert as_director + otherwise == pytest.approx(zone, rel=1e-12)
    assert as_director >= otherwise


def test_where_somebody_would_bear_nothing_there_is_no_zone_and_no_motion() -> None:
    assert bargain(0.5, [0.0, 0.0, 0.9], 0.9, director=0)[0] == -1


def test_a_relief_that_is_not_bargained_for_is_a_tenth() -> None:
    assert bargain(0.5, [0.0, 0.5, 0.9], 0.9, director=0, bargains=False) == (0, 0.1)


def test_a_relief_that_is_bargained_for_moves_the_share_by_what_was_settled() -> None:
    model = AipoModel(design(control__cost_sharing="equal", flexibility__relief="rubinstein"), run=3)
    seen = 0
    while model.period < 60:
        before = model.state.granted.copy()
        model.step()
        state = model.state
        if model.period % 6 == 1 and before[0] and state.relief[0] >= 0:
            holder = model.member_states[int(state.relief[0])]
            assert holder.share == pytest.approx((1.0 - state.relief_rate[0]) * holder.key, rel=1e-12)
            assert sum(s.share for s in model.member_states) == pytest.approx(1.0)
            seen += 1
    assert seen > 0


def test_where_the_key_is_not_reserved_a_majority_grants_more_relief() -> None:
    common = {"control__cost_sharing": "equal", "control__voting": "majority"}
    reserved = simulate(design(**common), RUNS).runs["reliefs"]
    voted = simulate(design(control__council__reserved=[], **common), RUNS).runs["reliefs"]
    assert (voted - reserved).mean() > 1.0


def test_where_nobody_is_suspended_unanimity_makes_no_difference_to_a_reserved_key() -> None:
    common = {"control__cost_sharing": "equal", "flexibility__sanction": "none"}
    assert_same(
        simulate(design(control__council__reserved=[], **common), 100).runs,
        simulate(design(**common), 100).runs,
    )


# ---- election of the Director (MODEL section 10) ----


def votes_against(favour: list[list[float]], place: list[int], members: list[bool] | None = None) -> list[float]:
    inside = np.array(members or [True] * len(place))[:, None]
    against, polled = np.full((len(place), 1), 99.0), np.zeros((len(place), 1))
    favours, turns = np.array(favour)[:, :, None], np.array(place, dtype=float)[:, None]
    selects, number = np.array([True]), np.array([float(inside.sum())])
    first_ballot(polled, favours, turns, selects, inside)
    run_off(polled, favours, turns, selects, inside, number)
    count_votes_against(against, polled, number)
    return [float(x) for x in against[:, 0]]


def test_a_majority_in_the_first_ballot_elects() -> None:
    favour = [[1.0, 0.5, 0.1], [0.9, 0.8, 0.1], [0.2, 0.1, 1.5]]
    assert votes_against(favour, [2, 1, 0]) == [1.0, 3.0, 2.0]


def test_without_a_majority_the_two_leading_nominees_meet_in_a_run_off() -> None:
    """One vote each; the two whose turn is next go on, and the third state decides between them."""
    favour = [[1.5, 0.2, 0.1], [0.1, 1.5, 0.2], [0.9, 0.3, 1.5]]
    assert votes_against(favour, [1, 0, 2]) == [1.0, 2.0, 4.0]


def test_a_state_that_has_left_neither_votes_nor_stands() -> None:
    favour = [[1.5, 0.2, 0.1], [0.1, 1.5, 0.2], [0.9, 0.3, 1.5]]
    against = votes_against(favour, [1, 0, 2], [True, True, False])
    assert against[:2] == [1.0, 1.0]
    assert against[2] > 2.0


@settings(max_examples=80, deadline=None)
@given(
    favour=st.lists(st.lists(st.floats(0.0, 3.0), min_size=4, max_size=4), min_size=4, max_size=4),
    place=st.permutations(range(4)),
)
def test_votes_in_the_deciding_ballot_add_up_to_the_members(favour: list[list[float]], place: list[int]) -> None:
    against = votes_against(favour, place)
    took_part = [4.0 - each for each in against if each <= 4.0]
    assert sum(took_part) == 4.0
    assert max(took_part) >= 2.0


def test_ties_do_not_give_one_state_the_office_for_ever() -> None:
    """Two members that vote each for its own nominee take turns."""
    elected = design(
        membership__members=["JPN", "KOR"],
        control__director="election",
        membership__exit_allowed=False,
        world__horizon=60,
    )
    terms = []
    for run in range(12):
        model = AipoModel(elected, run=run)
        while model.period < 60:
            if model.period % 10 == 0:
                model.step()
                terms.append(model.director.nationality)
            else:
                model.step()
    assert 0.4 < terms.count("JPN") / len(terms) < 0.6


def test_an_elected_director_is_abler_than_one_by_turn() -> None:
    rotation = simulate(design(), RUNS).runs["secretariat_capacity"]
    election = simulate(design(control__director="election"), RUNS).runs["secretariat_capacity"]
    assert (election - rotation).mean() > 0.01


# ---- ceilings beside those of the UN method (MODEL section 8) ----


def test_a_least_developed_member_keeps_its_ceiling_when_the_others_cannot_keep_theirs() -> None:
    """China leaves; Japan and Korea cannot raise the budget at .45 each; Mongolia does not make up for it."""
    four = design(
        membership__members=["JPN", "CHN", "KOR", "MNG"],
        membership__overrides={"MNG": {"least_developed": True}},
        control__cost_sharing={"rule": "un_scale", "ceiling": 0.45},
    )
    _, assessment = charter_of(four)
    shares = dict(zip(four.codes, assessment.review(2016, (False, True, True, True)).key, strict=True))
    assert shares["MNG"] == pytest.approx(0.0001)
    assert shares["JPN"] == pytest.approx(0.49995)
    assert shares["KOR"] == pytest.approx(0.49995)


def test_a_permanent_member_may_bear_more_than_the_ceiling_of_the_scale_once_discounts_are_given() -> None:
    members = {"membership__members": ["JPN", "CHN", "KOR", "MNG"]}
    terms = {"ceiling": 0.5}
    _, scale = charter_of(design(control__cost_sharing={"rule": "un_scale", **terms}, **members))
    _, peacekeeping = charter_of(design(control__cost_sharing={"rule": "un_pk", **terms}, **members))
    everybody = (True, True, True, True)
    assert scale.review(2030, everybody).key[0] == pytest.approx(0.5)
    assert peacekeeping.review(2030, everybody).key[0] > 0.5
    assert peacekeeping.review(2030, everybody).key.sum() == pytest.approx(1.0)


# ---- waiver (MODEL section 11) ----


def suspensions(owed: list[float], late: list[bool]) -> list[bool]:
    """Whether the vote of one state is suspended, period by period; its two-year dues are 10."""
    terms = (SimpleNamespace(institution=SimpleNamespace(suspends=True)),)
    memory = np.full((4, 1, 1), 2.5)
    dues, suspended, behind = np.zeros((1, 1)), np.zeros((1, 1), dtype=bool), np.zeros((1, 1), dtype=bool)
    waiver, paid_late, member = np.zeros((1, 1), dtype=int), np.zeros((1, 1), dtype=bool), np.ones((1, 1), dtype=bool)
    outcomes = []
    for arrears, was_late in zip(owed, late, strict=True):
        paid_late[0, 0] = was_late
        standing(dues, suspended, memory, np.array([[arrears]]), member, terms)
        waive(suspended, behind, waiver, paid_late)
        outcomes.append(bool(suspended[0, 0]))
    return outcomes


def test_the_first_breach_after_a_late_shock_is_excused_while_it_lasts() -> None:
    assert suspensions([9, 10, 11, 9, 10], [False, True, False, False, True]) == [False, False, False, False, True]


def test_a_breach_without_a_late_shock_is_not_excused() -> None:
    assert suspensions([9, 10, 11], [False, False, True]) == [False, True, True]


def test_a_breach_that_was_not_excused_leaves_the_waiver_for_a_later_one() -> None:
    assert suspensions([10, 9, 10, 10], [False, False, True, False]) == [True, False, False, False]


def test_a_waiver_spares_votes_and_moves_nothing_where_no_vote_is_lost() -> None:
    common = {"control__cost_sharing": "equal"}
    strict = simulate(design(**common), RUNS).runs["suspensions"]
    lenient = simulate(design(flexibility__sanction__waiver=True, **common), RUNS).runs["suspensions"]
    assert (lenient - strict).mean() < -0.3
    unsuspended = {"flexibility.sanction": {"rule": "none", "waiver": True}}
    assert_same(
        simulate(design().with_(**unsuspended), 50).runs,
        simulate(design(flexibility__sanction="none"), 50).runs,
    )


def test_options_stand_in_the_schema_with_what_they_mean() -> None:
    keys = setting_keys()
    for key in (
        "centralisation.external_funds",
        "flexibility.relief",
        "flexibility.bargaining_discount",
        "flexibility.sanction.waiver",
        "world.crises.caveat",
        "world.incidents.process",
    ):
        assert len(keys[key].about) > 15
