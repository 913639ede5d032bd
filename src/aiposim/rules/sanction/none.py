"""No sanction: arrears have no consequence.

Source: Trilateral Cooperation Secretariat, Nordic Council of Ministers (no sanction for arrears found).
"""

from __future__ import annotations

from dataclasses import dataclass

SUSPENDS = False
CHARGES_INTEREST = False
COSTS_TURN = False


@dataclass(frozen=True)
class Terms:
    """This rule has no numbers of its own."""


def none(arrears: float, dues: float, two_year_dues: float, terms: Terms) -> float:
    """Nothing is at stake."""
    return 0.0
