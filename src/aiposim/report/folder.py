"""A results folder with its report: written when results are new, and rebuilt from what lies there."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from aiposim.ensemble import trace
from aiposim.report.pages import comparison_page, run_page
from aiposim.report.summary import typical_run
from aiposim.report.words import Words, words_for
from aiposim.results import MANIFEST_FILE, Results, open_results
from aiposim.study.compare import Comparison, open_comparison

REPORT_FILE = "report.html"
EVENTS_FILE = "typical_run.parquet"


def write_run(results: Results, folder: Path, words: Words, command: Sequence[str] = ()) -> None:
    """The files of the results, the course of a typical run, and the report, into an existing folder."""
    results.write_into(folder, command)
    run = typical_run(results.runs)
    events = trace(results.scenario, results.seed, run).assign(run=run)
    events.to_parquet(folder / EVENTS_FILE)
    (folder / REPORT_FILE).write_text(run_page(results, events, words, command=command), encoding="utf-8")


def write_comparison(comparison: Comparison, folder: Path, words: Words, command: Sequence[str] = ()) -> None:
    """The files of the comparison and its report, into an existing folder."""
    comparison.write_into(folder, command)
    (folder / REPORT_FILE).write_text(comparison_page(comparison, words, command=command), encoding="utf-8")


def rebuild(folder: str | Path, language: str = "en") -> Path:
    """The report of a results folder written again, without simulating anything.

    Errors: FileNotFoundError or ValueError if it is no results folder; LookupError as `words_for`.
    """
    path = Path(folder)
    if not (path / MANIFEST_FILE).is_file():
        raise FileNotFoundError(f"{path} is not a results folder: it has no {MANIFEST_FILE}")
    manifest = _manifest(path)
    command = [str(part) for part in manifest.get("command", [])]
    if manifest.get("kind") == "comparison":
        comparison = open_comparison(path)
        words = words_for([each.scenario for each in comparison.results], language)
        page = comparison_page(comparison, words, command=command)
    else:
        results = open_results(path)
        words = words_for([results.scenario], language)
        page = run_page(results, _events(path), words, command=command)
    _put(page, path / REPORT_FILE)
    return path / REPORT_FILE


def _manifest(folder: Path) -> dict[str, Any]:
    try:
        manifest = json.loads((folder / MANIFEST_FILE).read_text(encoding="utf-8"))
    except ValueError as error:
        raise ValueError(f"{folder / MANIFEST_FILE} does not read as a manifest: {error}") from error
    if not isinstance(manifest, dict):
        raise ValueError(f"{folder / MANIFEST_FILE} does not read as a manifest: it is no mapping")
    return manifest


def _events(folder: Path) -> pd.DataFrame | None:
    """The course of the typical run; results that were saved from Python have none."""
    file = folder / EVENTS_FILE
    return pd.read_parquet(file) if file.is_file() else None


def _put(page: str, file: Path) -> None:
    """The whole page or the old one, never half of it."""
    handle, temporary = tempfile.mkstemp(prefix=f".{file.name}-", dir=file.parent)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as writing:
            writing.write(page)
        Path(temporary).chmod(0o644)
        Path(temporary).replace(file)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
