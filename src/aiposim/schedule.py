"""The steps of each period written down, so that machine code goes through them without coming back for each.

Nothing of the order is known here: `aiposim.period.period` is asked for it.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from aiposim.charter import Charter
from aiposim.compiled import in_one_go
from aiposim.period import DECIDES, period

Answers = tuple[bool, ...]
Call = tuple[str, tuple[int, ...]]


@dataclass(frozen=True)
class Stretch:
    """The steps of a period up to a question, or to its end if `question` is None."""

    calls: list[Callable[[], None]]
    question: Callable[[], bool] | None


class Schedule:
    """The periods of a block of runs; each stretch of one is written down when it is first come to."""

    def __init__(self, do: Any, charter: Charter) -> None:
        self._do, self._charter = do, charter
        self._stretches: dict[tuple[int, Answers], Stretch] = {}

    def play(self, t: int) -> None:
        """Half-year `t`: the same as `period(t, do, charter)`."""
        answers: Answers = ()
        while True:
            stretch = self._stretches.get((t, answers))
            if stretch is None:
                stretch = self._stretches[t, answers] = self._written_down(t, answers)
            for call in stretch.calls:
                call()
            if stretch.question is None:
                return
            answers += (bool(stretch.question()),)

    def _written_down(self, t: int, answers: Answers) -> Stretch:
        stretches, question = _listed(t, self._charter, answers)
        calls = in_one_go(((getattr(self._do, name), given) for name, given in stretches[-1]), t)
        return Stretch(calls, None if question is None else getattr(self._do, question))


def called(charter: Charter) -> list[str]:
    """The steps that the periods of a scenario call, when every question is answered yes."""
    periods = (_listed(t, charter, itertools.repeat(True))[0] for t in range(charter.horizon))
    return list(dict.fromkeys(name for stretches in periods for stretch in stretches for name, _ in stretch))


class _QuestionError(Exception):
    """The listing has come to a question that has no answer yet; its words are the name of the question."""


def _listed(t: int, charter: Charter, answers: Iterable[bool]) -> tuple[list[list[Call]], str | None]:
    """What period `t` calls, cut at its questions, as far as there are answers; the question that has none, if any."""
    stretches: list[list[Call]] = [[]]
    given = iter(answers)

    def decide(name: str) -> bool:
        for answer in given:
            stretches.append([])
            return answer
        raise _QuestionError(name)

    class Listed:
        def __getattr__(self, name: str) -> Callable[..., bool | None]:
            if name in DECIDES:
                return lambda: decide(name)
            return lambda *period: stretches[-1].append((name, period))

    try:
        period(t, Listed(), charter)
    except _QuestionError as question:
        return stretches, str(question)
    return stretches, None
