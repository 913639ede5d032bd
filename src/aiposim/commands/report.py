"""`aiposim report`: the report of a results folder written again, without running anything."""

from __future__ import annotations

import warnings
from pathlib import Path
from typing import Annotated

import typer

from aiposim.commands._options import Language, OwnRules, checked_language, refuse
from aiposim.commands._studies import say_report


def report(
    results: Annotated[Path, typer.Argument(metavar="RESULTS", help="A folder that run or compare wrote.")],
    language: Language = "en",
    own_rules: OwnRules = None,
) -> None:
    """Rebuild report.html from a results folder, without running anything."""
    checked_language(language)

    from aiposim.report.folder import rebuild
    from aiposim.report.words import Words

    try:
        with warnings.catch_warnings(record=True) as told:
            warnings.simplefilter("always", UserWarning)
            written = rebuild(results, language)
        for message in dict.fromkeys(str(each.message) for each in told):
            typer.echo(f"{message}.", err=True)
        say_report(written, Words(language))
    except (FileNotFoundError, NotADirectoryError, ValueError) as error:
        refuse(f"{error}.")
    except OSError as error:
        refuse(f"{results} cannot be read or written: {error.strerror or error}.")
