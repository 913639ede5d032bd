"""Studies at the command line: a folder is begun, filled, finished; whatever happens, one line says what is kept."""

from __future__ import annotations

import contextlib
import json
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import typer

from aiposim.commands._options import Recorded, refuse

if TYPE_CHECKING:
    from aiposim.report.words import Words
    from aiposim.results import Results
    from aiposim.results.study import Study
    from aiposim.study.compare import Comparison
    from aiposim.study.tournament import Tournament

REPLACED = ".replaced"
"""What `--overwrite` puts aside bears this at the end of its name until the new results are complete."""


def command_line(
    name: str,
    scenarios: Sequence[str],
    runs: int,
    seed: int,
    named: Iterable[tuple[str, Sequence[object] | None]],
    panel: Recorded,
    shard: str | None,
) -> list[str]:
    """The command that makes a study, as its manifest tells it; `named` are the options that may be given often."""
    command = ["aiposim", name, *scenarios, "--runs", str(runs), "--seed", str(seed)]
    command += [part for option, values in named for value in values or [] for part in (option, str(value))]
    command += ["--panel", str(panel)] if panel is not Recorded.none else []
    return command + (["--shard", shard] if shard else [])


def begun(folder: Path, begin: Callable[[Path], object], *, overwrite: bool) -> list[Study]:
    """The studies of a new folder, which appears at once; what lay there is put aside until they are complete.

    begin   fills an empty folder with studies in which nothing is computed
    """
    from aiposim.study.compare import studies_in

    make(folder, begin, overwrite=overwrite)
    return studies_in(folder)


def make(folder: Path, begin: Callable[[Path], object], *, overwrite: bool) -> None:
    """Make a folder that appears at once, filled by `begin`; what lay there is put aside until it is complete."""
    from aiposim.results.durable import whole_folder

    try:
        with whole_folder(folder) as place:
            begin(place)
            _make_room(folder, overwrite=overwrite)
    except OSError as error:
        refuse(f"{folder} cannot be written: {error.strerror or error}.")
    except ValueError as error:
        refuse(f"{error}.")


def _make_room(folder: Path, *, overwrite: bool) -> None:
    if not folder.exists():
        return
    if not any(folder.iterdir()):
        folder.rmdir()
    elif overwrite and put_aside(folder).exists():
        shutil.rmtree(folder)  # it was begun to replace what is aside, and never completed
    elif overwrite:
        folder.replace(put_aside(folder))


def put_aside(folder: Path) -> Path:
    """Where `--overwrite` puts what lay in a folder."""
    return folder.with_name(folder.name + REPLACED)


def fill(
    folder: Path,
    studies: Sequence[Study],
    words: Words,
    *,
    workers: int | None,
    dask: str | None = None,
    new: bool = False,
) -> None:
    """Compute what is missing, with a progress bar; leaves with one line if that cannot be done.

    new   the folder was made by this command; if nothing is computed it goes again
    """
    from aiposim.commands._progress import progress_bar
    from aiposim.ensemble import workers_for
    from aiposim.results.study import compute
    from aiposim.workers import end_crews

    total = sum(part.runs for study in studies for part in study.parts)
    done = sum(study.runs_done for study in studies)
    with (
        what_is_kept(folder, studies, new=new),
        _cluster(dask, workers) as compute_with,
        progress_bar(total, words, done) as progress,
    ):
        compute(studies, workers=workers or workers_for(total - done), progress=progress, compute_with=compute_with)
    end_crews()  # the tables need their memory


def _cluster(address: str | None, workers: int | None) -> contextlib.AbstractContextManager[Any]:
    """What computes in place of this machine's workers; nothing if no address is given."""
    if address is None:
        return contextlib.nullcontext()
    from aiposim.cluster import computed_on_dask

    return computed_on_dask(address, workers, say=lambda line: typer.echo(line, err=True))


@contextlib.contextmanager
def what_is_kept(folder: Path, studies: Sequence[Study], *, new: bool = False) -> Iterator[None]:
    """Whatever stops the work inside, say in one line what it was, what is kept and how to go on, and leave."""
    try:
        yield
    except BaseException as error:
        from aiposim.cluster import ClusterError
        from aiposim.workers import WorkerDied

        for study in studies:
            study.look()  # a block may lie there that nobody has had the time to note
        if new and not _kept(studies):
            take_back(folder)
        if isinstance(error, KeyboardInterrupt):
            _leave("Interrupted.", folder, studies, 130)
        if isinstance(error, WorkerDied | ClusterError):
            _leave(str(error), folder, studies, 1)
        if isinstance(error, OSError):
            where = f"{error.filename}: " if error.filename else ""
            _leave(f"{where}{error.strerror or error}.", folder, studies, 1)
        raise


