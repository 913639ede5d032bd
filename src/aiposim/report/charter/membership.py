"""Articles on who belongs to the institute: founding, programme of work, arrears, withdrawal, dissolution."""

from __future__ import annotations

from aiposim import families
from aiposim.measures import PARTS
from aiposim.report.charter.clause import Clause
from aiposim.report.charter.effect import pays_by_pledges
from aiposim.report.charter.wording import duration, per_cent, plain, states, summary_of_rule
from aiposim.report.words import Words
from aiposim.scenario import AREAS, Scenario
from aiposim.steps.evaluation import OPT_OUT_BENEFIT
from aiposim.steps.payment import OPT_OUT_SAVING


def establishment(scenario: Scenario, words: Words) -> list[Clause]:
    membership = scenario.membership
    return [
        Clause(
            words("The Institute is founded by {states}. No other state shall be admitted later.").format(
                states=states(scenario.codes, words)
            ),
            ("membership.members",),
        ),
        Clause(
            words("The Institute shall have its seat in {host}.").format(host=words.state(membership.host)),
            ("membership.host",),
        ),
    ]


def programme(scenario: Scenario, words: Words) -> list[Clause]:
    areas = words.listed([words(PARTS[area]) for area in AREAS])
    clauses = [Clause(words("The programme of work shall have five areas: {areas}.").format(areas=areas))]
    if not pays_by_pledges(scenario):
        clauses.append(Clause(_opt_outs(scenario, words), ("scope.optout",)))
    if scenario.scope.coordination == "on":
        coordination = words(
            "Civilian experts trained by the Institute shall coordinate in the field, which makes responses to "
            "humanitarian and recovery crises faster and larger."
        )
    else:
        coordination = words(
            "Civilian experts trained by the Institute shall serve in missions; they do not speed up its responses to "
            "crises."
        )
    return [*clauses, Clause(coordination, ("scope.coordination",))]


def _opt_outs(scenario: Scenario, words: Words) -> str:
    if scenario.scope.optout == "none":
        return words("Every member shall take part in all areas and in their cost.")
    return words(
        "Each year a member may stay out of one area. It then saves {saving} of its contribution to that area and "
        "keeps {benefit} of the benefit. The other members shall not make up for what it does not pay."
    ).format(saving=per_cent(OPT_OUT_SAVING, words), benefit=per_cent(OPT_OUT_BENEFIT, words))


def arrears(scenario: Scenario, words: Words) -> list[Clause]:
    if pays_by_pledges(scenario):
        return []
    flexibility = scenario.flexibility
    sanction = families.module("rules.sanction", flexibility.sanction.rule)
    clauses = [Clause(_sanction(scenario, words), ("flexibility.sanction.rule",))]
    if sanction.CHARGES_INTEREST or hasattr(sanction.Terms(), "interest"):
        rate = per_cent(scenario.world.payment.interest, words)
        clauses.append(
            Clause(
                words("Arrears shall bear interest of {rate} a year.").format(rate=rate), ("world.payment.interest",)
            )
        )
    if sanction.COSTS_TURN:
        clauses.append(Clause(_turn(scenario, words)))
    if sanction.SUSPENDS:
        clauses.append(Clause(_waiver(scenario, words), ("flexibility.sanction.waiver",)))
        clauses.append(
            Clause(
                words(
                    "While the vote of a government is suspended, it shall not count among the governments entitled to "
                    "vote. The former official of the same state keeps the seat."
                )
            )
        )
    return clauses


def _sanction(scenario: Scenario, words: Words) -> str:
    rule = scenario.flexibility.sanction.rule
    known = {
        "none": words("Arrears shall have no consequence."),
        "art19": words(
            "A member shall have no vote in the Council while its arrears equal or exceed its contributions of the "
            "preceding two years (as under Article 19 of the Charter of the United Nations)."
        ),
        "interest": words("A member in arrears shall pay interest and keep its vote."),
        "all": words(
            "A member in arrears shall pay interest, and it shall have no vote in the Council while its arrears equal "
            "or exceed its contributions of the preceding two years."
        ),
    }
    return known.get(rule) or words("Arrears shall be dealt with by the rule “{rule}”: {summary}").format(
        rule=rule, summary=summary_of_rule("sanction", rule)
    )


def _turn(scenario: Scenario, words: Words) -> str:
    """The fear is the sanction's, the loss itself a matter of how the Director is found."""
    if scenario.control.director.rule == "rotation_skip":
        return words("A member in arrears may also lose its turn to direct.")
    return words("A member in arrears also fears for its turn to direct, although no article takes it away.")


def _waiver(scenario: Scenario, words: Words) -> str:
    if scenario.flexibility.sanction.waiver:
        return words(
            "The first suspension shall be waived for as long as it would last, if it follows a payment that was late "
            "for reasons beyond the control of the member."
        )
    return words("A suspension shall not be waived for reasons beyond the control of the member.")


def withdrawal(scenario: Scenario, words: Words) -> list[Clause]:
    membership = scenario.membership
    if not membership.exit_allowed:
        return [Clause(words("No member may withdraw."), ("membership.exit_allowed",))]
    clauses = [
        Clause(
            words("Any member may withdraw from the Institute. It shall not be admitted again."),
            ("membership.exit_allowed",),
        ),
        Clause(
            words(
                "A withdrawal shall take effect {time} after notice. Until then the member may take the notice back."
            ).format(time=duration(membership.notice, words)),
            ("membership.notice",),
        ),
    ]
    if not pays_by_pledges(scenario):
        clauses.append(Clause(words("The arrears of a state that leaves are void.")))
    return clauses


def dissolution(scenario: Scenario, words: Words) -> list[Clause]:
    membership = scenario.membership
    if not membership.exit_allowed:
        return []
    return [
        Clause(
            words("The Institute shall be dissolved when it has fewer than {number} members.").format(
                number=plain(membership.min_members, words)
            ),
            ("membership.min_members",),
        )
    ]
