"""Two workers against one, and five rules at once as a person in a workshop compares them."""

from __future__ import annotations

from collections.abc import Callable

from aiposim import load
from aiposim.results import simulate_all
from aiposim.scenario import Scenario
from benchmarks import designs
from benchmarks.measuring import Spread, in_turn, ratio
from benchmarks.section import SEED, Section, Size

RULES = 5


def two_workers(size: Size) -> Section:
    runs = size.workers_runs
    one, two = in_turn([_simulated([designs.base()], runs, n) for n in (1, 2)], size.pairs)
    section = Section(
        "Two workers",
        "In memory, by `aiposim.simulate`, called in turn; the worker processes are kept warm from call to call. Five "
        "rules: the first five designs of the base scenario (cost-sharing keys), with every measure and the "
        "histograms of all bands, and in a row of its own the tables of bands that are formed from them.",
        ("work", "one worker, ms", "two workers, ms", "two are faster by"),
    )
    section.figures["two workers"] = ratio(one, two)
    section.rows.append(_row(f"{runs:,} runs of the base scenario", one, two))

    rules = load(designs.base().name).all_designs()[:RULES]
    one, two = in_turn([_simulated(rules, size.runs, n) for n in (1, 2)], size.repeats)
    section.rows.append(_row(f"{size.runs:,} runs of each of {RULES} rules", one, two))
    section.figures["five rules, one core"] = Spread.of(1e3 * each for each in one)
    section.figures["five rules, two cores"] = Spread.of(1e3 * each for each in two)

    def tables() -> None:
        for results in simulate_all(rules, size.runs, seed=SEED):
            len(results.bands)

    with_tables, without = in_turn([tables, _simulated(rules, size.runs, 1)], size.pairs)
    extra = Spread.of(1e3 * (a - b) for a, b in zip(with_tables, without, strict=True))
    section.rows.append((f"the tables of bands of {RULES} rules, in addition", extra.told(1), "", ""))
    return section


def _simulated(scenarios: list[Scenario], runs: int, workers: int) -> Callable[[], object]:
    return lambda: simulate_all(scenarios, runs, seed=SEED, workers=workers)


def _row(words: str, one: list[float], two: list[float]) -> tuple[str, ...]:
    told = [Spread.of(1e3 * each for each in taken).told(1) for taken in (one, two)]
    return words, *told, ratio(one, two).told(2)
