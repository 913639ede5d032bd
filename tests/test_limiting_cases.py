"""Limiting cases with a closed form: the institution in worlds so simple that the answer is known.

Numbers of the cases are those of the specification's list. The scenarios are the reference design with most
of the world switched off; where a case concerns a part of the period, the institution's own steps are put
through it in a block of many runs.
"""

from __future__ import annotations

import math
import re
from itertools import permutations
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from pandas.testing import assert_frame_equal
from ruamel.yaml import YAML

import aiposim
from aiposim import AipoModel, Scenario, families, games
from aiposim.assessment import Assessment
from aiposim.behaviour.pledge.nash_and_conditional import nash_and_conditional
from aiposim.charter import Charter
from aiposim.ensemble import Driver
from aiposim.period import period
from aiposim.scenario.catalogue import member_file
from aiposim.state import State
from aiposim.world.incidents import base_rates, excitation_matrix

SEED = 2015
CHINA, JAPAN, KOREA = 0, 1, 2
MEMBERS = ["JPN", "CHN", "KOR"]

NO_INCIDENTS_FELT = {
    "world.incidents.scale": 0.0,
    "world.incidents.freeze": 0.0,
    "world.trust.incident": 0.0,
    "world.domestic.incident_kick": 0.0,
}
MOODLESS_INCIDENTS = {
    "world.incidents.cooperation_effect": 0.0,
    "world.incidents.hawkishness_effect": 0.0,
}
EXACT_BENEFIT_KEY = {
    "control.cost_sharing.rule": "benefit",
    "control.cost_sharing.valuation_error": 0.0,
}


def design(**changes: Any) -> Scenario:
    """The reference design with some keys changed; `__` stands for the dot where a key is an argument."""
    return aiposim.load("reference-design").with_(**{k.replace("__", "."): v for k, v in changes.items()})


def block(scenario: Scenario, runs: int) -> Driver:
    """A block of runs at its foundation, with a charter of its own."""
    charter = Charter(scenario)
    driver = Driver(charter, Assessment(charter), runs)
    driver.start(0, SEED)
    return driver


def played(scenario: Scenario, runs: int, periods: int) -> Driver:
    """A block of runs after so many periods."""
    driver = block(scenario, runs)
    for t in range(periods):
        period(t, driver.do, driver.charter)
    return driver


ITEMS = {
    1: "Talmud rule and nucleolus of bankruptcy on the estates of the Mishnah",
    2: "constrained equal awards and constrained equal losses are dual",
    3: "Romer & Rosenthal's setter",
    4: "a status quo that somebody would lose from, under unanimity and majority",
    5: "Black's median",
    6: "Nash contributions, with equal costs and to a linear public good",
    7: "Lindahl shares",
    8: "mean of the Hawkes process",
    9: "a chain of two states, normal and frozen",
    10: "fixed point of trust",
    11: "a convex game",
    12: "no frictions",
    13: "no partiality or no agenda power",
    14: "turns of the Directorate",
    15: "shares and accounts",
    16: "names and order",
    17: "one seed, one world",
    18: "Rubinstein's split",
    19: "stationary pledges",
    20: "the efficient programme",
    21: "all understate alike",
}
"""The specification's list. A test's name and docstring begin with the number of its item."""


def test_every_item_of_the_list_has_a_test_that_bears_its_number() -> None:
    tests = {name: test for name, test in globals().items() if re.match(r"test_\d+_", name)}
    numbers = {name: int(name.split("_")[1]) for name in tests}
    assert set(numbers.values()) == set(ITEMS) == set(range(1, 22))
    for name, test in tests.items():
        assert re.match(rf"Item {numbers[name]}\b", test.__doc__ or ""), name


# ---- 1, 2: bankruptcy


def bankruptcy_game(estate: float, claims: tuple[float, ...]) -> np.ndarray:
    """What is left of the estate for a coalition when all others have been paid in full. O'Neill 1982, MSS 2."""
    n = len(claims)
    outside = [sum(claims[i] for i in range(n) if not coalition >> i & 1) for coalition in range(2**n)]
    return np.array([max(0.0, estate - others) for others in outside])


CLAIMS_OF_THE_MISHNAH = (100.0, 200.0, 300.0)
AWARDS_OF_THE_MISHNAH = {
    100.0: (100.0 / 3.0, 100.0 / 3.0, 100.0 / 3.0),
    200.0: (50.0, 75.0, 75.0),
    300.0: (50.0, 100.0, 150.0),
}
"""Ketubot 93a; Aumann & Maschler 1985, Journal of Economic Theory 36."""


@pytest.mark.parametrize(("estate", "awards"), AWARDS_OF_THE_MISHNAH.items())
def test_1_the_talmud_rule_gives_the_awards_of_the_mishnah_and_so_does_the_nucleolus(
    estate: float, awards: tuple[float, ...]
) -> None:
    """Item 1. Claims 100, 200, 300 on estates of 100, 200, 300."""
    assert games.talmud(estate, CLAIMS_OF_THE_MISHNAH) == pytest.approx(awards, abs=1e-9)
    assert games.nucleolus(bankruptcy_game(estate, CLAIMS_OF_THE_MISHNAH)) == pytest.approx(awards, abs=1e-6)


@pytest.mark.parametrize("part", [0.0, 0.1, 0.45, 0.5, 0.8, 1.0])
@pytest.mark.parametrize("claims", [CLAIMS_OF_THE_MISHNAH, (5.0, 5.0, 40.0), (1.0, 2.0, 4.0, 8.0)])
def test_2_equal_awards_of_the_estate_are_what_equal_losses_of_the_deficit_leave(
    part: float, claims: tuple[float, ...]
) -> None:
    """Item 2. CEA(E, c) = c - CEL(sum of c - E, c)."""
    estate = part * sum(claims)
    losses = games.constrained_equal_losses(sum(claims) - estate, claims)
    assert games.constrained_equal_awards(estate, claims) == pytest.approx(np.array(claims) - losses, abs=1e-9)


# ---- 11: the game of founding an institute


