"""What happens to members in arrears? One rule a file.

A rule is asked once per member and period: `rule(arrears, dues, two_year_dues, terms) -> float`, the weight
that avoiding the sanction has in the decision to pay (on the scale of norm and interest, see
behaviour/pay). Beside it each file says `SUSPENDS` (the vote is suspended while arrears equal or exceed the
contributions due for the preceding two years), `CHARGES_INTEREST` (arrears grow by the yearly rate
`interest`, half of it a period) and `COSTS_TURN` (the member fears for its turn of the Directorate).

arrears, dues   M$; dues: this period's assessed contribution; two_year_dues: of the last four half-years
terms           sanction_weight, interest (a year), turn_value

Axioms: the weight is never negative, grows with arrears, is 0 without arrears.
"""

from __future__ import annotations

from typing import Any

from aiposim.arithmetic import exp

LOG_OF_0_8 = -0.2231435513142097


def rule(*_: Any) -> float:
    """Stands for the scenario's sanction, which `aiposim.compiled.machine` binds to this name."""
    raise NotImplementedError("bind a sanction first")


def in_two_year_arrears(arrears: float, two_year_dues: float) -> bool:
    """Whether arrears equal or exceed two years' dues: equal suspends, nothing owed never does.

    Source: Charter of the United Nations, Article 19.
    """
    return (arrears >= two_year_dues) & (arrears > 0.0)


def fear_for_turn(arrears: float, two_year_dues: float, turns_to_go: float, turn_value: float) -> float:
    """Weight of the threatened loss of the Director's turn, discounted by 0.8 for each turn to go."""
    return turn_value * exp(LOG_OF_0_8 * turns_to_go) * min(1.0, 2.0 * arrears / two_year_dues)
