"""Tables of the model's description, read off the code: nothing in them is written twice.

Each function of `TABLES` gives one table (or several, with headings) as Markdown.
"""

from __future__ import annotations

import ast
import importlib
import inspect
import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from aiposim import families, luck, measures, period, state
from aiposim.measures import describe
from aiposim.rules import voting
from aiposim.scenario import catalogue, load
from aiposim.scenario.keys import Key, member_keys, pair_keys, setting_keys
from aiposim.scenario.schema import Settings
from aiposim.study.odd_markdown import table
from aiposim.study.odd_rules import RULE_FAMILIES, rule_numbers, switches
from aiposim.study.odd_variables import DERIVED, ENTITIES
from aiposim.wiring import all_steps

_ROOT = Path(families.__file__).parent
_BY_ASSESSMENT = {
    "set_valuations": "Valuations and fair shares of the runs under review.",
    "set_key": "The key of the runs under review; under pledges shares carry over, less those of states that left.",
    "no_budget": "Under pledges there is no budget to vote on, and none is left unsettled.",
}
"""Steps that are no functions of `aiposim.steps`."""
_WORDS_OF_CONDITIONS = {
    "review": "at a review of the key",
    "review or do.someone_left()": "at a review of the key, or when a member has left",
    "t == 0": "at the foundation",
    "t > 0": "not at the foundation",
    "t % 2 == 1": "in odd half-years",
    "t % 2 == 0": "in even half-years",
    "not (t % 2 == 1)": "in even half-years",
    "not charter.voluntary": "contributions are assessed",
    "charter.voluntary": "contributions are pledged",
    "not (charter.voluntary)": "contributions are assessed",
    "not (not charter.voluntary)": "contributions are pledged",
    "charter.process == 'markov'": "incidents follow the process `markov`",
    "not (charter.process == 'markov')": "incidents follow another process than `markov`",
    "charter.waives": "breaches may be excused",
    "not (charter.waives)": "breaches are not excused",
    "t % charter.terms.director.term == 0 or do.someone_left()": "a term has ended, or a member has left",
    "charter.takes_objections": "the rule for the Director asks for objections",
    "charter.holds_poll": "the Director is elected",
    "charter.renegotiates and (t + 1) % charter.review == 0": "relief may be asked for, and a review comes next",
    "charter.reserves_key": "the key is a reserved matter",
    "not (charter.reserves_key)": "the key is no reserved matter",
    "charter.requires_principles": "caveats are principles",
    "not (charter.requires_principles)": "caveats are caps on robustness",
    "charter.opt_outs_allowed and t % 2 == 0": "opt-outs are allowed, in even half-years",
}
"""The conditions of `period.py` in words; one that is missing here is shown as code."""
_SETTINGS_LAST = ("world",)


# ---- entities and state variables


def entities() -> str:
    """The variables of each entity that make up the model's state, with axes and type from `State`."""
    declared = state.declared()
    parts = []
    for entity, variables in ENTITIES.items():
        rows = [(f"`{name}`", symbol, _shape(*declared[name]), meaning) for name, symbol, meaning in variables]
        parts += [f"**{entity}**", table(("array", "symbol", "type and axes", "meaning, unit, range"), rows)]
    return "\n\n".join(parts)


def arrays() -> str:
    """Every array of `State`, section by section, as its file declares and comments it."""
    parts = []
    for section, names in _sections().items():
        listed = ", ".join(f"`{name}`" + (f" ({comment})" if comment else "") for name, comment in names)
        parts.append(f"- *{section}*: {listed}.")
    return "\n".join(parts)


def _shape(dtype: Any, axes: tuple[str, ...]) -> str:
    kind = {
        "float64": "number",
        "bool": "yes or no",
        "int64": "whole number",
        "uint32": "whole number",
        "int8": "ballot",
    }[str(dtype)]
    others = [axis for axis in axes if axis not in ("run", "one")]
    return kind + (f" per {' and '.join(others)}" if others else "")


