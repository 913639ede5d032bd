"""What the documentation shows is true: its code runs, its scenario reads, its links lead somewhere."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from aiposim import families, load
from aiposim.scenario import shipped

ROOT = Path(__file__).parent.parent
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("benchmarks/*.md")])


def blocks(page: Path, language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL)


def test_the_five_lines_of_python_in_the_readme_run(capsys: pytest.CaptureFixture[str]) -> None:
    (code,) = blocks(ROOT / "README.md", "python")
    exec(compile(code.replace("runs=1000", "runs=20"), "README.md", "exec"), {})
    assert "welfare.KOR" in capsys.readouterr().out


def test_every_example_of_the_python_page_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    examples = blocks(ROOT / "docs" / "python.md", "python")
    assert len(examples) == 5
    monkeypatch.chdir(tmp_path)
    for code in examples:
        exec(compile(code, "python.md", "exec"), {"__name__": "example"})


def test_every_example_of_the_mathematics_page_runs() -> None:
    examples = blocks(ROOT / "docs" / "mathematics.md", "python")
    assert len(examples) == 4
    for code in examples:
        exec(compile(code, "mathematics.md", "exec"), {"__name__": "example"})


def test_the_example_of_the_sensitivity_page_runs() -> None:
    (code,) = blocks(ROOT / "docs" / "sensitivity.md", "python")
    exec(compile(code, "sensitivity.md", "exec"), {"__name__": "example"})


def test_the_python_page_names_every_question() -> None:
    page = (ROOT / "docs" / "python.md").read_text(encoding="utf-8")
    for folder in (ROOT / "src" / "aiposim" / "behaviour").iterdir():
        if (folder / "__init__.py").exists():
            assert f"{folder.name}(" in page, folder.name


def test_the_scenario_in_the_documentation_reads_without_a_warning(tmp_path: Path) -> None:
    (text,) = blocks(ROOT / "docs" / "scenarios.md", "yaml")
    path = tmp_path / "okinawa-majority.yaml"
    path.write_text(text, encoding="utf-8")
    scenario = load(str(path))
    assert not scenario.warnings
    assert len(scenario.all_designs()) == 3


def test_the_conclusions_in_the_documentation_read_without_a_warning(tmp_path: Path) -> None:
    text = blocks(ROOT / "docs" / "how-wrong.md", "yaml")[0]
    path = tmp_path / "mine.yaml"
    path.write_text(text, encoding="utf-8")
    scenario = load(str(path))
    assert not scenario.warnings
    assert [claim.relation for claim in scenario.conclusions] == ["higher", "same"]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_inside_the_project_leads_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#]+)\)", page.read_text(encoding="utf-8")):
        assert (page.parent / target).exists(), target


def test_commands_named_in_the_readme_exist() -> None:
    named = set(re.findall(r"`aiposim ([a-z-]+)", (ROOT / "README.md").read_text(encoding="utf-8")))
    assert {name.replace("-", "_") for name in named} <= set(families.names("commands"))


def test_scenarios_named_in_the_readme_are_shipped() -> None:
    named = re.findall(r"aiposim (?:run|compare) ([a-z0-9-]+)", (ROOT / "README.md").read_text(encoding="utf-8"))
    assert named
    assert set(named) <= set(shipped())