@pytest.mark.parametrize("valuations", [(7.35, 5.2, 2.45), (10.9, 1.3, 2.8), (5.0, 5.0, 5.0), (4.0, 0.5, 0.3)])
def test_11_the_game_is_convex_and_value_and_nucleolus_lie_in_its_core(valuations: tuple[float, ...]) -> None:
    """Item 11. v is a convex function of an additive measure; Shapley 1971, Int. J. Game Theory 1 (convex games)."""
    price, satiation, fixed = 0.9, 3.0, 1.5
    theta = np.array([sum(valuations[i] for i in range(3) if coalition >> i & 1) for coalition in range(8)])
    budget = np.maximum(theta / price - satiation + fixed, fixed)
    worth = np.maximum(0.0, theta * np.log1p((budget - fixed) / satiation) - price * budget)
    worth[budget <= fixed] = 0.0
    for one in range(8):
        for other in range(8):
            assert worth[one | other] + worth[one & other] >= worth[one] + worth[other] - 1e-9
    whole_benefit = np.array(valuations) * math.log1p((budget[7] - fixed) / satiation)
    for solution in (games.shapley_value(worth), games.nucleolus(worth)):
        assert solution.sum() == pytest.approx(worth[7], abs=1e-9)
        for coalition in range(1, 8):
            assert sum(solution[i] for i in range(3) if coalition >> i & 1) >= worth[coalition] - 1e-7
        assert (whole_benefit - solution >= -1e-9).all(), "a cost share is negative"


@pytest.mark.parametrize("key", ["shapley", "nucleolus"])
def test_11_the_keys_of_the_game_leave_no_coalition_better_off_alone(key: str) -> None:
    """Item 11, in the institution: exact reports at efficiency 1, each review of thirty years."""
    scenario = design(control__cost_sharing__rule=key, control__cost_sharing__valuation_error=0.0)
    charter = Charter(scenario)
    assessment = Assessment(charter)
    terms = charter.terms
    price = terms.valuation.cost_of_funds - terms.valuation.joint_product
    satiation, fixed = 5.0 * terms.valuation.satiation, terms.institution.fixed_cost
    for year in range(2016, 2046, 3):
        figures = assessment.review(year, (True, True, True)).figures
        shares = assessment.rule(figures, assessment.rule_terms)
        theta = figures.valuation
        whole = theta.sum() / price - satiation + fixed
        surplus = theta * math.log1p((whole - fixed) / satiation) - shares * price * whole
        assert (shares >= 0.0).all()
        for coalition in range(1, 7):
            inside = np.array([bool(coalition >> i & 1) for i in range(3)])
            own = theta[inside].sum()
            alone = own / price - satiation + fixed
            worth = own * math.log1p((alone - fixed) / satiation) - price * alone if alone > fixed else 0.0
            assert surplus[inside].sum() >= max(0.0, worth) - 1e-6


# ---- 3, 4, 5: the setter before the Council


def council(rule: str, runs: int) -> Driver:
    """Three governments in the room that vote alone and yield to nobody; the budget can be any."""
    driver = block(
        design(
            control__voting__rule=rule,
            control__voting__voters="governments",
            centralisation__fixed_cost=0.0,
        ),
        runs,
    )
    state, do = driver.state, driver.do
    state.attended[...] = True
    state.share[...] = 1.0 / 3.0
    do.roll_call()
    state.seated[...] = True
    state.seat_margin[...] = 0.0
    return driver


def put_to_the_vote(driver: Driver, ideals: np.ndarray, target: np.ndarray, reversion: np.ndarray) -> np.ndarray:
    """What the Council decides, ln of M$; officials and the NGO have ideals too, but no vote."""
    state, do = driver.state, driver.do
    state.ideal[...] = np.linspace(0.3, 3.7, len(state.ideal))[:, None]
    state.ideal[:3] = ideals
    state.target[...] = target
    state.reversion[...] = reversion
    do.budget_candidates()
    do.budget_ballots()
    do.count_budget_ballots()
    do.budget_votes()
    do.adopt_budget()
    assert state.budget == pytest.approx(np.maximum(0.25, np.exp(state.decided)), rel=1e-12)
    return np.array(state.decided)


RUNS_OF_A_VOTE = 2000


def points(*ranges: tuple[float, float]) -> list[np.ndarray]:
    """Random points on the line of ln(budget), one array a range, a point a run."""
    rng = np.random.default_rng(3)
    return [rng.uniform(low, high, RUNS_OF_A_VOTE) for low, high in ranges]


@pytest.mark.parametrize("wants", ["more", "less"])
def test_3_a_setter_gets_what_the_pivot_likes_no_less_than_the_reversion(wants: str) -> None:
    """Item 3. Romer & Rosenthal: pivot x_p, reversion q, setter x_s, q < x_p < x_s: min(x_s, 2 x_p - q).

    A setter who wants less stands in the mirror.
    """
    reversion, to_pivot, to_setter, beyond = points((0.0, 1.0), (0.01, 1.0), (0.01, 2.0), (0.1, 1.0))
    pivot = reversion + to_pivot
    setter = pivot + to_setter
    eager = setter + beyond
    expected = np.minimum(setter, 2.0 * pivot - reversion)

    def seen(point: np.ndarray) -> np.ndarray:
        return point if wants == "more" else 6.0 - point

    driver = council("unanimity", RUNS_OF_A_VOTE)
    for order in permutations([pivot, eager, eager + 0.1]):
        ideals = np.array([seen(point) for point in order])
        decided = put_to_the_vote(driver, ideals, seen(setter), seen(reversion))
        assert decided == pytest.approx(seen(expected), abs=1e-12)


def test_3_a_setter_between_the_reversion_and_its_mirror_image_gets_his_way() -> None:
    """Item 3: Romer & Rosenthal's setter."""
    reversion, to_pivot, part = points((0.0, 1.0), (0.01, 1.0), (0.01, 0.99))
    pivot = reversion + to_pivot
    setter = reversion + part * 2.0 * to_pivot
    ideals = np.array([pivot, pivot + 1.0, pivot + 2.0])
    decided = put_to_the_vote(council("unanimity", RUNS_OF_A_VOTE), ideals, setter, reversion)
    assert decided == pytest.approx(setter, abs=1e-12)


