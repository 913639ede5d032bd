"""What speed is asked for, and why what falls short does so: the text stands here, beside its row.

The targets are for two cores with AVX-512; they are what a trial of the whole model in this form reached.
"""

from __future__ import annotations

from dataclasses import dataclass

from benchmarks.measuring import Spread


@dataclass(frozen=True)
class Target:
    """A row of the table: a figure by its key, the bound to reach, the bound to stretch to.

    better   "higher" or "lower"
    reason   why it falls short, told only when it does
    """

    key: str
    what: str
    unit: str
    target: float | None = None
    stretch: float | None = None
    better: str = "higher"
    places: int = 0
    reason: str = ""

    def verdict(self, figure: Spread) -> str:
        if self.target is None:
            return "told, no target"
        for bound, words in ((self.stretch, "beyond the stretch target"), (self.target, "reached")):
            if bound is not None and self._reaches(figure.median, bound):
                return words
        return f"**falls short**: {self.reason or 'nobody has said why yet'}"

    def _reaches(self, value: float, bound: float) -> bool:
        return value >= bound if self.better == "higher" else value <= bound

    def bounds(self) -> tuple[str, str]:
        """Target and stretch target as they are written."""
        target, stretch = (f"{each:,g}" if each is not None else "" for each in (self.target, self.stretch))
        return target, stretch


TARGETS = (
    Target("three members", "three members, every measure, all histograms, one core", "runs/s", 40_000, 50_000,
           reason=(
               "the loops are bound by instructions (normal quantiles, logarithms, square roots, Philox); the best "
               "blocks of a quiet minute reach 40,000"
           )),
    Target("four members", "the same with four members", "runs/s", 32_000, 36_000,
           reason=(
               "the same; four members have twelve ordered pairs where three have six"
           )),
    Target("slowest rule or option", "the slowest rule or option, three members", "runs/s", 40_000,
           reason=(
               "keys on reports are formed run by run at each review; for the rest see the first row"
           )),
    Target("slowest key of four", "the slowest key, four members", "runs/s", 32_000,
           reason="the same, with sixteen coalitions a run"),
    Target("AVX2 code", "AVX2 code on the same machine", "runs/s", 20_000, 24_000),
    Target("SSE2 code", "SSE2 code on the same machine", "runs/s", 12_000, 14_000),
    Target("arrays against a Mesa loop", "against a plain loop over `AipoModel` runs", "times", 200),
    Target("arrays against mesa.batch_run", "against `mesa.batch_run` of the same runs", "times"),
    Target("steps against NumPy", "one phase against the same in NumPy", "times", places=1),
    Target("luck alone", "luck alone, of the time of a run", "part", places=2),
    Target("two workers", "two workers against one", "times", 1.9, 1.95, places=2,
           reason="the process that was started joins the blocks on a core that a worker wants"),
    Target("five rules, one core", "1,000 runs of five rules, all bands, warm, one core", "ms", 125, 105, "lower",
           reason=(
               "five blocks at the speed of the first row, and 4 ms a rule for the tables of the bands"
           )),
    Target("five rules, two cores", "the same on two cores", "ms", 65, 55, "lower",
           reason=(
               "the process that was started unpacks, joins and makes all tables on a core that a worker "
               "wants"
           )),
    Target("one Mesa run", "one Mesa run of 30 years", "ms", 10, 5, "lower", 1),
    Target("warm start", "process start to first table, warm", "s", 0.8, 0.6, "lower", 2),
    Target("first start", "the same for the very first time", "s", 9, 7, "lower", 1,
           reason=(
               "two processes compile a hundred steps with all of LLVM's passes; with fewer it takes a "
               "second less, and two steps run at half their speed for ever"
           )),
    Target("a million runs", "a million runs, all bands, two cores", "s", 15, 12, "lower", 1,
           reason=(
               "computing takes two thirds of it; the rest is reading back for the tables, the figures and the "
               "report, in one process"
           )),
    Target("memory of a million runs", "memory of these, all processes together", "MB", 400, 300, "lower"),
    Target("growth of memory", "memory of a million runs against that of a hundred thousand", "times", 1.1, None,
           "lower", 2,
           reason=(
               "the tables and the report hold a few columns of all runs at a time, 8 MB each for a "
               "million runs; the study itself does not grow"
           )),
    Target("writing the panel", "core panel, the writing alone", "runs/s", 60_000, 100_000),
    Target("bytes of the panel", "core panel on disk", "kB a run", 2.6, 2.4, "lower", 2),
    Target("exponent in runs", "growth of the cost with runs (exponent)", "", 1.05, None, "lower", 2),
    Target("exponent in periods", "growth with periods (exponent)", "", 1.05, None, "lower", 2,
           reason=(
               "histograms and arrays of 600 periods are less at home in the caches"
           )),
    Target("exponent in members", "growth with members, 2 to 10 (exponent)", "", places=2),
)  # fmt: skip
