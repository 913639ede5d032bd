"""From what pydantic found to sentences for people, each at the line where the value stands."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from aiposim.families import near
from aiposim.scenario.entries import Entry, Path, nested, plain
from aiposim.scenario.frozen import FrozenDict
from aiposim.scenario.keys import Key, blocks, setting_keys
from aiposim.scenario.problems import Problem, problem

Describe = Callable[[Path], Key | None]

# Words of YAML 1.1 that YAML 1.2 reads as text.
_OLD_BOOLEANS = {"yes": "true", "on": "true", "y": "true", "no": "false", "off": "false", "n": "false"}
_OWNERS = {"Member": "A member", "Pair": "A pair"}
_SHARES_THAT_CARRY = (
    "What carries a motion is set by control.voting.qualified_share (qmv: share of the seats voting) or "
    "control.voting.weighted_share (weighted: share of the scale of assessments)."
)
# By the last part of the key, or by the last two.
_ABSENT_KEYS = {
    "quorum": "The quorum is no setting: majority and qmv ask for two thirds of "
    "the governments on the roll, so a number of seats cannot be set.",
    "voting.quota": _SHARES_THAT_CARRY,
    "voting.threshold": _SHARES_THAT_CARRY,
}


def explained(
    error: ValidationError, entry: Entry, model: type[BaseModel], describe: Describe
) -> list[tuple[Path, Problem]]:
    """Each fault once, with its path in `entry`."""
    found: dict[Path, Problem] = {}
    for detail in error.errors(include_url=False):
        path = _path(detail)
        if path not in found and not _not_meant(detail, entry):
            found[path] = _problem(detail, path, entry.nearest(path), entry, model, describe)
    return list(found.items())


def _path(detail: ErrorDetails) -> Path:
    """The keys of an error's location, without pydantic's names for the branches of a union."""
    return tuple(str(step) for step in detail["loc"] if "[" not in str(step))


def _not_meant(detail: ErrorDetails, entry: Entry) -> bool:
    """Where a word or a mapping may stand, only the complaint about the one that stands there is of use."""
    steps = [str(step) for step in detail["loc"]]
    branches = [i for i, step in enumerate(steps) if step.startswith(("literal[", "function-"))]
    if not branches:
        return False
    value = entry.nearest(tuple(steps[: branches[0]])).value
    if steps[branches[0]].startswith("literal["):
        return isinstance(value, FrozenDict)
    return isinstance(value, str)


def _problem(
    detail: ErrorDetails, path: Path, at: Entry, entry: Entry, model: type[BaseModel], describe: Describe
) -> Problem:
    kind, context = detail["type"], detail.get("ctx", {})
    key = describe(path)
    if key is None and isinstance(entry.nearest(path[:-1]).value, tuple):
        key = describe(path[:-1])  # an item of a list
    value = detail["input"]
    shown_value = value if not isinstance(value, BaseModel) else plain(at)
    dotted = ".".join(path)
    if kind == "extra_forbidden":
        return _unknown(path, at, entry, model)
    if kind in ("missing", "missing_argument"):
        return problem(
            at.place,
            dotted,
            f"{path[-1]} is missing{_about(key)}.",
            found=None,
            allowed=key.allowed if key else "a value",
        )
    if kind == "unexpected_keyword_argument":
        return problem(
            at.place,
            dotted,
            f"There is no area {path[-1]!r}.{_guess(path[-1], ('cp', 'pk', 'ha', 'pb', 'rd'))}",
            found=path[-1],
            allowed="cp, pk, ha, pb, rd",
        )
    if kind in ("unknown_rule", "literal_error"):
        return _word(value, context, dotted, at, key)
    return problem(
        at.place,
        dotted,
        _sentence(kind, value, context, _called(path), key),
        found=shown_value,
        allowed=_allowed(kind, context, key),
    )


def _called(path: Path) -> str:
    """The last key, or the number of an item behind the key of its list."""
    if not path:
        return "the file"
    return f"{path[-2]}.{path[-1]}" if path[-1].isdigit() and len(path) > 1 else path[-1]


def _unknown(path: Path, at: Entry, entry: Entry, model: type[BaseModel]) -> Problem:
    if at.place.file.startswith("<"):
        return _unknown_override(path, at)
    name, dotted = path[-1], ".".join(path)
    siblings = _fields(model, path[:-1])
    guess = near(name, siblings)
    absent = _absent(path)
    if absent:
        hint = f" {absent}"
    elif guess:
        hint = f" Did you mean {'.'.join((*path[:-1], guess))!r}?"
    else:
        hint = _elsewhere(path, entry)
    owner = ".".join(path[:-1]) if len(path) > 1 else _OWNERS.get(model.__name__, "A scenario")
    message = f"{owner} has no key {name!r}.{hint}"
    return problem(at.place, dotted, message, found=name, allowed=", ".join(siblings))


def _unknown_override(path: Path, at: Entry) -> Problem:
    """An override is named by its whole key, as it was given."""
    inner = at
    while len(inner.children) == 1:
        (step, inner), *_ = inner.children.items()
        path = (*path, step)
    return unknown_key(".".join(path), replace(inner, place=at.place), ".".join(path))


def unknown_key(dotted: str, entry: Entry, written_as: str) -> Problem:
    """The problem of a dotted key that does not exist, with the nearest one that does."""
    path = tuple(dotted.split("."))
    absent = _absent(path)
    hint = f" {absent}" if absent else _elsewhere(path, nested(path, entry))
    return problem(
        entry.place,
        written_as,
        f"There is no key {dotted!r}.{hint}",
        found=dotted,
        allowed="a key of a scenario",
    )


def _absent(path: Path) -> str | None:
    """What to say of a key that one might expect and that there is not."""
    return _ABSENT_KEYS.get(path[-1]) or _ABSENT_KEYS.get(".".join(path[-2:]))


def _elsewhere(path: Path, entry: Entry) -> str:
    """A near key in another block: by its last part, else by its whole path."""
    keys = [*setting_keys(), *blocks()]
    whole = near(".".join(path), keys) if len(path) > 1 else None
    if whole:
        return f" Did you mean {whole!r}?"
    last = path[-1]
    same = [key for key in keys if key.rsplit(".", 1)[-1] == last]
    if same:
        return f" Did you mean {same[0]!r}?"
    deeper = list(_below(entry.get(path), path))
    for dotted in [*deeper, ".".join(path)]:
        guess = near(dotted, keys)
        if guess:
            return f" Did you mean {guess!r}?"
    by_last = {key.rsplit(".", 1)[-1]: key for key in reversed(keys)}
    guess = near(last, by_last)
    return f" Did you mean {by_last[guess]!r}?" if guess else ""


def _below(entry: Entry | None, path: Path) -> Iterable[str]:
    for key, child in entry.children.items() if entry else ():
        yield ".".join((*path, key))
        yield from _below(child, (*path, key))


def _fields(model: type[BaseModel], path: Path) -> tuple[str, ...]:
    for step in path:
        if step.isdigit():
            continue  # an item of a list of blocks
        field = model.model_fields.get(step)
        inner = _block_of(field.annotation) if field is not None else None
        if inner is None:
            return ()
        model = inner
    return tuple(model.model_fields)


def _block_of(annotation: Any) -> type[BaseModel] | None:
    """The block that a field is, or that the items of its list are."""
    for each in (annotation, *get_args(annotation)):
        if isinstance(each, type) and issubclass(each, BaseModel):
            return each
    return None


def _word(value: Any, context: dict[str, Any], dotted: str, at: Entry, key: Key | None) -> Problem:
    allowed = (
        key.allowed if key and (key.family or key.words) else str(context.get("allowed") or context.get("expected", ""))
    )
    words = [word.strip() for word in allowed.split(",")]
    if isinstance(value, str):
        text = f"{value!r} is not one of the choices.{_guess(value, words)}"
    else:
        text = f"One of the words below is expected here, not {_a(value)}."
    own = " A rule of your own is read with --rules FILE." if key and key.family else ""
    return problem(at.place, dotted, f"{text} Allowed: {allowed}.{own}", found=value, allowed=allowed)


def _guess(name: str, words: Iterable[str]) -> str:
    guess = near(name, words)
    return f" Did you mean {guess!r}?" if guess else ""


def _about(key: Key | None) -> str:
    return f": {key.about}" if key and key.about else ""


def _sentence(kind: str, value: Any, context: dict[str, Any], name: str, key: Key | None) -> str:
    allowed = _allowed(kind, context, key)
    if kind == "finite_number":
        return f"{name} must be a finite number; NaN and infinity are refused."
    if kind.startswith(("greater_than", "less_than")):
        return f"{name} is {value}, which is out of range; allowed is {allowed}."
    if kind == "bool_type":
        old = _OLD_BOOLEANS.get(str(value).lower()) if isinstance(value, str) else None
        hint = f" YAML 1.2 reads {value!r} as a word; write {old}." if old else ""
        return f"{name} must be true or false, not {_a(value)}.{hint}"
    if kind in ("float_type", "int_type", "int_from_float"):
        slip = near("value", value) if isinstance(value, dict) else None
        hint = f" Did you mean 'value' by {slip!r}?" if slip else ""
        return f"{name} must be {allowed}, not {_a(value)}.{hint}"
    if kind in ("too_short", "too_long"):
        return f"{name} has {context.get('actual_length', 'the wrong number of')} items; allowed are {allowed}."
    if kind == "string_pattern_mismatch":
        return f"{value!r} is not a code of a state: three capital letters, as JPN."
    expected = {
        "string_type": "text",
        "tuple_type": "a list",
        "dict_type": "a mapping of keys to values",
        "model_type": "a mapping of keys to values",
    }
    return f"{name} must be {expected.get(kind, allowed or 'another value')}, not {_a(value)}."


def _allowed(kind: str, context: dict[str, Any], key: Key | None) -> str:
    if kind == "too_short":
        return f"at least {context['min_length']}"
    if kind == "too_long":
        return f"at most {context['max_length']}"
    if kind == "string_pattern_mismatch":
        return "three capital letters"
    general = {
        "string_type": "text",
        "tuple_type": "a list",
        "dict_type": "a mapping",
        "model_type": "a mapping",
        "bool_type": "true or false",
    }
    if kind in general:
        return general[kind]
    if key and key.allowed:
        return key.allowed
    named = {
        "greater_than_equal": ("at least", "ge"),
        "greater_than": ("above", "gt"),
        "less_than_equal": ("at most", "le"),
        "less_than": ("below", "lt"),
    }
    if kind in named:
        word, bound = named[kind]
        return f"a number {word} {context[bound]:g}"
    return "a whole number" if kind.startswith("int") else "a number"


def _a(value: Any) -> str:
    """What a value is, with the value if it is short."""
    if isinstance(value, bool):
        return f"the truth value {str(value).lower()}"
    if isinstance(value, str):
        return f"the text {value!r}" if len(value) < 40 else "a text"
    if isinstance(value, int | float):
        return f"the number {value}"
    if value is None:
        return "nothing"
    return "a list" if isinstance(value, tuple | list) else "a mapping"
