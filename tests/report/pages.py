"""Reports of small runs in every language, made once for all who look at them."""

from __future__ import annotations

from functools import cache

from aiposim.commands.compare import designs_named
from aiposim.ensemble import trace
from aiposim.report.league_page import league_page
from aiposim.report.pages import comparison_page, run_page
from aiposim.report.summary import typical_run
from aiposim.report.words import Words, words_for
from aiposim.results import Results, simulate
from aiposim.scenario import Scenario, load
from aiposim.study.compare import Comparison, compare
from aiposim.study.league import league
from aiposim.study.tournament import Tournament

LANGUAGES = {"en": "en", "ja": "ja", "zh": "zh-Hans", "ko": "ko"}
"""The tag that a page bears, by the language asked for."""
KINDS = ("run", "comparison", "league")


@cache
def results() -> Results:
    return simulate("geneva-2015", 6, seed=7)


@cache
def comparison() -> Comparison:
    """Six designs, some with a fourth member."""
    return compare(load("fourth-member").all_designs(), 5, seed=7)


@cache
def tournament() -> Tournament:
    """Eight designs: two keys under two voting rules, by three states and by four."""
    rules = ("control.cost_sharing.rule", ("equal", "un_scale_published")), ("control.voting.rule", ("majority", "qmv"))
    designs = designs_named(["geneva-2015", "fourth-member"], [], [], [f"{key}={','.join(of)}" for key, of in rules])
    return Tournament(league(designs, 5, seed=7))


def scenarios(kind: str) -> list[Scenario]:
    """Those that the report is about."""
    if kind == "run":
        return [results().scenario]
    return [each.scenario for each in (comparison() if kind == "comparison" else tournament().comparison).results]


def words(kind: str, language: str) -> Words:
    return words_for(scenarios(kind), language)


@cache
def page(kind: str, language: str) -> str:
    if kind == "comparison":
        return comparison_page(comparison(), words(kind, language), command=["aiposim", "compare", "fourth-member"])
    if kind == "league":
        return league_page(tournament(), words(kind, language), command=["aiposim", "league", "geneva-2015"])
    run = typical_run(results().runs)
    events = trace(results().scenario, 7, run).assign(run=run)
    return run_page(results(), events, words(kind, language), command=["aiposim", "run", "geneva-2015"])
