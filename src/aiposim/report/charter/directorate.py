"""Articles on the Director, the Deputy Directors, and who decides on the response to a crisis."""

from __future__ import annotations

from aiposim import families
from aiposim.report.charter.clause import Clause
from aiposim.report.charter.effect import queue_matters
from aiposim.report.charter.wording import duration, per_cent, plain, summary_of_rule
from aiposim.report.words import Words
from aiposim.scenario import Scenario


def director(scenario: Scenario, words: Words) -> list[Clause]:
    control = scenario.control.director
    module = families.module("rules.director", control.rule)
    clauses = [
        Clause(_selection(scenario, words), ("control.director.rule",)),
        Clause(
            words(
                "The Director shall hold office for {time}, or until the state of the Director has left the Institute."
            ).format(time=duration(control.term, words)),
            ("control.director.term",),
        ),
    ]
    if module.MOVES_QUEUE:
        queue = Clause(
            words(
                "At the foundation the order of turns is: {order}. A state that has directed goes to the end of it."
            ).format(order=_order(scenario, words)),
            ("control.director.queue",),
        )
        clauses.append(queue)
    elif queue_matters(scenario):
        clauses.append(
            Clause(
                words("The order of turns is, and remains: {order}.").format(order=_order(scenario, words)),
                ("control.director.queue",),
            )
        )
    return [*clauses, Clause(_agenda(scenario, words), ("control.director.agenda_power",))]


def _order(scenario: Scenario, words: Words) -> str:
    return words.row([words.state(code) for code in scenario.queue])


def _selection(scenario: Scenario, words: Words) -> str:
    rule = scenario.control.director.rule
    known = {
        "rotation": words("The members shall direct the Institute in turn, each through one of its nationals."),
        "rotation_skip": words(
            "The members shall direct the Institute in turn. A member that owes half a year's contributions or more is "
            "passed over. If all members owe so much, the first in turn directs after all."
        ),
        "acclamation": words(
            "The first member in turn to whose nominee no other member objects shall direct the Institute. If there "
            "is an objection to every nominee, that of the first in turn acts as Director."
        ),
        "merit": words(
            "Each member shall nominate a candidate, and the most competent one becomes Director. The leaning of such "
            "a Director to the home state is six tenths of what it would be otherwise."
        ),
        "election": words(
            "Each member shall nominate a candidate, and the members elect the Director by majority. Without a "
            "majority there is a run-off between the two candidates with the most votes. In a tie the one next in "
            "turn is elected."
        ),
    }
    return known.get(rule) or words("The Director shall be found by the rule “{rule}”: {summary}").format(
        rule=rule, summary=summary_of_rule("director", rule)
    )


def _agenda(scenario: Scenario, words: Words) -> str:
    weight = scenario.control.director.agenda_power
    if weight == 0.0:
        return words(
            "What is proposed to the Council is the compromise among its seats; the Director has no part in it."
        )
    if families.module("rules.director", scenario.control.director.rule).ACTING:
        return words(
            "In what is proposed to the Council the view of the Director has a weight of {share}, and the compromise "
            "among the seats the rest. The view of an acting Director has none."
        ).format(share=per_cent(weight, words))
    return words(
        "In what is proposed to the Council the view of the Director has a weight of {share}, and the compromise among "
        "the seats the rest."
    ).format(share=per_cent(weight, words))


def deputies(scenario: Scenario, words: Words) -> list[Clause]:
    if scenario.centralisation.deputies == "per_state":
        text = words(
            "The Director shall be assisted by three Deputy Directors from other members, or by as many as there are "
            "other members. Each of them reduces the leaning of the Director to the home state by 15%."
        )
    else:
        text = words(
            "The Director shall be assisted by three Deputy Directors. Their influence is already contained in what is "
            "assumed of the leaning of a Director to the home state."
        )
    return [Clause(text, ("centralisation.deputies",))]


def crises(scenario: Scenario, words: Words) -> list[Clause]:
    autonomy = scenario.centralisation.autonomy
    keys = ("centralisation.autonomy",)
    nothing = Clause(words("The Council shall decide on every crisis. Nothing is delegated to the Director."), keys)
    return [
        nothing
        if autonomy == 0.0
        else Clause(
            words(
                "The Director shall decide alone on crises of up to {size} times the usual size, and on {share} of the "
                "larger ones. The Council decides on all others."
            ).format(size=plain(_doubled(autonomy), words), share=per_cent(_halved(autonomy), words)),
            keys,
        ),
        Clause(words("On humanitarian and recovery crises a government counts as present although it stays away.")),
    ]


def _doubled(number: float) -> float:
    return round(2.0 * number, 12)


def _halved(number: float) -> float:
    return round(0.5 * number, 12)
