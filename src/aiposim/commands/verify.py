"""`aiposim verify`: is what a results folder holds what the model computes, to the bit?"""

from __future__ import annotations

import json
import math
import sys
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

from aiposim.commands._options import OwnRules, Workers, refuse

if TYPE_CHECKING:
    from collections.abc import Callable

    import pandas as pd
    import pyarrow as pa

    from aiposim.results.bits import Value
    from aiposim.results.findings import Finding
    from aiposim.results.study import Study
    from aiposim.results.verifying import Verification

_MOST_SHOWN, _MOST_FILES = 12, 5


def verify(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="A folder that run, compare or merge wrote.")],
    everything: Annotated[bool, typer.Option("--all", help="Compute all runs again, not a sample.")] = False,
    runs: Annotated[
        int | None,
        typer.Option("--runs", min=1, metavar="N", help="Runs of each design to compute again. [default: 300]"),
    ] = None,
    workers: Workers = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    own_rules: OwnRules = None,
) -> None:
    """Compute runs of a results folder again and compare them to the bit with what is kept; nothing is written.

    Reads every file whole, makes the tables again that are made of the runs, and computes a sample of runs spread
    from the first to the last (and one block with its counts), or all with --all. Exit code 1 if anything differs or
    is damaged.
    """
    if everything and runs is not None:
        refuse("--all computes every run again; leave --runs out.")
    studies = _opened(folder, as_json=as_json)

    from aiposim.commands._progress import progress_bar
    from aiposim.ensemble import workers_for
    from aiposim.report.words import words_for
    from aiposim.results.verifying import sample_of
    from aiposim.results.verifying import verify as verified

    words = words_for([study.scenario for study in studies], "en")
    samples = [sample_of(study, runs, everything=everything) for study in studies]
    sizes = [sum(size for _, _, size in sample) for sample in samples]
    found = []
    with progress_bar(sum(sizes), words) as progress:
        for place, (study, sample) in enumerate(zip(studies, samples, strict=True)):
            before = sum(sizes[:place])
            found.append(
                verified(
                    study,
                    sample,
                    workers=workers or workers_for(sum(sizes)),
                    progress=lambda done, _, before=before: progress(before + done, sum(sizes)),  # type: ignore[misc]
                )
            )
    rebuilt, above = _tables_of_the_whole(folder, found)
    if as_json:
        answer = {
            "folder": str(folder),
            "equal": not above and not any(each.findings for each in found),
            "designs": [_as_json(each) for each in found],
            "rebuilt": rebuilt,
            "findings": [asdict(finding) for finding in above],
        }
        sys.stdout.write(json.dumps(answer, ensure_ascii=False, indent=2, allow_nan=False) + "\n")
    else:
        _print(folder, found, rebuilt, above)
    if above or any(each.findings for each in found):
        raise typer.Exit(1)


def _opened(folder: Path, *, as_json: bool) -> list[Study]:
    """The studies of a folder; a manifest that does not read is a damage, none at all is a wrong input."""
    from aiposim.results.manifest import read_manifest
    from aiposim.study.compare import studies_in

    try:
        read_manifest(folder)
    except (FileNotFoundError, NotADirectoryError) as error:
        refuse(f"{error}.")
    except OSError as error:
        refuse(f"{folder} cannot be read: {error.strerror or error}.")
    except ValueError as error:
        _leave_damaged(str(error), as_json=as_json)
    try:
        return studies_in(folder)
    except (OSError, ValueError) as error:
        _ask_for_rules(folder)
        _leave_damaged(str(error), as_json=as_json)


def _ask_for_rules(folder: Path) -> None:
    """A rule of the user's own that is not named is no damage."""
    from aiposim.results.manifest import MANIFEST_FILE, read_manifest
    from aiposim.results.study import own_rules_in
    from aiposim.study.compare import DESIGNS_FOLDER

    for file in (folder / MANIFEST_FILE, *folder.glob(f"{DESIGNS_FOLDER}/*/{MANIFEST_FILE}")):
        try:
            manifest = read_manifest(file.parent)
        except (OSError, ValueError):  # what is wrong is told by the caller
            continue
        try:
            own_rules_in(file.parent, manifest)
        except ValueError as error:
            refuse(f"{error}.")


def _leave_damaged(message: str, *, as_json: bool) -> NoReturn:
    if as_json:
        sys.stdout.write(
            json.dumps({"equal": False, "findings": [{"kind": "damaged", "message": message}]}, indent=2) + "\n"
        )
    typer.echo(f"{message}. Nothing could be compared.", err=True)
    raise typer.Exit(1)


