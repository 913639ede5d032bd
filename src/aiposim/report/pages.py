"""The pages: results in, one HTML file out, which holds its figures and asks nothing of the network."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from aiposim.report import comparison_figures as of_designs
from aiposim.report import run_figures as of_run
from aiposim.report.cards import cards_note, comparison_cards, run_cards
from aiposim.report.charter import Difference, articles, assumptions, differences_in_words
from aiposim.report.charter.rendering import by_heading
from aiposim.report.headings import (
    comparison_heading,
    design_facts,
    every_number,
    heading,
    luck_facts,
    made,
    with_code,
)
from aiposim.report.plates import download, plate, plates, rendered
from aiposim.report.rows import (
    SIGNS,
    design_rows,
    member_row,
    outcome_rows,
    undefined_measures,
    unit_of,
    welfare_rows,
)
from aiposim.report.sentences import best_and_worst, common_base, happened, left_out, named_designs, not_there
from aiposim.report.summary import MEMBER_MEASURES, all_differences, asked_for, columns_of, member_table, outcome_table
from aiposim.report.words import Words, capital
from aiposim.results import Results
from aiposim.scenario import Scenario
from aiposim.study.compare import Comparison


def run_page(results: Results, events: pd.DataFrame | None, words: Words, *, command: Sequence[str] = ()) -> str:
    """The report of one design. `events` is the course of one run, with its number in a column `run`."""
    runs, codes = results.table, words.in_order(results.scenario.codes)
    members = member_table(runs, codes)
    outcomes = outcome_table(runs, codes)
    asked = asked_for([results.scenario], runs.columns)
    timeline, trust = of_run.timeline(results, events, words), of_run.trust(events, words)
    return rendered(
        "run.html.jinja",
        words,
        **heading(results.scenario, words("Report on one design"), words),
        facts=design_facts(results.scenario, words) + luck_facts(results, words),
        base=with_code(common_base(results.scenario, words)),
        keys=run_cards(runs, asked, words),
        articles=articles(results.scenario, words),
        assumptions=assumptions(results.scenario, words),
        sentences=happened(runs, codes, words),
        fans=plates((of_run.fan(results, events, measure, words) for measure in of_run.FANS), words),
        delivery=plate(of_run.delivery(results, events, words), words),
        burdens=plates([of_run.burden(results, words), of_run.lorenz(results, words)], words),
        story=plates([timeline, trust], words),
        member_headings=[(capital(words.measure(measure)), unit_of(measure, words)) for measure in MEMBER_MEASURES],
        member_rows=[member_row(members, code, words) for code in codes],
        outcome_rows=outcome_rows(runs, asked, outcomes, words),
        csv=[
            download("members", _as_table(members, ["member", "measure"]), words("By member (CSV)")),
            download("outcomes", _as_table(outcomes, ["measure"]), words("All outcomes (CSV)")),
        ],
        notes=[
            *not_there([results.scenario], list(runs.columns), words),
            *undefined_measures(outcomes, len(runs), words),
        ],
        every_number=every_number(results, words),
        **made(results, command),
    )


def _as_table(rows: Mapping[Any, Mapping[str, float]], names: list[str]) -> pd.DataFrame:
    index = pd.MultiIndex.from_tuples([key if isinstance(key, tuple) else (key,) for key in rows], names=names)
    return pd.DataFrame(list(rows.values()), index=index).reset_index()


def comparison_page(comparison: Comparison, words: Words, *, command: Sequence[str] = ()) -> str:
    """The report of several designs on the same worlds."""
    short = named_designs(comparison.names, words)
    first = comparison.results[0]
    scenarios = [each.scenario for each in comparison.results]
    asked = asked_for(scenarios, columns_of(comparison))
    coloured = of_designs.in_colour(comparison, short)
    return rendered(
        "comparison.html.jinja",
        words,
        **comparison_heading(comparison, words, words("Comparison of designs")),
        facts=[
            (words("Designs"), words.number(len(comparison.results), 0)),
            (words("First design"), short[comparison.names[0]]),
            *luck_facts(first, words),
        ],
        keys=comparison_cards(comparison, asked, short, words),
        keys_note=cards_note(comparison, words),
        first=short[comparison.names[0]],
        design_differences=_design_differences(scenarios, short, words),
        sentences=best_and_worst(comparison, short, words),
        left_out=left_out(comparison, words),
        notes=not_there(scenarios, columns_of(comparison), words),
        welfare=plate(of_designs.welfare(comparison, short, words), words),
        burdens=plates([of_designs.lorenz(comparison, short, words, coloured)], words),
        outcomes=plate(of_designs.outcomes(comparison, short, words), words),
        glance=plates([of_designs.glance(comparison, short, words, coloured)], words),
        budgets=plate(of_designs.budgets(comparison, short, words), words),
        member_names=[words.state(code) for code in words.in_order(comparison.codes)],
        member_rows=welfare_rows(comparison, short, words),
        design_names=[short[name] for name in comparison.names],
        outcome_rows=design_rows(comparison, words),
        csv=[download("differences", all_differences(comparison), words("All outcomes (CSV)"))],
        signs={key: SIGNS[key] for key in ("better", "worse", "higher", "lower", "unclear")},
        **made(first, command),
    )


def _design_differences(
    scenarios: Sequence[Scenario], short: Mapping[str, str], words: Words
) -> list[tuple[str, dict[str, list[Difference]]]]:
    """By the name of each design but the first, what differs of it from the first and has an effect, by heading."""
    first, *others = scenarios
    found = [(short[each.name], differences_in_words(first, each, words)) for each in others]
    return [(name, by_heading([*each.charter, *each.assumptions])) for name, each in found]
