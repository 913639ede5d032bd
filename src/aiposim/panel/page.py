"""The page about panels: how to read them, and every column, read off the code. `python -m aiposim.panel.page`"""

from __future__ import annotations

import sys
from collections.abc import Iterator

from aiposim.panel import bytes_a_run
from aiposim.panel.columns import Column
from aiposim.panel.tables import TABLES

_HEAD = """\
# Panels: every period of every run

Written by `python -m aiposim.panel.page`; a test fails when it is out of date.

Bands and measures say what runs do on the whole. A panel keeps every half-year of every run, for questions that nobody
had thought of beforehand:

```
aiposim run geneva-2015 --runs 1000 --panel core --out results/geneva   # ten columns of the institution
aiposim run geneva-2015 --runs 1000 --panel full --out results/whole    # all columns, also by member
```

The size is said beforehand: {core:.1f} MB for a thousand runs of thirty years under `core`, {full:.0f} MB under `full`
with three members, {four:.0f} MB with four. From Python `aiposim.simulate(scenario, runs=1000, panel="core")` keeps the
panel in memory.

## What is written

A folder a table, in it a Parquet file a block of runs:

| table | a row is | asked for by |
|---|---|---|
| `panel/core` | a run and period | `--panel core` |
| `panel/institution` | a run and period | `--panel full` |
| `panel/member` | a run, period and founder | `--panel full` |

Every table has `run` (the number of the run, as in `blocks/*.runs.parquet` and `runs.parquet`) and `period`
(half-years from 0, the foundation); `panel/member` has `member`, the code of the founder, as well. Rows stand in the
order of run, period, member, so that a file is the same whatever batches, workers or engine computed it. A run that
failed has no rows.

- Numbers are 32-bit floats: what the model computed in 64 bits, rounded to seven digits. Whole numbers are 16-bit.
- What is not defined is null (in pandas: nan), as a response without a crisis, or the budget of an institute that is
  dissolved. The tables below say when a column is defined; flags are false and numbers of events 0 where there is
  nothing they could tell of.
- Values are those at the end of the half-year, when exits and dissolution have had their effect: the arrears of a state
  that `leaves` are void already, the institution's `arrears_years` still holds them. `members`, `is_member` and `alive`
  say who was there during the half-year. A column that is a measure too is what the measure is made of, period by
  period.
- Each page of a file has a checksum, each column its unit and meaning
  (`pyarrow.parquet.read_schema(file).field("trust").metadata`), each row group (2,048 runs of thirty years) the range
  of its runs.
- What is the same in all runs is in the scenario, and what is only a step on the way (ballots, candidates, luck) is
  not kept.

The ten of the core are the money (`budget`, `budget_ratio`, `arrears_years`), the co-operation index with its five
parts (`delivery_ratio`, `timely_collection_rate`, `trust`, `decision_rate`, `response_effectiveness`), and `members`,
without which none of them can be read. Incidents and freezes are the world's, not the institution's; they are in
`panel/institution`.

## Reading with pandas

```python
import aiposim

results = aiposim.open_results("results/geneva")
panel = results.panel("core")
print(panel.groupby("period")["arrears_years"].quantile([0.1, 0.5, 0.9]).unstack())
print(panel[panel["run"] == 17].set_index("period"))  # one run
```

Without aiposim, a few columns or one run alone, so that nothing else is read into memory:

```python
import pandas as pd

money = pd.read_parquet("results/geneva/panel/core", columns=["run", "period", "budget"])
one_run = pd.read_parquet("results/geneva/panel/core", filters=[("run", "==", 17)])
```

## Asking with DuckDB

DuckDB (duckdb.org) reads the files where they lie, a column at a time and on all cores, also those that do not fit into
memory. `pip install duckdb`, then in Python `duckdb.sql(...)`. Arrears by period:

```sql
SELECT period,
       count(arrears_years) AS living,
       quantile_cont(arrears_years, [0.1, 0.5, 0.9]) AS arrears
FROM 'results/geneva/panel/core/*.parquet'
GROUP BY period
ORDER BY period;
```

Measures of the whole run join on `run`. Do runs that lose a member fall into arrears beforehand?

```sql
SELECT period,
       avg(arrears_years) FILTER (exits = 0) AS nobody_leaves,
       avg(arrears_years) FILTER (exits > 0) AS somebody_leaves
FROM 'results/geneva/panel/core/*.parquet'
JOIN (SELECT run, exits FROM 'results/geneva/blocks/*.runs.parquet') USING (run)
GROUP BY period
ORDER BY period;
```

One run; the row groups of other runs are not read:

```sql
SELECT * FROM 'results/geneva/panel/core/*.parquet' WHERE run = 17 ORDER BY period;
```

Under `--panel full`, what part of its dues a state pays while a compatriot directs, catch-up included:

```sql
SELECT member,
       avg(paid / state.due) FILTER (director = member) AS directing,
       avg(paid / state.due) FILTER (director <> member) AS not_directing
FROM 'results/whole/panel/member/*.parquet' AS state
JOIN 'results/whole/panel/institution/*.parquet' AS institution USING (run, period)
WHERE state.due > 0
GROUP BY member;
```
"""

_TITLES = {
    "core": "Columns of the core",
    "institution": "Other columns of the institution",
    "member": "Columns by member",
}


def page() -> str:
    """The page as Markdown."""
    million = 1000.0 / 1e6
    sizes = {
        "core": bytes_a_run("core", 3, 60) * million,
        "full": bytes_a_run("full", 3, 60) * million,
        "four": bytes_a_run("full", 4, 60) * million,
    }
    return _HEAD.format(**sizes) + "".join(f"{line}\n" for line in _tables())


def _tables() -> Iterator[str]:
    core = {column.name for column in TABLES["core"]}
    for table, title in _TITLES.items():
        yield f"\n## {title}\n"
        yield "| column | unit | meaning | defined |"
        yield "|---|---|---|---|"
        for column in TABLES[table]:
            if table != "institution" or column.name not in core:
                yield f"| `{column.name}` | {_unit(column)} | {column.meaning} | {column.defined} |"


def _unit(column: Column) -> str:
    return f"{column.unit} (code)" if column.kind == "state" else column.unit


if __name__ == "__main__":
    sys.stdout.write(page())
