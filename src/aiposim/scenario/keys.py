"""Every key of a scenario with its unit, default, bounds and plausible range, read off the schema."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from aiposim.scenario.conclusion import Conclusion
from aiposim.scenario.entries import Path
from aiposim.scenario.fields import choices
from aiposim.scenario.member import Member, Pair
from aiposim.scenario.schema import Settings


@dataclass(frozen=True, slots=True)
class Key:
    """What the schema says about one key. `low` and `high` are law, `plausible` is advice."""

    key: str
    about: str
    default: Any
    unit: str = ""
    symbol: str = ""
    family: str = ""
    low: float | None = None
    high: float | None = None
    low_open: bool = False
    high_open: bool = False
    plausible: tuple[float | None, float | None] | None = None
    words: tuple[str, ...] = ()
    kind: str = ""

    @property
    def allowed(self) -> str:
        """What may be written, in words."""
        if self.family:
            return ", ".join(choices(self.family))
        if self.words:
            return ", ".join(self.words)
        noun = {"int": "a whole number", "float": "a number", "bool": "true or false", "str": "text"}.get(self.kind, "")
        if self.unit and not noun:
            noun = "a number"
        bounds = self._bounds()
        text = " ".join(part for part in (noun, bounds, f"({self.unit})" if self._has_unit else "") if part)
        return text + " or never" if self.symbol == "review" else text

    @property
    def _has_unit(self) -> bool:
        return bool(self.unit) and self.unit not in ("number", "members", "year")

    def _bounds(self) -> str:
        low = f"{self.low:g}" if self.low is not None else ""
        high = f"{self.high:g}" if self.high is not None else ""
        if low and high and not self.low_open and not self.high_open:
            return f"from {low} to {high}"
        lower = f"{'above' if self.low_open else 'at least'} {low}" if low else ""
        upper = f"{'below' if self.high_open else 'at most'} {high}" if high else ""
        return " and ".join(part for part in (lower, upper) if part)


@cache
def setting_keys() -> dict[str, Key]:
    """All dotted keys of the five blocks and the world."""
    return {key.key: key for key in _walk(Settings, "")}


@cache
def member_keys() -> dict[str, Key]:
    return {key.key: key for key in _walk(Member, "")}


@cache
def pair_keys() -> dict[str, Key]:
    return {key.key: key for key in _walk(Pair, "")}


@cache
def conclusion_keys() -> dict[str, Key]:
    return {key.key: key for key in _walk(Conclusion, "")}


def describe(path: Path) -> Key | None:
    """The key at a path in a scenario file, also below membership.overrides, membership.pairs and conclusions."""
    if path[:2] == ("membership", "overrides"):
        return member_keys().get(".".join(path[3:]))
    if path[:2] == ("membership", "pairs"):
        return pair_keys().get(".".join(path[3:]))
    if path[:1] == ("conclusions",):
        return conclusion_keys().get(".".join(path[2:]))
    return setting_keys().get(".".join(path))


def blocks(model: type[BaseModel] = Settings, prefix: str = "") -> Iterator[str]:
    """Dotted names of the blocks themselves, as control and control.voting."""
    for name, field in model.model_fields.items():
        if _is_block(field.annotation):
            yield prefix + name
            yield from blocks(field.annotation, f"{prefix}{name}.")  # type: ignore[arg-type]


def is_key(dotted: str) -> bool:
    """Can this be given a value: a key, a rule's block, or a figure of a member or pair?"""
    path = tuple(dotted.split("."))
    if path[:2] in (("membership", "overrides"), ("membership", "pairs")):
        return len(path) >= 4 and describe(path[:4]) is not None
    return dotted in setting_keys() or dotted in blocks()


def _walk(model: type[BaseModel], prefix: str) -> Iterator[Key]:
    for name, field in model.model_fields.items():
        if _is_block(field.annotation):
            yield from _walk(field.annotation, f"{prefix}{name}.")  # type: ignore[arg-type]
        else:
            yield _key(prefix + name, field)


def _is_block(annotation: Any) -> bool:
    return isinstance(annotation, type) and issubclass(annotation, BaseModel)


def _key(key: str, field: FieldInfo) -> Key:
    extra = field.json_schema_extra if isinstance(field.json_schema_extra, dict) else {}
    bounds = {
        name: getattr(part, name) for part in field.metadata for name in ("ge", "gt", "le", "lt") if hasattr(part, name)
    }
    low, high = bounds.get("ge", bounds.get("gt")), bounds.get("le", bounds.get("lt"))
    plausible: Any = extra.get("plausible")
    return Key(
        key=key,
        about=field.description or "",
        default=None if field.is_required() else field.default,
        unit=str(extra.get("unit", "")),
        symbol=str(extra.get("symbol", "")),
        family=str(extra.get("family", "")),
        low=low,
        high=high,
        low_open="gt" in bounds,
        high_open="lt" in bounds,
        plausible=(plausible[0], plausible[1]) if plausible else None,
        words=_words(field.annotation),
        kind=_kind(field.annotation),
    )


def _words(annotation: Any) -> tuple[str, ...]:
    """The words of a Literal, also inside a union or a tuple."""
    if get_origin(annotation) is Literal:
        return tuple(str(word) for word in get_args(annotation))
    return tuple(word for part in get_args(annotation) for word in _words(part))


def _kind(annotation: Any) -> str:
    kinds = [kind.__name__ for kind in (annotation, *get_args(annotation)) if kind in (bool, int, float, str)]
    return kinds[0] if kinds and get_origin(annotation) not in (tuple, dict) else ""
