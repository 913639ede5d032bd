"""Reports of small runs in every language, made once for all who look at them."""

from __future__ import annotations

from functools import cache

from aiposim.ensemble import trace
from aiposim.report.pages import comparison_page, run_page
from aiposim.report.summary import typical_run
from aiposim.report.words import Words, words_for
from aiposim.results import Results, simulate
from aiposim.scenario import load
from aiposim.study.compare import Comparison, compare

LANGUAGES = {"en": "en", "ja": "ja", "zh": "zh-Hans", "ko": "ko"}
"""The tag that a page bears, by the language asked for."""
KINDS = ("run", "comparison")


@cache
def results() -> Results:
    return simulate("geneva-2015", 6, seed=7)


@cache
def comparison() -> Comparison:
    """Six designs, some with a fourth member."""
    return compare(load("fourth-member").all_designs(), 5, seed=7)


def words(kind: str, language: str) -> Words:
    scenarios = [results().scenario] if kind == "run" else [each.scenario for each in comparison().results]
    return words_for(scenarios, language)


@cache
def page(kind: str, language: str) -> str:
    if kind == "comparison":
        return comparison_page(comparison(), words(kind, language), command=["aiposim", "compare", "fourth-member"])
    run = typical_run(results().runs)
    events = trace(results().scenario, 7, run).assign(run=run)
    return run_page(results(), events, words(kind, language), command=["aiposim", "run", "geneva-2015"])
