"""AipoModel feels like a Mesa model: agents with readable state, steps, tables, queries, no memory left behind."""

from __future__ import annotations

import gc
import weakref
from typing import Any

import mesa
import numpy as np
import pytest

from aiposim import AipoModel, CouncilSeat, Director, MemberState, load
from aiposim.scenario import ScenarioError


@pytest.fixture(scope="module")
def played() -> AipoModel:
    model = AipoModel("geneva-2015", seed=2015, run=17)
    model.run()
    return model


def test_it_is_a_mesa_model_with_states_a_director_and_seats(played: AipoModel) -> None:
    assert isinstance(played, mesa.Model)
    assert len(played.agents) == 3 + 1 + 7
    assert [s.code for s in played.agents_by_type[MemberState]] == ["CHN", "JPN", "KOR"]
    assert len(played.agents_by_type[Director]) == 1
    kinds = [seat.kind for seat in played.agents_by_type[CouncilSeat]]
    assert kinds == ["government"] * 3 + ["official"] * 3 + ["ngo"]


def test_agent_sets_can_be_queried(played: AipoModel) -> None:
    members = played.agents_by_type[MemberState]
    assert members.agg("share", sum) == pytest.approx(1.0)
    debtors = members.select(lambda state: state.arrears > 0)
    assert {state.code for state in debtors} <= {"CHN", "JPN", "KOR"}
    assert len(members.get("welfare")) == 3


def test_every_step_is_a_half_year_and_is_collected() -> None:
    model = AipoModel("geneva-2015")
    assert (model.period, model.label) == (0, "")
    model.step()
    assert (model.period, model.label) == (1, "2016H1")
    model.step()
    table = model.datacollector.get_model_vars_dataframe()
    assert list(table["label"]) == ["2016H1", "2016H2"]
    states = model.datacollector.get_agenttype_vars_dataframe(MemberState)
    assert len(states) == 6
    assert states.groupby("Step")["share"].sum().to_numpy() == pytest.approx([1.0, 1.0])


def test_the_tables_hold_what_was_paid(played: AipoModel) -> None:
    table = played.datacollector.get_agenttype_vars_dataframe(MemberState)
    paid = table.groupby("code")["paid"].sum()
    measures = played.measures()
    for code in ("CHN", "JPN", "KOR"):
        assert paid[code] / paid.sum() == pytest.approx(measures[f"burden_share.{code}"])


def test_the_model_stops_at_its_horizon_and_says_so() -> None:
    model = AipoModel(load("geneva-2015").with_(**{"world.horizon": 3}))
    model.run()
    assert not model.running
    with pytest.raises(RuntimeError, match="horizon of 3 periods"):
        model.step()


def test_the_director_rotates_and_has_deputies_from_the_members() -> None:
    model = AipoModel(load("reference-design").with_(**{"membership.exit_allowed": False}))
    assert model.director.nationality is None
    seen = []
    while model.running:
        model.step()
        seen.append(model.director.nationality)
        assert len(model.director.deputies) == 3
        assert sorted(model.director.queue) == ["CHN", "JPN", "KOR"]
    assert seen == ["JPN"] * 10 + ["CHN"] * 10 + ["KOR"] * 10 + ["JPN"] * 10 + ["CHN"] * 10 + ["KOR"] * 10


def test_one_method_overridden_is_a_state_with_another_behaviour() -> None:
    class Defaulter(MemberState):
        def pay(self) -> float:
            return 0.0

    design = load("reference-design").with_(**{"membership.exit_allowed": False})
    model = AipoModel(design, member_class={"KOR": Defaulter})
    model.run()
    measures = model.measures()
    others = min(measures["collection_rate.JPN"], measures["collection_rate.CHN"])
    assert measures["collection_rate.KOR"] < others - 0.03  # old arrears it still pays off, in part
    assert measures["suspensions"] > 0


@pytest.mark.parametrize(
    ("question", "answer", "message"),
    [
        ("pay", 1.5, "a share from 0 to 1"),
        ("pay", float("nan"), "a number from 0 up"),
        ("attend", "yes", "True or False"),
        ("deploy", 1e6, "available roster"),
        ("opt_out", "xx", "areas are cp, pk"),
    ],
)
def test_an_answer_out_of_range_is_refused_by_name(question: str, answer: Any, message: str) -> None:
    cls = type("Odd", (MemberState,), {question: lambda self, *_: answer})
    design = load("geneva-2015").with_(**{"scope.optout": "area", "world.crises.rate": 3.0})
    model = AipoModel(design, member_class=cls)
    with pytest.raises(ValueError, match=message) as caught:
        model.run()
    assert f".{question}()" in str(caught.value)


def test_a_wrong_scenario_or_state_is_refused() -> None:
    with pytest.raises(ScenarioError):
        AipoModel("geneva-2051")
    with pytest.raises(ValueError, match="USA"):
        AipoModel("geneva-2015", member_class={"USA": MemberState})
    with pytest.raises(ValueError, match="seed"):
        AipoModel("geneva-2015", seed=2**64)
    with pytest.raises(ValueError, match="numbered"):
        AipoModel("geneva-2015", run=-1)


def test_a_dead_institute_can_still_be_read() -> None:
    design = load("reference-design").with_(**{"world.withdrawal.threshold": -5.0, "membership.notice": 1})
    model = AipoModel(design)
    model.run()
    assert not model.alive
    assert model.director.nationality is None
    assert model.measures()["dissolved"] == 1.0
    assert model.measures()["survival_years"] < 5


def test_a_thousand_models_leave_no_memory_behind() -> None:
    design = load("geneva-2015").with_(**{"world.horizon": 2})
    alive = []
    for run in range(1000):
        model = AipoModel(design, run=run)
        model.step()
        alive.append(weakref.ref(model))
        del model
    gc.collect()
    assert sum(reference() is not None for reference in alive) == 0


def test_agents_state_is_what_the_arrays_hold(played: AipoModel) -> None:
    for state in played.member_states:
        assert state.grievance == played.state.grievance[state.row, 0]
        assert state.trust_in(played.member_states[0]) == played.state.trust[state.row, 0, 0]
        assert isinstance(state.suspended, bool)
    assert np.isclose(sum(played.programme.values()), 1.0)
    assert set(played.delivery) == {"cp", "pk", "ha", "pb", "rd"}
