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

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

import mesa
import numpy as np
import pandas as pd

from aiposim.arithmetic import exp
from aiposim.behaviour.accept_relief.generosity import generosity
from aiposim.behaviour.ask_relief.overcharged import overcharged
from aiposim.behaviour.attend.boycott import boycott
from aiposim.behaviour.deploy.caveat_and_will import caveat_and_will
from aiposim.behaviour.object.distrust import distrust
from aiposim.behaviour.opt_out.too_dear import too_dear
from aiposim.behaviour.pay.willingness import willingness
from aiposim.behaviour.pledge.nash_and_conditional import nash_and_conditional
from aiposim.behaviour.rescind.second_thoughts import second_thoughts
from aiposim.behaviour.vote.acceptance import acceptance
from aiposim.behaviour.vote.crisis import crisis as crisis_vote
from aiposim.behaviour.withdraw.discontent import discontent
from aiposim.driver import Block, Driver, charter_of, compile_ahead, label_of
from aiposim.period import period
from aiposim.quantities import AREAS, Array
from aiposim.scenario import Scenario, load
from aiposim.state import State
from aiposim.steps.council import ABSTAINS, ACCEPTS, REJECTS


class Reads:
    """An attribute that reads one array of the state: of the agent's own row, or of the institute."""

    def __init__(self, field: str, words: str) -> None:
        self.field = field
        self.__doc__ = words

    def __get__(self, agent: Any, owner: type | None = None) -> Any:
        if agent is None:
            return self
        view = agent.views.get(self.field)
        if view is None:
            array: Any = getattr(agent.state, self.field)
            view = agent.views[self.field] = memoryview(array[agent.row] if array.ndim == 2 else array)
        return view[0]


class Motion:
    """A motion before the Council: the budget (M$ per half-year), or a step towards a programme of work."""

    __slots__ = ("distances", "item", "number", "state")

    def __init__(self, item: str, number: int, state: State) -> None:
        self.item = item
        self.number = number
        self.state = state
        self.distances = state.budget_distance if item == "budget" else state.programme_distance

    def distance_from(self, member: MemberState) -> float:
        """Distance from the member's ideal: in ln(budget), or Euclidean in the programme simplex."""
        return float(self.distances.item(self.number, member.row, 0))

    @property
    def proposal(self) -> Any:
        """The budget moved, M$ per half-year; or the programme moved, shares of the five areas."""
        if self.item == "budget":
            return exp(self.state.candidate.item(self.number, 0))
        step = 1.0 - 0.25 * self.number
        now, target = self.state.mix[:, 0], self.state.mix_target[:, 0]
        return now + step * (target - now)

    @property
    def reversion(self) -> Any:
        """What holds without a decision, in the units of the proposal."""
        return exp(self.state.reversion.item(0)) if self.item == "budget" else self.state.mix[:, 0].copy()


class Crisis:
    """A crisis before the Council: its number in the period, area, magnitude, robustness, track."""

    __slots__ = ("area", "index", "magnitude", "number", "robustness", "technical")

    def __init__(self, number: int, state: State) -> None:
        self.number = number
        self.index = int(state.area.item(number))
        self.area = AREAS[self.index]
        self.magnitude = float(state.magnitude.item(number))
        self.robustness = float(state.robustness.item(number))
        self.technical = bool(state.technical.item(number))

    @property
    def item(self) -> str:
        return f"crisis{self.number}"