def _tables_of_the_whole(folder: Path, found: list[Verification]) -> tuple[list[str], list[Finding]]:
    """The tables made of whole results and not of blocks: of a comparison or league, or summary and typical run."""
    from aiposim.ensemble import trace
    from aiposim.report.folder import EVENTS_FILE, SUMMARY_FILE
    from aiposim.report.summary import summary_table
    from aiposim.results import Results
    from aiposim.results.bits import DAMAGE
    from aiposim.results.findings import Finding, read_table, table_findings
    from aiposim.results.manifest import read_manifest
    from aiposim.study.compare import (
        MEMBERS_FILE,
        OUTCOMES_FILE,
        REGRET_FILE,
        is_comparison,
        open_comparison,
        studies_in,
    )
    from aiposim.study.tournament import tournament_in

    rebuilt: list[str] = []
    findings: list[Finding] = []

    def check(name: str, made_again: Callable[[pa.Table], pd.DataFrame]) -> None:
        try:
            kept = read_table(folder / name)
            again = made_again(kept)
        except DAMAGE as error:
            missing = isinstance(error, FileNotFoundError)
            kind, message = ("missing", "it is not there") if missing else ("damaged", str(error))
            findings.append(Finding(kind, name, message))
            return
        findings.extend(table_findings(name, kept, again))
        rebuilt.append(name)

    if any(each.findings for each in found) or read_manifest(folder).get("state") != "complete":
        return rebuilt, findings
    if is_comparison(folder):
        comparison = open_comparison(folder)
        check(OUTCOMES_FILE, lambda _: comparison.outcomes)
        check(MEMBERS_FILE, lambda _: comparison.members)
        check(REGRET_FILE, lambda _: comparison.regret)
        tournament = tournament_in(read_manifest(folder), comparison)
        for table, again in ({} if tournament is None else tournament.tables()).items():
            check(f"{table}.parquet", partial(_as_it_is, again))
    elif (folder / EVENTS_FILE).is_file():
        (study,) = studies_in(folder)
        results = Results(study.scenario, study.seed, study)
        if (folder / SUMMARY_FILE).is_file():  # results of an earlier version have none
            check(SUMMARY_FILE, lambda _: summary_table(results.table, study.scenario.codes))

        def traced(kept: pa.Table) -> pd.DataFrame:
            run = int(kept["run"][0].as_py())
            return trace(study.scenario, study.seed, run).assign(run=run)

        check(EVENTS_FILE, traced)
    return rebuilt, findings


def _as_it_is(table: pd.DataFrame, _: pa.Table) -> pd.DataFrame:
    return table


def _as_json(each: Verification) -> dict[str, Any]:
    answer = asdict(each) | {"folder": str(each.folder), "same_code": each.same_code}
    answer["findings"] = [
        {key: None if isinstance(value, float) and math.isnan(value) else value for key, value in asdict(found).items()}
        for found in each.findings
    ]
    return answer


def _print(folder: Path, found: list[Verification], rebuilt: list[str], above: list[Finding]) -> None:
    from rich.console import Console
    from rich.text import Text

    console = Console(highlight=False, soft_wrap=True)

    def say(line: str, style: str = "") -> None:
        console.print(Text(line, style=style))

    for each in found:
        say(str(each.folder), "bold")
        say(f"  {each.name}, seed {each.seed}")
        for line in _compared(each):
            say(f"  {line}")
        _print_findings(each.findings, say)
    if len(found) > 1 or rebuilt or above:
        if len(found) > 1:
            say(str(folder), "bold")
        if rebuilt:
            say(f"  Made again: {', '.join(rebuilt)}.")
        _print_findings(above, say)
    findings = [*(finding for each in found for finding in each.findings), *above]
    if findings:
        say(f"{_count(len(findings), 'thing is', 'things are')} not as the model and the files have it.", "red")
    else:
        say("All that was compared is equal to the bit.", "green")


def _compared(each: Verification) -> list[str]:
    of = f" of {each.runs_whole:,}" if each.runs_kept < each.runs_whole else ""
    whole = f", {_count(each.blocks_whole, 'block', 'blocks')} whole with counts" if each.blocks_whole else ""
    panels = f", {each.panel_values:,} values of panels" if each.panel_values else ""
    lines = [
        f"Kept: {each.runs_kept:,}{of} runs. Read whole: {_count(each.files, 'file', 'files')}.",
        f"Computed again: {_count(each.runs_computed, 'run', 'runs')}{whole}; {each.values:,} values of measures"
        f"{panels} compared.",
    ]
    if each.rebuilt:
        lines.append(f"Made again: {', '.join(each.rebuilt)}.")
    if each.same_code:
        lines.append("Code: the one that computed the results.")
    else:
        changed = [*each.changed_files, *(f"your own rule {rule}" for rule in each.changed_rules)]
        lines.append(f"Code: not the one that computed the results; changed: {_listed(changed)}.")
    if each.changed_versions:
        told = [f"{name} {old} -> {new}" for name, (old, new) in each.changed_versions.items()]
        lines.append(f"Versions changed since: {', '.join(told)}.")
    return lines


def _print_findings(findings: list[Finding], say: Callable[[str, str], None]) -> None:
    for finding in findings[:_MOST_SHOWN]:
        for line in _told(finding):
            say(f"  {line}", "red")
    if len(findings) > _MOST_SHOWN:
        say(f"  and {len(findings) - _MOST_SHOWN} more; --json lists all", "red")


def _told(finding: Finding) -> list[str]:
    from aiposim.results.blocks import BLOCKS_FOLDER
    from aiposim.results.study import PANEL_FOLDER

    if finding.measure is None or (finding.runs is None and finding.kept is None):
        return [f"{finding.kind}: {finding.file}: {finding.message}"]
    again = "computed  " if finding.file.startswith((BLOCKS_FOLDER, PANEL_FOLDER)) else "made again"
    values = [f"  kept       {_exact(finding.kept)}", f"  {again} {_exact(finding.computed)}"]
    if finding.first_run is not None:
        more = f" ({finding.message})" if finding.message else ""
        runs = _count(finding.runs or 0, "run", "runs")
        return [f"differs: {finding.file}{more}: {finding.measure} in {runs}; run {finding.first_run}:", *values]
    rows = f" in {_count(finding.runs, 'row', 'rows')}" if finding.runs else ""
    return [f"differs: {finding.file}: {finding.measure}{rows}; {finding.message}:", *values]


def _exact(value: Value) -> str:
    return "none" if value is None else repr(value) if isinstance(value, float) else str(value)


def _listed(names: list[str]) -> str:
    more = len(names) - _MOST_FILES
    return ", ".join(names[:_MOST_FILES]) + (f" and {more} more" if more > 0 else "")


def _count(number: int, one: str, many: str) -> str:
    return f"{number:,} {one if number == 1 else many}"
