"""Runs on a Dask cluster are the runs of one process: asked of a real cluster of two workers on this machine."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pandas as pd
import psutil
import pytest

import aiposim.cluster
import aiposim.orders
from aiposim import families, load, open_results, simulate
from aiposim.cluster import ClusterError, Computed, computed_on_dask
from aiposim.driver import Block, Task, joined
from aiposim.ensemble import compute_block
from aiposim.model import compute_models
from aiposim.results.study import Study, compute
from aiposim.scenario import Scenario
from aiposim.workers import WorkerDied


@pytest.fixture(scope="module")
def cluster() -> Iterator[Computed]:
    with computed_on_dask("local", 2) as computed:
        yield computed


@pytest.fixture(scope="module")
def scenario() -> Scenario:
    return load("reference-design")


def tasks(scenario: Scenario, runs: int, size: int, panel: str = "none") -> list[Task]:
    return [Task(scenario, first, min(size, runs - first), 2015, panel) for first in range(0, runs, size)]


def whole(computed: Iterator[tuple[int, Block]]) -> Block:
    blocks = dict(computed)
    return joined(blocks[number] for number in sorted(blocks))


def assert_same_bits(one: Block, other: Block) -> None:
    assert (one.first, one.runs, one.failures) == (other.first, other.runs, other.failures)
    np.testing.assert_array_equal(one.numbers, other.numbers)
    assert one.columns.keys() == other.columns.keys()
    for name, column in one.columns.items():
        assert column.tobytes() == other.columns[name].tobytes(), name
    assert one.histogram.dtype == other.histogram.dtype
    np.testing.assert_array_equal(one.histogram, other.histogram)
    np.testing.assert_array_equal(one.fixed_sum, other.fixed_sum)
    assert one.panel.keys() == other.panel.keys()
    for table, columns in one.panel.items():
        assert columns.keys() == other.panel[table].keys()
        for name, column in columns.items():
            np.testing.assert_array_equal(column, other.panel[table][name], err_msg=name)


def worker_processes() -> list[psutil.Process]:
    return [
        process
        for process in psutil.Process().children(recursive=True)
        if any("multiprocessing.spawn" in part for part in process.cmdline())
    ]


# ---- the same bits ----


def test_two_workers_give_the_bits_of_one_process(cluster: Computed, scenario: Scenario) -> None:
    assert_same_bits(
        whole(cluster(tasks(scenario, 1200, 250), compute_block)), compute_block(Task(scenario, 0, 1200, 2015))
    )


def test_designs_that_share_a_cluster_are_not_mixed_up(cluster: Computed, scenario: Scenario) -> None:
    designs = [scenario, load("geneva-2015")]
    blocks = dict(cluster([Task(each, 500, 300, 7) for each in designs], compute_block))
    for number, design in enumerate(designs):
        assert_same_bits(blocks[number], compute_block(Task(design, 500, 300, 7)))


def test_agents_on_a_cluster_decide_as_arrays_do_here(cluster: Computed, scenario: Scenario) -> None:
    assert_same_bits(whole(cluster(tasks(scenario, 5, 2), compute_models)), compute_block(Task(scenario, 0, 5, 2015)))


def test_every_period_of_every_run_comes_back_too(cluster: Computed, scenario: Scenario) -> None:
    here = compute_block(Task(scenario, 0, 200, 2015, "core"))
    assert here.panel
    assert_same_bits(whole(cluster(tasks(scenario, 200, 60, "core"), compute_block)), here)


def test_a_study_filled_by_a_cluster_reads_as_one_in_memory(
    cluster: Computed, scenario: Scenario, tmp_path: Path
) -> None:
    study = Study.begin(tmp_path / "study", scenario, 1000, seed=2015, block=300)
    seen: list[int] = []
    compute([study], compute_with=cluster, progress=lambda done, _: seen.append(done))
    study.finish()
    stored, here = open_results(study.folder), simulate(scenario, 1000)
    assert (seen[0], seen[-1], len(seen)) == (0, 1000, 5)
    pd.testing.assert_frame_equal(stored.runs, here.runs, check_exact=True)
    pd.testing.assert_frame_equal(stored.bands, here.bands, check_exact=True)


# ---- what goes wrong at a worker ----


def test_a_killed_worker_loses_nothing(cluster: Computed, scenario: Scenario) -> None:
    before = worker_processes()
    blocks = {}
    for number, block in cluster(tasks(scenario, 7_000, 1_000), compute_block):
        if not blocks:
            before[0].kill()
        blocks[number] = block
    assert not before[0].is_running()
    assert sorted(blocks) == list(range(7))
    assert_same_bits(whole(iter(blocks.items())), compute_block(Task(scenario, 0, 7_000, 2015)))


DEADLY = """
import multiprocessing, os
if multiprocessing.parent_process() is not None:  # at a worker, not here
    os._exit(9)
"""


def test_a_block_that_ends_every_worker_is_given_up_in_one_line(
    cluster: Computed, scenario: Scenario, rule: Callable[..., Path]
) -> None:
    rule(DEADLY)
    deadly = scenario.with_(**{"control.cost_sharing": "mine"})
    with pytest.raises(WorkerDied, match=r"^Workers of local were ended from outside, 3 times, .* runs 0 to 4 "):
        list(cluster([Task(deadly, 0, 5, 2015)], compute_block))


KEY = '''"""A key on what members report.

