"""`aiposim sensitivity` at the command line."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pandas as pd
import pytest

from aiposim.commands import _sweeps
from aiposim.study.sensitivity import Sensitivity
from aiposim.study.sweep import Sweep
from aiposim.study.sweep_folder import open_sweep
from commands.terminal import called, refused

SMALL = ("--trajectories", "2", "--base", "4", "--runs", "5", "--over", "incidents.scale", "--over", "trust.memory")


def test_a_small_analysis_is_told_written_and_read_again(tmp_path: Path) -> None:
    out = tmp_path / "out"
    result = called("sensitivity", "reference-design", "--outcome", "trust", *SMALL, "--out", str(out))
    assert result.exit_code == 0, result.output
    assert "Screening: 6 points × 5 runs = 30 runs." in result.stderr
    assert "Indices:" in result.stderr
    assert "incidents against the record" in result.stdout
    assert "in all" in result.stdout
    names = {path.name for path in out.iterdir()}
    assert names == {"manifest.json", "screening.parquet", "indices.parquet", "points.parquet", "report.html"}
    page = (out / "report.html").read_text(encoding="utf-8")
    assert page.count("<svg") == 2
    assert "http" not in page
    assert "error in reported valuations" in page.lower()  # left out, with its reason
    found = open_sweep(out)
    assert isinstance(found, Sensitivity)
    assert set(found.screening["key"]) == {"world.incidents.scale", "world.trust.memory"}
    assert set(found.points["stage"]) == {"screening", "indices"}
    (out / "report.html").unlink()
    assert called("report", str(out)).exit_code == 0
    assert (out / "report.html").read_text(encoding="utf-8") == page


def test_json_has_every_design_and_its_difference_from_the_first() -> None:
    arguments = ("--design", "equal", "--design", "gni", "--screen-only", "--outcome", "welfare.KOR")
    result = called("sensitivity", "geneva-2015", *arguments, *SMALL, "--json")
    assert result.exit_code == 0, result.output
    answer = json.loads(result.stdout)
    assert set(answer) == {
        "scenario", "designs", "seed", "runs", "points", "assumptions", "left_out", "kept", "screening", "indices",
    }  # fmt: skip
    assert answer["designs"] == ["geneva-2015: equal", "geneva-2015: gni"]
    assert {(row["design"], row["against"]) for row in answer["screening"]} == {
        ("geneva-2015: equal", ""),
        ("geneva-2015: gni", ""),
        ("geneva-2015: gni", "geneva-2015: equal"),
    }
    assert answer["indices"] == []
    assert not list(Path().glob("results/geneva-2015-sensitivity-*"))


def test_an_interrupted_analysis_is_gone_on_with_and_ends_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    arguments = ("sensitivity", "reference-design", "--outcome", "trust", *SMALL, "--out")
    assert called(*arguments, str(tmp_path / "whole")).exit_code == 0
    whole = Sweep._keep

    def interrupted(self: Sweep, found: dict[str, dict[str, float]]) -> None:
        whole(self, found)
        raise KeyboardInterrupt

    out = tmp_path / "out"
    with monkeypatch.context() as patch:
        patch.setattr(Sweep, "_keep", interrupted)
        result = called(*arguments, str(out))
    assert result.exit_code == 130
    assert f"Go on with: aiposim resume {out}" in result.stderr
    assert "complete" not in json.loads((out / "manifest.json").read_text())["state"]
    assert f"aiposim resume {out}" in refused("report", str(out))
    resumed = called("resume", str(out))
    assert resumed.exit_code == 0, resumed.output
    for name in ("screening", "indices", "points"):
        one, other = (pd.read_parquet(tmp_path / folder / f"{name}.parquet") for folder in ("whole", "out"))
        pd.testing.assert_frame_equal(one, other)
    assert not (out / "parts").exists()
    again = called("resume", str(out))
    assert again.exit_code == 0
    assert "is complete" in again.stderr


def test_nothing_is_left_of_an_analysis_that_was_stopped_before_its_first_point(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopped(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Sweep, "_rows", stopped)
    out = tmp_path / "out"
    result = called("sensitivity", "reference-design", "--outcome", "trust", *SMALL, "--out", str(out))
    assert result.exit_code == 130
    assert "Nothing is kept." in result.stderr
    assert not out.exists()


def test_points_of_another_scenario_are_not_mixed_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = tmp_path / "out"
    begun = Sweep._keep

    def interrupted(self: Sweep, found: dict[str, dict[str, float]]) -> None:
        begun(self, found)
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(Sweep, "_keep", interrupted)
        called("sensitivity", "reference-design", "--outcome", "trust", *SMALL, "--out", str(out))
    manifest = json.loads((out / "manifest.json").read_text())
    manifest["asked"]["settings"] = ["control.voting.rule=majority"]
    (out / "manifest.json").write_text(json.dumps(manifest))
    assert "The scenario has changed since" in refused("resume", str(out))


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--outcome", "trst"), "did you mean 'trust'"),
        (("--outcome", "welfare.MNG"), "there are: welfare.CHN"),
        (("--outcome", "trust", "--over", "incidents.scal"), "did you mean 'world.incidents.scale'"),
        (("--outcome", "trust", "--base", "100"), "a power of 2"),
        (("--outcome", "trust", "--design", "equal"), "has no design 'equal'"),
        (("--outcome", "trust", "--set", "world.incidents.scale=-1"), "world.incidents.scale"),
        (("--outcome", "trust", "--lang", "xx"), "There is no report in 'xx'"),
    ],
)
def test_what_is_wrong_is_one_line_and_nothing_is_written(
    arguments: tuple[str, ...], said: str, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    assert said in refused("sensitivity", "reference-design", *arguments, "--out", str(out))
    assert not out.exists()


def test_other_commands_say_that_the_folder_holds_no_runs(tmp_path: Path) -> None:
    out = tmp_path / "out"
    called("sensitivity", "reference-design", "--outcome", "trust", *SMALL, "--screen-only", "--out", str(out))
    assert "holds a sensitivity analysis" in refused("extend", str(out), "--runs", "+5")
    assert "holds a sensitivity analysis" in called("verify", str(out)).stderr


def test_without_salib_a_line_says_what_to_install(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setitem(sys.modules, "SALib.sample.morris", None)
    out = tmp_path / "out"
    said = refused("sensitivity", "reference-design", "--outcome", "trust", *SMALL, "--out", str(out))
    assert "pip install 'aiposim[sensitivity]'" in said
    assert not out.exists()


def test_few_scenarios_are_computed_in_this_process() -> None:
    assert _sweeps.workers_of(None, 10) == 1
    assert _sweeps.workers_of(3, 10) == 3
