"""Phase 1, the world: opinion at home, incidents between states, freezes, beliefs. For all founders, for ever."""

from __future__ import annotations

from typing import Any

from aiposim.arithmetic import beta_2p5_4p5_at, clip, exp, normal_quantiles
from aiposim.luck import CAREER, COUNCIL, DOMESTIC, INCIDENT, INSTITUTE, NGO, draw

MOST_INCIDENTS = 6
MEAN_OF_BETA = 0.357  # of Beta(2.5, 4.5)
OPINION_NOISE = 0.03


def draw_luck(
    u_domestic: Any,
    u_incident: Any,
    u_council: Any,
    u_institute: Any,
    u_ngo: Any,
    u_career: Any,
    run_numbers: Any,
    seed_words: Any,
    luck_numbers: Any,
    dyad_luck: Any,
    t: int,
) -> None:
    """The uniforms of the period that do not hang on its crises, issues or objections."""
    for i in range(luck_numbers.shape[0]):
        draw(u_domestic[i], luck_numbers[i], 0, DOMESTIC, run_numbers, seed_words, t)
        draw(u_council[i], luck_numbers[i], 0, COUNCIL, run_numbers, seed_words, t)
        draw(u_career[i], luck_numbers[i], 0, CAREER, run_numbers, seed_words, t)
    for i in range(u_ngo.shape[0]):
        draw(u_ngo[i], luck_numbers[i], 0, NGO, run_numbers, seed_words, t)
    for d in range(dyad_luck.shape[0]):
        draw(u_incident[d], dyad_luck[d], 0, INCIDENT, run_numbers, seed_words, t)
    draw(u_institute, 0, 0, INSTITUTE, run_numbers, seed_words, t)


def opinion(
    hawkishness: Any,
    baseline: Any,
    softened: Any,
    turned: Any,
    fresh_baseline: Any,
    luck_at_hand: Any,
    opinion_noise: Any,
    extreme: Any,
    long_run_hawkishness: Any,
    turnover: Any,
    u_domestic: Any,
    terms: Any,
) -> None:
    """Governments change; opinion moves towards the baseline of the government in office."""
    pull = terms[0].domestic.reversion
    for i in range(hawkishness.shape[0]):
        usual = long_run_hawkishness[i] / MEAN_OF_BETA
        changes = 0
        for r in range(hawkishness.shape[1]):
            softened[i, r] = False
        for r in range(hawkishness.shape[1]):
            turned[changes] = r
            changes += 1 if u_domestic[i, 0, r] < turnover[i] else 0
        for s in range(changes):
            luck_at_hand[s] = u_domestic[i, 1, turned[s]]
        normal_quantiles(fresh_baseline, luck_at_hand[:changes], extreme, opinion_noise)
        for s in range(changes):
            fresh_baseline[s] = clip(usual * beta_2p5_4p5_at(fresh_baseline[s]), 0.05, 0.9)
        for s in range(changes):
            r = turned[s]
            softened[i, r] = fresh_baseline[s] < baseline[i, r]
            baseline[i, r] = fresh_baseline[s]
        normal_quantiles(opinion_noise, u_domestic[i, 2], extreme, luck_at_hand)
        for r in range(hawkishness.shape[1]):
            drift = pull * (baseline[i, r] - hawkishness[i, r])
            noise = OPINION_NOISE * opinion_noise[r]
            hawkishness[i, r] = clip(hawkishness[i, r] + drift + noise, 0.0, 1.0)


def incident_rates(
    incident_rate: Any,
    excitation: Any,
    hawkishness: Any,
    cooperation: Any,
    long_run_hawkishness: Any,
    base_rate: Any,
    excites: Any,
    dyad_a: Any,
    dyad_b: Any,
    terms: Any,
) -> None:
    """Intensity of the discrete Hawkes process, per dyad and half-year, at most 3.

    Source: Hawkes 1971, Biometrika 58; for conflict events Johnson et al. 2017, Browning et al. 2024.
    """
    effect = terms[0].incidents.cooperation_effect
    reference = terms[0].incidents.cooperation_reference
    heat = terms[0].incidents.hawkishness_effect
    for d in range(incident_rate.shape[0]):
        a, b = dyad_a[d], dyad_b[d]
        usual = long_run_hawkishness[a] + long_run_hawkishness[b]
        for r in range(incident_rate.shape[1]):
            mood = hawkishness[a, r] + hawkishness[b, r] - usual
            calm = effect * (cooperation[r] - reference)
            incident_rate[d, r] = base_rate[d] * exp(heat * mood - calm)
        for other in range(incident_rate.shape[0]):
            weight = excites[d, other]
            if weight != 0.0:
                for r in range(incident_rate.shape[1]):
                    incident_rate[d, r] += weight * excitation[other, r]
        for r in range(incident_rate.shape[1]):
            incident_rate[d, r] = min(3.0, incident_rate[d, r])


