"""Drives the same periods with Mesa agents: one run, to look at, to extend and to play.

The institution's own steps are those of `aiposim.steps`; wherever it asks its members, `MemberState` answers,
by a method of its own. Overriding one method in a subclass changes that state's behaviour and nothing else:

    class Miser(MemberState):
        def pay(self):
            return 0.5 * super().pay()

    model = AipoModel("geneva-2015", seed=2015, run=17, member_class={"KOR": Miser})
    model.run()
    model.measures()["collection_rate.KOR"]
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from operator import attrgetter
from typing import Any

import mesa
import numpy as np
import pandas as pd

from aiposim.behaviour.accept_relief.generosity import generosity
from aiposim.behaviour.ask_relief.overcharged import overcharged
from aiposim.behaviour.attend.boycott import boycott
from aiposim.behaviour.deploy.caveat_and_will import caveat_and_will
from aiposim.behaviour.elect.own_able_trusted import own_able_trusted
from aiposim.behaviour.object.distrust import distrust
from aiposim.behaviour.opt_out.too_dear import too_dear
from aiposim.behaviour.pay.willingness import willingness
from aiposim.behaviour.pledge.nash_and_conditional import nash_and_conditional
from aiposim.behaviour.rescind.second_thoughts import second_thoughts
from aiposim.behaviour.vote.acceptance import acceptance
from aiposim.behaviour.vote.crisis import crisis as crisis_vote
from aiposim.behaviour.withdraw.discontent import discontent
from aiposim.driver import (
    Block,
    Driver,
    Task,
    charter_of,
    compile_ahead,
    failed_run,
    joined,
    label_of,
    recorder_for,
    with_panel,
)
from aiposim.period import period
from aiposim.quantities import AREAS, Array
from aiposim.questions import Crisis, Motion, answered_by_agents
from aiposim.scenario import Scenario, load
from aiposim.state import State


class Views(dict[str, memoryview]):
    """Windows on an agent's own row of the arrays of the state, opened when first looked through."""

    def __init__(self, state: State, row: int) -> None:
        super().__init__()
        self.state = state
        self.row = row

    def __missing__(self, field: str) -> memoryview:
        array: Any = getattr(self.state, field)
        view = self[field] = memoryview(array[self.row] if array.ndim == 2 else array)
        return view


def reads(field: str, words: str) -> property:
    """An attribute that reads one array of the state: of the agent's own row, or of the institute."""
    return property(lambda agent: agent.views[field][0], doc=words)


