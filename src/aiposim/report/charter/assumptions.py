"""What a scenario assumes about the world: a sentence a setting, by subject, each with its value and unit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from aiposim.report.charter.clause import Clause, Subject
from aiposim.report.charter.conduct import council, payment, trust, valuation, withdrawal
from aiposim.report.charter.effect import without_effect
from aiposim.report.charter.founders import founders, pairs
from aiposim.report.charter.surroundings import crises, home, incidents, secretariat, time_and_growth
from aiposim.report.charter.wording import duration, per_cent, plain, setting, value_in_words
from aiposim.report.words import Words
from aiposim.scenario import Scenario
from aiposim.scenario.keys import setting_keys


def assumptions(scenario: Scenario, words: Words) -> list[Subject]:
    """The subjects in order, with the sentences on all settings that have an effect here."""
    idle = without_effect(scenario)
    subjects = [
        (heading, [_clause(scenario, key, text, words) for key, text in sentences.items() if key not in idle])
        for heading, sentences in _sentences(scenario, words)
    ]
    subjects += [
        (words("The founding states"), founders(scenario, idle, words)),
        (words("Pairs of founding states"), pairs(scenario, idle, words)),
    ]
    return [Subject(heading, tuple(clauses)) for heading, clauses in subjects if clauses]


def _sentences(scenario: Scenario, words: Words) -> Iterator[tuple[str, Mapping[str, str]]]:
    """By subject, what is said of each key; the value takes the place of {value}, {share} or {time}."""
    yield words("Time and growth"), time_and_growth(words)
    yield words("What the institute is worth"), valuation(words)
    yield words("How governments act in the Council"), council(words)
    yield words("How states pay"), payment(words)
    yield words("Trust"), trust(words)
    yield words("Incidents, freezes and summits"), incidents(scenario, words)
    yield words("Opinion at home"), home(words)
    yield words("The Director and the secretariat"), secretariat(words)
    yield words("Crises"), crises(scenario, words)
    yield words("Leaving the institute"), withdrawal(words)


def _clause(scenario: Scenario, key: str, text: str, words: Words) -> Clause:
    value, default = setting(scenario, key), setting_keys()[key].default
    filled = text.format(**_places(key, value, words))
    if value == default:
        return Clause(filled, (key,))
    if isinstance(value, str):
        shown = value_in_words(scenario, setting_keys()[key], default, words)
    elif "{share}" in text:
        shown = per_cent(default, words)
    elif "{time}" in text:
        shown = duration(default, words)
    else:
        shown = _number(key, default, words)
    return Clause(filled, (key,), words("The model's default is {value}.").format(value=shown))


def _places(key: str, value: Any, words: Words) -> dict[str, str]:
    """Everything that may stand in a sentence in place of the value."""
    if isinstance(value, str):
        return {}
    share = {"share": per_cent(value, words)}
    time = {"time": duration(value, words)} if isinstance(value, int) else {}
    return {"value": _number(key, value, words), **share, **time}


def _number(key: str, value: float, words: Words) -> str:
    return str(value) if setting_keys()[key].unit == "year" else plain(value, words)
