"""Phase 3, the Director: selection and hand-over; what the secretariat's efficiency makes of money."""

from __future__ import annotations

from typing import Any

from aiposim.arithmetic import beta_quantile_2_3, beta_quantile_5_3, exp, log
from aiposim.behaviour.elect.own_able_trusted import own_able_trusted
from aiposim.behaviour.object.distrust import distrust
from aiposim.luck import OBJECTION, draw
from aiposim.quantities import NUMBER_OF_AREAS
from aiposim.rules.director import PASSED_OVER, ahead, rule

MEAN_OF_BETA = 0.4  # of Beta(2, 3)
LOG_OF_0_85 = -0.16251892949777494
ACTING_COMPETENCE = 0.7
DEPUTIES = 3.0


def vacancy(
    selects: Any, vacant: Any, vacancies: Any, director: Any, member: Any, alive: Any, terms: Any, t: int
) -> None:
    """A Director is selected at the end of each term, and when the Director's state has left.

    `vacant` lists the runs without a Director, so that the few between two terms take no work from the others.
    """
    due = t % terms[0].director.term == 0
    number = 0
    for r in range(selects.shape[0]):
        selects[r] = alive[r] and (due or not member[director[r], r])
        vacant[number] = r
        number += 1 if selects[r] else 0
    vacancies[0] = number


def hand_over(capacity: Any, vacant: Any, vacancies: Any, terms: Any) -> None:
    """Every hand-over but the first loses part of the secretariat's capacity."""
    loss = terms[0].secretariat.handover_loss
    for v in range(vacancies[0]):
        capacity[vacant[v]] = capacity[vacant[v]] * (1.0 - loss)


def nominees(nominee_competence: Any, luck_at_hand: Any, vacant: Any, vacancies: Any, u_career: Any) -> None:
    """Competence of each state's nominee, 0..1, Beta(5, 3)."""
    for i in range(nominee_competence.shape[0]):
        for v in range(vacancies[0]):
            luck_at_hand[v] = u_career[i, 0, vacant[v]]
        for v in range(vacancies[0]):
            luck_at_hand[v] = beta_quantile_5_3(luck_at_hand[v])
        for v in range(vacancies[0]):
            nominee_competence[i, vacant[v]] = luck_at_hand[v]


def draw_objections(u_objection: Any, run_numbers: Any, seed_words: Any, pair_luck: Any, t: int) -> None:
    """The uniforms of objections, one per ordered pair of states."""
    for i in range(pair_luck.shape[0]):
        for j in range(pair_luck.shape[0]):
            if i != j:
                draw(u_objection[i, j], pair_luck[i, j], 0, OBJECTION, run_numbers, seed_words, t)


def objections(objects: Any, trust: Any, u_objection: Any) -> None:
    """Asked of each state i: does it object to the nominee of state j?"""
    for i in range(objects.shape[0]):
        for j in range(objects.shape[0]):
            if i != j:
                for r in range(objects.shape[2]):
                    objects[i, j, r] = distrust(trust[i, j, r], u_objection[i, j, 0, r])


def count_objections(objection_count: Any, objects: Any, member: Any) -> None:
    """How many other members object to each nominee."""
    for j in range(objects.shape[0]):
        for r in range(objects.shape[2]):
            objection_count[j, r] = 0.0
        for i in range(objects.shape[0]):
            if i != j:
                for r in range(objects.shape[2]):
                    objection_count[j, r] += 1.0 if objects[i, j, r] and member[i, r] else 0.0


def favours(favour: Any, nominee_competence: Any, trust: Any) -> None:
    """Asked of each state i: how much does it favour the nominee of state j?"""
    for i in range(favour.shape[0]):
        for j in range(favour.shape[0]):
            for r in range(favour.shape[2]):
                favour[i, j, r] = own_able_trusted(i == j, nominee_competence[j, r], trust[i, j, r])


