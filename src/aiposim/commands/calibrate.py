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
    from rich.console import Console
    from rich.table import Table

    from aiposim.study.calibration import calibrate as all_checks

    console = Console()
    with console.status("Simulating the designs of the calibration (the first time also compiling, once)"):
        checks = all_checks(runs=runs, seed=seed, workers=workers)
    table = Table(title=f"Calibration over {runs} runs of each design, seed {seed}")
    table.add_column("figure")
    for heading in ("record", "model", "from", "to", "holds"):
        table.add_column(heading, justify="right")
    for check in checks:
        verdict = "yes" if check.holds else "[bold red]NO[/]"
        ends = (f"{check.low:.3f}", f"{check.high:.3f}")
        table.add_row(check.words, check.record, f"{check.model:.4f}", *ends, verdict)
    console.print(table)
    failed = sum(not check.holds for check in checks)
    console.print(f"{len(checks) - failed} of {len(checks)} lie where they should.")
    if failed:
        raise typer.Exit(1)
