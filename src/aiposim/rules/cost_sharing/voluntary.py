"""Voluntary contributions: each member pledges what it likes.

The shares of later periods are those of the pledges (behaviour/pledge); the rule gives only the shares to
start from.

Source: UN funds and programmes; cf. Olson & Zeckhauser 1966, Review of Economics and Statistics 48.
"""

from __future__ import annotations

from dataclasses import dataclass

from aiposim.quantities import Shares
from aiposim.rules.cost_sharing import MemberYears, proportional_to


@dataclass(frozen=True)
class Terms:
    """This rule has no numbers of its own."""


def voluntary(members: MemberYears, terms: Terms) -> Shares:
    """Shares at the foundation, in proportion to the valuations."""
    return proportional_to(members.valuation)
