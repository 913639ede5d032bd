"""Phase 4, the period before a review: relief from the key for the member with the largest claim."""

from __future__ import annotations

from typing import Any

from aiposim.behaviour.accept_relief.generosity import generosity
from aiposim.behaviour.ask_relief.overcharged import overcharged

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
            larger = member[i, r] and relief_claim[i, r] > largest_claim[r]
            claimant[r] = i if larger else claimant[r]
            largest_claim[r] = relief_claim[i, r] if larger else largest_claim[r]
    for i in range(member.shape[0]):
        for r in range(claimant.shape[0]):
            claimant[r] = -1 if member[i, r] and not attended[i, r] else claimant[r]


def accept_relief(relief_accepted: Any, claimant: Any, key: Any, mean_trust: Any, hawkishness: Any, terms: Any) -> None:
    """Asked of each other state, suspended or not: does it accept the relief?"""
    for i in range(key.shape[0]):
        for j in range(key.shape[0]):
            if i != j:
                for r in range(claimant.shape[0]):
                    answer = generosity(key[i, r], mean_trust[j, r], hawkishness[j, r], terms[0].council)
                    relief_accepted[j, r] = answer if claimant[r] == i else relief_accepted[j, r]


def grant_relief(
    relief_pending: Any,
    grievance: Any,
    granted: Any,
    total_reliefs: Any,
    claimant: Any,
    relief_accepted: Any,
    member: Any,
) -> None:
    """Relief takes every other member's consent; it lightens grievance at once, and the share at the review."""
    for r in range(claimant.shape[0]):
        granted[r] = claimant[r] >= 0
    for j in range(member.shape[0]):
        for r in range(claimant.shape[0]):
            consents = claimant[r] == j or not member[j, r] or relief_accepted[j, r]
            granted[r] = granted[r] and consents
    for r in range(claimant.shape[0]):
        relief_pending[r] = claimant[r] if granted[r] else relief_pending[r]
        total_reliefs[r] += 1.0 if granted[r] else 0.0
    for i in range(member.shape[0]):
        for r in range(claimant.shape[0]):
            eased = granted[r] and claimant[r] == i
            grievance[i, r] = RELIEF_GOODWILL * grievance[i, r] if eased else grievance[i, r]
