"""The page of a league: which rule, for whom, how sure; every number as CSV from the page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

import pandas as pd

from aiposim.figures.design_map import design_map
from aiposim.figures.margin_by_year import MOST_DRAWN, margin_by_year
from aiposim.figures.rank_intervals import rank_intervals
from aiposim.figures.regret_table import regret_table
from aiposim.figures.welfare_by_member import welfare_by_member
from aiposim.report import captions
from aiposim.report.league_sentences import answers, named, settled
from aiposim.report.league_terminal import in_order
from aiposim.report.pages import Plate, comparison_heading, luck_facts, made, plate, rendered
from aiposim.report.rule_names import rule_name
from aiposim.report.sentences import named_designs
from aiposim.report.summary import rows_by
from aiposim.report.words import UNDEFINED, Words, capital
from aiposim.study.tournament import Tournament

MOST_ROWS = 24
"""Designs that a figure shows; the table has all."""


def league_page(tournament: Tournament, words: Words, *, command: Sequence[str] = ()) -> str:
    """The report of a league."""
    league, comparison = tournament.league, tournament.comparison
    short = named_designs(league.names, words)
    order = in_order(tournament)
    members = [words.state(code) for code in words.in_order(league.codes)]
    return rendered(
        "league.html.jinja",
        words,
        **comparison_heading(comparison, words, words("League of designs")),
        facts=[(words("Designs"), words.number(len(league.names), 0)), *luck_facts(comparison.results[0], words)],
        keys=_keys(tournament, short, words),
        sentences=[*filter(None, [settled(tournament, words)]), *answers(tournament, short, words)],
        figures=_figures(tournament, short, order, words),
        measure=capital(words.measure(league.outcome)),
        unit=words.unit("welfare"),
        member_names=members,
        rows=_rows(tournament, short, order, words),
        votes=_votes(tournament, short, words),
        transfers=_transfers(tournament, short, words),
        first=short[league.names[0]],
        csv=[
            (words("Ranks on every outcome (CSV)"), *_csv("ranks", league.table)),
            (words("Votes (CSV)"), *_csv("votes", tournament.choice.by_vote)),
            (words("Transfers (CSV)"), *_csv("transfers", tournament.choice.transfers)),
        ],
        **made(comparison.results[0], command),
    )


def _keys(tournament: Tournament, short: dict[str, str], words: Words) -> list[dict[str, str]]:
    """The four answers of the first screen."""
    league, regret = tournament.league, tournament.league.regret
    found = league.standing(league.outcome)
    cards = []
    if found.is_ranked:
        first = [name for name, rank in zip(league.names, found.rank, strict=True) if rank == 1.0]
        could = int((found.rank_low == 1.0).sum())
        cards.append(
            {
                "figure": named(first, short, words),
                "label": words("first on {measure}").format(measure=words.measure(league.outcome)),
                "band": words("{n} of {all} designs are not ruled out as the best").format(
                    n=words.number(could, 0), all=words.number(len(league.names), 0)
                ),
            }
        )
    if "largest" in regret:
        best = regret[regret["rank"] == 1.0]
        row = best.iloc[0]
        cards.append(
            {
                "figure": named(best["design"].tolist(), short, words),
                "label": words("smallest of the largest regrets"),
                "band": words("{value} {unit}, of {state}").format(
                    value=words.value(row["largest"], "welfare"), unit=words.unit("welfare"),
                    state=words.state(row["of_whom"]),
                ),
            }
        )  # fmt: skip
    winner = tournament.choice.condorcet_winner
    cards.append(
        {
            "figure": named([winner], short, words) if winner else words("none"),
            "label": words("wins against each other design in a vote of the members"),
            "band": words("Condorcet winner, each member by its own welfare"),
        }
    )
    pareto = league.pareto
    cards.append(
        {
            "figure": words("{n} of {all}").format(
                n=words.number(int(pareto["efficient"].sum()), 0), all=words.number(len(pareto), 0)
            ),
            "label": words("designs are efficient"),
            "band": words("no other gives every member as much and one of them more"),
        }
    )
    return cards


def _figures(tournament: Tournament, short: dict[str, str], order: list[str], words: Words) -> list[dict[str, Any]]:
    found = [_map(tournament, short, words), *_of_ranks(tournament, short, order, words)]
    found += [_of_regret(tournament, short, words), _of_welfare(tournament, short, order, words)]
    return [each for each in [*found, _of_years(tournament, short, order, words)] if each is not None]


def _drawn(shown: Plate, table: pd.DataFrame, words: Words) -> dict[str, Any]:
    return {"plate": shown, "csv": (words("The numbers of this figure (CSV)"), *_csv(shown.name, table))}


def _map(tournament: Tournament, short: dict[str, str], words: Words) -> dict[str, Any] | None:
    league, regret = tournament.league, tournament.league.regret
    found = league.standing(league.outcome)
    if "largest" not in regret or not found.is_ranked:
        return None
    table = pd.DataFrame({"design": [short[n] for n in league.names], "across": found.means, "up": regret["largest"]})
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
    return _drawn(plate("map", figure, words("The designs on two outcomes"), caption, words), table, words)


def _of_ranks(tournament: Tournament, short: dict[str, str], order: list[str], words: Words) -> list[dict[str, Any]]:
    league = tournament.league
    if not league.standing(league.outcome).is_ranked:
        return []
    rows = rows_by(league.table[league.table["outcome"] == league.outcome], "design")
    table = pd.DataFrame([{**rows[name], "design": short[name]} for name in order[:MOST_ROWS]])
    columns = table[["design", "mean", "rank", "rank_low", "rank_high", "chance_best"]]
    told = words(
        "Ranks on {measure}: the point is the rank of the mean, the line all ranks that these runs do not rule out, "
        "for all designs together with a confidence of {confidence}."
    ).format(measure=words.measure(league.outcome), confidence=words.value(league.confidence, "dissolved"))
    caption = words.paragraph([told, _first_of(len(order), words)])
    title = words("How sure the ranking is")
    return [_drawn(plate("ranks", rank_intervals(columns, words), title, caption, words), columns, words)]


def _first_of(many: int, words: Words) -> str:
    if many <= MOST_ROWS:
        return ""
    return words("Shown are the first {n} of {all} designs; the table below has all.").format(
        n=words.number(MOST_ROWS, 0), all=words.number(many, 0)
    )


def _of_regret(tournament: Tournament, short: dict[str, str], words: Words) -> dict[str, Any] | None:
    regret = tournament.league.regret
    if "largest" not in regret:
        return None
    table = regret.assign(design=regret["design"].map(short)).sort_values("largest", kind="stable").head(MOST_ROWS)
    told = words(
        "Regret of each member under each design, {unit}: how far the state is, run by run, from the design that suits "
        "it best in that run; mean over the runs, the smallest of the largest first."
    ).format(unit=words.unit("welfare"))
    caption = words.paragraph([told, _first_of(len(regret), words)])
    figure = regret_table(table, words.in_order(tournament.league.codes), words)
    return _drawn(plate("regret", figure, words("Regret by member and design"), caption, words), table, words)


def _of_welfare(tournament: Tournament, short: dict[str, str], order: list[str], words: Words) -> dict[str, Any]:
    comparison = tournament.comparison
    shown = [comparison.names[0], *[name for name in order if name != comparison.names[0]][: MOST_ROWS // 2 - 1]]
    welfare = comparison.members[comparison.members["measure"] == "welfare"]
    welfare = welfare[welfare["design"].isin(shown)]
    welfare = welfare.assign(place=welfare["design"].map(shown.index), design=welfare["design"].map(short))
    welfare = welfare.sort_values(["place", "member"], kind="stable").drop(columns="place")
    figure, caption = welfare_by_member(welfare, words), captions.welfare(welfare, words)
    return _drawn(plate("welfare", figure, words("Who gains and who loses"), caption, words), welfare, words)


def _of_years(tournament: Tournament, short: dict[str, str], order: list[str], words: Words) -> dict[str, Any]:
    margins, _ = tournament.years
    regret, winner = tournament.league.regret, tournament.choice.condorcet_winner
    smallest = regret[regret["rank"] == 1.0]["design"].tolist()[:1] if "rank" in regret else []
    wanted = [tournament.league.names[0], order[0], *smallest, *([winner] if winner else [])]
    chosen = list(dict.fromkeys(wanted))[:MOST_DRAWN]
    table = pd.concat([margins[margins["design"] == name] for name in chosen])
    table = table.assign(design=table["design"].map(short))
    caption = words(
        "What keeps each member in: the payoff of membership less that outside, smoothed, as part of the state's "
        "valuation; medians over the first {runs} runs. Below zero membership does not pay."
    ).format(runs=words.number(min(200, tournament.comparison.runs), 0))
    title = words("The margin to leaving, year by year")
    return _drawn(plate("margins", margin_by_year(table, words), title, caption, words), table, words)


def _rows(tournament: Tournament, short: dict[str, str], order: list[str], words: Words) -> list[dict[str, Any]]:
    league = tournament.league
    ranks = rows_by(league.table[league.table["outcome"] == league.outcome], "design")
    regret, pareto = rows_by(league.regret, "design"), rows_by(league.pareto, "design")
    leavers, rankings = rows_by(league.leavers, "design"), rows_by(tournament.choice.rankings, "design", "member")
    rows = []
    for place, name in enumerate(order, 1):
        rank, largest = ranks[name], regret[name].get("largest", float("nan"))
        chance = rank["chance_best"]
        cells = [
            (words.value(rank["mean"], league.outcome), rank["mean"], ""),
            (_rank(rank, words), rank["rank"], ""),
            (UNDEFINED if chance != chance else words.value(chance, "dissolved"), chance, ""),
            *(
                (
                    words.value(rankings[(name, code)]["welfare"], "welfare"),
                    rankings[(name, code)]["welfare"],
                    words("rank {rank}").format(rank=words.number(rankings[(name, code)]["rank"], 0)),
                )
                for code in words.in_order(league.codes)
            ),
            (
                words.value(largest, "welfare"),
                largest,
                words.state(regret[name]["of_whom"]) if "of_whom" in regret[name] else "",
            ),
            (words.value(leavers[name]["anybody"], "dissolved"), leavers[name]["anybody"], ""),
            (words("yes") if pareto[name]["efficient"] else words("no"), int(pareto[name]["efficient"]), ""),
        ]
        rows.append({"name": short[name], "place": place, "cells": [_cell(*cell) for cell in cells]})
    return rows


def _rank(row: dict[str, Any], words: Words) -> str:
    """`3 (2 to 5)`: the rank, and those not ruled out."""
    if row["rank"] != row["rank"]:
        return UNDEFINED
    rank = words.number(row["rank"], 0)
    if row["rank_low"] == row["rank_high"]:
        return rank
    return words("{rank} ({low} to {high})").format(
        rank=rank, low=words.number(row["rank_low"], 0), high=words.number(row["rank_high"], 0)
    )


def _cell(figure: str, value: float, below: str) -> dict[str, str]:
    return {"figure": figure, "value": "" if value != value else repr(float(value)), "below": below}


def _votes(tournament: Tournament, short: dict[str, str], words: Words) -> list[dict[str, str]]:
    return [
        {
            "rule": capital(rule_name(row["voting"], words)),
            "chosen": named([row["chosen"]], short, words)
            if row["chosen"]
            else words("no design: motions go in a circle"),
            "stable": named(row["stable"], short, words) if row["stable"] else words("none"),
        }
        for row in tournament.choice.by_vote.to_dict("records")
    ]


def _transfers(tournament: Tournament, short: dict[str, str], words: Words) -> list[dict[str, Any]]:
    """The designs with losers whom the others could pay, those with the largest net gain first."""
    table = tournament.choice.transfers
    table = table[(table["losses"] > 0.0) & table["possible"]]
    table = table.assign(net=table["gains"] - table["losses"]).sort_values("net", ascending=False).head(12)
    return [
        {
            "name": short[row["design"]],
            "gains": words.value(row["gains"], "welfare"),
            "losses": words.value(row["losses"], "welfare"),
            "cells": [
                words.difference(row[f"transfer.{code}"], "welfare") for code in words.in_order(tournament.league.codes)
            ],
        }
        for row in table.to_dict("records")
    ]


def _csv(name: str, table: pd.DataFrame) -> tuple[str, str]:
    """The name of a file and an address that holds all of it."""
    return f"{name}.csv", "data:text/csv;charset=utf-8," + quote(table.to_csv(index=False))
