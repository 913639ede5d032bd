"""The cards on the first screen of a page: the few numbers that answer, each with what it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from aiposim.measures import describe
from aiposim.report.summary import Runs, all_differences, described
from aiposim.report.words import Words, capital
from aiposim.results.table import values_of
from aiposim.study.compare import Comparison


def run_cards(runs: Runs, asked: Sequence[str], words: Words) -> list[dict[str, str]]:
    """What the question asks for, then what matters to every institute."""
    labels = {
        "budget_ratio": words("of the efficient budget is adopted"),
        "delivery_ratio": words("of the efficient programme's benefit is delivered"),
        "annual_collection_rate": words("of the dues of a year are collected"),
        "deadlock_rate": words("of what is put to a vote stays unsettled"),
        "trust_founders": words("trust among the founders, from 0 to 1"),
    }
    labels = {
        **{column: words.measure_and_unit(column) for column in asked if column not in labels and column != "exits"},
        **labels,
    }
    first = [column for column in asked if column in labels]
    labels = {column: labels[column] for column in dict.fromkeys([*first, *labels])}
    found = described(runs, list(labels))
    keys = [_key(found[column], column, label, words) for column, label in labels.items()]
    exits = values_of(runs, ["exits"])["exits"]
    return [
        *keys,
        {
            "figure": words.value(float((exits > 0).mean()), "dissolved"),
            "label": words("of the runs see a member leave"),
            "band": words("{exits} exits a run on average").format(exits=words.number(float(exits.mean()), 2)),
        },
    ]


# Ratios that are read more easily as parts of a hundred.
_PER_CENT = ("budget_ratio", "delivery_ratio")


def _key(row: Mapping[str, float], column: str, label: str, words: Words) -> dict[str, str]:
    style = "dissolved" if column in _PER_CENT else column
    return {
        "figure": words.value(row["median"], style),
        "label": label,
        "band": words("5–95% of runs: {band}").format(band=words.band([row["q05"], row["q95"]], style)),
    }


def comparison_cards(
    comparison: Comparison, asked: Sequence[str], short: dict[str, str], words: Words
) -> list[dict[str, str]]:
    """The design with the best mean of a few outcomes, and the range over the designs; those with equal founders."""
    alike = comparison.comparable
    if len(alike) < 2:
        return []
    labels = {
        "delivery_ratio": words("delivers most"),
        "annual_collection_rate": words("collects most of the dues"),
        "deadlock_rate": words("has least deadlock"),
        "exits": words("loses fewest members"),
        "trust_founders": words("keeps most trust among the founders"),
    }
    table = all_differences(comparison)
    table = table[table["design"].isin(alike)]
    keys = []
    for column in dict.fromkeys([*asked, *labels]):
        rows = table[table["measure"] == column].set_index("design")
        means = rows["mean"].dropna()
        if len(means) and set(rows["verdict"]) <= {"baseline", "unclear"} and describe(column).better != "neither":
            keys.append(_nothing_clear(means, column, words))
        elif len(means):
            keys.append(_comparison_key(means, column, labels.get(column, ""), short, words))
    return [*keys, *_regret_key(comparison, alike, short, words)]


def cards_note(comparison: Comparison, words: Words) -> str:
    """Why some designs are not looked at when the best one is named; empty if all are."""
    if len(comparison.comparable) == len(comparison.names):
        return ""
    return words(
        "The best is named among designs with the founders of the first alone: outcomes of the whole institute cover "
        "other states where others found it."
    )


def _comparison_key(
    means: pd.Series[float], column: str, label: str, short: dict[str, str], words: Words
) -> dict[str, str]:
    """The best design; where no direction is better, the range."""
    better = describe(column).better
    over = words.band([means.min(), means.max()], column)
    if better == "neither":
        return {"figure": over, "label": words.measure_and_unit(column), "band": words("means over the designs")}
    best = means.max() if better == "higher" else means.min()
    extreme = words("{measure}: highest") if better == "higher" else words("{measure}: lowest")
    label = label or capital(extreme.format(measure=words.measure(column)))
    band = words("{measure}: mean {value}; over the designs {band}").format(
        measure=words.measure_and_unit(column), value=words.value(best, column), band=over
    )
    return {"figure": _those(means[means == best], short, words), "label": label, "band": band}


def _nothing_clear(means: pd.Series[float], column: str, words: Words) -> dict[str, str]:
    """Of designs that cannot be told apart none is named as the best."""
    over = words.band([means.min(), means.max()], column)
    band = words("means over the designs {band}").format(band=over)
    return {"figure": words("no clear difference"), "label": words.measure_and_unit(column), "band": band}


def _regret_key(
    comparison: Comparison, designs: Sequence[str], short: dict[str, str], words: Words
) -> list[dict[str, str]]:
    regret = comparison.regret[comparison.regret["design"].isin(designs)]
    largest = regret.groupby("design", sort=False)["regret"].max()
    if not len(largest):
        return []
    band = words(
        "largest regret of a member: {value} M US$ on average from the design that suits it best in each run; over "
        "the designs {band}"
    ).format(value=words.value(largest.min(), "welfare"), band=words.band([largest.min(), largest.max()], "welfare"))
    label = words("leaves least regret to whom it suits least")
    return [{"figure": _those(largest[largest == largest.min()], short, words), "label": label, "band": band}]


def _those(designs: pd.Series[float], short: dict[str, str], words: Words) -> str:
    """Designs that are equally good: by name, or how many if they are many."""
    names = [short[str(name)] for name in designs.index]
    if len(names) > 2:
        return words("{n} designs alike").format(n=len(names))
    return names[0] if len(names) == 1 else words.listed([words.quoted(name) for name in names])
