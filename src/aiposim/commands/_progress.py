"""A progress bar on standard error, for people; where nobody looks, only that the model is being compiled."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from aiposim.ensemble import Progress
from aiposim.report.words import Words


@contextmanager
def progress_bar(total: int, words: Words) -> Iterator[Progress]:
    """Gives what `simulate` and `compare` call with (runs done, runs in all)."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, SpinnerColumn, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as Bar

    from aiposim.compiled import first_time

    console = Console(stderr=True, highlight=False)
    if first_time():
        console.print(
            words("Translating the model into machine code. This takes up to a minute, once for each version."),
            style="dim",
            soft_wrap=True,
        )
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Bar(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task(words("runs"), total=total)
        yield lambda done, _: bar.update(task, completed=done)
