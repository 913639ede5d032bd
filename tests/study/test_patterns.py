"""The model reproduces the patterns, the record and the specification's own table."""

from __future__ import annotations

import re

import pytest

from aiposim.study.calibration import Check, calibrate
from aiposim.study.patterns import PATTERNS, Finding, Pattern, find
from aiposim.study.specification import Figure, reproduce

RUNS = 400


@pytest.fixture(scope="module")
def findings() -> dict[str, Finding]:
    return {finding.pattern.name: finding for finding in find(runs=RUNS)}


@pytest.mark.parametrize("pattern", PATTERNS, ids=lambda pattern: pattern.name)
def test_pattern(pattern: Pattern, findings: dict[str, Finding]) -> None:
    found = findings[pattern.name]
    assert found.holds, f"{pattern.words}: {found.difference:.4f} +- {found.standard_error:.4f}"


def test_every_hypothesis_of_the_specification_is_among_the_patterns() -> None:
    numbers = {re.match(r"H(\d+)", pattern.name).group(1) for pattern in PATTERNS}  # type: ignore[union-attr]
    assert numbers == {str(number) for number in range(1, 23)}
    assert len({pattern.name for pattern in PATTERNS}) == len(PATTERNS)


def test_a_finding_says_direction_size_interval_and_verdict(findings: dict[str, Finding]) -> None:
    found = findings["H1"]
    low, high = found.interval
    assert (found.pattern.direction, found.verdict) == ("lower", "pass")
    assert low < found.difference < high < 0.0
    assert found.pairs == RUNS


def test_a_pattern_that_does_not_hold_is_told() -> None:
    nothing = Pattern("X", "a design differs from itself", "budget_ratio", 0.1, {})
    assert find((nothing,), runs=20)[0].verdict == "fail"
    reversed_sign = Pattern("Y", "majority raises deadlock", "deadlock_rate", 0.47, {"control.voting": "majority"})
    assert find((reversed_sign,), runs=50)[0].verdict == "fail"


def test_a_size_that_lies_outside_by_chance_is_undecided_and_one_beyond_chance_fails() -> None:
    pattern = Pattern("Z", "exits rise", "exits", 0.12, {})
    assert Finding(pattern, 0.21, 0.045, 100).verdict == "undecided"
    assert Finding(pattern, 0.21, 0.005, 9000).verdict == "fail"
    assert Finding(pattern, 0.14, 0.060, 60).verdict == "undecided"
    assert Finding(pattern, 0.14, 0.005, 9000).verdict == "pass"


@pytest.fixture(scope="module")
def checks() -> list[Check]:
    return calibrate(runs=RUNS)


def test_the_model_lies_near_the_record(checks: list[Check]) -> None:
    off = [f"{check.words}: {check.model:.4f}" for check in checks if not check.holds]
    assert not off
    assert len(checks) == 7 + 2 * 5 * 2 + 3 + 2 + 4 * 3


def test_the_un_method_is_right_to_two_and_a_half_points_out_of_sample(checks: list[Check]) -> None:
    scale = {check.words: check.model for check in checks if check.words.startswith("UN scale")}
    printed = {2016: (0.396, 0.489, 0.115), 2019: (0.527, 0.361, 0.112), 2022: (0.606, 0.292, 0.101)}
    printed[2025] = (0.670, 0.242, 0.088)
    for year, shares in printed.items():
        for code, share in zip(("CHN", "JPN", "KOR"), shares, strict=True):
            assert scale[f"UN scale {year}, {code}"] == pytest.approx(share, abs=0.0006)


@pytest.fixture(scope="module")
def figures() -> list[Figure]:
    return reproduce(runs=300)


def test_the_specifications_table_is_reproduced(figures: list[Figure]) -> None:
    assert len(figures) == 47 * 15
    outside = [f"{f.key} {f.vote} {f.measure} {f.computed:.3f}/{f.printed}" for f in figures if not f.agrees]
    assert len(outside) <= 0.02 * len(figures), outside


def test_weighted_and_double_majority_are_one_rule_where_no_pair_lies_between_their_thresholds(
    figures: list[Figure],
) -> None:
    for key in ("equal", "gni"):
        both = [[f.computed for f in figures if (f.key, f.vote) == (key, vote)] for vote in ("weighted", "double")]
        assert both[0] == both[1]
