"""Loss of the vote at two years' arrears.

Source: Charter of the United Nations, Article 19.
"""

from __future__ import annotations

from dataclasses import dataclass

SUSPENDS = True
CHARGES_INTEREST = False
COSTS_TURN = False


@dataclass(frozen=True)
class Terms:
    sanction_weight: float = 0.35


def art19(arrears: float, dues: float, two_year_dues: float, terms: Terms) -> float:
    """The nearer arrears come to two years' dues, the more the vote is at stake."""
    return terms.sanction_weight * min(1.0, arrears / two_year_dues)
