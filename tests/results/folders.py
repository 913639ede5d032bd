"""Small results folders, and the faults that are planted in them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from aiposim.results.study import Shard, Study, compute
from aiposim.scenario import Scenario, load
from aiposim.study.compare import begin_comparison, open_comparison, studies_in


def design(name: str = "reference-design", **changes: Any) -> Scenario:
    """A scenario of four years."""
    return load(name).with_(**{"world.horizon": 8, **changes})


def kept(
    folder: Path,
    scenario: Scenario | None = None,
    runs: int = 40,
    *,
    block: int = 10,
    seed: int = 2015,
    shard: tuple[int, int] | None = None,
    engine: str = "arrays",
    panel: str = "none",
) -> Study:
    """A study in a folder, computed and finished."""
    study = Study.begin(
        folder,
        scenario or design(),
        runs,
        seed=seed,
        block=block,
        shard=Shard(*shard) if shard else None,
        engine=engine,
        panel=panel,
        command=["aiposim", "run", "x", *(["--shard", f"{shard[0]}/{shard[1]}"] if shard else [])],
    )
    compute([study])
    study.finish()
    return study


def rewritten(file: Path, column: str, row: int, change: Callable[[Any], Any]) -> Any:
    """Change one value in a Parquet file, which stays a sound one with all its metadata; the value as it is then."""
    table = pq.read_table(file)
    values = table[column].to_pylist()
    values[row] = change(values[row])
    place = table.schema.get_field_index(column)
    pq.write_table(table.set_column(place, table.field(place), pa.array(values, table.field(place).type)), file)
    return values[row]


def rows_file(study: Study, block: int) -> Path:
    return study.parts[block].rows_file(study.folder)


def counts_file(study: Study, block: int) -> Path:
    return study.parts[block].counts_file(study.folder)


def tell(folder: Path, **changes: Any) -> None:
    """Let a manifest tell something else."""
    file = folder / "manifest.json"
    manifest = json.loads(file.read_text(encoding="utf-8"))
    file.write_text(json.dumps(manifest | changes), encoding="utf-8")


def compared(folder: Path, *rules: str, runs: int = 4, shard: tuple[int, int] | None = None) -> list[Study]:
    """A comparison of voting rules in a folder; a shard has no tables of the whole."""
    designs = [design(**{"control.voting.rule": rule}).with_(name=f"reference-design: {rule}") for rule in rules]
    begin_comparison(folder, designs, runs, seed=1, shard=Shard(*shard) if shard else None)
    studies = studies_in(folder)
    compute(studies)
    for study in studies:
        study.finish()
    if shard is None:
        open_comparison(folder).finish(folder)
    return studies
