"""Sensitivity and discovery at the command line: a folder is begun, filled with points, finished, gone on with."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import typer

from aiposim.commands._options import refuse
from aiposim.commands._studies import as_text, completed, make, take_back

if TYPE_CHECKING:
    from aiposim.ensemble import Progress
    from aiposim.report.words import Words
    from aiposim.scenario import Scenario
    from aiposim.study.assumptions import Assumption
    from aiposim.study.discovery import Discovery
    from aiposim.study.sensitivity import Sensitivity
    from aiposim.study.sweep import Sweep

_WORTH_WORKERS = 60  # scenarios from which on starting worker processes pays: each is prepared for some 30 ms


@contextlib.contextmanager
def refusing() -> Iterator[None]:
    """What is wrong with what was asked for is one line, and exit code 2."""
    from aiposim.study.sampling import SALibMissing

    try:
        yield
    except LookupError as error:
        refuse(f"{error.args[0]}.")
    except (SALibMissing, ValueError) as error:
        from aiposim.scenario import ScenarioError

        if isinstance(error, ScenarioError):
            raise
        refuse(f"{error}.")


def workers_of(workers: int | None, scenarios: int) -> int:
    from aiposim.ensemble import cores

    return workers or (cores() if scenarios >= _WORTH_WORKERS else 1)


def begun_sweep(
    folder: Path | None,
    kind: str,
    designs: Sequence[Scenario],
    assumptions: Sequence[Assumption],
    *,
    runs: int,
    seed: int,
    command: Sequence[str],
    asked: dict[str, Any],
    overwrite: bool,
) -> None:
    """The folder with its manifest, if there is to be one."""
    from aiposim.study.sweep_folder import begin_sweep

    if folder is None:
        return

    def begin(place: Path) -> None:
        begin_sweep(place, kind, designs, assumptions, runs=runs, seed=seed, command=command, asked=asked)

    make(folder, begin, overwrite=overwrite)


class Stages:
    """A progress bar for each stage of a sweep, with what it costs said before it."""

    def __init__(self, words: Words) -> None:
        self._words, self._open = words, contextlib.ExitStack()
        self._shown: Progress | None = None

    def begin(self, points: int, designs: int, runs: int, stage: str) -> None:
        """Say the cost of the next stage and show its bar."""
        from aiposim.commands._progress import progress_bar

        self._open.close()
        words = self._words
        told = {"points": words.number(points, 0), "designs": words.number(designs, 0), "runs": words.number(runs, 0)}
        text = (
            words("{stage}: {points} points × {runs} runs = {total} runs.")
            if designs == 1
            else words("{stage}: {points} points × {designs} designs × {runs} runs = {total} runs.")
        )
        total = points * designs * runs
        typer.echo(text.format(stage=stage, total=words.number(total, 0), **told), err=True)
        self._shown = self._open.enter_context(progress_bar(total, words))

    def __call__(self, done: int, total: int) -> None:
        if self._shown is not None:
            self._shown(done, total)

    def end(self) -> None:
        self._open.close()


@contextlib.contextmanager
def keeping(folder: Path | None, sweep: Sweep, stages: Stages, *, new: bool) -> Iterator[None]:
    """Whatever stops the work inside, say in one line what it was, what is kept and how to go on, and leave."""
    before = sweep.kept
    try:
        with refusing():
            yield
    except BaseException as error:
        from aiposim.workers import WorkerDied

        stages.end()
        if folder is not None and new and sweep.kept == before:
            take_back(folder)
            folder = None
        if isinstance(error, KeyboardInterrupt):
            _leave("Interrupted.", folder, sweep, 130)
        if isinstance(error, WorkerDied):
            _leave(str(error), folder, sweep, 1)
        if isinstance(error, OSError):
            where = f"{error.filename}: " if error.filename else ""
            _leave(f"{where}{error.strerror or error}.", folder, sweep, 1)
        raise
    stages.end()


def _leave(message: str, folder: Path | None, sweep: Sweep, code: int) -> NoReturn:
    if folder is None:
        typer.echo(f"{message} Nothing is kept.", err=True)
    else:
        kept = f"{sweep.kept:,} points are kept in {folder}"
        typer.echo(f"{message} {kept}. Go on with: aiposim resume {folder}", err=True)
    raise typer.Exit(code)


def conclude_sweep(
    folder: Path | None,
    result: Sensitivity | Discovery,
    sweep: Sweep,
    language: str,
    *,
    answer: Callable[[], dict[str, Any]],
    show: Callable[[], None],
    as_json: bool,
) -> NoReturn:
    """Print, write the tables and the report, and leave; exit code 1 if runs failed."""
    from aiposim.report.folder import write_sweep_report
    from aiposim.study.sweep_folder import finish_sweep

    if not as_json:
        show()
    if folder is not None:
        try:
            finish_sweep(folder, result)
            page = write_sweep_report(folder, language, result)
        except OSError as error:
            typer.echo(f"{folder} cannot be written: {error.strerror or error}.", err=True)
            raise typer.Exit(1) from error
        completed(folder)
        if not as_json:
            typer.echo(f"Report: {page}")
    if as_json:
        sys.stdout.write(as_text(answer()))
    if sweep.failed:
        typer.echo(f"{sweep.failed:,} runs failed and count in no mean.", err=True)
    raise typer.Exit(1 if sweep.failed else 0)


def resumed(folder: Path, *, workers: int | None, as_json: bool, language: str) -> NoReturn:
    """Go on with the sweep in a folder, if what makes it is what it was."""
    from aiposim.results.manifest import COMPLETE, read_manifest
    from aiposim.study.sweep_folder import DISCOVERY, open_sweep

    manifest = read_manifest(folder)
    asked = manifest.get("asked")
    if manifest["state"] == COMPLETE:
        open_sweep(folder)
        typer.echo(f"{folder} is complete. Its report is written again with: aiposim report {folder}", err=True)
        raise typer.Exit(0)
    if not isinstance(asked, dict):
        refuse(f"{folder} does not say how it was asked for, so it cannot be gone on with.")
    if manifest["kind"] == DISCOVERY:
        from aiposim.commands.discover import perform as perform_discovery

        perform_discovery(asked, folder, manifest=manifest, workers=workers, as_json=as_json, language=language)
    from aiposim.commands.sensitivity import perform

    perform(asked, folder, manifest=manifest, workers=workers, as_json=as_json, language=language)


def unchanged(manifest: dict[str, Any], designs: Sequence[Scenario], folder: Path) -> None:
    """Refuse to mix points of two scenarios or two versions of the code in one analysis."""
    from aiposim.results.manifest import source_files
    from aiposim.study.sweep_folder import own_rules_of_all

    if [each["scenario_sha256"] for each in manifest["designs"]] != [each.digest() for each in designs]:
        refuse(f"The scenario has changed since {folder} was begun; begin it anew with --overwrite.")
    if manifest["own_rules"] != own_rules_of_all(designs):
        refuse(f"Your own rules have changed since {folder} was begun; begin it anew with --overwrite.")
    if manifest["source"] != source_files():
        refuse(f"The code of aiposim has changed since {folder} was begun; begin it anew with --overwrite.")
