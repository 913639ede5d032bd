"""Phase 5, crises one after the other, on an axis of their own: `x` runs over the crises of the block.

One loop lists the period's crises with their runs, then every loop is over crises, and one loop a quantity
carries the results back to the runs.
"""

from __future__ import annotations

from typing import Any

from aiposim.arithmetic import exp, log, logistic, poisson_quantile, power
from aiposim.behaviour.deploy.caveat_and_will import caveat_and_will
from aiposim.behaviour.vote.crisis import STEEPNESS
from aiposim.behaviour.vote.crisis import crisis as crisis_vote
from aiposim.luck import (
    CRISIS,
    CRISIS_COURSE,
    CRISIS_DYAD,
    CRISIS_FORCE,
    CRISIS_NGO,
    CRISIS_PRINCIPLES,
    CRISIS_STATE,
    draw_crises,
)
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
from aiposim.steps._motions import ACCEPTS, REJECTS

MOST_CRISES = 4
PEACEKEEPING, HUMANITARIAN, RECOVERY = 1, 2, 4
DAYS_DELEGATED, DAYS_VOTED, DAYS_SECOND_READING = 10.0, 30.0, 210.0
SECOND_READING = 0.35
SHORTEST_DELAY = 5.0
SHARING = 0.15
BACKLASH = 0.5


def list_crises(
    crisis_number: Any,
    crisis_motions: Any,
    run_of: Any,
    slot_of: Any,
    run_number_of: Any,
    run_numbers: Any,
    u_institute: Any,
    alive: Any,
    terms: Any,
) -> None:
    """Number of crises of each run (Poisson, at most 4), and the list of all: which run, which of its crises."""
    rate = terms[0].crises.rate
    for r in range(alive.shape[0]):
        number = poisson_quantile(u_institute[1, r], rate, MOST_CRISES)
        crisis_number[r] = number if alive[r] else 0.0
    x = 0
    for r in range(alive.shape[0]):
        # As many entries as there can be, without a test: the next run writes over those in excess.
        for c in range(MOST_CRISES):
            run_of[x + c] = r
            slot_of[x + c] = c
        x += int(crisis_number[r])
    crisis_motions[0] = x
    for y in range(x):
        run_number_of[y] = run_numbers[run_of[y]]


def draw_crisis_luck(
    u_crisis: Any,
    u_course: Any,
    u_crisis_state: Any,
    u_crisis_ngo: Any,
    crisis_motions: Any,
    run_number_of: Any,
    slot_of: Any,
    seed_words: Any,
    luck_numbers: Any,
    t: int,
) -> None:
    """The uniforms of every crisis of the period, but for those of dyads whose contingents meet."""
    n = crisis_motions[0]
    draw_crises(u_crisis, 0, CRISIS, run_number_of, slot_of, seed_words, t, n)
    draw_crises(u_course, 0, CRISIS_COURSE, run_number_of, slot_of, seed_words, t, n)
    draw_crises(u_crisis_ngo, 0, CRISIS_NGO, run_number_of, slot_of, seed_words, t, n)
    for i in range(luck_numbers.shape[0]):
        who = luck_numbers[i]
        draw_crises(u_crisis_state[i], who, CRISIS_STATE, run_number_of, slot_of, seed_words, t, n)


def characterise(
    area: Any,
    magnitude: Any,
    robustness: Any,
    delegated: Any,
    technical: Any,
    crisis_motions: Any,
    u_crisis: Any,
    u_course: Any,
    terms: Any,
) -> None:
    """Area, magnitude Gamma(2, 0.5) and robustness of each crisis; whether the Director may act alone."""
    autonomy = terms[0].institution.autonomy
    for x in range(crisis_motions[0]):
        u = u_crisis[0, x]
        kind = (1 if u >= 0.10 else 0) + (1 if u >= 0.45 else 0) + (1 if u >= 0.80 else 0) + (1 if u >= 0.90 else 0)
        area[x] = kind
        technical[x] = (kind == HUMANITARIAN) | (kind == RECOVERY)
    for x in range(crisis_motions[0]):
        magnitude[x] = -0.5 * log(u_crisis[1, x] * u_crisis[2, x])
        exponent = 0.6 if area[x] == PEACEKEEPING else 2.5
        robustness[x] = power(u_crisis[3, x], exponent)
    for x in range(crisis_motions[0]):
        delegated[x] = (magnitude[x] <= 2.0 * autonomy) | (u_course[0, x] < 0.5 * autonomy)


