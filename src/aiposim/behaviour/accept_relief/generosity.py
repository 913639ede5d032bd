"""Accept what another's relief costs, within half the margin that trust gives.

Source: assumption of the model.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Terms:
    trust_margin: float = 0.60
    audience_cost: float = 0.40


def generosity(key: float, trust: float, hawkishness: float, terms: Terms) -> bool:
    """Whether a state accepts ten per cent relief for the member whose share is `key`."""
    burden = 0.1 * key / (1.0 - key)
    return burden <= 0.5 * terms.trust_margin * trust - 0.3 * terms.audience_cost * hawkishness
