"""Ask for relief when charged well above the fair share.

Source: assumption of the model; cf. mitigation requests to the UN Committee on Contributions.
"""

from __future__ import annotations


def overcharged(key: float, fair_share: float) -> float:
    """Claim to relief, the part of the share above the fair one; 0: does not ask (30 % or less, or all of it)."""
    claim = (key - fair_share) / key if key > 0.0 else 0.0
    return claim if claim > 0.3 and key < 0.999 else 0.0