def face_crises(
    crisis_trust: Any,
    crisis_mood: Any,
    sits: Any,
    can_deploy: Any,
    crisis_motions: Any,
    run_of: Any,
    technical: Any,
    mean_trust: Any,
    hawkishness: Any,
    on_roll: Any,
    attended: Any,
    member: Any,
) -> None:
    """In what mood each government finds a crisis, and whether it takes part; on the technical track all do."""
    for i in range(member.shape[0]):
        for x in range(crisis_motions[0]):
            crisis_trust[i, x] = mean_trust[i, run_of[x]]
        for x in range(crisis_motions[0]):
            crisis_mood[i, x] = hawkishness[i, run_of[x]]
        for x in range(crisis_motions[0]):
            r = run_of[x]
            comes = attended[i, r] | technical[x]
            sits[i, x] = on_roll[i, r] & comes
            can_deploy[i, x] = member[i, r] & comes


def crisis_ballots(
    crisis_ballot: Any,
    approval: Any,
    crisis_motions: Any,
    area: Any,
    robustness: Any,
    crisis_trust: Any,
    crisis_mood: Any,
    long_run_hawkishness: Any,
    robustness_cap: Any,
    ideal_mix: Any,
    seat_state: Any,
    u_crisis_state: Any,
    u_crisis_ngo: Any,
) -> None:
    """Asked of each seat: does it approve sending the institute?"""
    n = long_run_hawkishness.shape[0]
    for i in range(n):
        for x in range(crisis_motions[0]):
            approves = crisis_vote(
                crisis_trust[i, x],
                crisis_mood[i, x],
                long_run_hawkishness[i],
                robustness[x],
                robustness_cap[i],
                ideal_mix[i, area[x]],
                u_crisis_state[i, 0, x],
            )
            crisis_ballot[i, x] = ACCEPTS if approves else REJECTS
    for x in range(crisis_motions[0]):
        approval[x] = logistic((1.8 - max(0.0, robustness[x] - 0.7)) * STEEPNESS)
    for k in range(n, seat_state.shape[0]):
        state = seat_state[k]
        word = 1 if k < 2 * n else 2
        luck = u_crisis_state[state, word] if state >= 0 else u_crisis_ngo[0]
        for x in range(crisis_motions[0]):
            crisis_ballot[k, x] = ACCEPTS if luck[x] < approval[x] else REJECTS


