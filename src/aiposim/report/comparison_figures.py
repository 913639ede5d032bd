"""The figures of a comparison, each with its caption and its numbers.

`short` names the designs, `coloured` those of them that have a colour.
"""

from __future__ import annotations

import pandas as pd

from aiposim.figures.budget_by_design import budget_by_design
from aiposim.figures.lorenz_curve import MOST_NAMED, lorenz_curve
from aiposim.figures.outcomes_at_a_glance import outcomes_at_a_glance
from aiposim.figures.outcomes_by_design import outcomes_by_design
from aiposim.figures.welfare_by_member import welfare_by_member
from aiposim.report import captions
from aiposim.report.figure_tables import lorenz_table, outcome_places, shifted_payments
from aiposim.report.plates import Drawing
from aiposim.report.summary import asked_for, columns_of, interval_table
from aiposim.report.words import Words
from aiposim.study.compare import Comparison

DRAWN_BY_DESIGN = (
    "budget_ratio", "delivery_ratio", "annual_collection_rate", "deadlock_rate", "trust_founders", "exits",
    "response_days", "response_effectiveness", "cooperation_index_without_decisions",
)  # fmt: skip
MOST_DRAWN = 12


def welfare(comparison: Comparison, short: dict[str, str], words: Words) -> Drawing:
    """Who gains and who loses."""
    table = comparison.members[comparison.members["measure"] == "welfare"]
    table = table.assign(design=table["design"].map(short))
    table = table.sort_values("member", kind="stable", key=lambda column: column.map(words.rank))
    caption = captions.welfare(table, words)
    return Drawing(
        "welfare",
        welfare_by_member(table, words),
        words("Welfare of each member by design"),
        caption,
        table,
        words.paragraph([caption, captions.gains_and_losses(table, words)]),
    )


def outcomes(comparison: Comparison, short: dict[str, str], words: Words) -> Drawing:
    """The outcomes asked for and the most common ones."""
    asked = asked_for([each.scenario for each in comparison.results], columns_of(comparison))
    drawn = list(dict.fromkeys([*asked, *DRAWN_BY_DESIGN]))[:MOST_DRAWN]
    table = interval_table(comparison, short)
    table = table[table["measure"].isin(drawn)]
    caption = captions.outcomes(table, drawn, words)
    return Drawing("outcomes", outcomes_by_design(table, drawn, words), words("Outcomes by design"), caption, table)


def glance(
    comparison: Comparison, short: dict[str, str], words: Words, coloured: list[str] | None = None
) -> Drawing | None:
    """What each design is good at; None if no outcome is better anywhere."""
    table = outcome_places(comparison, short)
    if table.empty:
        return None
    figure = outcomes_at_a_glance(table, coloured or in_colour(comparison, short), words)
    caption = captions.glance(table, len(comparison.comparable), words)
    return Drawing("glance", figure, words("All outcomes at a glance"), caption, table)


def in_colour(comparison: Comparison, short: dict[str, str]) -> list[str]:
    """The designs that have a colour, the same in every figure, in their order.

    The first; those under which payments follow what the institute is worth best and worst; those best most often.
    """
    table = outcome_places(comparison, short)
    best = table[table["place"] == 1.0]["design"].value_counts(sort=False).sort_values(ascending=False, kind="stable")
    shifted = {design: shifted_payments(rows) for design, rows in _lorenz_tables(comparison, short).items()}
    order = sorted(shifted, key=lambda design: shifted[design])
    names = list(short.values())
    chosen = list(dict.fromkeys([names[0], *order[:1], *order[-1:], *best.index, *names]))[:MOST_NAMED]
    return sorted(chosen, key=names.index)


def budgets(comparison: Comparison, short: dict[str, str], words: Words) -> Drawing:
    """The budget through the years under each design."""
    table = pd.concat([each.bands.assign(design=short[each.scenario.name]) for each in comparison.results])
    table = table[table["measure"] == "budget"]
    title = words("The budget through the years by design")
    return Drawing("budgets", budget_by_design(table, words), title, captions.budgets(table, words), table)


def lorenz(
    comparison: Comparison, short: dict[str, str], words: Words, coloured: list[str] | None = None
) -> Drawing | None:
    """How far payments follow what the institute is worth, a line a design; None if nothing is paid anywhere."""
    known = _lorenz_tables(comparison, short)
    if not known:
        return None
    table = pd.concat([rows.assign(design=design) for design, rows in known.items()], ignore_index=True)
    caption = captions.lorenz_by_design({design: shifted_payments(rows) for design, rows in known.items()}, words)
    figure = lorenz_curve(table, coloured or in_colour(comparison, short), words)
    return Drawing("lorenz", figure, words("Lorenz curve of burdens"), caption, table)


def _lorenz_tables(comparison: Comparison, short: dict[str, str]) -> dict[str, pd.DataFrame]:
    """By design, of those under which something is paid."""
    tables = {short[each.scenario.name]: lorenz_table(each.table, each.scenario.codes) for each in comparison.results}
    return {design: table for design, table in tables.items() if not table.empty}
