"""What changes from period to period, as arrays whose last axis is the run; and what does not change.

`State` declares every array by name, with axes and unit; steps name the ones they read and write. States
stand in alphabetical order of their codes, seats in the order governments, former officials, NGOs.
"""

from __future__ import annotations

from math import prod
from typing import TYPE_CHECKING, Any, get_type_hints

import numpy as np

from aiposim.quantities import (
    AREAS,
    Array,
    BandCount,
    BinCounts,
    BudgetBallots,
    BudgetCount,
    CandidateFlag,
    Count,
    CrisisBallots,
    CrisisFlag,
    CrisisLuck,
    CrisisNumber,
    CrisisPassed,
    CrisisPrinciples,
    CrisisTally,
    DueMemory,
    DyadFlag,
    DyadLuck,
    FixedSum,
    Histogram,
    NgoLuck,
    PairFlag,
    PairLuck,
    PerArea,
    PerBand,
    PerCandidate,
    PerCrisis,
    PerDyad,
    PerItem,
    PerPair,
    PerRun,
    PerSeat,
    PerState,
    PerStep,
    PrincipleLuck,
    ProgrammeBallots,
    ProgrammeCount,
    ProgrammeDistances,
    RunBin,
    RunFlag,
    RunList,
    RunLuck,
    RunNumber,
    RunPassed,
    RunTally,
    SeatFlag,
    StateCrisis,
    StateCrisisFlag,
    StateCrisisLuck,
    StateFlag,
    StateLuck,
    StateNumber,
    StepFlag,
)

if TYPE_CHECKING:
    from aiposim.charter import Charter

MOST_CRISES = 4
PRINCIPLES = 5
PROGRAMME_STEPS = 4  # towards the target, put to the vote: all the way, three quarters, half, a quarter

LINE = 64
"""Bytes that a processor fetches at once: each array begins with a line, so that no vector lies across two."""

BINS = 512
STRANDS = 4  # counts made side by side: one bin increased again and again waits for itself
FIXED_POINT = 2.0**20

# Rows of `observed`: the measures that have bands by period. Delivery takes five rows, shares one a state.
(
    BUDGET,
    BUDGET_RATIO,
    TIMELY_COLLECTION_RATE,
    COLLECTION_RATE,
    TRUST,
    TRUST_FOUNDERS,
    DELIVERY_RATIO,
    RESPONSE_EFFECTIVENESS,
    RESPONSE_DAYS,
    DECISION_RATE,
    INCIDENTS,
    SECRETARIAT_CAPACITY,
    COOPERATION_INDEX,
    ARREARS_YEARS,
    MEMBERS,
    WOMEN_SHARE,
) = range(16)
DELIVERED = 16
SHARE = DELIVERED + len(AREAS)
BANDS = (
    "budget",
    "budget_ratio",
    "timely_collection_rate",
    "collection_rate",
    "trust",
    "trust_founders",
    "delivery_ratio",
    "response_effectiveness",
    "response_days",
    "decision_rate",
    "incidents",
    "secretariat_capacity",
    "cooperation_index",
    "arrears_years",
    "members",
    "women_share",
    *(f"delivery.{area}" for area in AREAS),
)


