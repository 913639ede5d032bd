"""Tables that figures draw, formed from results, without a word or a line of drawing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from aiposim.report.summary import Runs, all_outcomes, burden_and_benefit

if TYPE_CHECKING:
    import pandas as pd

    from aiposim.study.compare import Comparison


def lorenz_table(runs: Runs, codes: Sequence[str]) -> pd.DataFrame:
    """The Lorenz curve of burdens: the members in the order of what they pay for what the institute is worth to them.

    A row for the origin (member "") and one a member, those that pay least for it first: burden and benefit, its mean
    shares of all payments and of all valuations; payments and valuations, these cumulated from the first row on.
    Empty if no run defines them.
    Source: Lorenz 1905, Publications of the American Statistical Association 9 (the curve); Kakwani 1977, Economic
    Journal 87 (of payments against means).
    """
    import pandas as pd

    # One member after the other, so that a million runs need little memory.
    some = burden_and_benefit(runs, codes[0])[0]
    rest, pay_nothing, known = np.ones(len(some)), np.zeros(len(some), dtype=np.int8), np.ones(len(some), dtype=bool)
    for code in codes:
        paid, has = burden_and_benefit(runs, code)
        rest -= np.nan_to_num(has)
        pay_nothing += paid == 0.0
        known &= (paid == 0.0) | ~np.isnan(has)
    known &= pay_nothing <= 1
    if not known.any():
        return pd.DataFrame(columns=["member", "burden", "benefit", "payments", "valuations"])
    burden, benefit = np.empty(len(codes)), np.empty(len(codes))
    for place, code in enumerate(codes):
        paid, has = burden_and_benefit(runs, code)
        burden[place] = paid[known].mean()
        benefit[place] = np.where(paid == 0.0, rest, has)[known].mean()
    order = np.argsort(burden / benefit, kind="stable")
    table = pd.DataFrame(
        {
            "member": ["", *(codes[place] for place in order)],
            "burden": [0.0, *burden[order]],
            "benefit": [0.0, *benefit[order]],
        }
    )
    return table.assign(payments=table["burden"].cumsum(), valuations=table["benefit"].cumsum())


def shifted_payments(lorenz: pd.DataFrame) -> float:
    """Share of all payments that other members would have to make for each to pay what the institute is worth to it.

    The largest distance between the curve and the diagonal (Hoover 1936, Review of Economics and Statistics 18).
    """
    return float((lorenz["valuations"] - lorenz["payments"]).max())


def outcome_places(comparison: Comparison, short: dict[str, str]) -> pd.DataFrame:
    """Where each design stands on each outcome of the whole institute between the worst mean (0) and the best (1).

    A row an outcome and design: outcome, better, design, mean, place, clear (whether some design differs from the
    first by more than luck). Outcomes for which no direction is better, and those that all designs share, are left
    out, and designs with other founders than the first. The outcomes on which designs clearly differ come first.
    """
    import pandas as pd

    table = comparison.outcomes
    table = table[table["design"].isin(comparison.comparable) & table["better"].isin(["higher", "lower"])]
    found: list[pd.DataFrame] = []
    for measure in [each for each in all_outcomes(comparison) if each in set(table["measure"])]:
        rows = table[table["measure"] == measure].set_index("design").loc[comparison.comparable].dropna(subset="mean")
        towards = rows["mean"] if (rows["better"] == "higher").all() else -rows["mean"]
        if len(rows) < 2 or not towards.max() - towards.min() > 1e-12:
            continue
        found.append(
            pd.DataFrame(
                {
                    "outcome": measure,
                    "better": rows["better"],
                    "design": [short[name] for name in rows.index],
                    "mean": rows["mean"],
                    "place": (towards - towards.min()) / (towards.max() - towards.min()),
                    "clear": bool(rows["verdict"].isin(["better", "worse"]).any()),
                }
            )
        )
    if not found:
        return pd.DataFrame(columns=["outcome", "better", "design", "mean", "place", "clear"])
    return pd.concat(found, ignore_index=True).sort_values("clear", ascending=False, kind="stable", ignore_index=True)


def trust_by_year(events: pd.DataFrame, most: int = 4) -> pd.DataFrame:
    """Trust of each pair in a few years of one run, the first and the last among them.

    A row a year and pair: year, one, other, trust (mean of both directions and half-years; nan once one has left),
    frozen (in a half-year of it). Empty for the course of a run that was written down without its pairs.
    """
    import pandas as pd

    pairs = [column.removeprefix("trust.").split("-") for column in events.columns if column.startswith("trust.")]
    years = events["year"].unique()
    chosen = dict.fromkeys(years[round(place * (len(years) - 1) / max(1, most - 1))] for place in range(most))
    rows = []
    for year in chosen:
        own = events[events["year"] == year]
        frozen = {pair for pairs in own["frozen"] for pair in pairs.split()} if pairs else set()
        rows += [
            {
                "year": int(year),
                "one": one,
                "other": other,
                "trust": float(own[f"trust.{one}-{other}"].mean()),
                "frozen": f"{one}-{other}" in frozen,
            }
            for one, other in pairs
        ]
    return pd.DataFrame(rows, columns=["year", "one", "other", "trust", "frozen"])
