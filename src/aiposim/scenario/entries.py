"""Values as they stand in a file: every value knows its line and column, also after inheritance."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from aiposim.scenario.frozen import FrozenDict
from aiposim.scenario.problems import Place

Scalar = str | int | float | bool | None
Path = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """What stands beside a figure's value: unit, year, source and kind of evidence (V, L or A)."""

    unit: str = ""
    year: str = ""
    source: str = ""
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """A value and the place of its key (or of the item, in a list)."""

    value: Scalar | tuple[Entry, ...] | FrozenDict[str, Entry]
    place: Place
    figure: Figure | None = None

    @property
    def children(self) -> FrozenDict[str, Entry]:
        """The entries of a mapping; empty for anything else."""
        return self.value if isinstance(self.value, FrozenDict) else FrozenDict()

    def get(self, path: Path) -> Entry | None:
        """The entry at a path of keys (a list's items are numbered "0", "1", ...), or None."""
        here: Entry | None = self
        for step in path:
            if here is None:
                return None
            if isinstance(here.value, tuple):
                here = here.value[int(step)] if step.isdigit() and int(step) < len(here.value) else None
            else:
                here = here.children.get(step)
        return here

    def nearest(self, path: Path) -> Entry:
        """The entry at a path, or of the innermost mapping or list around it that exists."""
        for length in range(len(path), 0, -1):
            found = self.get(path[:length])
            if found is not None:
                return found
        return self


def plain(entry: Entry) -> Any:
    """The bare value: scalars, tuples and dicts."""
    if isinstance(entry.value, FrozenDict):
        return {key: plain(child) for key, child in entry.value.items()}
    if isinstance(entry.value, tuple):
        return tuple(plain(child) for child in entry.value)
    return entry.value


def entry_of(value: Any, place: Place) -> Entry:
    """Wrap a bare Python value, all of it at one place (for overrides given in Python)."""
    if isinstance(value, Mapping):
        return Entry(FrozenDict({str(key): entry_of(item, place) for key, item in value.items()}), place)
    if isinstance(value, list | tuple):
        return Entry(tuple(entry_of(item, place) for item in value), place)
    return Entry(value, place)


def nested(path: Path, entry: Entry) -> Entry:
    """An entry put under a path of keys, each at the entry's own place."""
    for key in reversed(path):
        entry = Entry(FrozenDict({key: entry}), entry.place)
    return entry


def put(entry: Entry, key: str, child: Entry) -> Entry:
    """The mapping with one key set; the order of keys stays."""
    return replace(entry, value=FrozenDict({**entry.children, key: child}))


def without(entry: Entry, path: Path) -> Entry:
    """The tree less what stands at a path."""
    if not path or path[0] not in entry.children:
        return entry
    if len(path) == 1:
        return replace(entry, value=FrozenDict({k: v for k, v in entry.children.items() if k != path[0]}))
    return put(entry, path[0], without(entry.children[path[0]], path[1:]))


# Given anew, these are replaced as a whole: half an old key of shares with half a new one is no key.
_WHOLE = {("control", "cost_sharing", "key"), ("designs",), ("grid",)}


def merge(base: Entry, over: Entry, path: Path = ()) -> Entry:
    """`over` laid on `base`, mapping by mapping; anything else replaces what was there."""
    both_mappings = isinstance(base.value, FrozenDict) and isinstance(over.value, FrozenDict)
    if not both_mappings or path in _WHOLE:
        return over
    if path == ("control", "cost_sharing") and "rule" in over.children and "key" not in over.children:
        base = without(base, ("key",))  # the shares belonged to the rule that is replaced
    merged = dict(base.children)
    for key, child in over.children.items():
        merged[key] = merge(merged[key], child, (*path, key)) if key in merged else child
    return Entry(FrozenDict(merged), over.place)


def leaves(entry: Entry, path: Path = ()) -> Iterator[tuple[Path, Entry]]:
    """Every value that is not a mapping, with its path."""
    if isinstance(entry.value, FrozenDict):
        for key, child in entry.children.items():
            yield from leaves(child, (*path, key))
    else:
        yield path, entry
