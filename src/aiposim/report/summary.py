"""The numbers of a report: tables out of results, without a word or a line of drawing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, Union

import numpy as np

from aiposim.measures import describe
from aiposim.quantities import Array
from aiposim.results import Results
from aiposim.results.table import StoredRuns, side_by_side, values_of
from aiposim.scenario import Scenario

if TYPE_CHECKING:
    import pandas as pd

    from aiposim.study.compare import Comparison
    from aiposim.study.tournament import Tournament

Runs = Union["pd.DataFrame", StoredRuns]

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
    return list(dict.fromkeys(column for each in comparison.results for column in each.table.columns))


def all_differences(comparison: Comparison) -> pd.DataFrame:
    """Outcomes and the measures of single states in one table, each under the name of its column."""
    import pandas as pd

    members = comparison.members
    named = members.assign(measure=members["measure"] + "." + members["member"]).drop(columns="member")
    return pd.concat([comparison.outcomes, named], ignore_index=True)


def all_outcomes(comparison: Comparison) -> list[str]:
    """Columns as a table shows them: those asked for, the standard ones, then the rest of the whole institute's."""
    asked = asked_for([each.scenario for each in comparison.results], columns_of(comparison))
    rest = [measure for measure in comparison.outcomes["measure"].unique() if measure not in NO_QUANTITY]
    return list(dict.fromkeys([*asked, *HEADLINES, *rest]))


def outcome_table(runs: Runs, codes: Sequence[str]) -> dict[str, dict[str, float]]:
    """Of each measure of the whole institute median, q05, q95, mean, defined (in how many runs)."""
    return described(runs, [column for column in runs.columns if column.rpartition(".")[2] not in codes])


def member_table(
    runs: Runs, codes: Sequence[str], measures: Sequence[str] = ()
) -> dict[tuple[str, str], dict[str, float]]:
    """The same by member and measure, of all measures unless some are named."""
    columns = [column for column in runs.columns if column.rpartition(".")[2] in codes]
    columns = [column for column in columns if not measures or column.rpartition(".")[0] in measures]
    table = described(runs, columns)
    return {(column.rpartition(".")[2], column.rpartition(".")[0]): row for column, row in table.items()}


_AT_ONCE = 4
LEVELS = {"median": 0.5, "q05": 0.05, "q95": 0.95}


def described(runs: Runs, columns: Sequence[str]) -> dict[str, dict[str, float]]:
    """Of each column median, q05, q95, mean, defined (in how many runs). Few columns are in memory at once."""
    known = runs.described if isinstance(runs, StoredRuns) else {}
    new = [name for name in columns if name not in known]
    for i in range(0, len(new), _AT_ONCE):
        at_once = new[i : i + _AT_ONCE]
        known |= zip(at_once, side_by_side(_described, values_of(runs, at_once).values()), strict=True)
    return {name: known[name] for name in columns}


def _described(values: Array) -> dict[str, float]:
    values = values[~np.isnan(values)]
    if not len(values):
        return {**dict.fromkeys(LEVELS, np.nan), "mean": np.nan, "defined": 0}
    quantiles = np.percentile(values, [100.0 * level for level in LEVELS.values()]).tolist()
    return {**dict(zip(LEVELS, quantiles, strict=True)), "mean": float(values.mean()), "defined": len(values)}


def summary_table(runs: Runs, codes: Sequence[str]) -> pd.DataFrame:
    """A row a column of `runs`: measure, member (empty for the whole institute), median, q05, q95, mean, defined."""
    import pandas as pd

    rows = []
    for column, found in described(runs, [str(column) for column in runs.columns]).items():
        member = column.rpartition(".")[2] if column.rpartition(".")[2] in codes else ""
        measure = column.rpartition(".")[0] if member else column
        rows.append({"measure": measure, "member": member, **{key: float(value) for key, value in found.items()}})
    return pd.DataFrame(rows).astype({"defined": np.int64})


def rows_by(table: pd.DataFrame, *keys: str) -> dict[Any, dict[str, Any]]:
    """The rows of a table as mappings, by the value of one column or by the values of several."""
    rows: list[dict[Any, Any]] = table.reset_index().to_dict("records")
    return {row[keys[0]] if len(keys) == 1 else tuple(row[key] for key in keys): row for row in rows}


def burden_table(runs: Runs, codes: Sequence[str]) -> pd.DataFrame:
    """A row a member: its share of all payments (burden) and of all valuations (benefit), each with its band."""
    import pandas as pd

    rows = []
    for code in sorted(codes):
        burden, benefit = burden_and_benefit(runs, code)
        row: dict[str, Any] = {"member": code}
        for name, share in (("burden", burden), ("benefit", benefit)):
            found = _described(share)
            row |= {name: found["median"], f"{name}_low": found["q05"], f"{name}_high": found["q95"]}
        rows.append(row)
    return pd.DataFrame(rows)


def burden_and_benefit(runs: Runs, code: str) -> tuple[Array, Array]:
    """A member's shares of all payments and of all valuations, by run.

    Of one that pays nothing the second is nan: it is what the others leave.
    """
    burden, ratio = values_of(runs, [f"burden_share.{code}", f"burden_ratio.{code}"]).values()
    with np.errstate(invalid="ignore"):  # nothing paid, nothing valued
        return burden, burden / ratio


def typical_run(runs: Runs) -> int:
    """The run nearest to the medians of a few outcomes, each in units of its own spread; the first if several."""
    distance = np.zeros(len(runs))
    for name in _TYPICAL_OF:
        values = values_of(runs, [name])[name]
        known = values[~np.isnan(values)]
        spread = known.std(ddof=1) if len(known) > 1 else 0.0
        if spread > 0.0:
            apart = (values - np.median(known)) / spread
            distance += np.nan_to_num(apart**2, nan=np.nanmax(apart) ** 2)
    return int(runs.index[int(distance.argmin())])


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
    for (code, measure), row in member_table(results.table, codes).items():
        members[code][measure] = _plain(row, measure)
    outcomes = outcome_table(results.table, codes)
    return {
        "scenario": results.scenario.name,
        "seed": results.seed,
        "runs": len(results.table),
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


def league_json(tournament: Tournament) -> dict[str, Any]:
    """What `aiposim league --json` prints: the tables of the league as lists of rows; undefined is None."""
    league = tournament.league
    return {
        "scenarios": league.names,
        "seed": tournament.comparison.seed,
        "runs": tournament.comparison.runs,
        "outcome": league.outcome,
        "better": league.standing(league.outcome).better,
        "confidence": league.confidence,
        "settled": tournament.settled,
        "condorcet_winner": tournament.choice.condorcet_winner,
        **{
            name: [{key: _plain_value(value) for key, value in row.items()} for row in table.to_dict("records")]
            for name, table in (tournament.tables() | {"votes": tournament.choice.by_vote}).items()
            if name != "pairs"
        },
        "undecided": [
            [league.names[one], league.names[other]] for one, other in league.standing(league.outcome).undecided()
        ],
    }


def _plain_value(value: Any) -> Any:
    """A cell of a table as JSON has it."""
    if isinstance(value, float | np.floating):
        return _or_none(float(value))
    return value.item() if isinstance(value, np.generic) else value


def _or_none(number: float) -> float | None:
    return float(number) if np.isfinite(number) else None
