"""By the nucleolus of the savings game: the coalition with most reason to object has as little as it can be.

A coalition of members could found an institute for itself; what it would gain is the worth of the coalition. Each
member pays its benefit from the budget that suits all, less its payoff in the nucleolus.

Source: Schmeidler 1969, SIAM Journal on Applied Mathematics 17; the worth of a coalition is that of the model's
payoffs.
"""

from __future__ import annotations

import numpy as np

from aiposim.quantities import Shares
from aiposim.rules.cost_sharing import MemberYears
from aiposim.rules.cost_sharing._savings_game import (
    MOST_MEMBERS_IN_CLOSED_FORM,
    Terms,
    nucleolus_shares,
    nucleolus_shares_by_programmes,
)

USES_REPORTS = True
"""The key depends on what members report, and differs from run to run."""

KERNEL = nucleolus_shares


def nucleolus(members: MemberYears, terms: Terms) -> Shares:
    """Share of benefit less nucleolus; where an institute is worth nothing to all together, of valuations.

    Valuations are the reported ones, shape (member,) or (member, run), above 0. Nobody pays less than a dollar. Up
    to ten members the partitions of a convex game give it exactly; more are refused.
    """
    reported = np.ascontiguousarray(members.reported.reshape(len(members.codes), -1))
    price, satiation = terms.cost_of_funds - terms.joint_product, 5.0 * terms.satiation
    if len(reported) > MOST_MEMBERS_IN_CLOSED_FORM:
        shares = nucleolus_shares_by_programmes(reported, price, satiation, terms.fixed_cost)
    else:
        shares = np.empty(reported.shape)
        nucleolus_shares(shares, reported, price, satiation, terms.fixed_cost)
    return shares.reshape(members.reported.shape)
