"""The pages: results in, one HTML file out, which holds its figures and asks nothing of the network."""

from __future__ import annotations

import re
import shlex
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import pandas as pd
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape
from matplotlib.figure import Figure

from aiposim.figures.budget_by_design import budget_by_design
from aiposim.figures.burden_and_benefit import burden_and_benefit
from aiposim.figures.council_timeline import council_timeline
from aiposim.figures.delivery_by_area import delivery_by_area
from aiposim.figures.fan_chart import fan_chart
from aiposim.figures.outcomes_by_design import outcomes_by_design
from aiposim.figures.welfare_by_member import welfare_by_member
from aiposim.measures import describe
from aiposim.report import captions
from aiposim.report.sentences import (
    best_and_worst,
    common_base,
    happened,
    left_out,
    named_designs,
    not_there,
    title_of,
)
from aiposim.report.summary import (
    HEADLINES,
    MEMBER_MEASURES,
    NO_QUANTITY,
    Runs,
    all_differences,
    all_outcomes,
    asked_for,
    burden_table,
    columns_of,
    described,
    interval_table,
    member_table,
    outcome_table,
    rows_by,
)
from aiposim.report.svg import inline_svg
from aiposim.report.words import UNDEFINED, Words, capital, is_share
from aiposim.results import Results
from aiposim.results.table import values_of
from aiposim.scenario import Scenario
from aiposim.study.compare import Comparison

TEMPLATES = Path(__file__).parent / "templates"
FANS = ("budget", "timely_collection_rate", "trust", "response_days")
DRAWN_BY_DESIGN = (
    "budget_ratio", "delivery_ratio", "annual_collection_rate", "deadlock_rate", "trust_founders", "exits",
    "response_days", "response_effectiveness", "cooperation_index_without_decisions",
)  # fmt: skip
MOST_DRAWN = 12
SIGNS = {"better": "●", "worse": "◆", "higher": "▸", "lower": "◂", "unclear": "○", "same": "○"}


# Rules whose name says little to those who do not know it; a rule of one's own stands under its name.
RULE_NAMES = {
    "all": "loss of vote, interest, and the Director's turn at stake",
    "art19": "loss of vote (as Article 19 of the UN Charter)",
    "benefit": "reported benefit",
    "cea": "constrained equal awards",
    "cel": "constrained equal losses",
    "gni": "gross national income",
    "hybrid": "equal shares and income, mixed",
    "interest": "interest",
    "nucleolus": "the nucleolus of the savings game",
    "proportional": "claims in proportion",
    "qmv": "qualified majority",
    "shapley": "the Shapley value of the savings game",
    "talmud": "the rule of the Talmud",
    "un_scale": "the method of the UN scale",
    "un_scale_published": "the published UN scale",
    "un_pk": "the method of the UN peacekeeping scale",
    "voluntary": "voluntary pledges",
}


@dataclass(frozen=True)
class Plate:
    """A figure as the page shows it."""

    name: str
    svg: Markup
    caption: str


def run_page(results: Results, events: pd.DataFrame | None, words: Words, *, command: Sequence[str] = ()) -> str:
    """The report of one design. `events` is the course of one run, with its number in a column `run`."""
    runs, codes = results.table, words.in_order(results.scenario.codes)
    members = member_table(runs, codes)
    outcomes = outcome_table(runs, codes)
    asked = asked_for([results.scenario], runs.columns)
    burdens = burden_table(runs, codes).sort_values("member", key=lambda column: column.map(words.rank))
    return _rendered(
        "run.html.jinja",
        words,
        **_heading(results.scenario, words("Report on one design"), words),
        facts=_design_facts(results.scenario, words) + _luck_facts(results, words),
        base=_with_code(common_base(results.scenario, words)),
        keys=_run_keys(runs, asked, words),
        sentences=happened(runs, codes, words),
        fans=[_fan(results.bands, measure, words) for measure in FANS],
        delivery=_plate(
            "delivery",
            delivery_by_area(results.bands, words),
            words("Programme delivered in the five areas"),
            captions.delivery(results.bands, words),
            words,
        ),
        burden=_plate(
            "burden",
            burden_and_benefit(burdens, words),
            words("Burden and benefit by member"),
            captions.burden(burdens, words),
            words,
        ),
        timeline=_timeline(results.scenario, events, words),
        member_headings=[(capital(words.measure(measure)), _unit_of(measure, words)) for measure in MEMBER_MEASURES],
        member_rows=[_member_row(members, code, words) for code in codes],
        outcome_rows=_outcome_rows(runs, asked, outcomes, words),
        notes=[*not_there([results.scenario], list(runs.columns), words), *_undefined(outcomes, len(runs), words)],
        every_number=_every_number(results, words),
        **_made(results, command),
    )


