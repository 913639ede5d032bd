"""What stands above and below every page: the question, the facts, how it was made."""

from __future__ import annotations

import re
import shlex
from collections.abc import Sequence
from typing import Any

from markupsafe import Markup, escape

from aiposim.report.rule_names import rule_name
from aiposim.report.sentences import title_of
from aiposim.report.words import Words
from aiposim.results import Results
from aiposim.scenario import Scenario
from aiposim.study.compare import Comparison


def heading(scenario: Scenario, kind: str, words: Words) -> dict[str, str]:
    """Kind of report, title, question and how to read it."""
    return {
        "kind": kind,
        "title": title_of(scenario, words),
        "question": words(scenario.question.strip()),
        "reading": words(scenario.reading.strip()),
    }


def comparison_heading(comparison: Comparison, words: Words, kind: str) -> dict[str, str]:
    """Of the scenario whose designs these are; of several scenarios, all their titles."""
    scenarios = [each.scenario for each in comparison.results]
    titles = list(dict.fromkeys(words(scenario.title) for scenario in scenarios))
    if len(titles) == 1:
        return {**heading(scenarios[0], kind, words), "title": titles[0]}
    return {"kind": kind, "title": words.listed(titles), "question": "", "reading": ""}


def design_facts(scenario: Scenario, words: Words) -> list[tuple[str, str]]:
    """Who the members are and by which rules they work, each with its name."""
    control, flexibility = scenario.control, scenario.flexibility

    def rule(name: str) -> str:
        return rule_name(name, words)

    key = rule(control.cost_sharing.rule)
    if scenario.fixed_shares:
        digits = (
            0 if all(abs(100 * share - round(100 * share)) < 1e-9 for share in scenario.fixed_shares.values()) else 1
        )
        parts = [
            f"{words.state(code)} {words.number(100 * share, digits)}%" for code, share in scenario.fixed_shares.items()
        ]
        key = words("{rule} ({shares})").format(rule=key, shares=words.row(parts))
    return [
        (words("Members"), words.listed([words.state(code) for code in words.in_order(scenario.codes)])),
        (words("Costs are shared by"), key),
        (words("The Council decides by"), rule(control.voting.rule)),
        (words("The Director is found by"), rule(control.director.rule)),
        (words("Sanction for arrears"), rule(flexibility.sanction.rule)),
    ]


def luck_facts(results: Results, words: Words) -> list[tuple[str, str]]:
    """Years, runs and seed, each with its name."""
    return [
        (words("Horizon"), words("{years} years from {start}").format(
            years=_years(results.scenario, words), start=results.scenario.world.start)),
        (words("Runs"), words.number(len(results.table), 0)),
        (words("Seed"), str(results.seed)),
    ]  # fmt: skip


def _years(scenario: Scenario, words: Words) -> str:
    horizon = scenario.world.horizon
    return words.number(horizon / 2, horizon % 2)


def made(results: Results, command: Sequence[str]) -> dict[str, Any]:
    """How the results came to be, for the foot of a page."""
    return {
        "command": shlex.join(command),
        "seed": results.seed,
        "last_run": len(results.table) - 1,
    }


def every_number(results: Results, words: Words) -> str:
    """Where the numbers of a run report come from."""
    if len(results.table) == 1:
        return words("Every number comes from one run of {years} years; another seed is other luck.").format(
            years=_years(results.scenario, words)
        )
    return words(
        "Every number comes from {runs} runs of {years} years that differ in luck alone. The figure given is the "
        "median run; “5–95%” holds nine runs in ten."
    ).format(runs=words.number(len(results.table), 0), years=_years(results.scenario, words))


def with_code(text: str) -> Markup:
    """A sentence as the page shows it, what stands between backticks as code."""
    return Markup(re.sub(r"`(.+?)`", r"<code>\1</code>", str(escape(text))))
