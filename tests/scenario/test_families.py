"""Families: a folder is the list of its names."""

from __future__ import annotations

import subprocess
import sys

import pytest

from aiposim import families


def test_names_are_the_files_of_the_folder() -> None:
    assert "majority" in families.names("rules.voting")
    assert not [name for name in families.names("rules.voting") if name.startswith("_")]
    assert families.names("rules.nothing") == []


def test_hyphens_and_aliases_are_read() -> None:
    assert families.canonical("rotation-skip") == "rotation_skip"
    assert families.canonical("consensus-1") == "consensus_minus_one"
    assert families.fetch("rules.voting", "consensus-1") is families.fetch("rules.voting", "consensus_minus_one")


def test_a_misspelt_name_meets_the_nearest() -> None:
    with pytest.raises(LookupError, match="did you mean 'majority'"):
        families.fetch("rules.voting", "majorty")
    assert families.near("UN-scale", ["un_scale", "gni"]) == "un_scale"
    assert families.near("zzz", ["un_scale", "gni"]) is None


def test_a_rule_is_described_without_being_imported() -> None:
    assert "Source:" in families.described("rules.cost_sharing", "gni")


def test_reading_scenarios_is_light() -> None:
    heavy = {"mesa", "pandas", "matplotlib", "numba", "scipy", "numpy", "rich", "typer"}
    program = (
        "import sys; from aiposim.scenario import load; load('geneva-2015'); "
        f"print(*sorted({heavy!r} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout.split()) == (0, []), done.stderr
