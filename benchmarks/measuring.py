"""Times and ratios: medians with quartiles, and ratios taken between neighbours in time.

The machine is never quiet. What is compared is therefore called in turn, and a ratio is the median of the
ratios of neighbouring calls: a disturbance that lasts longer than a call meets both sides.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

Work = Callable[[], object]


@dataclass(frozen=True)
class Spread:
    """Median and quartiles of what was measured again and again."""

    median: float
    low: float
    high: float

    @classmethod
    def of(cls, values: Iterable[float]) -> Spread:
        every = list(values)
        if len(every) < 2:
            return cls(every[0], every[0], every[0])
        low, median, high = statistics.quantiles(every, n=4, method="inclusive")
        return cls(median, low, high)

    @classmethod
    def exactly(cls, value: float) -> Spread:
        """What does not scatter, or was measured once."""
        return cls(value, value, value)

    def told(self, places: int = 0) -> str:
        """As `40,120 (39,800 to 40,300)`; the median alone where nothing scatters."""
        if self.low == self.high:
            return f"{self.median:,.{places}f}"
        return f"{self.median:,.{places}f} ({self.low:,.{places}f} to {self.high:,.{places}f})"


def seconds(work: Work) -> float:
    """Wall time of one call."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def in_turn(works: Sequence[Work], times: int, *, warm: bool = True) -> list[list[float]]:
    """Seconds of `times` calls of each work, called one after the other and again from the first."""
    for work in works if warm else ():
        work()
    taken: list[list[float]] = [[] for _ in works]
    for _ in range(times):
        for work, found in zip(works, taken, strict=True):
            found.append(seconds(work))
    return taken


def repeated(work: Work, times: int, *, warm: bool = True) -> list[float]:
    """Seconds of `times` calls, after one that warms up."""
    return in_turn([work], times, warm=warm)[0]


def ratio(above: Sequence[float], below: Sequence[float]) -> Spread:
    """Of the ratios between neighbouring calls."""
    return Spread.of(a / b for a, b in zip(above, below, strict=True))