def test_3_a_setter_who_wants_the_other_way_than_the_pivot_gets_nothing() -> None:
    """Item 3: Romer & Rosenthal's setter."""
    pivot, to_reversion, to_setter = points((0.0, 1.0), (0.01, 1.0), (0.01, 1.0))
    reversion = pivot + to_reversion
    setter = reversion + to_setter
    ideals = np.array([pivot, setter, setter])
    driver = council("unanimity", RUNS_OF_A_VOTE)
    assert put_to_the_vote(driver, ideals, setter, reversion) == pytest.approx(reversion, abs=1e-12)
    assert not driver.state.adopted.any()


def test_4_unanimity_leaves_a_status_quo_that_somebody_would_lose_from() -> None:
    """Item 4: a Pareto-efficient status quo."""
    lowest, width, part, setter = points((0.0, 1.0), (0.1, 1.0), (0.05, 0.95), (-0.5, 3.0))
    reversion = lowest + part * width
    ideals = np.array([lowest, lowest + width / 2.0, lowest + width])
    driver = council("unanimity", RUNS_OF_A_VOTE)
    assert put_to_the_vote(driver, ideals, setter, reversion) == pytest.approx(reversion, abs=1e-12)
    assert not driver.state.adopted.any()


def test_4_majority_moves_the_same_status_quo_as_far_as_the_median_likes() -> None:
    """Item 4. min(target, 2 median - q): the lowest of three is outvoted."""
    lowest, to_reversion, to_median, to_highest, beyond = points(
        (0.0, 1.0), (0.01, 0.5), (0.01, 0.5), (0.01, 1.0), (0.01, 1.5)
    )
    reversion = lowest + to_reversion
    median = reversion + to_median
    ideals = np.array([lowest, median, median + to_highest])
    target = median + beyond
    decided = put_to_the_vote(council("majority", RUNS_OF_A_VOTE), ideals, target, reversion)
    highest_end = np.minimum(2.0 * median - reversion, 2.0 * ideals[2] - reversion)
    assert decided == pytest.approx(np.minimum(target, highest_end), abs=1e-12)


def test_5_under_majority_the_median_is_not_beaten_by_any_status_quo() -> None:
    """Item 5. Black 1948, with the median as the sponsored point."""
    first, second, third, reversion = points((0.5, 3.0), (0.5, 3.0), (0.5, 3.0), (0.0, 3.5))
    ideals = np.array([first, second, third])
    median = np.median(ideals, axis=0)
    decided = put_to_the_vote(council("majority", RUNS_OF_A_VOTE), ideals, median, reversion)
    assert decided == pytest.approx(median, abs=1e-12)


# ---- 6, 19: voluntary contributions


def selfish_pledge(valuation: float, others: float, price: float, satiation: float, fixed: float) -> float:
    """The best response in a pledge: a quarter of it is pledged beside half of a twentieth of the valuation."""
    pledge = nash_and_conditional(valuation, price, satiation, fixed, others, 0.0, 0.0, 0.0, 0.0)
    return 4.0 * (pledge - 0.5 * 0.05 * valuation)


@pytest.mark.parametrize("valuations", [(7.0, 5.2, 2.4), (2.4, 5.2, 7.0), (4.0, 9.0, 8.9)])
def test_6_selfish_states_leave_everything_to_the_one_that_values_the_institute_most(
    valuations: tuple[float, float, float],
) -> None:
    """Item 6. Nash: G = theta_max / price - D0 / e + C0, paid by the largest alone; price is the same for all."""
    price, satiation, fixed = 0.9, 3.75, 1.5
    pledges = [3.0, 3.0, 3.0]
    for _ in range(200):
        for i, valuation in enumerate(valuations):
            others = sum(pledges) - pledges[i]
            pledges[i] = selfish_pledge(valuation, others, price, satiation, fixed)
    largest = max(range(3), key=lambda i: valuations[i])
    expected = max(valuations) / price - satiation + fixed
    assert pledges[largest] == pytest.approx(expected, abs=1e-9)
    assert sum(pledges) == pytest.approx(expected, abs=1e-9)


@pytest.mark.parametrize("return_of_a_dollar", [0.5, 0.9, 0.99])
def test_6_where_the_benefit_is_linear_nobody_gives_if_a_dollar_returns_less_than_a_dollar(
    return_of_a_dollar: float,
) -> None:
    """Item 6. Benefits become linear as satiation grows: theta ln(1 + G / S) tends to (theta / S) G.

    The marginal return of an own dollar (MPCR) is theta / (S price): below 1 the Nash contribution is 0.
    """
    price, satiation = 0.9, 1e6
    for others in (0.0, 50.0):
        assert selfish_pledge(return_of_a_dollar * price * satiation, others, price, satiation, 0.0) <= 1e-6


@pytest.mark.parametrize("return_of_a_dollar", [1.01, 1.1, 2.0])
def test_6_where_the_benefit_is_linear_everybody_gives_all_if_a_dollar_returns_more_than_a_dollar(
    return_of_a_dollar: float,
) -> None:
    """Item 6. The Nash contribution exceeds any purse, whatever the others give."""
    price, satiation, purse = 0.9, 1e6, 1000.0
    for others in (0.0, 2.0 * purse):
        assert selfish_pledge(return_of_a_dollar * price * satiation, others, price, satiation, 0.0) > purse


@pytest.mark.parametrize("valuations", [(7.0, 5.2, 2.4), (4.0, 9.0, 8.9)])
def test_19_selfish_states_with_a_habit_settle_where_selfish_states_without_one_do(
    valuations: tuple[float, float, float],
) -> None:
    """Item 19. x = 1/2 BR + 1/2 x, with neither warm glow nor conditional part, has the fixed point of case 6."""
    price, satiation, fixed = 0.9, 3.75, 1.5
    pledges = [3.0, 3.0, 3.0]
    for _ in range(2000):
        selfish = [
            selfish_pledge(valuation, sum(pledges) - own, price, satiation, fixed)
            for valuation, own in zip(valuations, pledges, strict=True)
        ]
        pledges = [0.5 * best + 0.5 * own for best, own in zip(selfish, pledges, strict=True)]
    expected = [max(valuations) / price - satiation + fixed if v == max(valuations) else 0.0 for v in valuations]
    assert pledges == pytest.approx(expected, abs=1e-9)


