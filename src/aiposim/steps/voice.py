"""Phase 8, joint representation: what the members say together in the United Nations."""

from __future__ import annotations

from math import sqrt
from typing import Any

from aiposim.arithmetic import normal_quantiles
from aiposim.luck import ISSUE_FACTOR, ISSUE_NOISE, draw

ISSUES = 4


def draw_issues(u_factor: Any, u_issue: Any, run_numbers: Any, seed_words: Any, luck_numbers: Any, t: int) -> None:
    """The uniforms of the period's four UN issues."""
    draw(u_factor, 0, 0, ISSUE_FACTOR, run_numbers, seed_words, t)
    for i in range(luck_numbers.shape[0]):
        draw(u_issue[i], luck_numbers[i], 0, ISSUE_NOISE, run_numbers, seed_words, t)


def joint_statements(
    joint: Any,
    lowest: Any,
    highest: Any,
    tolerance: Any,
    common_position: Any,
    own_position: Any,
    extreme: Any,
    luck_at_hand: Any,
    mean_trust: Any,
    member: Any,
    members: Any,
    competence: Any,
    any_freeze: Any,
    un_issue_loading: Any,
    u_factor: Any,
    u_issue: Any,
) -> None:
    """Share of the issues on which the members' positions lie near enough for a joint statement."""
    runs = joint.shape[0]
    for r in range(runs):
        joint[r] = 0.0
        tolerance[r] = 0.0
    for i in range(member.shape[0]):
        for r in range(runs):
            tolerance[r] += mean_trust[i, r] if member[i, r] else 0.0
    for r in range(runs):
        cold = 0.5 if any_freeze[r] else 0.0
        trust = tolerance[r] / max(1.0, members[r])
        tolerance[r] = 0.5 + 1.4 * trust + 0.5 * (competence[r] - 0.5) - cold
    for issue in range(ISSUES):
        normal_quantiles(common_position, u_factor[issue], extreme, luck_at_hand)
        for r in range(runs):
            lowest[r] = 1e300
            highest[r] = -1e300
        for i in range(member.shape[0]):
            common = un_issue_loading[i]
            own = sqrt(1.0 - common * common)
            normal_quantiles(own_position, u_issue[i, issue], extreme, luck_at_hand)
            for r in range(runs):
                position = common * common_position[r] + own * own_position[r]
                lowest[r] = min(lowest[r], position) if member[i, r] else lowest[r]
                highest[r] = max(highest[r], position) if member[i, r] else highest[r]
        for r in range(runs):
            joined = (members[r] > 0.0) & (highest[r] - lowest[r] <= tolerance[r])
            joint[r] += 0.25 if joined else 0.0


def weigh_influence(
    influence: Any, rate_of_members: Any, alone: Any, joint: Any, peacekeeping_rate: Any, member: Any
) -> None:
    """Influence relative to all founders speaking as one: superadditive in the weight of those who join."""
    runs = joint.shape[0]
    everybody = 0.0
    for i in range(member.shape[0]):
        everybody += peacekeeping_rate[i]
    for r in range(runs):
        rate_of_members[r] = 0.0
        alone[r] = 0.0
    for i in range(member.shape[0]):
        part = peacekeeping_rate[i] / max(1e-300, everybody)
        single = part * sqrt(part)
        for r in range(runs):
            rate_of_members[r] += part if member[i, r] else 0.0
            alone[r] += single if member[i, r] else 0.0
    for r in range(runs):
        together = rate_of_members[r] * sqrt(rate_of_members[r])
        influence[r] = joint[r] * together + (1.0 - joint[r]) * alone[r]
