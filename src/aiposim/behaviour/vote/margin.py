"""Margin of concession: trust widens it, audience costs at home narrow it, a good Director brokers.

Source: Putnam 1988, International Organization 42 (two-level games); Tallberg 2003, Journal of European
Public Policy 10 (brokerage of the chair); sizes are assumptions of the model.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Terms:
    trust_margin: float = 0.60
    audience_cost: float = 0.40
    brokerage: float = 0.20


def margin(trust: float, hawkishness: float, audience: float, competence: float, terms: Terms) -> float:
    """Margin in logarithms of the budget, before noise.

    `trust` is the mean trust in the other members, `audience` the share of the audience cost that the seat
    bears: 1 for a government, 0.3 for a former official.
    """
    concession = terms.trust_margin * trust - audience * terms.audience_cost * hawkishness
    return concession + terms.brokerage * (competence - 0.6)
