"""By the Shapley value of the savings game: each keeps of its benefit what it adds to a coalition on average.

A coalition of members could found an institute for itself; what it would gain is the worth of the coalition. Each
member pays its benefit from the budget that suits all, less its Shapley value.

Source: Shapley 1953, in Kuhn & Tucker, Contributions to the Theory of Games II; the worth of a coalition is that of
the model's payoffs.
"""

from __future__ import annotations

import numpy as np

from aiposim.quantities import Shares
from aiposim.rules.cost_sharing import MemberYears
from aiposim.rules.cost_sharing._savings_game import Terms, shapley_shares

USES_REPORTS = True
"""The key depends on what members report, and differs from run to run."""

KERNEL = shapley_shares


def shapley(members: MemberYears, terms: Terms) -> Shares:
    """Share of benefit less Shapley value; where an institute is worth nothing to all together, of valuations.

    Valuations are the reported ones, shape (member,) or (member, run), above 0. Nobody pays less than a dollar.
    """
    reported = np.ascontiguousarray(members.reported.reshape(len(members.codes), -1))
    shares = np.empty(reported.shape)
    price = terms.cost_of_funds - terms.joint_product
    shapley_shares(shares, reported, price, 5.0 * terms.satiation, terms.fixed_cost)
    return shares.reshape(members.reported.shape)
