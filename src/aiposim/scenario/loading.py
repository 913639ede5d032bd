"""A name or a path to a scenario: files found, read, and built one upon the other."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path as FilePath

from aiposim.families import near
from aiposim.scenario import catalogue
from aiposim.scenario.design import paths_of_members
from aiposim.scenario.entries import Entry, Path, merge, plain, put
from aiposim.scenario.frozen import FrozenDict
from aiposim.scenario.problems import Place, Problem, ScenarioError, problem
from aiposim.scenario.reading import read_file
from aiposim.scenario.scenario import Scenario, completed
from aiposim.scenario.spelling import long_form, without_empty

_OWN = ("name", "title", "extends")  # not inherited
_PROSE = (*_OWN, "question", "reading", "outcomes", "conclusions")  # what a preset says about itself


def load(name_or_path: str | os.PathLike[str]) -> Scenario:
    """The scenario of a shipped name, or of a path (anything with a slash, or ending in .yaml).

    Shipped presets may follow, each laid upon what stands before it: "geneva-2015+valuations-money".
    Errors: ScenarioError whose `problems` are all that is wrong, each with file, line, column and key.
    """
    given, presets = _apart(name_or_path)
    file, problems = _found(given)
    if file is None:
        raise ScenarioError(problems)
    entry, problems = _read(file, boundary=file.resolve().parent, chain=())
    if entry is None:
        raise ScenarioError(problems)
    if "name" not in entry.children:
        entry = put(entry, "name", Entry(file.stem, Place(catalogue.display(file))))
    for preset in presets:
        entry, faults = _laid_upon(entry, preset, Place(os.fspath(name_or_path)))
        problems += faults
    return completed(entry, problems)


def _apart(name_or_path: str | os.PathLike[str]) -> tuple[str | os.PathLike[str], tuple[str, ...]]:
    """A scenario's name or path, and the names of the presets that follow it; a plus may be part of a path."""
    if not isinstance(name_or_path, str):
        return name_or_path, ()
    base = name_or_path
    presets: tuple[str, ...] = ()
    while "+" in base and not catalogue.is_path(base.rpartition("+")[2]) and not FilePath(base).exists():
        base, _, preset = base.rpartition("+")
        presets = (preset, *presets)
    return base, presets


def _laid_upon(entry: Entry, preset: str, place: Place, key: str = "") -> tuple[Entry, list[Problem]]:
    """The scenario with the settings of a shipped preset; its name and title say so."""
    if preset not in catalogue.shipped_presets():
        guess = near(preset, catalogue.shipped_presets())
        hint = f" Did you mean {guess!r}?" if guess else ""
        allowed = ", ".join(catalogue.shipped_presets())
        message = f"No preset {preset!r} is shipped.{hint} After a plus may stand {allowed}."
        return entry, [problem(place, key, message, found=preset, allowed=allowed)]
    read, problems = _read(catalogue.preset_file(preset), catalogue.folder(), ())
    if read is None:
        return entry, problems
    settings = {name: value for name, value in read.children.items() if name not in _PROSE}
    laid = replace(merge(entry, replace(read, value=FrozenDict(settings))), place=entry.place)
    for name, text in (("name", f"+{preset}"), ("title", f". {plain(read).get('title', preset)}")):
        said = laid.children.get(name)
        if said is not None and isinstance(said.value, str):
            laid = put(laid, name, replace(said, value=said.value + text))
    return laid, problems


def _found(name_or_path: str | os.PathLike[str]) -> tuple[FilePath | None, list[Problem]]:
    text = os.fspath(name_or_path)
    if not text:
        allowed = ", ".join(catalogue.shipped())
        message = f"The name of a scenario is missing. Shipped are {allowed}; a preset follows a name after a plus."
        return None, [problem(Place("<scenario>"), "", message, found=text, allowed=allowed + ", or a path")]
    if isinstance(name_or_path, os.PathLike) or catalogue.is_path(text) or FilePath(text).is_dir():
        return FilePath(text), []
    if text in catalogue.shipped():
        return catalogue.scenario_file(text), []
    if text in catalogue.shipped_presets():
        return catalogue.preset_file(text), []
    guess = near(text, [*catalogue.shipped(), *catalogue.shipped_presets()])
    hint = f" Did you mean {guess!r}?" if guess else ""
    allowed = ", ".join(catalogue.shipped())
    message = (
        f"No scenario {text!r} is shipped.{hint} Shipped are {allowed}; "
        f"a file of your own is named by its path, as ./{text}.yaml."
    )
    return None, [problem(Place(text), "", message, found=text, allowed=allowed + ", or a path")]


