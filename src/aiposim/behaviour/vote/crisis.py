"""A government's vote on sending the institute to a crisis.

Source: assumption of the model: trust, domestic mood, the national caveat and the interest in the area.
"""

from __future__ import annotations

from aiposim.arithmetic import below_logistic

STEEPNESS = 1.0 / 0.35


def crisis(
    trust: float,
    hawkishness: float,
    long_run_hawkishness: float,
    robustness: float,
    robustness_cap: float,
    interest: float,
    luck: float,
) -> bool:
    """Whether the government approves; `interest` is the area's share in its ideal programme."""
    x = (
        1.0
        + 1.5 * (trust - 0.45)
        - 2.0 * (hawkishness - long_run_hawkishness)
        - 3.0 * max(0.0, robustness - robustness_cap - 0.15)
        + 2.0 * (interest - 0.2)
    )
    return below_logistic(luck, x * STEEPNESS)
