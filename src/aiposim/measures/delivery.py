"""Programme delivered."""

from __future__ import annotations

from aiposim.measures import Columns, Record
from aiposim.quantities import AREAS
from aiposim.state import DELIVERED

LABEL = "programme delivered"
UNIT = "M US$ per half-year"
BETTER = "higher"


def delivery(record: Record) -> Columns:
    """Efficiency x share of the programme x money received beyond the fixed cost, by area; mean over the whole
    horizon.
    """
    totals = record.state.totals
    return {area: totals[DELIVERED + a] / record.horizon for a, area in enumerate(AREAS)}
