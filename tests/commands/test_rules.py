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


def ran(*command: str | Path) -> Result:
    return CliRunner().invoke(app, ["rules", *map(str, command)], env={"COLUMNS": "200"})


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
