"""`aiposim patterns`: the hypotheses the model must reproduce, tested on the same worlds."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from aiposim.study.patterns import Finding


def patterns(
    runs: Annotated[int, typer.Option(min=2, help="Runs of each design.")] = 1000,
    seed: Annotated[int, typer.Option(min=0, max=2**64 - 1, help="Seed of the worlds.")] = 2015,
    workers: Annotated[int, typer.Option(min=1, help="Worker processes.")] = 1,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Test the hypotheses the model must reproduce, run by run on the same worlds; exit code 1 if one fails.

    Prints of each the direction, the size, its 95 % interval, the size expected, and whether it passes.
    """
    from rich.console import Console

    from aiposim.study.patterns import find

    with Console(stderr=True).status("Simulating the designs of the patterns (the first time also compiling, once)"):
        findings = find(runs=runs, seed=seed, workers=workers)
    if as_json:
        rows = [_row(found) for found in findings]
        sys.stdout.write(json.dumps(rows, ensure_ascii=False, indent=2, allow_nan=False) + "\n")
    else:
        _print(findings, runs, seed)
    if not all(found.holds for found in findings):
        raise typer.Exit(1)


def _print(findings: list[Finding], runs: int, seed: int) -> None:
    from rich import box
    from rich.console import Console
    from rich.table import Table

    console = Console(highlight=False)
    table = Table(title=f"Patterns over {runs:,} paired runs, seed {seed}", box=box.SIMPLE_HEAD, pad_edge=False)
    table.add_column("", no_wrap=True)
    table.add_column("hypothesis, and what is measured", overflow="fold")
    for heading in ("expected", "found, with interval", "verdict"):
        table.add_column(heading, justify="right", no_wrap=True)
    for found in findings:
        pattern = found.pattern
        low, high = found.interval
        table.add_row(
            pattern.name,
            f"{pattern.words} [dim]({pattern.measure})[/]",
            f"{pattern.direction}\n[dim]{_signed(pattern.effect)}[/]",
            f"{_signed(found.difference)}\n[dim]{_signed(low)} to {_signed(high)}[/]",
            _verdict(found),
        )
    console.print(table)
    held = sum(found.holds for found in findings)
    undecided = sum(found.undecided for found in findings)
    console.print(
        f"{held} of {len(findings)} pass: the expected direction, beyond three standard errors, between half and one "
        "and a half times the expected size. Intervals hold 95 %."
    )
    if undecided:
        console.print(f"{undecided} cannot be told with {runs:,} runs; try --runs {max(1000, 4 * runs)}.")


def _row(found: Finding) -> dict[str, Any]:
    pattern = found.pattern
    low, high = found.interval
    return {
        "name": pattern.name,
        "hypothesis": pattern.words,
        "measure": pattern.measure,
        "direction": pattern.direction,
        "expected": pattern.effect,
        "difference": found.difference,
        "low": low,
        "high": high,
        "pairs": found.pairs,
        "verdict": found.verdict,
    }


def _signed(number: float) -> str:
    return f"{number:+.3f}".replace("-", "−")


def _verdict(found: Finding) -> str:
    styles = {"pass": "pass", "undecided": "[yellow]undecided[/]", "fail": "[bold red]FAIL[/]"}
    return styles[found.verdict]
