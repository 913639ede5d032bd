"""The questions of a period, put to agents, one state after the other, instead of arrays.

Each writes the answers where the array step would; states that are not asked (no longer members, absent,
suspended) keep what the array step gives. An answer that makes no sense is a ValueError that names the state
and the question.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any, TypeAlias

import numpy as np

from aiposim.arithmetic import exp
from aiposim.quantities import AREAS, Array
from aiposim.state import State
from aiposim.steps._motions import ABSTAINS, ACCEPTS, REJECTS

Members: TypeAlias = tuple[Any, ...]


class Motion:
    """A motion before the Council: the budget (M$ per half-year), or a step towards a programme of work."""

    __slots__ = ("item", "number", "state")

    def __init__(self, item: str, number: int, state: State) -> None:
        self.item = item
        self.number = number
        self.state = state

    def distance_from(self, member: Any) -> float:
        """Distance from the member's ideal: in ln(budget), or Euclidean in the programme simplex."""
        if self.item == "budget":
            return float(abs(self.state.candidate.item(self.number, 0) - self.state.ideal.item(member.row, 0)))
        return float(self.state.programme_distance.item(self.number, member.row, 0))

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


def answered_by_agents(states: Sequence[Any], state: State, do: Any) -> None:
    """Put the asking steps of `do` to the states (`aiposim.model.MemberState`) instead of arrays."""
    states = tuple(states)
    for item in ("budget", "programme"):
        name = f"{item}_ballots"
        setattr(do, name, partial(_ask_ballots, states, state, item, getattr(do, name)))
    do.crisis_ballots = partial(_ask_crisis_ballots, states, state, do.crisis_ballots)
    do.offers = partial(_ask_offers, states, state, do.offers)
    do.objections = partial(_ask_objections, states, state)
    do.favours = partial(_ask_favours, states, state)
    do.opt_outs = partial(_ask_opt_outs, states, state)
    do.accept_relief = partial(_ask_acceptance_of_relief, states, state)
    do.attendance = partial(_ask, states, state, "attended", _yes_or_no, "attend")
    do.ask_relief = partial(_ask, states, state, "relief_claim", _amount, "ask_relief")
    do.pledges = partial(_ask, states, state, "pledge", _amount, "pledge")
    do.willing_shares = partial(_ask, states, state, "willing", _share, "pay")
    do.withdrawals = partial(_ask_leaving, states, state, "withdraws", "withdraw", False)
    do.rescissions = partial(_ask_leaving, states, state, "rescinds", "rescind", True)


def _ask(states: Members, state: State, field: str, checked: Any, question: str) -> None:
    answers: Array = getattr(state, field)
    answers[...] = 0
    for member in states:
        if member.is_member:
            answers[member.row, 0] = checked(getattr(member, question)(), member, question)


def _ask_leaving(states: Members, state: State, field: str, question: str, under_notice: bool) -> None:
    answers: Array = getattr(state, field)
    answers[...] = False
    for member in states:
        if member.is_member and (member.notice > 0) == under_notice:
            answers[member.row, 0] = _yes_or_no(getattr(member, question)(), member, question)


def _ask_ballots(states: Members, state: State, item: str, others: Any) -> None:
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
    return bool(abs(state.candidate.item(number, 0) - target) < abs(state.reversion.item(0) - target))


def _ask_crisis_ballots(states: Members, state: State, others: Any) -> None:
    others()
    for number in range(state.crisis_motions.item(0)):
        crisis = Crisis(number, state)
        for member in states:
            sits = state.attended.item(member.row, 0) or crisis.technical
            if state.on_roll.item(member.row, 0) and sits and not state.delegated.item(number):
                state.crisis_ballot[member.row, number] = _ballot(member.vote(crisis.item, crisis), member)


def _ask_offers(states: Members, state: State, others: Any) -> None:
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


def _ask_objections(states: Members, state: State) -> None:
    state.objects[...] = False
    for member in states:
        for nominee in states:
            if member is not nominee and member.is_member and nominee.is_member:
                answer = _yes_or_no(member.object(nominee), member, "object")
                state.objects[member.row, nominee.row, 0] = answer


def _ask_favours(states: Members, state: State) -> None:
    state.favour[...] = 0.0
    for member in states:
        for nominee in states:
            if member.is_member and nominee.is_member:
                answer = member.elect(nominee)
                state.favour[member.row, nominee.row, 0] = _number(answer, member, "elect")


def _ask_acceptance_of_relief(states: Members, state: State) -> None:
    claimant = state.claimant.item(0)
    state.relief_accepted[...] = False
    for member in states:
        if claimant >= 0 and member.is_member and member.row != claimant:
            answer = member.accept_relief(states[claimant])
            state.relief_accepted[member.row, 0] = _yes_or_no(answer, member, "accept_relief")


def _ask_opt_outs(states: Members, state: State) -> None:
    state.opted_out[...] = -1
    for member in states:
        area = member.opt_out() if member.is_member else None
        if area is not None:
            if area not in AREAS:
                raise ValueError(f"{member.code}.opt_out() answered {area!r}; areas are {', '.join(AREAS)}")
            state.opted_out[member.row, 0] = AREAS.index(area)


def _ballot(answer: Any, member: Any) -> int:
    if answer is None:
        return ABSTAINS
    return ACCEPTS if _yes_or_no(answer, member, "vote") else REJECTS


def _yes_or_no(answer: Any, member: Any, question: str) -> bool:
    if isinstance(answer, bool | np.bool_):
        return bool(answer)
    raise ValueError(f"{member.code}.{question}() answered {answer!r}; True or False was asked")


def _amount(answer: Any, member: Any, question: str) -> float:
    if isinstance(answer, int | float | np.floating) and 0.0 <= answer < float("inf"):
        return float(answer)
    raise ValueError(f"{member.code}.{question}() answered {answer!r}; a number from 0 up was asked")


def _number(answer: Any, member: Any, question: str) -> float:
    if isinstance(answer, int | float | np.floating) and -float("inf") < answer < float("inf"):
        return float(answer)
    raise ValueError(f"{member.code}.{question}() answered {answer!r}; a finite number was asked")


def _share(answer: Any, member: Any, question: str) -> float:
    share = _amount(answer, member, question)
    if share > 1.0:
        raise ValueError(f"{member.code}.{question}() answered {answer!r}; a share from 0 to 1 was asked")
    return share
