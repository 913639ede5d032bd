"""`aiposim league`: designs ranked on the same worlds, from the command line to the page."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pandas as pd
import pytest
from typer.testing import CliRunner, Result

from aiposim.cli import app
from aiposim.results.manifest import read_manifest
from aiposim.study.league import League
from aiposim.study.tournament import Tournament


def league(*arguments: str) -> Result:
    return CliRunner().invoke(app, ["league", *arguments])


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("league") / "keys"
    told = league("geneva-2015", "--keys", "equal,gni,cmim", "--voting", "consensus,majority", "--runs", "60",
                  "--out", str(place))  # fmt: skip
    assert told.exit_code == 0, told.stderr
    return place


def test_every_combination_of_the_chosen_rules_is_a_design(folder: Path) -> None:
    names = [design["name"] for design in read_manifest(folder)["designs"]]
    assert len(names) == 6
    assert "geneva-2015: cost_sharing=cmim, voting=majority" in names
    ranks = pd.read_parquet(folder / "ranks.parquet")
    assert set(ranks["design"]) == set(names)


def test_the_page_answers_on_its_first_screen_and_asks_nothing_of_the_network(folder: Path) -> None:
    page = (folder / "report.html").read_text(encoding="utf-8")
    assert page.index("smallest of the largest regrets") < page.index("The answer") < page.index("<svg")
    assert "What this is not" in page
    assert not re.search(r"""(src|href)=["'](https?:)?//""", page)
    assert page.count("data:text/csv") >= 7


def test_every_number_of_the_table_of_designs_is_in_the_folder(folder: Path) -> None:
    page = (folder / "report.html").read_text(encoding="utf-8")
    told = {float(value) for value in re.findall(r'<td data-value="([^"]+)"', page)}
    ranks, rankings = (pd.read_parquet(folder / f"{name}.parquet") for name in ("ranks", "rankings"))
    regret, leavers, pareto = (
        pd.read_parquet(folder / f"{n}.parquet") for n in ("largest_regret", "leavers", "pareto")
    )
    known = {*ranks["mean"], *ranks["rank"], *ranks["chance_best"], *rankings["welfare"], *regret["largest"],
             *leavers["anybody"], *pareto["efficient"].astype(float)}  # fmt: skip
    assert told <= known
    assert len(told) > 20


def test_a_league_is_reported_again_resumed_and_extended_as_what_it_is(folder: Path, tmp_path: Path) -> None:
    before = (folder / "report.html").read_text(encoding="utf-8")
    (folder / "report.html").unlink()
    assert CliRunner().invoke(app, ["report", str(folder)]).exit_code == 0
    assert (folder / "report.html").read_text(encoding="utf-8") == before
    grown = tmp_path / "grown"
    assert league("tcs-thirds", "--runs", "20", "--out", str(grown)).exit_code == 0
    told = CliRunner().invoke(app, ["extend", str(grown), "--runs", "+20"])
    assert told.exit_code == 0, told.stderr
    assert "The answer" in told.stdout
    whole = tmp_path / "whole"
    assert league("tcs-thirds", "--runs", "40", "--out", str(whole)).exit_code == 0
    for table in ("ranks", "pairs", "votes", "margins"):
        pd.testing.assert_frame_equal(
            pd.read_parquet(grown / f"{table}.parquet"), pd.read_parquet(whole / f"{table}.parquet")
        )


def test_every_table_of_a_league_is_verified(folder: Path) -> None:
    told = CliRunner().invoke(app, ["verify", str(folder), "--all", "--json"])
    assert told.exit_code == 0, told.stdout
    assert "ranks.parquet" in told.stdout
    kept = pd.read_parquet(folder / "ranks.parquet")
    try:
        kept.assign(rank=kept["rank"] + 1.0).to_parquet(folder / "ranks.parquet")
        told = CliRunner().invoke(app, ["verify", str(folder)])
    finally:
        kept.to_parquet(folder / "ranks.parquet")
    assert told.exit_code == 1
    assert "ranks.parquet" in told.stdout


def test_json_tells_the_tables_and_writes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    told = league("geneva-2015", "--runs", "30", "--json")
    assert told.exit_code == 0, told.stderr
    answer = json.loads(told.stdout)
    assert answer["outcome"] == "delivery_ratio"
    assert {row["design"] for row in answer["ranks"]} == set(answer["scenarios"])
    assert list(tmp_path.iterdir()) == []


def test_runs_are_added_until_the_best_is_clear(tmp_path: Path) -> None:
    told = league("geneva-2015", "--keys", "equal,voluntary", "--runs", "4", "--until-clear", "best",
                  "--limit", "64", "--out", str(tmp_path / "clear"))  # fmt: skip
    assert told.exit_code == 0, told.stderr
    assert "is settled" in told.stdout
    manifest = read_manifest(tmp_path / "clear")
    assert manifest["league"]["settled"] is True
    assert manifest["runs"] in (4, 8, 16, 32, 64)


def test_at_the_limit_it_is_said_that_nothing_is_settled(tmp_path: Path) -> None:
    told = league("geneva-2015", "--keys", "gni,un_scale,benefit", "--runs", "4", "--until-clear", "ranking",
                  "--limit", "10", "--out", str(tmp_path / "open"))  # fmt: skip
    assert told.exit_code == 0, told.stderr
    assert "After 10 runs, the limit" in told.stdout
    assert read_manifest(tmp_path / "open")["league"]["settled"] is False


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--outcome", "deadlock"), "did you mean 'deadlock_rate'"),
        (("--outcome", "budget_ratio"), "say --better higher or --better lower"),
        (("--keys", "gni"), "There is only one design"),
        (("--keys", " , "), "names no rule"),
        (("--voting", "unanimty,majority"), "unanimity"),
    ],
)
def test_what_cannot_be_ranked_is_refused_in_a_line(arguments: tuple[str, ...], message: str, tmp_path: Path) -> None:
    told = league("geneva-2015", *arguments, "--out", str(tmp_path / "none"))
    assert told.exit_code == 2
    assert message in told.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_state_that_is_no_member_everywhere_cannot_rank_the_designs(tmp_path: Path) -> None:
    told = league("fourth-member", "--outcome", "welfare.MNG", "--out", str(tmp_path / "none"))
    assert told.exit_code == 2
    assert "MNG is no member under every design" in told.stderr


def test_looking_often_makes_each_look_more_careful() -> None:
    from aiposim.commands.league import Clear, _is_clear
    from aiposim.study.league import league as league_of

    found = league_of(["geneva-2015", "tcs-thirds"], 40)
    assert isinstance(Tournament(found).league, League)
    clear = [_is_clear(found, look, Clear.ranking) for look in (1, 10**6)]
    assert clear == sorted(clear, reverse=True)