def _read(file: FilePath, boundary: FilePath, chain: tuple[FilePath, ...]) -> tuple[Entry | None, list[Problem]]:
    """One file laid on its parents; paths in it may not leave the folder of the first file."""
    entry, problems = read_file(file, catalogue.display(file))
    if entry is None:
        return None, problems
    entry, faults = without_empty(entry)
    problems += faults
    entry, faults = _anchored(entry, file.resolve().parent, boundary)
    problems += faults
    entry = long_form(entry)
    parent, faults = _parent(entry, file, boundary, (*chain, file.resolve()))
    problems += faults
    return (_built_upon(parent, entry) if parent else entry), problems


def _built_upon(parent: Entry, child: Entry) -> Entry:
    inherited = {key: value for key, value in parent.children.items() if key not in _OWN}
    if "designs" in child.children:
        inherited.pop("grid", None)
    if "grid" in child.children:
        inherited.pop("designs", None)
    if "designs" in child.children or "grid" in child.children:
        inherited.pop("conclusions", None)  # they were about the designs that are replaced
    return merge(replace(parent, value=FrozenDict(inherited)), child)


def _parent(
    entry: Entry, file: FilePath, boundary: FilePath, chain: tuple[FilePath, ...]
) -> tuple[Entry | None, list[Problem]]:
    named = entry.children.get("extends")
    if named is None or not isinstance(named.value, str):
        return None, []  # another type is refused by the schema
    given, presets = _apart(named.value)
    name = os.fspath(given)
    if catalogue.is_path(name):
        parent, fault = _inside(name, file.resolve().parent, boundary, named.place, "extends")
    else:
        parent, faults = _found(name)
        fault = (
            replace(
                faults[0],
                file=named.place.file,
                line=named.place.line,
                column=named.place.column,
                key="extends",
            )
            if faults
            else None
        )
        boundary = catalogue.folder()
    if parent is None:
        return None, [fault] if fault else []
    if parent.resolve() in chain:
        names = [catalogue.display(each) for each in (*chain[chain.index(parent.resolve()) :], parent)]
        message = f"Scenarios build on each other in a circle: {' extends '.join(names)}."
        return None, [
            problem(
                named.place,
                "extends",
                message,
                found=name,
                allowed="a scenario that does not build on this one",
            )
        ]
    if not parent.is_file():
        read = read_file(parent, catalogue.display(parent))[1]
        return None, [
            problem(named.place, "extends", each.message, found=name, allowed="a scenario file") for each in read
        ]
    built, problems = _read(parent, boundary, chain)
    if built is None:
        return None, problems
    for preset in presets:
        built, faults = _laid_upon(built, preset, named.place, "extends")
        problems = [*problems, *faults]
    return built, problems


def _inside(
    text: str, folder: FilePath, boundary: FilePath, place: Place, key: str
) -> tuple[FilePath | None, Problem | None]:
    """The file that a path names, if it stays within the folder of the scenario."""
    path = (folder / text).resolve()
    if FilePath(text).is_absolute() or not path.is_relative_to(boundary):
        message = f"{text!r} leads out of the scenario's folder; keep the files it builds on beside or below it."
        return None, problem(place, key, message, found=text, allowed=f"a path within {catalogue.display(boundary)}")
    return path, None


def _anchored(entry: Entry, folder: FilePath, boundary: FilePath) -> tuple[Entry, list[Problem]]:
    """Paths of member files made whole while it is still known which file names them."""
    problems: list[Problem] = []

    def whole(item: Entry) -> Entry:
        if isinstance(item.value, tuple):
            return replace(item, value=tuple(whole(each) for each in item.value))
        if not isinstance(item.value, str) or not catalogue.is_path(item.value):
            return item
        path, fault = _inside(item.value, folder, boundary, item.place, "membership.members")
        problems.extend([fault] if fault else [])
        return replace(item, value=str(path)) if path else item

    for path in paths_of_members(entry):
        entry = _put_at(entry, path, whole(entry.nearest(path)))
    return entry, problems


def _put_at(entry: Entry, path: Path, value: Entry) -> Entry:
    return put(entry, path[0], _put_at(entry.children[path[0]], path[1:], value)) if path else value
