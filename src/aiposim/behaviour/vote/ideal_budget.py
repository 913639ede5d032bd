"""The budget a government would choose at its share of the costs.

Source: assumption of the model, the rule of thumb of a finance ministry: benefit in logarithms of the money
beyond the fixed cost, against own share of the cost.
"""

from __future__ import annotations


def ideal_budget(
    valuation: float,
    net_price: float,
    share: float,
    host_rent: float,
    satiation: float,
    fixed_cost: float,
    efficient: float,
) -> float:
    """Ideal budget, M$ per half-year, held between the fixed cost plus 0.5 and three times the efficient one.

    net_price   cost of funds less joint product; host_rent: the host's benefit per dollar spent, else 0
    satiation   five times d0 over efficiency, M$
    """
    ideal = valuation / max(0.002, net_price * share - host_rent) - satiation + fixed_cost
    return max(fixed_cost + 0.5, min(3.0 * efficient, ideal))
