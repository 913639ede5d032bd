"""Phase 10, record: what the outcome measures are made of. Nothing here feeds back into the model.

A measure is formed over the period's members (before exits) and summed over the periods the institute lives;
the functions in `aiposim.measures` turn the sums into the columns of `runs`. `observed` holds the period's
values for the bands (rows in the order of `aiposim.state.BANDS`), nan where a measure is not defined.
"""

from __future__ import annotations

from math import sqrt
from typing import Any

from aiposim.arithmetic import exp
from aiposim.quantities import NUMBER_OF_AREAS
from aiposim.state import (
    ARREARS_YEARS,
    BINS,
    BUDGET,
    BUDGET_RATIO,
    COLLECTION_RATE,
    COOPERATION_INDEX,
    DECISION_RATE,
    DELIVERED,
    DELIVERY_RATIO,
    FIXED_POINT,
    INCIDENTS,
    MEMBERS,
    RESPONSE_DAYS,
    RESPONSE_EFFECTIVENESS,
    SECRETARIAT_CAPACITY,
    SHARE,
    STRANDS,
    TIMELY_COLLECTION_RATE,
    TRUST,
    TRUST_FOUNDERS,
    WOMEN_SHARE,
)

WELFARE_DISCOUNT = 0.98
TARGET_DAYS = 60.0


def record_session(
    items: Any,
    settled_items: Any,
    total_items: Any,
    total_settled: Any,
    settled: Any,
    crisis_items: Any,
    crises_settled: Any,
    alive: Any,
    terms: Any,
    t: int,
) -> None:
    """Items put to a vote and settled: the budget (even periods, not under pledges), the programme, crises."""
    budget = t % 2 == 0
    votes = not (budget and terms[0].institution.voluntary)
    kind = 0 if budget else 1
    for r in range(items.shape[0]):
        one = 1.0 if alive[r] & votes else 0.0
        done = one if settled[r] else 0.0
        items[r] = one + crisis_items[r]
        settled_items[r] = done + crises_settled[r]
        total_items[kind, r] += one
        total_settled[kind, r] += done
        total_items[2, r] += crisis_items[r]
        total_settled[2, r] += crises_settled[r]


def record_trust(
    average_trust: Any,
    founders_trust: Any,
    end_trust: Any,
    trust: Any,
    mean_trust: Any,
    member: Any,
    members: Any,
    alive: Any,
) -> None:
    """Mean trust among members, and over all ordered pairs of founders."""
    n = member.shape[0]
    for r in range(alive.shape[0]):
        average_trust[r] = 0.0
        founders_trust[r] = 0.0
    for i in range(n):
        for r in range(alive.shape[0]):
            average_trust[r] += mean_trust[i, r] if member[i, r] else 0.0
        for j in range(n):
            if i != j:
                for r in range(alive.shape[0]):
                    founders_trust[r] += trust[i, j, r]
    for r in range(alive.shape[0]):
        average_trust[r] = average_trust[r] / max(1.0, members[r])
        founders_trust[r] = founders_trust[r] / (n * (n - 1.0))
        end_trust[r] = average_trust[r] if alive[r] else end_trust[r]


def record_burden(
    burden_gini: Any,
    burden_sum: Any,
    burden: Any,
    paid: Any,
    valuation: Any,
    member: Any,
    members: Any,
) -> None:
    """Gini coefficient (population form) of payment in relation to valuation, among members."""
    n = member.shape[0]
    runs = members.shape[0]
    for r in range(runs):
        burden_gini[r] = 0.0
        burden_sum[r] = 0.0
    for i in range(n):
        for r in range(runs):
            burden[i, r] = paid[i, r] / valuation[i, r]
            burden_sum[r] += burden[i, r] if member[i, r] else 0.0
    for i in range(n):
        for j in range(n):
            if i != j:
                for r in range(runs):
                    gap = abs(burden[i, r] - burden[j, r])
                    burden_gini[r] += gap if member[i, r] & member[j, r] else 0.0
    for r in range(members.shape[0]):
        burden_gini[r] = burden_gini[r] / max(1e-300, 2.0 * members[r] * burden_sum[r])


