"""YAML 1.2 text to entries with line and column. Everything wrong with the text itself is found here."""

from __future__ import annotations

from pathlib import Path as FilePath
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from aiposim.families import near
from aiposim.scenario.entries import Entry, Figure, Path
from aiposim.scenario.frozen import FrozenDict
from aiposim.scenario.problems import Place, Problem, problem

_TAG = "tag:yaml.org,2002:"
# Read as text: a date is not a type of YAML 1.2, and "=" is a leftover of YAML 1.1.
_TEXT_TAGS = {_TAG + "str", _TAG + "timestamp", _TAG + "value"}
_TYPED_TAGS = {_TAG + kind for kind in ("int", "float", "bool", "null")}
_LARGEST = 1_000_000  # characters; a scenario is a few thousand
_MOST_VALUES = 50_000  # guards against aliases that multiply
_FIGURE_KEYS = ("value", "unit", "year", "source", "evidence", "note")


def read_file(path: FilePath, file: str) -> tuple[Entry | None, list[Problem]]:
    """The mapping in a file, None if there is nothing to go on with; `file` is its name in messages."""
    here = Place(file)
    if path.is_dir():
        return None, [
            problem(
                here,
                "",
                f"{file} is a folder; name the YAML file in it.",
                found="a folder",
                allowed="a YAML file",
            )
        ]
    try:
        text = path.read_bytes().decode("utf-8")
    except FileNotFoundError:
        return None, [problem(here, "", _missing(path, file), found="no such file", allowed="a YAML file")]
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        return None, [
            problem(
                Place(file, line),
                "",
                f"The file is not UTF-8 (byte {error.start}); save it as UTF-8.",
                found="other bytes",
                allowed="UTF-8 text",
            )
        ]
    except OSError as error:
        return None, [problem(here, "", f"The file cannot be read: {error.strerror}.", allowed="a readable YAML file")]
    return read_text(text, file)


def _missing(path: FilePath, file: str) -> str:
    folder = path.parent
    guess = near(path.name, [each.name for each in folder.glob("*.yaml")]) if folder.is_dir() else None
    return f"There is no file {file}." + (f" Did you mean {guess}?" if guess else "")


def read_text(text: str, file: str) -> tuple[Entry | None, list[Problem]]:
    """The mapping in a text, with all duplicate keys and odd tags reported; None if there is no mapping."""
    here = Place(file)
    if len(text) > _LARGEST:
        return None, [
            problem(
                here,
                "",
                f"The file has {len(text)} characters; a scenario has at most {_LARGEST}.",
                found="too much text",
            )
        ]
    entry, problems = read_value(text, file)
    if entry is None:
        return None, problems
    if entry.value is None:
        return None, [
            *problems,
            problem(
                here,
                "",
                "The file is empty; a scenario has at least a title.",
                found="nothing",
                allowed="a mapping of keys to values",
            ),
        ]
    if not isinstance(entry.value, FrozenDict):
        kind = "a list" if isinstance(entry.value, tuple) else "a single value"
        return None, [
            *problems,
            problem(
                entry.place,
                "",
                f"The file holds {kind} at the top; write keys with values.",
                found=kind,
                allowed="a mapping of keys to values",
            ),
        ]
    return entry, problems


def read_value(text: str, file: str) -> tuple[Entry | None, list[Problem]]:
    """Any YAML value in a text, also a single one, as after --set KEY=."""
    try:
        node = YAML(typ="safe", pure=True).compose(text)
    except MarkedYAMLError as error:
        return None, [_syntax(error, file)]
    except RecursionError:
        return None, [
            problem(Place(file), "", "The file is nested too deeply to be a scenario.", found="very deep nesting")
        ]
    except YAMLError as error:  # characters that YAML does not allow
        position = getattr(error, "position", 0)
        line = text[: position if isinstance(position, int) else 0].count("\n") + 1
        return None, [
            problem(
                Place(file, line),
                "",
                "The file holds a control character that YAML does not allow.",
                found="a control character",
            )
        ]
    if node is None:
        return Entry(None, Place(file)), []
    walk = _Walk(file)
    entry = walk.entry(node, (), Place(file, node.start_mark.line + 1, node.start_mark.column + 1), frozenset())
    return entry, walk.problems


