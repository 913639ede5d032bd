"""What happened, in sentences: for the terminal and the page alike."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from aiposim.quantities import Array
from aiposim.report.summary import Runs, asked_in_vain, short_names
from aiposim.report.words import Words
from aiposim.results.table import values_of
from aiposim.scenario import Scenario, shipped

if TYPE_CHECKING:
    import pandas as pd

    from aiposim.study.compare import Comparison


def named_designs(names: Sequence[str], words: Words) -> dict[str, str]:
    """Short names of designs in a language, by their full names; all different."""
    short = short_names(names)
    named = {name: words.design(text) for name, text in short.items()}
    return named if len(set(named.values())) == len(named) else short


def title_of(scenario: Scenario, words: Words) -> str:
    """The title of a scenario, with its design if it has one."""
    title, design = words(scenario.title), scenario.name.partition(": ")[2]
    return words("{title}: {design}").format(title=title, design=words.design(design)) if design else title


def happened(runs: Runs, codes: Sequence[str], words: Words) -> list[str]:
    """Exits, dissolution, deadlock, suspensions, relief and trouble in the field, a sentence each."""
    return [*_exits(runs, codes, words), _deadlock(runs, words), _suspensions(runs, words), _reliefs(runs, words)]


def _deadlock(runs: Runs, words: Words) -> str:
    parts = {"whole": "", "budget": ".budget", "programme": ".programme", "crises": ".crises"}
    rates = values_of(runs, [f"deadlock_rate{part}" for part in parts.values()])
    shares = {name: words.value(_mean(rates[f"deadlock_rate{part}"]), "deadlock_rate") for name, part in parts.items()}
    return words(
        "Of what was put to a vote {whole} stayed unsettled: {budget} of the budgets, {programme} of the programmes of "
        "work and {crises} of the crises (means over the runs)."
    ).format(**shares)


def _suspensions(runs: Runs, words: Words) -> str:
    suspensions = values_of(runs, ["suspensions"])["suspensions"]
    some = int((suspensions > 0).sum())
    if not some:
        return words("No member in arrears lost its vote.")
    return words(
        "A member in arrears lost its vote in {some} of {all} runs; on average votes were suspended for {mean} "
        "half-years of one state."
    ).format(
        some=words.number(some, 0),
        all=words.number(len(runs), 0),
        mean=words.number(_mean(suspensions), 1),
    )


def _reliefs(runs: Runs, words: Words) -> str:
    told = values_of(runs, ["reliefs", "backlashes"])
    return words(
        "Relief from a share was granted {reliefs} times a run, and sharing in the field led to a backlash "
        "{backlashes} times a run (means)."
    ).format(reliefs=words.number(_mean(told["reliefs"]), 1), backlashes=words.number(_mean(told["backlashes"]), 1))


def _exits(runs: Runs, codes: Sequence[str], words: Words) -> list[str]:
    told = values_of(runs, ["exits", "first_leaver", "dissolved"])
    number, left = len(runs), int((told["exits"] > 0).sum())
    if not left:
        return [words("No member left in any of the {all} runs.").format(all=words.number(number, 0))]
    leavers = told["first_leaver"]
    counted = Counter(leavers[~np.isnan(leavers)].astype(int).tolist()).most_common()
    first = [
        words("{state} in {n}").format(state=words.state(sorted(codes)[place]), n=words.number(times, 0))
        for place, times in counted
    ]
    sentences = [
        words("At least one member left in {left} of {all} runs; the first to go was {first}.").format(
            left=words.number(left, 0), all=words.number(number, 0), first=words.listed(first)
        )
    ]
    dissolved = int((told["dissolved"] > 0).sum())
    if dissolved:
        sentences.append(
            words("The institute was dissolved in {n} of {all} runs.").format(
                n=words.number(dissolved, 0), all=words.number(number, 0)
            )
        )
    return sentences


def _mean(values: Array) -> float:
    known = values[~np.isnan(values)]
    return float(known.mean()) if len(known) else float("nan")


def common_base(scenario: Scenario, words: Words) -> str:
    """That a scenario with designs was run without any of them; empty for a design or a scenario without designs."""
    designs = len(scenario.design_names)
    if not designs:
        return ""
    return words(
        "The common base of {n} designs; `aiposim compare {name}` runs them, `--design NAME` one of them."
    ).format(
        n=words.number(designs, 0),
        name=scenario.name if scenario.name.partition("+")[0] in shipped() else words("FILE"),
    )


def not_there(scenarios: Sequence[Scenario], columns: Sequence[str], words: Words) -> list[str]:
    """Which outcomes are asked for and do not exist here."""
    return [
        words("The scenario asks for {name}, which does not exist here.").format(name=name)
        for name in asked_in_vain(scenarios, columns)
    ]


def best_and_worst(comparison: Comparison, short: dict[str, str], words: Words) -> list[str]:
    """For each member, the designs with its highest and its lowest mean welfare; then the least largest regret."""
    sentences = [_best_and_worst_of(code, comparison, short, words) for code in words.in_order(comparison.codes)]
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
    import pandas as pd

    from aiposim.study.compare import paired

    column = f"welfare.{code}"
    there = [each for each in comparison.results if column in each.table.columns]
    welfare = {each.scenario.name: comparison.shared(each, column) for each in there}
    means = pd.Series({each.scenario.name: each.table[column].mean() for each in there})
    best, worst = str(means.idxmax()), str(means.idxmin())
    state = words.state(code)
    if len(means) < 2 or means.max() == means.min():
        return words("{state}: the designs make no difference to its welfare.").format(state=state)
    apart = paired(welfare[worst], welfare[best], "higher")
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
    return words.named(names[0]) if len(names) == 1 else words.listed([words.quoted(name) for name in names])


def left_out(comparison: Comparison, words: Words) -> str:
    """Which states are in some designs only, and so in no pair; empty if all are in all."""
    absent = [
        code
        for code in words.in_order(comparison.codes)
        if any(code not in each.scenario.codes for each in comparison.results)
    ]
    if not absent:
        return ""
    return words(
        "{states}: a member under some of the designs only. Its own measures are not compared with a design in "
        "which it is no member, and it has no regret. Outcomes of the whole institute then cover different states, so "
        "they are called higher or lower than those of the first design, never better or worse, and no best design is "
        "named across memberships."
    ).format(states=words.listed([words.state(code) for code in absent]))
