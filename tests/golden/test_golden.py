"""Each shipped scenario still gives the numbers that were looked at: to the bit, on every platform."""

from __future__ import annotations

import pytest

from aiposim import load, shipped
from golden.refresh import FOLDER, MEASURES, numbers


@pytest.mark.parametrize("name", shipped())
def test_golden_numbers_have_not_moved(name: str) -> None:
    lines = (FOLDER / f"{name}.yaml").read_text(encoding="utf-8").splitlines()
    expected = dict(line.split(": ") for line in lines if not line.startswith("#"))
    assert set(expected) == set(MEASURES)
    assert numbers(load(name)) == expected


def test_no_golden_file_is_left_of_a_scenario_that_is_gone() -> None:
    assert {path.stem for path in FOLDER.glob("*.yaml")} == set(shipped())
