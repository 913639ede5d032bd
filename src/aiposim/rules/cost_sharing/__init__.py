"""Who pays what share? One rule, or key, a file.

A rule turns the members' figures of one year into the scale of assessments: `rule(members, terms) -> shares`,
shape (member,), or (member, run) where the key depends on reported valuations; every share >= 0, sum 1. It is
asked when the key is reviewed and when a member has left.

Terms are filled in by their names, from control.cost_sharing, world.valuation and centralisation of the scenario;
what is found in none of them keeps its own value. A file says `USES_REPORTS = True` if the key depends on what
members report. Such a key is computed for each run: if it is long to compute, the file names the function that does
it, `KERNEL = shapley_shares`, a plain function over arrays and numbers that the rule itself calls. In a notebook it
runs as it stands; in simulations the rule is given its machine code, with the same bits.

After the rule come a ceiling (`with_ceiling`, unless the file says `CEILING_WITHIN = True`: the rule applies it among
its own steps) and the host's premium (`with_host_premium`), in this order; neither under voluntary pledges.

Axioms for every rule: shares add up to 1 and are not negative; names and order of members do not matter;
the currency does not matter; equal figures give equal shares (the fixed key excepted, it names states).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from aiposim.quantities import Shares

Figures = NDArray[np.float64]


@dataclass(frozen=True)
class MemberYears:
    """Figures of the current members, in the order of `codes`, for the year of the review.

    income            (member, years back 0..7) gross national income, bn US$; nan: no figure
    world_income      (years back 0..7,) world income per head, US$
    population        (member,) million; debt_stock: (member,) external debt, bn US$
    fixed_weight      (member,) weight in the Chiang Mai Initiative's key
    valuation         (member,) true valuation theta, M$ per half-year and log unit
    reported          (member,) or (member, run) reported valuation
    least_developed   (member,) on the UN list of least developed countries
    permanent_member  (member,) of the UN Security Council
    published_rate    (member,) rate of the UN scale of assessments in force, share of the whole UN
    """

    codes: tuple[str, ...]
    income: Figures
    world_income: Figures
    population: Figures
    debt_stock: Figures
    fixed_weight: Figures
    valuation: Figures
    reported: Figures
    least_developed: NDArray[np.bool_]
    permanent_member: NDArray[np.bool_]
    published_rate: Figures


def mean_income(members: MemberYears, years: int) -> Figures:
    """Mean income of the `years` years that ended two years ago, bn US$; missing years are left out."""
    total = np.zeros(len(members.codes))
    known = np.zeros(len(members.codes))
    for back in range(2, 2 + years):
        figure = members.income[:, back]
        total = np.where(np.isnan(figure), total, total + figure)
        known = known + ~np.isnan(figure)
    return total / known


def proportional_to(weights: Figures) -> Shares:
    """Shares in proportion to `weights` along the first axis, summed in the order of the members."""
    total = weights[0].copy()
    for weight in weights[1:]:
        total = total + weight
    shares: Shares = weights / total
    return shares


def claims_on_income(members: MemberYears, ratio: float) -> Figures:
    """What each member can be asked for at most, of a budget of 1: its share of income, three years' mean, times
    `ratio`, which is 1 or more.
    """
    return ratio * proportional_to(mean_income(members, 3))


def with_ceiling(shares: Shares, ceiling: float) -> Shares:
    """Shares of at most `ceiling`, the excess borne pro rata by those below it, until nobody is above.

    Shape (member,) or (member, run). A ceiling that so few members cannot keep is raised to equal shares. If those
    below it pay nothing, they bear the excess in equal parts.
    """
    n = len(shares)
    highest = max(ceiling, 1.0 / n)
    high = np.zeros(shares.shape, dtype=bool)
    cut = shares
    while (cut > highest).any():
        high = high | (cut > highest)
        taken, free, bearing = 0.0 * shares[0], 0.0 * shares[0], 0.0 * shares[0]
        for i in range(n):
            taken = taken + np.where(high[i], highest, 0.0)
            free = free + np.where(high[i], 0.0, shares[i])
            bearing = bearing + ~high[i]
        pro_rata = shares * ((1.0 - taken) / np.where(free > 0.0, free, 1.0))
        in_equal_parts = (1.0 - taken) / np.maximum(bearing, 1.0)
        rest = np.where(free > 0.0, pro_rata, in_equal_parts)
        cut = np.where(high.any(axis=0), np.where(high, highest, rest), shares)
    return cut


def with_host_premium(shares: Shares, host: int | None, premium: float) -> Shares:
    """Shares scaled by 1 - premium, the premium added to the member number `host` (None: host left, no premium)."""
    if host is None or premium == 0.0:
        return shares
    added = shares * (1.0 - premium)
    added[host] = added[host] + premium
    return added
