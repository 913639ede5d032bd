"""A pledge between own interest, conditional co-operation and last period's habit.

Source: Olson & Zeckhauser 1966, Review of Economics and Statistics 48 (best response to the others);
Fischbacher, Gaechter & Fehr 2001, Economics Letters 71 (conditional co-operation); weights are assumptions.
"""

from __future__ import annotations


def nash_and_conditional(
    valuation: float,
    net_price: float,
    satiation: float,
    fixed_cost: float,
    others: float,
    fair_part: float,
    budget: float,
    trust: float,
    last_pledge: float,
) -> float:
    """Pledge in M$ per half-year.

    net_price   cost of funds less joint product; satiation: five times d0 over efficiency, M$
    others      what the others paid in of the last budget, M$; fair_part: own part of the fair shares
    """
    best_response = max(0.0, valuation / net_price - satiation + fixed_cost - others)
    conditional = fair_part * budget * (0.55 + trust)
    warm_glow = 0.05 * valuation
    return 0.5 * (0.5 * best_response + 0.5 * conditional + warm_glow) + 0.5 * last_pledge