def comparison_page(comparison: Comparison, words: Words, *, command: Sequence[str] = ()) -> str:
    """The report of several designs on the same worlds."""
    short = named_designs(comparison.names, words)
    first = comparison.results[0]
    outcomes = interval_table(comparison, short)
    scenarios = [each.scenario for each in comparison.results]
    asked = asked_for(scenarios, columns_of(comparison))
    drawn = list(dict.fromkeys([*asked, *DRAWN_BY_DESIGN]))[:MOST_DRAWN]
    welfare = comparison.members[comparison.members["measure"] == "welfare"]
    welfare = welfare.assign(design=welfare["design"].map(short)).sort_values(
        "member", kind="stable", key=lambda column: column.map(words.rank)
    )
    bands = pd.concat([each.bands.assign(design=short[each.scenario.name]) for each in comparison.results])
    return _rendered(
        "comparison.html.jinja",
        words,
        **_comparison_heading(comparison, words),
        facts=[
            (words("Designs"), words.number(len(comparison.results), 0)),
            (words("First design"), short[comparison.names[0]]),
            *_luck_facts(first, words),
        ],
        keys=_comparison_keys(comparison, asked, short, words),
        keys_note=_keys_note(comparison, words),
        first=short[comparison.names[0]],
        sentences=best_and_worst(comparison, short, words),
        left_out=left_out(comparison, words),
        notes=not_there(scenarios, columns_of(comparison), words),
        welfare=_plate(
            "welfare",
            welfare_by_member(welfare, words),
            words("Welfare of each member by design"),
            captions.welfare(welfare, words),
            words,
            words.paragraph([captions.welfare(welfare, words), captions.gains_and_losses(welfare, words)]),
        ),
        outcomes=_plate(
            "outcomes",
            outcomes_by_design(outcomes, drawn, words),
            words("Outcomes by design"),
            captions.outcomes(outcomes, drawn, words),
            words,
        ),
        budgets=_plate(
            "budgets",
            budget_by_design(bands, words),
            words("The budget through the years by design"),
            captions.budgets(bands, words),
            words,
        ),
        member_names=[words.state(code) for code in words.in_order(comparison.codes)],
        member_rows=_welfare_rows(comparison, short, words),
        design_names=[short[name] for name in comparison.names],
        outcome_rows=_design_rows(comparison, words),
        signs={key: SIGNS[key] for key in ("better", "worse", "higher", "lower", "unclear")},
        **_made(first, command),
    )


def _rendered(template: str, words: Words, **values: Any) -> str:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["breakable"] = _breakable
    css = Markup((TEMPLATES / "page.css").read_text(encoding="utf-8").strip())
    return environment.get_template(template).render(words=words, css=css, program=_program(), **values) + "\n"


def _breakable(name: str) -> Markup:
    """The name of a design, which may break after a plus sign or an underscore where it has little room."""
    return Markup(re.sub(r"([+_])", r"\1<wbr>", str(escape(name))))


def _with_code(text: str) -> Markup:
    """A sentence as the page shows it, what stands between backticks as code."""
    return Markup(re.sub(r"`(.+?)`", r"<code>\1</code>", str(escape(text))))


def _program() -> str:
    """This program with its version, if it is installed and not merely on the path."""
    try:
        return f"aiposim {version('aiposim')}"
    except PackageNotFoundError:
        return "aiposim"


def _plate(name: str, figure: Figure, title: str, caption: str, words: Words, description: str = "") -> Plate:
    return Plate(name, Markup(inline_svg(figure, name, title, description or caption, words.tag)), caption)


