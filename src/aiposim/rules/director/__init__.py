"""Who becomes Director? One rule a file.

A rule is asked once per member and date of selection:
`rule(place, arrears, two_year_dues, objections, competence, terms) -> float`, and the member with the lowest
answer serves. `PASSED_OVER` (or more) means: not this time; if all are passed over, the first in the queue
serves after all.

place           place in the queue of turns, 0 first
arrears         M$; two_year_dues: assessed contributions of the last four half-years, M$
objections      how many other members object to the nominee; in an election, how many members voted for another
                one in the deciding ballot (all and one more for nominees who were not in it)
competence      the nominee's, 0..1

Beside the function each file says `MOVES_QUEUE` (whoever is chosen, and everyone passed over on the way,
goes to the end of the queue in order), `PARTIALITY` (factor on the Director's partiality), `ACTING` (a
Director chosen although all were passed over only acts: no agenda power, competence times 0.7) and
`TURN_AT_STAKE` (a debtor fears to lose its turn). `OBJECTIONS` says that members are asked whether they object,
`POLL` that there is a ballot; unless a file says so, there is neither.

Axioms: names of states do not matter; some member always serves.
"""

from __future__ import annotations

from typing import Any

PASSED_OVER = 1e6


def rule(*_: Any) -> float:
    """Stands for the scenario's Director rule, which `aiposim.compiled.machine` binds to this name."""
    raise NotImplementedError("bind a Director rule first")


def ahead(score: float, place: float, other_score: float, other_place: float) -> bool:
    """Whether a nominee stands before another one: by its score, of two alike by whose turn is next."""
    return score > other_score or (score == other_score and place < other_place)
