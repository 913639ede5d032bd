"""The description of the model is written from the code as it is, and leaves nothing out."""

from __future__ import annotations

import ast
import importlib
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from aiposim import families
from aiposim.measures import describe
from aiposim.scenario import shipped, shipped_members, shipped_presets
from aiposim.scenario.keys import member_keys, pair_keys, setting_keys
from aiposim.state import declared
from aiposim.study import odd_rules, odd_tables
from aiposim.study.odd import COMMAND, PAGE, asked_for, main, odd
from aiposim.study.odd_tables import TABLES
from aiposim.study.odd_variables import ENTITIES

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "src" / "aiposim"


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


@pytest.mark.parametrize("family", odd_rules.RULE_FAMILIES)
def test_every_rule_has_a_row_with_its_source(family: str, page: str) -> None:
    described = section(page, "### 7.15 Rules", "**Switches of the rules.**")
    for name in families.names(f"rules.{family}"):
        (row,) = [
            row for row in described.splitlines() if row.startswith(f"| `{name}` |") and _of(described, row, family)
        ]
        assert len(row.split(" | ")[2].strip()) > 5, f"{name} has no source"


def _of(text: str, row: str, family: str) -> bool:
    return f"**`{family}`**" in text[: text.index(row)]


def test_every_switch_of_a_rule_is_in_the_table_of_its_family(page: str) -> None:
    described = section(page, "**Switches of the rules.**", "**Numbers of the rules.**")
    for family in odd_rules.RULE_FAMILIES:
        for name in families.shipped(f"rules.{family}"):
            module = importlib.import_module(f"aiposim.rules.{family}.{name}")
            set_here = {each for each, value in vars(module).items() if each.isupper() and isinstance(value, bool)}
            assert set_here <= set(odd_rules.SWITCHES.get(family, {})), f"{family}.{name} has a switch without a column"
            if family in odd_rules.SWITCHES:
                said = [_cell(odd_rules.setting(family, name, each)) for each in odd_rules.SWITCHES[family]]
                assert f"| `{name}` | {' | '.join(said)} |" in described, f"{family}.{name}"


def _cell(value: object) -> str:
    return ("yes" if value else "no") if isinstance(value, bool) else f"{value:g}"


def test_merit_is_the_one_rule_that_makes_a_director_less_partial(page: str) -> None:
    rows = section(page, "| rule | `MOVES_QUEUE` | `PARTIALITY` |", "**`sanction`**").splitlines()[2:]
    partiality = {row.split(" | ")[0].strip("| `"): row.split(" | ")[2] for row in rows if row}
    assert partiality == dict.fromkeys(("acclamation", "election", "rotation", "rotation_skip"), "1") | {"merit": "0.6"}


@pytest.mark.parametrize(
    "name",
    ["BASE_PERIODS", "DEBT_RATE", "HIGH_INCOME", "GRADIENT", "LEAST_DEVELOPED_CEILING", "LEVELS", "DISCOUNTS"],
)
def test_every_number_of_the_un_scales_has_a_row(name: str, page: str) -> None:
    rows = section(page, "**Numbers of the rules.**", "### 7.16")
    assert len(re.findall(rf"^\| `{name}` \| [A-Z\d]", rows, re.MULTILINE)) == 1


def test_every_behaviour_has_a_row(page: str) -> None:
    described = section(page, "### 7.16 Behaviours", "### 7.17")
    folder = PACKAGE / "behaviour"
    questions = [each.name for each in folder.iterdir() if (each / "__init__.py").is_file()]
    assert len(questions) > 10
    for question in questions:
        for name in families.names(f"behaviour.{question}"):
            assert re.search(rf"^\| `{question}` \|.*\| `{name}` \|", described, re.MULTILINE), (question, name)


def test_every_measure_has_a_row_with_its_formula(page: str) -> None:
    for name in families.names("measures"):
        (row,) = [row for row in page.splitlines() if row.startswith(f"| `{name}` | {describe(name).label}")]
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
    source = (PACKAGE / "period.py").read_text(encoding="utf-8")
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


# ---- numbers written in the code

SUBMODELS = {
    "behaviour/accept_relief": "7.6",
    "behaviour/ask_relief": "7.6",
    "behaviour/attend": "7.5",
    "behaviour/deploy": "7.7",
    "behaviour/elect": "7.15",
    "behaviour/object": "7.15",
    "behaviour/opt_out": "7.13",
    "behaviour/pay": "7.8 7.9",
    "behaviour/pledge": "7.9",
    "behaviour/rescind": "7.12",
    "behaviour/vote": "7.1 7.5 7.7",
    "behaviour/withdraw": "7.12",
    "rules/cost_sharing": "7.15",
    "rules/director": "7.15",
    "rules/reversion": "7.5",
    "rules/sanction": "7.8",
    "rules/voting": "7.15",
    "scale/adjustments.py": "7.15",
    "scale/peacekeeping.py": "7.15",
    "steps/_motions.py": "7.5",
    "steps/budget.py": "7.1 7.5",
    "steps/council.py": "7.5",
    "steps/crises.py": "7.7 7.14",
    "steps/delivery.py": "7.10 7.14",
    "steps/dues.py": "7.1 7.6 7.8 7.15",
    "steps/evaluation.py": "7.1 7.3 7.4 7.12 7.13",
    "steps/leaving.py": "7.12",
    "steps/office.py": "7.1 7.15",
    "steps/payment.py": "7.4 7.8 7.9 7.13",
    "steps/programme.py": "7.5",
    "steps/relief.py": "7.6",
    "steps/voice.py": "7.11",
    "steps/world.py": "7.2 7.3",
}
"""Where the prose speaks of what a folder or file computes; record.py is in the table of measures."""

