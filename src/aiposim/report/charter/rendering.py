"""A scenario in words, and what differs between two, as Markdown and as types of JSON."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from aiposim.report.charter.articles import articles
from aiposim.report.charter.assumptions import assumptions
from aiposim.report.charter.clause import Clause
from aiposim.report.charter.differences import Difference, Differences
from aiposim.report.charter.effect import not_told
from aiposim.report.words import Words
from aiposim.scenario import Scenario


def charter_markdown(scenario: Scenario, notes: Sequence[str], words: Words) -> str:
    """The charter and the assumptions as a text that reads as it stands."""
    lines = [f"# {words(scenario.title)}", "", *(line for note in notes for line in (note, ""))]
    lines += [f"## {words('Charter')}", ""]
    for article in articles(scenario, words):
        heading = words("Article {number}. {heading}").format(number=article.number, heading=article.heading)
        lines += [f"### {heading}", ""]
        lines += [f"{number} {paragraph.text}\n" for number, paragraph in article.numbered()]
    lines += [f"## {words('Assumptions about the world')}", ""]
    for subject in assumptions(scenario, words):
        lines += [f"### {subject.heading}", ""]
        lines += [f"- {told(sentence, words)}" for sentence in subject.sentences]
        lines.append("")
    return "\n".join(lines).rstrip() + "\n"


def told(clause: Clause, words: Words) -> str:
    """A clause with what is said of its default."""
    return words.remarked(clause.text, clause.default) if clause.default else clause.text


def charter_json(scenario: Scenario, words: Words) -> dict[str, Any]:
    return {
        "scenario": scenario.name,
        "title": words(scenario.title),
        "articles": [
            {
                "number": article.number,
                "heading": article.heading,
                "paragraphs": [{"number": number, **_clause(each)} for number, each in article.numbered()],
            }
            for article in articles(scenario, words)
        ],
        "assumptions": [
            {"heading": subject.heading, "sentences": [_clause(each) for each in subject.sentences]}
            for subject in assumptions(scenario, words)
        ],
        "not_told": [{"key": each.key, "reason": each.reason} for each in not_told(scenario, words)],
    }


def _clause(clause: Clause) -> dict[str, Any]:
    return {"text": clause.text, "keys": list(clause.keys), "default": clause.default or None}


def differences_json(first: Scenario, second: Scenario, found: Differences) -> dict[str, Any]:
    return {
        "first": first.name,
        "second": second.name,
        "equal": not found,
        "charter": [_difference(each) for each in found.charter],
        "assumptions": [_difference(each) for each in found.assumptions],
        "without_effect": [_difference(each) for each in found.without_effect],
    }


def _difference(each: Difference) -> dict[str, Any]:
    return {
        "heading": each.heading,
        "label": each.label,
        "before": each.before,
        "after": each.after,
        "keys": list(each.keys),
    }


def by_heading(found: Iterable[Difference]) -> dict[str, list[Difference]]:
    """Differences under their headings, in the order in which they come."""
    gathered: dict[str, list[Difference]] = {}
    for each in found:
        gathered.setdefault(each.heading, []).append(each)
    return gathered