def test_19_a_stationary_pledge_to_oneself_settles_at_half_the_selfish_one_and_all_the_warm_glow() -> None:
    """Item 19. x = 1/2 (1/2 BR + jp) + 1/2 x gives x = BR / 2 + jp; with jp taken away, half of case 6."""
    valuation, price, satiation, fixed = 7.0, 0.9, 3.75, 1.5
    pledge = 0.0
    for _ in range(80):
        pledge = nash_and_conditional(valuation, price, satiation, fixed, 0.0, 0.0, 10.0, 0.5, pledge)
    selfish = valuation / price - satiation + fixed
    assert pledge - 0.05 * valuation == pytest.approx(selfish / 2.0, abs=1e-9)


def test_19_the_institution_asks_every_member_for_the_pledge_of_the_behaviour() -> None:
    """Item 19: stationary pledges."""
    driver = played(design(control__cost_sharing__rule="voluntary"), runs=4, periods=7)
    state, do, terms = driver.state, driver.do, driver.charter.terms
    price = terms.valuation.cost_of_funds - terms.valuation.joint_product
    do.pledges()
    for i in range(3):
        for r in range(4):
            others = (1.0 - state.propensity[i, r] * state.share[i, r]) * state.budget[r]
            expected = nash_and_conditional(
                state.valuation[i, r],
                price,
                5.0 * terms.valuation.satiation / state.efficiency[r],
                terms.institution.fixed_cost,
                others,
                state.fair_share[i, r] / state.fair_share[:, r].sum(),
                state.budget[r],
                state.mean_trust[i, r],
                state.share[i, r] * state.budget[r],
            )
            assert state.pledge[i, r] == pytest.approx(expected, rel=1e-12)


# ---- 7, 20: Lindahl and Samuelson


def test_7_who_pays_in_proportion_to_the_benefit_wants_the_efficient_budget() -> None:
    """Item 7: Lindahl shares."""
    driver = played(design(world__valuation__host_benefit=0.0, **EXACT_BENEFIT_KEY), runs=50, periods=25)
    state = driver.state
    assert state.share == pytest.approx(state.valuation / state.valuation.sum(axis=0), abs=1e-12)
    members = state.member
    assert members.all(axis=0).any()
    assert np.abs(np.exp(state.ideal[:3]) / state.efficient - 1.0)[members].max() < 1e-12


def test_7_under_another_key_the_ideal_budgets_differ() -> None:
    """Item 7: Lindahl shares."""
    driver = played(design(world__valuation__host_benefit=0.0), runs=5, periods=25)
    ideals = np.exp(driver.state.ideal[:3])
    assert (ideals.max(axis=0) / ideals.min(axis=0) > 1.1).all()


LOPSIDED = {
    "membership.overrides.JPN.ideal_mix": {"cp": 0.0, "pk": 0.0, "ha": 0.97, "pb": 0.02, "rd": 0.01},
    "membership.overrides.CHN.ideal_mix": {"cp": 0.01, "pk": 0.94, "ha": 0.02, "pb": 0.02, "rd": 0.01},
    "membership.overrides.KOR.ideal_mix": {"cp": 0.02, "pk": 0.02, "ha": 0.94, "pb": 0.01, "rd": 0.01},
}


@pytest.mark.parametrize("mixes", [{}, LOPSIDED], ids=["all areas", "some areas are not worth it"])
def test_20_the_efficient_programme_spends_everything_and_no_other_is_better(mixes: dict[str, Any]) -> None:
    """Item 20: the efficient programme."""
    runs = 300
    driver = block(design(**mixes), runs)
    state, do, terms = driver.state, driver.do, driver.charter.terms
    rng = np.random.default_rng(5)
    state.valuation[...] = rng.uniform(4.0, 8.0, (3, runs))
    state.capacity[...] = rng.uniform(0.0, 1.0, runs)
    do.efficient_budget()
    do.efficient_programme()
    best = np.array(state.efficient_delivery)
    money = state.efficiency * (state.efficient - terms.institution.fixed_cost)
    assert (best >= 0.0).all()
    assert best.sum(axis=0) == pytest.approx(money, rel=1e-12)
    assert bool((best == 0.0).any()) is bool(mixes)
    demand = np.einsum("ir,ia->ar", state.valuation, driver.charter.given.ideal_mix)
    d0 = terms.valuation.satiation
    benefit = (demand * np.log1p(best / d0)).sum(axis=0)
    assert state.efficient_benefit == pytest.approx(benefit, rel=1e-12)
    for _ in range(200):
        other = np.maximum(0.0, best * rng.uniform(0.5, 1.5, best.shape) + rng.uniform(0.0, 0.3, best.shape))
        other = other * money / other.sum(axis=0)
        assert ((demand * np.log1p(other / d0)).sum(axis=0) <= benefit + 1e-9).all()


def test_20_no_other_budget_is_better_than_the_efficient_one_when_all_areas_are_worth_it() -> None:
    """Item 20. Benefit of the efficient programme at a budget, less what it costs all together."""
    driver = block(design(), 1)
    state, do, terms = driver.state, driver.do, driver.charter.terms
    state.valuation[:, 0] = (7.0, 5.2, 2.4)
    do.efficient_budget()
    do.efficient_programme()
    price = terms.valuation.cost_of_funds - terms.valuation.joint_product
    d0, fixed, e = terms.valuation.satiation, terms.institution.fixed_cost, state.efficiency[0]
    demand = state.area_demand[:, 0]

    def surplus(budget: float) -> float:
        programme = demand / demand.sum() * (e * (budget - fixed) + 5.0 * d0) - d0
        assert (programme > 0.0).all()
        return float((demand * np.log1p(programme / d0)).sum() - price * budget)

    best = float(state.efficient[0])
    assert all(surplus(best) > surplus(factor * best) for factor in (0.8, 0.95, 0.99, 1.01, 1.05, 1.5))


# ---- 8, 9: incidents, freezes and thaws


QUIET_WORLD = {
    **MOODLESS_INCIDENTS,
    "membership.exit_allowed": False,
    "world.crises.rate": 0.0,  # contingents that share in the field would stir up incidents
}


