"""Equal shares.

Source: Trilateral Cooperation Secretariat, Seoul, 2011 (a third each); ASEAN Charter, Article 30(2).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from aiposim.quantities import Shares
from aiposim.rules.cost_sharing import MemberYears


@dataclass(frozen=True)
class Terms:
    """This rule has no numbers of its own."""


def equal(members: MemberYears, terms: Terms) -> Shares:
    """Each member pays the same."""
    n = len(members.codes)
    return np.full(n, 1.0 / n)