def record_index(
    index: Any,
    index_without_decisions: Any,
    arrears_years: Any,
    delivery_ratio: Any,
    timely: Any,
    average_trust: Any,
    items: Any,
    settled_items: Any,
    crisis_number: Any,
    response: Any,
    arrears: Any,
    budget: Any,
    members: Any,
    member: Any,
    alive: Any,
    terms: Any,
) -> None:
    """The co-operation index of the period, with and without the decision rate; arrears in years of dues."""
    best = exp(-TARGET_DAYS / terms[0].crises.response_scale)
    founders = member.shape[0]
    for r in range(alive.shape[0]):
        arrears_years[r] = 0.0
    for i in range(founders):
        for r in range(alive.shape[0]):
            arrears_years[r] += arrears[i, r]
    for r in range(alive.shape[0]):
        arrears_years[r] = arrears_years[r] / (2.0 * budget[r])
        crisis = crisis_number[r] > 0.0
        total = min(1.0, delivery_ratio[r]) + timely[r] + average_trust[r]
        total = total + (min(1.0, response[r] / best) if crisis else 0.0)
        parts = 4.0 if crisis else 3.0
        voted = items[r] > 0.0
        decided = settled_items[r] / max(1.0, items[r]) if voted else 0.0
        weight = members[r] / founders if alive[r] else 0.0
        index_without_decisions[r] = total / parts * weight
        index[r] = (total + decided) / (parts + (1.0 if voted else 0.0)) * weight


def record_members(
    total_paid: Any,
    total_dues: Any,
    total_valuations: Any,
    welfare: Any,
    rational_periods: Any,
    membership_periods: Any,
    paid: Any,
    due: Any,
    valuation: Any,
    payoff: Any,
    outside: Any,
    member: Any,
    t: int,
) -> None:
    """Money, welfare and individual rationality of each founder."""
    discount = 1.0
    for _ in range(t):
        discount = discount * WELFARE_DISCOUNT
    for i in range(member.shape[0]):
        for r in range(member.shape[1]):
            inside = member[i, r]
            total_paid[i, r] += paid[i, r]
            total_dues[i, r] += due[i, r]
            total_valuations[i, r] += valuation[i, r] if inside else 0.0
            welfare[i, r] += discount * (payoff[i, r] if inside else outside[i, r])
            rational_periods[i, r] += 1.0 if inside & (payoff[i, r] >= outside[i, r]) else 0.0
            membership_periods[i, r] += 1.0 if inside else 0.0


def record_years(
    year_collected: Any,
    year_due: Any,
    total_annual: Any,
    total_due_years: Any,
    collected: Any,
    total_due: Any,
    terms: Any,
    t: int,
) -> None:
    """Money collected in the year over dues of the year, at most 1, for years with dues."""
    first_half = t % 2 == 0
    year_ends = not first_half or t == terms[0].institution.horizon - 1
    for r in range(collected.shape[0]):
        year_collected[r] = collected[r] if first_half else year_collected[r] + collected[r]
        year_due[r] = total_due[r] if first_half else year_due[r] + total_due[r]
        counts = year_ends and year_due[r] > 0.0
        total_annual[r] += min(1.0, year_collected[r] / max(1e-300, year_due[r])) if counts else 0.0
        total_due_years[r] += 1.0 if counts else 0.0


def record_bias(
    biased_sum: Any,
    biased_periods: Any,
    unbiased_sum: Any,
    unbiased_periods: Any,
    mix: Any,
    ideal_mix: Any,
    director: Any,
    member: Any,
) -> None:
    """Nearness of the voted programme to each member's ideal, while it directs and while it does not."""
    for i in range(member.shape[0]):
        for r in range(member.shape[1]):
            distance = 0.0
            for a in range(NUMBER_OF_AREAS):
                gap = mix[a, r] - ideal_mix[i, a]
                distance += gap * gap
            near = -sqrt(distance)
            directs = member[i, r] & (director[r] == i)
            other = member[i, r] & (director[r] != i)
            biased_sum[i, r] += near if directs else 0.0
            biased_periods[i, r] += 1.0 if directs else 0.0
            unbiased_sum[i, r] += near if other else 0.0
            unbiased_periods[i, r] += 1.0 if other else 0.0


def record_persons(
    end_capacity: Any,
    capacity: Any,
    women_now: Any,
    women_weight: Any,
    women_share: Any,
    roster: Any,
    member: Any,
    alive: Any,
) -> None:
    """Capacity, and women deployed weighted by the rosters of the members; kept from the last living period."""
    for r in range(alive.shape[0]):
        end_capacity[r] = capacity[r] if alive[r] else end_capacity[r]
        women_now[r] = 0.0 if alive[r] else women_now[r]
        women_weight[r] = 0.0
    for i in range(member.shape[0]):
        for r in range(alive.shape[0]):
            women_weight[r] += roster[i] if member[i, r] else 0.0
            women_now[r] += roster[i] * women_share[i, r] if member[i, r] else 0.0
    for r in range(alive.shape[0]):
        women_now[r] = women_now[r] / max(1e-300, women_weight[r]) if alive[r] else women_now[r]