@pytest.mark.parametrize("scale", [0.4, 1.0])
def test_8_without_effects_of_mood_incidents_keep_the_mean_of_the_record(scale: float) -> None:
    """Item 8.

    Hawkes: (I - Phi)^-1 mu = Nbar * scale; after twenty periods the start is forgotten. Nbar .28 .30 .22."""
    scenario = design(**QUIET_WORLD, world__incidents__scale=scale)
    bands = aiposim.simulate(scenario, 12_000, seed=SEED).bands
    settled = bands[(bands["measure"] == "incidents") & (bands["period"] >= 20)]
    assert settled["mean"].mean() == pytest.approx(0.80 * scale, abs=0.005)


def test_8_every_dyad_keeps_its_own_mean() -> None:
    """Item 8: mean of the Hawkes process."""
    driver = block(design(**QUIET_WORLD), 8000)
    state, do = driver.state, driver.do
    total = np.zeros(3)
    for t in range(100):
        do.draw_luck(t)
        do.incident_rates()
        do.count_incidents()
        total += state.incidents.mean(axis=1) if t >= 20 else 0.0
    pairs = driver.charter.scenario.pairs.values()
    assert total / 80.0 == pytest.approx([pair.incident_rate for pair in pairs], abs=0.005)


def test_8_base_rates_are_what_the_mean_leaves_after_excitation() -> None:
    """Item 8: mean of the Hawkes process."""
    rates = np.array([0.28, 0.22, 0.30])
    matrix = excitation_matrix([(0, 1), (0, 2), (1, 2)], 0.30, 0.06)
    base = base_rates(rates, matrix, 1.0)
    assert np.linalg.solve(np.eye(3) - matrix, base) == pytest.approx(rates, abs=1e-12)


UNEXCITED = {
    **QUIET_WORLD,
    "world.incidents.self_excitation": 0.0,
    "world.incidents.cross_excitation": 0.0,
    "world.incidents.thaw_turnover": 1.0,
}


def test_9_a_dyad_between_freeze_and_thaw_is_a_markov_chain_of_two_states() -> None:
    """Item 9. Freeze with p, thaw with q a period: normal in q / (p + q) of the periods, a freeze lasts 1 / q.

    Poisson incidents at rate r, each major with share m: p = freeze * (1 - exp(-r m)), q = thaw * exp(-r).
    """
    driver = block(design(**UNEXCITED), 6000)
    state, do = driver.state, driver.do
    incidents = driver.charter.scenario.world.incidents
    normal, frozen_periods, thaws = np.zeros(3), np.zeros(3), np.zeros(3)
    periods, forgotten = 220, 20
    for t in range(periods):
        before = state.frozen.copy()
        do.draw_luck(t)
        do.opinion()
        do.incident_rates()
        do.count_incidents()
        do.freezes()
        if t >= forgotten:
            normal += (~state.frozen).mean(axis=1)
            frozen_periods += before.sum(axis=1)
            thaws += (before & ~state.frozen).sum(axis=1)
    pairs = list(driver.charter.scenario.pairs.values())
    rate = np.array([pair.incident_rate for pair in pairs])
    major = np.array([pair.major_share for pair in pairs])
    p = incidents.freeze * (1.0 - np.exp(-rate * major))
    q = incidents.thaw * np.exp(-rate)
    assert normal / (periods - forgotten) == pytest.approx(q / (p + q), abs=0.005)
    assert frozen_periods / thaws == pytest.approx(1.0 / q, rel=0.01)


@pytest.mark.parametrize("scale", [0.5, 1.0])
def test_9_under_the_markov_process_time_is_divided_as_the_closed_form_says(scale: float) -> None:
    """Item 9.

    Onset p = rate * scale * major share * freeze, thaw q: normal in q / (p + q); a freeze lasts 1 / q."""
    world = {"world.incidents.process": "markov", "world.incidents.thaw_turnover": 1.0}
    periods, forgotten = 220, 20
    scenario = design(**QUIET_WORLD, **world, world__incidents__scale=scale, world__horizon=periods)
    driver = block(scenario, 4000)
    state = driver.state
    normal, frozen_periods, thaws = np.zeros(3), np.zeros(3), np.zeros(3)
    for t in range(periods):
        before = state.frozen.copy()
        period(t, driver.do, driver.charter)
        if t >= forgotten:
            normal += (~state.frozen).mean(axis=1)
            frozen_periods += before.sum(axis=1)
            thaws += (before & ~state.frozen).sum(axis=1)
    incidents = scenario.world.incidents
    pairs = list(scenario.pairs.values())
    p = np.array([min(1.0, pair.incident_rate * scale * pair.major_share * incidents.freeze) for pair in pairs])
    q = incidents.thaw
    assert normal / (periods - forgotten) == pytest.approx(q / (p + q), abs=0.005)
    assert frozen_periods / thaws == pytest.approx(np.full(3, 1.0 / q), rel=0.01)


# ---- 10: trust


@pytest.mark.parametrize("payment", [0.0, 0.6, 1.0])
@pytest.mark.parametrize("voice", [0.0, 0.5])
def test_10_under_steady_evidence_trust_settles_at_its_fixed_point(payment: float, voice: float) -> None:
    """Item 10. (nu0 tau0 + g / (1 - phi)) / (nu0 + (g + b) / (1 - phi))."""
    driver = block(design(), 2)
    state, do, terms = driver.state, driver.do, driver.charter.terms.trust
    state.willing_part[...] = payment
    state.joint[...] = voice
    for _ in range(400):
        do.trust_evidence()
    do.beliefs()
    good = terms.payment_good * payment + 0.15 * voice
    bad = terms.payment_bad * (1.0 - payment)
    kept = 1.0 - terms.memory
    prior = driver.charter.given.prior_trust
    expected = (terms.prior_weight * prior + good / kept) / (terms.prior_weight + (good + bad) / kept)
    others = ~np.eye(3, dtype=bool)
    assert state.trust[others] == pytest.approx(np.repeat(expected[others][:, None], 2, axis=1), abs=1e-12)


