"""`aiposim merge`: the shards of a study become one folder, exactly as if it had been computed at once."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from aiposim.commands._options import Language, Overwrite, OwnRules, checked_language, refuse

if TYPE_CHECKING:
    from aiposim.results.study import Study


def merge(
    folders: Annotated[
        list[Path],
        typer.Argument(metavar="FOLDER...", help="Folders of shards, or any folders with runs of the same study."),
    ],
    out: Annotated[Path, typer.Option("--out", metavar="FOLDER", help="Folder for the whole.")],
    overwrite: Overwrite = False,
    language: Language = "en",
    own_rules: OwnRules = None,
) -> None:
    """Join folders of one study: the same scenario, seed, runs, blocks and code; engine and machine may differ.

    Nothing is computed. A block that two folders have must be equal to the bit. If blocks are missing from all, the
    whole is left unfinished (exit code 1), and aiposim resume computes them.
    """
    checked_language(language)

    from aiposim.commands._folders import checked_folder
    from aiposim.results.merging import MergeError
    from aiposim.study.merging import merge_folders

    if any(folder.absolute() == out.absolute() for folder in folders):
        refuse(f"{out} is one of the folders to be merged; give another one with --out.")
    checked_folder(out, overwrite=overwrite)
    try:
        studies = merge_folders(folders, out, overwrite=overwrite)
    except MergeError as error:
        _refuse_all(error.problems)
    except (FileNotFoundError, NotADirectoryError, FileExistsError, ValueError) as error:
        refuse(f"{error}.")
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        typer.echo(f"{where}{error.strerror or error}. Nothing was merged.", err=True)
        raise typer.Exit(1) from error
    raise typer.Exit(_conclude(folders, out, studies, language))


_MOST_TOLD = 20


def _refuse_all(problems: list[str]) -> NoReturn:
    for problem in problems[:_MOST_TOLD]:
        typer.echo(problem, err=True)
    if len(problems) > _MOST_TOLD:
        typer.echo(f"and {len(problems) - _MOST_TOLD} more.", err=True)
    refuse("Nothing was merged.")


def _conclude(folders: list[Path], out: Path, studies: list[Study], language: str) -> int:
    from aiposim.commands._studies import say_failures, say_report
    from aiposim.report.folder import write_report
    from aiposim.report.words import Words
    from aiposim.results import Results
    from aiposim.results.merging import missing_runs

    done = sum(study.runs_done for study in studies)
    words = Words(language)
    merged = words("{first} is now in {folder}: {runs} runs, none of them computed again.")
    if len(folders) > 1:
        merged = words("{n} folders are one in {folder}: {runs} runs, none of them computed again.")
    told = {"n": words.number(len(folders), 0), "runs": words.number(done, 0)}
    typer.echo(merged.format(first=folders[0], folder=out, **told))
    unfinished = [study for study in studies if study.missing]
    if unfinished:
        missing = {study.scenario.name: _ranges(missing_runs(study)) for study in unfinished}
        if len(missing) == len(studies) and len(set(missing.values())) == 1:
            missing = {"": next(iter(missing.values()))}  # of all designs the same
        for name, ranges in missing.items():
            typer.echo(f"{name}{': ' if name else ''}runs {ranges} are in none of the folders.", err=True)
        typer.echo(f"Compute them with: aiposim resume {out}", err=True)
        return 1
    say_report(write_report(out, language), words)
    return say_failures([Results(study.scenario, study.seed, study) for study in studies])


def _ranges(ranges: list[str]) -> str:
    more = len(ranges) - _MOST_TOLD
    return ", ".join(ranges[:_MOST_TOLD]) + (f" and {more} more ranges" if more > 0 else "")
