"""The page of a league: which rule, for whom, how sure; every number as CSV from the page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from aiposim.report.headings import comparison_heading, luck_facts, made
from aiposim.report.league_figures import drawings
from aiposim.report.league_sentences import answers, named, rank_and_range, settled
from aiposim.report.league_terminal import in_order
from aiposim.report.plates import download, plates, rendered, sortable
from aiposim.report.rule_names import rule_name
from aiposim.report.sentences import named_designs
from aiposim.report.summary import rows_by
from aiposim.report.words import UNDEFINED, Words, capital
from aiposim.study.tournament import Tournament


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
        figures=plates(drawings(tournament, short, order, words), words),
        measure=capital(words.measure(league.outcome)),
        unit=words.unit("welfare"),
        member_names=members,
        rows=_rows(tournament, short, order, words),
        votes=_votes(tournament, short, words),
        transfers=_transfers(tournament, short, words),
        first=short[league.names[0]],
        csv=[
            download("all-ranks", league.table, words("Ranks on every outcome (CSV)")),
            download("votes", tournament.choice.by_vote, words("Votes (CSV)")),
            download("transfers", tournament.choice.transfers, words("Transfers (CSV)")),
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
    rank, others = rank_and_range(row, words)
    if not others:
        return rank
    return words("{rank} ({low} to {high})").format(
        rank=rank, low=words.number(row["rank_low"], 0), high=words.number(row["rank_high"], 0)
    )


def _cell(figure: str, value: float, below: str) -> dict[str, str]:
    return {"figure": figure, "value": sortable(value), "below": below}


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
