"""What is built carries everything that is needed to run, and says the same as the rest of the repository."""

from __future__ import annotations

import tarfile
import tomllib
import zipfile
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from architecture.repository import PACKAGE, ROOT, own_files

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
SCENARIOS = ROOT / "scenarios"


def _below(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in own_files() if path.is_relative_to(folder)}


def test_the_citation_names_this_version() -> None:
    citation = YAML(typ="safe").load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    assert (citation["version"], citation["license"]) == (PROJECT["version"], PROJECT["license"])


def test_the_wheel_holds_the_package_the_scenarios_and_the_worked_examples(tmp_path: Path) -> None:
    wheel = pytest.importorskip("hatchling.builders.wheel", reason="comes with the extra `test`")
    (built,) = wheel.WheelBuilder(str(ROOT)).build(directory=str(tmp_path))
    packed = set(zipfile.ZipFile(built).namelist())
    assert "geneva-2015.yaml" in _below(SCENARIOS)
    assert {f"aiposim/scenarios/{file}" for file in _below(SCENARIOS)} - packed == set()
    assert "py.typed" in _below(PACKAGE)
    assert {f"aiposim/{file}" for file in _below(PACKAGE)} - packed == set()
    examples = {file for file in _below(ROOT / "tests" / "rules") if file.endswith(".yaml")}
    assert "voting/majority.yaml" in examples
    assert {f"aiposim/rules/{file}" for file in examples} - packed == set(), "the worked examples lie beside the rules"


def test_the_source_archive_is_enough_to_build_and_test(tmp_path: Path) -> None:
    sdist = pytest.importorskip("hatchling.builders.sdist", reason="comes with the extra `test`")
    (built,) = sdist.SdistBuilder(str(ROOT)).build(directory=str(tmp_path))
    with tarfile.open(built) as archive:
        packed = {member.partition("/")[2] for member in archive.getnames()}
    for folder in ("src", "scenarios", "tests", "docs"):
        assert {f"{folder}/{file}" for file in _below(ROOT / folder)} - packed == set()
    assert {"Makefile", "LICENSE", "README.md", "CITATION.cff"} <= packed
