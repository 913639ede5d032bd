"""Election: each member votes for the nominee it favours most; without a majority there is a run-off of two.

Source: Statute of the International Court of Justice, Article 10 (absolute majority), with a second ballot
restricted to the two leading candidates as in Rules of Procedure of the UN General Assembly, rule 93. What
members favour, their own nominee, competence and trust, is an assumption of the model.
"""

from __future__ import annotations

from dataclasses import dataclass

MOVES_QUEUE = True
PARTIALITY = 1.0
ACTING = False
TURN_AT_STAKE = False
POLL = True


@dataclass(frozen=True)
class Terms:
    """This rule has no numbers of its own."""


def election(
    place: float,
    arrears: float,
    two_year_dues: float,
    objections: float,
    competence: float,
    terms: Terms,
) -> float:
    """The nominee with the fewest votes against it in the deciding ballot; in a tie the one whose turn is next.

    Who has served goes to the end of the queue, so that ties do not favour the same state for ever.
    """
    return objections + 0.001 * place
