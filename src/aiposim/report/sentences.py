"""What happened, in sentences: for the terminal and the page alike."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from aiposim.report.words import Words
from aiposim.study.compare import Comparison


def happened(runs: pd.DataFrame, codes: Sequence[str], words: Words) -> list[str]:
    """Exits, dissolution, deadlock, suspensions, relief and trouble in the field, a sentence each."""
    return [*_exits(runs, codes, words), _deadlock(runs, words), _suspensions(runs, words), _reliefs(runs, words)]


def _deadlock(runs: pd.DataFrame, words: Words) -> str:
    shares = {
        name: words.value(runs[f"deadlock_rate{part}"].mean(), "deadlock_rate")
        for name, part in (("whole", ""), ("budget", ".budget"), ("programme", ".programme"), ("crises", ".crises"))
    }
    return words(
        "Of what was put to a vote {whole} stayed unsettled: {budget} of the budgets, {programme} of the programmes of "
        "work and {crises} of the crises (means over the runs)."
    ).format(**shares)


def _suspensions(runs: pd.DataFrame, words: Words) -> str:
    some = int((runs["suspensions"] > 0).sum())
    if not some:
        return words("No member in arrears lost its vote.")
    return words(
        "A member in arrears lost its vote in {some} of {all} runs; on average votes were suspended for {mean} "
        "half-years of one state."
    ).format(
        some=words.number(some, 0),
        all=words.number(len(runs), 0),
        mean=words.number(runs["suspensions"].mean(), 1),
    )


def _reliefs(runs: pd.DataFrame, words: Words) -> str:
    return words(
        "Relief from a share was granted {reliefs} times a run, and sharing in the field led to a backlash "
        "{backlashes} times a run (means)."
    ).format(reliefs=words.number(runs["reliefs"].mean(), 1), backlashes=words.number(runs["backlashes"].mean(), 1))


def _exits(runs: pd.DataFrame, codes: Sequence[str], words: Words) -> list[str]:
    number, left = len(runs), int((runs["exits"] > 0).sum())
    if not left:
        return [words("No member left in any of the {all} runs.").format(all=words.number(number, 0))]
    counted = runs["first_leaver"].dropna().astype(int).value_counts()
    first = [
        words("{state} in {n}").format(state=words.state(sorted(codes)[place]), n=words.number(times, 0))
        for place, times in zip(counted.index.to_list(), counted.to_list(), strict=True)
    ]
    sentences = [
        words("At least one member left in {left} of {all} runs; the first to go was {first}.").format(
            left=words.number(left, 0), all=words.number(number, 0), first=words.listed(first)
        )
    ]
    dissolved = int((runs["dissolved"] > 0).sum())
    if dissolved:
        sentences.append(
            words("The institute was dissolved in {n} of {all} runs.").format(
                n=words.number(dissolved, 0), all=words.number(number, 0)
            )
        )
    return sentences


def best_and_worst(comparison: Comparison, short: dict[str, str], words: Words) -> list[str]:
    """For each member, the design with its highest and its lowest mean welfare; then the least largest regret."""
    welfare = comparison.members[comparison.members["measure"] == "welfare"]
    sentences = []
    for code in comparison.codes:
        table = welfare[welfare["member"] == code].set_index("design")["mean"]
        if len(table) < 2 or table.max() == table.min():
            sentences.append(
                words("{state}: the designs make no difference to its welfare.").format(state=words.state(code))
            )
            continue
        sentences.append(
            words("{state} does best under {best} ({high} M US$) and worst under {worst} ({low} M US$).").format(
                state=words.state(code),
                best=short[str(table.idxmax())],
                high=words.value(table.max(), "welfare"),
                worst=short[str(table.idxmin())],
                low=words.value(table.min(), "welfare"),
            )
        )
    largest = comparison.regret.groupby("design", sort=False)["regret"].max()
    if len(largest) > 1:
        sentences.append(
            words("The design whose largest regret of any member is least: {design} ({regret} M US$).").format(
                design=short[str(largest.idxmin())], regret=words.value(largest.min(), "welfare")
            )
        )
    return sentences


def left_out(comparison: Comparison, words: Words) -> str:
    """Which states are in some designs only, and so in no pair; empty if all are in all."""
    absent = [code for code in comparison.codes if any(code not in each.scenario.codes for each in comparison.results)]
    if not absent:
        return ""
    return words(
        "{states}: a member under some of the designs only. Its own measures are not compared with a design in "
        "which it is no member, and it has no regret. Outcomes of the whole institute then cover different states."
    ).format(states=words.listed([words.state(code) for code in absent]))
