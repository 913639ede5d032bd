"""The description of the model is written from the code as it is, and leaves nothing out."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from aiposim import families
from aiposim.scenario import shipped, shipped_members, shipped_presets
from aiposim.scenario.keys import member_keys, pair_keys, setting_keys
from aiposim.state import declared
from aiposim.study import odd_tables
from aiposim.study.odd import COMMAND, PAGE, asked_for, main, odd
from aiposim.study.odd_tables import TABLES
from aiposim.study.odd_variables import ENTITIES

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def page() -> str:
    return odd()


def test_the_description_in_the_documentation_is_the_one_of_this_code(page: str) -> None:
    written = (ROOT / PAGE).read_text(encoding="utf-8")
    assert written == page, f"docs/odd.md is not what the code says any more; write it anew: {COMMAND}"


def test_the_description_has_the_seven_elements_and_the_eleven_design_concepts(page: str) -> None:
    elements = re.findall(r"^## \d\. (.+)$", page, re.MULTILINE)
    assert elements == [
        "Purpose and patterns",
        "Entities, state variables and scales",
        "Process overview and scheduling",
        "Design concepts",
        "Initialisation",
        "Input data",
        "Submodels",
    ]
    concepts = page.split("## 4. Design concepts")[1].split("## 5.")[0]
    assert re.findall(r"^\*\*([A-Z][a-z ]+)\.\*\*", concepts, re.MULTILINE) == [
        "Basic principles",
        "Emergence",
        "Adaptation",
        "Objectives",
        "Learning",
        "Prediction",
        "Sensing",
        "Interaction",
        "Stochasticity",
        "Collectives",
        "Observation",
    ]


def test_every_table_is_in_the_template_once() -> None:
    assert sorted(asked_for()) == sorted(TABLES)


def section(page: str, start: str, end: str) -> str:
    return page.split(start)[1].split(end)[0]


def test_every_parameter_has_a_row_with_its_default_and_range(page: str) -> None:
    described = section(page, "**Parameters.**", "## 7.")
    for key in setting_keys().values():
        block, _, name = key.key.rpartition(".")
        rows = [
            row for row in section(described + "\n**`", f"**`{block}`**", "\n**`").splitlines() if f"`{name}`" in row
        ]
        assert len(rows) == 1, key.key
        if key.symbol:
            assert f"`{key.symbol}`" in rows[0], key.key
        if isinstance(key.default, float):
            assert f"| {key.default:g} |" in rows[0], key.key


def test_every_figure_of_a_state_and_of_a_pair_has_a_row(page: str) -> None:
    described = section(page, "**What may be given about a state or a pair**", "**Parameters.**")
    for name in (*member_keys(), *pair_keys()):
        assert f"| `{name}` |" in described, name


@pytest.mark.parametrize("family", odd_tables.RULE_FAMILIES)
def test_every_rule_has_a_row_with_its_source(family: str, page: str) -> None:
    described = section(page, "### 7.15 Rules", "### 7.16")
    for name in families.names(f"rules.{family}"):
        (row,) = [
            row for row in described.splitlines() if row.startswith(f"| `{name}` |") and _of(described, row, family)
        ]
        assert len(row.split(" | ")[2].strip()) > 5, f"{name} has no source"


def _of(text: str, row: str, family: str) -> bool:
    return f"**`{family}`**" in text[: text.index(row)]


def test_every_behaviour_has_a_row(page: str) -> None:
    described = section(page, "### 7.16 Behaviours", "### 7.17")
    folder = ROOT / "src" / "aiposim" / "behaviour"
    questions = [each.name for each in folder.iterdir() if (each / "__init__.py").is_file()]
    assert len(questions) > 10
    for question in questions:
        for name in families.names(f"behaviour.{question}"):
            assert re.search(rf"^\| `{question}` \|.*\| `{name}` \|", described, re.MULTILINE), (question, name)


def test_every_measure_has_a_row_with_its_formula(page: str) -> None:
    for name in families.names("measures"):
        (row,) = [row for row in page.splitlines() if row.startswith(f"| `{name}` | {odd_tables.describe(name).label}")]
        assert len(row.split(" | ")[4]) > 10, name


def test_every_purpose_of_luck_has_a_row(page: str) -> None:
    from aiposim import luck

    numbered = {
        name for name, value in vars(luck).items() if name.isupper() and isinstance(value, int) and name[0] != "_"
    }
    assert numbered == {name for name, *_ in odd_tables.purposes()}
    for name, number, *_ in odd_tables.purposes():
        assert f"| `{name}` | {number} |" in page


def test_every_array_of_the_state_is_named_and_none_that_is_gone(page: str) -> None:
    assert odd_tables.state_names() == set(declared())
    listed = odd_tables.arrays()
    for name in declared():
        assert f"`{name}`" in listed, name
    for variables in ENTITIES.values():
        assert all(meaning for _, _, meaning in variables)


def test_every_step_of_the_half_year_is_described_under_its_phase(page: str) -> None:
    described = section(page, "## 3. Process overview", "What is read when")
    source = (ROOT / "src" / "aiposim" / "period.py").read_text(encoding="utf-8")
    called = set(re.findall(r"^\s+do\.(\w+)\(", source, re.MULTILINE))
    assert called == odd_tables.step_names()
    for name in called:
        assert re.search(rf"^\d+\. `{name}`[^:]*: \S", described, re.MULTILINE), name
    assert len(re.findall(r"^\*\*\d+\. ", described, re.MULTILINE)) == 11
    assert "`charter." not in described, "a condition of period.py has no words in odd_tables"


def test_every_shipped_state_scenario_and_preset_is_named(page: str) -> None:
    for name in (*shipped(), *shipped_presets()):
        assert f"| `{name}` |" in page
    for code in shipped_members():
        assert f"(`{code}`, luck" in page


def test_the_description_stands_alone(page: str) -> None:
    assert "MODEL" not in page
    assert "{{" not in page


def test_the_page_is_written_where_it_is_asked_for(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(tmp_path / "odd.md")]) == 0
    assert (tmp_path / "odd.md").read_text(encoding="utf-8") == odd()
    assert main([str(tmp_path / "nowhere" / "odd.md")]) == 2
    assert "no folder" in capsys.readouterr().err
