"""Interest on arrears.

Source: assumption of the model; interest on late assessments has been proposed in the United Nations and not
adopted.
"""

from __future__ import annotations

from dataclasses import dataclass

SUSPENDS = False
CHARGES_INTEREST = True
COSTS_TURN = False


@dataclass(frozen=True)
class Terms:
    interest: float = 0.03


def interest(arrears: float, dues: float, two_year_dues: float, terms: Terms) -> float:
    """Three years' interest on what is owed, up to one period's dues."""
    return 3.0 * terms.interest * min(1.0, arrears / max(dues, 1e-9))
