"""What the rules' files say beside their functions, switches and numbers, read off them for the description."""

from __future__ import annotations

import ast
import importlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from aiposim import families
from aiposim.study.odd_markdown import table

RULE_FAMILIES = ("cost_sharing", "voting", "director", "sanction", "reversion")

SHARED = ("scale.adjustments", "scale.peacekeeping")
"""Modules outside the families whose numbers the keys read."""

SWITCHES: dict[str, dict[str, tuple[object, str]]] = {
    "cost_sharing": {
        "USES_REPORTS": (False, "the key is made from reported valuations, for each run"),
        "CEILING_WITHIN": (False, "the rule applies the ceiling among its own steps, not as an add-on"),
    },
    "voting": {
        "WEIGHS": (True, "the scale of assessments counts"),
    },
    "director": {
        "MOVES_QUEUE": (False, "who is chosen, and everyone before him, goes to the end of the queue"),
        "PARTIALITY": (1.0, "factor g on the Director's partiality"),
        "ACTING": (False, "a Director chosen although all were put off only acts"),
        "TURN_AT_STAKE": (False, "a debtor fears for its turn"),
        "OBJECTIONS": (False, "members are asked whether they object"),
        "POLL": (False, "there is a ballot"),
    },
    "sanction": {
        "SUSPENDS": (False, "the vote is suspended in two years' arrears"),
        "CHARGES_INTEREST": (False, "interest is charged on arrears"),
        "COSTS_TURN": (False, "a debtor fears for its turn"),
    },
}
"""Family: its switches, each with what holds for a file that does not name it, and its meaning."""


@dataclass(frozen=True)
class Constant:
    """A name in capitals that a module sets, its value, and the remark behind it."""

    name: str
    value: object
    module: str
    remark: str


def switches() -> str:
    """For every family that has switches: their meaning, and how each rule sets them."""
    parts = []
    for family, meanings in SWITCHES.items():
        said = "; ".join(f"`{name}`: {words}" for name, (_, words) in meanings.items())
        rows = [
            (f"`{rule}`", *(_shown(setting(family, rule, name)) for name in meanings))
            for rule in families.shipped(f"rules.{family}")
        ]
        parts += [f"**`{family}`** {said}.", table(("rule", *(f"`{name}`" for name in meanings)), rows)]
    return "\n\n".join(parts)


def setting(family: str, rule: str, switch: str) -> object:
    """What a rule says for a switch of its family."""
    module = importlib.import_module(f"aiposim.rules.{family}.{rule}")
    return getattr(module, switch, SWITCHES[family][switch][0])


def rule_numbers() -> str:
    """Every number, or list of numbers, in capitals in the rules' files and in what they share."""
    rows = [
        (f"`{each.name}`", _shown(each.value), f"`{each.module.replace('.', '/')}.py`", each.remark)
        for each in constants()
    ]
    return table(("constant", "value", "where", "remark"), rows)


def constants() -> Iterator[Constant]:
    """The numbers of the rules, family by family, then of the modules that the families share."""
    known = {name for names in SWITCHES.values() for name in names}
    for module in (*_modules(), *SHARED):
        yield from (each for each in _capitals(module) if each.name not in known)


def _modules() -> Iterator[str]:
    root = Path(families.__file__).parent
    for family in RULE_FAMILIES:
        for file in sorted((root / "rules" / family).glob("*.py")):
            yield file.relative_to(root).with_suffix("").as_posix().replace("/", ".")


def _capitals(module: str) -> Iterator[Constant]:
    loaded: Any = importlib.import_module(f"aiposim.{module.removesuffix('.__init__')}")
    source = Path(str(loaded.__file__)).read_text(encoding="utf-8")
    lines, body = source.splitlines(), ast.parse(source).body
    for node, following in zip(body, [*body[1:], None], strict=True):
        target = _target(node)
        if not isinstance(target, ast.Name) or not target.id.isupper() or not _numeric(getattr(loaded, target.id)):
            continue
        remark = lines[node.lineno - 1].partition("  # ")[2]
        if isinstance(following, ast.Expr) and isinstance(following.value, ast.Constant):
            remark = str(following.value.value).partition("\nSource:")[0]
        yield Constant(target.id, getattr(loaded, target.id), module, remark)


def _target(node: ast.stmt) -> ast.expr | None:
    if isinstance(node, ast.AnnAssign):
        return node.target
    return node.targets[0] if isinstance(node, ast.Assign) else None


def _numeric(value: object) -> bool:
    if isinstance(value, Mapping):
        return all(_numeric(each) for each in value.values())
    if isinstance(value, tuple):
        return any(_numeric(each) for each in value)
    return isinstance(value, bool | int | float)


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Mapping):
        return ", ".join(f"{key}: {_shown(each)}" for key, each in value.items())
    if isinstance(value, tuple):
        return ", ".join(f"{each[1]}: {_shown(each[0])}" if isinstance(each, tuple) else _shown(each) for each in value)
    return f"{value:.15g}" if isinstance(value, float) else str(value)
