"""`aiposim resume`: go on with a study that was interrupted; what was computed stays as it is."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

from aiposim.commands._options import AsJson, Dask, Language, OwnRules, Workers, checked_language, refuse
from aiposim.commands._studies import conclude, fill

if TYPE_CHECKING:
    from aiposim.results.study import Study
    from aiposim.scenario import Scenario

AcceptChanges = Annotated[
    bool,
    typer.Option(
        "--accept-changes",
        help="Go on although the scenario's file or the code has changed; the scenario stays the one that was begun.",
    ),
]
Folder = Annotated[Path, typer.Argument(metavar="FOLDER", help="A folder that run or compare wrote.")]


def resume(
    folder: Folder,
    workers: Workers = None,
    dask: Dask = None,
    accept_changes: AcceptChanges = False,
    as_json: AsJson = False,
    language: Language = "en",
    own_rules: OwnRules = None,
) -> None:
    """Compute what a study still lacks, and report as if it had never stopped.

    Refuses if the scenario's file, the code or your own rules have changed since, and says what has.
    """
    checked_language(language)
    if _holds_points(folder):
        from aiposim.commands._sweeps import resumed

        resumed(folder, workers=workers, as_json=as_json, language=language)
    studies = opened(folder, accept_changes=accept_changes)

    go_on(folder, studies, workers=workers, dask=dask, as_json=as_json, language=language)


def _holds_points(folder: Path) -> bool:
    """Whether it is a folder that sensitivity or discover wrote."""
    from aiposim.results.manifest import read_manifest

    try:
        return read_manifest(folder).get("kind") in ("sensitivity", "discovery")
    except (OSError, ValueError):  # what is wrong with it, `opened` says
        return False


def go_on(
    folder: Path, studies: Sequence[Study], *, workers: int | None, dask: str | None, as_json: bool, language: str
) -> NoReturn:
    """Compute what the studies of a folder lack, report, and leave."""
    from aiposim.report.words import words_for

    words = words_for([study.scenario for study in studies], language)
    settings = [str(setting) for setting in (asked(folder) or {}).get("settings", [])]
    fill(folder, studies, words, workers=workers, dask=dask)
    conclude(folder, studies, words, language, settings=settings, as_json=as_json)


def opened(folder: Path, *, accept_changes: bool) -> list[Study]:
    """The studies of a folder, if they can be gone on with; else leave and say why not."""
    from aiposim.study.compare import studies_in

    try:
        studies = studies_in(folder)
    except (FileNotFoundError, NotADirectoryError, ValueError) as error:
        refuse(f"{error}.")
    except OSError as error:
        refuse(f"{folder} cannot be read: {error.strerror or error}.")
    changes = _changes(folder, studies)
    if changes and not accept_changes:
        listed = "".join(f"\n  {change}" for change in changes)
        refuse(
            f"{folder} was begun with something else. Changed since:{listed}\n"
            "With --accept-changes it goes on with the scenario it was begun with and the code that is here now."
        )
    for study in studies:
        study.accept(changes)
    return studies


def asked(folder: Path) -> dict[str, Any] | None:
    """How the scenario was named on the command line; nothing for results saved from Python."""
    from aiposim.results.manifest import read_manifest

    found = read_manifest(folder).get("asked")
    return found if isinstance(found, dict) else None


def _changes(folder: Path, studies: list[Study]) -> list[str]:
    from aiposim.results.changes import changes_of_code, changes_of_scenario

    code = [change for study in studies for change in changes_of_code(study)]
    now = _named_again(folder)
    if now is None:
        return list(dict.fromkeys(code))
    if len(now) != len(studies):
        return [*dict.fromkeys(code), f"the designs of the scenario: {len(studies)} then, {len(now)} now"]
    scenarios = [
        f"{study.scenario.name}: {change}" if len(studies) > 1 else change
        for study, scenario in zip(studies, now, strict=True)
        for change in changes_of_scenario(study.scenario, scenario)
    ]
    return [*dict.fromkeys(code), *scenarios]


def _named_again(folder: Path) -> list[Scenario] | None:
    """The scenarios that the command of the study would name today; None if they are no longer to be found."""
    from aiposim.commands.compare import designs_named
    from aiposim.commands.run import chosen_design
    from aiposim.scenario import ScenarioError

    told = asked(folder)
    if told is None:
        return None
    try:
        if "scenarios" in told:
            return designs_named(told["scenarios"], told["designs"], told["settings"], told["vary"])
        return [chosen_design(told["scenario"], told["design"], told["settings"])]
    except (ScenarioError, typer.Exit):
        typer.echo(f"note: the scenario of {folder} no longer reads; its copy in the folder is used.", err=True)
        return None
