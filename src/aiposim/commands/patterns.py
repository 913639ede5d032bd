"""`aiposim patterns`: the hypotheses the model must reproduce, tested on the same worlds."""

from __future__ import annotations

from typing import Annotated

import typer


def patterns(
    runs: Annotated[int, typer.Option(min=2, help="Runs of each design.")] = 1000,
    seed: Annotated[int, typer.Option(min=0, max=2**64 - 1, help="Seed of the worlds.")] = 2015,
    workers: Annotated[int, typer.Option(min=1, help="Worker processes.")] = 1,
) -> None:
    """Test the hypotheses the model must reproduce; exit code 1 if one does not hold."""
    from rich.console import Console
    from rich.table import Table

    from aiposim.study.patterns import find

    console = Console()
    with console.status("Simulating the designs of the patterns (the first time also compiling, once)"):
        findings = find(runs=runs, seed=seed, workers=workers)
    table = Table(title=f"Patterns over {runs} paired runs, seed {seed}")
    for heading in ("", "hypothesis", "measure"):
        table.add_column(heading)
    for heading in ("difference", "95 % interval", "expected", "holds"):
        table.add_column(heading, justify="right")
    for found in findings:
        half = 1.96 * found.standard_error
        interval = f"{found.difference - half:.3f} to {found.difference + half:.3f}"
        verdict = "yes" if found.holds else "[bold red]NO[/]"
        pattern = found.pattern
        table.add_row(
            pattern.name,
            pattern.words,
            pattern.measure,
            f"{found.difference:+.3f}",
            interval,
            f"{pattern.effect:+.3f}",
            verdict,
        )
    console.print(table)
    failed = sum(not found.holds for found in findings)
    console.print(
        f"{len(findings) - failed} of {len(findings)} hold: the expected sign, beyond three standard errors, "
        "between half and one and a half times the expected size."
    )
    if failed:
        raise typer.Exit(1)
