"""`aiposim specification` refuses before computing what it could not write afterwards."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from aiposim.commands.calibrate import calibrate
from aiposim.commands.patterns import patterns
from aiposim.commands.specification import specification
from aiposim.study.specification import as_markdown, reproduce


def app_of(command: object) -> typer.Typer:
    app = typer.Typer()
    app.command()(command)  # type: ignore[type-var]
    return app


@pytest.mark.parametrize(
    ("name", "message"),
    [("folder", "is a folder"), ("there.md", "exists already"), ("nowhere/x.md", "no folder")],
)
def test_a_target_that_cannot_be_written_is_refused_at_once(tmp_path: Path, name: str, message: str) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "there.md").write_text("mine", encoding="utf-8")
    ran = CliRunner().invoke(app_of(specification), ["--runs", "300", "--out", str(tmp_path / name)])
    assert ran.exit_code == 2
    assert message in ran.output
    assert (tmp_path / "there.md").read_text(encoding="utf-8") == "mine"
    assert len(list(tmp_path.iterdir())) == 2


def test_the_table_is_written_with_its_verdict(tmp_path: Path) -> None:
    out = tmp_path / "table.md"
    ran = CliRunner().invoke(app_of(specification), ["--runs", "300", "--out", str(out)])
    assert ran.exit_code == 0, ran.output
    page = out.read_text(encoding="utf-8")
    assert "of 705 figures agree" in page
    keys = page.split("## Every figure")[1]
    assert all(f"| {key} | unanimity |" in keys for key in ("equal", "shapley", "talmud", "population", "voluntary"))


def test_patterns_that_few_runs_cannot_tell_are_undecided_and_the_exit_code_says_so() -> None:
    ran = CliRunner().invoke(app_of(patterns), ["--runs", "20"])
    assert ran.exit_code == 1
    assert "undecided" in ran.output
    assert "try --runs" in ran.output


def test_patterns_say_direction_size_interval_and_verdict() -> None:
    ran = CliRunner().invoke(app_of(patterns), ["--runs", "200", "--json"])
    rows = {row["name"]: row for row in json.loads(ran.stdout)}
    assert {"direction", "difference", "low", "high", "expected", "verdict"} <= set(rows["H1"])
    assert (rows["H1"]["direction"], rows["H1"]["verdict"]) == ("lower", "pass")
    assert rows["H1"]["low"] < rows["H1"]["difference"] < rows["H1"]["high"]
    shown = CliRunner().invoke(app_of(patterns), ["--runs", "200"]).stdout
    assert all(word in shown for word in ("lower", "higher", "pass", " to "))
    assert max(map(len, shown.splitlines())) <= 80


def test_the_calibration_in_json_holds_record_and_model_side_by_side() -> None:
    ran = CliRunner().invoke(app_of(calibrate), ["--runs", "200", "--json"])
    rows = json.loads(ran.stdout)
    assert len(rows) == 44
    assert all({"words", "record", "model", "low", "high", "holds"} <= set(row) for row in rows)


def test_the_calibration_is_printed_beside_the_record() -> None:
    ran = CliRunner().invoke(app_of(calibrate), ["--runs", "200"])
    assert ran.exit_code == 0, ran.output
    assert "44 of 44 lie where they should" in ran.output
    assert max(map(len, ran.output.splitlines())) <= 80


@pytest.mark.soak
def test_the_page_of_the_table_holds_what_the_model_gives_today() -> None:
    page = Path(__file__).parent.parent.parent / "docs" / "specification-table.md"
    assert page.read_text(encoding="utf-8") == as_markdown(reproduce(runs=3000, seed=2015), 3000, 2015)