@cache
def _sections() -> dict[str, list[tuple[str, str]]]:
    """Names of the arrays and the comments behind them, under the comments that head the sections."""
    found: dict[str, list[tuple[str, str]]] = {}
    section = ""
    for line in inspect.getsource(state.State).splitlines():
        heading = re.match(r"    # (.+)$", line)
        variable = re.match(r"    (\w+): \w+(?:  # (.+))?$", line)
        if line.startswith("    def "):
            break
        if heading:
            section = heading.group(1)
        elif variable:
            found.setdefault(section, []).append((variable.group(1), variable.group(2) or ""))
    return found


def state_names() -> set[str]:
    """Names of all arrays that the two lists of variables describe."""
    named = {name for variables in ENTITIES.values() for name, _, _ in variables}
    return named | set(DERIVED)


# ---- parameters


def parameters() -> str:
    """Every setting of a scenario, block by block."""
    blocks: dict[str, list[Key]] = {}
    for key in setting_keys().values():
        blocks.setdefault(key.key.rpartition(".")[0], []).append(key)
    parts = []
    for block, keys in sorted(blocks.items(), key=lambda each: each[0].split(".")[0] in _SETTINGS_LAST):
        parts += [f"**`{block}`** {_about_block(block)}", _keys_table(keys, with_default=True)]
    return "\n\n".join(parts)


def member_parameters() -> str:
    """Every figure of a member state and of a pair of states."""
    return "\n\n".join(
        f"**{name}**\n\n{_keys_table(keys.values(), with_default=False)}"
        for name, keys in (("A member state", member_keys()), ("A pair of states", pair_keys()))
    )


def _keys_table(keys: Iterable[Key], *, with_default: bool) -> str:
    rows = []
    for key in keys:
        row = [f"`{key.key.rpartition('.')[2] if with_default else key.key}`", _symbol(key), key.about]
        row += [_default(key)] if with_default else []
        rows.append([*row, _legal(key), _plausible(key)])
    default = ("default",) if with_default else ()
    return table(("key", "symbol", "about", *default, "legal (unit)", "plausible"), rows)


def _symbol(key: Key) -> str:
    return f"`{key.symbol}`" if key.symbol else ""


def _default(key: Key) -> str:
    value = key.default
    if key.symbol == "review" and value is None:
        return "never"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        return ", ".join(str(each) for each in value) or "none"
    if value is None or (isinstance(value, dict) and not value):
        return "–"
    return f"{value:g}" if isinstance(value, float) else str(value)


def _legal(key: Key) -> str:
    if isinstance(key.default, dict):
        return "a mapping"
    return key.allowed or ("a list" if isinstance(key.default, tuple) else "")


def _plausible(key: Key) -> str:
    if key.plausible is None:
        return ""
    low, high = ("" if end is None else f"{end:g}" for end in key.plausible)
    return f"{low}–{high}" if low and high else f"from {low}" if low else f"to {high}"


def _about_block(block: str) -> str:
    model: Any = Settings
    for name in block.split("."):
        model = model.model_fields[name].annotation
    return _alone(_first_line(inspect.getdoc(model) or ""))


def _alone(text: str) -> str:
    """Without pointers to the specification: the description stands alone."""
    return re.sub(r" ?\(MODEL[^)]*\)", "", text)


# ---- the schedule


def schedule() -> str:
    """The steps of a half-year in their order, under the phases of `period.py`, with when they are taken."""
    parts: list[str] = []
    for heading, steps in _phases():
        lines = [f"**{heading}**", ""]
        for number, (name, when) in enumerate(steps, 1):
            asked = " *(asked of the states)*" if name in period.ASKED else ""
            condition = f" *When: {when}.*" if when else ""
            lines.append(f"{number}. `{name}`{asked}: {step_words(name)}{condition}")
        parts.append("\n".join(lines))
    return "\n\n".join(parts)


def step_words(name: str) -> str:
    """The first sentence of a step's docstring."""
    if name in _BY_ASSESSMENT:
        return _BY_ASSESSMENT[name]
    step = all_steps()[name][1]
    if step is voting.count_votes:
        return "The voting rule is applied to the ballots on every motion."
    return _first_line(inspect.getdoc(step) or "")


