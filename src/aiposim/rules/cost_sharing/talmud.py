"""The rule of the Talmud: equal shares up to half of what each can be asked for, equal losses beyond.

Source: Aumann & Maschler 1985, Journal of Economic Theory 36, on the Mishnah, Ketubot 93a.
"""

from __future__ import annotations

from dataclasses import dataclass

from aiposim.games import talmud as talmud_awards
from aiposim.quantities import Shares
from aiposim.rules.cost_sharing import MemberYears, claims_on_income


@dataclass(frozen=True)
class Terms:
    """Sum of the claims, of which the budget is 1."""

    claims_ratio: float = 1.5


def talmud(members: MemberYears, terms: Terms) -> Shares:
    """Equal awards on half the claims (income times `claims_ratio`) until all are half met, then equal losses."""
    return talmud_awards(1.0, claims_on_income(members, terms.claims_ratio))
