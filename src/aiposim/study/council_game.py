"""The Council as a simple game: who can carry a motion under a scenario's voting rule, and who has what power.

The scenario's own rule, whatever its file, is asked about every coalition, with everybody present and nobody
abstaining: who is not in the coalition objects. All seats that are not governments count alike, so a coalition is a
set of governments and a number of others; that is exact for any membership, and a thousand times less to ask.

Three games come from the answers:

by seat       every seat that votes under the rule: governments, and where they sway anything the former officials
              and the NGOs
by state      the seats of a state vote as one; the one NGO, where it votes, stands for itself
governments   as if only governments had seats

A suspended government is struck from the roll; its former official and NGO keep their seats. Weights are the scale
of assessments in force in the year, before any relief; keys on reported valuations are taken with the true ones,
and pledges as they stand at the foundation, in proportion to the valuations.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, fields
from functools import cached_property
from inspect import getdoc
from typing import Any

import numpy as np

from aiposim import power
from aiposim.charter import Charter
from aiposim.driver import charter_of
from aiposim.families import near
from aiposim.power import Winning
from aiposim.quantities import Array
from aiposim.scenario import Scenario
from aiposim.study.voting_power import Power, minimal_winning_seats, power_of, power_of_seats, sizes

NGO = "the NGO"


class NothingPasses(ValueError):
    """Not even all seats together can carry a motion, as when nobody is on the roll."""


@dataclass(frozen=True)
class Seat:
    """A seat of the Council; the one NGO belongs to no state (empty)."""

    state: str
    kind: str  # government, official, ngo

    @property
    def label(self) -> str:
        return f"{self.state} {'NGO' if self.kind == 'ngo' else self.kind}" if self.state else NGO


@dataclass(frozen=True, eq=False)
class CouncilGame:
    """The game of one design in one year. `carried` has shape (2**states, other seats + 1).

    Bit i of its first index says whether the government of state i, in the order of the codes, accepts; its second
    is the number of other seats that do. `among_governments` is the same with governments alone in the Council.
    """

    scenario: Scenario
    year: int
    review_year: int
    key: dict[str, float]
    chair: str
    chair_decides: bool
    suspended: tuple[str, ...]
    seats: tuple[Seat, ...]
    carried: Winning
    among_governments: Winning

    @property
    def codes(self) -> tuple[str, ...]:
        return self.scenario.codes

    @property
    def other_seats(self) -> int:
        """Seats of former officials and NGOs that vote under the rule."""
        return int(self.carried.shape[1]) - 1

    @cached_property
    def by_seat(self) -> Power:
        return power_of_seats(tuple(seat.label for seat in self.seats), self.carried)

    @cached_property
    def by_state(self) -> Power:
        return power_of(self.states_and_ngo, self.winning_states)

    @cached_property
    def governments(self) -> Power:
        return power_of(self.codes, self.among_governments)

    @property
    def states_and_ngo(self) -> tuple[str, ...]:
        """The players by state."""
        return (*self.codes, NGO) if Seat("", "ngo") in self.seats else self.codes

    @cached_property
    def winning_states(self) -> Winning:
        """The simple game by state: shape (2**players,)."""
        n = len(self.codes)
        alone = len(self.states_and_ngo) - n
        each = (self.other_seats - alone) // n
        coalitions = np.arange(1 << (n + alone))
        states = coalitions & ((1 << n) - 1)
        others = each * sizes(states, n) + (coalitions >> n)
        winning: Winning = self.carried[states, others]
        return winning

    @property
    def minimal_winning_states(self) -> list[tuple[str, ...]]:
        players = self.states_and_ngo
        return [tuple(players[i] for i in each) for each in power.minimal_winning(self.winning_states)]

    @cached_property
    def minimal_winning_seats(self) -> list[tuple[tuple[str, ...], int]]:
        """Coalitions that can spare no seat: their governments, and how many of the other seats, whichever."""
        found = minimal_winning_seats(self.carried)
        return [(tuple(self.codes[i] for i in members), others) for members, others in found]

    @property
    def seats_needed(self) -> int | None:
        """How many of the seats that may vote carry a motion, whichever they are; None if it matters which."""
        needed = {len(members) + others for members, others in self.minimal_winning_seats}
        roll = sum(1 << i for i, code in enumerate(self.codes) if code not in self.suspended)
        accepting = sizes(np.arange(len(self.carried)) & roll, len(self.codes))
        enough = accepting[:, None] + np.arange(self.other_seats + 1) >= min(needed)
        return min(needed) if np.array_equal(self.carried, enough) else None

    @cached_property
    def ties_fail(self) -> bool:
        """Whether the vote of the chair would break ties if the chair were not suspended."""
        voting = [code for code in self.codes if code not in self.suspended]
        return self.chair in self.suspended and any(
            council_game(self.scenario, self.year, chair=code, suspended=self.suspended).chair_decides
            for code in voting
        )

    def is_struck(self, seat: Seat) -> bool:
        """Whether a seat has lost its vote: the government of a suspended member."""
        return seat.kind == "government" and seat.state in self.suspended

    def when_suspended(self, code: str) -> CouncilGame | None:
        """The game once this member is suspended too; None if nothing could then be carried."""
        try:
            return council_game(self.scenario, self.year, chair=self.chair, suspended=(*self.suspended, code))
        except NothingPasses:
            return None

    @cached_property
    def suspensions(self) -> dict[str, CouncilGame | None]:
        """What each further suspension would make of the game, by the member suspended."""
        return {code: self.when_suspended(code) for code in self.codes if code not in self.suspended}

    @cached_property
    def itself(self) -> tuple[Any, ...]:
        """Equal for designs that play the same game now."""
        return (self.states_and_ngo, self.carried.shape, self.carried.tobytes(), self.among_governments.tobytes())

    @cached_property
    def fingerprint(self) -> tuple[Any, ...]:
        """Equal for designs that play the same game, whoever is suspended."""
        return (self.itself, *(game and game.itself for game in self.suspensions.values()))

    @cached_property
    def rule(self) -> str:
        return str(self.scenario.control.voting.rule)

    @cached_property
    def rule_terms(self) -> dict[str, float | bool]:
        """The numbers of the rule."""
        charter, _ = charter_of(self.scenario)
        return {field.name: getattr(charter.terms.voting, field.name) for field in fields(charter.voting.Terms)}

    @cached_property
    def sentence(self) -> str:
        """What the rule says of itself, its numbers filled in."""
        charter, _ = charter_of(self.scenario)
        text = " ".join((getdoc(_rule_of(charter)) or self.rule).split("\n\n")[0].split())
        return re.sub(r"`(\w+)`", lambda name: _shown(self.rule_terms.get(name[1], name[1])), text)


def council_game(
    scenario: Scenario, year: int | None = None, *, chair: str | None = None, suspended: Collection[str] = ()
) -> CouncilGame:
    """The game that a scenario's Council plays in a year, by default its first.

    In the chair is, unless given, the state whose turn comes first; it matters where the chair breaks ties.
    Errors: ValueError for a year outside the horizon, for a code that is no member's, and for a rule that is not
    monotone or carries what nobody accepts; NothingPasses if nothing can be carried.
    """
    charter, _ = charter_of(scenario)
    codes = scenario.codes
    chosen_chair = scenario.queue[0] if chair is None else _member(chair, scenario)
    struck = tuple(code for code in codes if code in {_member(each, scenario) for each in suspended})
    when = scenario.world.start if year is None else year
    key, review_year = key_in_force(scenario, when)
    others = _other_seats(charter)
    ask = _Question(charter, np.array(list(key.values())), [code not in struck for code in codes])
    in_chair = codes.index(chosen_chair)
    carried = ask.table(len(others), in_chair)
    if (carried == carried[:, :1]).all():  # the other seats advise
        others, carried = [], carried[:, :1]
    _check(carried, charter, struck)
    among_governments = ask.table(0, in_chair)[:, 0]
    _check(among_governments[:, None], charter, struck)
    return CouncilGame(
        scenario=scenario,
        year=when,
        review_year=review_year,
        key=key,
        chair=chosen_chair,
        chair_decides=not np.array_equal(carried, ask.table(len(others), -1)),
        suspended=struck,
        seats=(*(Seat(code, "government") for code in codes), *others),
        carried=carried,
        among_governments=among_governments,
    )


def key_in_force(scenario: Scenario, year: int) -> tuple[dict[str, float], int]:
    """The scale of assessments in the first half of a year while all founders are members, and its year of review.

    Errors: ValueError for a year outside the horizon.
    """
    charter, assessment = charter_of(scenario)
    start, last = scenario.world.start, scenario.world.start + (charter.horizon - 1) // 2
    if not start <= year <= last:
        raise ValueError(f"{year} lies outside the years of {scenario.name}, {start} to {last}")
    review_year = start + 2 * (year - start) // charter.review * charter.review // 2
    review = assessment.review(review_year, (True,) * len(charter.codes))
    key = review.key
    if key is None:  # on reports: what the key would be if everybody told the truth
        shares = assessment.rule(review.figures, assessment.rule_terms)
        key = assessment.with_add_ons(shares, review.members)
    return dict(zip(charter.codes, map(float, key), strict=True)), review_year


class _Question:
    """Asks the rule about coalitions: the tally of a session at which all are present and vote yes or no."""

    def __init__(self, charter: Charter, share: Array, on_roll: list[bool]) -> None:
        self.rule = _rule_of(charter)
        self.terms = charter.terms.voting
        self.share = share
        self.on_roll = on_roll

    def table(self, others: int, chair: int) -> Winning:
        """Shape (2**states, others + 1): whether the coalition carries; nobody sits in the chair if it is -1."""
        n = len(self.on_roll)
        asked: dict[int, list[bool]] = {}
        for coalition in range(1 << n):
            accepts = [bool(coalition >> i & 1) and self.on_roll[i] for i in range(n)]
            same = sum(1 << i for i in range(n) if accepts[i])
            if same not in asked:  # who is suspended may say what it likes
                asked[same] = [
                    self._carried(accepts, k, others, chair >= 0 and accepts[chair]) for k in range(others + 1)
                ]
            asked[coalition] = asked[same]
        return np.array([asked[coalition] for coalition in range(1 << n)], dtype=np.bool_)

    def _carried(self, accepts: list[bool], seats: int, others: int, chair_yes: bool) -> bool:
        yes, roll = float(sum(accepts)), float(sum(self.on_roll))
        yes_weight = roll_weight = 0.0
        for i in range(len(accepts)):  # added as the session does, in the order of the codes
            yes_weight += float(self.share[i]) if accepts[i] else 0.0
            roll_weight += float(self.share[i]) if self.on_roll[i] else 0.0
        counts = (yes, roll - yes, roll, roll)
        votes = (yes + seats, roll + others, float(chair_yes))
        return bool(self.rule(*counts, yes_weight, roll_weight, *votes, self.terms))


def _rule_of(charter: Charter) -> Callable[..., bool]:
    rule: Callable[..., bool] = getattr(charter.voting, charter.voting.__name__.rpartition(".")[2])
    return rule


def _other_seats(charter: Charter) -> list[Seat]:
    if not charter.terms.institution.all_seats_vote:
        return []
    owners = [""] if charter.scenario.control.council.ngo == "one" else charter.codes
    return [*(Seat(code, "official") for code in charter.codes), *(Seat(code, "ngo") for code in owners)]


def _member(code: str, scenario: Scenario) -> str:
    if code in scenario.codes:
        return code
    guess = near(code, scenario.codes)
    hint = f" (did you mean {guess!r}?)" if guess else ""
    raise ValueError(f"{code!r} is not a member of {scenario.name}{hint}: there are {', '.join(scenario.codes)}")


def _check(carried: Winning, charter: Charter, suspended: tuple[str, ...]) -> None:
    rule = charter.scenario.control.voting.rule
    if carried[0, 0]:
        raise ValueError(f"under {rule} a motion is carried that nobody accepts, so nobody has power over it")
    for i in range(len(charter.codes)):
        pairs = carried.reshape(-1, 2, 1 << i, carried.shape[1])
        if (pairs[:, 0] & ~pairs[:, 1]).any():
            raise ValueError(f"under {rule} a motion fails because {charter.codes[i]} accepts it too")
    if (carried[:, :-1] & ~carried[:, 1:]).any():
        raise ValueError(f"under {rule} a motion fails because one seat more accepts it")
    if len(suspended) == len(charter.codes):
        raise NothingPasses("every member is suspended, so that nobody is on the roll and nothing can be carried")
    if not carried[-1, -1]:
        meanwhile = f" while {' and '.join(suspended)} cannot vote" if suspended else ""
        raise NothingPasses(f"under {rule} nothing can be carried{meanwhile}, even if everybody else accepts")


def distinct_games(games: Sequence[CouncilGame]) -> list[list[CouncilGame]]:
    """The games of several designs, those together that are the same whoever is suspended."""
    found: dict[tuple[Any, ...], list[CouncilGame]] = {}
    for game in games:
        found.setdefault(game.fingerprint, []).append(game)
    return list(found.values())


def _shown(value: float | bool | str) -> str:
    return f"{100 * value:g} %" if isinstance(value, float) else str(value)
