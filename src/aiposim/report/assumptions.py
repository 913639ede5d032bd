"""Assumptions in words: what they are called, and their values as a scenario writes them."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from aiposim.report.words import Words, capital
from aiposim.study.assumptions import Assumption, LeftOut
from aiposim.study.prim import Box

if TYPE_CHECKING:
    import pandas as pd

SAID_BY_THE_NAME = ("", "number", "probability", "ratio", "share")
"""Units that add nothing to a number between 0 and 1, or one that stands beside another."""


def named(assumption: Assumption | LeftOut, words: Words) -> str:
    return words(assumption.text).format(state=words.state(assumption.state))


def without(idle: LeftOut, words: Words) -> str:
    """What an assumption left out is called, its key in backticks, and why."""
    return words("{assumption}: {reason}").format(
        assumption=words.remarked(capital(named(idle, words)), f"`{idle.key}`"),
        reason=words(idle.because).format(**idle.places),
    )


def figure(value: float, assumption: Assumption, words: Words) -> str:
    """A value with decimals that tell a hundredth of the range; shares from 0 to 1, as in a scenario."""
    return words.number(value, max(0, 2 - math.floor(math.log10(assumption.high - assumption.low))))


def amount(value: float, assumption: Assumption, words: Words) -> str:
    """The same with its unit."""
    number = figure(value, assumption, words)
    if assumption.unit in SAID_BY_THE_NAME:
        return number
    return words("{number} {unit}").format(number=number, unit=words(assumption.unit))


def ranges_of(assumption: Assumption, words: Words) -> tuple[str, ...]:
    """A row of a page: what it is called, the scenario's value, the ends of the plausible range, its key."""
    ends = (assumption.value, assumption.low, assumption.high)
    return capital(named(assumption, words)), *(amount(end, assumption, words) for end in ends), assumption.key


def conditions(box: Box, assumptions: list[Assumption], order: list[int], words: Words) -> str:
    """The limits of a box as one phrase, the dimensions in the order given: `incidents above 1.40 and ...`."""
    return words.listed([_condition(box, assumptions[each], each, words) for each in order])


def _condition(box: Box, assumption: Assumption, dimension: int, words: Words) -> str:
    low, high = float(box.lower[dimension]), float(box.upper[dimension])
    told = {"assumption": named(assumption, words)}
    if math.isinf(high):
        return words("{assumption} above {value}").format(value=amount(low, assumption, words), **told)
    if math.isinf(low):
        return words("{assumption} below {value}").format(value=amount(high, assumption, words), **told)
    return words("{assumption} between {low} and {high}").format(
        low=amount(low, assumption, words), high=amount(high, assumption, words), **told
    )


def as_rows(table: pd.DataFrame) -> list[dict[str, Any]]:
    """A table as JSON has it: a mapping a row, undefined numbers null."""
    found: list[Any] = table.astype(object).where(table.notna(), None).to_dict("records")
    return found
