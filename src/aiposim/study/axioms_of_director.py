"""Axioms of the rules for the Director, tried on the standings of three and four members.

Members are called A, B, C and D in the order of the queue. Debts are told in half-years of dues; how many other members
are against a nominee are those who object or, in an election, who voted for another; competence is the nominee's.

Source: the sentences are those of the family's contract and of the practice that each rule stands for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from itertools import product

import numpy as np

from aiposim.rules.director import PASSED_OVER
from aiposim.study.axiom import Findings, NotAsked, Rule

NAMES = "ABCD"
TWO_YEAR_DUES = 8.0
SEED = 2015


@dataclass(frozen=True)
class Nominee:
    """Of one member: debt in half-years of dues, objections, and its nominee's competence, 0..1."""

    debt: float = 0.0
    objections: int = 0
    competence: float = 0.6

    def __str__(self) -> str:
        owes = f"owes {self.debt:g} half-years' dues, " if self.debt else ""
        objected = f"{self.objections} against, " if self.objections else ""
        return f"{owes}{objected}competence {self.competence:g}"


Queue = tuple[Nominee, ...]


@cache
def _queues() -> tuple[Queue, ...]:
    able = (Nominee(competence=0.5), Nominee(competence=0.6), Nominee(competence=0.7))
    simple = [
        tuple(replace(each, debt=d, objections=o) for each, d, o in zip(able, debts, objections, strict=True))
        for debts in product((0.0, 0.5, 2.0), repeat=3)
        for objections in product((0, 1), repeat=3)
    ]
    simple.append((Nominee(), Nominee(), Nominee(competence=0.5)))
    luck = np.random.default_rng(SEED)
    return (*simple, *(_drawn(luck) for _ in range(200)))


def _drawn(luck: np.random.Generator) -> Queue:
    n = int(luck.integers(2, 5))
    competence = luck.permutation(np.arange(1, 20))[:n] / 20.0
    debts, objections = luck.integers(0, 8, n) / 2.0, luck.integers(0, n, n)
    return tuple(
        Nominee(float(debt), int(objecting), float(able))
        for debt, objecting, able in zip(debts * (luck.random(n) < 0.5), objections, competence, strict=True)
    )


@cache
def _answers(rule: Rule, queue: Queue) -> tuple[float, ...]:
    quarter = TWO_YEAR_DUES / 4.0
    return tuple(
        float(rule(float(place), each.debt * quarter, TWO_YEAR_DUES, float(each.objections), each.competence))
        for place, each in enumerate(queue)
    )


def _served(rule: Rule, queue: Queue) -> int:
    """The place in the queue of the one who serves: the lowest answer, or the first if all are passed over."""
    answers = _answers(rule, queue)
    return 0 if min(answers) >= PASSED_OVER else answers.index(min(answers))


def _told(queue: Queue) -> str:
    return "; ".join(f"{name}: {each}" for name, each in zip(NAMES, queue, strict=False))


# ---- the axioms ----


def somebody_serves(rule: Rule) -> Findings:
    """Every answer is a number, so that one of them is the lowest."""
    for queue in _queues():
        answers = _answers(rule, queue)
        kept = all(answer == answer for answer in answers)
        yield None if kept else f"{_told(queue)}: answers {_listed(answers)}"


def no_tie(rule: Rule) -> Findings:
    """No two members share the lowest answer, which would be decided by the order of their codes."""
    for queue in _queues():
        answers = _answers(rule, queue)
        yield None if answers.count(min(answers)) == 1 else f"{_told(queue)}: answers {_listed(answers)}"


def everybody_serves_in_turn(rule: Rule) -> Findings:
    """Members in good standing serve equally often, however able their nominees are (equal turns)."""
    for queue in (each for each in _queues() if not any(nominee.debt or nominee.objections for nominee in each)):
        order = list(range(len(queue)))
        served = [0] * len(queue)
        for _ in range(3 * len(queue)):
            place = _served(rule, tuple(queue[i] for i in order))
            served[order[place]] += 1
            if rule.module.MOVES_QUEUE:
                order = [*order[place + 1 :], *order[: place + 1]]
        counts = ", ".join(f"{name} {count}" for name, count in zip(NAMES, served, strict=False))
        yield None if len(set(served)) == 1 else f"{_told(queue)}: in {sum(served)} terms {counts}"


def first_in_the_queue_serves(rule: Rule) -> Findings:
    """Nothing but the order of turns decides."""
    yield from (_against(rule, queue, _served(rule, queue) == 0) for queue in _queues())


def ablest_serves(rule: Rule) -> Findings:
    """Nothing but the competence of the nominees decides."""
    for queue in _queues():
        best = max(nominee.competence for nominee in queue)
        yield _against(rule, queue, queue[_served(rule, queue)].competence == best)


def debtors_wait(rule: Rule) -> Findings:
    """Who owes half a year's dues or more does not serve while another member owes nothing."""
    for queue in _queues():
        if any(nominee.debt == 0.0 for nominee in queue):
            yield _against(rule, queue, queue[_served(rule, queue)].debt < 1.0)


def objections_are_heeded(rule: Rule) -> Findings:
    """Nobody to whom another member objects serves while there is a member to whom nobody does."""
    _not_of_elections(rule)
    for queue in _queues():
        if any(nominee.objections == 0 for nominee in queue):
            yield _against(rule, queue, queue[_served(rule, queue)].objections == 0)


def ability_never_hurts(rule: Rule) -> Findings:
    """Who serves would also serve with an abler nominee."""
    _not_of_elections(rule)
    yield from _still(rule, lambda nominee: replace(nominee, competence=min(1.0, nominee.competence + 0.21)))


def paying_never_hurts(rule: Rule) -> Findings:
    """Who serves would also serve if it owed less."""
    yield from _still(rule, lambda nominee: replace(nominee, debt=0.0))


def consent_never_hurts(rule: Rule) -> Findings:
    """Who serves would also serve if fewer objected."""
    yield from _still(rule, lambda nominee: replace(nominee, objections=0))


def _listed(answers: tuple[float, ...]) -> str:
    return ", ".join(f"{answer:g}" for answer in answers)


def _not_of_elections(rule: Rule) -> None:
    if getattr(rule.module, "POLL", False):
        raise NotAsked("the rule gets the votes; what competence and objections make of them each member decides")


def _against(rule: Rule, queue: Queue, kept: bool) -> str | None:
    return None if kept else f"{_told(queue)}: {NAMES[_served(rule, queue)]} serves"


def _still(rule: Rule, better: Callable[[Nominee], Nominee]) -> Iterator[str | None]:
    for queue in _queues():
        i = _served(rule, queue)
        changed = (*queue[:i], better(queue[i]), *queue[i + 1 :])
        kept = _served(rule, changed) == i
        yield None if kept else f"{_told(queue)}: {NAMES[i]} serves; with {better(queue[i])} it does not"