@cache
def _phases() -> tuple[tuple[str, tuple[tuple[str, str], ...]], ...]:
    source = inspect.getsource(period)
    headings = [
        (number, f"{found.group(1)}. {found.group(2).strip()}")
        for number, line in enumerate(source.splitlines(), 1)
        if (found := re.match(r"    # (\d+)\s+(.+)$", line))
    ]
    steps = list(_calls(_function(source), ()))
    phases = []
    for place, (line, heading) in enumerate(headings):
        last = headings[place + 1][0] if place + 1 < len(headings) else 1_000_000
        phases.append((heading, tuple((name, when) for at, name, when in steps if line < at < last)))
    return tuple(phases)


def _function(source: str) -> list[ast.stmt]:
    (found,) = (node for node in ast.parse(source).body if isinstance(node, ast.FunctionDef) and node.name == "period")
    return found.body


def _calls(body: list[ast.stmt], conditions: tuple[str, ...]) -> Iterator[tuple[int, str, str]]:
    """Line, name and condition of every step that is called, in order."""
    for statement in body:
        if isinstance(statement, ast.If):
            test = ast.unparse(statement.test)
            yield from _calls(statement.body, (*conditions, test))
            yield from _calls(statement.orelse, (*conditions, f"not ({test})"))
        elif isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Call):
            function = statement.value.func
            if isinstance(function, ast.Attribute):
                words = (_WORDS_OF_CONDITIONS.get(test, f"`{test}`") for test in conditions)
                yield statement.lineno, function.attr, "; ".join(words)


def step_names() -> set[str]:
    """All steps that a half-year takes."""
    return {name for _, steps in _phases() for name, _ in steps}


# ---- rules, behaviours, constants


def rules() -> str:
    """Every rule by family: what it does, its own numbers, its source."""
    parts = []
    for family in RULE_FAMILIES:
        contract = _first_line(inspect.getdoc(importlib.import_module(f"aiposim.rules.{family}")) or "")
        rows = [
            (f"`{name}`", *_described(f"rules.{family}", name), _terms(f"aiposim.rules.{family}.{name}"))
            for name in families.shipped(f"rules.{family}")
        ]
        parts += [f"**`{family}`** {contract}", table(("rule", "what it does", "source", "its numbers"), rows)]
    return "\n\n".join(parts)


def behaviours() -> str:
    """Every behaviour by the question that it answers."""
    rows = []
    for folder in sorted((_ROOT / "behaviour").iterdir()):
        if not (folder / "__init__.py").is_file():
            continue
        question = ast.get_docstring(ast.parse((folder / "__init__.py").read_text(encoding="utf-8"))) or ""
        for name in families.names(f"behaviour.{folder.name}"):
            what, source = _described(f"behaviour.{folder.name}", name)
            rows.append((f"`{folder.name}`", _first_line(question), f"`{name}`", what, source))
    return table(("method", "question", "behaviour", "answer", "source"), rows)


def _described(package: str, name: str) -> tuple[str, str]:
    """What a file says in its first line and in its function's docstring, and its source."""
    paragraphs = [_alone(" ".join(text.split())) for text in families.described(package, name).split("\n\n")]
    sources = [text.removeprefix("Source:").strip() for text in paragraphs if text.startswith("Source:")]
    words = [text for text in paragraphs if not text.startswith("Source:")]
    return " ".join(words[:2]), " ".join(sources)


def _terms(module: str) -> str:
    fields = getattr(importlib.import_module(module).Terms, "__dataclass_fields__", {})
    return ", ".join(f"`{name}` {field.default}" for name, field in fields.items())


def constants() -> str:
    """Numbers written in the steps and behaviours, not settings, with the comment behind them."""
    rows = []
    for folder in ("steps", "behaviour", "world"):
        for file in sorted((_ROOT / folder).rglob("*.py")):
            rows += [(f"`{name}`", value, f"`{_place(file)}`", comment) for name, value, comment in _numbers(file)]
    return table(("constant", "value", "where", "remark"), rows)


def _place(file: Path) -> str:
    return file.relative_to(_ROOT).as_posix()


def _numbers(file: Path) -> Iterator[tuple[str, str, str]]:
    source = file.read_text(encoding="utf-8")
    lines = source.splitlines()
    body = ast.parse(source).body
    for place, node in enumerate(body):
        if not (isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name | ast.Tuple)):
            continue
        names = ast.unparse(node.targets[0]).strip("()")
        value = ast.unparse(node.value).strip("()")
        if not names.isupper() or not re.match(r"[-\d.]", value):
            continue
        remark = lines[node.lineno - 1].partition("  # ")[2]
        following = body[place + 1] if place + 1 < len(body) else None
        if isinstance(following, ast.Expr) and isinstance(following.value, ast.Constant):
            remark = " ".join(str(following.value.value).split())
        yield names, value, remark


