"""Articles on money: the budget, the contributions, and their review."""

from __future__ import annotations

from aiposim import families
from aiposim.report.charter.clause import Clause
from aiposim.report.charter.cost_sharing import cost_sharing
from aiposim.report.charter.effect import pays_by_pledges, read_by, relief_can_be_asked, uses_reports
from aiposim.report.charter.unfamiliar import settings_read
from aiposim.report.charter.wording import duration, per_cent, plain, shares, summary_of_rule
from aiposim.report.words import Words
from aiposim.scenario import Scenario
from aiposim.steps.payment import PERSON_HALF_YEAR
from aiposim.steps.relief import RELIEF
from aiposim.study.council_game import key_in_force


def budget(scenario: Scenario, words: Words) -> list[Clause]:
    money = scenario.centralisation
    clauses = [
        Clause(
            words("The Institute is founded with a budget of {money} million US dollars per half-year.").format(
                money=plain(money.founding_budget, words)
            ),
            ("centralisation.founding_budget",),
        ),
        Clause(
            words(
                "Of its money {money} million US dollars per half-year maintain the Institute. The rest is for the "
                "programme of work."
            ).format(money=plain(money.fixed_cost, words)),
            ("centralisation.fixed_cost",),
        ),
        Clause(_external_funds(scenario, words), ("centralisation.external_funds",)),
    ]
    return clauses if pays_by_pledges(scenario) else [*clauses, *_reversion(scenario, words)]


def _external_funds(scenario: Scenario, words: Words) -> str:
    funds = scenario.centralisation.external_funds
    if funds == 0.0:
        return words("The Institute receives no money from others than its members.")
    return words(
        "The United Nations, ASEAN and other partners give {money} million US dollars per half-year. They owe nothing "
        "and have no vote."
    ).format(money=plain(funds, words))


def _reversion(scenario: Scenario, words: Words) -> list[Clause]:
    rule, erosion = scenario.flexibility.reversion.rule, scenario.flexibility.erosion
    key = "flexibility.reversion.rule"
    if rule == "rollover":
        text = words(
            "If the Council adopts no budget, the last one shall go on, less {share} for each half-year."
        ).format(share=per_cent(erosion, words))
        if erosion == 0.0:
            text = words("If the Council adopts no budget, the last one shall go on unchanged.")
        return [Clause(text, (key, "flexibility.erosion"))]
    if rule == "cut25":
        return [Clause(words("If the Council adopts no budget, three quarters of the last one shall go on."), (key,))]
    text = words("If the Council adopts no budget, the rule “{rule}” shall hold: {summary}").format(
        rule=rule, summary=summary_of_rule("reversion", rule)
    )
    return [Clause(text, (key,)), *settings_read(scenario, "flexibility", read_by("reversion", rule), words)]


def contributions(scenario: Scenario, words: Words) -> list[Clause]:
    clauses = cost_sharing(scenario, words)
    if not pays_by_pledges(scenario):
        clauses += [_ceiling(scenario, words), _host_premium(scenario, words), _credit(scenario, words)]
    return [*clauses, Clause(_first_shares(scenario, words))]


def _ceiling(scenario: Scenario, words: Words) -> Clause:
    sharing = scenario.control.cost_sharing
    within = getattr(families.module("rules.cost_sharing", sharing.rule), "CEILING_WITHIN", False)
    if sharing.ceiling == 1.0:
        text = words("There shall be no ceiling on the share of a member.")
    elif sharing.rule == "un_pk":
        text = words(
            "Before any discount no share shall be above a ceiling of {share}; what is above it is borne by the other "
            "members."
        ).format(share=per_cent(sharing.ceiling, words))
    elif within:
        text = words("No share shall be above a ceiling of {share}, as long as the members can keep it.").format(
            share=per_cent(sharing.ceiling, words)
        )
    else:
        text = words(
            "No share shall be above a ceiling of {share}. What is above it is borne by the other members in "
            "proportion."
        ).format(share=per_cent(sharing.ceiling, words))
    return Clause(text, ("control.cost_sharing.ceiling",))


def _host_premium(scenario: Scenario, words: Words) -> Clause:
    premium = scenario.flexibility.host_premium
    if premium == 0.0:
        text = words("The host shall pay no premium.")
    else:
        text = words(
            "The host shall first pay a premium of {share} of the budget. The rest is shared as said above."
        ).format(share=per_cent(premium, words))
    return Clause(text, ("flexibility.host_premium",))


def _credit(scenario: Scenario, words: Words) -> Clause:
    credit = scenario.flexibility.inkind_credit
    if credit == 0.0:
        text = words("Contributions shall be paid in money. Persons deployed are not credited.")
    else:
        text = words(
            "Up to {share} of the contribution of a member may be paid by persons deployed. A person counts as {rate} "
            "US dollars per half-year."
        ).format(share=per_cent(credit, words), rate=words.number(1e6 * PERSON_HALF_YEAR, 0))
    return Clause(text, ("flexibility.inkind_credit",))


def _first_shares(scenario: Scenario, words: Words) -> str:
    """The shares of the first year, which follow from all that is said before."""
    key, _ = key_in_force(scenario, scenario.world.start)
    told = {"year": str(scenario.world.start), "shares": shares(key, words)}
    if pays_by_pledges(scenario):
        return words("The pledges begin with these shares, in {year}: {shares}.").format(**told)
    if uses_reports(scenario):
        return words("If all report truly, the shares at the foundation, in {year}, are: {shares}.").format(**told)
    return words("The shares at the foundation, in {year}, are: {shares}.").format(**told)


def review(scenario: Scenario, words: Words) -> list[Clause]:
    flexibility = scenario.flexibility
    clauses = [Clause(_reviews(scenario, words), ("flexibility.review",))]
    if pays_by_pledges(scenario) or flexibility.review is None:
        return clauses
    if not relief_can_be_asked(scenario):
        return [*clauses, Clause(words("No member may ask for relief."), ("flexibility.renegotiation",))]
    return [
        *clauses,
        Clause(
            words(
                "Before a review the member whose share lies most above what it takes for fair, by more than three "
                "tenths of its share, may ask for relief, if all governments attend. A relief holds from that review "
                "to the next, and the other members bear it in proportion to their shares."
            ),
            ("flexibility.renegotiation",),
        ),
        _relief(scenario, words),
    ]


def _reviews(scenario: Scenario, words: Words) -> str:
    periods = scenario.flexibility.review
    if pays_by_pledges(scenario):
        if periods is None:
            return words(
                "What the members take for fair is settled at the foundation, and anew only when one has left."
            )
        return words(
            "What the members take for fair is settled anew at intervals of {time}, and when one has left."
        ).format(time=duration(periods, words))
    if periods is None:
        return words("The scale of assessments shall not be reviewed. It is set anew only when a member has left.")
    return words(
        "The scale of assessments shall be reviewed at intervals of {time}, and when a member has left."
    ).format(time=duration(periods, words))


def _relief(scenario: Scenario, words: Words) -> Clause:
    flexibility = scenario.flexibility
    if flexibility.relief == "rubinstein":
        return Clause(
            words(
                "A relief shall be what alternating offers would settle on, where each round of delay leaves {share} "
                "of its worth. The state of the Director makes the first offer."
            ).format(share=per_cent(flexibility.bargaining_discount, words)),
            ("flexibility.relief", "flexibility.bargaining_discount"),
        )
    return Clause(
        words("A relief shall lift {share} of the share.").format(share=per_cent(RELIEF, words)),
        ("flexibility.relief",),
    )
