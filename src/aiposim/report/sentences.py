"""What happened, in sentences: for the terminal and the page alike."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from aiposim.report.summary import asked_in_vain
from aiposim.report.words import Words
from aiposim.scenario import Scenario, shipped
from aiposim.study.compare import Comparison, paired


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


def common_base(scenario: Scenario, words: Words) -> str:
    """That a scenario with designs was run without any of them; empty for a design or a scenario without designs."""
    designs = len(scenario.design_names)
    if not designs:
        return ""
    return words(
        "The common base of {n} designs; `aiposim compare {name}` runs them, `--design NAME` one of them."
    ).format(n=words.number(designs, 0), name=scenario.name if scenario.name.partition("+")[0] in shipped() else "FILE")


def not_there(scenarios: Sequence[Scenario], columns: Sequence[str], words: Words) -> list[str]:
    """Which outcomes are asked for and do not exist here."""
    return [
        words("The scenario asks for {name}, which does not exist here.").format(name=name)
        for name in asked_in_vain(scenarios, columns)
    ]


def best_and_worst(comparison: Comparison, short: dict[str, str], words: Words) -> list[str]:
    """For each member, the designs with its highest and its lowest mean welfare; then the least largest regret."""
    sentences = [_best_and_worst_of(code, comparison, short, words) for code in comparison.codes]
    largest = comparison.regret.groupby("design", sort=False)["regret"].max()
    if len(largest) > 1:
        sentences.append(
            words(
                "Least regret to whom it suits least: {design}. There no member is, on average over the runs, more "
                "than {regret} M US$ from the design that suits it best in that run."
            ).format(
                design=_named(largest[largest == largest.min()], short, words),
                regret=words.value(largest.min(), "welfare"),
            )
        )
    return sentences


def _best_and_worst_of(code: str, comparison: Comparison, short: dict[str, str], words: Words) -> str:
    runs = {each.scenario.name: each.runs.get(f"welfare.{code}") for each in comparison.results}
    welfare = {name: values for name, values in runs.items() if values is not None}
    means = pd.Series({name: values.mean() for name, values in welfare.items()})
    best, worst = str(means.idxmax()), str(means.idxmin())
    state = words.state(code)
    if len(means) < 2 or means.max() == means.min():
        return words("{state}: the designs make no difference to its welfare.").format(state=state)
    apart = paired(welfare[worst].to_numpy(), welfare[best].to_numpy(), "higher")
    if apart["verdict"] != "better":
        return words(
            "{state}: the choice hardly matters to its welfare ({band} M US$ over the designs; best and worst are not "
            "clearly different)."
        ).format(state=state, band=words.band([means.min(), means.max()], "welfare"))
    return words("{state} does best under {best} ({high} M US$) and worst under {worst} ({low} M US$).").format(
        state=state,
        best=_named(means[means == means.max()], short, words),
        high=words.value(means.max(), "welfare"),
        worst=_named(means[means == means.min()], short, words),
        low=words.value(means.min(), "welfare"),
    )


def _named(designs: pd.Series[float], short: dict[str, str], words: Words) -> str:
    """Designs that are equally good, all of them; several stand in quotes, as a name may hold a comma or an `and`."""
    names = [short[str(name)] for name in designs.index]
    return names[0] if len(names) == 1 else words.listed([f"“{name}”" for name in names])


def left_out(comparison: Comparison, words: Words) -> str:
    """Which states are in some designs only, and so in no pair; empty if all are in all."""
    absent = [code for code in comparison.codes if any(code not in each.scenario.codes for each in comparison.results)]
    if not absent:
        return ""
    return words(
        "{states}: a member under some of the designs only. Its own measures are not compared with a design in "
        "which it is no member, and it has no regret. Outcomes of the whole institute then cover different states, so "
        "they are called higher or lower than those of the first design, never better or worse, and no best design is "
        "named across memberships."
    ).format(states=words.listed([words.state(code) for code in absent]))
