"""Notice of withdrawal when membership no longer pays and grievance has grown.

Source: Barrett 1994, Oxford Economic Papers 46 (self-enforcing membership); von Borzyskowski & Vabulas 2019,
Review of International Organizations 14 (how rare withdrawals are); weights are assumptions of the model.
"""

from __future__ import annotations

from dataclasses import dataclass

from aiposim.arithmetic import below_logistic


@dataclass(frozen=True)
class Terms:
    threshold: float = 5.2
    surplus: float = 4.5
    grievance: float = 1.5
    hawkishness: float = 2.0


def discontent(
    surplus: float,
    grievance: float,
    hawkishness: float,
    long_run_hawkishness: float,
    luck: float,
    terms: Terms,
) -> bool:
    """Whether notice is given; `surplus` is the smoothed gain of membership relative to the valuation."""
    x = (
        terms.threshold
        + terms.surplus * surplus
        - terms.grievance * grievance
        - terms.hawkishness * (hawkishness - long_run_hawkishness)
    )
    return below_logistic(luck, -x)
