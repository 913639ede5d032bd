"""`aiposim explain`: a scenario in words on the terminal, in a file, as JSON."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from aiposim.scenario import load, shipped
from commands.terminal import called, refused


@pytest.mark.parametrize("name", shipped())
def test_every_shipped_scenario_is_told_from_its_first_article_to_its_founding_states(name: str) -> None:
    told = called("explain", name)
    assert told.exit_code == 0, told.output
    assert load(name).title.split()[0] in told.stdout
    assert "Article 1. Establishment and members" in told.stdout
    assert "Assumptions about the world" in told.stdout
    assert all(len(line) <= 80 for line in told.stdout.splitlines())


def test_a_design_with_settings_is_told_as_it_would_be_run() -> None:
    told = called("explain", "geneva-2015", "--design", "equal", "--set", "membership.notice=2")
    assert "in equal shares" in told.stdout
    assert "take effect one year after notice" in told.stdout
    assert "designs build on" not in told.stdout


def test_json_tells_each_paragraph_with_its_keys_and_what_is_not_told() -> None:
    told = json.loads(called("explain", "geneva-2015", "--json").stdout)
    paragraphs = {each["number"]: each for article in told["articles"] for each in article["paragraphs"]}
    assert paragraphs["1.2"] == {
        "number": "1.2",
        "text": "The Institute shall have its seat in Japan.",
        "keys": ["membership.host"],
        "default": None,
    }
    assert "control.voting.qualified_share" in {each["key"] for each in told["not_told"]}


def test_the_text_is_written_to_a_file_once(tmp_path: Path) -> None:
    file = tmp_path / "charter.md"
    assert called("explain", "geneva-2015", "--out", str(file)).exit_code == 0
    assert file.read_text(encoding="utf-8").startswith("# The institute as proposed in Geneva, 2015\n")
    assert "exists already" in refused("explain", "geneva-2015", "--out", str(file))
    assert called("explain", "reference-design", "--out", str(file), "--overwrite").exit_code == 0
    assert file.read_text(encoding="utf-8").startswith("# Reference design")


def test_what_cannot_be_told_is_refused_in_one_line(tmp_path: Path) -> None:
    assert "did you mean 'equal'" in refused("explain", "geneva-2015", "--design", "equl")
    assert "Did you mean" in refused("explain", "geneva-2105")
    assert "no report in 'xx'" in refused("explain", "geneva-2015", "--lang", "xx")
    assert "is a folder" in refused("explain", "geneva-2015", "--out", str(tmp_path))
    assert "no folder" in refused("explain", "geneva-2015", "--out", str(tmp_path / "absent" / "charter.md"))
