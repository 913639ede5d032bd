"""Machine code is kept between processes, forgiven when damaged, and named by the source it was made from."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from aiposim import compiled

SIMULATE = """
import aiposim
from aiposim import compiled
print(aiposim.simulate("reference-design", 3, seed=4).runs["budget"].sum())
machines = [m for m in compiled._machines.values() if hasattr(m, "stats")]
print(*(sum(sum(getattr(m.stats, kind).values()) for m in machines) for kind in ("cache_hits", "cache_misses")))
"""


def simulated(cache: Path) -> tuple[str, int, int]:
    """The answer, and how many steps came from the kept machine code and how many were compiled."""
    environment = {**os.environ, "XDG_CACHE_HOME": str(cache), "HOME": str(cache), "LOCALAPPDATA": str(cache)}
    ran = subprocess.run([sys.executable, "-c", SIMULATE], check=True, capture_output=True, text=True, env=environment)
    answer, counts = ran.stdout.splitlines()
    hits, misses = counts.split()
    return answer, int(hits), int(misses)


def test_machine_code_is_kept_and_a_damaged_file_is_compiled_again(tmp_path: Path) -> None:
    first, _, compiled_first = simulated(tmp_path)
    again, kept, compiled_again = simulated(tmp_path)
    assert (again, compiled_again) == (first, 0)
    assert compiled_first > 0
    assert kept > 50
    indices = sorted(tmp_path.rglob("*.nbi"))
    indices[0].write_bytes(b"")
    sorted(tmp_path.rglob("*.nbc"))[-1].write_bytes(b"garbage")
    mended, kept_then, compiled_then = simulated(tmp_path)
    assert mended == first
    assert 1 <= compiled_then <= 4
    assert kept_then >= kept - 4


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