class MemberState(mesa.Agent):
    """A founding state. Its state is readable; its answers to the institution are its methods."""

    hawkishness = reads("hawkishness", "domestic hawkishness, 0..1")
    is_member = reads("member", "whether the state is a member")
    attended = reads("attended", "whether its government attended this period's session")
    suspended = reads("suspended", "whether its vote is suspended")
    arrears = reads("arrears", "M$ owed")
    due = reads("due", "assessed contribution of the period, M$")
    paid = reads("paid", "paid in the period, M$")
    propensity = reads("propensity", "propensity to pay, 0..1")
    share = reads("share", "scale of assessments, 0..1")
    key = reads("key", "scale of assessments before relief, 0..1")
    fair_share = reads("fair_share", "what the state holds to be fair, 0..1")
    valuation = reads("valuation", "valuation of the institute's work, M$ per half-year and log unit")
    grievance = reads("grievance", "grievance, >= 0")
    surplus = reads("surplus", "smoothed surplus of membership, relative to the valuation")
    payoff = reads("payoff", "payoff of the period inside, M$")
    outside = reads("outside", "payoff of the period outside, M$")
    welfare = reads("welfare", "discounted sum of payoffs, M$")
    notice = reads("notice", "periods of notice left, 0: none runs")
    mean_trust = reads("mean_trust", "mean trust in the other members, 0..1")
    frozen_dyads = reads("frozen_dyads", "own frozen dyads with members")
    posts = reads("posts", "share of the secretariat's posts")
    place = reads("place", "place in the queue of turns, 0 first")
    margin = reads("seat_margin", "margin of its government's seat, in ln(budget)")
    reach = reads("seat_reach", "radius of its acceptance interval on the issue at hand")
    ideal_budget_log = reads("ideal", "ideal budget, ln of M$ per half-year")
    deployed = reads("deployed", "persons deployed in the period")

    relief_asked = reads("relief_asked", "relief on the table, as part of the claimant's key")

    def __init__(self, model: AipoModel, code: str) -> None:
        super().__init__(model)
        self.code = code
        self.row = model.charter.codes.index(code)
        self.views = Views(model.state, self.row)
        self.member = model.charter.scenario.members[self.row]
        self.terms = model.charter.terms

    @property
    def state(self) -> State:
        """The arrays of the run (a block of one)."""
        return self.model.state

    def trust_in(self, other: MemberState) -> float:
        """Trust in another state, 0..1."""
        return float(self.state.trust.item(self.row, other.row, 0))

    # answers to the institution's questions, in the order of the period

    def object(self, nominee: MemberState) -> bool:
        """Does the state object to a nominee of that state for Director?"""
        return distrust(self.trust_in(nominee), self.state.u_objection.item(self.row, nominee.row, 0, 0))

    def elect(self, nominee: MemberState) -> float:
        """How much does it favour that state's nominee for Director? The most favoured one gets its vote."""
        competence = self.state.nominee_competence.item(nominee.row, 0)
        return own_able_trusted(nominee is self, competence, self.trust_in(nominee))

    def attend(self) -> bool:
        """Does its government attend this period's session of the Council?"""
        luck = self.state.u_council.item(self.row, 2, 0)
        return boycott(self.hawkishness, self.frozen_dyads, luck, self.terms.council)

    def vote(self, item: str, motion: Motion | Crisis) -> bool | None:
        """Vote on "budget", "programme" or "crisis0" to "crisis3": True, False, or None to abstain."""
        if isinstance(motion, Motion):
            return acceptance(motion.distance_from(self), self.reach)
        return crisis_vote(
            self.mean_trust,
            self.hawkishness,
            self.member.hawkishness,
            motion.robustness,
            self.member.robustness_cap,
            self._interest(motion),
            self.state.u_crisis_state.item(self.row, 0, motion.number),
        )

    def ask_relief(self) -> float:
        """Claim to relief from its share, 0: none. The largest claim is put to the Council."""
        return overcharged(self.key, self.fair_share)

    def accept_relief(self, claimant: MemberState) -> bool:
        """Does it accept relief for the claimant, which the others pay for?"""
        return generosity(self.relief_asked, claimant.key, self.mean_trust, self.hawkishness, self.terms.council)

    def deploy(self, crisis: Crisis) -> float:
        """Persons offered for a crisis, up to the available roster."""
        return caveat_and_will(
            self.state.permitted.item(self.row, crisis.number),
            self.mean_trust,
            self.hawkishness,
            self.member.hawkishness,
            self._interest(crisis),
            float(self.member.roster),
            self.state.u_crisis_state.item(self.row, 3, crisis.number),
            self.terms.crises,
        )

    def pledge(self) -> float:
        """Voluntary contribution pledged for the period, M$."""
        v, state = self.terms.valuation, self.state
        budget = state.budget.item(0)
        return nash_and_conditional(
            self.valuation,
            v.cost_of_funds - v.joint_product,
            5.0 * v.satiation / state.efficiency.item(0),
            self.terms.institution.fixed_cost,
            (1.0 - self.propensity * self.share) * budget,
            self.fair_share / max(1e-300, self.model.fair_sum()),
            budget,
            self.mean_trust,
            self.share * budget,
        )

    def opt_out(self) -> str | None:
        """The area of work it leaves, or None; asked in budget periods where the charter allows opt-outs."""
        v, state = self.terms.valuation, self.state
        for a, area in enumerate(AREAS):
            if too_dear(
                self.share * state.budget.item(0),
                v.cost_of_funds - v.joint_product,
                self.propensity,
                state.mix.item(a, 0),
                self.valuation,
                self.member.ideal_mix[a],
                state.delivery.item(a, 0),
                v.satiation,
            ):
                return area
        return None

    def pay(self) -> float:
        """Share of its dues that it will pay, 0..1 (late or in time is not its choice)."""
        return willingness(self.propensity, self.notice)

    def withdraw(self) -> bool:
        """Does it give notice of withdrawal? Asked while no notice runs."""
        return discontent(
            self.surplus,
            self.grievance,
            self.hawkishness,
            self.member.hawkishness,
            self.state.u_career.item(self.row, 2, 0),
            self.terms.withdrawal,
        )

    def rescind(self) -> bool:
        """Does it take its notice back? Asked every period while notice runs."""
        return second_thoughts(self.surplus, self.grievance, self.state.u_career.item(self.row, 3, 0))

    def _interest(self, crisis: Crisis) -> float:
        return self.member.ideal_mix[crisis.index]


