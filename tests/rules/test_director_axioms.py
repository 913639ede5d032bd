"""Axioms of every rule for the Director found in the folder, put through the steps of the selection."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from types import ModuleType
from typing import Any

import hypothesis.strategies as st
import numpy as np
import pytest
from hypothesis import given, settings

import aiposim
from aiposim import families
from aiposim.charter import Charter
from aiposim.ensemble import Driver, charter_of
from aiposim.rules.director import PASSED_OVER

EVERY_RULE = families.names("rules.director")
every_rule = pytest.mark.parametrize("name", EVERY_RULE)


@cache
def office(name: str) -> Driver:
    """One run of the reference design with four founders and this rule for the Director."""
    scenario = aiposim.load("reference-design").with_(
        **{
            "membership.members": ["JPN", "CHN", "KOR", "MNG"],
            "control.director.rule": name,
        }
    )
    charter, assessment = charter_of(scenario)
    return Driver(charter, assessment, 1)


def module_of(name: str) -> ModuleType:
    return families.module("rules.director", name)


@dataclass(frozen=True)
class Standing:
    """Of the four founders at a date of selection: places in the queue, debts, objections, nominees."""

    place: tuple[int, ...]
    arrears: tuple[float, ...]
    two_year_dues: tuple[float, ...]
    objections: tuple[int, ...]
    competence: tuple[float, ...]


def clean(place: tuple[int, ...] = (1, 0, 2, 3)) -> Standing:
    """Nobody owes anything and nobody objects to anybody."""
    return Standing(place, (0.0,) * 4, (8.0, 8.0, 4.0, 0.2), (0,) * 4, (0.5, 0.6, 0.7, 0.8))


@st.composite
def standings(draw: st.DrawFn) -> Standing:
    dues = draw(st.lists(st.floats(0.1, 20.0), min_size=4, max_size=4))
    owed = draw(st.lists(st.floats(0.0, 1.5), min_size=4, max_size=4))
    return Standing(
        place=tuple(draw(st.permutations(range(4)))),
        arrears=tuple(part * due for part, due in zip(owed, dues, strict=True)),
        two_year_dues=tuple(dues),
        objections=tuple(draw(st.lists(st.integers(0, 3), min_size=4, max_size=4))),
        competence=tuple(draw(st.lists(st.floats(0.01, 0.99), min_size=4, max_size=4, unique=True))),
    )


def answers(name: str, standing: Standing) -> list[float]:
    """What the rule answers for each member; the lowest serves."""
    rule: Any = families.fetch("rules.director", name)
    terms = module_of(name).Terms()
    figures = (
        standing.place,
        standing.arrears,
        standing.two_year_dues,
        standing.objections,
        standing.competence,
    )
    return [float(rule(*map(float, figure), terms)) for figure in zip(*figures, strict=True)]


def select(name: str, standing: Standing, left: tuple[int, ...] = ()) -> tuple[int, bool, list[int]]:
    """The Director, whether only acting, and the queue afterwards, by the institution's own steps."""
    driver = office(name)
    driver.start(0, 2015)
    state, do = driver.state, driver.do
    state.place[:, 0] = standing.place
    state.arrears[:, 0] = standing.arrears
    state.two_year_dues[:, 0] = standing.two_year_dues
    state.objection_count[:, 0] = standing.objections
    state.nominee_competence[:, 0] = standing.competence
    state.u_institute[2, 0] = 0.5
    for i in left:
        state.member[i, 0] = False
        state.place[i, 0] = 1e6
    state.members[0] = 4.0 - len(left)
    do.vacancy(0)
    do.choose_director()
    do.install_director()
    do.move_queue()
    staying = [i for i in range(4) if i not in left]
    queue = sorted(staying, key=lambda i: state.place[i, 0])
    assert [state.place[i, 0] for i in queue] == list(range(len(queue))), "the queue has gaps"
    return int(state.director[0]), bool(state.acting[0]), queue


@every_rule
@given(standing=standings())
@settings(max_examples=60, deadline=None)
def test_some_member_always_serves(name: str, standing: Standing) -> None:
    director, _, queue = select(name, standing)
    assert director in queue
    assert director == int(np.argmin(answers(name, standing)))


