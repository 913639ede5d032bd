"""The figures of one design, each with its caption and its numbers."""

from __future__ import annotations

import pandas as pd

from aiposim.figures.burden_and_benefit import burden_and_benefit
from aiposim.figures.council_timeline import council_timeline
from aiposim.figures.delivery_by_area import delivery_by_area
from aiposim.figures.fan_chart import fan_chart
from aiposim.figures.lorenz_curve import lorenz_curve
from aiposim.figures.trust_network import trust_network
from aiposim.report import captions
from aiposim.report.figure_tables import lorenz_table, trust_by_year
from aiposim.report.plates import Drawing
from aiposim.report.summary import burden_table
from aiposim.report.words import Words, capital
from aiposim.results import Results
from aiposim.scenario import AREAS

FANS = ("budget", "timely_collection_rate", "trust", "response_days")


def fan(results: Results, events: pd.DataFrame | None, measure: str, words: Words) -> Drawing:
    """A measure through the years. `events` is the course of one run, here and below, with a column `run`."""
    bands = results.bands
    told = [captions.fan(bands, measure, words), captions.course(events, measure, words)]
    return Drawing(
        f"fan-{measure.replace('_', '-').replace('.', '-')}",
        fan_chart(bands, measure, words, events),
        capital(words.measure(measure)),
        words.paragraph(told),
        _with_course(bands[bands["measure"] == measure], events, [measure]),
    )


def delivery(results: Results, events: pd.DataFrame | None, words: Words) -> Drawing:
    """What reaches the five areas, through the years."""
    bands, measures = results.bands, [f"delivery.{area}" for area in AREAS]
    told = [captions.delivery(bands, words), captions.course(events, measures[0], words)]
    return Drawing(
        "delivery",
        delivery_by_area(bands, words, events),
        words("Programme delivered in the five areas"),
        words.paragraph(told),
        _with_course(bands[bands["measure"].isin(measures)], events, measures),
    )


def burden(results: Results, words: Words) -> Drawing:
    """What each member pays and has."""
    table = burden_table(results.table, results.scenario.codes)
    table = table.sort_values("member", key=lambda column: column.map(words.rank))
    title = words("Burden and benefit by member")
    return Drawing("burden", burden_and_benefit(table, words), title, captions.burden(table, words), table)


def lorenz(results: Results, words: Words) -> Drawing | None:
    """How far payments follow what the institute is worth; None if nothing is paid or nothing valued."""
    table = lorenz_table(results.table, results.scenario.codes)
    if table.empty:
        return None
    table.insert(0, "design", results.scenario.name)
    figure = lorenz_curve(table, [results.scenario.name], words)
    return Drawing("lorenz", figure, words("Lorenz curve of burdens"), captions.lorenz(table, words), table)


def timeline(results: Results, events: pd.DataFrame | None, words: Words) -> Drawing | None:
    """The course of one run; None if it is not known."""
    if events is None or events.empty:
        return None
    caption = captions.timeline(events, results.scenario.world.horizon, words)
    return Drawing(
        "timeline",
        council_timeline(events, results.scenario.codes, words),
        words("The Council through one run"),
        caption,
        events,
        words.paragraph([caption, captions.minutes(events, words)]),
    )


def trust(events: pd.DataFrame | None, words: Words) -> Drawing | None:
    """Who trusts whom in a few years of one run; None if its course is not known, or not with its pairs."""
    if events is None or events.empty:
        return None
    table = trust_by_year(events)
    if table.empty:
        return None
    run = int(events["run"].iloc[0])
    caption = captions.trust(table, run, words)
    described = words.paragraph([caption, captions.pairs(table, words)])
    return Drawing("trust", trust_network(table, words), words("Trust between the members"), caption, table, described)


def _with_course(bands: pd.DataFrame, events: pd.DataFrame | None, measures: list[str]) -> pd.DataFrame:
    """The bands, and beside them the value of the one run that is drawn upon them."""
    known = [measure for measure in measures if events is not None and measure in events.columns]
    if events is None or not known:
        return bands
    course = events.melt(id_vars="period", value_vars=known, var_name="measure", value_name="one_run")
    return bands.merge(course, on=["period", "measure"], how="left")
