"""Steps that serve every motion of a session, the budget and the programme of work: ballots, their count, distrust.

`aiposim.wiring` binds them once for each item: `ballot` is then `budget_ballot` or `programme_ballot`.
"""

from __future__ import annotations

from typing import Any

from aiposim.rules.voting import COUNTED_CHAIR, COUNTED_NO, COUNTED_SEATS, COUNTED_VOTING, COUNTED_YES

REJECTS = 0
ACCEPTS = 1
ABSTAINS = 2
"""A ballot. Abstaining: present, not among the seats voting, neither accepting nor objecting."""


def count_ballots(
    count: Any,
    yes_weight: Any,
    ballot: Any,
    present: Any,
    chair: Any,
    seated: Any,
    share: Any,
    terms: Any,
) -> None:
    """Count the ballots of every motion of the session, and the weight of those that accept it, if the rule asks.

    Numbers of one byte stand in loops of their own: they are counted 64 at a time. Here as in other steps, what a
    condition decides about is read before the condition, since vector code reads slowly under a condition.
    """
    n, runs = present.shape
    for c in range(ballot.shape[0]):
        for r in range(runs):
            count[COUNTED_YES, c, r] = 0
            count[COUNTED_NO, c, r] = 0
            count[COUNTED_CHAIR, c, r] = 0
        for i in range(n):
            for r in range(runs):
                answer, here = ballot[c, i, r], present[i, r]
                count[COUNTED_YES, c, r] += 1 if (answer == ACCEPTS) & here else 0
                count[COUNTED_NO, c, r] += 1 if (answer == REJECTS) & here else 0
                count[COUNTED_CHAIR, c, r] += 1 if (answer == ACCEPTS) & chair[i, r] else 0
        for r in range(runs):
            count[COUNTED_SEATS, c, r] = count[COUNTED_YES, c, r]
            count[COUNTED_VOTING, c, r] = count[COUNTED_YES, c, r] + count[COUNTED_NO, c, r]
        if terms[0].institution.all_seats_vote:
            for k in range(n, ballot.shape[1]):
                for r in range(runs):
                    answer, sits = ballot[c, k, r], seated[k, r]
                    count[COUNTED_SEATS, c, r] += 1 if (answer == ACCEPTS) & sits else 0
                    count[COUNTED_VOTING, c, r] += 1 if sits else 0
        if terms[0].institution.weighs_votes:
            for r in range(runs):
                yes_weight[c, r] = 0.0
            for i in range(n):
                for r in range(runs):
                    answer, here, weight = ballot[c, i, r], present[i, r], share[i, r]
                    yes_weight[c, r] += weight if (answer == ACCEPTS) & here else 0.0


def veto_distrust(bad: Any, settled: Any, ballot: Any, present: Any, member: Any, terms: Any) -> None:
    """When the sponsored motion (number 0) fails, who voted it down loses the trust of who would accept it."""
    weight = terms[0].trust.veto
    for i in range(member.shape[0]):
        for j in range(member.shape[0]):
            if i != j:
                for r in range(member.shape[1]):
                    here, answer, open_still = present[j, r], ballot[0, j, r], not settled[r]
                    inside, wish = member[i, r], ballot[0, i, r]
                    against = here & (answer == REJECTS)
                    for_it = inside & (wish == ACCEPTS)
                    bad[i, j, r] += weight if against & for_it & open_still else 0.0
