"""`aiposim calibrate`: the model beside the record."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from aiposim.study.calibration import Check


def calibrate(
    runs: Annotated[int, typer.Option(min=10, help="Runs of each design.")] = 1000,
    seed: Annotated[int, typer.Option(min=0, max=2**64 - 1, help="Seed of the worlds.")] = 2015,
    workers: Annotated[int, typer.Option(min=1, help="Worker processes.")] = 1,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Set summits, incidents, payment, arrears, exits, women and the UN scale beside the record.

    Exit code 1 if a figure lies outside the range it must lie in.
    """
    from rich.console import Console

    from aiposim.study.calibration import calibrate as all_checks

    with Console(stderr=True).status("Simulating the designs of the calibration (the first time also compiling, once)"):
        checks = all_checks(runs=runs, seed=seed, workers=workers)
    if as_json:
        rows = [asdict(check) | {"holds": check.holds} for check in checks]
        sys.stdout.write(json.dumps(rows, ensure_ascii=False, indent=2, allow_nan=False) + "\n")
    else:
        _print(checks, runs, seed)
    if not all(check.holds for check in checks):
        raise typer.Exit(1)


def _print(checks: list[Check], runs: int, seed: int) -> None:
    from rich import box
    from rich.console import Console
    from rich.table import Table

    console = Console(highlight=False)
    table = Table(
        title=f"Calibration over {runs:,} runs of each design, seed {seed}", box=box.SIMPLE_HEAD, pad_edge=False
    )
    table.add_column("figure", overflow="fold")
    for heading in ("record", "model", "must lie in", "holds"):
        table.add_column(heading, justify="right", no_wrap=True)
    for check in checks:
        verdict = "yes" if check.holds else "[bold red]NO[/]"
        table.add_row(check.words, check.record, f"{check.model:.4g}", f"{check.low:.3g} to {check.high:.3g}", verdict)
    console.print(table)
    held = sum(check.holds for check in checks)
    console.print(f"{held} of {len(checks)} lie where they should.")