@every_rule
@given(standing=standings())
@settings(max_examples=40, deadline=None)
def test_nobody_who_was_passed_over_serves_while_another_was_not(name: str, standing: Standing) -> None:
    given_answers = answers(name, standing)
    director, acting, _ = select(name, standing)
    if min(given_answers) < PASSED_OVER:
        assert given_answers[director] < PASSED_OVER
        assert not acting


@every_rule
@given(standing=standings())
@settings(max_examples=40, deadline=None)
def test_when_all_are_passed_over_the_first_in_the_queue_serves(name: str, standing: Standing) -> None:
    hopeless = replace(standing, arrears=tuple(2.0 * due for due in standing.two_year_dues), objections=(3,) * 4)
    if min(answers(name, hopeless)) < PASSED_OVER:
        return
    director, acting, queue = select(name, hopeless)
    assert standing.place[director] == 0
    assert acting is module_of(name).ACTING
    expected = sorted(range(4), key=lambda i: standing.place[i])
    assert queue == [*expected[1:], director], "only he moves"


@every_rule
@given(standing=standings(), order=st.permutations(range(4)))
@settings(max_examples=40, deadline=None)
def test_the_names_of_the_states_do_not_matter(name: str, standing: Standing, order: list[int]) -> None:
    renamed = Standing(*(tuple(figure[i] for i in order) for figure in vars(standing).values()))
    director, acting, queue = select(name, standing)
    director_renamed, acting_renamed, queue_renamed = select(name, renamed)
    assert order[director_renamed] == director
    assert acting_renamed == acting
    assert [order[i] for i in queue_renamed] == queue


@every_rule
@given(standing=standings())
@settings(max_examples=40, deadline=None)
def test_who_was_not_reached_keeps_the_order_of_turns(name: str, standing: Standing) -> None:
    before = sorted(range(4), key=lambda i: standing.place[i])
    director, _, after = select(name, standing)
    if module_of(name).MOVES_QUEUE:
        reached = before[: before.index(director) + 1]
        assert after == [*(i for i in before if i not in reached), *reached]
    else:
        assert after == before


@every_rule
@given(place=st.permutations(range(4)), left=st.sets(st.integers(0, 3), max_size=2))
@settings(max_examples=30, deadline=None)
def test_where_turns_are_kept_everybody_in_good_standing_directs_once_a_round(
    name: str, place: list[int], left: set[int]
) -> None:
    if not module_of(name).MOVES_QUEUE:
        return
    staying = [i for i in sorted(range(4), key=lambda i: place[i]) if i not in left]
    places = tuple(staying.index(i) if i in staying else 99 for i in range(4))
    served: list[int] = []
    for _ in range(2 * len(staying)):
        director, acting, queue = select(name, clean(places), tuple(sorted(left)))
        assert not acting
        served.append(director)
        places = tuple(queue.index(i) if i in queue else 99 for i in range(4))
    assert served == [*staying, *staying]


@every_rule
@given(standing=standings(), left=st.integers(0, 3))
@settings(max_examples=30, deadline=None)
def test_a_state_that_has_left_never_serves(name: str, standing: Standing, left: int) -> None:
    behind = [place - (place > standing.place[left]) for place in standing.place]
    director, _, queue = select(name, replace(standing, place=tuple(behind)), (left,))
    assert director != left
    assert left not in queue


@every_rule
def test_a_rule_says_what_follows_from_a_selection(name: str) -> None:
    module = module_of(name)
    assert 0.0 <= module.PARTIALITY <= 1.0
    for fact in ("MOVES_QUEUE", "ACTING", "TURN_AT_STAKE"):
        assert isinstance(getattr(module, fact), bool)


@every_rule
def test_the_charter_reads_what_the_rule_says(name: str) -> None:
    charter = Charter(aiposim.load("reference-design").with_(**{"control.director.rule": name}))
    assert charter.terms.director.moves_queue is module_of(name).MOVES_QUEUE
    assert charter.terms.director.partiality_factor == module_of(name).PARTIALITY
    assert charter.terms.director.acting is module_of(name).ACTING
