"""Phase 2, dues: relief in force, reported valuations, arrears and suspension, stability of the key."""

from __future__ import annotations

from typing import Any

from aiposim.arithmetic import exp, log, normal_quantile
from aiposim.rules.cost_sharing._savings_game import worth
from aiposim.rules.sanction import in_two_year_arrears

LARGEST_GAME = 6


def roll_relief(relief: Any, relief_pending: Any, relief_rate: Any, relief_rate_pending: Any) -> None:
    """A review puts the relief that was granted into force, until the next."""
    for r in range(relief.shape[0]):
        relief[r] = relief_pending[r]
        relief_rate[r] = relief_rate_pending[r]
        relief_pending[r] = -1


def reviewed(
    rescaled: Any,
    under_review: Any,
    reviews: Any,
    reviews_to_make: Any,
    membership: Any,
    fair_share_of_year: Any,
    alive: Any,
    left: Any,
    member: Any,
    terms: Any,
    t: int,
) -> None:
    """Which runs need a new scale of assessments: all at a review, else those a member has just left.

    `under_review` lists them; `membership` tells by one number, a bit a founder, who is a member. Counted too: of
    how many the fair shares are not in the tables yet.
    """
    review = t % terms[0].institution.review == 0
    runs = rescaled.shape[0]
    number = 0
    for r in range(runs):
        rescaled[r] = alive[r] and (review or left[r])
        under_review[number] = r
        number += 1 if rescaled[r] else 0
    reviews[0] = number
    reviews_to_make[0] = 0
    for s in range(number):
        r = under_review[s]
        membership[r] = 0
        for i in range(member.shape[0]):
            membership[r] += 1 << i if member[i, r] else 0
        fair = fair_share_of_year[t // 2, 0, membership[r]]
        reviews_to_make[0] += 1 if fair != fair else 0


def set_valuations(
    valuation: Any,
    fair_share: Any,
    under_review: Any,
    reviews: Any,
    membership: Any,
    valuation_of_year: Any,
    fair_share_of_year: Any,
    t: int,
) -> None:
    """Valuations and fair shares of the runs under review, of the year and of who is a member (`Assessment`)."""
    for s in range(reviews[0]):
        r = under_review[s]
        for i in range(valuation.shape[0]):
            valuation[i, r] = valuation_of_year[t // 2, i]
            fair_share[i, r] = fair_share_of_year[t // 2, i, membership[r]]


def reports(
    reported: Any,
    luck_at_hand: Any,
    under_review: Any,
    reviews: Any,
    valuation: Any,
    understatement: Any,
    u_career: Any,
    terms: Any,
) -> None:
    """Valuations as the members report them at a review: with error, and understated if they choose to."""
    error = terms[0].cost_sharing.valuation_error
    for i in range(reported.shape[0]):
        honest = 1.0 - understatement[i]
        for s in range(reviews[0]):
            luck_at_hand[s] = u_career[i, 1, under_review[s]]
        for s in range(reviews[0]):
            luck_at_hand[s] = exp(error * normal_quantile(luck_at_hand[s]))
        for s in range(reviews[0]):
            r = under_review[s]
            reported[i, r] = valuation[i, r] * honest * luck_at_hand[s]


def set_key(
    key: Any,
    share: Any,
    under_review: Any,
    reviews: Any,
    left: Any,
    member: Any,
    membership: Any,
    key_of_year: Any,
    terms: Any,
    t: int,
) -> None:
    """The key of the runs under review; under pledges shares carry over, less those of states that left.

    Keys on reports are made by `Assessment`, run by run.
    """
    pledged = terms[0].institution.voluntary
    for s in range(reviews[0]):
        r = under_review[s]
        if not pledged or t == 0:
            for i in range(key.shape[0]):
                key[i, r] = key_of_year[t // 2, i, membership[r]]
                share[i, r] = key[i, r] if pledged else share[i, r]
        elif left[r]:
            total = 0.0
            for i in range(share.shape[0]):
                total += share[i, r] if member[i, r] else 0.0
            for i in range(share.shape[0]):
                share[i, r] = share[i, r] / total


def relieved_shares(share: Any, key: Any, relief: Any, relief_rate: Any, under_review: Any, reviews: Any) -> None:
    """The scale of assessments: the key, less a part for the member with relief, which the others absorb."""
    for s in range(reviews[0]):
        r = under_review[s]
        holder = relief[r]
        for i in range(share.shape[0]):
            share[i, r] = key[i, r]
        if holder >= 0 and key[holder, r] < 1.0:
            own = key[holder, r]
            kept = 1.0 - relief_rate[r]
            others = (1.0 - kept * own) / max(1e-12, 1.0 - own)
            for i in range(share.shape[0]):
                share[i, r] = share[i, r] * (kept if i == holder else others)


def found(due_memory: Any, share: Any, budget: Any) -> None:
    """At the foundation the dues of the last two years are taken as four times those on the founding budget."""
    for m in range(due_memory.shape[0]):
        for i in range(share.shape[0]):
            for r in range(share.shape[1]):
                due_memory[m, i, r] = share[i, r] * budget[r]


def standing(
    two_year_dues: Any,
    suspended: Any,
    due_memory: Any,
    arrears: Any,
    member: Any,
    terms: Any,
) -> None:
    """Dues of the last four half-years; the vote of members in two years' arrears is suspended."""
    suspends = terms[0].institution.suspends
    for i in range(arrears.shape[0]):
        for r in range(arrears.shape[1]):
            total = due_memory[0, i, r] + due_memory[1, i, r] + due_memory[2, i, r] + due_memory[3, i, r]
            two_year_dues[i, r] = max(1e-9, total)
        for r in range(arrears.shape[1]):
            breach = in_two_year_arrears(arrears[i, r], two_year_dues[i, r])
            suspended[i, r] = member[i, r] & breach & suspends


def waive(suspended: Any, behind: Any, waiver: Any, paid_late: Any) -> None:
    """The first breach that follows a late payment beyond the state's control is excused while it lasts.

    Source: Charter of the United Nations, Article 19, second sentence.
    """
    for i in range(suspended.shape[0]):
        for r in range(suspended.shape[1]):
            begins = suspended[i, r] & (not behind[i, r]) & paid_late[i, r] & (waiver[i, r] == 0)
            ended = (waiver[i, r] == 1) & (not suspended[i, r])
            waiver[i, r] = 1 if begins else (2 if ended else waiver[i, r])
            behind[i, r] = suspended[i, r]
            suspended[i, r] &= waiver[i, r] != 1


def core_excess(
    total_core: Any,
    total_reviews: Any,
    coalition: Any,
    coalition_value: Any,
    smallest: Any,
    everybody: Any,
    value_per_unit: Any,
    valuation: Any,
    share: Any,
    budget: Any,
    member: Any,
    alive: Any,
    terms: Any,
) -> None:
    """Smallest surplus of a proper coalition over what it could reach alone, M$; up to six founders.

    Source: Gillies 1959 (core); the coalition's own programme is the efficient one for its members at
    efficiency 1.
    """
    n = share.shape[0]
    if n > LARGEST_GAME:
        return
    price = terms[0].valuation.cost_of_funds - terms[0].valuation.joint_product
    satiation = 5.0 * terms[0].valuation.satiation
    fixed = terms[0].institution.fixed_cost
    runs = budget.shape[0]
    for r in range(runs):
        smallest[r] = 1e300
        everybody[r] = 0.0
        value_per_unit[r] = log(1.0 + max(0.1, budget[r] - fixed) / satiation)
    for i in range(n):
        for r in range(runs):
            everybody[r] += 1.0 if member[i, r] else 0.0
    for subset in range(1, 1 << n):
        for r in range(runs):
            coalition[r] = 0.0
            coalition_value[r] = 0.0
        for i in range(n):
            if (subset >> i) & 1 == 1:
                for r in range(runs):
                    coalition[r] += 1.0 if member[i, r] else -100.0
                    coalition_value[r] += valuation[i, r]
        for r in range(runs):
            alone = worth(coalition_value[r], price, satiation, fixed)
            coalition_value[r] = value_per_unit[r] * coalition_value[r] - alone
        for i in range(n):
            if (subset >> i) & 1 == 1:
                for r in range(runs):
                    coalition_value[r] -= price * share[i, r] * budget[r]
        for r in range(runs):
            value, others = coalition_value[r], everybody[r] - coalition[r]
            better = (coalition[r] > 0.0) & (others > 0.0) & (value < smallest[r])
            smallest[r] = value if better else smallest[r]
    for r in range(runs):
        counts = alive[r] & (smallest[r] < 1e299)
        total_core[r] += smallest[r] if counts else 0.0
        total_reviews[r] += 1.0 if counts else 0.0
