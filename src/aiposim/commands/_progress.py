"""A progress bar on standard error, for people; where nobody looks, only that the model is being compiled."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import typer

from aiposim.ensemble import Progress
from aiposim.report.words import Words

if TYPE_CHECKING:
    from rich.text import Text


@contextmanager
def progress_bar(total: int | None, words: Words, done: int = 0) -> Iterator[Progress]:
    """Gives what `simulate` and `compare` call with (runs done, runs in all); shows their rate and the time left.

    total  runs in all; None if it is told with every call, 0 if nobody knows
    done   runs that were there before
    """
    from aiposim.compiled import first_time

    if first_time():
        typer.secho(
            words("Translating the model into machine code. This takes up to a minute, once for each version."),
            err=True,
            dim=True,
        )
    if not sys.stderr.isatty():
        yield lambda done, _: None
        return
    with _bar(total, words, done) as shown:
        yield shown


@contextmanager
def counted_runs(words: Words) -> Iterator[Callable[[int], None]]:
    """For a search of unknown length: gives what is called with the runs computed since it was called last."""
    done = 0
    with progress_bar(None, words) as progress:

        def noted(runs: int) -> None:
            nonlocal done
            done += runs
            progress(done, 0)

        yield noted


@contextmanager
def _bar(total: int | None, words: Words, before: int) -> Iterator[Progress]:
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        ProgressColumn,
        SpinnerColumn,
        Task,
        TextColumn,
        TimeRemainingColumn,
    )
    from rich.progress import Progress as Bar
    from rich.text import Text

    begun = time.monotonic()

    class Rate(ProgressColumn):
        """Runs a second since the beginning."""

        def render(self, task: Task) -> Text:
            seconds = time.monotonic() - begun
            rate = (task.completed - before) / seconds if seconds > 0.0 else 0.0
            return Text(words("{rate} runs/s").format(rate=words.number(rate, 0)), style="dim")

    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        Rate(),
        TimeRemainingColumn(),
    )
    with Bar(*columns, console=Console(stderr=True, highlight=False), transient=True) as bar:
        task = bar.add_task(words("runs"), total=total, completed=before)
        yield lambda done, whole: bar.update(task, completed=done, total=total if total is not None else whole or None)
