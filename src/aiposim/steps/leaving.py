"""Phase 11, withdrawal: notice, second thoughts, exit, dissolution. Effective from the next period."""

from __future__ import annotations

from typing import Any

from aiposim.behaviour.rescind.second_thoughts import second_thoughts
from aiposim.behaviour.withdraw.discontent import discontent


def withdrawals(
    withdraws: Any,
    surplus: Any,
    grievance: Any,
    hawkishness: Any,
    long_run_hawkishness: Any,
    u_career: Any,
    terms: Any,
) -> None:
    """Asked of each member not under notice: does it give notice?"""
    for i in range(surplus.shape[0]):
        for r in range(surplus.shape[1]):
            withdraws[i, r] = discontent(
                surplus[i, r],
                grievance[i, r],
                hawkishness[i, r],
                long_run_hawkishness[i],
                u_career[i, 2, r],
                terms[0].withdrawal,
            )


def rescissions(rescinds: Any, surplus: Any, grievance: Any, u_career: Any) -> None:
    """Asked of each member under notice: does it take the notice back?"""
    for i in range(surplus.shape[0]):
        for r in range(surplus.shape[1]):
            rescinds[i, r] = second_thoughts(surplus[i, r], grievance[i, r], u_career[i, 3, r])


def notices(notice: Any, leaves: Any, withdraws: Any, rescinds: Any, member: Any, terms: Any) -> None:
    """Count the notice down; 0: none runs."""
    allowed = terms[0].institution.exit_allowed
    period = terms[0].institution.notice
    for i in range(notice.shape[0]):
        for r in range(notice.shape[1]):
            running, inside, repents = notice[i, r] > 0.0, member[i, r], rescinds[i, r]
            left = notice[i, r] - 1.0
            goes = running & inside & (not repents) & (left <= 0.0)
            kept = 0.0 if repents else left
            given = period if withdraws[i, r] & inside & allowed else 0.0
            notice[i, r] = kept if running else given
            leaves[i, r] = goes


def exits(
    member: Any,
    left: Any,
    leaves: Any,
    arrears: Any,
    share: Any,
    posts: Any,
    notice: Any,
    opted_out: Any,
    relief: Any,
    relief_pending: Any,
    capacity: Any,
    place: Any,
    total_exits: Any,
    first_leaver: Any,
    terms: Any,
) -> None:
    """Who leaves loses arrears, share, posts, relief and turn; when the host leaves, half the capacity goes."""
    n, runs = member.shape
    for r in range(runs):
        left[r] = False
    for i in range(n):
        leavers = 0
        for r in range(runs):
            leavers += 1 if leaves[i, r] else 0
        for r in range(runs if leavers > 0 else 0):
            if leaves[i, r]:
                left[r] = True
                member[i, r] = False
                arrears[i, r] = 0.0
                share[i, r] = 0.0
                posts[i, r] = 0.0
                notice[i, r] = 0.0
                opted_out[i, r] = -1
                total_exits[r] += 1.0
                first_leaver[r] = i if first_leaver[r] < 0 else first_leaver[r]
                relief[r] = -1 if relief[r] == i else relief[r]
                relief_pending[r] = -1 if relief_pending[r] == i else relief_pending[r]
                capacity[r] = capacity[r] / 2.0 if terms[0].institution.host == i else capacity[r]
                for j in range(n):
                    if place[j, r] > place[i, r]:
                        place[j, r] -= 1.0
                place[i, r] = 1e6


def dissolution(
    alive: Any, member: Any, left: Any, leavings: Any, remaining: Any, delivery: Any, joint: Any, terms: Any
) -> None:
    """Too few members: the institute is dissolved, and nobody is a member of it any longer."""
    n, runs = member.shape
    for r in range(runs):
        remaining[r] = 0.0
    for i in range(n):
        for r in range(runs):
            remaining[r] += 1.0 if member[i, r] else 0.0
    for r in range(runs):
        if alive[r] and remaining[r] < terms[0].institution.min_members:
            alive[r] = False
            left[r] = False
            joint[r] = 0.0
            for i in range(n):
                member[i, r] = False
            for a in range(delivery.shape[0]):
                delivery[a, r] = 0.0
    number = 0
    for r in range(runs):
        number += 1 if left[r] else 0
    leavings[0] = number