# ---- luck, measures


def draws() -> str:
    """Every purpose of luck: who is addressed, and what its four uniforms are for."""
    rows = []
    for name, number, actor, uses in purposes():
        rows.append((f"`{name}`", number, actor, uses))
    return table(("purpose", "number", "drawn for each", "its four uniforms"), rows)


@cache
def purposes() -> tuple[tuple[str, int, str, str], ...]:
    """Name, number, actor and uses of every purpose, from the comments in `luck.py`."""
    pattern = re.compile(r"^([A-Z_]+) = (\d+)  # ([^:]+): (.+)$")
    found = [match for line in inspect.getsource(luck).splitlines() if (match := pattern.match(line))]
    return tuple((each.group(1), int(each.group(2)), each.group(3), each.group(4)) for each in found)


def observed() -> str:
    """Every measure: column, label, unit, direction, formula."""
    rows = []
    for name in families.names("measures"):
        measure = describe(name)
        rows.append((f"`{name}`", measure.label, measure.unit, measure.better, measure.formula))
    return table(("measure", "label", "unit", "better", "formula"), rows)


def measure_rule() -> str:
    """How measures are formed unless they say otherwise, from the contract of the family."""
    text = " ".join((inspect.getdoc(measures) or "").split())
    return text[text.index("Unless it says otherwise") :].partition(" No measure feeds")[0]


# ---- given figures and scenarios


def members() -> str:
    """Every figure of the shipped member states with year, source and evidence."""
    parts = []
    for code in catalogue.shipped_members():
        figures = _yaml(catalogue.member_file(code))
        rows = [
            (f"`{name}`", _value(figure["value"]), *(figure.get(part, "") for part in _PARTS))
            for name, figure in figures.items()
            if isinstance(figure, dict) and "value" in figure
        ]
        parts += [f"**{figures['names']['en']}** (`{code}`, luck {figures['luck']})", _figures_table(rows)]
    return "\n\n".join(parts)


def pairs() -> str:
    """Every figure of the shipped pairs of states."""
    rows = [
        (f"{codes} `{name}`", _value(figure["value"]), *(figure.get(part, "") for part in _PARTS))
        for codes, figures in _yaml(catalogue.pairs_file()).items()
        for name, figure in figures.items()
    ]
    return _figures_table(rows)


_PARTS = ("unit", "year", "source", "evidence")


def _figures_table(rows: Iterable[Iterable[object]]) -> str:
    return table(("figure", "value", "unit", "year", "source", "evidence"), rows)


def _value(value: Any) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{key}: {each}" for key, each in value.items())
    if isinstance(value, list):
        return ", ".join(str(each) for each in value) or "none"
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)


def _yaml(file: Path) -> dict[str, Any]:
    read: dict[str, Any] = YAML(typ="safe").load(file.read_text(encoding="utf-8"))
    return read


def scenarios() -> str:
    """Shipped scenarios and presets with their questions."""
    rows = [
        (f"`{name}`", scenario.title, scenario.question, len(scenario.design_names) or 1)
        for name in (*catalogue.shipped(), *catalogue.shipped_presets())
        for scenario in (load(name),)
    ]
    return table(("scenario or preset", "title", "question", "designs"), rows)


def _first_line(text: str) -> str:
    return text.strip().partition("\n")[0].strip()


TABLES: dict[str, Callable[[], str]] = {
    "entities": entities,
    "arrays": arrays,
    "parameters": parameters,
    "member parameters": member_parameters,
    "schedule": schedule,
    "rules": rules,
    "switches": switches,
    "rule numbers": rule_numbers,
    "behaviours": behaviours,
    "constants": constants,
    "draws": draws,
    "measures": observed,
    "measure rule": measure_rule,
    "members": members,
    "pairs": pairs,
    "scenarios": scenarios,
}
"""What may stand between double braces in the template."""
