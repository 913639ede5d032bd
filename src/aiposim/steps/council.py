"""Phase 4, the Council: attendance, margins, the budget, the programme of work, relief.

Seats stand in the order governments, former officials, NGOs; within a kind in the order of the states.
"""

from __future__ import annotations

from math import sqrt
from typing import Any

from aiposim.arithmetic import exp, log, normal_quantile
from aiposim.behaviour.accept_relief.generosity import generosity
from aiposim.behaviour.ask_relief.overcharged import overcharged
from aiposim.behaviour.attend.boycott import boycott
from aiposim.behaviour.vote.acceptance import acceptance, reach
from aiposim.behaviour.vote.ideal_budget import ideal_budget
from aiposim.behaviour.vote.margin import margin
from aiposim.rules.reversion import rule as reversion_rule
from aiposim.rules.voting import (
    CHAIR_YES,
    NO,
    PRESENT,
    ROLL,
    ROLL_WEIGHT,
    SEATS_VOTING,
    SEATS_YES,
    YES,
    YES_WEIGHT,
)

REJECTS = 0
ACCEPTS = 1
ABSTAINS = 2
"""A ballot. Abstaining: present, not among the seats voting, neither accepting nor objecting."""

OFFICIALS_AUDIENCE = 0.3
OFFICE_MARGIN = 0.1
NGO_AMBITION = 0.18
SEAT_WEIGHT = 0.05
BUDGET_SETTLED = 0.02
PROGRAMME_SETTLED = 0.03
ADOPTED = 1e-9
RELIEF_GOODWILL = 0.7


def attendance(attended: Any, hawkishness: Any, frozen_dyads: Any, u_council: Any, terms: Any) -> None:
    """Asked of each state: does its government attend? One answer covers the whole session."""
    for i in range(attended.shape[0]):
        for r in range(attended.shape[1]):
            attended[i, r] = boycott(hawkishness[i, r], frozen_dyads[i, r], u_council[i, 2, r], terms[0].council)


def roll_call(
    attended: Any,
    on_roll: Any,
    present: Any,
    rolls: Any,
    presents: Any,
    roll_weight: Any,
    absent: Any,
    suspensions: Any,
    member: Any,
    suspended: Any,
    share: Any,
) -> None:
    """The roll: member governments not suspended; absent ones stay on it."""
    for r in range(rolls.shape[0]):
        rolls[r] = 0.0
        presents[r] = 0.0
        roll_weight[r] = 0.0
        absent[r] = 0.0
        suspensions[r] = 0.0
    for i in range(member.shape[0]):
        for r in range(rolls.shape[0]):
            attended[i, r] = attended[i, r] and member[i, r]
            on_roll[i, r] = member[i, r] and not suspended[i, r]
            present[i, r] = on_roll[i, r] and attended[i, r]
            rolls[r] += 1.0 if on_roll[i, r] else 0.0
            presents[r] += 1.0 if present[i, r] else 0.0
            roll_weight[r] += share[i, r] if on_roll[i, r] else 0.0
            absent[r] += 1.0 if member[i, r] and not attended[i, r] else 0.0
            suspensions[r] += 1.0 if suspended[i, r] else 0.0


def absence_distrust(bad: Any, attended: Any, member: Any, terms: Any) -> None:
    """A boycott counts against the absent state, for every other member."""
    weight = terms[0].trust.boycott
    for i in range(member.shape[0]):
        for j in range(member.shape[0]):
            if i != j:
                for r in range(member.shape[1]):
                    boycotted = member[i, r] and member[j, r] and not attended[j, r]
                    bad[i, j, r] += weight if boycotted else 0.0


