"""When is a motion carried? One rule a file.

A rule is asked once per motion and run: `rule(yes, no, present, roll, yes_weight, roll_weight, seats_yes,
seats_voting, chair_yes, terms) -> bool`. The roll is the member governments that are not suspended;
absent ones stay on it.

yes, no         governments on the roll that are present and accept, or object (abstainers: neither)
present, roll   governments on the roll that are present; governments on the roll
yes_weight      scale of assessments held by the accepting governments; roll_weight: by the whole roll
seats_yes       seats accepting among seats_voting: present governments on the roll and, where officials and
                NGOs vote, theirs; abstainers are not among the seats voting
chair_yes       the vote of the government of the Director's state; no if it is absent or suspended
terms           qualified_share, weighted_share, casting_vote

A file may say `WEIGHS = False` if its rule reads neither of the two weights: then nobody adds them up, and both are 0.

Axioms for every rule: an empty roll carries nothing; one acceptance more never defeats a motion; names of
states do not matter. Votes are counted in whole numbers, thresholds on shares have a tolerance of 1e-9, so
that .40 + .20 reaches .60.
"""

from __future__ import annotations

from typing import Any

YES, NO, PRESENT, ROLL, YES_WEIGHT, ROLL_WEIGHT, SEATS_YES, SEATS_VOTING, CHAIR_YES = range(9)
"""Rows of a tally, in the order of a rule's arguments."""

COUNTED_YES, COUNTED_NO, COUNTED_CHAIR, COUNTED_SEATS, COUNTED_VOTING = range(5)
"""Rows of a count: accepting and objecting governments, the chair's yes, accepting and voting seats."""

TOLERANCE = 1e-9


def rule(*_: Any) -> bool:
    """Stands for the scenario's voting rule, which `aiposim.compiled.machine` binds to this name."""
    raise NotImplementedError("bind a voting rule first")


def count_votes(passed: Any, tally: Any, motions: Any, terms: Any) -> None:
    """Apply the rule to every motion (row) in every run (column up to `motions[0]`)."""
    voting = terms[0].voting
    for c in range(passed.shape[0]):
        for r in range(motions[0]):
            passed[c, r] = rule(
                tally[YES, c, r],
                tally[NO, c, r],
                tally[PRESENT, c, r],
                tally[ROLL, c, r],
                tally[YES_WEIGHT, c, r],
                tally[ROLL_WEIGHT, c, r],
                tally[SEATS_YES, c, r],
                tally[SEATS_VOTING, c, r],
                tally[CHAIR_YES, c, r],
                voting,
            )


def votes(passed: Any, count: Any, yes_weight: Any, presents: Any, rolls: Any, roll_weight: Any, terms: Any) -> None:
    """Apply the rule to every motion of a session (row) in every run: all are put to the same roll."""
    voting = terms[0].voting
    for c in range(passed.shape[0]):
        for r in range(rolls.shape[0]):
            passed[c, r] = rule(
                float(count[COUNTED_YES, c, r]),
                float(count[COUNTED_NO, c, r]),
                presents[r],
                rolls[r],
                yes_weight[c, r],
                roll_weight[r],
                float(count[COUNTED_SEATS, c, r]),
                float(count[COUNTED_VOTING, c, r]),
                float(count[COUNTED_CHAIR, c, r]),
                voting,
            )
