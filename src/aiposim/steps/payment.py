"""Phase 6, payment: pledges or assessed contributions, opt-outs, in-kind credit, propensity, arrears."""

from __future__ import annotations

from math import sqrt
from typing import Any

from aiposim.behaviour.opt_out.too_dear import too_dear
from aiposim.behaviour.pay.propensity import inclination
from aiposim.behaviour.pay.propensity import propensity as propensity_to_pay
from aiposim.behaviour.pay.willingness import willingness
from aiposim.behaviour.pledge.nash_and_conditional import nash_and_conditional
from aiposim.quantities import NUMBER_OF_AREAS
from aiposim.rules.sanction import fear_for_turn
from aiposim.rules.sanction import rule as sanction_rule

OPT_OUT_SAVING = 0.9
PERSON_HALF_YEAR = 6.0 * 1332.0 / 1e6
"""M$ per person deployed for half a year: the UN rate of 1,332 US$ a person-month from 1 July 2014."""
PLEDGE_NORM = 0.85
SMALLEST_SHARE = 0.001
LATE_PART = 0.5


def pledges(
    pledge: Any,
    valuation: Any,
    efficiency: Any,
    budget: Any,
    share: Any,
    propensity: Any,
    fair_share: Any,
    fair_sum: Any,
    mean_trust: Any,
    member: Any,
    terms: Any,
) -> None:
    """Asked of each state: how much does it pledge? From last period's budget, shares and propensities."""
    price = terms[0].valuation.cost_of_funds - terms[0].valuation.joint_product
    fixed = terms[0].institution.fixed_cost
    for r in range(budget.shape[0]):
        fair_sum[r] = 0.0
    for i in range(share.shape[0]):
        for r in range(budget.shape[0]):
            fair_sum[r] += fair_share[i, r] if member[i, r] else 0.0
    for i in range(share.shape[0]):
        for r in range(budget.shape[0]):
            pledge[i, r] = nash_and_conditional(
                valuation[i, r],
                price,
                5.0 * terms[0].valuation.satiation / efficiency[r],
                fixed,
                (1.0 - propensity[i, r] * share[i, r]) * budget[r],
                fair_share[i, r] / max(1e-300, fair_sum[r]),
                budget[r],
                mean_trust[i, r],
                share[i, r] * budget[r],
            )


def pool_pledges(
    budget: Any, share: Any, pledge: Any, pledged: Any, share_sum: Any, member: Any, alive: Any, terms: Any
) -> None:
    """The budget is what was pledged, the shares are each pledge's part of it (at least a thousandth)."""
    runs = budget.shape[0]
    for r in range(runs):
        pledged[r] = 0.0
        share_sum[r] = 0.0
    for i in range(share.shape[0]):
        for r in range(runs):
            pledged[r] += pledge[i, r] if member[i, r] else 0.0
    for i in range(share.shape[0]):
        for r in range(runs):
            given = pledge[i, r] if member[i, r] else 0.0
            part = max(SMALLEST_SHARE, given / max(1e-300, pledged[r]))
            share[i, r] = part if member[i, r] else 0.0
            share_sum[r] += share[i, r]
    for r in range(runs):
        budget[r] = max(terms[0].institution.fixed_cost + 0.25, pledged[r]) if alive[r] else budget[r]
    for i in range(share.shape[0]):
        for r in range(runs):
            share[i, r] = share[i, r] / max(1e-300, share_sum[r])


def effective_programme(working_mix: Any, mix: Any, share: Any, ideal_mix: Any, terms: Any) -> None:
    """The programme the money follows: the voted one; under pledges half of it is earmarked by the givers."""
    areas, runs = mix.shape
    for a in range(areas):
        for r in range(runs):
            working_mix[a, r] = mix[a, r]
        if terms[0].institution.voluntary:
            for r in range(runs):
                working_mix[a, r] = 0.5 * mix[a, r]
            for i in range(share.shape[0]):
                for r in range(runs):
                    working_mix[a, r] += 0.5 * share[i, r] * ideal_mix[i, a]


