"""The UN scale of assessments for peacekeeping, applied among the members.

The shares of the method of the UN scale, less a discount that grows as income per head falls below twice the
world's; the permanent members of the Security Council bear what the others are spared.

Source: A/RES/55/235 (levels A to J). Level C, which names five states, is left out.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from aiposim.quantities import Shares
from aiposim.rules.cost_sharing import Figures, MemberYears
from aiposim.rules.cost_sharing.un_scale import HIGH_INCOME, mean_of_machine_scales
from aiposim.scale.peacekeeping import DISCOUNTS, with_discounts

LEVELS = ((2.0, "D"), (1.8, "E"), (1.6, "F"), (1.4, "G"), (1.2, "H"), (1.0, "I"))
"""Below so many times the world's income per head a member is in the level; the last that fits holds."""

CEILING_WITHIN = True
"""As in the United Nations, the ceiling holds for the scale: permanent members may bear more than it afterwards."""

YEARS_OF_INCOME = (3, 4, 2, 5, 6, 7)
"""Income of three years ago or, where it is missing, of the nearest year that a base period reads."""


@dataclass(frozen=True)
class Terms:
    """Floor and ceiling are those of the UN scale, before the discounts."""

    floor: float = 0.0
    ceiling: float = 1.0


def un_pk(members: MemberYears, terms: Terms) -> Shares:
    """Shares of the UN scale less the discounts, the lost points borne by permanent members pro rata.

    Without a permanent member those without a discount bear them; if everybody has one, all do.
    """
    shares = mean_of_machine_scales(members, terms.floor, terms.ceiling, HIGH_INCOME)
    return with_discounts(shares, _discounts(members), members.permanent_member)


def _discounts(members: MemberYears) -> Figures:
    """Discount of each member; a permanent member has none."""
    income, world = _income_and_world(members)
    ratio = income * 1000.0 / members.population / world
    discount = np.full(len(ratio), DISCOUNTS["B"])
    for times, level in LEVELS:
        discount = np.where(ratio < times, DISCOUNTS[level], discount)
    discount = np.where(members.least_developed, DISCOUNTS["J"], discount)
    return np.where(members.permanent_member, DISCOUNTS["A"], discount)


def _income_and_world(members: MemberYears) -> tuple[Figures, Figures]:
    """Income of each member, bn US$, and the world's per head of the same year, US$."""
    income = np.full(len(members.codes), np.nan)
    world = np.full(len(members.codes), np.nan)
    for back in YEARS_OF_INCOME:
        unknown = np.isnan(income)
        income = np.where(unknown, members.income[:, back], income)
        world = np.where(unknown, members.world_income[back], world)
    return income, world
