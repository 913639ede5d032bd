"""The period: a straight line of steps, wired by the names of their parameters."""

from __future__ import annotations

import ast
import inspect
from types import SimpleNamespace

import numpy as np
import pytest

from aiposim import load, period, wiring
from aiposim.driver import Driver, charter_of
from aiposim.state import declared


def played_steps() -> set[str]:
    """Names of the steps that `period` calls."""
    tree = ast.parse(inspect.getsource(period.period))
    return {
        node.func.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id == "do"
    }


def bound_steps() -> SimpleNamespace:
    charter, assessment = charter_of(load("geneva-2015"))
    return Driver(charter, assessment, 2).do


def test_every_step_that_is_written_is_played_and_every_step_played_is_written() -> None:
    assert played_steps() == set(vars(bound_steps()))


def test_every_question_put_to_members_is_a_step() -> None:
    assert set(period.ASKED) <= played_steps()


def test_a_misspelt_array_fails_when_the_block_is_made() -> None:
    def wrong(arears: object) -> None:
        """A step with a slip of the pen."""

    with pytest.raises(NameError, match="step wrong reads arears"):
        wiring._bound(wrong, "", {"arrears": np.zeros(1)}, {})


def test_every_array_of_the_state_is_read_or_written_by_a_step() -> None:
    source = "".join(inspect.getsource(module) for module in wiring.step_modules())
    unused = [name for name in declared() if name not in source]
    assert not [name for name in unused if not name.startswith(("budget_", "programme_")) and name != "motions"]


def test_a_half_year_ends_with_money_accounted_for() -> None:
    charter, assessment = charter_of(load("arrears"))
    driver = Driver(charter, assessment, 50)
    driver.start(0, 9)
    for t in range(charter.horizon):
        before = driver.state.arrears.copy()
        members = driver.state.member.copy()
        period.period(t, driver.do, charter)
        state = driver.state
        stays = members & state.member
        change = np.where(stays, state.arrears - before, 0.0)
        owed = np.where(stays, np.maximum(-before, state.due - state.paid), 0.0)
        np.testing.assert_allclose(change, owed, atol=1e-9)
        np.testing.assert_allclose(np.where(state.alive, state.share.sum(axis=0), 1.0)[~state.left], 1.0, atol=1e-12)