def _heading(scenario: Scenario, kind: str, words: Words) -> dict[str, str]:
    return {
        "kind": kind,
        "title": title_of(scenario, words),
        "question": words(scenario.question.strip()),
        "reading": words(scenario.reading.strip()),
    }


def _comparison_heading(comparison: Comparison, words: Words) -> dict[str, str]:
    """Of the scenario whose designs these are; of several scenarios, all their titles."""
    kind = words("Comparison of designs")
    scenarios = [each.scenario for each in comparison.results]
    titles = list(dict.fromkeys(words(scenario.title) for scenario in scenarios))
    if len(titles) == 1:
        return {**_heading(scenarios[0], kind, words), "title": titles[0]}
    return {"kind": kind, "title": words.listed(titles), "question": "", "reading": ""}


def _design_facts(scenario: Scenario, words: Words) -> list[tuple[str, str]]:
    control, flexibility = scenario.control, scenario.flexibility

    def rule(name: str) -> str:
        return words(RULE_NAMES.get(name, name.replace("_", " ")))

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


def _luck_facts(results: Results, words: Words) -> list[tuple[str, str]]:
    return [
        (words("Horizon"), words("{years} years from {start}").format(
            years=_years(results.scenario, words), start=results.scenario.world.start)),
        (words("Runs"), words.number(len(results.table), 0)),
        (words("Seed"), str(results.seed)),
    ]  # fmt: skip


def _years(scenario: Scenario, words: Words) -> str:
    horizon = scenario.world.horizon
    return words.number(horizon / 2, horizon % 2)


def _made(results: Results, command: Sequence[str]) -> dict[str, Any]:
    return {
        "command": shlex.join(command),
        "seed": results.seed,
        "last_run": len(results.table) - 1,
    }


def _every_number(results: Results, words: Words) -> str:
    if len(results.table) == 1:
        return words("Every number comes from one run of {years} years; another seed is other luck.").format(
            years=_years(results.scenario, words)
        )
    return words(
        "Every number comes from {runs} runs of {years} years that differ in luck alone. The figure given is the "
        "median run; “5–95%” holds nine runs in ten."
    ).format(runs=words.number(len(results.table), 0), years=_years(results.scenario, words))


def _unit_of(measure: str, words: Words) -> str:
    """The unit as a heading needs it: a share is written in per cent."""
    return "" if is_share(measure) else words.unit(measure)


def _run_keys(runs: Runs, asked: Sequence[str], words: Words) -> list[dict[str, str]]:
    """What the question asks for, then what matters to every institute."""
    labels = {
        "budget_ratio": words("of the efficient budget is adopted"),
        "delivery_ratio": words("of the efficient programme's benefit is delivered"),
        "annual_collection_rate": words("of the dues of a year are collected"),
        "deadlock_rate": words("of what is put to a vote stays unsettled"),
        "trust_founders": words("trust among the founders, from 0 to 1"),
    }
    labels = {
        **{column: words.measure_and_unit(column) for column in asked if column not in labels and column != "exits"},
        **labels,
    }
    first = [column for column in asked if column in labels]
    labels = {column: labels[column] for column in dict.fromkeys([*first, *labels])}
    found = described(runs, list(labels))
    keys = [_key(found[column], column, label, words) for column, label in labels.items()]
    exits = values_of(runs, ["exits"])["exits"]
    return [
        *keys,
        {
            "figure": words.value(float((exits > 0).mean()), "dissolved"),
            "label": words("of the runs see a member leave"),
            "band": words("{exits} exits a run on average").format(exits=words.number(float(exits.mean()), 2)),
        },
    ]


# Ratios that are read more easily as parts of a hundred.
_PER_CENT = ("budget_ratio", "delivery_ratio")


def _key(row: Mapping[str, float], column: str, label: str, words: Words) -> dict[str, str]:
    style = "dissolved" if column in _PER_CENT else column
    return {
        "figure": words.value(row["median"], style),
        "label": label,
        "band": words("5–95% of runs: {band}").format(band=words.band([row["q05"], row["q95"]], style)),
    }