def first_ballot(polled: Any, favour: Any, place: Any, selects: Any, member: Any) -> None:
    """Every member votes for the nominee it favours most; of two that it favours alike, for the one next in turn."""
    n = member.shape[0]
    for r in range(selects.shape[0]):
        for j in range(n):
            polled[j, r] = 0.0
        for i in range(n):
            if selects[r] and member[i, r]:
                best = i
                for j in range(n):
                    liked, turn = favour[i, j, r], place[j, r]
                    if member[j, r] and ahead(liked, turn, favour[i, best, r], place[best, r]):
                        best = j
                polled[best, r] += 1.0


def run_off(polled: Any, favour: Any, place: Any, selects: Any, member: Any, members: Any) -> None:
    """Without a majority the two with the most votes meet in a second ballot, in which the others have none."""
    n = member.shape[0]
    for r in range(selects.shape[0]):
        first, second = -1, -1
        for j in range(n):
            if selects[r] and member[j, r]:
                if first < 0 or ahead(polled[j, r], place[j, r], polled[first, r], place[first, r]):
                    second = first
                    first = j
                elif second < 0 or ahead(polled[j, r], place[j, r], polled[second, r], place[second, r]):
                    second = j
        if second >= 0 and 2.0 * polled[first, r] <= members[r]:
            votes = 0.0
            for i in range(n):
                liked, turn = favour[i, first, r], place[first, r]
                for_first = ahead(liked, turn, favour[i, second, r], place[second, r])
                votes += 1.0 if member[i, r] and for_first else 0.0
            for j in range(n):
                polled[j, r] = -1.0
            polled[first, r] = votes
            polled[second, r] = members[r] - votes


def count_votes_against(objection_count: Any, polled: Any, members: Any) -> None:
    """How many members voted for another nominee in the deciding ballot."""
    for j in range(polled.shape[0]):
        for r in range(polled.shape[1]):
            objection_count[j, r] = members[r] - polled[j, r]


def choose_director(
    director: Any,
    standing_score: Any,
    vacant: Any,
    vacancies: Any,
    place: Any,
    arrears: Any,
    two_year_dues: Any,
    objection_count: Any,
    nominee_competence: Any,
    member: Any,
    terms: Any,
) -> None:
    """The member with the lowest answer of the scenario's Director rule serves."""
    for v in range(vacancies[0]):
        r = vacant[v]
        standing_score[r] = 1e12
        for i in range(place.shape[0]):
            score = rule(
                place[i, r],
                arrears[i, r],
                two_year_dues[i, r],
                objection_count[i, r],
                nominee_competence[i, r],
                terms[0].director,
            )
            first = member[i, r] and score < standing_score[r]
            director[r] = i if first else director[r]
            standing_score[r] = score if first else standing_score[r]


def install_director(
    competence: Any,
    partiality: Any,
    acting: Any,
    luck_at_hand: Any,
    foreign_deputies: Any,
    director: Any,
    standing_score: Any,
    vacant: Any,
    vacancies: Any,
    nominee_competence: Any,
    members: Any,
    u_institute: Any,
    terms: Any,
) -> None:
    """Competence and partiality of the new Director; deputies from other states temper the partiality."""
    office = terms[0].director
    for v in range(vacancies[0]):
        r = vacant[v]
        luck_at_hand[v] = u_institute[2, r]
        foreign_deputies[v] = min(DEPUTIES, members[r] - 1.0) if office.deputies_temper else 0.0
    for v in range(vacancies[0]):
        lean = office.partiality_factor * office.partiality * beta_quantile_2_3(luck_at_hand[v])
        luck_at_hand[v] = min(1.0, lean / MEAN_OF_BETA) * exp(LOG_OF_0_85 * foreign_deputies[v])
    for v in range(vacancies[0]):
        r = vacant[v]
        acting[r] = office.acting and standing_score[r] >= PASSED_OVER
        partiality[r] = luck_at_hand[v]
        competence[r] = nominee_competence[director[r], r] * (ACTING_COMPETENCE if acting[r] else 1.0)