def crisis_tally(
    crisis_tally: Any,
    crisis_motions: Any,
    run_of: Any,
    crisis_ballot: Any,
    sits: Any,
    seated: Any,
    rolls: Any,
    roll_weight: Any,
    share: Any,
    director: Any,
    terms: Any,
) -> None:
    """Count the ballots on each crisis; on the technical track every government on the roll is present."""
    n = sits.shape[0]
    for row in range(crisis_tally.shape[0]):
        for x in range(crisis_motions[0]):
            crisis_tally[row, 0, x] = 0.0
    for x in range(crisis_motions[0]):
        crisis_tally[ROLL, 0, x] = rolls[run_of[x]]
    for i in range(n):
        for x in range(crisis_motions[0]):
            accepts = sits[i, x] & (crisis_ballot[i, x] == ACCEPTS)
            rejects = sits[i, x] & (crisis_ballot[i, x] == REJECTS)
            crisis_tally[PRESENT, 0, x] += 1.0 if sits[i, x] else 0.0
            crisis_tally[YES, 0, x] += 1.0 if accepts else 0.0
            crisis_tally[NO, 0, x] += 1.0 if rejects else 0.0
        for x in range(crisis_motions[0]):
            accepts = sits[i, x] & (crisis_ballot[i, x] == ACCEPTS)
            crisis_tally[CHAIR_YES, 0, x] += 1.0 if accepts & (director[run_of[x]] == i) else 0.0
    for x in range(crisis_motions[0]):
        crisis_tally[SEATS_YES, 0, x] = crisis_tally[YES, 0, x]
        crisis_tally[SEATS_VOTING, 0, x] = crisis_tally[YES, 0, x] + crisis_tally[NO, 0, x]
    if terms[0].institution.all_seats_vote:
        for k in range(n, seated.shape[0]):
            for x in range(crisis_motions[0]):
                speaks = seated[k, run_of[x]]
                crisis_tally[SEATS_YES, 0, x] += 1.0 if speaks & (crisis_ballot[k, x] == ACCEPTS) else 0.0
                crisis_tally[SEATS_VOTING, 0, x] += 1.0 if speaks else 0.0
    if terms[0].institution.weighs_votes:
        for x in range(crisis_motions[0]):
            crisis_tally[ROLL_WEIGHT, 0, x] = roll_weight[run_of[x]]
        for i in range(n):
            for x in range(crisis_motions[0]):
                own_share = share[i, run_of[x]]
                accepts = sits[i, x] & (crisis_ballot[i, x] == ACCEPTS)
                crisis_tally[YES_WEIGHT, 0, x] += own_share if accepts else 0.0


def decide_crises(
    delay: Any,
    answered: Any,
    crisis_passed: Any,
    crisis_motions: Any,
    delegated: Any,
    technical: Any,
    run_of: Any,
    coordination_stock: Any,
    u_course: Any,
    terms: Any,
) -> None:
    """Days until a decision: the Director's, the Council's, or a second reading's; else the crisis is lost."""
    for x in range(crisis_motions[0]):
        second = u_course[1, x] < SECOND_READING
        passed = crisis_passed[0, x]
        days = DAYS_VOTED if passed else DAYS_SECOND_READING
        days = DAYS_DELEGATED if delegated[x] else days
        delay[x] = days
        answered[x] = delegated[x] | passed | second
    if terms[0].institution.coordination:
        for x in range(crisis_motions[0]):
            sooner = max(SHORTEST_DELAY, delay[x] - 10.0 * coordination_stock[run_of[x]])
            delay[x] = sooner if technical[x] else delay[x]


def crisis_distrust(
    bad: Any,
    listed: Any,
    crisis_motions: Any,
    run_of: Any,
    delegated: Any,
    crisis_passed: Any,
    crisis_ballot: Any,
    sits: Any,
    member: Any,
    terms: Any,
) -> None:
    """When a crisis fails at first reading, who voted no loses the trust of who would have said yes."""
    weight = terms[0].trust.veto
    n = member.shape[0]
    failed = 0
    for x in range(crisis_motions[0]):
        listed[failed] = x
        failed += 0 if delegated[x] | crisis_passed[0, x] else 1
    for j in range(n):
        for i in range(n):
            if i != j:
                for f in range(failed):
                    x = listed[f]
                    r = run_of[x]
                    against = sits[j, x] and crisis_ballot[j, x] == REJECTS
                    for_it = member[i, r] and crisis_ballot[i, x] == ACCEPTS
                    bad[i, j, r] += weight if against and for_it else 0.0


def caveats(permitted: Any, crisis_motions: Any, robustness: Any, robustness_cap: Any) -> None:
    """A state's caveat closes crises to it that are more robust than its cap."""
    for i in range(permitted.shape[0]):
        for x in range(crisis_motions[0]):
            permitted[i, x] = robustness[x] <= robustness_cap[i]