def _comparison_keys(
    comparison: Comparison, asked: Sequence[str], short: dict[str, str], words: Words
) -> list[dict[str, str]]:
    """The design with the best mean of a few outcomes, and the range over the designs; those with equal founders."""
    alike = comparison.comparable
    if len(alike) < 2:
        return []
    labels = {
        "delivery_ratio": words("delivers most"),
        "annual_collection_rate": words("collects most of the dues"),
        "deadlock_rate": words("has least deadlock"),
        "exits": words("loses fewest members"),
        "trust_founders": words("keeps most trust among the founders"),
    }
    table = all_differences(comparison)
    table = table[table["design"].isin(alike)]
    keys = []
    for column in dict.fromkeys([*asked, *labels]):
        rows = table[table["measure"] == column].set_index("design")
        means = rows["mean"].dropna()
        if len(means) and set(rows["verdict"]) <= {"baseline", "unclear"} and describe(column).better != "neither":
            keys.append(_nothing_clear(means, column, words))
        elif len(means):
            keys.append(_comparison_key(means, column, labels.get(column, ""), short, words))
    return [*keys, *_regret_key(comparison, alike, short, words)]


def _keys_note(comparison: Comparison, words: Words) -> str:
    """Why some designs are not looked at when the best one is named; empty if all are."""
    if len(comparison.comparable) == len(comparison.names):
        return ""
    return words(
        "The best is named among designs with the founders of the first alone: outcomes of the whole institute cover "
        "other states where others found it."
    )


def _comparison_key(
    means: pd.Series[float], column: str, label: str, short: dict[str, str], words: Words
) -> dict[str, str]:
    """The best design; where no direction is better, the range."""
    better = describe(column).better
    over = words.band([means.min(), means.max()], column)
    if better == "neither":
        return {"figure": over, "label": words.measure_and_unit(column), "band": words("means over the designs")}
    best = means.max() if better == "higher" else means.min()
    extreme = words("{measure}: highest") if better == "higher" else words("{measure}: lowest")
    label = label or capital(extreme.format(measure=words.measure(column)))
    band = words("{measure}: mean {value}; over the designs {band}").format(
        measure=words.measure_and_unit(column), value=words.value(best, column), band=over
    )
    return {"figure": _those(means[means == best], short, words), "label": label, "band": band}


def _nothing_clear(means: pd.Series[float], column: str, words: Words) -> dict[str, str]:
    """Of designs that cannot be told apart none is named as the best."""
    over = words.band([means.min(), means.max()], column)
    band = words("means over the designs {band}").format(band=over)
    return {"figure": words("no clear difference"), "label": words.measure_and_unit(column), "band": band}


def _regret_key(
    comparison: Comparison, designs: Sequence[str], short: dict[str, str], words: Words
) -> list[dict[str, str]]:
    regret = comparison.regret[comparison.regret["design"].isin(designs)]
    largest = regret.groupby("design", sort=False)["regret"].max()
    if not len(largest):
        return []
    band = words(
        "largest regret of a member: {value} M US$ on average from the design that suits it best in each run; over "
        "the designs {band}"
    ).format(value=words.value(largest.min(), "welfare"), band=words.band([largest.min(), largest.max()], "welfare"))
    label = words("leaves least regret to whom it suits least")
    return [{"figure": _those(largest[largest == largest.min()], short, words), "label": label, "band": band}]


def _those(designs: pd.Series[float], short: dict[str, str], words: Words) -> str:
    """Designs that are equally good: by name, or how many if they are many."""
    names = [short[str(name)] for name in designs.index]
    if len(names) > 2:
        return words("{n} designs alike").format(n=len(names))
    return names[0] if len(names) == 1 else words.listed([words.quoted(name) for name in names])


def _fan(bands: pd.DataFrame, measure: str, words: Words) -> Plate:
    return _plate(
        f"fan-{measure.replace('_', '-')}",
        fan_chart(bands, measure, words),
        capital(words.measure(measure)),
        captions.fan(bands, measure, words),
        words,
    )


def _timeline(scenario: Scenario, events: pd.DataFrame | None, words: Words) -> Plate | None:
    if events is None or events.empty:
        return None
    caption = captions.timeline(events, scenario.world.horizon, words)
    return _plate(
        "timeline",
        council_timeline(events, scenario.codes, words),
        words("The Council through one run"),
        caption,
        words,
        words.paragraph([caption, captions.minutes(events, words)]),
    )


