"""The figures of a league, each with its caption and its numbers."""

from __future__ import annotations

import pandas as pd

from aiposim.figures.design_map import design_map
from aiposim.figures.margin_by_year import MOST_DRAWN, margin_by_year
from aiposim.figures.rank_intervals import rank_intervals
from aiposim.figures.regret_table import regret_table
from aiposim.figures.welfare_by_member import welfare_by_member
from aiposim.report import captions
from aiposim.report.plates import Drawing
from aiposim.report.summary import rows_by
from aiposim.report.words import Words
from aiposim.study.tournament import Tournament

MOST_ROWS = 24
"""Designs that a figure shows; the table has all."""


def drawings(tournament: Tournament, short: dict[str, str], order: list[str], words: Words) -> list[Drawing | None]:
    """All figures of a league, None where there is none. `short` names the designs, `order` is how they come out."""
    return [
        points(tournament, short, words),
        ranks(tournament, short, order, words),
        regret(tournament, short, words),
        welfare(tournament, short, order, words),
        margins(tournament, short, order, words),
    ]


def points(tournament: Tournament, short: dict[str, str], words: Words) -> Drawing | None:
    """The designs on two outcomes; None if they are not ranked on them."""
    league, regrets = tournament.league, tournament.league.regret
    found = league.standing(league.outcome)
    if "largest" not in regrets or not found.is_ranked:
        return None
    table = pd.DataFrame({"design": [short[n] for n in league.names], "across": found.means, "up": regrets["largest"]})
    towards = table["across"] if found.better == "higher" else -table["across"]
    beaten = [
        bool(((towards >= t) & (table["up"] <= u) & ((towards > t) | (table["up"] < u))).any())
        for t, u in zip(towards, table["up"], strict=True)
    ]
    table["first"] = [not each for each in beaten]
    across = (league.outcome, words.measure(league.outcome))
    figure = design_map(table, across, ("welfare", words("largest regret of a member")), words)
    caption = words(
        "Each point is a design: {measure} across, the largest regret of a member up. {n} designs, in blue, are "
        "beaten on both by no other; what lies on the line is a choice between the two."
    ).format(measure=words.measure(league.outcome), n=words.number(int(table["first"].sum()), 0))
    return Drawing("map", figure, words("The designs on two outcomes"), caption, table)


def ranks(tournament: Tournament, short: dict[str, str], order: list[str], words: Words) -> Drawing | None:
    """How sure the ranking is; None if there is none."""
    league = tournament.league
    if not league.standing(league.outcome).is_ranked:
        return None
    rows = rows_by(league.table[league.table["outcome"] == league.outcome], "design")
    table = pd.DataFrame([{**rows[name], "design": short[name]} for name in order[:MOST_ROWS]])
    columns = table[["design", "mean", "rank", "rank_low", "rank_high", "chance_best"]]
    told = words(
        "Ranks on {measure}: the point is the rank of the mean, the line all ranks that these runs do not rule out, "
        "for all designs together with a confidence of {confidence}."
    ).format(measure=words.measure(league.outcome), confidence=words.value(league.confidence, "dissolved"))
    caption = words.paragraph([told, _first_of(len(order), words)])
    title = words("How sure the ranking is")
    return Drawing("ranks", rank_intervals(columns, words), title, caption, columns)


def _first_of(many: int, words: Words) -> str:
    if many <= MOST_ROWS:
        return ""
    return words("Shown are the first {n} of {all} designs; the table below has all.").format(
        n=words.number(MOST_ROWS, 0), all=words.number(many, 0)
    )


def regret(tournament: Tournament, short: dict[str, str], words: Words) -> Drawing | None:
    """Regret by member and design; None if it is not known."""
    regrets = tournament.league.regret
    if "largest" not in regrets:
        return None
    table = regrets.assign(design=regrets["design"].map(short)).sort_values("largest", kind="stable").head(MOST_ROWS)
    told = words(
        "Regret of each member under each design, {unit}: how far the state is, run by run, from the design that suits "
        "it best in that run; mean over the runs, the smallest of the largest first."
    ).format(unit=words.unit("welfare"))
    caption = words.paragraph([told, _first_of(len(regrets), words)])
    figure = regret_table(table, words.in_order(tournament.league.codes), words)
    return Drawing("regret", figure, words("Regret by member and design"), caption, table)


def welfare(tournament: Tournament, short: dict[str, str], order: list[str], words: Words) -> Drawing:
    """Who gains and who loses under the first designs."""
    comparison = tournament.comparison
    shown = [comparison.names[0], *[name for name in order if name != comparison.names[0]][: MOST_ROWS // 2 - 1]]
    table = comparison.members[comparison.members["measure"] == "welfare"]
    table = table[table["design"].isin(shown)]
    table = table.assign(place=table["design"].map(shown.index), design=table["design"].map(short))
    table = table.sort_values(["place", "member"], kind="stable").drop(columns="place")
    figure, caption = welfare_by_member(table, words), captions.welfare(table, words)
    return Drawing("welfare", figure, words("Who gains and who loses"), caption, table)


def margins(tournament: Tournament, short: dict[str, str], order: list[str], words: Words) -> Drawing:
    """What keeps each member in, year by year."""
    years, _ = tournament.years
    regrets, winner = tournament.league.regret, tournament.choice.condorcet_winner
    smallest = regrets[regrets["rank"] == 1.0]["design"].tolist()[:1] if "rank" in regrets else []
    wanted = [tournament.league.names[0], order[0], *smallest, *([winner] if winner else [])]
    chosen = list(dict.fromkeys(wanted))[:MOST_DRAWN]
    table = pd.concat([years[years["design"] == name] for name in chosen])
    table = table.assign(design=table["design"].map(short))
    caption = words(
        "What keeps each member in: the payoff of membership less that outside, smoothed, as part of the state's "
        "valuation; medians over the first {runs} runs. Below zero membership does not pay."
    ).format(runs=words.number(min(200, tournament.comparison.runs), 0))
    title = words("The margin to leaving, year by year")
    return Drawing("margins", margin_by_year(table, words), title, caption, table)