def opt_outs(
    opted_out: Any,
    share: Any,
    budget: Any,
    propensity: Any,
    mix: Any,
    valuation: Any,
    delivery: Any,
    ideal_mix: Any,
    member: Any,
    terms: Any,
) -> None:
    """Asked of each state: which area does it leave? The first that is too dear, -1: none."""
    price = terms[0].valuation.cost_of_funds - terms[0].valuation.joint_product
    d0 = terms[0].valuation.satiation
    for i in range(share.shape[0]):
        for r in range(budget.shape[0]):
            opted_out[i, r] = -1
        for a in range(mix.shape[0]):
            for r in range(budget.shape[0]):
                leaves = too_dear(
                    share[i, r] * budget[r],
                    price,
                    propensity[i, r],
                    mix[a, r],
                    valuation[i, r],
                    ideal_mix[i, a],
                    delivery[a, r],
                    d0,
                )
                before = opted_out[i, r]
                opted_out[i, r] = a if leaves & (before < 0) & member[i, r] else before


def dues(
    due: Any,
    share: Any,
    budget: Any,
    opted_out: Any,
    mix: Any,
    deployed: Any,
    member: Any,
    terms: Any,
) -> None:
    """Assessed contributions, M$, less opt-out savings and the credit for persons deployed."""
    credit_share = terms[0].flexibility.inkind_credit
    for i in range(share.shape[0]):
        for r in range(budget.shape[0]):
            due[i, r] = share[i, r] * budget[r] if member[i, r] else 0.0
        if not terms[0].institution.voluntary:
            for r in range(budget.shape[0]):
                saved = 0.0
                for a in range(NUMBER_OF_AREAS):
                    of_area = mix[a, r]
                    saved = OPT_OUT_SAVING * of_area if opted_out[i, r] == a else saved
                assessed = due[i, r] * (1.0 - saved)
                credit = min(credit_share * assessed, deployed[i, r] * PERSON_HALF_YEAR)
                due[i, r] = assessed - credit


def propensities(
    propensity: Any,
    marginal_benefit: Any,
    own_return: Any,
    trust_in_director: Any,
    bias_felt: Any,
    stake: Any,
    inclined: Any,
    working_mix: Any,
    efficiency: Any,
    valuation: Any,
    ideal_mix: Any,
    delivery: Any,
    members: Any,
    posts: Any,
    mean_trust: Any,
    trust: Any,
    share: Any,
    fair_share: Any,
    hawkishness: Any,
    long_run_hawkishness: Any,
    partiality: Any,
    director: Any,
    grievance: Any,
    arrears: Any,
    due: Any,
    two_year_dues: Any,
    place: Any,
    member: Any,
    terms: Any,
) -> None:
    """Each member's willingness to pay adjusts to norm, interest, trust, fairness, sanctions and mood."""
    d0 = terms[0].valuation.satiation
    factor = PLEDGE_NORM if terms[0].institution.voluntary else 1.0
    runs = efficiency.shape[0]
    for a in range(NUMBER_OF_AREAS):
        for r in range(runs):
            marginal_benefit[a, r] = efficiency[r] * working_mix[a, r] / (d0 + delivery[a, r])
    for i in range(member.shape[0]):
        for r in range(runs):
            trust_in_director[r] = 0.0
        for j in range(member.shape[0]):
            if i != j:
                for r in range(runs):
                    held = trust[i, j, r]
                    trust_in_director[r] += held if director[r] == j else 0.0
        for r in range(runs):
            public = 0.0
            for a in range(NUMBER_OF_AREAS):
                public += ideal_mix[i, a] * marginal_benefit[a, r]
            private = terms[0].valuation.joint_product * sqrt(members[r] * posts[i, r])
            own_return[r] = valuation[i, r] * public + private
        for r in range(runs):
            foreign = (director[r] != i) & (director[r] >= 0)
            bias_felt[r] = partiality[r] * (1.0 - trust_in_director[r]) if foreign else 0.0
        for r in range(runs):
            stake[r] = sanction_rule(arrears[i, r], due[i, r], two_year_dues[i, r], terms[0].payment)
        if terms[0].institution.turn_at_stake:
            turn_value = terms[0].payment.turn_value
            for r in range(runs):
                stake[r] += fear_for_turn(arrears[i, r], two_year_dues[i, r], place[i, r], turn_value)
        for r in range(runs):
            inclined[r] = inclination(
                factor,
                own_return[r],
                terms[0].valuation.cost_of_funds,
                mean_trust[i, r],
                stake[r],
                share[i, r],
                fair_share[i, r],
                hawkishness[i, r],
                long_run_hawkishness[i],
                bias_felt[r],
                grievance[i, r],
                terms[0].payment,
            )
        for r in range(runs):
            before = propensity[i, r]
            fresh = propensity_to_pay(before, inclined[r], terms[0].payment)
            propensity[i, r] = fresh if member[i, r] else before