def test_10_without_evidence_trust_returns_to_its_prior() -> None:
    """Item 10: fixed point of trust."""
    driver = block(design(), 1)
    driver.state.member[...] = False
    driver.state.good[...] = 50.0
    for _ in range(400):
        driver.do.trust_evidence()
    driver.do.beliefs()
    others = ~np.eye(3, dtype=bool)
    assert driver.state.trust[others, 0] == pytest.approx(driver.charter.given.prior_trust[others], abs=1e-12)


# ---- 12, 13, 14: frictions, the Director's partiality, turns

FRICTIONLESS = {
    **NO_INCIDENTS_FELT,
    **EXACT_BENEFIT_KEY,
    "world.council.boycott": 0.0,
    "world.council.audience_cost": 0.0,
    "world.council.noise": 0.0,
    "world.payment.late": 0.0,
    "world.payment.norm": 2.0,
    "world.valuation.host_benefit": 0.0,
    "control.director.agenda_power": 0.0,
    "control.voting.voters": "governments",
}


def test_12_without_frictions_the_budget_is_efficient_and_everybody_pays() -> None:
    """Item 12.

    Between two budget sessions the secretariat learns, and the efficient budget moves a little ahead."""
    results = aiposim.simulate(design(**FRICTIONLESS), 400, seed=SEED)
    means = results.runs.mean()
    assert means["budget_ratio"] == pytest.approx(1.0, abs=0.003)
    assert means["collection_rate"] == pytest.approx(1.0, abs=0.003)
    assert means["deadlock_rate.budget"] == 0.0
    assert means["deadlock_rate"] < 0.06, "the crisis vote's own randomness"
    assert means["exits"] < 0.1


def test_12_without_frictions_every_budget_session_adopts_the_efficient_budget() -> None:
    """Item 12: no frictions."""
    driver = block(design(**FRICTIONLESS, membership__exit_allowed=False), 50)
    for t in range(20):
        period(t, driver.do, driver.charter)
        if t % 2 == 0:
            assert driver.state.budget == pytest.approx(driver.state.efficient, rel=1e-9)


def test_12_with_frictions_neither_holds() -> None:
    """Item 12: no frictions."""
    means = aiposim.simulate(design(), 400, seed=SEED).runs.mean()
    assert abs(means["budget_ratio"] - 1.0) > 0.03
    assert means["collection_rate"] < 0.985


@pytest.mark.parametrize("powerless", ["agenda_power", "partiality"])
def test_13_a_director_without_agenda_or_without_partiality_does_not_pull_the_programme_home(
    powerless: str,
) -> None:
    """Item 13: no partiality or no agenda."""
    scenario = design(control__voting__rule="majority", **{f"control.director.{powerless}": 0.0})
    assert abs(aiposim.simulate(scenario, 400, seed=SEED).runs["nationality_bias"].mean()) < 0.005


def test_13_a_partial_director_with_agenda_power_pulls_the_programme_home() -> None:
    """Item 13: no partiality or no agenda."""
    scenario = design(
        control__voting__rule="majority", control__director__agenda_power=0.9, control__director__partiality=0.7
    )
    assert aiposim.simulate(scenario, 200, seed=SEED).runs["nationality_bias"].mean() > 0.05


