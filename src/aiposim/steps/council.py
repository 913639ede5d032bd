"""Phase 4, the Council: attendance, the roll, margins, the weight of seats. Its items lie beside it.

Seats stand in the order governments, former officials, NGOs; within a kind in the order of the states.
"""

from __future__ import annotations

from typing import Any

from aiposim.arithmetic import normal_quantiles
from aiposim.behaviour.attend.boycott import boycott
from aiposim.behaviour.vote.margin import margin

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
    chair: Any,
    rolls: Any,
    presents: Any,
    roll_weight: Any,
    absent: Any,
    suspensions: Any,
    member: Any,
    suspended: Any,
    share: Any,
    director: Any,
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
            inside, came, barred = member[i, r], attended[i, r], suspended[i, r]
            attended[i, r] = came & inside
            on_roll[i, r] = inside & (not barred)
            present[i, r] = inside & came & (not barred)
        for r in range(rolls.shape[0]):
            votes, here, barred, weight = on_roll[i, r], present[i, r], suspended[i, r], share[i, r]
            chair[i, r] = here & (director[r] == i)
            rolls[r] += 1.0 if votes else 0.0
            presents[r] += 1.0 if here else 0.0
            roll_weight[r] += weight if votes else 0.0
            suspensions[r] += 1.0 if barred else 0.0
        for r in range(rolls.shape[0]):
            absent[r] += 1.0 if member[i, r] & (not attended[i, r]) else 0.0


def absence_distrust(bad: Any, attended: Any, member: Any, terms: Any) -> None:
    """A boycott counts against the absent state, for every other member."""
    weight = terms[0].trust.boycott
    for i in range(member.shape[0]):
        for j in range(member.shape[0]):
            if i != j:
                for r in range(member.shape[1]):
                    inside, partner, came = member[i, r], member[j, r], attended[j, r]
                    bad[i, j, r] += weight if inside & partner & (not came) else 0.0


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
    extreme: Any,
    luck_at_hand: Any,
    terms: Any,
) -> None:
    """Margin of each seat, in logarithms of the budget, with its noise of the period; who has a seat."""
    noise = terms[0].council.noise
    n = member.shape[0]
    for i in range(n):
        for r in range(alive.shape[0]):
            seated[i, r] = member[i, r]
            seated[n + i, r] = member[i, r]
        normal_quantiles(seat_margin[i], u_council[i, 0], extreme, luck_at_hand)
        for r in range(alive.shape[0]):
            own = margin(mean_trust[i, r], hawkishness[i, r], 1.0, competence[r], terms[0].council)
            seat_margin[i, r] = own + noise * seat_margin[i, r]
        normal_quantiles(seat_margin[n + i], u_council[i, 1], extreme, luck_at_hand)
        for r in range(alive.shape[0]):
            official = margin(mean_trust[i, r], hawkishness[i, r], OFFICIALS_AUDIENCE, competence[r], terms[0].council)
            seat_margin[n + i, r] = official + noise * seat_margin[n + i, r]
    for k in range(2 * n, seated.shape[0]):
        state = seat_state[k]
        normal_quantiles(seat_margin[k], u_ngo[state, 0] if state >= 0 else u_institute[0], extreme, luck_at_hand)
        for r in range(alive.shape[0]):
            broker = OFFICE_MARGIN + terms[0].council.brokerage * (competence[r] - 0.6)
            seat_margin[k, r] = broker + noise * seat_margin[k, r]
        for r in range(alive.shape[0]):
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
