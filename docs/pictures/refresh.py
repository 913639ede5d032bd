"""Draw the pictures of the documentation anew: `python docs/pictures/refresh.py`."""

from __future__ import annotations

from pathlib import Path

import matplotlib

from aiposim import compare
from aiposim.figures.outcomes_by_design import outcomes_by_design
from aiposim.report.summary import interval_table, short_names
from aiposim.report.words import Words

FOLDER = Path(__file__).parent
MEASURES = ("budget_ratio", "delivery_ratio", "annual_collection_rate", "deadlock_rate", "trust_founders", "exits")


def main() -> None:
    comparison = compare("geneva-2015", runs=1000, seed=2015)
    table = interval_table(comparison, short_names(comparison.names))
    figure = outcomes_by_design(table, MEASURES, Words())
    with matplotlib.rc_context({"svg.hashsalt": "geneva-2015-keys"}):
        figure.savefig(FOLDER / "geneva-2015-keys.svg", metadata={"Date": None, "Creator": None}, facecolor="white")


if __name__ == "__main__":
    main()
