"""The short ways of writing a scenario, turned into the long one before anything is checked.

`voting: majority` is `voting: {rule: majority}`; `cost_sharing: cmim` is the rule fixed_key with the key
cmim; in overrides a key may be written with dots.
"""

from __future__ import annotations

from dataclasses import replace

from aiposim import families
from aiposim.scenario.entries import Entry, Path, merge, nested, put
from aiposim.scenario.frozen import FrozenDict
from aiposim.scenario.problems import Problem, problem

_RULES: tuple[Path, ...] = (
    ("control", "voting"),
    ("control", "cost_sharing"),
    ("control", "director"),
    ("flexibility", "reversion"),
    ("flexibility", "sanction"),
)


def long_form(entry: Entry) -> Entry:
    """The same scenario (or overrides) with every rule in a mapping of its own and rule names as modules."""
    for path in _RULES:
        rule = entry.get(path)
        if rule is None:
            continue
        if not isinstance(rule.value, FrozenDict):
            rule = Entry(FrozenDict({"rule": rule}), rule.place)
        entry = _replace(entry, path, _named(rule, path))
    return entry


def _named(rule: Entry, path: Path) -> Entry:
    name = rule.children.get("rule")
    if name is None or not isinstance(name.value, str):
        return rule
    written = families.canonical(name.value)
    if (
        path == ("control", "cost_sharing")
        and written in families.SHORT_FORMS["rules.cost_sharing"]
        and "key" not in rule.children
    ):
        rule = put(rule, "key", replace(name, value=written))
        written = "fixed_key"
    if written not in families.names(f"rules.{path[-1]}"):
        return rule  # refused later, as it was written
    return put(rule, "rule", replace(name, value=written))


def _replace(entry: Entry, path: Path, value: Entry) -> Entry:
    if not path:
        return value
    return put(entry, path[0], _replace(entry.children[path[0]], path[1:], value))


def undotted(overrides: Entry) -> Entry:
    """Overrides as a tree: `control.voting: majority` is `control: {voting: majority}`."""
    tree = Entry(FrozenDict(), overrides.place)
    for key, child in overrides.children.items():
        tree = merge(tree, long_form(nested(tuple(key.split(".")), child)))
    return tree


def without_empty(entry: Entry, path: Path = ()) -> tuple[Entry, list[Problem]]:
    """The entry less its keys without a value: a slip of the pen, not a wish for the default."""
    kept: dict[str, Entry] = {}
    problems: list[Problem] = []
    for key, child in entry.children.items():
        if child.value is None:
            message = f"{key} has no value; write one, or leave the key out to take the default."
            dotted = ".".join((*path, key))
            problems.append(problem(child.place, dotted, message, found=None, allowed="a value"))
            continue
        kept[key], faults = without_empty(child, (*path, key))
        problems += faults
    return (replace(entry, value=FrozenDict(kept)) if entry.children else entry), problems
