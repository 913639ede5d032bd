"""Phase 9, evaluation: payoffs inside and outside, smoothed surplus, grievance, trust, experience of co-operation."""

from __future__ import annotations

from math import sqrt
from typing import Any

from aiposim.arithmetic import log
from aiposim.quantities import NUMBER_OF_AREAS

OPT_OUT_BENEFIT = 0.6
OUTSIDE_RESPONSE = 0.5
VOICE_EVIDENCE = 0.15
DEPLOYMENT_EVIDENCE = 0.1
FOUNDING_WEIGHT = 9.0


def public_benefit(
    benefit: Any,
    benefit_without: Any,
    benefit_of_area: Any,
    delivery: Any,
    working_mix: Any,
    received: Any,
    paid: Any,
    efficiency: Any,
    valuation: Any,
    ideal_mix: Any,
    opted_out: Any,
    alive: Any,
    terms: Any,
) -> None:
    """Each founder's benefit from the programme, and what it would be without the founder's own money, M$."""
    per_satiation = 1.0 / terms[0].valuation.satiation
    fixed = terms[0].institution.fixed_cost
    runs = received.shape[0]
    for a in range(delivery.shape[0]):
        for r in range(runs):
            benefit_of_area[a, r] = log(1.0 + delivery[a, r] * per_satiation)
    for i in range(benefit.shape[0]):
        for r in range(runs):
            rest = efficiency[r] * max(0.0, received[r] - paid[i, r] - fixed) * per_satiation
            with_own = 0.0
            without = 0.0
            for a in range(NUMBER_OF_AREAS):
                weight = ideal_mix[i, a] * (OPT_OUT_BENEFIT if opted_out[i, r] == a else 1.0)
                with_own += weight * benefit_of_area[a, r]
                without += weight * log(1.0 + working_mix[a, r] * rest)
            benefit[i, r] = valuation[i, r] * with_own
            benefit_without[i, r] = valuation[i, r] * without if alive[r] else 0.0


def payoffs(
    payoff: Any,
    outside: Any,
    benefit: Any,
    benefit_without: Any,
    valuation: Any,
    total_valuation: Any,
    crises_value: Any,
    joint: Any,
    members: Any,
    member: Any,
    attended: Any,
    posts: Any,
    paid: Any,
    received: Any,
    alive: Any,
    terms: Any,
) -> None:
    """Payoff of the period inside and outside the institute, M$; nothing after dissolution.

    A founder that has left earns its outside payoff, with the whole of what is delivered.
    """
    v = terms[0].valuation
    seat_value = v.seat_value
    for i in range(payoff.shape[0]):
        rent = v.host_benefit if terms[0].institution.host == i else 0.0
        for r in range(received.shape[0]):
            inside = member[i, r]
            own_valuation = valuation[i, r]
            everybody = total_valuation[r] + (0.0 if inside else own_valuation)
            extra = v.crisis_value * crises_value[r] + v.voice_value * joint[r]
            extra = own_valuation / max(1e-300, everybody) * extra
            own = v.joint_product * sqrt(members[r] * posts[i, r]) * paid[i, r]
            seat = seat_value if attended[i, r] else 0.0
            within = benefit[i, r] + extra + own + rent * received[r] + seat - v.cost_of_funds * paid[i, r]
            left = terms[0].withdrawal.spillover * (benefit_without[i, r] + OUTSIDE_RESPONSE * extra)
            payoff[i, r] = within
            outside[i, r] = left
        # In a loop of its own, so that nothing above is done under a condition.
        for r in range(received.shape[0]):
            within, left = payoff[i, r], outside[i, r]
            payoff[i, r] = within if member[i, r] else 0.0
            outside[i, r] = left if alive[r] else 0.0


def moods(
    surplus: Any,
    grievance: Any,
    payoff: Any,
    outside: Any,
    valuation: Any,
    share: Any,
    fair_share: Any,
    member: Any,
) -> None:
    """Smoothed surplus of membership, relative to the valuation; grievance fades, and grows when overcharged."""
    for i in range(surplus.shape[0]):
        for r in range(surplus.shape[1]):
            gain = (payoff[i, r] - outside[i, r]) / valuation[i, r]
            over = max(0.0, (share[i, r] - fair_share[i, r]) / max(1e-300, share[i, r]))
            over = over if share[i, r] > 0.0 else 0.0
            smoothed = 0.85 * surplus[i, r] + 0.15 * gain
            resented = 0.85 * grievance[i, r] + 0.05 * over
            surplus[i, r] = smoothed if member[i, r] else surplus[i, r]
            grievance[i, r] = resented if member[i, r] else grievance[i, r]


def trust_evidence(
    good: Any,
    bad: Any,
    for_it: Any,
    against: Any,
    prior_trust: Any,
    willing_part: Any,
    joint: Any,
    deployed: Any,
    member: Any,
    terms: Any,
) -> None:
    """Beliefs fade towards the prior; members add the evidence of payment, joint voice and deployment.

    Source: Beta-Bernoulli belief with fading memory; Axelrod 1984 (reciprocity).
    """
    memory = terms[0].trust.memory
    prior = (1.0 - memory) * terms[0].trust.prior_weight
    for j in range(member.shape[0]):
        for r in range(joint.shape[0]):
            part = willing_part[j, r]
            helped = DEPLOYMENT_EVIDENCE if deployed[j, r] > 0.0 else 0.0
            for_it[r] = terms[0].trust.payment_good * part + VOICE_EVIDENCE * joint[r] + helped
            against[r] = terms[0].trust.payment_bad * (1.0 - part)
        for i in range(member.shape[0]):
            if i != j:
                hope = prior * prior_trust[i, j]
                fear = prior * (1.0 - prior_trust[i, j])
                for r in range(joint.shape[0]):
                    merit, fault, one, other = for_it[r], against[r], member[i, r], member[j, r]
                    good[i, j, r] = memory * good[i, j, r] + hope + (merit if one & other else 0.0)
                    bad[i, j, r] = memory * bad[i, j, r] + fear + (fault if one & other else 0.0)


def experience(
    cooperation: Any,
    delivery_ratio: Any,
    benefit: Any,
    efficient_benefit: Any,
    timely: Any,
    members: Any,
    member: Any,
    alive: Any,
    terms: Any,
) -> None:
    """What publics and ministries have lately seen of the institute working, 0..1; it calms the world."""
    speed = terms[0].incidents.cooperation_memory
    founders = member.shape[0]
    for r in range(cooperation.shape[0]):
        delivery_ratio[r] = 0.0
    for i in range(founders):
        for r in range(cooperation.shape[0]):
            enjoyed, inside = benefit[i, r], member[i, r]
            delivery_ratio[r] += enjoyed if inside else 0.0
    for r in range(cooperation.shape[0]):
        ratio = delivery_ratio[r] / max(1e-300, efficient_benefit[r])
        delivery_ratio[r] = ratio if alive[r] else 0.0
        seen = 0.5 * (min(1.0, delivery_ratio[r]) + timely[r]) * members[r] / founders
        seen = seen if alive[r] else 0.0
        cooperation[r] = (1.0 - speed) * cooperation[r] + speed * seen