NEVER = "no division by nothing, or the least or greatest of an empty list"
NOT_ON_THE_PAGE: dict[str, dict[float, str]] = {
    "behaviour/accept_relief/generosity.py": {1e-12: NEVER},
    "rules/cost_sharing/_convex_games.py": {1e300: NEVER},
    "rules/cost_sharing/un_pk.py": {1000.0: "billions over millions, to US$ a head"},
    "rules/cost_sharing/un_scale.py": {1000.0: "billions over millions, to US$ a head"},
    "rules/director/__init__.py": {1e6: "comes after every place in the queue"},
    "rules/sanction/__init__.py": {0.2231435513142097: "minus the logarithm of 0.8, of which the page speaks"},
    "scale/peacekeeping.py": {0.075: "discount of level C, which no member is in"},
    "steps/crises.py": {
        0.80: "chances of the areas added up: 0.10 + 0.35 + 0.35",
        0.90: "chances of the areas added up: 0.10 + 0.35 + 0.35 + 0.10",
        1e-300: NEVER,
    },
    "steps/dues.py": {1e300: NEVER, 1e299: NEVER, 100.0: "marks a coalition with a non-member"},
    "steps/evaluation.py": {1e-300: NEVER},
    "steps/leaving.py": {1e6: "place of who is in no queue"},
    "steps/office.py": {
        0.16251892949777494: "minus the logarithm of 0.85, of which the page speaks",
        1e-300: NEVER,
        1e12: NEVER,
    },
    "steps/payment.py": {1e-300: NEVER, 1e6: "US$ in M US$"},
    "steps/voice.py": {1e300: NEVER, 1e-300: NEVER, 0.25: "one issue of four"},
}
"""Numbers that are no part of the model, or that the page gives in another form."""


def submodels(numbers: str) -> str:
    """The prose of some submodels, without the tables that are filled in."""
    template = template_text()
    return "\n".join(re.split(r"\n##", template.split(f"### {each} ")[1])[0] for each in numbers.split())


def template_text() -> str:
    return (PACKAGE / "study" / "odd_template.md").read_text(encoding="utf-8")


def written_numbers(file: Path) -> Iterator[tuple[int, float]]:
    """Line and value, without sign, of every number but 0, 1 and 2, settings' own values, and places in an array."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    passed_over: set[int] = set()
    for node in ast.walk(tree):
        places = isinstance(node, ast.Subscript)
        setting = isinstance(node, ast.ClassDef) and node.name == "Terms"
        counting = isinstance(node, ast.Call) and ast.unparse(node.func) in ("range", "draw", "draw_crises")
        if places or setting or counting:
            inner = node.slice if isinstance(node, ast.Subscript) else node
            passed_over |= {id(each) for each in ast.walk(inner)}
    for node in ast.walk(tree):
        if not isinstance(node, ast.Constant) or id(node) in passed_over:
            continue
        value = node.value
        if isinstance(value, int | float) and not isinstance(value, bool) and value not in (0, 1, 2):
            yield node.lineno, float(value)


def forms(value: float) -> set[str]:
    """How the page may write a number."""
    whole = {f"{value:g}", f"{value:.2f}", f"{value:,g}", f"{value:,.0f}" if value == int(value) else f"{value:g}"}
    fractions = {0.5: "½"}
    tiny = {f"{value:.0e}".replace("e-0", "e-").replace("e+0", "e")}
    return whole | tiny | ({fractions[value]} if value in fractions else set())


def says(text: str, value: float) -> bool:
    return any(re.search(rf"(?<![\d.,]){re.escape(form)}(?!\d|[.,]\d)", text) for form in forms(value))


FILES = [
    *(
        file.relative_to(PACKAGE).as_posix()
        for folder in ("behaviour", "rules", "steps")
        for file in sorted((PACKAGE / folder).rglob("*.py"))
        if file.name != "record.py"
    ),
    "scale/adjustments.py",
    "scale/peacekeeping.py",
]


@pytest.mark.parametrize("file", FILES)
def test_every_number_written_in_the_code_stands_in_the_submodel_it_belongs_to(file: str) -> None:
    numbers = list(written_numbers(PACKAGE / file))
    place = file if file in SUBMODELS else file.rpartition("/")[0]
    if numbers:
        text = submodels(SUBMODELS[place])
        allowed = NOT_ON_THE_PAGE.get(file, {})
        missing = [
            f"{value:g} (line {line})" for line, value in numbers if value not in allowed and not says(text, value)
        ]
        assert not missing, f"{file}: {SUBMODELS[place]} does not speak of {', '.join(missing)}"


def test_a_number_that_the_page_does_not_speak_of_would_be_missed() -> None:
    assert says("with chance 0.30, or 0.95 later", 0.3)
    assert says("12,500 US$", 12_500.0)
    assert not says("with chance 0.35, 10.3 or 0.301", 0.3)
    assert not says(submodels("7.15"), 0.31)


def test_no_exception_is_listed_that_is_not_needed() -> None:
    for file, values in NOT_ON_THE_PAGE.items():
        text = submodels(SUBMODELS[file if file in SUBMODELS else file.rpartition("/")[0]])
        written = {value for _, value in written_numbers(PACKAGE / file)}
        assert set(values) <= written, f"{file}: {set(values) - written}"
        assert not [value for value in values if says(text, value)], file
