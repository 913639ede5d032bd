"""`aiposim calibrate`: the model beside the record."""

from __future__ import annotations

from typing import Annotated

import typer


def calibrate(
    runs: Annotated[int, typer.Option(min=10, help="Runs of each design.")] = 1000,
    seed: Annotated[int, typer.Option(min=0, max=2**64 - 1, help="Seed of the worlds.")] = 2015,
    workers: Annotated[int, typer.Option(min=1, help="Worker processes.")] = 1,
) -> None:
    """Set summits, incidents, payment, exits, women and the UN scale beside the record; exit code 1 if one is off."""
    from rich import box
    from rich.console import Console
    from rich.table import Table

    from aiposim.study.calibration import calibrate as all_checks

    console = Console(highlight=False)
    with console.status("Simulating the designs of the calibration (the first time also compiling, once)"):
        checks = all_checks(runs=runs, seed=seed, workers=workers)
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
    failed = sum(not check.holds for check in checks)
    console.print(f"{len(checks) - failed} of {len(checks)} lie where they should.")
    if failed:
        raise typer.Exit(1)
