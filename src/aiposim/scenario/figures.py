"""Figures as they are written: the unit must be the model's, and a record should name its source."""

from __future__ import annotations

from collections.abc import Iterator

from aiposim.scenario.draft import Draft
from aiposim.scenario.entries import Entry, Path
from aiposim.scenario.keys import Key, member_keys, pair_keys, setting_keys
from aiposim.scenario.problems import Problem, problem

# Figures that need no source: the address of the luck, and a what-if that no record can give.
_NO_SOURCE = {"luck", "misreport"}


def figure_problems(draft: Draft) -> Iterator[Problem]:
    """A wrong unit is an error; a member's or pair's figure without a source is a warning."""
    for path, child in _figures(draft.entry, ()):
        key = setting_keys().get(".".join(path))
        yield from _wrong_unit(child, ".".join(path), key.unit if key else "")
    for code, entry in draft.assembly.member_entries.items():
        yield from _of_owner(draft, entry, code, (f"membership.overrides.{code}",), member_keys())
    for pair, entry in draft.assembly.pair_entries.items():
        blocks = tuple(f"membership.pairs.{'-'.join(codes)}" for codes in (pair, pair[::-1]))
        yield from _of_owner(draft, entry, "-".join(pair), blocks, pair_keys())


def _of_owner(
    draft: Draft, entry: Entry, owner: str, blocks: tuple[str, ...], keys: dict[str, Key]
) -> Iterator[Problem]:
    """The figures of one state or pair; those that the scenario itself gives carry their whole key."""
    for name, child in entry.children.items():
        key = keys.get(name)
        if key is None:
            continue
        here = [f"{block}.{name}" for block in blocks if draft.written(f"{block}.{name}")]
        shown = here[0] if here else name
        yield from _wrong_unit(child, shown, key.unit)
        sourced = child.figure is not None and child.figure.source
        if key.unit and not sourced and name not in _NO_SOURCE and not child.place.file.startswith("<"):
            message = f"The {name} of {owner} has no source; write {{value: ..., unit: {key.unit}, source: ...}}."
            allowed = "a figure with its source"
            yield problem(child.place, shown, message, found="no source", allowed=allowed, severity="warning")


def _figures(entry: Entry, path: Path) -> Iterator[tuple[Path, Entry]]:
    if path[:1] in (("designs",), ("grid",)):
        return
    if entry.figure is not None:
        yield path, entry
    for key, child in entry.children.items():
        yield from _figures(child, (*path, key))


def _wrong_unit(entry: Entry, key: str, unit: str) -> Iterator[Problem]:
    written = entry.figure.unit if entry.figure else ""
    if unit and written and written != unit:
        message = f"The unit of {key.rsplit('.', 1)[-1]} is {unit!r}, not {written!r}; convert the figure."
        yield problem(entry.place, f"{key}.unit", message, found=written, allowed=unit)
