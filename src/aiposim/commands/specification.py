"""`aiposim specification`: the specification's table of outcomes, computed again and compared."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer


def specification(
    runs: Annotated[int, typer.Option(min=300, help="Runs of each design.")] = 3000,
    seed: Annotated[int, typer.Option(min=0, max=2**64 - 1, help="Seed of the worlds.")] = 2015,
    workers: Annotated[int, typer.Option(min=1, help="Worker processes.")] = 1,
    out: Annotated[Path | None, typer.Option(help="Write the table to this Markdown file.")] = None,
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Replace the file if it exists.")] = False,
) -> None:
    """Compute the specification's table of outcomes again; exit code 1 if more than 2 % of its figures disagree."""
    from rich.console import Console

    from aiposim.study.specification import LARGEST_PART_OUTSIDE, as_markdown, cause_of, reproduce

    console = Console()
    _check_writable(out, overwrite)
    with console.status("Simulating every key under every vote (the first time also compiling, once)"):
        figures = reproduce(runs=runs, seed=seed, workers=workers)
    outside = [figure for figure in figures if not figure.agrees]
    console.print(f"{len(figures) - len(outside)} of {len(figures)} figures agree with the specification.")
    for f in outside:
        console.print(
            f"  {f.key}, {f.vote}: {f.measure} is {f.computed:.4f}, printed {f.printed}: "
            f"{f.distance:+.1f} joint standard errors (tolerance {f.tolerance:.4f}); {cause_of(f)}"
        )
    if out is not None:
        out.write_text(as_markdown(figures, runs, seed), encoding="utf-8")
        console.print(f"Table written to {out}", markup=False)
    if len(outside) > LARGEST_PART_OUTSIDE * len(figures):
        raise typer.Exit(1)


def _check_writable(out: Path | None, overwrite: bool) -> None:
    """Refuse before computing what could not be written afterwards."""
    if out is None:
        return
    wrong = ""
    if out.is_dir():
        wrong = f"{out} is a folder; name a file."
    elif out.exists() and not overwrite:
        wrong = f"{out} exists already; give another file with --out, or replace it with --overwrite."
    elif not out.parent.is_dir():
        wrong = f"{out} cannot be written: there is no folder {out.parent}."
    elif not os.access(out if out.exists() else out.parent, os.W_OK):
        wrong = f"{out} cannot be written."
    if wrong:
        typer.echo(wrong, err=True)
        raise typer.Exit(2)