class MemberState(mesa.Agent):
    """A founding state. Its state is readable; its answers to the institution are its methods."""

    hawkishness = Reads("hawkishness", "domestic hawkishness, 0..1")
    is_member = Reads("member", "whether the state is a member")
    attended = Reads("attended", "whether its government attended this period's session")
    suspended = Reads("suspended", "whether its vote is suspended")
    arrears = Reads("arrears", "M$ owed")
    due = Reads("due", "assessed contribution of the period, M$")
    paid = Reads("paid", "paid in the period, M$")
    propensity = Reads("propensity", "propensity to pay, 0..1")
    share = Reads("share", "scale of assessments, 0..1")
    key = Reads("key", "scale of assessments before relief, 0..1")
    fair_share = Reads("fair_share", "what the state holds to be fair, 0..1")
    valuation = Reads("valuation", "valuation of the institute's work, M$ per half-year and log unit")
    grievance = Reads("grievance", "grievance, >= 0")
    surplus = Reads("surplus", "smoothed surplus of membership, relative to the valuation")
    payoff = Reads("payoff", "payoff of the period inside, M$")
    outside = Reads("outside", "payoff of the period outside, M$")
    welfare = Reads("welfare", "discounted sum of payoffs, M$")
    notice = Reads("notice", "periods of notice left, 0: none runs")
    mean_trust = Reads("mean_trust", "mean trust in the other members, 0..1")
    frozen_dyads = Reads("frozen_dyads", "own frozen dyads with members")
    posts = Reads("posts", "share of the secretariat's posts")
    place = Reads("place", "place in the queue of turns, 0 first")
    margin = Reads("seat_margin", "margin of its government's seat, in ln(budget)")
    reach = Reads("seat_reach", "radius of its acceptance interval on the issue at hand")
    ideal_budget_log = Reads("ideal", "ideal budget, ln of M$ per half-year")
    deployed = Reads("deployed", "persons deployed in the period")

    def __init__(self, model: AipoModel, code: str) -> None:
        super().__init__(model)
        self.views: dict[str, memoryview] = {}
        self.code = code
        self.row = model.charter.codes.index(code)
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
        return generosity(claimant.key, self.mean_trust, self.hawkishness, self.terms.council)

    def deploy(self, crisis: Crisis) -> float:
        """Persons offered for a crisis, up to the available roster."""
        return caveat_and_will(
            crisis.robustness,
            self.member.robustness_cap,
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
    competence = Reads("competence", "competence, 0..1")
    partiality = Reads("partiality", "partiality towards the own state, 0..1")
    acting = Reads("acting", "whether the Director only acts")

    def __init__(self, model: AipoModel) -> None:
        super().__init__(model)
        self.views: dict[str, memoryview] = {}

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

    seated = Reads("seated", "whether the seat exists this period")
    margin = Reads("seat_margin", "margin of concession, in ln(budget)")
    reach = Reads("seat_reach", "radius of the acceptance interval on the last issue")
    ideal_budget_log = Reads("ideal", "ideal budget, ln of M$ per half-year")

    def __init__(self, model: AipoModel, row: int, kind: str, code: str | None) -> None:
        super().__init__(model)
        self.views: dict[str, memoryview] = {}
        self.row = row
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
        classes = _classes(self.charter.codes, member_class)
        self.member_states = [classes[code](self, code) for code in self.charter.codes]
        self.director = Director(self)
        self.seats = [CouncilSeat(self, row, kind, code) for row, (kind, code) in enumerate(_seats(self.charter))]
        _forget_counter(self)
        _answered_by_agents(self, driver.do)
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
        columns = self.block().columns
        return pd.Series({name: column.item(0) for name, column in columns.items()}, name=self.run_number)

    def block(self) -> Block:
        """The run as a block of one, for the tables of an ensemble."""
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
    name: name
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


def model_blocks(
    scenario: Scenario, runs: int, *, seed: int, progress: Callable[[int, int], None] | None
) -> list[Block]:
    """Runs of Mesa models, one after the other, as blocks of one."""
    blocks = []
    for run in range(runs):
        model = AipoModel(scenario, seed=seed, run=run)
        model.run()
        blocks.append(model.block())
        if progress is not None:
            progress(run + 1, runs)
    return blocks


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


# The questions of the period, put to agents instead of arrays. Each writes the answers where the array step
# would; states that are not asked (no longer members, absent, suspended) keep what the array step gives.


def _answered_by_agents(model: AipoModel, do: Any) -> None:
    """Put the asking steps of `do` to the model's states. A model is not kept alive by its own steps."""
    states, state = tuple(model.member_states), model.state
    for item in ("budget", "programme"):
        name = f"{item}_ballots"
        setattr(do, name, partial(_ask_ballots, states, state, item, getattr(do, name)))
    do.crisis_ballots = partial(_ask_crisis_ballots, states, state, do.crisis_ballots)
    do.offers = partial(_ask_offers, states, state, do.offers)
    do.objections = partial(_ask_objections, states, state)
    do.opt_outs = partial(_ask_opt_outs, states, state)
    do.accept_relief = partial(_ask_acceptance_of_relief, states, state)
    do.attendance = partial(_ask, states, state, "attended", _yes_or_no, "attend")
    do.ask_relief = partial(_ask, states, state, "relief_claim", _amount, "ask_relief")
    do.pledges = partial(_ask, states, state, "pledge", _amount, "pledge")
    do.willing_shares = partial(_ask, states, state, "willing", _share, "pay")
    do.withdrawals = partial(_ask_leaving, states, state, "withdraws", "withdraw", False)
    do.rescissions = partial(_ask_leaving, states, state, "rescinds", "rescind", True)


def _ask(states: tuple[MemberState, ...], state: State, field: str, checked: Any, question: str) -> None:
    answers: Array = getattr(state, field)
    answers[...] = 0
    for member in states:
        if member.is_member:
            answers[member.row, 0] = checked(getattr(member, question)(), member, question)


def _ask_leaving(states: tuple[MemberState, ...], state: State, field: str, question: str, under_notice: bool) -> None:
    answers: Array = getattr(state, field)
    answers[...] = False
    for member in states:
        if member.is_member and (member.notice > 0) == under_notice:
            answers[member.row, 0] = _yes_or_no(getattr(member, question)(), member, question)


def _ask_ballots(states: tuple[MemberState, ...], state: State, item: str, others: Any) -> None:
    """Ask the governments that sit about every motion a setter may choose; other seats as in arrays."""
    others()
    ballot: Array = state.budget_ballot if item == "budget" else state.programme_ballot
    sitting = [member for member in states if state.present.item(member.row, 0)]
    for number in range(ballot.shape[0]):
        if item == "programme" or number == 0 or _worth_asking(state, number):
            motion = Motion(item, number, state)
            for member in sitting:
                ballot[number, member.row, 0] = _ballot(member.vote(item, motion), member)


def _worth_asking(state: State, number: int) -> bool:
    """Whether a candidate is nearer the target than the reversion; no other can be adopted."""
    target = state.target.item(0)
    return abs(state.candidate.item(number, 0) - target) < abs(state.reversion.item(0) - target)


def _ask_crisis_ballots(states: tuple[MemberState, ...], state: State, others: Any) -> None:
    others()
    for number in range(state.crisis_motions.item(0)):
        crisis = Crisis(number, state)
        for member in states:
            sits = state.attended.item(member.row, 0) or crisis.technical
            if state.on_roll.item(member.row, 0) and sits and not state.delegated.item(number):
                state.crisis_ballot[member.row, number] = _ballot(member.vote(crisis.item, crisis), member)


def _ask_offers(states: tuple[MemberState, ...], state: State, others: Any) -> None:
    state.offered[...] = 0.0
    for number in range(state.crisis_motions.item(0)):
        crisis = Crisis(number, state)
        for member in states:
            sits = state.attended.item(member.row, 0) or crisis.technical
            if member.is_member and sits and state.answered.item(number):
                available = member.terms.crises.availability * member.member.roster
                persons = _amount(member.deploy(crisis), member, "deploy")
                if persons > available * (1.0 + 1e-12):
                    raise ValueError(f"{member.code}.deploy() answered {persons}; its available roster is {available}")
                state.offered[member.row, number] = persons


def _ask_objections(states: tuple[MemberState, ...], state: State) -> None:
    state.objects[...] = False
    for member in states:
        for nominee in states:
            if member is not nominee and member.is_member and nominee.is_member:
                answer = _yes_or_no(member.object(nominee), member, "object")
                state.objects[member.row, nominee.row, 0] = answer


def _ask_acceptance_of_relief(states: tuple[MemberState, ...], state: State) -> None:
    claimant = state.claimant.item(0)
    state.relief_accepted[...] = False
    for member in states:
        if claimant >= 0 and member.is_member and member.row != claimant:
            answer = member.accept_relief(states[claimant])
            state.relief_accepted[member.row, 0] = _yes_or_no(answer, member, "accept_relief")


def _ask_opt_outs(states: tuple[MemberState, ...], state: State) -> None:
    state.opted_out[...] = -1
    for member in states:
        area = member.opt_out() if member.is_member else None
        if area is not None:
            if area not in AREAS:
                raise ValueError(f"{member.code}.opt_out() answered {area!r}; areas are {', '.join(AREAS)}")
            state.opted_out[member.row, 0] = AREAS.index(area)


def _ballot(answer: Any, member: MemberState) -> int:
    if answer is None:
        return ABSTAINS
    return ACCEPTS if _yes_or_no(answer, member, "vote") else REJECTS


def _yes_or_no(answer: Any, member: MemberState, question: str) -> bool:
    if isinstance(answer, bool | np.bool_):
        return bool(answer)
    raise ValueError(f"{member.code}.{question}() answered {answer!r}; True or False was asked")


def _amount(answer: Any, member: MemberState, question: str) -> float:
    if isinstance(answer, int | float | np.floating) and 0.0 <= answer < float("inf"):
        return float(answer)
    raise ValueError(f"{member.code}.{question}() answered {answer!r}; a number from 0 up was asked")


def _share(answer: Any, member: MemberState, question: str) -> float:
    share = _amount(answer, member, question)
    if share > 1.0:
        raise ValueError(f"{member.code}.{question}() answered {answer!r}; a share from 0 to 1 was asked")
    return share
