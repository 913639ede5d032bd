"""What a league says, in sentences: for the terminal and the page alike."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from aiposim.report.words import UNDEFINED, Words
from aiposim.study.tournament import Tournament

MOST_NAMED = 4


def answers(tournament: Tournament, short: dict[str, str], words: Words) -> list[str]:
    """First on the outcome, smallest regret, the members' own best, the winner of pairwise votes, who would leave."""
    return [
        *_first(tournament, short, words),
        *_regret(tournament, short, words),
        *_own_best(tournament, short, words),
        _pairwise(tournament, short, words),
        _efficient(tournament, short, words),
        *_leaving(tournament, short, words),
    ]


def rank_and_range(row: Mapping[str, float], words: Words) -> tuple[str, str]:
    """The rank of a design, and the ranks that are not ruled out if they are several."""
    if row["rank"] != row["rank"]:
        return UNDEFINED, ""
    rank = words.number(row["rank"], 0)
    if row["rank_low"] == row["rank_high"]:
        return rank, ""
    low, high = (words.number(row[end], 0) for end in ("rank_low", "rank_high"))
    return rank, words("{low} to {high}").format(low=low, high=high)


def named(names: Sequence[str], short: dict[str, str], words: Words) -> str:
    """Designs by their short names; of many the number alone."""
    if len(names) > MOST_NAMED:
        return words("{n} designs").format(n=words.number(len(names), 0))
    return words.listed([words.quoted(short[name]) for name in names])


def _first(tournament: Tournament, short: dict[str, str], words: Words) -> list[str]:
    league = tournament.league
    found, measure = league.standing(league.outcome), words.measure(league.outcome)
    if not found.is_ranked:
        return [words("The designs are not ranked on {measure}: no way is better.").format(measure=measure)]
    first = [name for name, rank in zip(league.names, found.rank, strict=True) if rank == 1.0]
    open_ = [name for name, low in zip(league.names, found.rank_low, strict=True) if low == 1.0]
    value = words.value(float(found.means[league.names.index(first[0])]), league.outcome)
    if set(open_) == set(first):
        sentence = words("First on {measure}, beyond doubt: {designs}, with {value}.")
        told = sentence.format(measure=measure, designs=named(first, short, words), value=value)
    else:
        sentence = words(
            "First on {measure}: {designs}, with {value}; {n} of {all} designs could be the best, as far as these runs "
            "can tell."
        )
        told = sentence.format(
            measure=measure, designs=named(first, short, words), value=value, n=words.number(len(open_), 0),
            all=words.number(len(league.names), 0),
        )  # fmt: skip
    pairs = len(league.names) * (len(league.names) - 1) // 2
    undecided = len(found.undecided())
    apart = words("On {measure} these runs tell {n} of {all} pairs of designs apart.").format(
        measure=measure, n=words.number(pairs - undecided, 0), all=words.number(pairs, 0)
    )
    return [told, apart]


def _regret(tournament: Tournament, short: dict[str, str], words: Words) -> list[str]:
    table = tournament.league.regret
    if "largest" not in table.columns:
        return []
    best = table[table["rank"] == 1.0]
    row = best.iloc[0]
    return [
        words(
            "The largest regret is smallest under {designs}: {value} {unit}, of {state} (chance that no other design "
            "has a smaller one: {chance})."
        ).format(
            designs=named(best["design"].tolist(), short, words),
            value=words.value(row["largest"], "welfare"),
            unit=words.unit("welfare"),
            state=words.state(row["of_whom"]),
            chance=words.value(float(best["chance_best"].max()), "dissolved"),
        )
    ]


def _own_best(tournament: Tournament, short: dict[str, str], words: Words) -> list[str]:
    rankings = tournament.choice.rankings
    best = rankings[rankings["rank"] == 1]
    return [
        words("{state} would choose {designs}.").format(
            state=words.state(code), designs=named(best[best["member"] == code]["design"].tolist(), short, words)
        )
        for code in words.in_order(tournament.choice.codes)
    ]


def _pairwise(tournament: Tournament, short: dict[str, str], words: Words) -> str:
    winner = tournament.choice.condorcet_winner
    if winner is None:
        return words("No design wins against each other one in a vote of the members (no Condorcet winner).")
    return words(
        "{design} wins against each other design in a vote of the members, by more for than against (Condorcet winner)."
    ).format(design=named([winner], short, words))


def _efficient(tournament: Tournament, short: dict[str, str], words: Words) -> str:
    pareto = tournament.league.pareto
    efficient = pareto[pareto["efficient"]]["design"].tolist()
    return words(
        "{n} of {all} designs are efficient: no other gives every member as much welfare and one of them more."
    ).format(n=words.number(len(efficient), 0), all=words.number(len(pareto), 0))


def _leaving(tournament: Tournament, short: dict[str, str], words: Words) -> list[str]:
    leavers = tournament.league.leavers
    worst = max(leavers.to_dict("records"), key=lambda row: float(row["anybody"]))
    if worst["anybody"] == 0.0:
        return [words("No member leaves under any design.")]
    firsts = {str(column)[6:]: worst[column] for column in leavers.columns if str(column).startswith("first.")}
    first = max(firsts, key=lambda code: np.nan_to_num(firsts[code], nan=-1.0))
    return [
        words(
            "Members leave most often under {design}: in {share} of the runs somebody does, and the first to go is "
            "mostly {state}."
        ).format(
            design=named([worst["design"]], short, words),
            share=words.value(worst["anybody"], "dissolved"),
            state=words.state(first),
        )
    ]


def settled(tournament: Tournament, words: Words) -> str:
    """Of a league that was to run until it was clear, whether it is."""
    if tournament.settled is None:
        return ""
    runs, measure = words.number(tournament.comparison.runs, 0), words.measure(tournament.league.outcome)
    if tournament.settled:
        return words("After {runs} runs the ranking on {measure} is settled.").format(runs=runs, measure=measure)
    return words("After {runs} runs, the limit, the ranking on {measure} is not settled.").format(
        runs=runs, measure=measure
    )
