"""The numbers of a report: tables out of results, without a word or a line of drawing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import pandas as pd

from aiposim.measures import describe
from aiposim.results import Results
from aiposim.scenario import Scenario
from aiposim.study.compare import Comparison

# What is shown first. The co-operation index comes last: it is a composite, and its parts are worth more.
HEADLINES = (
    "budget",
    "budget_ratio",
    "delivery_ratio",
    "annual_collection_rate",
    "timely_collection_rate",
    "arrears_years",
    "deadlock_rate",
    "boycott_rate",
    "trust",
    "trust_founders",
    "response_days",
    "response_effectiveness",
    "secretariat_capacity",
    "exits",
    "survival_years",
    "cooperation_index_without_decisions",
    "cooperation_index",
)
MEMBER_MEASURES = ("burden_share", "burden_ratio", "collection_rate", "welfare", "individual_rationality")
# Numbers that stand for a state or count nothing one could average; said in words instead.
NO_QUANTITY = ("first_leaver",)
_TYPICAL_OF = (
    "budget_ratio", "annual_collection_rate", "deadlock_rate", "trust_founders", "response_days", "exits",
    "survival_years", "incidents",
)  # fmt: skip


def asked_for(scenarios: Iterable[Scenario], columns: Iterable[str]) -> list[str]:
    """Columns that the questions of scenarios ask for, in their order; a name without its dot is all its parts."""
    there, names = list(columns), [name for scenario in scenarios for name in scenario.outcomes]
    found = [
        column
        for name in names
        for column in ([name] if name in there else [each for each in there if each.startswith(f"{name}.")])
    ]
    return list(dict.fromkeys(found))


def asked_in_vain(scenarios: Iterable[Scenario], columns: Iterable[str]) -> list[str]:
    """What is asked for and not there, such as a measure of a state that is no member."""
    there = list(columns)
    return list(
        dict.fromkeys(
            name
            for scenario in scenarios
            for name in scenario.outcomes
            if not any(column == name or column.startswith(f"{name}.") for column in there)
        )
    )


def columns_of(comparison: Comparison) -> list[str]:
    """All columns that some design has."""
    return list(dict.fromkeys(column for each in comparison.results for column in each.runs.columns))


def all_differences(comparison: Comparison) -> pd.DataFrame:
    """Outcomes and the measures of single states in one table, each under the name of its column."""
    members = comparison.members
    named = members.assign(measure=members["measure"] + "." + members["member"]).drop(columns="member")
    return pd.concat([comparison.outcomes, named], ignore_index=True)


def all_outcomes(comparison: Comparison) -> list[str]:
    """Columns as a table shows them: those asked for, the standard ones, then the rest of the whole institute's."""
    asked = asked_for([each.scenario for each in comparison.results], columns_of(comparison))
    rest = [measure for measure in comparison.outcomes["measure"].unique() if measure not in NO_QUANTITY]
    return list(dict.fromkeys([*asked, *HEADLINES, *rest]))


def outcome_table(runs: pd.DataFrame, codes: Sequence[str]) -> pd.DataFrame:
    """A row a measure of the whole institute: median, q05, q95, mean, defined (in how many runs)."""
    columns = [column for column in runs.columns if column.rpartition(".")[2] not in codes]
    return described(runs[columns])


def member_table(runs: pd.DataFrame, codes: Sequence[str]) -> pd.DataFrame:
    """The same by member and measure (two levels of the index)."""
    columns = [column for column in runs.columns if column.rpartition(".")[2] in codes]
    table = described(runs[columns])
    pairs = [(column.rpartition(".")[2], column.rpartition(".")[0]) for column in columns]
    table.index = pd.MultiIndex.from_tuples(pairs, names=["member", "measure"])
    return table


def described(runs: pd.DataFrame) -> pd.DataFrame:
    """A row a column: median, q05, q95, mean, defined (in how many runs)."""
    quantiles = runs.quantile([0.5, 0.05, 0.95])
    return pd.DataFrame(
        {
            "median": quantiles.loc[0.5],
            "q05": quantiles.loc[0.05],
            "q95": quantiles.loc[0.95],
            "mean": runs.mean(),
            "defined": runs.notna().sum(),
        }
    ).rename_axis("measure")


def rows_by(table: pd.DataFrame, *keys: str) -> dict[Any, dict[str, Any]]:
    """The rows of a table as mappings, by the value of one column or by the values of several."""
    rows: list[dict[Any, Any]] = table.reset_index().to_dict("records")
    return {row[keys[0]] if len(keys) == 1 else tuple(row[key] for key in keys): row for row in rows}


