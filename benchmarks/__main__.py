"""The command of the benchmarks: `python -m benchmarks`, from the top of the repository."""

from __future__ import annotations

import argparse
import sys
import time
import traceback
from collections.abc import Callable

from benchmarks import measured, page, vector_code
from benchmarks.blocks import keys_of_four, one_core, rules_and_options, scenarios
from benchmarks.growth import cost_growth
from benchmarks.limits import machine_limits
from benchmarks.mathematics import power_indices
from benchmarks.mesa_runs import against_mesa
from benchmarks.million import million_runs
from benchmarks.numpy_payment import against_numpy
from benchmarks.panel_cost import core_panel
from benchmarks.processors import instruction_sets
from benchmarks.section import SHORT, TINY, Section, Size
from benchmarks.starts import program_start
from benchmarks.step_times import steps
from benchmarks.workers import two_workers

BENCHMARKS: tuple[Callable[[Size], Section], ...] = (
    one_core,
    scenarios,
    rules_and_options,
    keys_of_four,
    instruction_sets,
    against_mesa,
    against_numpy,
    machine_limits,
    two_workers,
    program_start,
    million_runs,
    core_panel,
    cost_growth,
    steps,
    power_indices,
)


def main(words: list[str] | None = None) -> None:
    options = _options(words)
    if options.expect:
        vector_code.write_expected(vector_code.loops_of_steps(whole=True))
        print(f"Written: {vector_code.EXPECTED}")
        return
    if options.page:
        _write_page()
        return
    size = TINY if options.tiny else SHORT if options.short else Size()
    chosen = [each for each in BENCHMARKS if not options.only or each.__name__ in options.only]
    found: list[Section] = []
    failed = []
    for benchmark in chosen:
        start = time.perf_counter()
        try:
            found.append(benchmark(size))
        except Exception:  # noqa: BLE001 - the minutes of the others are not to be lost
            traceback.print_exc()
            failed.append(benchmark.__name__)
        else:
            print(f"{page.section_told(found[-1])}\n\n({time.perf_counter() - start:.0f} s)\n", flush=True)
    print(f"## Targets\n\n{page.targets(found)}\n\n{page.losses_told(found)}")
    if failed:
        sys.exit(f"Failed: {', '.join(failed)}; no page is written")
    if options.write:
        measured.write(measured.now(found, draft=options.short))
        _write_page()


def _write_page() -> None:
    page.PAGE.write_text(page.whole(measured.read()), encoding="utf-8")
    print(f"Written: {page.PAGE}")


def _options(words: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    names = [each.__name__ for each in BENCHMARKS]
    parser.add_argument("--only", nargs="+", choices=names, metavar="NAME", help=f"only these of: {', '.join(names)}")
    parser.add_argument("--write", action="store_true", help=f"write {page.PAGE.name} in docs/, of all benchmarks")
    parser.add_argument("--page", action="store_true", help="write the page anew from what was measured last")
    parser.add_argument("--short", action="store_true", help="call everything fewer times: a look, not a figure")
    parser.add_argument("--tiny", action="store_true", help="next to no work: shows that everything runs")
    parser.add_argument("--expect", action="store_true", help="write anew which loops are expected to be vector code")
    options = parser.parse_args(words)
    if options.write and (options.only or options.tiny):
        parser.error("--write needs all benchmarks at their usual size")
    return options


if __name__ == "__main__":
    main(sys.argv[1:])