def count_incidents(
    incidents: Any,
    major: Any,
    severity: Any,
    excitation: Any,
    incident_rate: Any,
    major_share: Any,
    u_incident: Any,
    terms: Any,
) -> None:
    """Number, gravity and severity of the incidents of each dyad; memory of the process."""
    decay = terms[0].incidents.decay
    for d in range(incidents.shape[0]):
        spared = 1.0 - major_share[d]
        # In a loop of its own: a processor sees only so far ahead, and waits where one result needs the last.
        for r in range(incidents.shape[1]):
            severity[d, r] = exp(-incident_rate[d, r])
        for r in range(incidents.shape[1]):
            u, probability = u_incident[d, 0, r], severity[d, r]
            cumulated = probability
            number = 0.0
            all_minor = 1.0
            for k in range(1, MOST_INCIDENTS + 1):
                one_more = u >= cumulated
                number += 1.0 if one_more else 0.0
                all_minor *= spared if one_more else 1.0
                probability = probability * (incident_rate[d, r] * (1.0 / k))
                cumulated = cumulated + probability
            grave = u_incident[d, 1, r] < 1.0 - all_minor
            incidents[d, r] = number
            major[d, r] = grave
            first = 3.0 if grave else 1.0
            severity[d, r] = first + 0.5 * (number - 1.0) if number > 0.0 else 0.0
            excitation[d, r] = decay * excitation[d, r] + (1.0 - decay) * number


def count_onsets(
    incidents: Any,
    major: Any,
    severity: Any,
    incident_rate: Any,
    frozen: Any,
    u_incident: Any,
) -> None:
    """Under `markov` the only incident is the major one by which a normal dyad freezes."""
    for d in range(incidents.shape[0]):
        for r in range(incidents.shape[1]):
            begins = (not frozen[d, r]) & (u_incident[d, 0, r] < incident_rate[d, r])
            incidents[d, r] = 1.0 if begins else 0.0
            major[d, r] = begins
            severity[d, r] = 3.0 if begins else 0.0


def incident_distrust(bad: Any, severity: Any, dyad_a: Any, dyad_b: Any, terms: Any) -> None:
    """Incidents count against the other side, for both."""
    weight = terms[0].trust.incident
    for d in range(severity.shape[0]):
        a, b = dyad_a[d], dyad_b[d]
        for r in range(severity.shape[1]):
            bad[a, b, r] += weight * severity[d, r]
        for r in range(severity.shape[1]):
            bad[b, a, r] += weight * severity[d, r]


def freezes(
    frozen: Any,
    incidents: Any,
    major: Any,
    softened: Any,
    u_incident: Any,
    dyad_a: Any,
    dyad_b: Any,
    terms: Any,
) -> None:
    """A major incident may freeze a dyad; without incident it may thaw, sooner under a softer government."""
    onset = 1.0 if terms[0].incidents.markov else terms[0].incidents.freeze
    thaw = terms[0].incidents.thaw
    ice_breaker = terms[0].incidents.thaw_turnover
    for d in range(frozen.shape[0]):
        a, b = dyad_a[d], dyad_b[d]
        for r in range(frozen.shape[1]):
            freezing = major[d, r] & (u_incident[d, 2, r] < onset)
            softer = softened[a, r] | softened[b, r]
            chance = thaw * (ice_breaker if softer else 1.0)
            thawing = (incidents[d, r] == 0.0) & (u_incident[d, 3, r] < chance)
            frozen[d, r] = (frozen[d, r] & (not thawing)) | freezing