class State:
    """All arrays of one block of runs. `sizes` gives the length of each axis; `start` sets the foundation."""

    # the world
    hawkishness: PerState  # h, 0..1
    baseline: PerState  # the government's own, 0..1
    softened: StateFlag  # a softer government took office this period
    turned: RunList  # the runs in which a government changed, one after the other
    fresh_baseline: PerRun  # of the governments that changed, one after the other
    opinion_noise: PerRun
    extreme: RunList  # the runs whose uniform lies in a tail, one after the other
    incident_rate: PerDyad  # incidents per half-year
    excitation: PerDyad  # memory of incidents
    incidents: PerDyad  # number this period
    major: DyadFlag
    severity: PerDyad
    frozen: DyadFlag
    good: PerPair  # [i, j]: pseudo-count of i's good experience with j
    bad: PerPair
    trust: PerPair  # [i, j]: i's trust in j, 0..1
    mean_trust: PerState  # in the other members
    frozen_dyads: PerState  # own frozen dyads with members
    any_freeze: RunFlag  # between members
    cooperation: PerRun  # experience of co-operation, 0..1
    summit_possible: RunFlag
    thawed: RunFlag  # no dyad is frozen
    scheduling: PerRun  # the year's uniform
    held_before: RunFlag  # a summit was held last year
    gap: PerRun  # years since the last summit

    # membership
    member: StateFlag
    members: PerRun  # number of members at the start of the period
    alive: RunFlag
    left: RunFlag  # a member has left at the end of the last period
    leavings: Count  # in how many runs
    leaves: StateFlag
    remaining: PerRun
    notice: PerState  # periods of notice left, 0: none runs
    withdraws: StateFlag
    rescinds: StateFlag
    grievance: PerState  # >= 0
    surplus: PerState  # smoothed, relative to the valuation
    payoff: PerState  # M$ per half-year
    outside: PerState  # M$ per half-year
    benefit: PerState  # M$ per half-year
    benefit_without: PerState
    benefit_of_area: PerArea  # per unit of valuation
    for_it: PerRun
    against: PerRun

    # dues
    valuation: PerState  # theta, M$ per half-year and log unit
    reported: PerState
    fair_share: PerState  # 0..1
    key: PerState  # scale of assessments before relief, sum 1
    share: PerState  # scale of assessments, sum 1
    rescaled: RunFlag
    under_review: RunNumber  # the runs to be rescaled, one after the other
    reviews: Count  # their number
    reviews_to_make: Count  # for how many of them the tables hold nothing yet
    membership: RunNumber  # a bit a founder: 1, 2, 4 ...
    relief: RunNumber  # state in whose favour relief is in force, -1: none
    relief_pending: RunNumber
    relief_rate: PerRun  # part of its key from which that state is relieved
    relief_rate_pending: PerRun
    due: PerState  # M$ per half-year
    due_memory: DueMemory
    two_year_dues: PerState  # M$
    suspended: StateFlag
    behind: StateFlag  # arrears equal or exceed two years' dues
    waiver: StateNumber  # of a breach beyond the state's control; 0: not used, 1: in force, 2: used up
    paid_late: StateFlag  # a late shock hit the last payment
    arrears: PerState  # M$
    propensity: PerState  # to pay, 0..1
    willing: PerState  # share of dues, 0..1
    willing_part: PerState  # evidence of good will, 0..1
    paid: PerState  # M$ per half-year
    paid_in_time: PerState
    marginal_benefit: PerArea  # per unit of valuation and M$ of own money
    own_return: PerRun
    trust_in_director: PerRun
    bias_felt: PerRun  # partiality of a foreign Director times distrust
    stake: PerRun  # weight of the sanctions, in the decision to pay
    inclined: PerRun  # how much speaks for paying
    collected: PerRun  # M$ per half-year, from the members
    received: PerRun  # M$ per half-year, external funds included
    total_due: PerRun
    timely: PerRun  # share of dues paid in their own period
    pledge: PerState  # M$ per half-year
    pledged: PerRun
    share_sum: PerRun
    fair_sum: PerRun
    opted_out: StateNumber  # area, -1: none

    # the Director
    director: RunNumber  # state
    competence: PerRun  # q, 0..1
    partiality: PerRun  # b, 0..1
    acting: RunFlag
    place: PerState  # in the queue of turns, 0 first
    selects: RunFlag
    vacant: RunNumber  # the runs that select, one after the other
    vacancies: Count  # their number
    luck_at_hand: PerRun
    foreign_deputies: PerRun
    nominee_competence: PerState
    objects: PairFlag  # [i, j]: i objects to j's nominee
    favour: PerPair  # [i, j]: how much i favours j's nominee
    polled: PerState  # votes for the nominee in a poll
    objection_count: PerState
    standing_score: PerRun

    # the institute
    budget: PerRun  # B, M$ per half-year
    mix: PerArea  # voted programme of work, sum 1
    working_mix: PerArea  # the programme the money follows
    capacity: PerRun  # K, 0..1
    efficiency: PerRun  # e
    network: PerRun
    consortium: PerRun
    training: PerRun
    posts: PerState  # share of secretariat posts
    women_share: PerState
    delivery: PerArea  # effective M$ per half-year
    total_valuation: PerRun  # M$ per half-year and log unit
    efficient: PerRun  # efficient budget, M$ per half-year
    efficient_delivery: PerArea
    efficient_benefit: PerRun
    area_demand: PerArea
    spread: PerRun
    coordination_stock: PerRun  # field coordination, 0..1
    civilians_serving: PerState  # persons
    civilian_women: PerRun
    civilians_sum: PerRun

    # the Council
    attended: StateFlag
    on_roll: StateFlag
    present: StateFlag
    chair: StateFlag  # present, and the Director's state
    rolls: PerRun
    presents: PerRun
    roll_weight: PerRun
    absent: PerRun
    suspensions: PerRun
    seated: SeatFlag
    seat_margin: PerSeat
    seat_reach: PerSeat
    seat_weight: PerSeat
    weight_sum: PerRun
    ideal: PerSeat  # ln of M$ per half-year
    own_ideal: PerRun
    target: PerRun
    reversion: PerRun
    directors_ideal: PerRun
    candidate: PerCandidate
    budget_ballot: BudgetBallots
    budget_count: BudgetCount
    budget_yes_weight: PerCandidate
    budget_passed: CandidateFlag
    decided: PerRun
    decision_gap: PerRun
    mix_target: PerArea
    mix_gap: PerRun
    status_quo_distance: PerSeat
    programme_distance: ProgrammeDistances
    programme_ballot: ProgrammeBallots
    programme_count: ProgrammeCount
    programme_yes_weight: PerStep
    programme_passed: StepFlag
    chosen_step: RunNumber
    adopted: RunFlag
    settled: RunFlag
    motions: Count
    relief_claim: PerState
    claimant: RunNumber
    largest_claim: PerRun
    relief_asked: PerRun  # part of the claimant's key
    relief_accepted: StateFlag
    relief_tally: RunTally
    relief_passed: RunPassed
    granted: RunFlag

    # crises
    crisis_number: PerRun
    crisis_motions: Count
    run_of: CrisisNumber
    slot_of: CrisisNumber
    run_number_of: CrisisNumber  # the run's address in luck
    area: CrisisNumber
    magnitude: PerCrisis
    robustness: PerCrisis
    delegated: CrisisFlag
    technical: CrisisFlag
    crisis_trust: StateCrisis  # mean trust in the other members, when the crisis breaks out
    crisis_mood: StateCrisis  # hawkishness then
    sits: StateCrisisFlag  # the government is on the roll and takes part
    can_deploy: StateCrisisFlag  # the state is a member and takes part
    approval: PerCrisis  # chance that an official or an NGO approves
    crisis_ballot: CrisisBallots
    crisis_tally: CrisisTally
    crisis_passed: CrisisPassed
    delay: PerCrisis  # days
    answered: CrisisFlag
    holds: CrisisPrinciples  # which principles the crisis satisfies
    permitted: StateCrisisFlag  # the state's caveats allow it to deploy
    offered: StateCrisis
    field_support: PerRun  # programmes in the field, 0..1
    listed: CrisisNumber  # crises that call for more, one after the other
    met_run_number: CrisisNumber  # of the crises listed, where two contingents meet
    met_slot: CrisisNumber
    persons: PerCrisis
    crisis_value: PerCrisis  # 0..1
    response_days: PerCrisis
    crises_value: PerRun
    response: PerRun  # mean value, 0..1
    answered_crises: PerRun
    crisis_items: PerRun
    crises_settled: PerRun
    period_days: PerRun
    deployed: PerState  # persons

    # joint representation
    joint: PerRun  # share of issues joined
    lowest: PerRun
    highest: PerRun
    tolerance: PerRun
    common_position: PerRun  # the common factor of an issue, standard normal
    own_position: PerRun  # a state's own part of its position, standard normal
    influence: PerRun
    rate_of_members: PerRun
    alone: PerRun

    # luck: uniforms
    u_domestic: StateLuck
    u_incident: DyadLuck
    u_council: StateLuck
    u_institute: RunLuck
    u_ngo: NgoLuck
    u_career: StateLuck
    u_objection: PairLuck
    u_factor: RunLuck
    u_issue: StateLuck
    u_crisis: CrisisLuck
    u_course: CrisisLuck
    u_crisis_ngo: CrisisLuck
    u_principle: PrincipleLuck
    u_crisis_state: StateCrisisLuck
    u_crisis_dyad: CrisisLuck  # of one dyad, in the crises where its contingents meet

    # the record: this period
    delivery_ratio: PerRun
    items: PerRun
    settled_items: PerRun
    average_trust: PerRun
    founders_trust: PerRun
    burden_gini: PerRun
    burden: PerState  # payment in relation to the valuation
    burden_sum: PerRun
    index: PerRun
    index_without_decisions: PerRun
    arrears_years: PerRun
    coalition: PerRun
    coalition_value: PerRun
    smallest: PerRun
    everybody: PerRun
    value_per_unit: PerRun
    women_weight: PerRun
    observed: PerBand

    # the record: sums over the run
    totals: PerBand
    defined: BandCount  # in how many periods
    histogram: Histogram
    fixed_sum: FixedSum
    bin_of: RunBin
    bin_counts: BinCounts
    lived: PerRun  # periods
    total_index_without: PerRun
    total_gini: PerRun
    total_boycott: PerRun
    total_joint: PerRun
    total_influence: PerRun
    total_suspensions: PerRun
    total_reliefs: PerRun
    total_summits: PerRun
    total_years: PerRun
    total_after_held: PerRun  # years that followed a year with a summit
    total_held_again: PerRun  # of these, with a summit
    total_resumed: PerRun  # years with a summit after a year without
    longest_gap: PerRun  # years
    total_core: PerRun
    total_reviews: PerRun
    total_days: PerRun
    total_answered: PerRun
    total_sharing: PerRun
    total_backlashes: PerRun
    total_trained: PerRun
    total_items: PerItem
    total_settled: PerItem
    total_paid: PerState
    total_dues: PerState
    total_valuations: PerState
    welfare: PerState  # M$, discounted
    rational_periods: PerState
    membership_periods: PerState
    total_annual: PerRun
    total_due_years: PerRun
    year_collected: PerRun
    year_due: PerRun
    biased_sum: PerState
    biased_periods: PerState
    unbiased_sum: PerState
    unbiased_periods: PerState
    end_trust: PerRun
    end_capacity: PerRun
    women_now: PerRun
    total_exits: PerRun
    first_leaver: RunNumber

    def __init__(self, sizes: dict[str, int]) -> None:
        self.sizes = sizes
        self._used = False
        shapes = {name: (tuple(sizes[axis] for axis in axes), dtype) for name, (dtype, axes) in declared().items()}
        lines = {name: -(-prod(shape) * dtype.itemsize // LINE) for name, (shape, dtype) in shapes.items()}
        # One piece of memory for all: the larger a piece, the larger its pages, and the faster it is read.
        memory = np.zeros(LINE * (sum(lines.values()) + 1), np.uint8)
        start = -memory.ctypes.data % LINE
        for name, (shape, dtype) in shapes.items():
            setattr(self, name, np.ndarray(shape, dtype, memory, start))
            start += LINE * lines[name]

    def arrays(self) -> dict[str, Array]:
        """Every array by name."""
        return {name: getattr(self, name) for name in declared()}

    def start(self, charter: Charter) -> None:
        """The foundation, first half of the first year; sums are set to nothing."""
        if self._used:
            for name, array in self.arrays().items():
                if name != "histogram":  # by far the largest; each period writes all its rows anew
                    array[...] = 0
        self._used = True
        given, terms = charter.given, charter.terms
        n = self.sizes["state"]
        column = given.long_run_hawkishness[:, None]
        self.hawkishness[...] = column
        self.baseline[...] = column
        founding = 9.0
        self.good[...] = founding * given.prior_trust[:, :, None]
        self.bad[...] = founding * (1.0 - given.prior_trust[:, :, None])
        self.trust[...] = given.prior_trust[:, :, None]
        self.cooperation[...] = terms.incidents.cooperation_reference
        self.member[...] = True
        self.members[...] = float(n)
        self.alive[...] = True
        self.surplus[...] = 0.35
        self.relief[...] = -1
        self.relief_pending[...] = -1
        self.opted_out[...] = -1
        self.first_leaver[...] = -1
        self.propensity[...] = 0.85
        self.place[...] = given.first_place[:, None]
        self.budget[...] = terms.institution.founding_budget
        self.mix[...] = 1.0 / len(AREAS)
        self.working_mix[...] = 1.0 / len(AREAS)
        self.capacity[...] = terms.secretariat.initial_capacity
        for stock in (self.network, self.consortium, self.training, self.coordination_stock):
            stock[...] = 0.1
        self.posts[...] = 1.0 / n
        self.women_share[...] = given.first_women_share[:, None]
        self.civilian_women[...] = 0.30
        spent = terms.institution.founding_budget - terms.institution.fixed_cost
        self.delivery[...] = 0.2 * terms.secretariat.base_efficiency * max(0.0, spent)
        self.motions[0] = self.sizes["run"]


_declared: dict[str, Any] = {}


def declared() -> dict[str, tuple[np.dtype[Any], tuple[str, ...]]]:
    """Name, dtype and axes of every array of the state."""
    if not _declared:
        hints = get_type_hints(State, include_extras=True)
        for name, hint in hints.items():
            _declared[name] = hint.__metadata__
    return _declared


def sizes(states: int, ngo_seats: int, horizon: int, runs: int) -> dict[str, int]:
    """Length of each axis for a block of `runs`."""
    seats = 2 * states + ngo_seats
    return {
        "run": runs,
        "state": states,
        "area": len(AREAS),
        "dyad": states * (states - 1) // 2,
        "seat": seats,
        "ngo": states if ngo_seats > 1 else 0,
        "candidate": 1 + 2 * seats,
        "step": PROGRAMME_STEPS,
        "row": 9,
        "counted": 5,
        "one": 1,
        "item": 3,
        "principle": PRINCIPLES,
        "block": 2,
        "memory": 4,
        "word": 4,
        "crisis": MOST_CRISES * runs,
        "band": SHARE + states,
        "bin": BINS,
        "count": BINS + 1,  # the last for what is not defined
        "strand": STRANDS,
        "period": horizon,
    }