@pytest.mark.parametrize(("term", "horizon"), [(10, 60), (4, 36), (5, 60)])
def test_14_without_exits_every_state_directs_equally_often_and_in_the_order_of_the_queue(
    term: int, horizon: int
) -> None:
    """Item 14: turns of the Directorate."""
    scenario = design(
        membership__exit_allowed=False,
        control__director__term=term,
        control__director__queue=["KOR", "JPN", "CHN"],
        world__horizon=horizon,
    )
    for run in range(3):
        directors = list(aiposim.trace(scenario, SEED, run)["director"])
        assert directors == [["KOR", "JPN", "CHN"][t // term % 3] for t in range(horizon)]
        assert {directors.count(code) for code in MEMBERS} == {horizon // 3}


# ---- 15: shares and accounts

EVERY_KEY = families.names("rules.cost_sharing")
MEMBERSHIPS = [["JPN", "CHN", "KOR"], ["JPN", "CHN", "KOR", "MNG"], ["JPN", "KOR"]]


@pytest.mark.parametrize("key", EVERY_KEY)
@pytest.mark.parametrize("members", MEMBERSHIPS, ids="-".join)
def test_15_the_shares_of_the_members_add_up_in_every_period(key: str, members: list[str]) -> None:
    """Item 15: shares and accounts."""
    scenario = design(
        membership__members=members,
        control__cost_sharing__rule=key,
        control__voting__rule="majority",
        flexibility__host_premium=0.1,
        world__withdrawal__threshold=2.0,
        world__horizon=30,
    )
    driver = block(scenario, 40)
    state = driver.state
    exits = 0
    for t in range(30):
        period(t, driver.do, driver.charter)
        exits += int(state.left.sum())
        assert (state.share >= 0.0).all()
        assert (state.share[~state.member & state.alive] == 0.0).all()
        whole = state.alive & ~state.left  # who has just left is left out of the key of the next period
        assert state.share[:, whole].sum(axis=0) == pytest.approx(1.0, abs=1e-9)
    assert exits > 0 or len(members) == 2, "shares after an exit were not looked at"


def test_15_when_a_state_has_left_the_pledges_of_the_others_are_brought_to_a_whole() -> None:
    """Item 15. Before anybody pledges again; the part of the leaver is dropped."""
    scenario = design(control__cost_sharing__rule="voluntary", world__withdrawal__threshold=2.0)
    driver = block(scenario, 200)
    state, exits = driver.state, 0
    for t in range(20):
        if (state.left & state.alive).any():
            exits += int((state.left & state.alive).sum())
            driver.do.reviewed(t)
            driver.do.set_key(t)
            assert state.share[:, state.alive].sum(axis=0) == pytest.approx(1.0, abs=1e-9)
        period(t, driver.do, driver.charter)
    assert exits > 10


@pytest.mark.parametrize("sanction", ["none", "art19"])
@pytest.mark.parametrize("credit", [0.0, 0.3])
@pytest.mark.parametrize("opt_outs", ["none", "area"])
def test_15_what_is_due_is_paid_or_owed(sanction: str, credit: float, opt_outs: str) -> None:
    """Item 15.

    Payments and the growth of arrears add up to the dues, net of credits, where no interest is charged."""
    scenario = design(
        membership__exit_allowed=False,
        flexibility__sanction__rule=sanction,
        flexibility__inkind_credit=credit,
        scope__optout=opt_outs,
        world__horizon=20,
    )
    model = AipoModel(scenario, seed=SEED, run=3)
    before = np.zeros(3)
    for _ in range(20):
        model.step()
        paid, due, owed = (np.array(getattr(model.state, name)[:, 0]) for name in ("paid", "due", "arrears"))
        assert paid + owed - before == pytest.approx(due, abs=1e-12)
        before = owed
    assert before.sum() > 0.0


def test_15_interest_is_owed_on_top_of_what_is_due() -> None:
    """Item 15: shares and accounts."""
    scenario = design(membership__exit_allowed=False, flexibility__sanction__rule="interest")
    model = AipoModel(scenario, seed=SEED, run=3)
    for _ in range(12):
        before = np.array(model.state.arrears[:, 0])
        model.step()
        state = model.state
        left = before + state.due[:, 0] - state.paid[:, 0]
        assert state.arrears[:, 0] == pytest.approx(left * (1.0 + 0.03 / 2.0), abs=1e-12)


def test_15_nobody_owes_a_pledge() -> None:
    """Item 15: shares and accounts."""
    driver = played(design(control__cost_sharing__rule="voluntary"), runs=20, periods=12)
    assert (driver.state.arrears == 0.0).all()
    assert not driver.state.suspended.any()


# ---- 16: names and order

DESIGNS_OF_16 = [
    pytest.param({}, id="reference"),
    pytest.param({"control.voting.rule": "majority", "control.cost_sharing.rule": "un_scale"}, id="UN scale"),
    pytest.param({"control.voting.rule": "weighted", "control.cost_sharing.rule": "benefit"}, id="benefit"),
    pytest.param({"control.cost_sharing.rule": "voluntary", "control.director.rule": "merit"}, id="pledges"),
    pytest.param(
        {"control.director.rule": "acclamation", "control.council.ngo": "per_state", "scope.optout": "area"},
        id="acclamation",
    ),
]


@pytest.mark.parametrize("changes", DESIGNS_OF_16)
def test_16_the_order_in_which_members_are_written_changes_nothing_but_the_queue(changes: dict[str, Any]) -> None:
    """Item 16: names and order."""
    queue = {"control.director.queue": ["KOR", "CHN", "JPN"]}
    first = design(**changes, **queue)
    for order in (["KOR", "JPN", "CHN"], ["CHN", "KOR", "JPN"]):
        second = design(**changes, **queue, membership__members=order)
        one, other = (aiposim.simulate(each, 40, seed=SEED) for each in (first, second))
        assert_frame_equal(one.runs, other.runs, check_exact=True)
        assert_frame_equal(one.bands, other.bands, check_exact=True)


RELABELLED = {"JPN": "YYY", "CHN": "XXX", "KOR": "AAA"}


def relabelled(folder: Path, changes: dict[str, Any]) -> Scenario:
    """The same states with their data and luck under other codes, in another alphabetical order."""
    for code, other in RELABELLED.items():
        text = member_file(code).read_text(encoding="utf-8").replace(f"code: {code}", f"code: {other}")
        (folder / f"{other}.yaml").write_text(text, encoding="utf-8")
    pairs = {
        f"{RELABELLED[a]}-{RELABELLED[b]}": pair.model_dump()
        for (a, b), pair in aiposim.load("reference-design").pairs.items()
    }
    membership = {
        "members": [f"./{RELABELLED[code]}.yaml" for code in MEMBERS],
        "host": RELABELLED["JPN"],
        "pairs": pairs,
    }
    file = folder / "relabelled.yaml"
    with file.open("w", encoding="utf-8") as stream:
        YAML(typ="safe").dump({"title": "The same states under other codes", "membership": membership}, stream)
    return aiposim.load(str(file)).with_(**changes)


def renamed_columns(runs: pd.DataFrame) -> pd.DataFrame:
    """Columns of states under their new codes; the first leaver is a number in the order of the codes."""
    return runs.rename(
        columns={
            column: f"{column.partition('.')[0]}.{RELABELLED[column.partition('.')[2]]}"
            for column in runs
            if column.partition(".")[2] in RELABELLED
        }
    ).drop(columns="first_leaver")


@pytest.mark.parametrize("changes", DESIGNS_OF_16)
def test_16_relabelling_the_states_with_their_data_and_luck_permutes_the_results(
    changes: dict[str, Any], tmp_path: Path
) -> None:
    """Item 16: names and order."""
    other = relabelled(tmp_path, changes)
    assert other.codes == ("AAA", "XXX", "YYY")
    one = renamed_columns(aiposim.simulate(design(**changes), 60, seed=SEED).runs)
    two = aiposim.simulate(other, 60, seed=SEED).runs.drop(columns="first_leaver")
    assert sorted(one) == sorted(two)
    assert_frame_equal(one[sorted(one)], two[sorted(two)], check_exact=False, rtol=1e-9, atol=1e-9)


# ---- 17: one seed, one world


def test_17_the_same_seed_gives_the_same_run_and_another_seed_another() -> None:
    """Item 17: one seed, one world."""
    scenario = design(control__voting__rule="consensus")
    one, same, other = (aiposim.simulate(scenario, 30, seed=seed).runs for seed in (7, 7, 8))
    assert_frame_equal(one, same, check_exact=True)
    assert (one["trust"] != other["trust"]).all()
    assert one["trust"].nunique() == 30, "runs of one seed differ from each other"


WORLDS = ["u_domestic", "u_incident", "u_council", "u_institute", "u_career", "u_factor", "u_issue"]
CRISES = ["run_of", "slot_of", "area", "magnitude", "robustness", "u_course", "u_crisis_ngo"]
OTHER_DESIGNS = [
    {"control.voting.rule": "majority", "control.cost_sharing.rule": "gni"},
    {"control.cost_sharing.rule": "voluntary", "control.director.rule": "merit"},
    {"flexibility.sanction.rule": "all", "flexibility.review": "never", "world.payment.norm": 0.5},
    {"control.director.rule": "acclamation", "scope.optout": "area", "centralisation.autonomy": 0.0},
]


def crises_of(state: State, name: str) -> np.ndarray:
    """What is known of the period's crises; the list is as long as there are crises in the block."""
    return np.array(getattr(state, name))[..., : int(state.crisis_motions[0])]


@pytest.mark.parametrize("changes", OTHER_DESIGNS)
def test_17_two_designs_meet_the_same_world(changes: dict[str, Any]) -> None:
    """Item 17: one seed, one world."""
    stay = {"membership.exit_allowed": False}
    one, other = block(design(**stay), 30), block(design(**stay, **changes), 30)
    decisions_differ = crises = 0
    for t in range(12):
        for driver in (one, other):
            period(t, driver.do, driver.charter)
        for name in WORLDS:
            assert np.array_equal(getattr(one.state, name), getattr(other.state, name)), (name, t)
        for name in CRISES:
            assert np.array_equal(crises_of(one.state, name), crises_of(other.state, name)), (name, t)
        crises += int(one.state.crisis_motions[0])
        decisions_differ += int((one.state.budget != other.state.budget).sum())
    assert crises > 100
    assert decisions_differ > 100, "the designs decide alike, so the test shows nothing"


@pytest.mark.parametrize("changes", OTHER_DESIGNS)
def test_17_without_effects_of_mood_two_designs_see_the_same_incidents(changes: dict[str, Any]) -> None:
    """Item 17. Nothing else in the design reaches the incidents, except what contingents stir up by sharing."""
    calm = {**MOODLESS_INCIDENTS, "membership.exit_allowed": False, "world.crises.rate": 0.0}
    traces = [aiposim.trace(design(**calm, **each), SEED, 5) for each in ({}, changes)]
    for column in ("incidents", "major", "frozen_dyads", "crises"):
        assert list(traces[0][column]) == list(traces[1][column])
    assert traces[0]["incidents"].sum() > 10


def test_17_a_fourth_member_leaves_the_luck_of_the_three_alone() -> None:
    """Item 17: one seed, one world."""
    three, four = block(design(), 30), block(design(membership__members=[*MEMBERS, "MNG"]), 30)
    assert four.charter.codes == (*three.charter.codes, "MNG")
    for t in range(4):
        for driver in (three, four):
            period(t, driver.do, driver.charter)
        for name in ("u_domestic", "u_council", "u_career", "u_issue"):
            assert np.array_equal(getattr(three.state, name), getattr(four.state, name)[:3])
        assert np.array_equal(three.state.u_incident, four.state.u_incident[[0, 1, 3]])
        assert np.array_equal(three.state.u_institute, four.state.u_institute)
        for name in CRISES:
            assert np.array_equal(crises_of(three.state, name), crises_of(four.state, name))


# ---- 18: a bargain over relief


def part_of_the_zone(discount: float, first: str) -> float:
    """What the claimant, China, gets of the zone of agreement when the state `first` holds the Directorate."""
    driver = block(
        design(flexibility__relief="rubinstein", flexibility__bargaining_discount=discount),
        1,
    )
    state, do, terms = driver.state, driver.do, driver.charter.terms.council
    state.key[:, 0] = (0.6, 0.25, 0.15)
    state.mean_trust[...] = 0.6
    state.hawkishness[...] = 0.2
    state.claimant[...] = CHINA
    state.largest_claim[...] = 0.9
    state.director[...] = MEMBERS_IN_CODE_ORDER.index(first)
    do.propose_relief()
    bearable = (0.5 * terms.trust_margin * 0.6 - 0.3 * terms.audience_cost * 0.2) * (1.0 - 0.6) / 0.6
    return float(state.relief_asked[0]) / bearable


MEMBERS_IN_CODE_ORDER = ["CHN", "JPN", "KOR"]


@pytest.mark.parametrize("discount", [0.5, 0.9, 0.98, 1.0])
def test_18_who_makes_the_first_offer_gets_one_part_in_one_plus_the_discount(discount: float) -> None:
    """Item 18.

    Rubinstein 1982, Econometrica 50: 1 / (1 + del) for the first to offer, del / (1 + del) for the other."""
    as_director, as_other = part_of_the_zone(discount, "CHN"), part_of_the_zone(discount, "JPN")
    assert as_director == pytest.approx(1.0 / (1.0 + discount), rel=1e-12)
    assert as_other == pytest.approx(discount / (1.0 + discount), rel=1e-12)


def test_18_the_split_is_the_limit_of_ever_longer_bargains() -> None:
    """Item 18.

    Backward induction: the last to offer keeps all; before, one offers the other its discounted next part."""
    discount = 0.9
    own = 1.0
    for _ in range(400):
        own = 1.0 - discount * own
    assert part_of_the_zone(discount, "CHN") == pytest.approx(own, rel=1e-9)


# ---- 21: understatement


def test_21_if_all_understate_by_the_same_part_the_benefit_key_does_not_notice() -> None:
    """Item 21: all understate alike."""
    honest = design(control__cost_sharing__rule="benefit")
    understated = honest.with_(**{f"membership.overrides.{code}.misreport": 0.3 for code in MEMBERS})
    one, other = (played(each, runs=40, periods=13).state for each in (honest, understated))
    assert other.reported == pytest.approx(0.7 * one.reported, rel=1e-12)
    assert other.key == pytest.approx(one.key, abs=1e-12)
    runs = [aiposim.simulate(each, 40, seed=SEED).runs for each in (honest, understated)]
    assert_frame_equal(runs[0], runs[1], check_exact=False, rtol=1e-9, atol=1e-9)


def test_21_if_one_alone_understates_the_others_pay_for_it() -> None:
    """Item 21: all understate alike."""
    honest = design(control__cost_sharing__rule="benefit")
    alone = honest.with_(**{"membership.overrides.CHN.misreport": 0.3})
    one, other = (played(each, runs=40, periods=1).state for each in (honest, alone))
    assert (other.share[CHINA] < one.share[CHINA]).all()
    assert (other.share[[JAPAN, KOREA]] > one.share[[JAPAN, KOREA]]).all()
    assert math.isclose(float(other.share.sum()), 40.0, rel_tol=1e-12)
