"""Phase 4, the Council: attendance, margins, the weight of seats, ballots. Its items lie beside it: budget, programme,
relief.

Seats stand in the order governments, former officials, NGOs; within a kind in the order of the states.
"""

from __future__ import annotations

from typing import Any

from aiposim.arithmetic import normal_quantile
from aiposim.behaviour.attend.boycott import boycott
from aiposim.behaviour.vote.acceptance import acceptance
from aiposim.behaviour.vote.margin import margin
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
SEAT_WEIGHT = 0.05


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
