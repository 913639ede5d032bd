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


def reviewed(rescaled: Any, alive: Any, left: Any, terms: Any, t: int) -> None:
    """Which runs need a new scale of assessments: all at a review, else those a member has just left."""
    review = t % terms[0].institution.review == 0
    for r in range(rescaled.shape[0]):
        rescaled[r] = alive[r] and (review or left[r])


def reports(reported: Any, valuation: Any, understatement: Any, u_career: Any, terms: Any) -> None:
    """Valuations as the members report them: with error, and understated if they choose to."""
    error = terms[0].cost_sharing.valuation_error
    for i in range(reported.shape[0]):
        honest = 1.0 - understatement[i]
        for r in range(reported.shape[1]):
            noise = exp(error * normal_quantile(u_career[i, 1, r]))
            reported[i, r] = valuation[i, r] * honest * noise


def relieved_shares(share: Any, key: Any, relief: Any, relief_rate: Any, rescaled: Any) -> None:
    """The scale of assessments: the key, less a part for the member with relief, which the others absorb."""
    for i in range(share.shape[0]):
        for r in range(share.shape[1]):
            share[i, r] = key[i, r] if rescaled[r] else share[i, r]
    for holder in range(share.shape[0]):
        for i in range(share.shape[0]):
            for r in range(share.shape[1]):
                own = key[holder, r]
                kept = 1.0 - relief_rate[r]
                others = (1.0 - kept * own) / max(1e-12, 1.0 - own)
                factor = kept if i == holder else others
                eased = rescaled[r] and relief[r] == holder and own < 1.0
                share[i, r] = share[i, r] * factor if eased else share[i, r]


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
            breach = in_two_year_arrears(arrears[i, r], two_year_dues[i, r]) and member[i, r]
            suspended[i, r] = suspends and breach


def waive(suspended: Any, behind: Any, waiver: Any, paid_late: Any) -> None:
    """The first breach that follows a late payment beyond the state's control is excused while it lasts.

    Source: Charter of the United Nations, Article 19, second sentence.
    """
    for i in range(suspended.shape[0]):
        for r in range(suspended.shape[1]):
            begins = suspended[i, r] and not behind[i, r] and paid_late[i, r] and waiver[i, r] == 0
            ended = waiver[i, r] == 1 and not suspended[i, r]
            waiver[i, r] = 1 if begins else (2 if ended else waiver[i, r])
            behind[i, r] = suspended[i, r]
            suspended[i, r] = suspended[i, r] and waiver[i, r] != 1


def core_excess(
    total_core: Any,
    total_reviews: Any,
    coalition: Any,
    coalition_value: Any,
    smallest: Any,
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
    for subset in range(1, 2**n):
        for r in range(runs):
            coalition[r] = 0.0
            coalition_value[r] = 0.0
        for i in range(n):
            if (subset >> i) & 1 == 1:
                for r in range(runs):
                    coalition[r] += 1.0 if member[i, r] else -100.0
                    coalition_value[r] += valuation[i, r]
        for r in range(runs):
            surplus = log(1.0 + max(0.1, budget[r] - fixed) / satiation) * coalition_value[r]
            coalition_value[r] = surplus - worth(coalition_value[r], price, satiation, fixed)
        for i in range(n):
            if (subset >> i) & 1 == 1:
                for r in range(runs):
                    coalition_value[r] -= price * share[i, r] * budget[r]
        for r in range(runs):
            everybody = 0.0
            for i in range(n):
                everybody += 1.0 if member[i, r] else 0.0
            proper = coalition[r] > 0.0 and coalition[r] < everybody
            better = proper and coalition_value[r] < smallest[r]
            smallest[r] = coalition_value[r] if better else smallest[r]
    for r in range(runs):
        counts = alive[r] and smallest[r] < 1e299
        total_core[r] += smallest[r] if counts else 0.0
        total_reviews[r] += 1.0 if counts else 0.0