def kicks(hawkishness: Any, severity: Any, dyad_a: Any, dyad_b: Any, terms: Any) -> None:
    """Incidents of the period raise hawkishness on both sides, all together."""
    kick = terms[0].domestic.incident_kick
    for d in range(severity.shape[0]):
        a, b = dyad_a[d], dyad_b[d]
        for r in range(severity.shape[1]):
            hawkishness[a, r] += kick * severity[d, r] / 2.0
        for r in range(severity.shape[1]):
            hawkishness[b, r] += kick * severity[d, r] / 2.0
    for i in range(hawkishness.shape[0]):
        for r in range(hawkishness.shape[1]):
            hawkishness[i, r] = min(1.0, hawkishness[i, r])


def beliefs(
    trust: Any,
    mean_trust: Any,
    good: Any,
    bad: Any,
    member: Any,
    members: Any,
) -> None:
    """Trust of each founder in each other, and its mean over the members; read unchanged to the period's end."""
    n = member.shape[0]
    for r in range(members.shape[0]):
        members[r] = 0.0
    for i in range(n):
        for r in range(members.shape[0]):
            members[r] += 1.0 if member[i, r] else 0.0
    for i in range(n):
        for r in range(members.shape[0]):
            mean_trust[i, r] = 0.0
        for j in range(n):
            if i != j:
                for r in range(members.shape[0]):
                    belief = good[i, j, r] / (good[i, j, r] + bad[i, j, r])
                    trust[i, j, r] = belief
                    mean_trust[i, r] += belief if member[j, r] else 0.0
        for r in range(members.shape[0]):
            others = members[r] - (1.0 if member[i, r] else 0.0)
            mean_trust[i, r] = mean_trust[i, r] / max(1.0, others)


def frozen_members(frozen_dyads: Any, any_freeze: Any, frozen: Any, member: Any, dyad_a: Any, dyad_b: Any) -> None:
    """Frozen dyads between members: how many each member has, and whether there is any."""
    for r in range(any_freeze.shape[0]):
        any_freeze[r] = False
    for i in range(frozen_dyads.shape[0]):
        for r in range(any_freeze.shape[0]):
            frozen_dyads[i, r] = 0.0
    for d in range(frozen.shape[0]):
        a, b = dyad_a[d], dyad_b[d]
        for r in range(any_freeze.shape[0]):
            cold = frozen[d, r] & member[a, r] & member[b, r]
            frozen_dyads[a, r] += 1.0 if cold else 0.0
            frozen_dyads[b, r] += 1.0 if cold else 0.0
            any_freeze[r] |= cold


def summits(
    summit_possible: Any,
    scheduling: Any,
    held_before: Any,
    gap: Any,
    longest_gap: Any,
    total_summits: Any,
    total_years: Any,
    total_after_held: Any,
    total_held_again: Any,
    total_resumed: Any,
    thawed: Any,
    frozen: Any,
    u_institute: Any,
    terms: Any,
    t: int,
) -> None:
    """A leaders' summit is held in a year with a thawed half-year, unless scheduling fails. Validation only."""
    first_half = t % 2 == 0
    second_half = not first_half
    year_ends = second_half or t == terms[0].institution.horizon - 1
    friction = terms[0].incidents.scheduling_friction
    for r in range(thawed.shape[0]):
        thawed[r] = True
    for d in range(frozen.shape[0]):
        for r in range(thawed.shape[0]):
            thawed[r] &= not frozen[d, r]
    for r in range(scheduling.shape[0]):
        summit_possible[r] = thawed[r] | (summit_possible[r] & second_half)
        scheduling[r] = u_institute[3, r] if first_half else scheduling[r]
    if not year_ends:
        return
    for r in range(scheduling.shape[0]):
        before = held_before[r]
        held = summit_possible[r] & (scheduling[r] >= friction)
        followed = before & (total_years[r] > 0.0)
        resumed = held & (not before) & (total_years[r] > 0.0)
        total_after_held[r] += 1.0 if followed else 0.0
        total_held_again[r] += 1.0 if followed & held else 0.0
        total_resumed[r] += 1.0 if resumed else 0.0
        total_summits[r] += 1.0 if held else 0.0
        total_years[r] += 1.0
        gap[r] = 0.0 if held else gap[r] + 1.0
        longest_gap[r] = max(longest_gap[r], gap[r])
        held_before[r] = held