def observe(
    observed: Any,
    budget: Any,
    efficient: Any,
    timely: Any,
    collected: Any,
    total_due: Any,
    average_trust: Any,
    founders_trust: Any,
    delivery: Any,
    delivery_ratio: Any,
    response: Any,
    crisis_number: Any,
    answered_crises: Any,
    period_days: Any,
    items: Any,
    settled_items: Any,
    incidents: Any,
    capacity: Any,
    index: Any,
    arrears_years: Any,
    members: Any,
    women_now: Any,
    share: Any,
    member: Any,
    alive: Any,
) -> None:
    """The period's values for the bands, in every run; nan where a measure is not defined."""
    nothing = float("nan")
    for r in range(alive.shape[0]):
        lives = alive[r]
        observed[BUDGET, r] = budget[r] if lives else nothing
        observed[BUDGET_RATIO, r] = budget[r] / efficient[r] if lives & (efficient[r] > 0.0) else nothing
        observed[TIMELY_COLLECTION_RATE, r] = timely[r] if lives else nothing
        rate = collected[r] / max(1e-300, total_due[r])
        observed[COLLECTION_RATE, r] = rate if lives else nothing
        observed[TRUST, r] = average_trust[r] if lives else nothing
        observed[TRUST_FOUNDERS, r] = founders_trust[r]
        observed[DELIVERY_RATIO, r] = delivery_ratio[r]
        observed[RESPONSE_EFFECTIVENESS, r] = response[r] if crisis_number[r] > 0.0 else nothing
        days = period_days[r] / max(1.0, answered_crises[r])
        observed[RESPONSE_DAYS, r] = days if answered_crises[r] > 0.0 else nothing
        observed[DECISION_RATE, r] = settled_items[r] / max(1.0, items[r]) if items[r] > 0.0 else nothing
        observed[SECRETARIAT_CAPACITY, r] = capacity[r] if lives else nothing
        observed[COOPERATION_INDEX, r] = index[r]
        observed[ARREARS_YEARS, r] = arrears_years[r] if lives else nothing
        observed[MEMBERS, r] = members[r]
        observed[WOMEN_SHARE, r] = women_now[r] if lives else nothing
        observed[INCIDENTS, r] = 0.0
    for a in range(delivery.shape[0]):
        for r in range(alive.shape[0]):
            observed[DELIVERED + a, r] = delivery[a, r]
    for d in range(incidents.shape[0]):
        for r in range(alive.shape[0]):
            observed[INCIDENTS, r] += incidents[d, r]
    for i in range(share.shape[0]):
        for r in range(alive.shape[0]):
            observed[SHARE + i, r] = share[i, r] if member[i, r] else nothing


def add_up(
    totals: Any,
    defined: Any,
    observed: Any,
    index_without_decisions: Any,
    burden_gini: Any,
    absent: Any,
    members: Any,
    joint: Any,
    influence: Any,
    suspensions: Any,
    lived: Any,
    total_index_without: Any,
    total_gini: Any,
    total_boycott: Any,
    total_joint: Any,
    total_influence: Any,
    total_suspensions: Any,
    alive: Any,
) -> None:
    """Sums over the periods: of every observed value where it is defined, and of what has no band."""
    for q in range(observed.shape[0]):
        for r in range(alive.shape[0]):
            value = observed[q, r]
            known = value == value
            totals[q, r] += value if known else 0.0
            defined[q, r] += 1 if known else 0
    for r in range(alive.shape[0]):
        lives = alive[r]
        lived[r] += 1.0 if lives else 0.0
        total_index_without[r] += index_without_decisions[r]
        total_gini[r] += burden_gini[r] if lives else 0.0
        total_boycott[r] += absent[r] / max(1.0, members[r]) if lives else 0.0
        total_joint[r] += joint[r] if lives else 0.0
        total_influence[r] += influence[r] if lives else 0.0
        total_suspensions[r] += suspensions[r] if lives else 0.0


def count_bands(
    histogram: Any,
    fixed_sum: Any,
    bin_of: Any,
    bin_counts: Any,
    band_low: Any,
    band_scale: Any,
    observed: Any,
    t: int,
) -> None:
    """Histogram and exact sum of each observed value: whole numbers, so that blocks merge in any order."""
    runs = bin_of.shape[0]
    for q in range(observed.shape[0]):
        total = 0
        for r in range(runs):
            value = observed[q, r]
            place = (value - band_low[q]) * band_scale[q]
            place = min(BINS - 1.0, max(0.0, place))
            known = value == value
            bin_of[r] = int(place) if known else BINS
            total += int(value * FIXED_POINT) if known else 0
        fixed_sum[t, q] = total
        for strand in range(STRANDS):
            for place in range(bin_counts.shape[1]):
                bin_counts[strand, place] = 0
        for first in range(0, runs - STRANDS + 1, STRANDS):
            for strand in range(STRANDS):
                bin_counts[strand, bin_of[first + strand]] += 1
        for r in range(runs - runs % STRANDS, runs):
            bin_counts[0, bin_of[r]] += 1
        for place in range(BINS):
            number = 0
            for strand in range(STRANDS):
                number += bin_counts[strand, place]
            histogram[t, q, place] = number
