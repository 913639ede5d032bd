"""Steps that serve every motion of a session, the budget and the programme of work: ballots, their count, distrust.

`aiposim.wiring` binds them once for each item: `ballot` is then `budget_ballot` or `programme_ballot`.
"""

from __future__ import annotations

from typing import Any

from aiposim.behaviour.vote.acceptance import acceptance
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
