"""Axioms of every voting rule found in the folder, asked as the Council asks: by counting ballots."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from itertools import combinations
from typing import Any, Literal

import hypothesis.strategies as st
import pytest
from hypothesis import assume, given, settings

from aiposim import families
from aiposim.rules.voting import TOLERANCE
from aiposim.rules.voting.double import Terms as DoubleTerms
from aiposim.rules.voting.double import double
from aiposim.rules.voting.weighted import Terms as WeightedTerms
from aiposim.rules.voting.weighted import weighted

EVERY_RULE = families.names("rules.voting")
every_rule = pytest.mark.parametrize("name", EVERY_RULE)
Answer = Literal["accepts", "objects", "abstains", "absent"]
ANSWERS: tuple[Answer, ...] = ("accepts", "objects", "abstains", "absent")


@dataclass(frozen=True)
class Session:
    """Who is on the roll, with what share, and what each answers; other seats and who is in the chair."""

    shares: tuple[float, ...]
    answers: tuple[Answer, ...]
    seats_accepting: int = 0
    seats_rejecting: int = 0
    chair: int | None = None


@cache
def standard_terms(name: str) -> Any:
    return families.module("rules.voting", name).Terms()


def carried(name: str, session: Session) -> bool:
    """Whether the motion is carried under the rule's own standard terms."""
    rule: Any = families.fetch("rules.voting", name)
    return bool(rule(*tally(session), standard_terms(name)))


def tally(session: Session) -> tuple[float, ...]:
    """The ballots counted: the nine arguments of a rule."""
    yes, no = session.answers.count("accepts"), session.answers.count("objects")
    yes_weight, roll_weight = 0.0, 0.0
    for share, answer in zip(session.shares, session.answers, strict=True):
        yes_weight += share if answer == "accepts" else 0.0
        roll_weight += share
    chair = session.chair is not None and session.answers[session.chair] == "accepts"
    seats_yes = yes + session.seats_accepting
    seats_voting = yes + no + session.seats_accepting + session.seats_rejecting
    present = len(session.answers) - session.answers.count("absent")
    counts = (yes, no, present, len(session.answers))
    return (*map(float, counts), yes_weight, roll_weight, float(seats_yes), float(seats_voting), float(chair))


@st.composite
def sessions(draw: st.DrawFn, least: int = 0, most: int = 7, others: int = 8) -> Session:
    """A roll of up to seven governments, with shares from whole weights, and up to eight seats of others."""
    n = draw(st.integers(least, most))
    weights = draw(st.lists(st.integers(1, 100), min_size=n, max_size=n))
    suspended = draw(st.integers(0, 100))
    total = sum(weights) + suspended
    return Session(
        shares=tuple(weight / total for weight in weights),
        answers=tuple(draw(st.lists(st.sampled_from(ANSWERS), min_size=n, max_size=n))),
        seats_accepting=draw(st.integers(0, others)),
        seats_rejecting=draw(st.integers(0, others)),
        chair=draw(st.one_of(st.none(), st.integers(0, n - 1))) if n else None,
    )


def answering(session: Session, i: int, answer: Answer) -> Session:
    """The same session, with government number `i` answering otherwise."""
    return replace(session, answers=(*session.answers[:i], answer, *session.answers[i + 1 :]))


@every_rule
@given(accepting=st.integers(0, 8), rejecting=st.integers(0, 8))
@settings(max_examples=20, deadline=None)
def test_an_empty_roll_carries_nothing(name: str, accepting: int, rejecting: int) -> None:
    assert not carried(name, Session((), (), accepting, rejecting))


@every_rule
@given(session=sessions(least=1), data=st.data())
@settings(max_examples=150, deadline=None)
def test_one_acceptance_more_never_defeats_a_motion(name: str, session: Session, data: st.DataObject) -> None:
    convinced = answering(session, data.draw(st.integers(0, len(session.answers) - 1)), "accepts")
    if carried(name, session):
        assert carried(name, convinced)


@every_rule
@given(session=sessions(least=1))
@settings(max_examples=100, deadline=None)
def test_another_seat_convinced_never_defeats_a_motion(name: str, session: Session) -> None:
    assume(session.seats_rejecting > 0)
    convinced = replace(
        session, seats_accepting=session.seats_accepting + 1, seats_rejecting=session.seats_rejecting - 1
    )
    if carried(name, session):
        assert carried(name, convinced)


