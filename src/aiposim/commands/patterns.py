"""`aiposim patterns`: the hypotheses the model must reproduce, tested on the same worlds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from aiposim.study.patterns import Finding


def patterns(
    runs: Annotated[int, typer.Option(min=2, help="Runs of each design.")] = 1000,
    seed: Annotated[int, typer.Option(min=0, max=2**64 - 1, help="Seed of the worlds.")] = 2015,
    workers: Annotated[int, typer.Option(min=1, help="Worker processes.")] = 1,
) -> None:
    """Test the hypotheses the model must reproduce; exit code 1 if one does not hold."""
    from rich import box
    from rich.console import Console
    from rich.table import Table

    from aiposim.study.patterns import find

    console = Console(highlight=False)
    with console.status("Simulating the designs of the patterns (the first time also compiling, once)"):
        findings = find(runs=runs, seed=seed, workers=workers)
    table = Table(title=f"Patterns over {runs:,} paired runs, seed {seed}", box=box.SIMPLE_HEAD, pad_edge=False)
    table.add_column("", no_wrap=True)
    table.add_column("hypothesis, and what is measured", overflow="fold")
    for heading in ("difference", "expected", "holds"):
        table.add_column(heading, justify="right", no_wrap=True)
    for found in findings:
        pattern = found.pattern
        table.add_row(
            pattern.name,
            f"{pattern.words} [dim]({pattern.measure})[/]",
            f"{_signed(found.difference)}\n[dim]±{1.96 * found.standard_error:.3f}[/]",
            _signed(pattern.effect),
            _verdict(found),
        )
    console.print(table)
    held = sum(found.holds for found in findings)
    undecided = sum(found.undecided for found in findings)
    console.print(
        f"{held} of {len(findings)} hold: the expected sign, beyond three standard errors, between half and one and "
        "a half times the expected size. ± is half a 95 % interval."
    )
    if undecided:
        console.print(f"{undecided} cannot be told with {runs:,} runs; try --runs {max(1000, 4 * runs)}.")
    if held < len(findings):
        raise typer.Exit(1)


def _signed(number: float) -> str:
    return f"{number:+.3f}".replace("-", "−")


def _verdict(found: Finding) -> str:
    return "yes" if found.holds else "[yellow]undecided[/]" if found.undecided else "[bold red]NO[/]"