def burden_table(runs: pd.DataFrame, codes: Sequence[str]) -> pd.DataFrame:
    """A row a member: its share of all payments (burden) and of all valuations (benefit), each with its band."""
    rows = []
    for code in sorted(codes):
        burden = runs[f"burden_share.{code}"]
        benefit = burden / runs[f"burden_ratio.{code}"]
        row: dict[str, Any] = {"member": code}
        for name, share in (("burden", burden), ("benefit", benefit)):
            row |= {name: share.median(), f"{name}_low": share.quantile(0.05), f"{name}_high": share.quantile(0.95)}
        rows.append(row)
    return pd.DataFrame(rows)


def typical_run(runs: pd.DataFrame) -> int:
    """The run nearest to the medians of a few outcomes, each in units of its own spread; the first if several."""
    distance = pd.Series(0.0, index=runs.index)
    for column in _TYPICAL_OF:
        spread = runs[column].std()
        if spread > 0.0:
            apart = (runs[column] - runs[column].median()) / spread
            distance += (apart**2).fillna(apart.max() ** 2)
    return int(distance.to_numpy().argmin()) + int(runs.index[0])


def interval_table(comparison: Comparison, short: dict[str, str]) -> pd.DataFrame:
    """All measures of each design with `left` and `right`: the interval of the difference, laid around the mean."""
    table = all_differences(comparison)
    table = table.assign(design=table["design"].map(short))
    return table.assign(
        left=table["mean"] + (table["low"] - table["difference"]),
        right=table["mean"] + (table["high"] - table["difference"]),
    )


def short_names(names: Sequence[str]) -> dict[str, str]:
    """Names of designs without what they all share or what goes without saying, still all different."""
    scenarios = {name.partition(": ")[0] for name in names}
    if len(names) < 2 or len(scenarios) > 1 or any(": " not in name for name in names):
        return {name: name for name in names}
    settings = {name: name.partition(": ")[2] for name in names}
    bare = {name: ", ".join(_bare(part) for part in text.split(", ")) for name, text in settings.items()}
    return bare if len(set(bare.values())) == len(names) else settings


SPEAK_FOR_THEMSELVES = ("cost_sharing", "director", "members", "voting")


def _bare(setting: str) -> str:
    """`voting=majority` is `majority`; a number or a switch needs its key."""
    key, _, value = setting.partition("=")
    return value if value and key in SPEAK_FOR_THEMSELVES else setting


def run_json(results: Results) -> dict[str, Any]:
    """What `aiposim run --json` prints; undefined is None."""
    codes = results.scenario.codes
    members: dict[str, dict[str, Any]] = {code: {} for code in codes}
    for (code, measure), row in rows_by(member_table(results.runs, codes), "member", "measure").items():
        members[code][measure] = _plain(row, measure)
    outcomes = rows_by(outcome_table(results.runs, codes), "measure")
    return {
        "scenario": results.scenario.name,
        "seed": results.seed,
        "runs": len(results.runs),
        "outcomes": {measure: _plain(row, measure) for measure, row in outcomes.items()},
        "members": members,
    }


def _plain(row: dict[str, Any], measure: str) -> dict[str, Any]:
    return {**{key: _or_none(row[key]) for key in ("median", "q05", "q95", "mean")}, "unit": describe(measure).unit}


def comparison_json(comparison: Comparison) -> dict[str, Any]:
    """What `aiposim compare --json` prints; undefined is None."""
    outcomes: dict[str, Any] = {}
    for line in comparison.outcomes.to_dict("records"):
        entry = outcomes.setdefault(line["measure"], _heading(line))
        entry["designs"][line["design"]] = _paired(line)
    members: dict[str, Any] = {code: {} for code in comparison.codes}
    for line in comparison.members.to_dict("records"):
        entry = members[line["member"]].setdefault(line["measure"], _heading(line))
        entry["designs"][line["design"]] = _paired(line)
    regret: dict[str, dict[str, float]] = {}
    for line in comparison.regret.to_dict("records"):
        regret.setdefault(line["design"], {})[line["member"]] = line["regret"]
    return {
        "scenarios": comparison.names,
        "seed": comparison.seed,
        "runs": comparison.runs,
        "baseline": comparison.names[0],
        "outcomes": outcomes,
        "members": members,
        "regret": regret,
        "left_out": list(comparison.left_out),
    }


def _heading(line: dict[Any, Any]) -> dict[str, Any]:
    return {"unit": describe(line["measure"]).unit, "better": line["better"], "designs": {}}


def _paired(line: dict[Any, Any]) -> dict[str, Any]:
    numbers = {key: _or_none(line[key]) for key in ("mean", "difference", "low", "high", "share_better")}
    return {**numbers, "pairs": int(line["pairs"]), "verdict": line["verdict"]}


def _or_none(number: float) -> float | None:
    return float(number) if np.isfinite(number) else None
