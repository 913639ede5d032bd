"""`aiposim run` and `aiposim report` at the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest

from aiposim.results import open_results, simulate
from aiposim.scenario import load
from commands.terminal import called, process, refused

FILES = {
    "blocks",
    "bands.parquet",
    "manifest.json",
    "report.html",
    "runs.parquet",
    "summary.parquet",
    "typical_run.parquet",
}


@pytest.fixture(autouse=True)
def _in_a_folder_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_a_run_prints_tables_and_leaves_a_folder_with_a_report(tmp_path: Path) -> None:
    result = called("run", "geneva-2015", "--runs", "3")
    assert result.exit_code == 0, result.output
    for words in ("Outcomes", "5–95% of runs", "Who paid and who gained", "Japan", "What happened"):
        assert words in result.stdout
    folder = Path("results/geneva-2015-2015")
    assert result.stdout.endswith(f"Report: {folder / 'report.html'}\n")
    assert names(folder) == FILES
    assert names(tmp_path / "results") == {"geneva-2015-2015"}
    pd.testing.assert_frame_equal(open_results(folder).runs, simulate("geneva-2015", 3).runs)
    command = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["command"]
    assert command == ["aiposim", "run", "geneva-2015", "--runs", "3", "--seed", "2015"]


def test_json_alone_stands_on_standard_output_and_nothing_is_written(tmp_path: Path) -> None:
    result = called("run", "geneva-2015", "--runs", "4", "--seed", "5", "--json")
    answer = json.loads(result.stdout)
    assert (answer["scenario"], answer["seed"], answer["runs"]) == ("geneva-2015", 5, 4)
    runs = simulate("geneva-2015", 4, seed=5).runs
    assert answer["outcomes"]["budget"] == {
        "median": runs["budget"].median(),
        "q05": runs["budget"].quantile(0.05),
        "q95": runs["budget"].quantile(0.95),
        "mean": runs["budget"].mean(),
        "unit": "M US$ per half-year",
    }
    assert set(answer["members"]) == {"CHN", "JPN", "KOR"}
    assert names(tmp_path) == set()


def test_json_with_a_folder_writes_the_folder(tmp_path: Path) -> None:
    result = called("run", "geneva-2015", "--runs", "2", "--json", "--out", "deep/down")
    assert json.loads(result.stdout)["runs"] == 2
    assert names(tmp_path / "deep" / "down") == FILES


def test_design_and_settings_make_another_scenario() -> None:
    result = called(
        "run", "geneva-2015", "--runs", "2", "--design", "equal", "--set", "control.voting=majority",
        "--set", "world.horizon=20", "--json",
    )  # fmt: skip
    answer = json.loads(result.stdout)
    scenario = load("geneva-2015").design("equal").with_(**{"control.voting.rule": "majority", "world.horizon": 20})
    assert answer["scenario"] == "geneva-2015: equal"
    assert answer["outcomes"]["budget"]["mean"] == simulate(scenario, 2).runs["budget"].mean()


def test_the_heading_names_the_design_and_the_settings() -> None:
    few = ("--runs", "1", "--set", "world.horizon=6")
    said = called("run", "empty-chair", *few, "--design", "consensus, scale=0.4").stdout
    assert "The empty chair: voting=consensus, scale=0.4\n1 run of 3 years, seed 2015\n" in said
    assert "With world.horizon=6\n" in said
    assert "common base" not in said
    assert "share of all" in said
    assert "better in than out" not in said


def test_a_scenario_with_designs_is_run_as_their_common_base() -> None:
    said = called("run", "geneva-2015", "--runs", "1", "--set", "world.horizon=6").stdout
    sentence = "The common base of 6 designs; `aiposim compare geneva-2015` runs them, `--design NAME` one of them."
    assert sentence in " ".join(said.split())


def test_only_the_design_that_is_run_is_warned_of(tmp_path: Path) -> None:
    text = "designs:\n  calm: {}\n  wild: {world.incidents.scale: 15}\n"
    (tmp_path / "mine.yaml").write_text(text, encoding="utf-8")
    few = ("run", "./mine.yaml", "--runs", "1", "--set", "world.horizon=4", "--overwrite")
    assert "world.incidents.scale" not in called(*few).stderr
    assert "world.incidents.scale" not in called(*few, "--design", "calm").stderr
    assert "warning: mine.yaml:3" in called(*few, "--design", "wild").stderr


def test_a_first_run_says_that_it_compiles_even_where_nobody_looks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("aiposim.compiled.first_time", lambda: True)
    monkeypatch.setattr("aiposim.results.compile_ahead", lambda *_: None)
    result = called("run", "geneva-2015", "--runs", "1", "--set", "world.horizon=4", "--json")
    assert result.stderr == (
        "Translating the model into machine code. This takes up to a minute, once for each version.\n"
    )
    assert json.loads(result.stdout)["runs"] == 1


def test_agents_give_the_numbers_of_arrays() -> None:
    arrays, agents = (
        called("run", "geneva-2015", "--runs", "1", "--set", "world.horizon=6", "--json", "--engine", engine)
        for engine in ("arrays", "agents")
    )
    assert json.loads(arrays.stdout) == json.loads(agents.stdout)


def test_an_existing_folder_is_left_alone_unless_told(tmp_path: Path) -> None:
    arguments = ("run", "geneva-2015", "--runs", "2", "--out", "kept")
    assert called(*arguments).exit_code == 0
    before = (tmp_path / "kept" / "manifest.json").read_bytes()
    message = refused(*arguments)
    assert message == "kept exists already; give another folder with --out, or replace it with --overwrite.\n"
    assert (tmp_path / "kept" / "manifest.json").read_bytes() == before
    assert called(*arguments, "--overwrite").exit_code == 0
    assert names(tmp_path) == {"kept"}


def test_a_folder_with_other_things_is_never_overwritten(tmp_path: Path) -> None:
    (tmp_path / "photographs").mkdir()
    (tmp_path / "photographs" / "one.jpg").write_text("picture", encoding="utf-8")
    message = refused("run", "geneva-2015", "--runs", "2", "--out", "photographs", "--overwrite")
    assert "holds no results" in message
    assert names(tmp_path / "photographs") == {"one.jpg"}


def test_a_file_in_the_way_is_refused(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("", encoding="utf-8")
    assert "taken is a file, not a folder" in refused("run", "geneva-2015", "--runs", "2", "--out", "taken")
    assert "is a file, not a folder" in refused("run", "geneva-2015", "--runs", "2", "--out", "taken/below")


def test_a_folder_that_cannot_be_written_is_refused_before_computing(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("aiposim.commands._folders.tempfile.TemporaryFile", full)
    monkeypatch.setattr("aiposim.results.simulate", lambda *_, **__: pytest.fail("it computed"))
    message = refused("run", "geneva-2015", "--runs", "2", "--out", "full")
    assert message == "full cannot be written: No space left on device.\n"


def test_the_runs_are_kept_when_the_report_cannot_be_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> str:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("aiposim.report.folder.run_page", broken)
    result = called("run", "geneva-2015", "--runs", "2", "--out", "new")
    assert result.exit_code == 1
    assert result.stderr == ("No space left on device. All runs are kept in new. Go on with: aiposim report new\n")
    assert len(open_results(tmp_path / "new").runs) == 2


def test_nothing_is_left_when_no_block_can_be_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> str:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("aiposim.results.study.write_block", broken)
    result = called("run", "geneva-2015", "--runs", "2", "--out", "new")
    assert result.exit_code == 1
    assert result.stderr == "No space left on device. No run was finished; nothing is kept.\n"
    assert names(tmp_path) == set()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--runs", "0"], "--runs"),
        (["--runs", "-5"], "--runs"),
        (["--runs", "many"], "--runs"),
        (["--seed", "-1"], "--seed"),
        (["--seed", str(2**64)], "--seed"),
        (["--workers", "0"], "--workers"),
        (["--engine", "steam"], "--engine"),
        (["--design", "gnu"], "geneva-2015 has no design 'gnu'"),
        (["--set", "control.voting"], "is not a setting; write KEY=VALUE"),
        (["--set", "control.votting=majority"], "votting"),
        (["--set", "control.voting=mojority"], "Did you mean 'majority'?"),
        (["--lang", "tlh"], "There is no report in 'tlh'"),
    ],
)
def test_a_wrong_option_is_refused_with_its_name(arguments: list[str], words: str, tmp_path: Path) -> None:
    assert words in refused("run", "geneva-2015", *arguments)
    assert names(tmp_path) == set()


def test_everything_wrong_with_a_scenario_is_said_at_once(tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text("control: {voting: mojority}\nworld: {horizon: -1}\n", encoding="utf-8")
    message = refused("run", "./mine.yaml", "--runs", "2")
    assert "mine.yaml:1:" in message
    assert "mine.yaml:2:" in message


def test_the_largest_seed_is_a_seed() -> None:
    assert called("run", "geneva-2015", "--runs", "1", "--seed", str(2**64 - 1), "--json").exit_code == 0


def test_report_is_rebuilt_without_running_anything(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert called("run", "geneva-2015", "--runs", "2", "--out", "kept").exit_code == 0
    report = tmp_path / "kept" / "report.html"
    before = report.read_text(encoding="utf-8")
    report.write_text("spoilt", encoding="utf-8")
    monkeypatch.setattr("aiposim.ensemble.run_block", lambda *_: pytest.fail("it computed"))
    result = called("report", "kept")
    assert (result.exit_code, result.stdout) == (0, f"Report: {Path('kept') / 'report.html'}\n")
    assert report.read_text(encoding="utf-8") == before
    assert names(tmp_path / "kept") == FILES


def test_report_of_no_results_is_refused(tmp_path: Path) -> None:
    assert "is not a results folder" in refused("report", "nowhere")
    (tmp_path / "empty").mkdir()
    assert "is not a results folder" in refused("report", "empty")


def test_the_program_itself_runs_twice_alike(tmp_path: Path) -> None:
    arguments = ("run", "geneva-2015", "--runs", "2", "--set", "world.horizon=8")
    first = process(*arguments, "--json", folder=tmp_path)
    second = process(*arguments, "--json", "--workers", "2", folder=tmp_path)
    assert (first.returncode, first.stderr) == (0, "")
    assert json.loads(first.stdout) == json.loads(second.stdout)
    tables = process(*arguments, folder=tmp_path)
    assert (tables.returncode, tables.stderr) == (0, "")
    again = process(*arguments, folder=tmp_path)
    assert (again.returncode, again.stdout, again.stderr.count("\n")) == (2, "", 1)