@every_rule
@given(session=sessions(least=2), data=st.data())
@settings(max_examples=80, deadline=None)
def test_the_names_of_the_states_do_not_matter(name: str, session: Session, data: st.DataObject) -> None:
    order = data.draw(st.permutations(range(len(session.answers))))
    renamed = replace(
        session,
        shares=tuple(session.shares[i] for i in order),
        answers=tuple(session.answers[i] for i in order),
        chair=None if session.chair is None else order.index(session.chair),
    )
    assert carried(name, renamed) == carried(name, session)


@every_rule
@given(session=sessions(least=1))
@settings(max_examples=50, deadline=None)
def test_what_everybody_wants_is_carried(name: str, session: Session) -> None:
    agreed = replace(session, answers=("accepts",) * len(session.answers), seats_rejecting=0)
    assert carried(name, agreed)


@every_rule
@given(session=sessions(least=1))
@settings(max_examples=50, deadline=None)
def test_what_nobody_wants_is_not_carried(name: str, session: Session) -> None:
    refused = replace(session, answers=("objects",) * len(session.answers), seats_accepting=0)
    assert not carried(name, refused)


@every_rule
@given(session=sessions(least=1, others=0))
@settings(max_examples=50, deadline=None)
def test_where_governments_alone_vote_their_unanimity_is_enough_for_every_rule(name: str, session: Session) -> None:
    if carried("unanimity", session):
        assert carried(name, session)


@st.composite
def trios(draw: st.DrawFn) -> Session:
    """Up to three governments on the roll, as in the founding institute."""
    return draw(sessions(least=1, most=3, others=0))


def pairs_between_half_and_weighted_share(session: Session) -> list[tuple[int, ...]]:
    """Pairs that hold more than half of the roll's key, but less than what `weighted` asks for."""
    whole, asked = sum(session.shares), WeightedTerms().weighted_share
    return [
        pair
        for pair in combinations(range(len(session.shares)), 2)
        if 0.5 * whole + TOLERANCE < sum(session.shares[i] for i in pair) < (asked - TOLERANCE) * whole
    ]


@given(session=trios())
@settings(max_examples=300, deadline=None)
def test_weighted_and_double_are_the_same_rule_when_no_pair_lies_between_half_and_the_weighted_share(
    session: Session,
) -> None:
    assume(len(session.answers) < 3 or not pairs_between_half_and_weighted_share(session))
    assert carried("weighted", session) == carried("double", session)


@given(session=trios())
@settings(max_examples=300, deadline=None)
def test_with_three_states_weighted_is_never_easier_than_double(session: Session) -> None:
    if carried("weighted", session):
        assert carried("double", session)


def test_a_pair_with_between_half_and_the_weighted_share_makes_weighted_the_harder_rule() -> None:
    relieved = Session((0.42, 0.36, 0.22), ("objects", "accepts", "accepts"))
    assert pairs_between_half_and_weighted_share(relieved) == [(1, 2)]
    ballots = tally(relieved)
    assert double(*ballots, DoubleTerms())
    assert not weighted(*ballots, WeightedTerms())


@pytest.mark.parametrize("weights", [(38.4, 38.4, 19.2), (0.4, 0.4, 0.2), (2, 2, 1), (0.1, 0.1, 0.05)])
@pytest.mark.parametrize("pair", [(0, 2), (1, 2)])
def test_forty_and_twenty_per_cent_reach_sixty_however_they_are_rounded(
    weights: tuple[float, ...], pair: tuple[int, int]
) -> None:
    total = sum(weights)
    answers: list[Answer] = ["objects"] * 3
    for i in pair:
        answers[i] = "accepts"
    assert carried("weighted", Session(tuple(weight / total for weight in weights), tuple(answers)))


@every_rule
@given(session=sessions(least=1, others=0), absent=st.integers(0, 6))
@settings(max_examples=60, deadline=None)
def test_a_motion_needs_somebody_in_the_room(name: str, session: Session, absent: int) -> None:
    empty_room = replace(session, answers=("absent",) * len(session.answers))
    assert not carried(name, empty_room)
