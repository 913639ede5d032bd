"""Leave an area whose cost exceeds a share of what it is worth to the state.

Source: assumption of the model (flexibility by opt-out); cf. Koremenos, Lipson & Snidal 2001, International
Organization 55.
"""

from __future__ import annotations

from aiposim.arithmetic import log


def too_dear(
    dues: float,
    net_price: float,
    propensity: float,
    area_share: float,
    valuation: float,
    interest: float,
    delivered: float,
    satiation: float,
) -> bool:
    """Whether the state would leave the area: its cost is above 0.4 of the benefit it has there.

    dues, delivered, satiation   M$ per half-year; area_share: part of the programme; interest: of the ideal
    """
    cost = net_price * dues * propensity * area_share
    return cost > 0.4 * valuation * interest * log(1.0 + delivered / satiation)
