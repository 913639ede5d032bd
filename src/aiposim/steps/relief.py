"""Phase 4, the period before a review: relief from the key for the member with the largest claim."""

from __future__ import annotations

from typing import Any

from aiposim.behaviour.accept_relief.generosity import generosity, room
from aiposim.behaviour.ask_relief.overcharged import overcharged
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

RELIEF = 0.1
RELIEF_GOODWILL = 0.7


def ask_relief(relief_claim: Any, key: Any, fair_share: Any) -> None:
    """Asked of each state: what is its claim to relief, if any?"""
    for i in range(key.shape[0]):
        for r in range(key.shape[1]):
            relief_claim[i, r] = overcharged(key[i, r], fair_share[i, r])


def choose_claimant(claimant: Any, largest_claim: Any, relief_claim: Any, attended: Any, member: Any) -> None:
    """The largest claim is put to the Council, if all member governments attend; -1: none."""
    for r in range(claimant.shape[0]):
        claimant[r] = -1
        largest_claim[r] = 0.0
    for i in range(member.shape[0]):
        for r in range(claimant.shape[0]):
            larger = member[i, r] & (relief_claim[i, r] > largest_claim[r])
            claimant[r] = i if larger else claimant[r]
            largest_claim[r] = relief_claim[i, r] if larger else largest_claim[r]
    for i in range(member.shape[0]):
        for r in range(claimant.shape[0]):
            claimant[r] = -1 if member[i, r] & (not attended[i, r]) else claimant[r]


def propose_relief(
    relief_asked: Any,
    claimant: Any,
    largest_claim: Any,
    key: Any,
    mean_trust: Any,
    hawkishness: Any,
    director: Any,
    member: Any,
    terms: Any,
) -> None:
    """How much relief is asked for, as part of the claimant's key: a tenth, or what a bargain would settle on.

    The bargain divides the zone of agreement, from nothing to the claim or to what the least generous of the
    others would bear, whichever is less; the state that holds the Directorate makes the first offer. No zone,
    no motion.
    Source: Rubinstein 1982, Econometrica 50, pp. 97-109 (alternating offers, equal discount factors).
    """
    for r in range(claimant.shape[0]):
        relief_asked[r] = RELIEF
    if not terms[0].flexibility.bargains:
        return
    discount = terms[0].flexibility.bargaining_discount
    for r in range(claimant.shape[0]):
        relief_asked[r] = largest_claim[r]
    for i in range(member.shape[0]):
        for j in range(member.shape[0]):
            if i != j:
                for r in range(claimant.shape[0]):
                    bearable = room(key[i, r], mean_trust[j, r], hawkishness[j, r], terms[0].council)
                    least = member[j, r] & (claimant[r] == i) & (bearable < relief_asked[r])
                    relief_asked[r] = bearable if least else relief_asked[r]
    for r in range(claimant.shape[0]):
        first_offer = 1.0 if director[r] == claimant[r] else discount
        claimant[r] = claimant[r] if relief_asked[r] > 0.0 else -1
        relief_asked[r] = max(0.0, relief_asked[r]) * first_offer / (1.0 + discount)


def accept_relief(
    relief_accepted: Any,
    claimant: Any,
    relief_asked: Any,
    key: Any,
    mean_trust: Any,
    hawkishness: Any,
    terms: Any,
) -> None:
    """Asked of each other state, suspended or not: does it accept the relief?"""
    for i in range(key.shape[0]):
        for j in range(key.shape[0]):
            if i != j:
                for r in range(claimant.shape[0]):
                    answer = generosity(
                        relief_asked[r], key[i, r], mean_trust[j, r], hawkishness[j, r], terms[0].council
                    )
                    relief_accepted[j, r] = answer if claimant[r] == i else relief_accepted[j, r]


def unanimous_relief(granted: Any, claimant: Any, relief_accepted: Any, member: Any) -> None:
    """Where the key is a reserved matter, relief takes the consent of every other member, suspended or not."""
    for r in range(claimant.shape[0]):
        granted[r] = claimant[r] >= 0
    for j in range(member.shape[0]):
        for r in range(claimant.shape[0]):
            consents = (claimant[r] == j) | (not member[j, r]) | relief_accepted[j, r]
            granted[r] &= consents


def count_relief_ballots(
    relief_tally: Any,
    claimant: Any,
    relief_accepted: Any,
    on_roll: Any,
    present: Any,
    rolls: Any,
    presents: Any,
    roll_weight: Any,
    share: Any,
    director: Any,
) -> None:
    """Where the key is not reserved, the governments on the roll vote on the relief; the claimant is for it."""
    for r in range(claimant.shape[0]):
        for row in range(relief_tally.shape[0]):
            relief_tally[row, 0, r] = 0.0
        relief_tally[PRESENT, 0, r] = presents[r]
        relief_tally[ROLL, 0, r] = rolls[r]
        relief_tally[ROLL_WEIGHT, 0, r] = roll_weight[r]
    for i in range(on_roll.shape[0]):
        for r in range(claimant.shape[0]):
            accepts = present[i, r] & ((claimant[r] == i) | relief_accepted[i, r])
            rejects = present[i, r] & (not accepts)
            relief_tally[YES, 0, r] += 1.0 if accepts else 0.0
            relief_tally[NO, 0, r] += 1.0 if rejects else 0.0
            relief_tally[YES_WEIGHT, 0, r] += share[i, r] if accepts else 0.0
            relief_tally[CHAIR_YES, 0, r] += 1.0 if accepts & (director[r] == i) else 0.0
    for r in range(claimant.shape[0]):
        relief_tally[SEATS_YES, 0, r] = relief_tally[YES, 0, r]
        relief_tally[SEATS_VOTING, 0, r] = relief_tally[YES, 0, r] + relief_tally[NO, 0, r]


def voted_relief(granted: Any, claimant: Any, relief_passed: Any) -> None:
    """Relief is granted if there was a motion and the Council carried it."""
    for r in range(claimant.shape[0]):
        granted[r] = (claimant[r] >= 0) & relief_passed[0, r]


def grant_relief(
    relief_pending: Any,
    relief_rate_pending: Any,
    grievance: Any,
    total_reliefs: Any,
    granted: Any,
    claimant: Any,
    relief_asked: Any,
    member: Any,
) -> None:
    """Relief lightens grievance at once, and the share from the coming review on."""
    for r in range(claimant.shape[0]):
        relief_pending[r] = claimant[r] if granted[r] else relief_pending[r]
        relief_rate_pending[r] = relief_asked[r] if granted[r] else relief_rate_pending[r]
        total_reliefs[r] += 1.0 if granted[r] else 0.0
    for i in range(member.shape[0]):
        for r in range(claimant.shape[0]):
            eased = granted[r] & (claimant[r] == i)
            grievance[i, r] = RELIEF_GOODWILL * grievance[i, r] if eased else grievance[i, r]