def _syntax(error: MarkedYAMLError, file: str) -> Problem:
    mark = error.problem_mark or error.context_mark
    place = Place(file, mark.line + 1, mark.column + 1) if mark else Place(file)
    what = " ".join(str(part).strip() for part in (error.context, error.problem) if part)
    hint = " Indent with spaces, not tabs." if "'\\t'" in what or "\\t" in what else ""
    return problem(
        place,
        "",
        f"This is not YAML: {what}.{hint}",
        found=str(error.problem or "a syntax error"),
        allowed="YAML 1.2",
    )


class _Walk:
    """One walk over the nodes of a file, collecting problems as it goes."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.problems: list[Problem] = []
        self._values = 0
        self._scalar = YAML(typ="safe", pure=True).constructor.construct_object

    def entry(self, node: Node, path: Path, place: Place, above: frozenset[int]) -> Entry:
        self._values += 1
        if id(node) in above or self._values > _MOST_VALUES:
            if self._values <= _MOST_VALUES + 1:
                self._add(place, path, "An alias (*name) repeats what contains it.", "an alias without end")
                self._values = _MOST_VALUES + 1
            return Entry(None, place)
        inside = above | {id(node)}
        if isinstance(node, MappingNode):
            return self._mapping(node, path, place, inside)
        if isinstance(node, SequenceNode):
            items = enumerate(node.value)
            return Entry(
                tuple(self.entry(item, (*path, str(i)), self._place(item), inside) for i, item in items),
                place,
            )
        return Entry(self._value(node, path, place), place)

    def _mapping(self, node: MappingNode, path: Path, place: Place, above: frozenset[int]) -> Entry:
        found: dict[str, Entry] = {}
        for key_node, value_node in node.value:
            key_place = self._place(key_node)
            if not isinstance(key_node, ScalarNode):
                self._add(key_place, path, "A key is a word, not a list or mapping.", "a list or mapping as key")
                continue
            key = str(key_node.value)
            if key == "<<":
                self._add(
                    key_place,
                    (*path, key),
                    "Merge keys (<<) are not part of YAML 1.2; use extends: or write the keys out.",
                    "<<",
                )
                continue
            child = self.entry(value_node, (*path, key), key_place, above)
            if key in found:
                first = found[key].place.line
                self._add(
                    key_place,
                    (*path, key),
                    f"The key {key!r} stands twice, on line {first} and on line {key_place.line}. Keep one.",
                    key,
                )
                continue
            found[key] = child
        entry = Entry(FrozenDict(found), place)
        return self._figure(entry, path) if "value" in found else entry

    def _figure(self, entry: Entry, path: Path) -> Entry:
        """{value:, unit:, year:, source:, evidence:} is the value, with the rest kept beside it."""
        beside: dict[str, str] = {}
        for key, child in entry.children.items():
            if key not in _FIGURE_KEYS:
                guess = near(key, _FIGURE_KEYS)
                hint = f" Did you mean {guess!r}?" if guess else ""
                self._add(
                    child.place,
                    (*path, key),
                    f"A figure has no key {key!r}.{hint}",
                    key,
                    ", ".join(_FIGURE_KEYS),
                )
            elif key == "evidence" and child.value not in ("V", "L", "A"):
                self._add(
                    child.place,
                    (*path, key),
                    "Evidence is V (verified), L (literature) or A (assumption).",
                    child.value,
                    "V, L, A",
                )
            elif key != "value" and isinstance(child.value, tuple | FrozenDict):
                self._add(child.place, (*path, key), f"The {key} of a figure is text.", "a list or mapping", "text")
            elif key not in ("value", "note"):
                beside[key] = "" if child.value is None else str(child.value)
        value = entry.children["value"]
        return Entry(value.value, entry.place, Figure(**beside))

    def _value(self, node: Node, path: Path, place: Place) -> Any:
        if node.tag in _TEXT_TAGS:
            return str(node.value)
        if node.tag in _TYPED_TAGS:
            try:
                return self._scalar(node)
            except (ValueError, YAMLError):
                self._add(
                    place,
                    path,
                    f"{node.value!r} cannot be read as {node.tag.removeprefix(_TAG)}.",
                    node.value,
                )
                return str(node.value)
        self._add(place, path, f"The tag {node.tag} is not known; write the value without it.", node.tag)
        return str(node.value)

    def _place(self, node: Node) -> Place:
        return Place(self.file, node.start_mark.line + 1, node.start_mark.column + 1)

    def _add(self, place: Place, path: Path, message: str, found: object, allowed: str = "") -> None:
        self.problems.append(problem(place, ".".join(path), message, found=found, allowed=allowed))