def willing_shares(willing: Any, propensity: Any, notice: Any) -> None:
    """Asked of each state: what share of its dues will it pay?"""
    for i in range(willing.shape[0]):
        for r in range(willing.shape[1]):
            willing[i, r] = willingness(propensity[i, r], notice[i, r])


def payments(
    paid: Any,
    paid_in_time: Any,
    willing_part: Any,
    arrears: Any,
    due_memory: Any,
    collected: Any,
    received: Any,
    total_due: Any,
    timely: Any,
    willing: Any,
    propensity: Any,
    due: Any,
    member: Any,
    alive: Any,
    u_council: Any,
    terms: Any,
    t: int,
) -> None:
    """Money paid, M$: of this period's dues, late or not, and of old arrears; what remains is owed.

    The institute receives what it collects from its members, and the external funds.

    `willing_part` is the evidence of good will that others see: lateness is no evidence.
    """
    catch_up = terms[0].payment.catch_up
    late = terms[0].payment.late
    growth = 1.0 + terms[0].payment.interest / 2.0 if terms[0].institution.charges_interest else 1.0
    owes = 0.0 if terms[0].institution.voluntary else 1.0
    runs = received.shape[0]
    for r in range(runs):
        collected[r] = 0.0
        total_due[r] = 0.0
        timely[r] = 0.0
    for i in range(member.shape[0]):
        for r in range(runs):
            caught_up = catch_up * propensity[i, r] * arrears[i, r]
            promised = willing[i, r] * due[i, r]
            evidence = min(1.0, (promised + caught_up) / max(1e-6, due[i, r]))
            willing_part[i, r] = 1.0 if due[i, r] < 1e-6 else evidence
            in_time = promised * (LATE_PART if u_council[i, 3, r] < late else 1.0)
            paid_in_time[i, r] = in_time if member[i, r] else 0.0
            paid[i, r] = in_time + caught_up if member[i, r] else 0.0
            owed = max(0.0, arrears[i, r] + due[i, r] - paid[i, r]) * growth * owes
            arrears[i, r] = owed if member[i, r] else 0.0
            due_memory[t % 4, i, r] = due[i, r]
        for r in range(runs):
            collected[r] += paid[i, r]
            total_due[r] += due[i, r]
            timely[r] += paid_in_time[i, r]
    external = terms[0].institution.external_funds
    for r in range(runs):
        timely[r] = timely[r] / max(1e-300, total_due[r])
        received[r] = collected[r] + external if alive[r] else 0.0


def lateness(paid_late: Any, u_council: Any, terms: Any) -> None:
    """Whose payment was hit by a late shock, for the waiver of next period."""
    late = terms[0].payment.late
    for i in range(paid_late.shape[0]):
        for r in range(paid_late.shape[1]):
            paid_late[i, r] = u_council[i, 3, r] < late
