"""Machine code is kept between processes, forgiven when damaged, and named by the source it was made from."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from aiposim import compiled, load, machine_code
from aiposim.driver import Driver, called, charter_of, waiting_in

SIMULATE = """
import sys
import aiposim
from aiposim import compiled
before = bool(compiled.shelf())
print(aiposim.simulate("reference-design", 3, seed=4).runs["budget"].sum())
print(before, "numba" in sys.modules)
"""


def simulated(cache: Path) -> tuple[str, bool, bool]:
    """The answer, whether machine code was there before, and whether Numba was asked for more."""
    environment = {**os.environ, "XDG_CACHE_HOME": str(cache), "HOME": str(cache), "LOCALAPPDATA": str(cache)}
    command = [sys.executable, "-c", SIMULATE]
    ran = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, env=environment)
    answer, flags = ran.stdout.splitlines()
    before, asked = (word == "True" for word in flags.split())
    return answer, before, asked


def test_machine_code_is_kept_and_runs_without_numba_and_what_is_damaged_is_compiled_again(tmp_path: Path) -> None:
    first, *flags = simulated(tmp_path)
    assert flags == [False, False]  # other processes have asked it
    assert simulated(tmp_path) == (first, True, False)
    libraries = sorted(tmp_path.rglob(f"*{machine_code.SUFFIX}"), key=lambda file: file.stat().st_size)
    assert libraries
    damaged = bytearray(libraries[0].read_bytes())
    damaged[-1000] ^= 1
    libraries[0].write_bytes(damaged)
    assert simulated(tmp_path) == (first, True, True)
    assert simulated(tmp_path) == (first, True, False)


@pytest.mark.skipif(not compiled.wanted(), reason="nothing is compiled here")
def test_every_step_of_a_scenario_is_kept_as_machine_code() -> None:
    charter, assessment = charter_of(load("pledges-and-kind"))
    steps = vars(Driver(charter, assessment, 2).do)
    compiled.keep(part for name in called(charter) for part in waiting_in(steps[name]))
    again = vars(Driver(charter, assessment, 3).do)
    assert [name for name in called(charter) if waiting_in(again[name])] == []
    machine_code_only = [name for name in called(charter) if hasattr(again[name], "holds")]
    assert len(machine_code_only) > 80


@pytest.mark.skipif(not compiled.wanted(), reason="nothing is compiled here")
def test_a_step_that_can_fail_is_left_to_numba_which_says_why() -> None:
    array = np.zeros((2, 3))
    step = compiled.Waiting(fails, [machine_code.Argument(array)], {}, "no key of a step")
    assert compiled.library_of([step]) == b""
    with pytest.raises(ValueError, match="cannot assign slice"):
        step()


def fails(array: Any) -> None:
    array[0] = array[:, 0]


def test_what_is_no_array_of_its_own_memory_gets_no_door() -> None:
    array = np.zeros((4, 6))
    assert machine_code.Argument(array).kind == "<f82"
    frozen = array.copy()
    frozen.flags.writeable = False
    for other in (array[:, ::2], array.T, frozen, 1.0, np.zeros(())):
        assert machine_code.Argument(other).kind is None


def test_the_digest_sees_every_file_of_the_package() -> None:
    assert compiled.source_digest() != compiled.source_digest("steps")
    assert len(compiled.source_digest()) == 64


def test_a_bound_rule_is_another_function_with_a_name_of_its_own() -> None:
    from aiposim.rules import voting
    from aiposim.rules.voting.consensus import consensus
    from aiposim.rules.voting.majority import majority

    one, other = (compiled.machine(voting.count_votes, rule=rule) for rule in (consensus, majority))
    assert one is not other
    assert one is compiled.machine(voting.count_votes, rule=consensus)
    assert "consensus" in one.__qualname__
    assert "majority" in other.__qualname__