def _member_row(members: dict[Any, dict[str, Any]], code: str, words: Words) -> dict[str, Any]:
    cells = [
        {
            "figure": words.value(members[(code, measure)]["median"], measure),
            "band": words.band([members[(code, measure)]["q05"], members[(code, measure)]["q95"]], measure),
        }
        for measure in MEMBER_MEASURES
    ]
    return {"name": words.state(code), "cells": cells}


def _outcome_row(row: dict[str, Any], measure: str, words: Words) -> dict[str, str]:
    return {
        "label": capital(words.measure(measure)),
        "median": words.value(row["median"], measure),
        "band": words.band([row["q05"], row["q95"]], measure),
        "mean": words.value(row["mean"], measure),
        "unit": words.unit(measure),
    }


def _outcome_rows(
    runs: Runs, asked: Sequence[str], outcomes: dict[str, dict[str, float]], words: Words
) -> list[dict[str, str]]:
    """What the question asks for (of single members too), the standard outcomes, and the others of the whole."""
    others = [measure for measure in outcomes if measure not in NO_QUANTITY]
    measures = list(dict.fromkeys([*asked, *HEADLINES, *others]))
    table = described(runs, measures)
    return [_outcome_row(table[measure], measure, words) for measure in measures]


def _undefined(outcomes: dict[str, dict[str, float]], runs: int, words: Words) -> list[str]:
    return [
        words("{measure} is undefined in {n} of {all} runs, which are left out of its row.").format(
            measure=capital(words.measure(measure)),
            n=words.number(runs - row["defined"], 0),
            all=words.number(runs, 0),
        )
        for measure, row in outcomes.items()
        if row["defined"] < runs and measure not in NO_QUANTITY
    ]


def _welfare_rows(comparison: Comparison, short: dict[str, str], words: Words) -> list[dict[str, Any]]:
    welfare = comparison.members[comparison.members["measure"] == "welfare"]
    cells_of = rows_by(welfare, "design", "member")
    rows = []
    for name in comparison.names:
        cells = [
            _compared(cells_of[(name, code)], "welfare", words) if (name, code) in cells_of else _no_member(words)
            for code in words.in_order(comparison.codes)
        ]
        regrets = comparison.regret[comparison.regret["design"] == name].set_index("member")["regret"]
        rows.append(
            {
                "name": short[name],
                "cells": cells,
                "regret": words.value(regrets.max(), "welfare") if len(regrets) else UNDEFINED,
                "regretful": words.state(str(regrets.idxmax())) if len(regrets) and regrets.max() > 0 else "",
            }
        )
    return rows


def _design_rows(comparison: Comparison, words: Words) -> list[dict[str, Any]]:
    table = rows_by(all_differences(comparison), "measure", "design")
    return [
        {
            "label": capital(words.measure(measure)),
            "unit": words.unit(measure),
            "cells": [
                _compared(table[(measure, name)], measure, words) if (measure, name) in table else _no_member(words)
                for name in comparison.names
            ],
        }
        for measure in all_outcomes(comparison)
    ]


def _no_member(words: Words) -> dict[str, str]:
    return {"figure": UNDEFINED, "band": words("no member"), "verdict": "", "sign": "", "word": ""}


def _compared(row: dict[str, Any], measure: str, words: Words) -> dict[str, str]:
    verdict = row["verdict"]
    band = ""
    if verdict != "baseline" and row["pairs"] > 0:
        interval = words.interval([row["low"], row["high"]], measure)
        difference = words.difference(row["difference"], measure)
        band = f"{difference} ({interval})" if measure == "welfare" else interval
    word = {
        "better": words("better"), "worse": words("worse"), "higher": words("higher"), "lower": words("lower"),
        "unclear": words("no clear difference"), "same": words("the same in every run"),
    }.get(verdict, "")  # fmt: skip
    return {
        "figure": words.value(row["mean"], measure),
        "band": band,
        "verdict": verdict,
        "sign": SIGNS.get(verdict, ""),
        "word": word,
    }
