"""A fixed key, agreed once: `cmim` (40/40/20), `tcs` (equal thirds) or shares written in the scenario.

Source: Chiang Mai Initiative Multilateralisation, Bank of Japan, 28 March 2010 (38.4, 38.4 and 19.2 of 96 bn
US$ among China, Japan and Korea); Trilateral Cooperation Secretariat, Seoul, 2011. The part of a state that
is not a member is spread pro rata.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from aiposim.quantities import Shares
from aiposim.rules.cost_sharing import Figures, MemberYears, proportional_to


@dataclass(frozen=True)
class Terms:
    key: str | Mapping[str, float] = "cmim"


def fixed_key(members: MemberYears, terms: Terms) -> Shares:
    """The agreed shares of the current members, renormalised. A custom key maps codes to weights."""
    if terms.key == "cmim":
        return _agreed(members.fixed_weight)
    if terms.key == "tcs":
        return _agreed(np.ones(len(members.codes)))
    assert not isinstance(terms.key, str), "checked when the scenario is read"
    return _agreed(np.array([terms.key[code] for code in members.codes], dtype=np.float64))


def _agreed(weights: Figures) -> Shares:
    """Shares in proportion to the weights; equal ones when those who pay by the key have all left."""
    return proportional_to(weights if weights.any() else np.ones(len(weights)))