def draw_principles(
    u_principle: Any,
    crisis_motions: Any,
    run_number_of: Any,
    slot_of: Any,
    seed_words: Any,
    t: int,
) -> None:
    """The uniforms of the principles of every crisis."""
    n = crisis_motions[0]
    draw_crises(u_principle[0], 0, CRISIS_PRINCIPLES, run_number_of, slot_of, seed_words, t, n)
    draw_crises(u_principle[1], 0, CRISIS_FORCE, run_number_of, slot_of, seed_words, t, n)


def principles(
    permitted: Any, holds: Any, crisis_motions: Any, robustness: Any, required: Any, u_principle: Any
) -> None:
    """Each principle holds in a crisis with a chance of 1 - robustness; a state needs all that it requires.

    Source: the five principles for participation, International Peace Cooperation Act of Japan, 1992.
    """
    for p in range(holds.shape[0]):
        for x in range(crisis_motions[0]):
            holds[p, x] = u_principle[p // 4, p % 4, x] < 1.0 - robustness[x]
    for i in range(permitted.shape[0]):
        for x in range(crisis_motions[0]):
            permitted[i, x] = True
        for p in range(holds.shape[0]):
            if required[i, p]:
                for x in range(crisis_motions[0]):
                    permitted[i, x] &= holds[p, x]


def offers(
    offered: Any,
    crisis_motions: Any,
    area: Any,
    permitted: Any,
    crisis_trust: Any,
    crisis_mood: Any,
    long_run_hawkishness: Any,
    ideal_mix: Any,
    roster: Any,
    u_crisis_state: Any,
    terms: Any,
) -> None:
    """Asked of each state: how many persons does it offer?"""
    for i in range(roster.shape[0]):
        for x in range(crisis_motions[0]):
            offered[i, x] = caveat_and_will(
                permitted[i, x],
                crisis_trust[i, x],
                crisis_mood[i, x],
                long_run_hawkishness[i],
                ideal_mix[i, area[x]],
                roster[i],
                u_crisis_state[i, 3, x],
                terms[0].crises,
            )


def respond(
    offered: Any,
    persons: Any,
    crisis_value: Any,
    response_days: Any,
    field_support: Any,
    crisis_motions: Any,
    run_of: Any,
    technical: Any,
    answered: Any,
    delay: Any,
    magnitude: Any,
    can_deploy: Any,
    capacity: Any,
    network: Any,
    consortium: Any,
    coordination_stock: Any,
    delivery: Any,
    terms: Any,
) -> None:
    """Persons deployed, days to the field and value of each response, 0..1; a lost crisis has value 0."""
    for r in range(field_support.shape[0]):
        programme = delivery[0, r] + delivery[1, r] + delivery[2, r] + delivery[3, r] + delivery[4, r]
        field_support[r] = min(1.0, 0.3 + 0.7 * programme / 5.0)
    for x in range(crisis_motions[0]):
        persons[x] = 0.0
    for i in range(offered.shape[0]):
        for x in range(crisis_motions[0]):
            offer = offered[i, x]
            offered[i, x] = offer if answered[x] & can_deploy[i, x] else 0.0
            persons[x] += offered[i, x]
    coordinates = terms[0].institution.coordination
    per_day = -1.0 / terms[0].crises.response_scale
    for x in range(crisis_motions[0]):
        r = run_of[x]
        have = (1.0 + 0.3 * consortium[r]) * persons[x]
        have = have * (1.0 + 0.1 * coordination_stock[r]) if coordinates and technical[x] else have
        needed = terms[0].crises.persons_needed * magnitude[x]
        cover = min(1.0, have / needed)
        days = delay[x] * (1.0 - 0.4 * network[r]) + 20.0 + 80.0 * (1.0 - 0.6 * capacity[r])
        value = cover * exp(days * per_day) * field_support[r]
        crisis_value[x] = value if answered[x] else 0.0
        response_days[x] = days
        persons[x] = min(1.0, needed / max(1e-300, have))
    for i in range(offered.shape[0]):
        for x in range(crisis_motions[0]):
            offered[i, x] = offered[i, x] * persons[x]


def collect_crises(
    crises_value: Any,
    response: Any,
    answered_crises: Any,
    crisis_items: Any,
    crises_settled: Any,
    deployed: Any,
    total_days: Any,
    total_answered: Any,
    offered: Any,
    crisis_motions: Any,
    run_of: Any,
    crisis_number: Any,
    delegated: Any,
    answered: Any,
    crisis_passed: Any,
    magnitude: Any,
    crisis_value: Any,
    response_days: Any,
    period_days: Any,
) -> None:
    """Bring the results of the crises back to their runs."""
    runs = crises_value.shape[0]
    for r in range(runs):
        crises_value[r] = 0.0
        response[r] = 0.0
        answered_crises[r] = 0.0
        crisis_items[r] = 0.0
        crises_settled[r] = 0.0
        period_days[r] = 0.0
    for i in range(deployed.shape[0]):
        for r in range(runs):
            deployed[i, r] = 0.0
        for x in range(crisis_motions[0]):
            deployed[i, run_of[x]] += offered[i, x]
    for x in range(crisis_motions[0]):
        r = run_of[x]
        crises_value[r] += magnitude[x] * crisis_value[x]
        response[r] += crisis_value[x]
    for x in range(crisis_motions[0]):
        r = run_of[x]
        answered_crises[r] += 1.0 if answered[x] else 0.0
        period_days[r] += response_days[x] if answered[x] else 0.0
    for x in range(crisis_motions[0]):
        r = run_of[x]
        crisis_items[r] += 0.0 if delegated[x] else 1.0
        crises_settled[r] += 1.0 if crisis_passed[0, x] & (not delegated[x]) else 0.0
    for r in range(runs):
        response[r] = response[r] / max(1.0, crisis_number[r])
        total_days[r] += period_days[r]
        total_answered[r] += answered_crises[r]


def field_sharing(
    good: Any,
    bad: Any,
    excitation: Any,
    total_sharing: Any,
    total_backlashes: Any,
    listed: Any,
    met_run_number: Any,
    met_slot: Any,
    u_crisis_dyad: Any,
    crisis_motions: Any,
    run_of: Any,
    slot_of: Any,
    run_number_of: Any,
    offered: Any,
    trust: Any,
    hawkishness: Any,
    frozen: Any,
    dyad_a: Any,
    dyad_b: Any,
    dyad_luck: Any,
    seed_words: Any,
    terms: Any,
    t: int,
) -> None:
    """Two contingents in one crisis may share; sharing builds trust, and may bring a backlash at home."""
    gain = terms[0].trust.sharing
    loss = terms[0].trust.incident / 2.0
    echo = BACKLASH * (1.0 - terms[0].incidents.decay)
    for d in range(dyad_a.shape[0]):
        a, b = dyad_a[d], dyad_b[d]
        meetings = 0
        for x in range(crisis_motions[0]):
            listed[meetings] = x
            meetings += 1 if (offered[a, x] > 0.0) & (offered[b, x] > 0.0) else 0
        for m in range(meetings):
            met_run_number[m] = run_number_of[listed[m]]
            met_slot[m] = slot_of[listed[m]]
        draw_crises(u_crisis_dyad, dyad_luck[d], CRISIS_DYAD, met_run_number, met_slot, seed_words, t, meetings)
        shared = 0
        for m in range(meetings):
            r = run_of[listed[m]]
            shares = u_crisis_dyad[0, m] < SHARING * (trust[a, b, r] + trust[b, a, r])
            listed[shared] = listed[m]
            u_crisis_dyad[1, shared] = u_crisis_dyad[1, m]
            shared += 1 if shares else 0
        for s in range(shared):
            r = run_of[listed[s]]
            total_sharing[r] += 1.0
            good[a, b, r] += gain
            good[b, a, r] += gain
            heat = 1.5 if frozen[d, r] else 0.5
            if u_crisis_dyad[1, s] < 0.5 * max(hawkishness[a, r], hawkishness[b, r]) * heat:
                total_backlashes[r] += 1.0
                excitation[d, r] += echo
                bad[a, b, r] += loss
                bad[b, a, r] += loss
