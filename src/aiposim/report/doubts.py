"""How sure one can be, in words: what reverses an order of designs, and what becomes of stated conclusions."""

from __future__ import annotations

import math
from collections.abc import Sequence

from aiposim.report.words import UNDEFINED, Words, capital
from aiposim.scenario.conclusion import Conclusion
from aiposim.study.assumptions import Assumption
from aiposim.study.conclusions import (
    BASE,
    BLOCK,
    FRAGILE,
    NAMES,
    ONE,
    ORDER,
    ROBUST,
    SEED,
    SHIFTED,
    TOGETHER,
    UNDECIDED,
    Examined,
    Trial,
    size_moved,
)
from aiposim.study.examination import Examination
from aiposim.study.flip import Flip
from aiposim.study.points import MeanDifference
from aiposim.study.reversals import Changes, Reversal

_MOST_NAMED = 3


def assumption_name(assumption: Assumption, words: Words) -> str:
    """What an assumption is called."""
    return words(assumption.text).format(state=words.state(assumption.state))


def setting(assumption: Assumption, value: float, words: Words) -> str:
    """A value of an assumption, as fine as its plausible range asks for."""
    decimals = max(0, 2 - math.floor(math.log10(assumption.high - assumption.low)))
    text = words.number(value, decimals)
    return text.rstrip("0").rstrip(".") if "." in text else text


def part(share: float, words: Words) -> str:
    """A part of a way or of a size, in per cent."""
    return f"{words.number(100 * share, 0)}%"


def with_interval(found: MeanDifference, outcome: str, words: Words) -> str:
    """A mean difference, and its interval in brackets."""
    if not found.pairs:
        return UNDEFINED
    interval = words.interval([found.low, found.high], outcome)
    return words("{difference} ({interval})").format(
        difference=words.difference(found.mean, outcome), interval=interval
    )


def moved(changes: Changes, words: Words) -> list[str]:
    """Which assumptions are moved, from what to what, one after the other."""
    return [
        words("{assumption} {value} instead of {before}").format(
            assumption=assumption_name(change.assumption, words),
            value=setting(change.assumption, change.value, words),
            before=setting(change.assumption, change.assumption.value, words),
        )
        for change in changes
    ]


# ---- flip ----


def order(flip: Flip, first: str, second: str, words: Words) -> list[str]:
    """What the order of the two designs is before anything is changed."""
    before, outcome = flip.found.before, flip.outcome
    named = {
        "outcome": capital(words.measure(outcome)),
        "unit": words.unit(outcome),
        "first": first,
        "second": second,
        "difference": with_interval(before, outcome, words),
        "runs": words.number(flip.runs, 0),
    }
    if not before.pairs:
        return [words("{outcome}: defined under both designs in no run, so there is no order.").format(**named)]
    if before.low == before.high == 0.0:
        return [words("{outcome}: the same under {first} and {second} in every run.").format(**named)]
    if not flip.found.settled:
        return [
            words("{outcome}, under {first} less under {second}: {difference}, {unit}.").format(**named),
            words(
                "These {runs} runs cannot tell the two apart, so there is no order to reverse. More runs may: --runs."
            ).format(**named),
        ]
    text = words("{outcome}: higher under {first} than under {second}, by {difference}, {unit}.")
    if before.sign < 0:
        text = words("{outcome}: lower under {first} than under {second}, by {difference}, {unit}.")
    return [text.format(**named)]


def certainty(reversal: Reversal, flip: Flip, words: Words) -> str:
    """How sure a reversal is."""
    turned = -flip.found.before.sign
    if reversal.clear is None:
        return words("a tie: the interval holds 0")
    if reversal.elsewhere is None or reversal.elsewhere.sign == turned:
        return words("clear, on other worlds too")
    if reversal.elsewhere.mean * turned > 0.0:
        return words("clear here, a tie on other worlds")
    return words("clear here, not reversed on other worlds")


def what_holds(flip: Flip, words: Words) -> list[str]:
    """What reverses nothing, what was not moved, and how far the search went."""
    found = flip.found
    number, every = words.number(len(found.held), 0), words.number(flip.assumptions, 0)
    if not found.alone:
        lines = [
            words(
                "Of {number} assumptions none reverses the order alone, wherever in its plausible range it lies."
            ).format(number=every)
        ]
    else:
        lines = [
            words("Assumptions that reverse nothing alone within their ranges: {number} of {all}.").format(
                number=number, all=every
            )
        ]
    if found.held:
        lines.append(words("Of these come nearest: {list}.").format(list=_nearest(flip, words)))
    if found.together is not None:
        text = words("All {pairs} pairs of assumptions were tried, each along three rays.")
        if found.searched < found.pairs:
            text = words("{searched} of {pairs} pairs of assumptions were tried; another may reverse it sooner.")
        searched, pairs = words.number(found.searched, 0), words.number(found.pairs, 0)
        lines.append(text.format(searched=searched, pairs=pairs))
    if flip.left_out:
        lines.append(
            words("Assumptions not moved: {number}. The designs differ in them, or they do nothing here.").format(
                number=words.number(len(flip.left_out), 0)
            )
        )
    if found.invalid:
        lines.append(
            words("Changes that made no valid scenario and were passed over: {number}.").format(
                number=words.number(found.invalid, 0)
            )
        )
    lines.append(
        words("{runs} runs were computed. The plausible ranges are assumptions too.").format(
            runs=words.number(flip.runs_done, 0)
        )
    )
    return lines


