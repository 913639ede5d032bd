"""Against Mesa: a plain loop over `AipoModel`, `mesa.batch_run`, and one run of thirty years alone."""

from __future__ import annotations

from typing import Any

import mesa

from aiposim import AipoModel, load
from benchmarks.engine import a_block
from benchmarks.measuring import Spread, in_turn, ratio
from benchmarks.section import SCENARIO, SEED, Section, Size


class ForBatchRun(AipoModel):
    """`AipoModel` as `mesa.batch_run` of 3.3 and of 3.5 wants it.

    The run is a parameter, so that no two are alike; `rng`, which 3.5 overwrites, is taken and left aside, since
    luck has an address. Version 3.3 reads the row of the last step by its number, so that every step has to be
    collected; the measures are formed in the last one alone.
    """

    def __init__(self, run: int, rng: object = None) -> None:
        super().__init__(SCENARIO_READ, seed=SEED, run=run)
        # What one asks of an ensemble: no tables of agents, which batch_run of 3.5 would put into its rows.
        self.datacollector = mesa.DataCollector(model_reporters={"measures": _measures_at_the_end})


SCENARIO_READ = load(SCENARIO)


def _measures_at_the_end(model: Any) -> dict[str, float] | None:
    return None if model.running else model.measures().to_dict()


def against_mesa(size: Size) -> Section:
    block = a_block(SCENARIO_READ, size.runs)
    runs = size.mesa_runs

    def one_run() -> None:
        AipoModel(SCENARIO_READ, seed=SEED, run=3).run()

    def loop() -> None:
        for run in range(runs):
            model = AipoModel(SCENARIO_READ, seed=SEED, run=run)
            model.run()
            model.measures()

    def batch() -> None:
        rows = mesa.batch_run(ForBatchRun, {"run": range(runs)}, number_processes=1, display_progress=False)
        if len(rows) != runs or any(not row["measures"] for row in rows):
            raise RuntimeError("mesa.batch_run left runs without measures")

    section = Section(
        "Against Mesa",
        f"`AipoModel` asks the same steps of one run and lets Mesa agents answer; a loop over {runs} runs with all "
        "measures, the same runs by `mesa.batch_run` on one process (one row a run, no tables of agents), and blocks "
        f"of {size.runs:,} runs as arrays, called in turn.",
        ("way", "ms a run", "runs a second", "arrays are faster by"),
    )
    alone = [1e3 * each for each in in_turn([one_run], size.mesa_runs)[0]]
    section.figures["one Mesa run"] = Spread.of(alone)
    arrays, looped, batched = in_turn([block, loop, batch], max(1, size.pairs))
    one = [each / size.runs for each in arrays]
    section.rows.append(("one `AipoModel`, built and run", Spread.of(alone).told(2), "", ""))
    for words, key, taken in (
        ("a plain loop over `AipoModel`", "arrays against a Mesa loop", looped),
        ("`mesa.batch_run`", "arrays against mesa.batch_run", batched),
    ):
        each_run = [every / runs for every in taken]
        times = ratio(each_run, one)
        section.figures[key] = times
        rate = Spread.of(1 / each for each in each_run)
        section.rows.append((words, Spread.of(1e3 * each for each in each_run).told(2), rate.told(), times.told()))
    rate = Spread.of(1 / each for each in one)
    section.rows.append(("arrays, one core", Spread.of(1e3 * each for each in one).told(4), rate.told(), "1"))
    return section
