"""Deployment where the national caveats permit it, by trust, domestic mood and interest in the area.

Source: assumption of the model; caveats stand for Japan's five principles for participation (International
Peace Cooperation Act, 1992) and their like, see steps/crises.
"""

from __future__ import annotations

from dataclasses import dataclass

from aiposim.arithmetic import logistic

STEEPNESS = 1.0 / 0.4


@dataclass(frozen=True)
class Terms:
    availability: float = 0.35


def caveat_and_will(
    permitted: bool,
    trust: float,
    hawkishness: float,
    long_run_hawkishness: float,
    interest: float,
    roster: float,
    luck: float,
    terms: Terms,
) -> float:
    """Persons offered, up to the available roster; 0 if a caveat forbids or the will is lacking."""
    x = 0.35 + 2.0 * (interest - 0.2) + 1.5 * (trust - 0.45) - 1.2 * (hawkishness - long_run_hawkishness)
    will = logistic(x * STEEPNESS)
    persons = terms.availability * roster * (0.5 + 0.5 * will)
    return persons if permitted & (luck < will) else 0.0
