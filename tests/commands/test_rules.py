"""`aiposim rules`: every rule with its source, what can be said of it, and rules of one's own."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from aiposim import families
from aiposim.cli import app

RULE = '''"""By heads, the larger states first.

Source: invented for a test.
"""

from dataclasses import dataclass

from aiposim.rules.cost_sharing import proportional_to


@dataclass(frozen=True)
class Terms:
    """None."""


def heads(members, terms):
    """Share of heads."""
    return proportional_to(members.population)
'''


EXAMPLE = """source: invented for a test

examples:
  - says: two members of one size pay alike
    members: {AAA: {population: 3}, BBB: {population: 3}}
    shares: {AAA: 0.5, BBB: 0.5}
  - says: a second one is not shown
    members: {AAA: {population: 3}}
    shares: {AAA: 1}
"""


def ran(*command: str | Path, columns: int = 200) -> Result:
    return CliRunner().invoke(app, ["rules", *map(str, command)], env={"COLUMNS": str(columns)})


@pytest.fixture(autouse=True)
def _no_rules_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(families.RULES_VARIABLE, raising=False)


@pytest.fixture
def heads(tmp_path: Path) -> Path:
    file = tmp_path / "heads.py"
    file.write_text(RULE, encoding="utf-8")
    return file


def test_every_rule_is_listed_with_its_source() -> None:
    rows = json.loads(ran("--json").stdout)
    assert {(row["family"], row["name"]) for row in rows} == {
        (family, name) for family in families.CHOSEN_BY for name in families.names(f"rules.{family}")
    }
    assert all(len(row["source"]) > 10 and len(row["summary"]) > 10 for row in rows)
    assert "axioms" not in rows[0]
    shown = ran().stdout
    assert all(row["name"] in shown for row in rows)


def test_a_rule_is_shown_with_every_axiom_and_its_counter_examples() -> None:
    shown = ran("cel", "--axioms").stdout
    assert "✓ adds up: The shares come to the whole budget." in shown
    assert "– newcomer burdens nobody" in shown
    (row,) = json.loads(ran("cel", "--axioms", "--json").stdout)
    judged = {verdict["axiom"]: verdict for verdict in row["axioms"]}
    assert judged["adds up"]["holds"]
    assert judged["adds up"]["cases"] > 100
    assert not judged["newcomer burdens nobody"]["holds"]
    assert "before C joined" in judged["newcomer burdens nobody"]["counter_example"]


def test_a_rule_is_shown_with_its_first_worked_example() -> None:
    """Source of the figures: tests/rules/cost_sharing/talmud.yaml."""
    shown = ran("talmud").stdout
    assert "Example (Mishnah, Ketubot 93a, as told by Aumann & Maschler 1985" in shown
    assert "an estate of 100 is divided equally.\n" in shown
    assert "  Given: claims ratio 6; AAA: income 100 bn US$ (2012–2014); BBB: income 200 bn US$" in shown
    assert "  Result: shares AAA 1/3, BBB 1/3, CCC 1/3.\n" in shown
    (row,) = json.loads(ran("talmud", "--json").stdout)
    assert row["example"]["says"] == "an estate of 100 is divided equally"
    assert row["example"]["figures"]["members"]["BBB"]["income"]["2012"] == 200
    assert row["example"]["results"] == {"shares": dict.fromkeys(("AAA", "BBB", "CCC"), 0.333333333333)}
    assert all(each["example"]["results"] for each in json.loads(ran("--json").stdout))


def test_the_example_of_a_rule_of_ones_own_lies_beside_its_file(heads: Path) -> None:
    assert "Example" not in ran("heads", "--rules", heads).stdout
    (row,) = json.loads(ran("heads", "--rules", heads, "--json").stdout)
    assert row["example"] is None
    beside = heads.with_suffix(".yaml")
    beside.write_text(EXAMPLE, encoding="utf-8")
    shown = ran("heads", "--rules", heads).stdout
    assert "Example (invented for a test): two members of one size pay alike." in shown
    assert "Given: AAA: population 3 million; BBB: population 3 million." in shown
    assert "Result: shares AAA 0.5, BBB 0.5." in shown
    assert "a second one" not in shown
    for broken in ("examples: [", "examples: []", "- 1", "examples: {says: no list}"):
        beside.write_text(broken, encoding="utf-8")
        refused = ran("heads", "--rules", heads)
        assert refused.exit_code == 2
        assert refused.stderr.startswith(f"{beside}: ")
        assert refused.stderr.count("\n") == 1


@pytest.mark.parametrize("columns", [40, 60, 69, 70, 80, 120])
def test_no_citation_is_cut_however_narrow_the_terminal(columns: int) -> None:
    shown = ran(columns=columns).stdout
    assert "…" not in shown
    assert max(map(len, shown.splitlines())) <= columns
    for row in json.loads(ran("--json").stdout):
        assert all(word in shown for word in row["source"].split())
    assert ("- cut25: Cut by a quarter" in shown) is (columns < 70)
    assert ("what it does" in shown) is (columns >= 70)


@pytest.mark.parametrize("columns", [40, 50, 80])
def test_the_names_in_a_table_of_axioms_are_never_cut(columns: int) -> None:
    shown = ran("--axioms", columns=columns).stdout
    assert "un_scale_published" in shown
    assert "…" not in shown
    assert ("- gni: keeps 1, 2, 3" in shown) is (columns < 60)
    assert "voluntary, not asked 11, 14, 16: the rule gives only the shares of" in " ".join(shown.split())
    assert max(map(len, shown.splitlines())) <= columns


def test_an_axiom_that_is_not_asked_has_no_sign_and_a_reason() -> None:
    shown = ran("voluntary", "--axioms").stdout
    assert "\n  understating gains nothing: " in shown
    assert "    not asked: the rule gives only the shares of the foundation" in shown
    (row,) = json.loads(ran("voluntary", "--axioms", "--json").stdout)
    judged = {verdict["axiom"]: verdict for verdict in row["axioms"]}
    assert judged["understating gains nothing"]["holds"] is None
    assert "H1" in judged["understating gains nothing"]["not_asked"]


def test_a_misspelt_rule_is_answered_with_the_nearest() -> None:
    refused = ran("majorty")
    assert refused.exit_code == 2
    assert "Did you mean 'majority'?" in refused.stderr
    assert "--rules FILE" in refused.stderr


def test_a_rule_of_ones_own_is_listed_shown_and_judged(heads: Path) -> None:
    assert "heads" not in ran().stdout
    listed = ran("--rules", heads)
    assert "By heads, the larger states first." in listed.stdout
    assert "your own" in listed.stdout
    (row,) = json.loads(ran("heads", "--rules", heads.parent, "--axioms", "--json").stdout)
    assert row["file"] == str(heads)
    judged = {verdict["axiom"]: verdict["holds"] for verdict in row["axioms"]}
    assert judged["uniting changes nothing"]
    assert not judged["richer pays no less than poorer"]
    assert ran("heads").exit_code == 2, "it is forgotten again"


def test_a_rule_that_breaks_down_keeps_no_axiom(heads: Path) -> None:
    heads.write_text(RULE.replace("members.population", "members.poulation"), encoding="utf-8")
    (row,) = json.loads(ran("heads", "--rules", heads, "--axioms", "--json").stdout)
    assert not any(verdict["holds"] for verdict in row["axioms"])
    assert "AttributeError" in row["axioms"][0]["counter_example"]


@pytest.mark.parametrize("command", ["run", "compare", "check", "scenarios", "report", "rules"])
def test_a_file_that_is_no_rule_is_refused_by_every_command_in_one_line(command: str, tmp_path: Path) -> None:
    file = tmp_path / "broken.py"
    file.write_text("def broken(:", encoding="utf-8")
    arguments = {"rules": [], "scenarios": []}.get(command, ["reference-design"])
    refused = CliRunner().invoke(app, [command, *arguments, "--rules", str(file)])
    assert refused.exit_code == 2
    assert refused.stderr.startswith(f"{file}:1: this is no Python")
    assert refused.stderr.count("\n") == 1


def test_a_broken_file_in_the_environment_is_refused_too(tmp_path: Path) -> None:
    file = tmp_path / "broken.py"
    file.write_text("def other(): pass", encoding="utf-8")
    for command in (["rules"], ["check", "reference-design"], ["run", "reference-design", "--runs", "1", "--json"]):
        refused = CliRunner().invoke(app, command, env={families.RULES_VARIABLE: str(file)})
        assert refused.exit_code == 2, command
        assert "no function broken" in refused.stderr