class Director(mesa.Agent):
    """The office of the Director: who holds it, how able and how partial; the Deputy Directors."""

    row = 0
    competence = reads("competence", "competence, 0..1")
    partiality = reads("partiality", "partiality towards the own state, 0..1")
    acting = reads("acting", "whether the Director only acts")

    def __init__(self, model: AipoModel) -> None:
        super().__init__(model)
        self.views = Views(model.state, self.row)

    @property
    def state(self) -> State:
        return self.model.state

    @property
    def nationality(self) -> str | None:
        """Code of the Director's state; None before the first selection and after dissolution."""
        if self.model.period == 0 or not self.state.alive.item(0):
            return None
        return str(self.model.charter.codes[self.state.director.item(0)])

    @property
    def deputies(self) -> list[str]:
        """Codes of the three Deputy Directors' states: the other members in code order, then the Director's own."""
        others = [s.code for s in self.model.member_states if s.is_member and s.code != self.nationality]
        return [*others, *([self.nationality] if self.nationality else [])][:3]

    @property
    def queue(self) -> list[str]:
        """Codes of the members in the order of their turns, the next one first."""
        members = [s for s in self.model.member_states if s.is_member]
        return [s.code for s in sorted(members, key=lambda s: s.place)]


class CouncilSeat(mesa.Agent):
    """A seat in the Governing Council: of a government, a former senior official or an NGO."""

    seated = reads("seated", "whether the seat exists this period")
    margin = reads("seat_margin", "margin of concession, in ln(budget)")
    reach = reads("seat_reach", "radius of the acceptance interval on the last issue")
    ideal_budget_log = reads("ideal", "ideal budget, ln of M$ per half-year")

    def __init__(self, model: AipoModel, row: int, kind: str, code: str | None) -> None:
        super().__init__(model)
        self.row = row
        self.views = Views(model.state, row)
        self.kind = kind
        self.code = code

    @property
    def state(self) -> State:
        return self.model.state

    @property
    def votes(self) -> bool:
        """Whether the seat has a vote under the charter."""
        return self.kind == "government" or bool(self.model.charter.terms.institution.all_seats_vote)


class AipoModel(mesa.Model):
    """One run of a scenario as a Mesa model; its numbers are those of `simulate`, to the bit.

    member_class   a subclass of `MemberState` for all states, or a mapping from codes to subclasses
    period         the number of the next half-year, from 0; `charter.scenario` is the scenario
    Errors: ScenarioError for a scenario that does not read; ValueError for a seed or run out of range.
    """

    def __init__(
        self,
        scenario: Scenario | str,
        *,
        seed: int = 2015,
        run: int = 0,
        member_class: type[MemberState] | Mapping[str, type[MemberState]] = MemberState,
    ) -> None:
        super().__init__(rng=int(seed))
        scenario = load(scenario) if isinstance(scenario, str) else scenario
        compile_ahead(scenario)
        self.charter, assessment = charter_of(scenario)
        self.luck_seed = int(seed)
        self.run_number = int(run)
        driver = Driver(self.charter, assessment, 1)
        driver.start(self.run_number, self.luck_seed)
        self._driver = driver
        self.state = driver.state
        self.period = 0
        # Histograms of one run touch a page of memory a value: the values are kept, and counted when asked for.
        self._seen = np.empty((self.charter.horizon, *self.state.observed.shape))
        self._count_bands = driver.do.count_bands
        driver.do.count_bands = partial(_keep, self._seen, self.state.observed)
        classes = _classes(self.charter.codes, member_class)
        self.member_states = [classes[code](self, code) for code in self.charter.codes]
        self.director = Director(self)
        self.seats = [CouncilSeat(self, row, kind, code) for row, (kind, code) in enumerate(_seats(self.charter))]
        _forget_counter(self)
        answered_by_agents(self.member_states, self.state, driver.do)
        self.datacollector = mesa.DataCollector(
            model_reporters=_MODEL_REPORTERS,
            agenttype_reporters=dict.fromkeys(dict.fromkeys(classes.values()), _MEMBER_REPORTERS),
        )

    @property
    def label(self) -> str:
        """The last half-year that was played, "2016H1"; "" before the first."""
        return label_of(self.period - 1, self.charter.scenario.world.start) if self.period else ""

    @property
    def budget(self) -> float:
        """M$ per half-year."""
        return float(self.state.budget.item(0))

    @property
    def programme(self) -> dict[str, float]:
        """The voted programme of work, shares by area."""
        return dict(zip(AREAS, self.state.mix[:, 0].tolist(), strict=True))

    @property
    def delivery(self) -> dict[str, float]:
        """Delivered in the last period, effective M$ by area."""
        return dict(zip(AREAS, self.state.delivery[:, 0].tolist(), strict=True))

    @property
    def alive(self) -> bool:
        return bool(self.state.alive.item(0))

    def fair_sum(self) -> float:
        """Sum of the members' fair shares."""
        total = 0.0
        for i in range(len(self.member_states)):
            total += self.state.fair_share.item(i, 0) if self.state.member.item(i, 0) else 0.0
        return total

    def step(self) -> None:
        """Play one half-year and collect it. Errors: RuntimeError beyond the horizon."""
        if self.period >= self.charter.horizon:
            raise RuntimeError(f"the horizon of {self.charter.horizon} periods is reached")
        period(self.period, self._driver.do, self.charter)
        self.period += 1
        self.running = self.period < self.charter.horizon
        self.datacollector.collect(self)

    def run(self) -> None:
        """Play to the horizon."""
        while self.period < self.charter.horizon:
            self.step()

    def measures(self) -> pd.Series[float]:
        """Every measure of the run; after `run()` equal to its row of `simulate(...).runs`."""
        columns = self._driver.columns()
        return pd.Series({name: column.item(0) for name, column in columns.items()}, name=self.run_number)

    def block(self) -> Block:
        """The run as a block of one, for the tables of an ensemble."""
        state = self.state
        state.histogram[...] = 0
        state.fixed_sum[...] = 0
        for t in range(self.period):
            state.observed[...] = self._seen[t]
            self._count_bands(t)
        return self._driver.block()


