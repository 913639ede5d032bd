"""A results folder with its report: written when results are new, and rebuilt from what lies there."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from aiposim.ensemble import trace
from aiposim.report.discovery import discovery_page
from aiposim.report.league_page import league_page
from aiposim.report.pages import comparison_page, run_page
from aiposim.report.sensitivity import sensitivity_page
from aiposim.report.summary import summary_table, typical_run
from aiposim.report.words import words_for
from aiposim.results import Results, open_results
from aiposim.results.durable import whole_file
from aiposim.results.manifest import read_manifest
from aiposim.study.compare import Comparison, is_comparison, open_comparison
from aiposim.study.discovery import Discovery
from aiposim.study.sensitivity import Sensitivity
from aiposim.study.sweep_folder import is_sweep, left_out_of, open_sweep
from aiposim.study.tournament import Tournament, tournament_in

Opened = Results | Comparison | Tournament
REPORT_FILE = "report.html"
EVENTS_FILE, SUMMARY_FILE = "typical_run.parquet", "summary.parquet"
"""Of one design: the course of the run in the middle, and a row a measure, the numbers of the report."""


def write_report(folder: str | Path, language: str = "en", opened: Opened | None = None) -> Path:
    """The report of complete results; those of one design get the course of a typical run and their summary first.

    opened   what the folder holds, if it has been opened
    Errors: OSError if the folder cannot be written; else as `rebuild`.
    """
    path = Path(folder)
    opened = opened or _opened(path)
    if isinstance(opened, Results) and not (path / EVENTS_FILE).is_file():
        run = typical_run(opened.table)
        with whole_file(path / EVENTS_FILE) as place:
            trace(opened.scenario, opened.seed, run).assign(run=run).to_parquet(place)
    if isinstance(opened, Results):
        with whole_file(path / SUMMARY_FILE) as place:
            summary_table(opened.table, opened.scenario.codes).to_parquet(place)
    return rebuild(path, language, opened)


def rebuild(folder: str | Path, language: str = "en", opened: Opened | None = None) -> Path:
    """The report of a results folder written again, without simulating anything.

    opened   what the folder holds, if it has been opened
    Errors: FileNotFoundError or ValueError if it is no results folder; LookupError as `words_for`.
    """
    path = Path(folder)
    if opened is None and is_sweep(path):
        return write_sweep_report(path, language)
    command = [str(part) for part in read_manifest(path).get("command", [])]
    opened = opened or _opened(path)
    if isinstance(opened, Results):
        words = words_for([opened.scenario], language)
        page = run_page(opened, _events(path), words, command=command)
    elif isinstance(opened, Tournament):
        words = words_for([each.scenario for each in opened.comparison.results], language)
        page = league_page(opened, words, command=command)
    else:
        words = words_for([each.scenario for each in opened.results], language)
        page = comparison_page(opened, words, command=command)
    with whole_file(path / REPORT_FILE) as place:
        place.write_text(page, encoding="utf-8")
    return path / REPORT_FILE


def write_sweep_report(folder: Path, language: str = "en", opened: Sensitivity | Discovery | None = None) -> Path:
    """The report of a sensitivity analysis or a discovery.

    Errors: OSError if the folder cannot be written; FileNotFoundError or ValueError as `open_sweep`.
    """
    command = [str(part) for part in read_manifest(folder).get("command", [])]
    found = opened or open_sweep(folder)
    idle = left_out_of(folder)
    if isinstance(found, Sensitivity):
        page = sensitivity_page(found, idle, words_for(found.designs, language), command=command)
    else:
        page = discovery_page(found, idle, words_for([found.design], language), command=command)
    with whole_file(folder / REPORT_FILE) as place:
        place.write_text(page, encoding="utf-8")
    return folder / REPORT_FILE


def _opened(folder: Path) -> Opened:
    if not is_comparison(folder):
        return open_results(folder)
    comparison = open_comparison(folder)
    return tournament_in(read_manifest(folder), comparison) or comparison


def _events(folder: Path) -> pd.DataFrame | None:
    """The course of the typical run; results that were saved from Python have none."""
    file = folder / EVENTS_FILE
    return pd.read_parquet(file) if file.is_file() else None
