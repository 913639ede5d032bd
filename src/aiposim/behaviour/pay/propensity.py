"""Propensity to pay: norm, interest, reciprocity and sanction against grievance and unfairness.

Source: Chayes & Chayes 1993, International Organization 47 (norm); Fehr & Schmidt 1999, Quarterly Journal of
Economics 114 (fairness); Keohane 1986, International Organization 40 (reciprocity); weights are assumptions
of the model, tuned to the collection of UN assessments.
"""

from __future__ import annotations

from dataclasses import dataclass

from aiposim.arithmetic import logistic


@dataclass(frozen=True)
class Terms:
    norm: float = 1.20
    reciprocity: float = 0.8
    trust_reference: float = 0.45
    unfairness: float = 0.9
    advantage: float = 0.2
    hawkishness: float = 0.5
    director_bias: float = 0.3
    grievance: float = 0.4
    temperature: float = 0.30
    adjustment: float = 0.5


def inclination(
    norm_factor: float,
    own_return: float,
    cost_of_funds: float,
    trust: float,
    sanction: float,
    share: float,
    fair_share: float,
    hawkishness: float,
    long_run_hawkishness: float,
    bias_felt: float,
    grievance: float,
    terms: Terms,
) -> float:
    """How much speaks for paying, less the cost of funds; 0: as much for as against.

    own_return    public and contributor-specific return of one own dollar, M$ per M$
    norm_factor   1, or 0.85 under voluntary pledges
    sanction      weight of sanctions at stake; bias_felt: partiality of a foreign Director times distrust
    """
    # One is above 0 at most, so that one division serves both.
    larger = max(share, fair_share)
    gap = (share - fair_share) / larger if larger > 0.0 else 0.0
    over = max(0.0, gap)
    under = max(0.0, -gap)
    return (
        norm_factor * terms.norm
        + own_return
        + terms.reciprocity * (trust - terms.trust_reference)
        + sanction
        - terms.unfairness * over
        + terms.advantage * under
        - terms.hawkishness * (hawkishness - long_run_hawkishness)
        - terms.director_bias * bias_felt
        - terms.grievance * min(1.5, grievance)
        - cost_of_funds
    )


def propensity(before: float, inclination: float, terms: Terms) -> float:
    """The share of dues a state is willing to pay, 0..1, moved from `before` by the speed of adjustment."""
    aim = logistic(inclination * (1.0 / terms.temperature))
    return (1.0 - terms.adjustment) * before + terms.adjustment * aim