_MODEL_REPORTERS: dict[str, Any] = {
    "label": "label",
    "budget": "budget",
    "members": lambda model: model.state.members.item(0),
    "director": lambda model: model.director.nationality,
    "adopted": lambda model: bool(model.state.adopted.item(0)),
    "trust": lambda model: model.state.average_trust.item(0),
    "timely_collection_rate": lambda model: model.state.timely.item(0),
    "delivery_ratio": lambda model: model.state.delivery_ratio.item(0),
    "secretariat_capacity": lambda model: model.state.capacity.item(0),
    "incidents": lambda model: float(model.state.incidents[:, 0].sum()),
    "crises": lambda model: model.state.crisis_number.item(0),
    "cooperation_index": lambda model: model.state.index.item(0),
}

_MEMBER_REPORTERS: dict[str, Any] = {
    name: attrgetter(name)
    for name in (
        "code",
        "is_member",
        "attended",
        "suspended",
        "share",
        "due",
        "paid",
        "arrears",
        "propensity",
        "hawkishness",
        "mean_trust",
        "grievance",
        "surplus",
        "payoff",
        "outside",
        "notice",
    )
}


def compute_models(task: Task) -> Block:
    """The runs of a task as Mesa models, one after the other; a run that fails is named, and the others go on.

    Errors: the failure itself, if all the first runs of a study fail: then every run does.
    """
    block = joined(_model_block(task, run) for run in range(task.first, task.first + task.runs))
    if task.first == 0 and not len(block.numbers):
        AipoModel(task.scenario, seed=task.seed, run=0).run()
    return block


def _model_block(task: Task, run: int) -> Block:
    model = AipoModel(task.scenario, seed=task.seed, run=run)
    try:
        recorder = recorder_for(task.panel, model.state, model.charter.horizon, 1)
        for t in range(model.charter.horizon):
            model.step()
            if recorder is not None:
                recorder.note(t)
        return with_panel(model.block(), recorder)
    except (OSError, MemoryError):
        raise
    except Exception as error:  # noqa: BLE001 - whatever a run dies of becomes its row
        return failed_run(run, error, Driver(*charter_of(task.scenario), 1))


def _keep(seen: Array, observed: Array, t: int) -> None:
    seen[t] = observed


def _classes(
    codes: tuple[str, ...], member_class: type[MemberState] | Mapping[str, type[MemberState]]
) -> dict[str, type[MemberState]]:
    if isinstance(member_class, Mapping):
        unknown = sorted(set(member_class) - set(codes))
        if unknown:
            raise ValueError(f"member_class names {', '.join(unknown)}; the founders are {', '.join(codes)}")
        return {code: member_class.get(code, MemberState) for code in codes}
    return dict.fromkeys(codes, member_class)


def _seats(charter: Any) -> list[tuple[str, str | None]]:
    codes = list(charter.codes)
    ngos: list[str | None] = [None] if charter.ngo_seats == 1 else list(codes)
    kinds = [("government", codes), ("official", codes), ("ngo", ngos)]
    return [(kind, code) for kind, states in kinds for code in states]


def _forget_counter(model: mesa.Model) -> None:
    """Mesa 3.3 keeps every model alive in its counter of agents' numbers; later versions do not."""
    counters = getattr(mesa.Agent, "_ids", None)
    if counters is not None:
        counters.pop(model, None)
