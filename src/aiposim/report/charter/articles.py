"""The charter of a scenario as numbered draft articles, in the manner of an international instrument."""

from __future__ import annotations

from collections.abc import Iterator

from aiposim.report.charter.budget import budget, contributions, review
from aiposim.report.charter.clause import Article, Clause
from aiposim.report.charter.council import council, decisions, reserved_matters
from aiposim.report.charter.directorate import crises, deputies, director
from aiposim.report.charter.membership import arrears, dissolution, establishment, programme, withdrawal
from aiposim.report.words import Words
from aiposim.scenario import Scenario


def articles(scenario: Scenario, words: Words) -> list[Article]:
    """The articles in order; one that this scenario has nothing to say in is left out."""
    filled = [(heading, paragraphs) for heading, paragraphs in _drafts(scenario, words) if paragraphs]
    return [Article(number, heading, tuple(paragraphs)) for number, (heading, paragraphs) in enumerate(filled, start=1)]


def headings(scenario: Scenario, words: Words) -> list[str]:
    """The headings of all articles in order, also of those that would be empty."""
    return [heading for heading, _ in _drafts(scenario, words)]


def _drafts(scenario: Scenario, words: Words) -> Iterator[tuple[str, list[Clause]]]:
    yield words("Establishment and members"), establishment(scenario, words)
    yield words("Programme of work"), programme(scenario, words)
    yield words("The Governing Council"), council(scenario, words)
    yield words("Decisions of the Council"), decisions(scenario, words)
    yield words("Reserved matters"), reserved_matters(scenario, words)
    yield words("The Director"), director(scenario, words)
    yield words("Deputy Directors"), deputies(scenario, words)
    yield words("Response to crises"), crises(scenario, words)
    yield words("Budget"), budget(scenario, words)
    yield contributions_heading(scenario, words), contributions(scenario, words)
    yield words("Review"), review(scenario, words)
    yield words("Arrears"), arrears(scenario, words)
    yield words("Withdrawal"), withdrawal(scenario, words)
    yield words("Dissolution"), dissolution(scenario, words)


def contributions_heading(scenario: Scenario, words: Words) -> str:
    if scenario.control.cost_sharing.rule == "voluntary":
        return words("Voluntary contributions")
    return words("Assessed contributions")
