"""In proportion to the benefit each member reports (Lindahl).

Source: Lindahl 1919, Die Gerechtigkeit der Besteuerung; with true reports all ideal budgets coincide.
"""

from __future__ import annotations

from dataclasses import dataclass

from aiposim.quantities import Shares
from aiposim.rules.cost_sharing import MemberYears, proportional_to

USES_REPORTS = True
"""The key depends on what members report, and differs from run to run."""


@dataclass(frozen=True)
class Terms:
    """This rule has no numbers of its own."""


def benefit(members: MemberYears, terms: Terms) -> Shares:
    """Share of the reported valuations, which may be wrong or understated."""
    return proportional_to(members.reported)
