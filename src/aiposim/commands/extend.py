"""`aiposim extend`: more runs of a study; those that are there stay as they are."""

from __future__ import annotations

from typing import Annotated

import typer

from aiposim.commands._options import AsJson, Dask, Language, OwnRules, Workers, checked_language, refuse
from aiposim.commands.resume import AcceptChanges, Folder, go_on, opened


def extend(
    folder: Folder,
    runs: Annotated[str, typer.Option("--runs", metavar="+N", help="How many more, as +5000; or in all, as 6000.")],
    workers: Workers = None,
    dask: Dask = None,
    accept_changes: AcceptChanges = False,
    as_json: AsJson = False,
    language: Language = "en",
    own_rules: OwnRules = None,
) -> None:
    """Add runs to a study, or to every design of a comparison.

    Run 1000 is the same whether it was asked for at once or later: what is extended equals what was run whole.
    """
    checked_language(language)
    wanted = _number(runs)
    studies = opened(folder, accept_changes=accept_changes)
    there = studies[0].runs
    total = there + wanted if runs.strip().startswith("+") else wanted
    if studies[0].manifest.get("shard"):
        refuse(f"{folder} is shard {studies[0].manifest['shard']}; merge the shards, and extend what comes of it.")
    if total < there:
        refuse(f"{folder} has {there:,} runs already; extend adds runs and takes none away.")
    if total > 2**32:
        refuse(f"runs are numbered 0 to 2**32 - 1; {total:,} are too many.")

    from aiposim.report.folder import EVENTS_FILE, SUMMARY_FILE
    from aiposim.study.compare import extend_studies

    try:
        for file in (EVENTS_FILE, SUMMARY_FILE):  # of more runs another one is typical
            (folder / file).unlink(missing_ok=True)
        extend_studies(folder, studies, total)
    except OSError as error:
        refuse(f"{folder} cannot be written: {error.strerror or error}.")
    go_on(folder, studies, workers=workers, dask=dask, as_json=as_json, language=language)


def _number(text: str) -> int:
    digits = text.strip().removeprefix("+").replace("_", "").replace(",", "")
    if not digits.isdecimal() or int(digits) == 0:
        refuse(f"--runs {text} is no number of runs; write +5000 for 5,000 more, or 6000 for 6,000 in all.")
    return int(digits)