def seat_margins(
    seat_margin: Any,
    seated: Any,
    mean_trust: Any,
    hawkishness: Any,
    competence: Any,
    member: Any,
    alive: Any,
    seat_state: Any,
    u_council: Any,
    u_institute: Any,
    u_ngo: Any,
    terms: Any,
) -> None:
    """Margin of each seat, in logarithms of the budget, with its noise of the period; who has a seat."""
    noise = terms[0].council.noise
    n = member.shape[0]
    for i in range(n):
        for r in range(alive.shape[0]):
            seated[i, r] = member[i, r]
            seated[n + i, r] = member[i, r]
        for r in range(alive.shape[0]):
            own = margin(mean_trust[i, r], hawkishness[i, r], 1.0, competence[r], terms[0].council)
            seat_margin[i, r] = own + noise * normal_quantile(u_council[i, 0, r])
        for r in range(alive.shape[0]):
            official = margin(mean_trust[i, r], hawkishness[i, r], OFFICIALS_AUDIENCE, competence[r], terms[0].council)
            seat_margin[n + i, r] = official + noise * normal_quantile(u_council[i, 1, r])
    for k in range(2 * n, seated.shape[0]):
        state = seat_state[k]
        for r in range(alive.shape[0]):
            u = u_ngo[state, 0, r] if state >= 0 else u_institute[0, r]
            broker = OFFICE_MARGIN + terms[0].council.brokerage * (competence[r] - 0.6)
            seat_margin[k, r] = broker + noise * normal_quantile(u)
            seated[k, r] = member[state, r] if state >= 0 else alive[r]


def budget_ideals(
    ideal: Any,
    own_ideal: Any,
    efficient: Any,
    efficiency: Any,
    valuation: Any,
    share: Any,
    terms: Any,
) -> None:
    """Ideal points of the seats on the line of ln(budget)."""
    price = terms[0].valuation.cost_of_funds - terms[0].valuation.joint_product
    fixed = terms[0].institution.fixed_cost
    n = share.shape[0]
    for r in range(efficient.shape[0]):
        own_ideal[r] = log(max(efficient[r], fixed + 0.5))
    for i in range(n):
        rent = terms[0].valuation.host_benefit if terms[0].institution.host == i else 0.0
        for r in range(efficient.shape[0]):
            satiation = 5.0 * terms[0].valuation.satiation / efficiency[r]
            limit = max(efficient[r], fixed + 0.5)
            wish = ideal_budget(valuation[i, r], price, share[i, r], rent, satiation, fixed, limit)
            ideal[i, r] = log(wish)
            ideal[n + i, r] = 0.5 * (ideal[i, r] + own_ideal[r])
    for k in range(2 * n, ideal.shape[0]):
        for r in range(efficient.shape[0]):
            ideal[k, r] = own_ideal[r] + NGO_AMBITION


def compromise_weights(seat_weight: Any, weight_sum: Any, seated: Any, share: Any, members: Any, terms: Any) -> None:
    """Weight of each seat in the compromise; absent and suspended governments count too."""
    n = share.shape[0]
    for r in range(weight_sum.shape[0]):
        weight_sum[r] = 0.0
    for k in range(seated.shape[0]):
        for r in range(weight_sum.shape[0]):
            weight = SEAT_WEIGHT if terms[0].institution.all_seats_vote else 0.0
            if k < n:
                weight = 0.5 / max(1.0, members[r]) + 0.5 * share[k, r]
            seat_weight[k, r] = weight if seated[k, r] else 0.0
            weight_sum[r] += seat_weight[k, r]


