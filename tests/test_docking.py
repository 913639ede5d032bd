"""Two drivers, one period: Mesa agents and arrays, compiled or not, give the same run to the bit."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings

from aiposim import AipoModel, MemberState, load, shipped, simulate
from aiposim.scenario import Scenario
from designs import scenarios

RUNS = 3


def rows_of_models(scenario: Scenario, runs: range, seed: int = 2015, **keywords: Any) -> pd.DataFrame:
    rows = []
    for run in runs:
        model = AipoModel(scenario, seed=seed, run=run, **keywords)
        model.run()
        rows.append(model.measures())
    return pd.DataFrame(rows)


def assert_same(left: pd.DataFrame, right: pd.DataFrame) -> None:
    assert list(left.columns) == list(right.columns)
    for column in left.columns:
        np.testing.assert_array_equal(left[column].to_numpy(), right[column].to_numpy(), err_msg=column)


@pytest.mark.parametrize("name", shipped())
def test_agents_and_arrays_agree_on_every_design_that_is_shipped(name: str) -> None:
    for design in load(name).all_designs():
        assert_same(rows_of_models(design, range(RUNS)), simulate(design, RUNS).runs)


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(scenario=scenarios())
def test_agents_and_arrays_agree_on_any_design(scenario: Scenario) -> None:
    assert_same(rows_of_models(scenario, range(2), seed=7), simulate(scenario, 2, seed=7).runs)


@pytest.mark.soak
@settings(max_examples=600, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(scenario=scenarios(horizon=40))
def test_agents_and_arrays_agree_on_many_designs(scenario: Scenario) -> None:
    assert_same(rows_of_models(scenario, range(3), seed=11), simulate(scenario, 3, seed=11).runs)


def test_a_run_is_the_row_of_its_number_in_an_ensemble() -> None:
    table = simulate("geneva-2015", 40, seed=3).runs
    assert_same(rows_of_models(load("geneva-2015"), range(37, 40), seed=3), table.iloc[37:40])


PLAIN = """
import sys, aiposim
for name in sys.argv[2:]:
    for i, design in enumerate(aiposim.load(name).all_designs()[:3]):
        short = design.with_(**{"world.horizon": 24})
        aiposim.simulate(short, 2, seed=5).runs.to_pickle(f"{sys.argv[1]}/{name}-{i}.pickle")
"""


def test_compiled_code_and_plain_python_agree(tmp_path: Path) -> None:
    names = shipped()
    environment = {**os.environ, "AIPOSIM_COMPILE": "0"}
    command = [sys.executable, "-W", "error::RuntimeWarning", "-c", PLAIN, str(tmp_path), *names]
    subprocess.run(command, check=True, env=environment)
    for name in names:
        for i, design in enumerate(load(name).all_designs()[:3]):
            compiled = simulate(design.with_(**{"world.horizon": 24}), 2, seed=5).runs
            assert_same(compiled, pd.read_pickle(tmp_path / f"{name}-{i}.pickle"))


# The test has teeth: each behaviour broken on one side only makes the two sides differ.


class Absent(MemberState):
    def attend(self) -> bool:
        return self.model.period % 7 != 3 and super().attend()


class Stubborn(MemberState):
    def vote(self, item: str, motion: Any) -> bool | None:
        return super().vote(item, motion) and not (item == "budget" and self.model.period == 8)


class Reckless(MemberState):
    def vote(self, item: str, motion: Any) -> bool | None:
        return True if item.startswith("crisis") else super().vote(item, motion)


class Abstaining(MemberState):
    def vote(self, item: str, motion: Any) -> bool | None:
        return None if item == "programme" else super().vote(item, motion)


class Miser(MemberState):
    def pay(self) -> float:
        return 0.999999 * super().pay()


class Generous(MemberState):
    def pledge(self) -> float:
        return super().pledge() + 1e-6


class Withholding(MemberState):
    def deploy(self, crisis: Any) -> float:
        return 0.9 * super().deploy(crisis)


class Selective(MemberState):
    def opt_out(self) -> str | None:
        return "pk"


class Suspicious(MemberState):
    def object(self, nominee: MemberState) -> bool:
        return nominee.code == "CHN" or super().object(nominee)


class Loyal(MemberState):
    def elect(self, nominee: MemberState) -> float:
        return super().elect(nominee) + (2.0 if nominee.code == "CHN" else 0.0)


class Proud(MemberState):
    def ask_relief(self) -> float:
        return 0.0


class Hard(MemberState):
    def accept_relief(self, claimant: MemberState) -> bool:
        return False


class Restless(MemberState):
    def withdraw(self) -> bool:
        return self.model.period == 10 or super().withdraw()


class Resolute(MemberState):
    def rescind(self) -> bool:
        return False


UNSETTLED = {"control.cost_sharing": "equal", "world.withdrawal.threshold": 1.0}


@pytest.mark.parametrize(
    ("broken", "overrides"),
    [
        (Absent, {}),
        (Stubborn, {}),
        (Reckless, {}),
        (Abstaining, {}),
        (Miser, {}),
        (Generous, {"control.cost_sharing": "voluntary"}),
        (Withholding, {}),
        (Selective, {"scope.optout": "area"}),
        (Suspicious, {"control.director.rule": "acclamation"}),
        (Loyal, {"control.director.rule": "election"}),
        (Proud, {"control.cost_sharing": "equal"}),
        (Hard, {"control.cost_sharing": "equal"}),
        (Restless, {}),
        (Resolute, UNSETTLED),
    ],
    ids=lambda value: value.__name__ if isinstance(value, type) else "",
)
def test_a_behaviour_broken_on_one_side_is_noticed(broken: type[MemberState], overrides: dict[str, Any]) -> None:
    design = load("geneva-2015").with_(**overrides)
    arrays = simulate(design, 8).runs
    assert_same(rows_of_models(design, range(8)), arrays)
    with pytest.raises(AssertionError):
        assert_same(rows_of_models(design, range(8), member_class=broken), arrays)


def test_every_question_has_a_test_with_teeth() -> None:
    broken: list[type] = [Absent, Stubborn, Miser, Generous, Withholding, Selective, Suspicious, Loyal]
    broken += [Proud, Hard, Restless, Resolute]
    questions = {name for cls in broken for name in vars(cls) if not name.startswith("_")}
    folders = {path.name for path in Path(_behaviour_folder()).iterdir() if (path / "__init__.py").exists()}
    assert questions == folders


def _behaviour_folder() -> str:
    import aiposim.behaviour

    return aiposim.behaviour.__path__[0]


def test_a_states_own_behaviour_changes_that_state_alone() -> None:
    """What the others meet in the first period does not depend on one member's answer."""
    design = load("reference-design")
    usual, odd = AipoModel(design), AipoModel(design, member_class={"KOR": Miser})
    usual.step()
    odd.step()
    for state, other in zip(usual.member_states, odd.member_states, strict=True):
        assert (state.paid == other.paid) == (state.code != "KOR")
        assert state.hawkishness == other.hawkishness
