"""The published UN scale of assessments, brought to a sum of one among the members.

Source: A/RES/67/238, A/RES/70/245, A/RES/73/271, A/RES/76/238, A/RES/79/249 (scales of assessments by period).
"""

from __future__ import annotations

from dataclasses import dataclass

from aiposim.quantities import Shares
from aiposim.rules.cost_sharing import MemberYears, proportional_to


@dataclass(frozen=True)
class Terms:
    """This rule has no numbers of its own."""


def un_scale_published(members: MemberYears, terms: Terms) -> Shares:
    """Each member's rate in the UN scale in force, over the members' rates together.

    Before the first period on record the first rate holds, after the last the last.
    """
    return proportional_to(members.published_rate)
