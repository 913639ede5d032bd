"""Axioms of the voting rules, tried on every way in which up to four governments can answer.

Governments are called A, B, C and D; behind a name stands its share of the key. Each accepts, objects, abstains or is
absent; beside them there may be seats of officials and NGOs, and one government may be in the chair.

Source: May 1952, Econometrica 20; Taylor & Zwicker 1999, Simple Games; Felsenthal & Machover 1998, The Measurement of
Voting Power.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from itertools import combinations_with_replacement, product

from aiposim.rules.voting import TOLERANCE
from aiposim.study.axiom import Findings, Rule

ACCEPTS, OBJECTS, ABSTAINS, ABSENT = "accepts", "objects", "abstains", "is absent"
ANSWERS = (ACCEPTS, OBJECTS, ABSTAINS, ABSENT)
SHARES = {
    1: ((1.0,),),
    2: ((0.5, 0.5), (0.7, 0.3)),
    3: ((0.4, 0.3, 0.3), (0.4, 0.4, 0.2), (0.45, 0.4, 0.15), (0.7, 0.2, 0.1)),
    4: ((0.4, 0.3, 0.2, 0.1),),
    5: ((0.4, 0.3, 0.1, 0.1, 0.1),),
}
OTHER_SEATS = ((0, 0), (1, 0), (0, 1), (3, 1), (1, 3), (4, 0), (0, 4))
"""Officials and NGOs that accept and that reject."""
DO = ("accept", "reject")


@dataclass(frozen=True)
class Session:
    """Shares and answers of the governments on the roll; other seats; who is in the chair (None: off the roll)."""

    shares: tuple[float, ...]
    answers: tuple[str, ...]
    others: tuple[int, int] = (0, 0)
    chair: int | None = None

    def __str__(self) -> str:
        said = [
            f"{name} ({share:g}{', in the chair' if i == self.chair else ''}) {answer}"
            for i, (name, share, answer) in enumerate(zip("ABCD", self.shares, self.answers, strict=False))
        ]
        said += [f"{count} other {_seats(count, does)}" for count, does in zip(self.others, DO, strict=True) if count]
        return ", ".join(said)


def _seats(count: int, does: str) -> str:
    return f"seat {does}s" if count == 1 else f"seats {does}"


@cache
def _sessions() -> tuple[Session, ...]:
    return tuple(
        Session(shares, answers, others, chair)
        for others in OTHER_SEATS
        for n, keys in SHARES.items()
        if n < 4 or others == (0, 0)
        for shares in keys
        for answers in product(ANSWERS, repeat=n)
        for chair in (None, *range(min(n, 2)))
    )


@cache
def _carried(rule: Rule, session: Session) -> bool:
    yes, no = session.answers.count(ACCEPTS), session.answers.count(OBJECTS)
    roll, absent = len(session.answers), session.answers.count(ABSENT)
    yes_weight, roll_weight = 0.0, 0.0
    for share, answer in zip(session.shares, session.answers, strict=True):
        yes_weight += share if answer == ACCEPTS else 0.0
        roll_weight += share
    accepting, rejecting = session.others
    chair_yes = session.chair is not None and session.answers[session.chair] == ACCEPTS
    counts = (yes, no, roll - absent, roll)
    seats = (yes + accepting, yes + no + accepting + rejecting, chair_yes)
    return bool(rule(*map(float, counts), yes_weight, roll_weight, *map(float, seats)))


def _result(rule: Rule, session: Session) -> str:
    return "carried" if _carried(rule, session) else "not carried"


def _answering(session: Session, i: int, answer: str) -> Session:
    return replace(session, answers=(*session.answers[:i], answer, *session.answers[i + 1 :]))


def _opposite(session: Session) -> Session:
    """The contrary motion: who accepts the one objects to the other."""
    turned = {ACCEPTS: OBJECTS, OBJECTS: ACCEPTS}
    answers = tuple(turned.get(answer, answer) for answer in session.answers)
    return replace(session, answers=answers, others=session.others[::-1])


def _with_everybody_voting() -> Iterator[Session]:
    return (each for each in _sessions() if not {ABSTAINS, ABSENT} & set(each.answers))


# ---- the axioms ----


def empty_roll_carries_nothing(rule: Rule) -> Findings:
    """When every vote is suspended no motion is carried."""
    for others in OTHER_SEATS:
        session = Session((), (), others)
        yield f"nobody is on the roll, {session}" if _carried(rule, session) else None


def acceptance_never_hurts(rule: Rule) -> Findings:
    """A government that turns to accept never defeats a motion that was carried (monotonicity)."""
    for session in _sessions():
        for i, answer in enumerate(session.answers):
            if answer != ACCEPTS:
                kept = not _carried(rule, session) or _carried(rule, _answering(session, i, ACCEPTS))
                yield None if kept else f"{session}: carried; if {'ABCD'[i]} accepts, not"


def what_all_want_is_carried(rule: Rule) -> Findings:
    """A motion that everybody with a seat accepts is carried."""
    for session in _sessions():
        if set(session.answers) == {ACCEPTS} and session.others[1] == 0:
            yield None if _carried(rule, session) else f"{session}: not carried"


def what_nobody_wants_is_not_carried(rule: Rule) -> Findings:
    """A motion that nobody with a seat accepts is not carried."""
    for session in _sessions():
        if ACCEPTS not in session.answers and session.others[0] == 0:
            yield f"{session}: carried" if _carried(rule, session) else None


def names_do_not_matter(rule: Rule) -> Findings:
    """If two governments change names, and with them shares, answers and the chair, nothing changes."""
    for session in _sessions():
        chair = None if session.chair is None else len(session.shares) - 1 - session.chair
        turned = replace(session, shares=session.shares[::-1], answers=session.answers[::-1], chair=chair)
        kept = _carried(rule, turned) == _carried(rule, session)
        yield None if kept else f"{session}: {_result(rule, session)}; {turned}: {_result(rule, turned)}"


def governments_count_alike(rule: Rule) -> Findings:
    """Only how many governments answer what matters, not which of them (anonymity among governments).

    Source: May 1952, Econometrica 20.
    """
    for n, keys in SHARES.items():
        for shares, others in product(keys, OTHER_SEATS):
            for answers in combinations_with_replacement(ANSWERS, n):
                for chair in range(n):
                    one = Session(shares, answers, others, chair)
                    other = replace(one, answers=answers[::-1])
                    kept = _carried(rule, one) == _carried(rule, other)
                    yield None if kept else f"{one}: {_result(rule, one)}; {other}: {_result(rule, other)}"


def yes_and_no_weigh_alike(rule: Rule) -> Findings:
    """When everybody votes, a motion is carried exactly if the contrary one is not (neutrality, no tie).

    Source: May 1952, Econometrica 20.
    """
    for session in _with_everybody_voting():
        kept = _carried(rule, session) != _carried(rule, _opposite(session))
        yield None if kept else f"{session}: {_result(rule, session)}, and so is the contrary motion"


def contrary_motions_are_not_both_carried(rule: Rule) -> Findings:
    """A motion and its contrary cannot both be carried (a proper game)."""
    for session in _sessions():
        both = _carried(rule, session) and _carried(rule, _opposite(session))
        yield f"{session}: carried, and so is the contrary motion" if both else None


def one_objection_cannot_block(rule: Rule) -> Findings:
    """Of three governments and more no single one can defeat what all others accept by objecting (no veto)."""
    yield from _alone_against(rule, OBJECTS)


def one_absence_cannot_block(rule: Rule) -> Findings:
    """Of three governments and more no single one can defeat what all others accept by staying away."""
    yield from _alone_against(rule, ABSENT)


def _alone_against(rule: Rule, answer: str) -> Iterator[str | None]:
    for session in _sessions():
        against = [each for each in session.answers if each != ACCEPTS]
        if len(session.answers) >= 3 and against == [answer] and session.others == (0, 0):
            yield None if _carried(rule, session) else f"{session}: not carried"


def nobody_decides_alone(rule: Rule) -> Findings:
    """Of two governments and more no single one can carry what all others object to (no dictator)."""
    for session in _with_everybody_voting():
        if len(session.answers) >= 2 and session.answers.count(ACCEPTS) == 1 and session.others == (0, 0):
            yield f"{session}: carried" if _carried(rule, session) else None


def only_governments_decide(rule: Rule) -> Findings:
    """Officials and NGOs advise: their seats never change the result."""
    for session in _sessions():
        alone = replace(session, others=(0, 0))
        kept = _carried(rule, session) == _carried(rule, alone)
        yield None if kept else f"{session}: {_result(rule, session)}; without the other seats {_result(rule, alone)}"


def half_the_roll_is_present(rule: Rule) -> Findings:
    """Nothing is carried unless at least half of the governments on the roll are present (quorum)."""
    for session in _sessions():
        if 2 * session.answers.count(ABSENT) > len(session.answers):
            yield f"{session}: carried" if _carried(rule, session) else None


def half_the_money_accepts(rule: Rule) -> Findings:
    """Nothing is carried unless those who pay more than half of the roll's dues accept."""
    for session in _sessions():
        weight = sum(share for share, answer in zip(session.shares, session.answers, strict=True) if answer == ACCEPTS)
        if 2.0 * weight <= sum(session.shares) + TOLERANCE:
            yield f"{session}: carried" if _carried(rule, session) else None