def budget_target(
    target: Any,
    reversion: Any,
    directors_ideal: Any,
    own_ideal: Any,
    ideal: Any,
    seat_weight: Any,
    weight_sum: Any,
    director: Any,
    partiality: Any,
    acting: Any,
    budget: Any,
    terms: Any,
) -> None:
    """The sponsored point between compromise and Director, and the reversion, both as ln(budget).

    Source: Achen in Thomson et al. 2006 (compromise); Tallberg 2003 (agenda power of the chair).
    """
    runs = budget.shape[0]
    for r in range(runs):
        target[r] = 0.0
        reversion[r] = log(reversion_rule(budget[r], terms[0].flexibility))
    for k in range(ideal.shape[0]):
        for r in range(runs):
            target[r] += seat_weight[k, r] * ideal[k, r]
    for i in range(ideal.shape[0] // 2):
        for r in range(runs):
            directors_ideal[r] = ideal[i, r] if director[r] == i else directors_ideal[r]
    for r in range(runs):
        power = 0.0 if acting[r] else terms[0].director.agenda_power
        lean = partiality[r]
        sponsor = (1.0 - lean) * own_ideal[r] + lean * directors_ideal[r]
        target[r] = (1.0 - power) * target[r] / max(1e-9, weight_sum[r]) + power * sponsor


def budget_candidates(
    candidate: Any, seat_reach: Any, target: Any, reversion: Any, ideal: Any, seat_margin: Any, seated: Any
) -> None:
    """Reach of each seat, and the points a setter considers: the target, the ends of every seat's interval."""
    runs = target.shape[0]
    for r in range(runs):
        candidate[0, r] = target[r]
    for k in range(ideal.shape[0]):
        for r in range(runs):
            seat_reach[k, r] = reach(abs(reversion[r] - ideal[k, r]), seat_margin[k, r])
        for r in range(runs):
            exists = seated[k, r] and seat_reach[k, r] >= 0.0
            candidate[1 + 2 * k, r] = ideal[k, r] - seat_reach[k, r] if exists else reversion[r]
            candidate[2 + 2 * k, r] = ideal[k, r] + seat_reach[k, r] if exists else reversion[r]


def budget_distances(budget_distance: Any, candidate: Any, ideal: Any) -> None:
    """Distance of every candidate from every seat's ideal."""
    for c in range(candidate.shape[0]):
        for k in range(ideal.shape[0]):
            for r in range(candidate.shape[1]):
                budget_distance[c, k, r] = abs(candidate[c, r] - ideal[k, r])


def programme_target(
    mix_target: Any,
    mix_gap: Any,
    mix: Any,
    seat_mix: Any,
    un_mix: Any,
    ideal_mix: Any,
    seat_weight: Any,
    weight_sum: Any,
    director: Any,
    partiality: Any,
    acting: Any,
    terms: Any,
) -> None:
    """The sponsored programme, and its distance from the programme in force."""
    areas, runs = mix.shape
    n = ideal_mix.shape[0]
    for r in range(runs):
        mix_gap[r] = 0.0
    for a in range(areas):
        for r in range(runs):
            mix_target[a, r] = 0.0
        for k in range(seat_mix.shape[0]):
            for r in range(runs):
                mix_target[a, r] += seat_weight[k, r] * seat_mix[k, a]
        for r in range(runs):
            directors = 0.0
            for i in range(n):
                directors += ideal_mix[i, a] if director[r] == i else 0.0
            power = 0.0 if acting[r] else terms[0].director.agenda_power
            sponsor = (1.0 - partiality[r]) * un_mix[a] + partiality[r] * directors
            middle = mix_target[a, r] / max(1e-9, weight_sum[r])
            mix_target[a, r] = (1.0 - power) * middle + power * sponsor
        for r in range(runs):
            gap = mix_target[a, r] - mix[a, r]
            mix_gap[r] += gap * gap
    for r in range(runs):
        mix_gap[r] = sqrt(mix_gap[r])


def programme_distances(
    programme_distance: Any,
    seat_reach: Any,
    status_quo_distance: Any,
    mix: Any,
    mix_target: Any,
    seat_mix: Any,
    seat_margin: Any,
    terms: Any,
) -> None:
    """Distance of the steps towards the target from every seat's ideal programme, and each seat's reach."""
    areas, runs = mix.shape
    scale = terms[0].council.programme_margin
    for k in range(seat_mix.shape[0]):
        for r in range(runs):
            status_quo_distance[k, r] = 0.0
        for a in range(areas):
            for r in range(runs):
                gap = mix[a, r] - seat_mix[k, a]
                status_quo_distance[k, r] += gap * gap
        for r in range(runs):
            status_quo_distance[k, r] = sqrt(status_quo_distance[k, r])
        for r in range(runs):
            seat_reach[k, r] = reach(status_quo_distance[k, r], scale * seat_margin[k, r])
        for c in range(programme_distance.shape[0]):
            step = 1.0 - 0.25 * c
            for r in range(runs):
                programme_distance[c, k, r] = 0.0
            for a in range(areas):
                for r in range(runs):
                    proposal = mix[a, r] + step * (mix_target[a, r] - mix[a, r])
                    gap = proposal - seat_mix[k, a]
                    programme_distance[c, k, r] += gap * gap
            for r in range(runs):
                programme_distance[c, k, r] = sqrt(programme_distance[c, k, r])


def ballots(ballot: Any, distance: Any, seat_reach: Any) -> None:
    """Asked of each seat, for every motion: does it accept?"""
    for c in range(ballot.shape[0]):
        for k in range(ballot.shape[1]):
            for r in range(ballot.shape[2]):
                ballot[c, k, r] = ACCEPTS if acceptance(distance[c, k, r], seat_reach[k, r]) else REJECTS


def count_ballots(
    tally: Any,
    ballot: Any,
    on_roll: Any,
    present: Any,
    seated: Any,
    rolls: Any,
    presents: Any,
    roll_weight: Any,
    share: Any,
    director: Any,
    terms: Any,
) -> None:
    """Count the ballots of every motion of the session, in the form a voting rule takes."""
    n = on_roll.shape[0]
    runs = rolls.shape[0]
    for c in range(ballot.shape[0]):
        for r in range(runs):
            tally[YES, c, r] = 0.0
            tally[NO, c, r] = 0.0
            tally[PRESENT, c, r] = presents[r]
            tally[ROLL, c, r] = rolls[r]
            tally[YES_WEIGHT, c, r] = 0.0
            tally[ROLL_WEIGHT, c, r] = roll_weight[r]
            tally[SEATS_YES, c, r] = 0.0
            tally[SEATS_VOTING, c, r] = 0.0
            tally[CHAIR_YES, c, r] = 0.0
        for i in range(n):
            for r in range(runs):
                accepts = present[i, r] and ballot[c, i, r] == ACCEPTS
                rejects = present[i, r] and ballot[c, i, r] == REJECTS
                tally[YES, c, r] += 1.0 if accepts else 0.0
                tally[NO, c, r] += 1.0 if rejects else 0.0
                tally[YES_WEIGHT, c, r] += share[i, r] if accepts else 0.0
                tally[CHAIR_YES, c, r] += 1.0 if accepts and director[r] == i else 0.0
        for r in range(runs):
            tally[SEATS_YES, c, r] = tally[YES, c, r]
            tally[SEATS_VOTING, c, r] = tally[YES, c, r] + tally[NO, c, r]
        if terms[0].institution.all_seats_vote:
            for k in range(n, ballot.shape[1]):
                for r in range(runs):
                    tally[SEATS_YES, c, r] += 1.0 if seated[k, r] and ballot[c, k, r] == ACCEPTS else 0.0
                    tally[SEATS_VOTING, c, r] += 1.0 if seated[k, r] else 0.0


def adopt_budget(
    budget: Any,
    adopted: Any,
    settled: Any,
    decided: Any,
    decision_gap: Any,
    candidate: Any,
    budget_passed: Any,
    target: Any,
    reversion: Any,
    alive: Any,
    terms: Any,
) -> None:
    """The carried point nearest the target, if nearer than the reversion; else the reversion.

    Source: Romer & Rosenthal 1978, Public Choice 33.
    """
    runs = budget.shape[0]
    for r in range(runs):
        decided[r] = reversion[r]
        decision_gap[r] = abs(reversion[r] - target[r])
        settled[r] = decision_gap[r] <= BUDGET_SETTLED
    for c in range(candidate.shape[0]):
        for r in range(runs):
            gap = abs(candidate[c, r] - target[r])
            nearer = budget_passed[c, r] and gap < decision_gap[r]
            decided[r] = candidate[c, r] if nearer else decided[r]
            decision_gap[r] = gap if nearer else decision_gap[r]
    for r in range(runs):
        adopted[r] = alive[r] and abs(decided[r] - reversion[r]) > ADOPTED
        settled[r] = settled[r] or adopted[r]
        fresh = max(terms[0].institution.fixed_cost + 0.25, exp(decided[r]))
        budget[r] = fresh if alive[r] else budget[r]


def outvoted_on_budget(
    grievance: Any,
    adopted: Any,
    decided: Any,
    reversion: Any,
    ideal: Any,
    seat_reach: Any,
    member: Any,
) -> None:
    """A government whose interval does not hold the adopted budget resents what it loses against reversion."""
    for i in range(member.shape[0]):
        for r in range(member.shape[1]):
            distance = abs(decided[r] - ideal[i, r])
            outvoted = adopted[r] and member[i, r] and not acceptance(distance, seat_reach[i, r])
            loss = max(0.0, distance - abs(reversion[r] - ideal[i, r]))
            grievance[i, r] += loss if outvoted else 0.0


def adopt_programme(
    mix: Any,
    adopted: Any,
    settled: Any,
    chosen_step: Any,
    mix_target: Any,
    mix_gap: Any,
    programme_passed: Any,
    alive: Any,
) -> None:
    """The largest carried step towards the target; nothing is proposed when it is within 0.03."""
    runs = adopted.shape[0]
    for r in range(runs):
        chosen_step[r] = -1
    for c in range(programme_passed.shape[0]):
        for r in range(runs):
            chosen_step[r] = c if chosen_step[r] < 0 and programme_passed[c, r] else chosen_step[r]
    for r in range(runs):
        near = mix_gap[r] < PROGRAMME_SETTLED
        adopted[r] = alive[r] and not near and chosen_step[r] >= 0
        settled[r] = near or adopted[r]
    for a in range(mix.shape[0]):
        for r in range(runs):
            step = 1.0 - 0.25 * chosen_step[r]
            moved = mix[a, r] + step * (mix_target[a, r] - mix[a, r])
            mix[a, r] = moved if adopted[r] else mix[a, r]


def outvoted_on_programme(
    grievance: Any,
    adopted: Any,
    chosen_step: Any,
    programme_distance: Any,
    status_quo_distance: Any,
    seat_reach: Any,
    member: Any,
) -> None:
    """A government whose interval does not hold the adopted programme resents what it loses."""
    for i in range(member.shape[0]):
        for c in range(programme_distance.shape[0]):
            for r in range(member.shape[1]):
                distance = programme_distance[c, i, r]
                accepts = acceptance(distance, seat_reach[i, r])
                outvoted = adopted[r] and chosen_step[r] == c and member[i, r] and not accepts
                loss = max(0.0, distance - status_quo_distance[i, r])
                grievance[i, r] += loss if outvoted else 0.0


def veto_distrust(bad: Any, settled: Any, ballot: Any, present: Any, member: Any, terms: Any) -> None:
    """When the sponsored motion (number 0) fails, who voted it down loses the trust of who would accept it."""
    weight = terms[0].trust.veto
    for i in range(member.shape[0]):
        for j in range(member.shape[0]):
            if i != j:
                for r in range(member.shape[1]):
                    against = present[j, r] and ballot[0, j, r] == REJECTS
                    for_it = member[i, r] and ballot[0, i, r] == ACCEPTS
                    bad[i, j, r] += weight if against and for_it and not settled[r] else 0.0


def ask_relief(relief_claim: Any, key: Any, fair_share: Any) -> None:
    """Asked of each state: what is its claim to relief, if any?"""
    for i in range(key.shape[0]):
        for r in range(key.shape[1]):
            relief_claim[i, r] = overcharged(key[i, r], fair_share[i, r])


def choose_claimant(claimant: Any, largest_claim: Any, relief_claim: Any, attended: Any, member: Any) -> None:
    """The largest claim is put to the Council, if all member governments attend; -1: none."""
    for r in range(claimant.shape[0]):
        claimant[r] = -1
        largest_claim[r] = 0.0
    for i in range(member.shape[0]):
        for r in range(claimant.shape[0]):
            larger = member[i, r] and relief_claim[i, r] > largest_claim[r]
            claimant[r] = i if larger else claimant[r]
            largest_claim[r] = relief_claim[i, r] if larger else largest_claim[r]
    for i in range(member.shape[0]):
        for r in range(claimant.shape[0]):
            claimant[r] = -1 if member[i, r] and not attended[i, r] else claimant[r]


def accept_relief(relief_accepted: Any, claimant: Any, key: Any, mean_trust: Any, hawkishness: Any, terms: Any) -> None:
    """Asked of each other state, suspended or not: does it accept the relief?"""
    for i in range(key.shape[0]):
        for j in range(key.shape[0]):
            if i != j:
                for r in range(claimant.shape[0]):
                    answer = generosity(key[i, r], mean_trust[j, r], hawkishness[j, r], terms[0].council)
                    relief_accepted[j, r] = answer if claimant[r] == i else relief_accepted[j, r]


def grant_relief(
    relief_pending: Any,
    grievance: Any,
    granted: Any,
    total_reliefs: Any,
    claimant: Any,
    relief_accepted: Any,
    member: Any,
) -> None:
    """Relief takes every other member's consent; it lightens grievance at once, and the share at the review."""
    for r in range(claimant.shape[0]):
        granted[r] = claimant[r] >= 0
    for j in range(member.shape[0]):
        for r in range(claimant.shape[0]):
            consents = claimant[r] == j or not member[j, r] or relief_accepted[j, r]
            granted[r] = granted[r] and consents
    for r in range(claimant.shape[0]):
        relief_pending[r] = claimant[r] if granted[r] else relief_pending[r]
        total_reliefs[r] += 1.0 if granted[r] else 0.0
    for i in range(member.shape[0]):
        for r in range(claimant.shape[0]):
            eased = granted[r] and claimant[r] == i
            grievance[i, r] = RELIEF_GOODWILL * grievance[i, r] if eased else grievance[i, r]
