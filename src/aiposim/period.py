"""One half-year of the institution, in the order of its charter. Begin to read here.

`period` is the whole story; `do` holds its steps, bound to one block of runs (`aiposim.wiring`). The steps are
in `aiposim.steps`, a module a phase. Where the institution asks its members something, the step may be
answered by arrays (`aiposim.ensemble`), by Mesa agents (`aiposim.model`) or by a book of given answers.
"""

from __future__ import annotations

from typing import Any

from aiposim.charter import Charter

ASKED = (
    "attendance",
    "budget_ballots",
    "programme_ballots",
    "crisis_ballots",
    "offers",
    "willing_shares",
    "pledges",
    "opt_outs",
    "objections",
    "favours",
    "ask_relief",
    "accept_relief",
    "withdrawals",
    "rescissions",
)
"""The steps in which the institution asks its members; everything else it does itself."""

DECIDES = ("someone_left",)
"""What the course of a period hangs on: questions that are answered yes or no. All else is a step."""


def period(t: int, do: Any, charter: Charter) -> None:
    """Half-year `t` of every run of the block that `do` is bound to."""
    review = t % charter.review == 0

    # 1  World: opinion, incidents, freezes; for all founders, for ever
    do.draw_luck(t)
    do.opinion()
    do.incident_rates()
    if charter.process == "markov":
        do.count_onsets()
    else:
        do.count_incidents()
    do.incident_distrust()
    do.freezes()
    do.kicks()
    do.beliefs()
    do.frozen_members()
    do.summits(t)

    # 2  Dues: the key is reviewed every few years, and when a member has left
    if review:
        do.roll_relief()
    do.reviewed(t)
    if review or do.someone_left():
        do.set_valuations(t)
        do.reports()
        do.set_key(t)
        if not charter.voluntary:
            do.relieved_shares()
    if t == 0:
        do.found()
    do.standing()
    if charter.waives:
        do.waive()
    if review:
        do.core_excess()

    # 3  Director: at the end of a term, and when the Director's state has left
    do.vacancy(t)
    if t % charter.terms.director.term == 0 or do.someone_left():
        if t > 0:
            do.hand_over()
        do.nominees()
        if charter.takes_objections:
            do.draw_objections(t)
            do.objections()
            do.count_objections()
        if charter.holds_poll:
            do.favours()
            do.first_ballot()
            do.run_off()
            do.count_votes_against()
        do.choose_director()
        do.install_director()
        do.move_queue()
    do.efficient_budget()
    do.efficient_programme()

    # 4  Council: the budget in even periods, the programme of work in odd ones, relief before a review
    do.attendance()
    do.roll_call()
    do.absence_distrust()
    do.seat_margins()
    do.compromise_weights()
    if t % 2 == 1:
        do.programme_target()
        do.programme_distances()
        do.programme_ballots()
        do.count_programme_ballots()
        do.programme_votes()
        do.adopt_programme()
        do.outvoted_on_programme()
        do.programme_veto_distrust()
    elif not charter.voluntary:
        do.budget_ideals()
        do.budget_target()
        do.budget_candidates()
        do.budget_ballots()
        do.count_budget_ballots()
        do.budget_votes()
        do.adopt_budget()
        do.outvoted_on_budget()
        do.budget_veto_distrust()
    else:
        do.no_budget()
    if charter.renegotiates and (t + 1) % charter.review == 0:
        do.ask_relief()
        do.choose_claimant()
        do.propose_relief()
        do.accept_relief()
        if charter.reserves_key:
            do.unanimous_relief()
        else:
            do.count_relief_ballots()
            do.relief_votes()
            do.voted_relief()
        do.grant_relief()

    # 5  Crises, one after the other
    do.list_crises()
    do.draw_crisis_luck(t)
    do.characterise()
    do.face_crises()
    do.crisis_ballots()
    do.crisis_tally()
    do.crisis_votes()
    do.decide_crises()
    do.crisis_distrust()
    if charter.requires_principles:
        do.draw_principles(t)
        do.principles()
    else:
        do.caveats()
    do.offers()
    do.respond()
    do.collect_crises()
    do.field_sharing(t)

    # 6  Payment: pledges, or assessed contributions
    if charter.voluntary:
        do.pledges()
        do.pool_pledges()
    elif charter.opt_outs_allowed and t % 2 == 0:
        do.opt_outs()
    do.effective_programme()
    do.dues()
    do.propensities()
    do.willing_shares()
    do.payments(t)
    if charter.waives:
        do.lateness()

    # 7  Delivery
    do.deliver()
    do.learn()
    do.appoint()
    do.stocks()
    do.women()
    do.civilians()

    # 8  Joint representation in the United Nations
    do.draw_issues(t)
    do.joint_statements()
    do.weigh_influence()

    # 9  Evaluation
    do.public_benefit()
    do.payoffs()
    do.moods()
    do.trust_evidence()
    do.experience()

    # 10 Record
    do.record_session(t)
    do.record_trust()
    do.record_burden()
    do.record_index()
    do.record_members(t)
    do.record_years(t)
    do.record_bias()
    do.record_persons()
    do.observe()
    do.add_up()
    do.count_bands(t)

    # 11 Withdrawal, effective from the next period
    do.withdrawals()
    do.rescissions()
    do.notices()
    do.exits()
    do.dissolution()