def move_queue(place: Any, director: Any, vacant: Any, vacancies: Any, member: Any, members: Any, terms: Any) -> None:
    """Whoever was chosen, and all passed over on the way, go to the end of the queue in order."""
    if not terms[0].director.moves_queue:
        return
    for v in range(vacancies[0]):
        r = vacant[v]
        chosen = place[director[r], r]
        for i in range(place.shape[0]):
            passed = place[i, r] <= chosen
            back = place[i, r] + members[r] - 1.0 - chosen
            forward = place[i, r] - chosen - 1.0
            moved = back if passed else forward
            place[i, r] = moved if member[i, r] else place[i, r]


def efficient_budget(
    efficiency: Any,
    total_valuation: Any,
    efficient: Any,
    capacity: Any,
    valuation: Any,
    member: Any,
    terms: Any,
) -> None:
    """Efficiency of the secretariat and the efficient (Samuelson) budget, M$, fixed to the period's end."""
    price = terms[0].valuation.cost_of_funds - terms[0].valuation.joint_product
    satiation = 5.0 * terms[0].valuation.satiation
    for r in range(efficient.shape[0]):
        efficiency[r] = terms[0].secretariat.base_efficiency + terms[0].secretariat.capacity_efficiency * capacity[r]
        total_valuation[r] = 0.0
    for i in range(member.shape[0]):
        for r in range(efficient.shape[0]):
            own, inside = valuation[i, r], member[i, r]
            total_valuation[r] += own if inside else 0.0
    for r in range(efficient.shape[0]):
        fixed = terms[0].institution.fixed_cost
        efficient[r] = total_valuation[r] / price - satiation / efficiency[r] + fixed


def efficient_programme(
    area_demand: Any,
    efficient_delivery: Any,
    efficient_benefit: Any,
    spread: Any,
    efficient: Any,
    efficiency: Any,
    valuation: Any,
    ideal_mix: Any,
    member: Any,
    terms: Any,
) -> None:
    """What the efficient budget would deliver in each area, and its public benefit: the yardstick of delivery.

    Areas that would get less than nothing get nothing, and the rest is divided again among the others, until none
    is closed in any run where anything is wanted at all.
    """
    runs = efficient.shape[0]
    d0 = terms[0].valuation.satiation
    per_satiation = 1.0 / d0
    for a in range(NUMBER_OF_AREAS):
        for r in range(runs):
            area_demand[a, r] = 0.0
            efficient_delivery[a, r] = 1.0
    for i in range(member.shape[0]):
        for r in range(runs):
            own = valuation[i, r]
            wanted = own if member[i, r] else 0.0
            for a in range(NUMBER_OF_AREAS):
                area_demand[a, r] += wanted * ideal_mix[i, a]
    for r in range(runs):
        spread[r] = efficiency[r] * max(0.1, efficient[r] - terms[0].institution.fixed_cost)
    closed = 1
    while closed > 0:
        closed = 0
        for r in range(runs):
            open_areas = 0.0
            open_demand = 0.0
            for a in range(NUMBER_OF_AREAS):
                demand = area_demand[a, r]
                is_open = efficient_delivery[a, r] > 0.0
                open_areas += 1.0 if is_open else 0.0
                open_demand += demand if is_open else 0.0
            per_demand = (spread[r] + d0 * open_areas) / max(1e-300, open_demand)
            for a in range(NUMBER_OF_AREAS):
                amount = area_demand[a, r] * per_demand - d0
                is_open = efficient_delivery[a, r] > 0.0
                closed += 1 if is_open & (amount <= 0.0) & (open_demand > 0.0) else 0
                efficient_delivery[a, r] = max(0.0, amount) if is_open else 0.0
    for r in range(runs):
        enjoyed = 0.0
        for a in range(NUMBER_OF_AREAS):
            enjoyed += area_demand[a, r] * log(1.0 + efficient_delivery[a, r] * per_satiation)
        efficient_benefit[r] = enjoyed