def _nearest(flip: Flip, words: Words) -> str:
    named = [each for each in flip.found.held if each.at and each.at[0].part > 0.0][:_MOST_NAMED]
    return words.series(
        [
            words("with {changes} the difference is {difference}").format(
                changes=words.listed(moved(each.at, words)),
                difference=words.difference(each.nearest.mean, flip.outcome),
            )
            for each in named
        ]
    )


# ---- conclusions ----


def tried(examination: Examination, words: Words) -> str:
    """How the conclusions were tried."""
    return words(
        "{runs} runs, seed {seed}. Assumptions moved one at a time to both ends of their plausible ranges: "
        "{assumptions}. Points where all move together: {points}."
    ).format(
        runs=words.number(examination.runs, 0),
        seed=examination.seed,
        assumptions=words.number(len(examination.assumptions), 0),
        points=words.number(examination.together, 0),
    )


def claim_sentence(claim: Conclusion, words: Words) -> str:
    """A conclusion as a sentence."""
    text = {
        "higher": words("{outcome}: higher under {design} than under {than}."),
        "lower": words("{outcome}: lower under {design} than under {than}."),
        "same": words("{outcome}: about the same under {design} and {than}."),
    }[claim.relation]
    return text.format(outcome=capital(words.measure(claim.outcome)), design=claim.design, than=claim.than)


def verdict_word(verdict: str, words: Words) -> str:
    return {
        ROBUST: words("robust"),
        SHIFTED: words("shifted"),
        FRAGILE: words("fragile"),
        UNDECIDED: words("undecided"),
    }[verdict]


def reason(each: Examined, examination: Examination, words: Words) -> str:
    """Why a conclusion has its verdict."""
    if each.decisive is None:
        return words(
            "Holds in other luck, at all {one} changes of one assumption and at all {together} points where all move."
        ).format(one=words.number(len(each.tried(ONE)), 0), together=words.number(len(each.tried(TOGETHER)), 0))
    if each.verdict == SHIFTED:
        return words("Holds throughout, but {where} the difference is {difference}, {part} away.").format(
            where=_where(each.decisive, examination, words),
            difference=words.difference(each.decisive.found.mean, each.claim.outcome),
            part=part(size_moved(each.decisive, each.base), words),
        )
    if each.decisive.alike is False:
        return _unlike(each.decisive, each, words)
    text = words("These runs cannot tell {where}: {difference}.")
    if each.verdict == FRAGILE:
        text = words("Fails {where}: {difference}.")
    told = text.format(
        where=_where(each.decisive, examination, words),
        difference=with_interval(each.decisive.found, each.claim.outcome, words),
    )
    return words.paragraph([told, *_how_often(each, words)])


def _unlike(trial: Trial, each: Examined, words: Words) -> str:
    if trial.kind == SEED:
        return words("With another seed the difference is {difference}, further off than luck explains.").format(
            difference=with_interval(trial.found, each.claim.outcome, words)
        )
    return words("{change} changes the result, which it must not: this is a fault of the program.").format(
        change=capital(change_word(trial.kind, words))
    )


def change_word(kind: str, words: Words) -> str:
    """What was changed in a trial, where it is no assumption."""
    return {
        BLOCK: words("another block size"),
        ORDER: words("another order of members"),
        NAMES: words("other codes of members"),
        SEED: words("another seed"),
    }[kind]


def _where(trial: Trial, examination: Examination, words: Words) -> str:
    if trial.kind == BASE:
        return words("in the scenario itself")
    if trial.kind == TOGETHER:
        return words("where all assumptions move together")
    if trial.kind != ONE:
        return words("with {change}").format(change=change_word(trial.kind, words))
    by_key = {each.key: each for each in examination.assumptions}
    ((key, value),) = trial.point.items()
    return words("with {assumption} {value} instead of {before}").format(
        assumption=assumption_name(by_key[key], words),
        value=setting(by_key[key], value, words),
        before=setting(by_key[key], by_key[key].value, words),
    )


def _how_often(each: Examined, words: Words) -> list[str]:
    """In how many of the changes it does not hold, if any were tried."""
    one, together = each.tried(ONE), each.tried(TOGETHER)
    if not one and not together:
        return []
    return [
        words("Holds at {one} of {all_one} changes of one, and {together} of {all_together} of all together.").format(
            one=words.number(len(each.tried(ONE, "holds")), 0),
            all_one=words.number(len(one), 0),
            together=words.number(len(each.tried(TOGETHER, "holds")), 0),
            all_together=words.number(len(together), 0),
        )
    ]


def counted(examined: Sequence[Examined], words: Words) -> str:
    """How many conclusions have which verdict."""
    found = [
        (verdict, sum(each.verdict == verdict for each in examined))
        for verdict in (ROBUST, SHIFTED, FRAGILE, UNDECIDED)
    ]
    return words.row(
        [
            words("{number} {verdict}").format(number=words.number(number, 0), verdict=verdict_word(verdict, words))
            for verdict, number in found
            if number
        ]
    )
