"""The designs of a scenario file: named ones, or the cells of a grid, as overrides of the scenario itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import product
from typing import Any

from aiposim.scenario.entries import Entry, Path, merge, nested, plain, put
from aiposim.scenario.frozen import FrozenDict
from aiposim.scenario.keys import is_key
from aiposim.scenario.messages import unknown_key
from aiposim.scenario.problems import Problem, problem, shown
from aiposim.scenario.spelling import long_form, undotted

MOST_DESIGNS = 1000
_OF_DESIGNS = ("designs", "grid", "conclusions")  # of a scenario with designs, not of one of them


def designs_of(entry: Entry) -> tuple[dict[str, Entry], list[Problem]]:
    """Overrides by the name of the design, from `designs` or `grid`, and what is wrong about these two."""
    designs, grid = entry.children.get("designs"), entry.children.get("grid")
    if designs and grid and designs.children and grid.children:
        later = max(designs.place, grid.place, key=lambda place: place.line)
        key = "grid" if later == grid.place else "designs"
        return {}, [problem(later, key, "Give designs or a grid, not both.", found="both", allowed="designs or grid")]
    if grid and grid.children:
        return _cells(grid)
    named = {
        name: undotted(child)
        for name, child in (designs.children if designs else {}).items()
        if isinstance(child.value, FrozenDict)
    }
    return named, [fault for name, child in named.items() for fault in _misplaced(name, child)]


def _misplaced(name: str, overrides: Entry) -> Iterator[Problem]:
    """A design is this scenario with other settings; it is not a file of its own."""
    for key in ("name", "extends", *_OF_DESIGNS):
        if key in overrides.children:
            place = overrides.children[key].place
            message = f"A design cannot have {key!r}; it holds settings only."
            yield problem(place, f"designs.{name}.{key}", message, found=key, allowed="settings")


def _cells(grid: Entry) -> tuple[dict[str, Entry], list[Problem]]:
    problems: list[Problem] = []
    lines: list[list[tuple[str, Entry]]] = []
    labels = _labels(list(grid.children))
    count = 1
    for key, values in grid.children.items():
        if not is_key(key):
            problems.append(unknown_key(key, values, f"grid.{key}"))
        elif not isinstance(values.value, tuple):
            return {}, problems  # refused by the schema
        elif not values.value:
            message = f"{key} has no value to try; write some, as [0.4, 1, 1.7]."
            problems.append(problem(values.place, f"grid.{key}", message, found="[]", allowed="a list of values"))
        else:
            count *= len(values.value)
            problems += _repeated(key, values.value)
            lines.append(
                [
                    (f"{labels[key]}={_short(item)}", long_form(nested(tuple(key.split(".")), item)))
                    for item in values.value
                ]
            )
    if count > MOST_DESIGNS:
        problems.append(
            problem(
                grid.place,
                "grid",
                f"The grid has {count} designs; at most {MOST_DESIGNS} are allowed.",
                found=count,
                allowed=f"at most {MOST_DESIGNS}",
            )
        )
    if problems:
        return {}, problems
    cells = {}
    for cell in product(*lines):
        overrides = Entry(FrozenDict(), grid.place)
        for _, override in cell:
            overrides = merge(overrides, override)
        cells[", ".join(label for label, _ in cell)] = overrides
    return cells, problems


def _repeated(key: str, values: tuple[Entry, ...]) -> list[Problem]:
    seen: list[Any] = []
    problems = []
    for value in values:
        bare = plain(value)
        if bare in seen:
            problems.append(
                problem(
                    value.place,
                    f"grid.{key}",
                    f"{shown(bare)} stands twice among the values of {key}.",
                    found=bare,
                    allowed="each value once",
                )
            )
        seen.append(bare)
    return problems


def _labels(keys: list[str]) -> dict[str, str]:
    """The shortest end of each key that tells it from the others; of a rule, its block; of a member, with its code."""
    short = {}
    for key in keys:
        parts = key.removesuffix(".rule").split(".")
        length = 2 if key.startswith(("membership.overrides.", "membership.pairs.")) else 1
        while length < len(parts) and any(_ends(other, parts[-length:]) for other in keys if other != key):
            length += 1
        short[key] = ".".join(parts[-length:])
    return short


def chosen(name: str, names: Iterable[str]) -> str | None:
    """The design that a name means: its own, or a short one without keys (`majority` for `voting=majority`).

    Tables leave out what goes without saying, so a short name counts as long as it fits one design alone.
    """
    all_names = list(names)
    if name in all_names:
        return name
    alike = [each for each in all_names if _values(each) == _values(name)]
    return alike[0] if len(alike) == 1 else None


def _values(name: str) -> list[str]:
    """What the settings in a name are set to."""
    return [part.partition("=")[2].strip() or part.strip() for part in name.split(",")]


def _ends(key: str, end: list[str]) -> bool:
    return key.removesuffix(".rule").split(".")[-len(end) :] == end


def _short(item: Entry) -> str:
    bare = plain(item)
    return "+".join(str(each) for each in bare) if isinstance(bare, tuple) else shown(bare)


def applied(entry: Entry, overrides: Entry, name: str) -> Entry:
    """The scenario of one design, without the list of designs and what is claimed of them."""
    merged = merge(
        replace(entry, value=FrozenDict({k: v for k, v in entry.children.items() if k not in _OF_DESIGNS})),
        overrides,
    )
    return put(replace(merged, place=entry.place), "name", Entry(name, overrides.place))


def paths_of_members(entry: Entry) -> list[Path]:
    """Where lists of members stand: in the scenario itself, in its designs and in its grid."""
    places: list[Path] = [("membership", "members"), ("membership.members",)]
    found: list[Path] = [places[0], ("grid", "membership.members")]
    designs = entry.children.get("designs")
    for name in designs.children if designs else ():
        found += [("designs", name, *place) for place in places]
    return [path for path in found if entry.get(path) is not None]
