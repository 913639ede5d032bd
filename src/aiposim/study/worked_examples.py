"""The worked examples of a rule in words: one file of YAML a rule, whose numbers the tests compute.

The file of a user's own rule lies beside it. Those of the shipped rules lie in tests/rules in a checkout, and beside
the rules in a wheel.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby
from math import isfinite
from pathlib import Path
from typing import Any

from aiposim import families

_RESULTS = ("shares", "carried", "director", "acting", "queue_after", "weight", "suspended", "charges_interest",
            "reversion")  # fmt: skip
_NOT_FIGURES = ("says", "tolerance")
_UNITS = {
    "arrears": "M$",
    "budget": "M$",
    "debt_stock": "bn US$",
    "dues": "M$",
    "income": "bn US$",
    "population": "million",
    "reported": "M$",
    "reversion": "M$",
    "two_year_dues": "M$",
    "valuation": "M$",
    "world_income": "US$ a head",
}
_WORDS = {"two_year_dues": "dues of two years", "world_income": "income of the world"}
_LARGEST_DENOMINATOR = 24


@dataclass(frozen=True)
class WorkedExample:
    """What an example says and where its rule is from; its figures and its result as they stand in the file."""

    source: str
    says: str
    figures: Mapping[str, Any]
    results: Mapping[str, Any]

    @property
    def heading(self) -> str:
        return f"Example ({self.source}): {self.says}." if self.source else f"Example: {self.says}."

    @property
    def given(self) -> str:
        return f"Given: {'; '.join(_told(self.figures)) or 'nothing'}."

    @property
    def result(self) -> str:
        return f"Result: {'; '.join(_told(self.results))}."


def first_example(family: str, name: str) -> WorkedExample | None:
    """The first worked example of a rule; None if it has none, or if they are not part of this installation.

    Errors: LookupError if there is no such rule; RulesError if the file beside a user's own rule cannot be used.
    """
    file = _file(family, name)
    if file is None:
        return None
    from ruamel.yaml import YAML
    from ruamel.yaml.error import YAMLError

    try:
        read = YAML(typ="safe").load(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, YAMLError) as error:
        told = " ".join(str(error).split()).rstrip(".")
        raise families.RulesError(f"{file}: the worked examples cannot be read: {told}.") from error
    examples = read.get("examples") if isinstance(read, dict) else None
    if not isinstance(examples, list) or not examples or not isinstance(examples[0], dict):
        raise families.RulesError(f"{file}: there are no worked examples; write a list of them below examples.")
    first = examples[0]
    return WorkedExample(
        " ".join(str(read.get("source", "")).split()).rstrip("."),
        " ".join(str(first.get("says", name)).split()).rstrip("."),
        {key: value for key, value in first.items() if key not in (*_RESULTS, *_NOT_FIGURES)},
        {key: value for key, value in first.items() if key in _RESULTS},
    )


def _file(family: str, name: str) -> Path | None:
    own = families.own_rule(f"rules.{family}", name)
    yaml = f"{families.canonical(name)}.yaml"
    package = Path(families.__file__).resolve().parent
    places = [package / "rules" / family / yaml, package.parent.parent / "tests" / "rules" / family / yaml]
    if own is not None:
        places = [own.file.with_suffix(".yaml")]
    return next((place for place in places if place.is_file()), None)


# ---- in words ----


def _told(said: Mapping[str, Any]) -> Iterator[str]:
    """Each entry in words; what an entry holds for every member is told member by member."""
    for key, value in said.items():
        if key in ("members", "terms") and isinstance(value, Mapping):
            yield from (f"{_words(name)}: {_entry(each)}" if key == "members" else _named(name, each)
                        for name, each in value.items())  # fmt: skip
        else:
            yield _named(key, value)


def _named(key: Any, value: Any) -> str:
    """A figure with its name and unit; who is not there is nobody."""
    unit = f" {_UNITS[key]}" if key in _UNITS else ""
    if isinstance(value, bool):
        return _words(key) if value else f"{_words(key)}: no"
    if isinstance(value, Mapping):
        if value and all(isinstance(year, int) for year in value):
            return f"{_words(key)} {', '.join(_by_years(value, unit))}"
        return f"{_words(key)} {', '.join(f'{name} {_value(each)}{unit}' for name, each in value.items()) or 'nobody'}"
    return f"{_words(key)} {_value(value)}{unit}"


def _entry(figures: Any) -> str:
    if not isinstance(figures, Mapping):
        return _value(figures)
    return ", ".join(_named(key, value) for key, value in figures.items()) or "plain"


def _by_years(figures: Mapping[int, Any], unit: str) -> Iterator[str]:
    """Years that follow one another with the same figure are told at once."""
    ordered = enumerate(sorted(figures.items()))
    for (value, _), group in groupby(ordered, key=lambda item: (item[1][1], item[1][0] - item[0])):
        years = [year for _, (year, _) in group]
        yield f"{_value(value)}{unit} ({years[0]}{f'–{years[-1]}' if len(years) > 1 else ''})"


def _words(key: Any) -> str:
    return _WORDS.get(key, str(key).replace("_", " "))


def _value(value: Any) -> str:
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return (", ".join(map(str, value)) or "nobody") if isinstance(value, list) else str(value)
    return _number(value)


def _number(value: float) -> str:
    """As a short decimal if it is one, else as a simple fraction if it is one, else to four figures.

    >>> [_number(value) for value in (0.4, 1379.86, 0.333333333333, 0.885655419413)]
    ['0.4', '1379.86', '1/3', '0.8857']
    """
    if not isfinite(value) or abs(value - round(value, 4)) < 1e-9:
        return f"{round(value, 4):.10g}"
    near = Fraction(value).limit_denominator(_LARGEST_DENOMINATOR)
    return str(near) if abs(value - float(near)) < 1e-9 else f"{value:.4g}"
