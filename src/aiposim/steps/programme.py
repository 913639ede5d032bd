"""Phase 4, odd periods: the programme of work, steps from the one in force towards the sponsored one."""

from __future__ import annotations

from math import sqrt
from typing import Any

from aiposim.behaviour.vote.acceptance import acceptance, reach
from aiposim.quantities import AREAS
from aiposim.state import PROGRAMME_STEPS
from aiposim.steps._motions import ACCEPTS, REJECTS

PROGRAMME_SETTLED = 0.03
AREA_COUNT = len(AREAS)
"""A constant, so that a loop over areas inside the loop over runs is unrolled, and becomes vector code."""


def programme_target(
    mix_target: Any,
    mix_gap: Any,
    mix: Any,
    seat_mix: Any,
    un_mix: Any,
    ideal_mix: Any,
    seat_weight: Any,
    weight_sum: Any,
    director: Any,
    partiality: Any,
    acting: Any,
    terms: Any,
) -> None:
    """The sponsored programme, and its distance from the programme in force."""
    runs = mix_gap.shape[0]
    agenda_power = terms[0].director.agenda_power
    for a in range(AREA_COUNT):
        for r in range(runs):
            mix_target[a, r] = 0.0
        for k in range(seat_mix.shape[0]):
            for r in range(runs):
                mix_target[a, r] += seat_weight[k, r] * seat_mix[k, a]
        for r in range(runs):
            power = 0.0 if acting[r] else agenda_power
            sponsor = (1.0 - partiality[r]) * un_mix[a] + partiality[r] * ideal_mix[director[r], a]
            middle = mix_target[a, r] / max(1e-9, weight_sum[r])
            mix_target[a, r] = (1.0 - power) * middle + power * sponsor
    for r in range(runs):
        squares = 0.0
        for a in range(AREA_COUNT):
            gap = mix_target[a, r] - mix[a, r]
            squares += gap * gap
        mix_gap[r] = sqrt(squares)


def programme_distances(
    programme_distance: Any,
    seat_reach: Any,
    status_quo_distance: Any,
    mix: Any,
    mix_target: Any,
    seat_mix: Any,
    seat_margin: Any,
    terms: Any,
) -> None:
    """Distance of the steps towards the target from every seat's ideal programme, and each seat's reach."""
    runs = mix.shape[1]
    scale = terms[0].council.programme_margin
    for k in range(seat_mix.shape[0]):
        for r in range(runs):
            squares = 0.0
            for a in range(AREA_COUNT):
                gap = mix[a, r] - seat_mix[k, a]
                squares += gap * gap
            status_quo_distance[k, r] = sqrt(squares)
        for r in range(runs):
            seat_reach[k, r] = reach(status_quo_distance[k, r], scale * seat_margin[k, r])
        for r in range(runs):
            for c in range(PROGRAMME_STEPS):
                step = 1.0 - 0.25 * c
                squares = 0.0
                for a in range(AREA_COUNT):
                    proposal = mix[a, r] + step * (mix_target[a, r] - mix[a, r])
                    gap = proposal - seat_mix[k, a]
                    squares += gap * gap
                programme_distance[c, k, r] = sqrt(squares)


def programme_ballots(programme_ballot: Any, programme_distance: Any, seat_reach: Any) -> None:
    """Asked of each seat, for every step towards the target: does it accept?"""
    for c in range(programme_distance.shape[0]):
        for k in range(programme_distance.shape[1]):
            for r in range(programme_distance.shape[2]):
                accepts = acceptance(programme_distance[c, k, r], seat_reach[k, r])
                programme_ballot[c, k, r] = ACCEPTS if accepts else REJECTS


def adopt_programme(
    mix: Any,
    adopted: Any,
    settled: Any,
    chosen_step: Any,
    mix_target: Any,
    mix_gap: Any,
    programme_passed: Any,
    alive: Any,
) -> None:
    """The largest carried step towards the target; nothing is proposed when it is within 0.03."""
    runs = adopted.shape[0]
    for r in range(runs):
        chosen_step[r] = -1
    for c in range(programme_passed.shape[0]):
        for r in range(runs):
            before, passed = chosen_step[r], programme_passed[c, r]
            chosen_step[r] = c if (before < 0) & passed else before
    for r in range(runs):
        near = mix_gap[r] < PROGRAMME_SETTLED
        adopted[r] = alive[r] & (not near) & (chosen_step[r] >= 0)
        settled[r] = near | adopted[r]
    for a in range(mix.shape[0]):
        for r in range(runs):
            step = 1.0 - 0.25 * chosen_step[r]
            moved = mix[a, r] + step * (mix_target[a, r] - mix[a, r])
            mix[a, r] = moved if adopted[r] else mix[a, r]


def outvoted_on_programme(
    grievance: Any,
    adopted: Any,
    chosen_step: Any,
    programme_distance: Any,
    status_quo_distance: Any,
    seat_reach: Any,
    member: Any,
) -> None:
    """A government whose interval does not hold the adopted programme resents what it loses."""
    for i in range(member.shape[0]):
        for c in range(programme_distance.shape[0]):
            for r in range(member.shape[1]):
                distance, inside, decided = programme_distance[c, i, r], member[i, r], adopted[r]
                accepts = acceptance(distance, seat_reach[i, r])
                loss = max(0.0, distance - status_quo_distance[i, r])
                outvoted = (chosen_step[r] == c) & decided & inside & (not accepts)
                grievance[i, r] += loss if outvoted else 0.0
