"""A child process: compiles the steps afresh, says what became of their loops, then times blocks when asked.

    python -m benchmarks.compile_afresh STEPS {report | serve}

STEPS is `base` for those of the base scenario, `all` for those of every rule, or one step. The first line of output is
the report as JSON. With `serve` each line of input, a number of runs, is answered by the seconds of a block of so many
runs (or of the one step). The folder of kept machine code must be empty.
"""

from __future__ import annotations

import json
import os
import re
import sys
import tempfile
from collections.abc import Callable
from typing import Any

import llvmlite.binding as llvm

from aiposim import compiled as compiled_module
from aiposim.compiled import Waiting
from benchmarks import designs
from benchmarks.engine import a_block, driver_of, steps_of
from benchmarks.measuring import seconds

_VECTOR, _PLAIN = "vectorized loop (", "loop not vectorized"


def main(wanted: str, then: str) -> None:
    # Of LLVM, not of Numba: what its vectoriser made of each loop, on the standard error of the process.
    for option in ("--pass-remarks=loop-vectorize", "--pass-remarks-missed=loop-vectorize"):
        llvm.set_option("", option)
    print(json.dumps(report(wanted)), flush=True)
    if then == "serve":
        for line in sys.stdin:
            print(seconds(_work(wanted, int(line))), flush=True)


def report(wanted: str) -> dict[str, dict[str, int]]:
    """Loops and registers by step; a step bound to another rule than the base scenario's is named with the rule."""
    made = _made_by_the_compiler()
    found: dict[str, dict[str, int]] = {}
    compiled: dict[str, dict[str, int]] = {}
    named = [("", designs.base()), *(designs.rules() if wanted == "all" else ())]
    for rule, scenario in named:
        for name, step in steps_of(driver_of(scenario, 8)).items():
            if not isinstance(step, Waiting) or wanted not in ("all", "base", name):
                continue  # what another rule has compiled before is ready
            if step.key not in compiled:
                compiled[step.key] = _compiled(step, made)
            found[f"{name}, {rule}" if rule else name] = compiled[step.key]
    return found


def _made_by_the_compiler() -> list[Any]:
    """What Numba makes from now on, so that its machine code can be read."""
    made: list[Any] = []
    make = compiled_module._compile

    def noted(*given: Any, **options: Any) -> Any:
        made.append(make(*given, **options))
        return made[-1]

    compiled_module._compile = noted
    return made


def _compiled(step: Waiting, made: list[Any]) -> dict[str, int]:
    made.clear()
    remarks = told_on_standard_error(lambda: compiled_module.keep([step]))
    machine_code = "\n".join(text for each in made for text in each.inspect_asm().values())
    return {
        "vector": remarks.count(_VECTOR),
        "plain": remarks.count(_PLAIN),
        "zmm": len(re.findall(r"\bzmm\d", machine_code)),
        "ymm": len(re.findall(r"\bymm\d", machine_code)),
    }


def told_on_standard_error(work: Callable[[], object]) -> str:
    """What is written to the process's standard error meanwhile: the compiler knows nothing of `sys.stderr`."""
    sys.stderr.flush()
    kept = os.dup(2)
    with tempfile.TemporaryFile() as caught:
        os.dup2(caught.fileno(), 2)
        try:
            work()
        finally:
            os.dup2(kept, 2)
            os.close(kept)
        caught.seek(0)
        return caught.read().decode(errors="replace")


_works: dict[int, Callable[[], object]] = {}


def _work(wanted: str, runs: int) -> Callable[[], object]:
    if runs not in _works:
        one_step = steps_of(driver_of(designs.base(), runs)).get(wanted)
        _works[runs] = a_block(designs.base(), runs) if one_step is None else one_step
        _works[runs]()
    return _works[runs]


if __name__ == "__main__":
    main(*sys.argv[1:3])
