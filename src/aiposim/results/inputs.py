"""What goes into results, as two manifests tell it, and in what they differ: scenario, code, own rules, versions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

ABSENT = "absent"
"""Stands for the value of a key that one of two scenarios does not have."""
PROSE = ("name", "title", "question", "reading", "outcomes", "designs", "grid", "conclusions")
"""Keys of a scenario that are text about it; they stay whole."""

Changes = dict[str, tuple[Any, Any]]


def changed_keys(before: Mapping[str, Any], after: Mapping[str, Any]) -> Changes:
    """The keys in which two scenarios (`as_dict`) differ, dotted as in `--set`, each with both values.

    What is said of states that found the institute in one of them alone is part of `membership.members`.

    >>> changed_keys({"world": {"horizon": 60}}, {"world": {"horizon": 20, "start": 2016}})
    {'world.horizon': (60, 20), 'world.start': ('absent', 2016)}
    """
    shared = _codes(before) & _codes(after)
    old, new = _flat(before, shared), _flat(after, shared)
    return {
        key: (old.get(key, ABSENT), new.get(key, ABSENT))
        for key in dict.fromkeys([*old, *new])
        if old.get(key, ABSENT) != new.get(key, ABSENT)
    }


def changed_files(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    """Files of the package that can move a number and are not the same, from two manifests or `source` tables."""
    return sorted(changes(before.get("source"), after.get("source")))


def changed_rules(before: Mapping[str, Any], after: Mapping[str, Any]) -> Changes:
    """The user's own rules that two manifests name: those with another file, or with a file in one alone."""
    return changes(_rules(before), _rules(after))


def changes(before: object, after: object) -> Changes:
    """The keys in which two flat mappings differ, each with both values."""
    old = before if isinstance(before, Mapping) else {}
    new = after if isinstance(after, Mapping) else {}
    return {
        str(key): (old.get(key, ABSENT), new.get(key, ABSENT))
        for key in dict.fromkeys([*old, *new])
        if old.get(key, ABSENT) != new.get(key, ABSENT)
    }


def shown(value: Any) -> str:
    """A value in one short line, as people write it in a scenario."""
    if isinstance(value, Mapping):
        return f"{{{', '.join(f'{key}: {shown(each)}' for key, each in value.items())}}}"
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(shown, value))}]"
    if value is None:
        return "none"
    if isinstance(value, bool):
        return "true" if value else "false"
    return repr(value) if isinstance(value, float) else str(value)


def _rules(manifest: Mapping[str, Any]) -> dict[str, str]:
    used = manifest.get("own_rules")
    return {
        f"{rule.get('family')} {rule.get('name')}": str(rule.get("sha256"))
        for rule in (used if isinstance(used, list) else [])
        if isinstance(rule, Mapping)
    }


def _codes(scenario: Mapping[str, Any]) -> set[str]:
    return {str(member["code"]) for member in scenario.get("members", [])}


def _flat(scenario: Mapping[str, Any], codes: set[str]) -> dict[str, Any]:
    whole = {key: value for key, value in scenario.items() if key not in (*PROSE, "members", "pairs")}
    flat = {key: scenario[key] for key in PROSE if key in scenario} | dict(_leaves(whole))
    for member in scenario.get("members", []):
        if member["code"] in codes:
            figures = {key: value for key, value in member.items() if key != "code"}
            flat |= _leaves(figures, f"membership.overrides.{member['code']}.")
    for pair, figures in scenario.get("pairs", {}).items():
        if set(pair.split("-")) <= codes:
            flat |= _leaves(figures, f"membership.pairs.{pair}.")
    return flat


def _leaves(block: Mapping[str, Any], prefix: str = "") -> dict[str, Any]:
    flat: dict[str, Any] = {}
    for key, value in block.items():
        if isinstance(value, Mapping) and value:
            flat |= _leaves(value, f"{prefix}{key}.")
        else:
            flat[f"{prefix}{key}"] = value
    return flat
