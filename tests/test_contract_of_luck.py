"""The contract of reproducibility: what a run meets depends on the seed and on nothing else."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest

from aiposim import load, simulate
from aiposim.driver import Driver, charter_of
from aiposim.period import period
from aiposim.scenario import Scenario

LUCK = (
    "u_domestic",
    "u_incident",
    "u_council",
    "u_institute",
    "u_career",
    "u_factor",
    "u_issue",
)
REFERENCE = load("reference-design")


def luck_of(scenario: Scenario, seed: int = 2015, first: int = 0, runs: int = 5, periods: int = 6) -> Any:
    """The uniforms of the first periods by field, as (period, ..., run), and the codes of the founders."""
    charter, assessment = charter_of(scenario)
    driver = Driver(charter, assessment, runs)
    driver.start(first, seed)
    seen: dict[str, list[Any]] = {name: [] for name in LUCK}
    for t in range(periods):
        period(t, driver.do, charter)
        for name in LUCK:
            seen[name].append(getattr(driver.state, name).copy())
    return {name: np.array(values) for name, values in seen.items()}, charter.codes


DESIGNS: list[dict[str, Any]] = [
    {"control.voting.rule": "majority"},
    {"control.cost_sharing": "equal"},
    {"control.cost_sharing": "voluntary"},
    {"control.director.rule": "merit"},
    {"flexibility.sanction.rule": "all"},
    {"control.council.ngo": "per_state"},
    {"world.incidents.scale": 1.7},
    {"membership.overrides.JPN.robustness_cap": 0.7},
]


@pytest.mark.parametrize("changed", DESIGNS, ids=str)
def test_a_changed_rule_leaves_every_draw_identical(changed: dict[str, Any]) -> None:
    before, _ = luck_of(REFERENCE)
    after, _ = luck_of(REFERENCE.with_(**changed))
    for name in LUCK:
        np.testing.assert_array_equal(before[name], after[name], err_msg=name)


def test_an_added_member_leaves_the_draws_of_the_others_identical() -> None:
    before, codes = luck_of(REFERENCE)
    after, more = luck_of(REFERENCE.with_(**{"membership.members": ["JPN", "CHN", "KOR", "MNG"]}))
    rows = [more.index(code) for code in codes]
    for name in ("u_domestic", "u_council", "u_career", "u_issue"):
        np.testing.assert_array_equal(before[name], after[name][:, rows], err_msg=name)
    pairs = [(a, b) for i, a in enumerate(more) for b in more[i + 1 :]]
    old = [k for k, (a, b) in enumerate(pairs) if a in codes and b in codes]
    np.testing.assert_array_equal(before["u_incident"], after["u_incident"][:, old])


def test_a_run_meets_the_same_whatever_the_block_it_is_in() -> None:
    whole, _ = luck_of(REFERENCE, runs=9)
    part, _ = luck_of(REFERENCE, first=4, runs=3)
    for name in LUCK:
        np.testing.assert_array_equal(whole[name][..., 4:7], part[name], err_msg=name)


def test_another_seed_is_another_world_and_so_is_another_run() -> None:
    one, _ = luck_of(REFERENCE, seed=1)
    two, _ = luck_of(REFERENCE, seed=2)
    assert not np.isin(one["u_domestic"], two["u_domestic"]).any()
    first, second = one["u_domestic"][..., 0], one["u_domestic"][..., 1]
    assert not np.isin(first, second).any()


def test_seeds_beyond_32_bits_count_in_full() -> None:
    low, _ = luck_of(REFERENCE, seed=5)
    high, _ = luck_of(REFERENCE, seed=5 + 2**32)
    assert not np.isin(low["u_institute"], high["u_institute"]).any()


def same(left: pd.DataFrame, right: pd.DataFrame) -> None:
    pd.testing.assert_frame_equal(left, right, check_exact=True)


@pytest.mark.parametrize("block", [1, 7, 64, 1000])
def test_the_block_size_does_not_matter(block: int) -> None:
    whole, parts = simulate("arrears", 65, block=65), simulate("arrears", 65, block=block)
    same(whole.runs, parts.runs)
    same(whole.bands, parts.bands)


def test_the_number_of_workers_does_not_matter() -> None:
    alone, together = (
        simulate("fourth-member", 60, block=20),
        simulate("fourth-member", 60, block=20, workers=2),
    )
    same(alone.runs, together.runs)
    same(alone.bands, together.bands)


def test_the_engine_does_not_matter() -> None:
    arrays, agents = simulate("empty-chair", 6), simulate("empty-chair", 6, engine="agents")
    same(arrays.runs, agents.runs)
    same(arrays.bands, agents.bands)


def test_the_same_seed_gives_the_same_results_and_more_runs_extend_them() -> None:
    few, many = simulate("geneva-2015", 30, seed=8), simulate("geneva-2015", 50, seed=8)
    same(few.runs, simulate("geneva-2015", 30, seed=8).runs)
    same(few.runs, many.runs.iloc[:30])


@pytest.mark.parametrize("order", [["KOR", "CHN", "JPN"], ["CHN", "JPN", "KOR"]])
@pytest.mark.parametrize("rule", ["rotation", "merit"])
def test_the_order_in_which_members_are_listed_does_not_matter(order: list[str], rule: str) -> None:
    queue = ["JPN", "CHN", "KOR"]
    listed = {"control.director.rule": rule, "control.director.queue": queue}
    usual = simulate(REFERENCE.with_(**listed), 25)
    other = simulate(REFERENCE.with_(**listed, **{"membership.members": order}), 25)
    same(usual.runs, other.runs)
    same(usual.bands, other.bands)


def test_only_the_queue_of_turns_carries_an_order_that_matters() -> None:
    usual = simulate(REFERENCE, 25)
    other = simulate(REFERENCE.with_(**{"control.director.queue": ["KOR", "CHN", "JPN"]}), 25)
    assert not usual.runs["budget"].equals(other.runs["budget"])
    same(usual.runs[["incidents"]], simulate(REFERENCE, 25).runs[["incidents"]])
