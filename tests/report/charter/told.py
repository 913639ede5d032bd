"""All that is told of a scenario, as the tests look at it."""

from __future__ import annotations

from collections import Counter

from aiposim.report.charter import Clause, articles, assumptions, not_told
from aiposim.report.words import Words, words_for
from aiposim.scenario import Scenario, load, shipped
from aiposim.scenario.keys import member_keys, pair_keys, setting_keys

DESIGNS = {design.name: design for name in shipped() for design in load(name).all_designs()}
"""Every design of every shipped scenario, by its name."""


def clauses(scenario: Scenario, words: Words | None = None) -> list[Clause]:
    """The paragraphs of the charter and the sentences of the assumptions."""
    words = words or words_for([scenario])
    told = [paragraph for article in articles(scenario, words) for paragraph in article.paragraphs]
    return told + [sentence for subject in assumptions(scenario, words) for sentence in subject.sentences]


def text(scenario: Scenario) -> str:
    return "\n".join(clause.text for clause in clauses(scenario))


def text_on(scenario: Scenario, key: str) -> str:
    """What is said of one setting."""
    return "\n".join(clause.text for clause in clauses(scenario) if key in clause.keys)


def times_told(scenario: Scenario) -> Counter[str]:
    """How many clauses, and reasons for silence, there are of each key."""
    keys = [key for clause in clauses(scenario) for key in clause.keys]
    return Counter([*keys, *(untold.key for untold in not_told(scenario, Words()))])


def all_keys(scenario: Scenario) -> list[str]:
    """Every setting of the schema, and every figure of the founding states and of their pairs."""
    figures = dict.fromkeys(key.partition(".")[0] for key in member_keys())
    return [
        *setting_keys(),
        *(f"membership.overrides.{code}.{name}" for code in scenario.codes for name in figures),
        *(f"membership.pairs.{'-'.join(pair)}.{name}" for pair in scenario.pairs for name in pair_keys()),
    ]