def _leave(message: str, folder: Path, studies: Sequence[Study], code: int) -> NoReturn:
    kept, total = _kept(studies), sum(part.runs for study in studies for part in study.parts)
    if not kept:
        typer.echo(f"{message} No run was finished; nothing is kept.", err=True)
    elif all(study.is_complete for study in studies):
        typer.echo(f"{message} All runs are kept in {folder}. Go on with: aiposim report {folder}", err=True)
    else:
        typer.echo(
            f"{message} {kept:,} of {total:,} runs are kept in {folder}. Go on with: aiposim resume {folder}", err=True
        )
    raise typer.Exit(code)


def _kept(studies: Sequence[Study]) -> int:
    return sum(study.runs_done for study in studies)


def take_back(folder: Path) -> None:
    """Remove a folder in which nothing was computed, and put back what lay there before."""
    shutil.rmtree(folder, ignore_errors=True)
    if put_aside(folder).exists():
        put_aside(folder).replace(folder)


def conclude(
    folder: Path,
    studies: Sequence[Study],
    words: Words,
    language: str,
    *,
    settings: Sequence[str] = (),
    as_json: bool = False,
) -> NoReturn:
    """All runs are there: print the tables, write what is made of all blocks and the report, and leave.

    Exit code 1 if runs failed.
    """
    from aiposim.results import Results

    shard = studies[0].manifest.get("shard")
    results = [Results(study.scenario, study.seed, study) for study in studies]
    comparison = _compared(folder, results)
    tournament = _league(folder, comparison)
    if not shard and not as_json:
        _print_tables(results[0], comparison, tournament, words, settings)
    with what_is_kept(folder, studies):
        for study in studies:
            study.finish()
        if not shard:
            from aiposim.report.folder import write_report

            if comparison is not None:
                comparison.finish(folder)
            if tournament is not None:
                tournament.finish(folder)
            write_report(folder, language, tournament or comparison or results[0])
    completed(folder)
    code = say_failures(results)
    if shard:
        text = words("Shard {shard} is complete in {folder}. Join the shards with: {command}")
        command = f"aiposim merge {words('FOLDER')}... --out {words('FOLDER')}"
        typer.echo(text.format(shard=shard, folder=folder, command=command))
    elif as_json:
        sys.stdout.write(as_text(_json_of(results[0], comparison, tournament)))
    else:
        from aiposim.report.folder import REPORT_FILE

        say_report(folder / REPORT_FILE, words)
    raise typer.Exit(code)


def say_report(file: Path, words: Words) -> None:
    """Where the report lies, the last line of a command that wrote one."""
    typer.echo(words("Report: {file}").format(file=file))


def _compared(folder: Path, results: Sequence[Results]) -> Comparison | None:
    from aiposim.study.compare import Comparison, is_comparison

    return Comparison(list(results)) if is_comparison(folder) else None


def _league(folder: Path, comparison: Comparison | None) -> Tournament | None:
    if comparison is None:
        return None
    from aiposim.results.manifest import read_manifest
    from aiposim.study.tournament import tournament_in

    return tournament_in(read_manifest(folder), comparison)


def _print_tables(
    results: Results,
    comparison: Comparison | None,
    tournament: Tournament | None,
    words: Words,
    settings: Sequence[str],
) -> None:
    from rich.console import Console

    console = Console(highlight=False)
    if tournament is not None:
        from aiposim.report.league_terminal import print_league

        print_league(tournament, words, console, settings)
    elif comparison is not None:
        from aiposim.report.terminal import print_comparison

        print_comparison(comparison, words, console, settings)
    else:
        from aiposim.report.terminal import print_run

        print_run(results, words, console, settings)


def _json_of(results: Results, comparison: Comparison | None, tournament: Tournament | None) -> dict[str, Any]:
    from aiposim.report.summary import comparison_json, league_json, run_json

    if tournament is not None:
        return league_json(tournament)
    return run_json(results) if comparison is None else comparison_json(comparison)


def as_text(answer: dict[str, Any]) -> str:
    """JSON as commands print it."""
    return json.dumps(answer, ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def completed(folder: Path) -> None:
    """New results are complete: what they replace goes."""
    if put_aside(folder).exists():
        shutil.rmtree(put_aside(folder))


def say_failures(results: Sequence[Results]) -> int:
    """Say on standard error how many runs failed; the exit code: 1 if any did."""
    failed = [each for each in results if len(each.failures)]
    for each in failed:
        first, number = each.failures.iloc[0], len(each.failures)
        typer.echo(
            f"{each.scenario.name}: {number:,} of {number + len(each.table):,} runs failed and have no results; the "
            f"first, run {first['run']}: {first['message']}",
            err=True,
        )
    return 1 if failed else 0
