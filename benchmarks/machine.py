"""The machine and the versions that the figures belong to."""

from __future__ import annotations

import importlib.metadata
import os
import platform
from pathlib import Path

from aiposim.results.manifest import processor

_SETS = (("avx512f", "AVX-512"), ("avx2", "AVX2"), ("avx", "AVX"), ("sse2", "SSE2"), ("asimd", "NEON"))


def described() -> list[tuple[str, str]]:
    """What and which, in the order of a table."""
    return [
        ("processor", processor()),
        ("instruction set", instruction_set() or "not known"),
        ("cores", str(os.cpu_count())),
        ("memory", memory()),
        ("system", f"{platform.system()} {platform.release()}"),
        ("Python", f"{platform.python_implementation()} {platform.python_version()}"),
        *((name, importlib.metadata.version(name.lower())) for name in ("Mesa", "Numba", "llvmlite", "NumPy")),
    ]


def instruction_set() -> str:
    """The widest one that loops over numbers can use; "" where it cannot be found out."""
    flags = (_cpuinfo().get("flags") or _cpuinfo().get("Features") or "").split()
    return next((words for flag, words in _SETS if flag in flags), "")


def memory() -> str:
    try:
        total = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (AttributeError, ValueError):  # not on Windows
        return "not known"
    return f"{total / 2**30:.1f} GiB"


def _cpuinfo() -> dict[str, str]:
    """The first processor's lines of /proc/cpuinfo; empty on other systems."""
    path = Path("/proc/cpuinfo")
    if not path.exists():
        return {}
    first = path.read_text(encoding="utf-8").partition("\n\n")[0]
    pairs = (line.partition(":") for line in first.splitlines())
    return {key.strip(): value.strip() for key, _, value in pairs}
