"""Phase 4, even periods: the budget, found by a setter on a line round the sponsored point.

Source: Romer & Rosenthal 1978, Public Choice 33; Achen in Thomson et al. 2006, The European Union Decides.
"""

from __future__ import annotations

from typing import Any

from aiposim.arithmetic import exp, log
from aiposim.behaviour.vote.acceptance import acceptance, reach
from aiposim.behaviour.vote.ideal_budget import ideal_budget
from aiposim.rules.reversion import rule as reversion_rule
from aiposim.steps._motions import ACCEPTS, REJECTS

NGO_AMBITION = 0.18
BUDGET_SETTLED = 0.02
ADOPTED = 1e-9


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
    agenda_power = terms[0].director.agenda_power
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
        power = 0.0 if acting[r] else agenda_power
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
            middle, none, sits = ideal[k, r], reversion[r], seated[k, r]
            radius = reach(abs(none - middle), seat_margin[k, r])
            exists = (radius >= 0.0) & sits
            seat_reach[k, r] = radius
            candidate[1 + 2 * k, r] = middle - radius if exists else none
            candidate[2 + 2 * k, r] = middle + radius if exists else none


def budget_ballots(budget_ballot: Any, candidate: Any, ideal: Any, seat_reach: Any) -> None:
    """Asked of each seat, for every candidate: does it accept?"""
    for k in range(ideal.shape[0]):
        for r in range(candidate.shape[1]):
            distance = abs(candidate[0, r] - ideal[k, r])
            budget_ballot[0, k, r] = ACCEPTS if acceptance(distance, seat_reach[k, r]) else REJECTS
        for c in range(1, candidate.shape[0], 2):  # the two ends of an interval together: a third sooner
            for r in range(candidate.shape[1]):
                point, radius = ideal[k, r], seat_reach[k, r]
                low, high = abs(candidate[c, r] - point), abs(candidate[c + 1, r] - point)
                budget_ballot[c, k, r] = ACCEPTS if acceptance(low, radius) else REJECTS
                budget_ballot[c + 1, k, r] = ACCEPTS if acceptance(high, radius) else REJECTS


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
            point, passed = candidate[c, r], budget_passed[c, r]
            gap = abs(point - target[r])
            nearer = (gap < decision_gap[r]) & passed
            decided[r] = point if nearer else decided[r]
            decision_gap[r] = gap if nearer else decision_gap[r]
    for r in range(runs):
        adopted[r] = alive[r] & (abs(decided[r] - reversion[r]) > ADOPTED)
        settled[r] |= adopted[r]
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
            distance, fresh, inside = abs(decided[r] - ideal[i, r]), adopted[r], member[i, r]
            accepts = acceptance(distance, seat_reach[i, r])
            loss = max(0.0, distance - abs(reversion[r] - ideal[i, r]))
            grievance[i, r] += loss if fresh & inside & (not accepts) else 0.0
