"""One file, one name, one function: every file of a family says what it is and where it comes from."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from architecture.repository import PACKAGE, ROOT, docstring, functions, modules, name, names, syntax

RULE_FAMILIES = ["cost_sharing", "voting", "director", "sanction", "reversion"]
QUESTIONS = [
    "attend", "vote", "pay", "pledge", "deploy", "opt_out", "object", "ask_relief", "accept_relief",
    "withdraw", "rescind",
]  # fmt: skip
FAMILIES = [
    *(f"rules/{family}" for family in RULE_FAMILIES),
    *(f"behaviour/{question}" for question in QUESTIONS),
    "world", "measures", "figures", "commands",
]  # fmt: skip

# Folders that are there are walked as well as those that must be: a new family is tested unasked.
RULES = [path for folder in sorted((PACKAGE / "rules").glob("*/")) for path in modules(folder)]
BEHAVIOURS = [path for folder in sorted((PACKAGE / "behaviour").glob("*/")) for path in modules(folder)]
MEASURES = modules(PACKAGE / "measures")
NAMED = [*RULES, *BEHAVIOURS, *MEASURES, *modules(PACKAGE / "figures"), *modules(PACKAGE / "commands")]
EXAMPLES = sorted((ROOT / "tests" / "rules").glob("*/*.yaml"))
REPRODUCIBLE = [
    path for part in ("rules", "behaviour", "world", "steps") for path in sorted((PACKAGE / part).rglob("*.py"))
]

FROM_THE_C_LIBRARY = {
    "exp", "exp2", "expm1", "log", "log2", "log10", "log1p", "pow", "power", "float_power", "cbrt",
    "sin", "cos", "tan", "sinh", "cosh", "tanh", "arctan", "atan", "erf", "erfc", "gamma", "lgamma",
}  # fmt: skip


@pytest.mark.parametrize("family", FAMILIES)
def test_a_family_has_a_contract_and_members(family: str) -> None:
    contract = PACKAGE / family / "__init__.py"
    assert contract.exists()
    assert docstring(contract), f"{name(contract)}: the family's docstring is its contract"
    assert modules(PACKAGE / family)


@pytest.mark.parametrize("path", NAMED, ids=name)
def test_a_file_holds_the_function_of_its_name(path: Path) -> None:
    assert path.stem in functions(path)
    assert docstring(path)


@pytest.mark.parametrize("path", RULES, ids=name)
def test_a_rule_names_its_source_and_its_terms(path: Path) -> None:
    assert "Source:" in docstring(path)
    assert "Terms" in names(path)


@pytest.mark.parametrize("path", RULES, ids=name)
def test_a_rule_has_a_worked_example_with_a_source(path: Path) -> None:
    example = ROOT / "tests" / "rules" / path.parent.name / f"{path.stem}.yaml"
    assert example.exists(), f"write the worked example: {name(example)}"
    text = example.read_text(encoding="utf-8")
    assert YAML(typ="safe").load(text)
    assert "source:" in text.lower()


def test_a_worked_example_belongs_to_a_rule() -> None:
    examples = {(path.parent.name, path.stem) for path in EXAMPLES}
    assert examples - {(path.parent.name, path.stem) for path in RULES} == set()


@pytest.mark.parametrize("path", MEASURES, ids=name)
def test_a_measure_has_label_unit_direction_and_formula(path: Path) -> None:
    assert {"LABEL", "UNIT", "BETTER"} <= names(path)
    assert _constant(path, "BETTER") in {"higher", "lower", "neither"}
    (measure,) = (node for node in syntax(path).body if getattr(node, "name", None) == path.stem)
    assert ast.get_docstring(measure), "the function's docstring gives the formula"  # type: ignore[arg-type]


def _constant(path: Path, wanted: str) -> object:
    for node in syntax(path).body:
        targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
        if any(isinstance(target, ast.Name) and target.id == wanted for target in targets):
            return ast.literal_eval(node.value)  # type: ignore[attr-defined]
    return None


@pytest.mark.parametrize("path", REPRODUCIBLE, ids=name)
def test_the_same_bits_everywhere(path: Path) -> None:
    """Functions whose last bit differs between libraries are in aiposim.arithmetic; luck is an argument."""
    foreign = [
        f"line {node.lineno}: {ast.unparse(node)}"
        for node in ast.walk(syntax(path))
        if isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and node.value.id in {"math", "np", "numpy", "random"}
        and (node.attr in FROM_THE_C_LIBRARY | {"random"} or node.value.id == "random")
    ]
    assert foreign == []
