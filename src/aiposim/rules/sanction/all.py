"""All sanctions together: loss of the vote, interest, and the Director's turn at stake.

Source: Charter of the United Nations, Article 19; cf. the graduated sanctions of the African Union,
Assembly/AU/Dec.578(XXV), 2015. The turn itself is lost only under the Director rule `rotation_skip`.
"""

from __future__ import annotations

from dataclasses import dataclass

SUSPENDS = True
CHARGES_INTEREST = True
COSTS_TURN = True


@dataclass(frozen=True)
class Terms:
    sanction_weight: float = 0.35
    interest: float = 0.03


def all(arrears: float, dues: float, two_year_dues: float, terms: Terms) -> float:
    """The vote and the interest; the turn is added by the caller (`COSTS_TURN`)."""
    vote = terms.sanction_weight * min(1.0, arrears / two_year_dues)
    return vote + 3.0 * terms.interest * min(1.0, arrears / max(dues, 1e-9))