Source: a test.
"""
from dataclasses import dataclass
{first}
USES_REPORTS = True

@dataclass(frozen=True)
class Terms:
    """None."""

def mine(members, terms):
    """Shares as reported."""
    if (members.reported.max(axis=0) > {bound} * members.reported.sum(axis=0)).any():
        raise ValueError("one member reports too much")
    return members.reported / members.reported.sum(axis=0)
'''


@pytest.fixture
def rule(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Path]:
    def write(first: str = "", bound: float = 1.0) -> Path:
        file = tmp_path / "mine.py"
        file.write_text(KEY.format(first=first, bound=bound), encoding="utf-8")
        monkeypatch.setenv(families.RULES_VARIABLE, str(file))
        return file

    return write


def test_runs_that_fail_come_back_by_number_and_message(
    cluster: Computed, scenario: Scenario, rule: Callable[..., Path]
) -> None:
    file = rule(bound=0.55)
    some = scenario.with_(**{"control.cost_sharing": "mine", "world.horizon": 6})
    here = compute_block(Task(some, 0, 60, 2015))
    assert 0 < len(here.failures) < 60
    assert str(file) in here.failures[0][1]
    assert_same_bits(whole(cluster(tasks(some, 60, 20), compute_block)), here)


def test_a_rule_of_ones_own_needs_no_file_at_the_worker(
    cluster: Computed, scenario: Scenario, rule: Callable[..., Path]
) -> None:
    file = rule()
    mine = scenario.with_(**{"control.cost_sharing": "mine", "world.horizon": 6})
    here = compute_block(Task(mine, 0, 30, 2015))
    file.unlink()
    assert_same_bits(whole(cluster(tasks(mine, 30, 10), compute_block)), here)


def test_what_every_run_fails_of_is_raised_here(
    cluster: Computed, scenario: Scenario, rule: Callable[..., Path]
) -> None:
    file = rule(bound=0.0)
    none = scenario.with_(**{"control.cost_sharing": "mine", "world.horizon": 6})
    with pytest.raises(families.RulesError, match="one member reports too much") as error:
        list(cluster(tasks(none, 60, 20), compute_block))
    assert str(file) in str(error.value)


# ---- clusters that will not do ----


def test_nothing_listens_beyond_this_machine(cluster: Computed) -> None:
    listening = [
        connection.laddr.ip
        for process in [psutil.Process(), *worker_processes()]
        for connection in process.net_connections(kind="inet")
        if connection.status == psutil.CONN_LISTEN
    ]
    assert len(worker_processes()) == 2
    assert set(listening) == {"127.0.0.1"}


def test_workers_with_other_source_are_refused(
    cluster: Computed, scenario: Scenario, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(aiposim.orders, "source_digest", lambda: "0" * 64)
    with pytest.raises(ClusterError, match=r"^A worker on .* runs another aiposim .* \(source 000000000000\)"):
        list(cluster(tasks(scenario, 10, 5), compute_block))


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("lcoal", "lcoal is no address of a Dask scheduler"),
        ("tcp://somewhere", "tcp://somewhere is no address of a Dask scheduler"),
        ("none.json", "none.json is no scheduler file"),
        ("tls://127.0.0.1:1", "tls://127.0.0.1:1 asks for a key, and Dask's configuration names none"),
        ("tcp://127.0.0.1:1", "No Dask scheduler answers at tcp://127.0.0.1:1"),
    ],
)
def test_a_wrong_address_is_told_in_one_line(address: str, told: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(aiposim.cluster, "SECONDS_TO_CONNECT", 0.5)
    with pytest.raises(ClusterError) as error, computed_on_dask(address):
        pytest.fail("nobody is there")
    assert str(error.value).startswith(told)
    assert "\n" not in str(error.value)


def test_without_dask_it_is_told_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(ClusterError, match=r"^Dask is not installed: pip install 'aiposim\[dask\]'\.$"):
        computed_on_dask("local").__enter__()


def test_a_scheduler_lost_in_the_middle_leaves_what_is_done(scenario: Scenario, tmp_path: Path) -> None:
    file = tmp_path / "scheduler.json"
    options = ("--host", "127.0.0.1", "--no-dashboard", "--scheduler-file", str(file))
    scheduler = started("dask_scheduler", *options, "--port", "0")
    while not file.exists():
        assert scheduler.poll() is None
        time.sleep(0.05)
    worker = started("dask_worker", *options, "--nthreads", "1", "--no-nanny", "--death-timeout", "5")
    kept: list[Block] = []

    def work() -> None:
        with computed_on_dask(str(file)) as computed:
            for _, block in computed(tasks(scenario, 100_000, 1_000), compute_block):
                scheduler.kill()
                kept.append(block)

    try:
        with pytest.raises(ClusterError, match=r"^The connection to the scheduler at .*scheduler\.json was lost\.$"):
            work()
    finally:
        for process in (worker, scheduler):
            process.kill()
            process.wait()
    assert kept
    assert_same_bits(kept[0], compute_block(Task(scenario, kept[0].first, 1_000, 2015)))


def started(program: str, *options: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", f"distributed.cli.{program}", *options],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
