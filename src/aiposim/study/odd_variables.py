"""Which arrays of `State` are the state of the model, entity by entity, in words; all others are derived.

A variable is listed if its value outlives the half-year, or if it is what an entity is known by. The test of the
description sees to it that every array of `State` stands in one of the two lists.
"""

from __future__ import annotations

from typing import Any

from aiposim.state import declared

ENTITIES: dict[str, tuple[tuple[str, str, str], ...]] = {
    "State (founder)": (
        ("member", "", "whether it has not left"),
        ("hawkishness", "h_i", "hostile opinion at home, 0 to 1"),
        ("baseline", "hbar_i", "opinion towards which the government in office draws, 0.05 to 0.9"),
        ("valuation", "theta_i", "what the institute is worth to it, M US$ per half-year and log unit"),
        ("reported", "", "the valuation it reports, same unit"),
        ("fair_share", "ref_i", "share of the budget it holds fair, 0 to 1"),
        ("key", "key_i", "its part of the scale of assessments before relief, sum 1 over members"),
        ("share", "s_i", "the same after relief, sum 1 over members"),
        ("due", "", "assessed contribution, M US$ per half-year"),
        ("due_memory", "", "dues of the last four half-years, M US$"),
        ("two_year_dues", "A4_i", "their sum"),
        ("arrears", "L_i", "what it owes, M US$, 0 or more"),
        ("propensity", "p_i", "part of its dues it is inclined to pay, 0 to 1"),
        ("paid", "pay_i", "what it pays, M US$ per half-year"),
        ("pledge", "", "what it pledges where contributions are voluntary, M US$ per half-year"),
        ("suspended", "", "whether its vote is suspended"),
        ("waiver", "", "a waiver of the suspension: 0 not used, 1 in force, 2 used up"),
        ("paid_late", "", "whether its last payment was hit by a late shock"),
        ("opted_out", "", "area it stays out of, by number; -1: none"),
        ("grievance", "G_i", "resentment of its charge and of being outvoted, 0 or more"),
        ("surplus", "S_i", "smoothed gain of membership, relative to its valuation"),
        ("payoff", "u_i", "payoff as a member, M US$ per half-year"),
        ("outside", "out_i", "what it would have outside, M US$ per half-year"),
        ("notice", "", "half-years until its notice of withdrawal takes effect; 0: no notice"),
        ("posts", "posts_i", "its share of the secretariat's posts, 0 to 1"),
        ("women_share", "f_i", "women among its deployed persons, 0 to 1"),
        ("civilians_serving", "civ_i", "its civilian experts serving in missions, persons"),
        ("deployed", "", "persons it deploys this half-year"),
        ("place", "", "place in the queue for the Directorate, 0 first"),
        ("attended", "", "whether its government attends this session"),
        ("frozen_dyads", "nf_i", "its frozen dyads with members"),
        ("mean_trust", "taubar_i", "its mean trust in the other members, 0 to 1"),
    ),
    "Ordered pair of founders": (
        ("good", "al_ij", "pseudo-count of good experience of i with j, above 0"),
        ("bad", "be_ij", "pseudo-count of bad experience, above 0"),
        ("trust", "tau_ij", "trust of i in j: good / (good + bad), between 0 and 1"),
    ),
    "Dyad (unordered pair of founders)": (
        ("incident_rate", "lam_d", "expected incidents of the half-year, 0 to 3"),
        ("excitation", "E_d", "memory of incidents, 0 or more"),
        ("incidents", "N_d", "incidents of the half-year, 0 to 6"),
        ("severity", "sev_d", "their severity, 0, 1 or 3 and 0.5 for each further one"),
        ("frozen", "frozen_d", "whether political contacts are frozen"),
    ),
    "World": (
        ("cooperation", "coop", "what publics and ministries have lately seen of the institute working, 0 to 1"),
    ),
    "Director": (
        ("director", "", "state that holds the Directorate, by number"),
        ("competence", "q", "0 to 1"),
        ("partiality", "b", "leaning to the programme and budget of the own state, 0 to 1"),
        ("acting", "", "only acting: no agenda power, less competence"),
    ),
    "Secretariat": (
        ("capacity", "K", "0 to 1"),
        ("efficiency", "e", "effective M US$ for each M US$ of programme money"),
        ("network", "net", "information network for humanitarian work, 0 to 1"),
        ("consortium", "con", "consortium for humanitarian work, 0 to 1"),
        ("training", "trn", "training centres, 0 to 1"),
        ("coordination_stock", "joint", "field coordination, 0 to 1"),
        ("civilian_women", "", "women among civilian experts, 0 to 1"),
    ),
    "Council seat": (
        ("ideal", "", "wanted budget, logarithm of M US$ per half-year; formed anew each session"),
        ("seat_margin", "m", "zone of indifference, in log units; formed anew each session"),
        ("seat_reach", "R", "largest distance from its ideal that the seat accepts"),
    ),
    "Institute": (
        ("alive", "", "whether it has not been dissolved"),
        ("members", "n", "number of members at the start of the half-year"),
        ("budget", "B", "M US$ per half-year"),
        ("mix", "w_a", "voted programme of work: parts of the five areas, sum 1"),
        ("working_mix", "", "programme that the money follows"),
        ("delivery", "D_a", "programme delivered, effective M US$ per half-year"),
        ("collected", "", "money received from members, M US$ per half-year"),
        ("received", "F", "all money received, M US$ per half-year"),
        ("relief", "", "state in whose favour relief is in force, by number; -1: none"),
        ("relief_pending", "", "state in whose favour relief comes into force at the next review"),
        ("relief_rate", "", "part of its key from which it is relieved, 0 to 1"),
        ("relief_rate_pending", "", "the same for the relief that is pending"),
    ),
    "Crisis (lives one half-year)": (
        ("area", "a", "number of the area"),
        ("magnitude", "", "about 1"),
        ("robustness", "rob", "how much force the situation may ask for, 0 to 1"),
        ("delegated", "", "left to the Director"),
        ("technical", "", "handled on the technical track"),
        ("delay", "", "days until the decision"),
        ("answered", "", "whether the institute responds"),
        ("crisis_value", "", "value of the response, 0 to 1"),
    ),
}
"""Entity: its variables as (array, symbol in formulas, meaning with unit and range)."""


def _derived() -> tuple[str, ...]:
    listed = {name for variables in ENTITIES.values() for name, _, _ in variables}
    names: dict[str, Any] = declared()
    return tuple(name for name in names if name not in listed)


DERIVED = _derived()
"""All other arrays: working space of the half-year, uniforms, and the sums that measures are made of."""
