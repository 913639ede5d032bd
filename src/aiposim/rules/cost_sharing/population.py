"""In proportion to population.

Source: the egalitarian principle, by which every person counts alike (Lange, Löschel, Vogt & Ziegler 2010,
European Economic Review 54); as a key of an institute an assumption of the model.
"""

from __future__ import annotations

from dataclasses import dataclass

from aiposim.quantities import Shares
from aiposim.rules.cost_sharing import MemberYears, proportional_to


@dataclass(frozen=True)
class Terms:
    """This rule has no numbers of its own."""


def population(members: MemberYears, terms: Terms) -> Shares:
    """Share of the members' population."""
    return proportional_to(members.population)
