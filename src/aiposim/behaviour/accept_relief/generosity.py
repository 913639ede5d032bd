"""Accept what another's relief costs, within half the margin that trust gives.

Source: assumption of the model.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Terms:
    trust_margin: float = 0.60
    audience_cost: float = 0.40


def generosity(relief: float, key: float, trust: float, hawkishness: float, terms: Terms) -> bool:
    """Whether a state accepts that the member whose share is `key` is relieved of the part `relief` of it."""
    burden = relief * key / (1.0 - key)
    return burden <= 0.5 * terms.trust_margin * trust - 0.3 * terms.audience_cost * hawkishness


def room(key: float, trust: float, hawkishness: float, terms: Terms) -> float:
    """The largest relief that a state accepts, as part of the share `key` of the member relieved; may be negative."""
    margin = 0.5 * terms.trust_margin * trust - 0.3 * terms.audience_cost * hawkishness
    return margin * (1.0 - key) / max(1e-12, key)
