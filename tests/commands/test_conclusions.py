"""`aiposim conclusions` as a user, or a continuous check, calls it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from commands.terminal import called, refused

SHORT = ("--runs", "40", "--points", "2", "--seed", "7", "--workers", "1", "--set", "world.horizon=12",
         "--assumption", "world.incidents.scale")  # fmt: skip


def claiming(folder: Path, *claims: str) -> str:
    file = folder / "mine.yaml"
    file.write_text("extends: geneva-2015\nconclusions:\n" + "".join(f"  - {{{each}}}\n" for each in claims))
    return str(file)


HOLDS = "outcome: budget_ratio, design: voluntary, relation: lower, than: benefit"
FAILS = "outcome: budget_ratio, design: voluntary, relation: higher, than: benefit"
UNCLEAR = "outcome: survival_years, design: gni, relation: higher, than: un_scale"


def test_conclusions_that_hold_leave_with_nought(tmp_path: Path) -> None:
    ran = called("conclusions", claiming(tmp_path, HOLDS), *SHORT)
    assert ran.exit_code == 0, ran.output
    told = " ".join(ran.stdout.split())
    assert "robust" in told or "shifted" in told
    assert "lower under" in told
    assert all(len(line) <= 80 for line in ran.stdout.splitlines())


def test_one_that_fails_leaves_with_one_and_says_where(tmp_path: Path) -> None:
    ran = called("conclusions", claiming(tmp_path, HOLDS, FAILS), *SHORT)
    assert ran.exit_code == 1
    assert "1 fragile" in ran.stdout
    assert "in the scenario" in ran.stdout


def test_the_same_in_json(tmp_path: Path) -> None:
    ran = called("conclusions", claiming(tmp_path, HOLDS, FAILS, UNCLEAR), *SHORT, "--json")
    assert ran.exit_code == 1
    told = json.loads(ran.stdout)
    assert (told["scenario"], told["runs"], told["seed"], told["holds"]) == ("mine", 40, 7, False)
    held, failed, unclear = told["conclusions"]
    assert (held["holds"], held["relation"], held["than"]) == (True, "lower", "benefit")
    assert [trial["changed"] for trial in held["trials"]][:5] == [
        "as stated",
        "another block size",
        "order of members",
        "codes of members",
        "another seed",
    ]
    assert (failed["verdict"], failed["decisive"]["changed"]) == ("fragile", "as stated")
    assert unclear["verdict"] in ("undecided", "fragile")
    assert failed["reason"].startswith("Fails in the scenario itself")


@pytest.mark.parametrize(
    ("claim", "says"),
    [
        ("outcome: budget_ratio, design: volunary, relation: lower, than: benefit", "Did you mean 'voluntary'?"),
        ("outcome: welfare, design: gni, relation: lower, than: benefit", "name one of welfare.CHN"),
        ("outcome: budget, design: gni, relation: less, than: benefit", "higher, lower, same"),
    ],
)
def test_a_wrong_claim_is_refused(claim: str, says: str, tmp_path: Path) -> None:
    assert says in " ".join(refused("conclusions", claiming(tmp_path, claim), *SHORT).split())


def test_a_scenario_that_claims_nothing_is_refused() -> None:
    assert "states no conclusions" in refused("conclusions", "reference-design")


def test_what_cannot_be_asked_is_refused(tmp_path: Path) -> None:
    mine = claiming(tmp_path, HOLDS)
    assert "no interval" in refused("conclusions", mine, "--runs", "1")
    assert "no report in 'xx'" in refused("conclusions", mine, "--lang", "xx")
    assert "Invalid value for '--points'" in refused("conclusions", mine, "--points", "-1")
    assert "no uncertain assumption" in refused("conclusions", mine, "--runs", "2", "--assumption", "x")


def test_a_shipped_conclusion_holds() -> None:
    ran = called("conclusions", "geneva-2015", "--runs", "60", "--points", "2", "--workers", "1",
                 "--assumption", "world.incidents.scale")  # fmt: skip
    assert ran.exit_code == 0, ran.output
