"""Articles on the Governing Council: who sits in it, how it decides, what is reserved."""

from __future__ import annotations

from aiposim.report.charter.clause import Clause
from aiposim.report.charter.effect import pays_by_pledges, read_by, relief_can_be_asked
from aiposim.report.charter.unfamiliar import settings_read
from aiposim.report.charter.wording import choice, per_cent, summary_of_rule
from aiposim.report.words import Words
from aiposim.scenario import Scenario

COUNTS_SEATS = ("majority", "qmv")
"""Rules that count the votes of seats, with a quorum."""
COUNTS_GOVERNMENTS = ("unanimity", "consensus", "consensus_minus_one", "weighted", "double")
"""Rules under which the seats of officials and NGOs advise."""


def council(scenario: Scenario, words: Words) -> list[Clause]:
    clauses = [
        Clause(
            words(
                "Each member shall have two seats: one for its government, one for a former senior official with UN "
                "experience."
            ),
        ),
        Clause(_ngo_seats(scenario, words), ("control.council.ngo",)),
        Clause(_voters(scenario, words), ("control.voting.voters",)),
    ]
    if pays_by_pledges(scenario):
        meets = words("The Council shall meet every half-year and decide on the programme of work once a year.")
    else:
        meets = words(
            "The Council shall meet every half-year. It decides on the budget in one session of the year and on the "
            "programme of work in the other."
        )
    return [*clauses, Clause(meets)]


def _ngo_seats(scenario: Scenario, words: Words) -> str:
    if scenario.control.council.ngo == "one":
        return words("Non-governmental organisations shall share one seat.")
    return words("Non-governmental organisations shall have one seat for each member.")


def _voters(scenario: Scenario, words: Words) -> str:
    everybody = scenario.control.voting.voters == "all"
    if everybody and scenario.control.voting.rule not in COUNTS_GOVERNMENTS:
        return words("All seats shall have a vote: governments, former officials and non-governmental organisations.")
    if everybody:
        return words(
            "Governments alone shall have a vote. The other seats advise, and their views have a small weight in what "
            "is proposed."
        )
    return words("Governments alone shall have a vote. The other seats have no influence on what is proposed.")


def decisions(scenario: Scenario, words: Words) -> list[Clause]:
    clauses = _rule(scenario, words)
    clauses += [Clause(sentence) for sentence in (quorum(scenario, words), abstention(scenario, words)) if sentence]
    if scenario.control.voting.rule == "majority":
        tie = (
            words(
                "In a tie the vote of the chair shall decide. The chair is the government of the state of the Director."
            )
            if scenario.control.voting.casting_vote
            else words("In a tie the motion shall fail.")
        )
        clauses.append(Clause(tie, ("control.voting.casting_vote",)))
    return clauses


def _rule(scenario: Scenario, words: Words) -> list[Clause]:
    """The voting rule with its numbers."""
    voting = scenario.control.voting
    key = "control.voting.rule"
    qualified, weighted = per_cent(voting.qualified_share, words), per_cent(voting.weighted_share, words)
    known = {
        "unanimity": words("The Council shall decide by unanimity: every government entitled to vote must accept."),
        "consensus": words(
            "The Council shall decide by consensus: a decision is taken if no government that is present objects."
        ),
        "consensus_minus_one": words(
            "The Council shall decide by consensus minus one: a decision is taken if all governments entitled to vote "
            "accept, or all but one."
        ),
        "majority": words("The Council shall decide by a simple majority: more than half of the votes cast."),
        "qmv": words("The Council shall decide by a qualified majority: at least {share} of the votes cast.").format(
            share=qualified
        ),
        "weighted": words(
            "The Council shall decide by a weighted majority: at least two governments must accept, and together they "
            "must bear at least {share} of the contributions of all governments entitled to vote."
        ).format(share=weighted),
        "double": words(
            "The Council shall decide by a double majority: more than half of the governments entitled to vote must "
            "accept, and together they must bear more than half of the contributions of all of these."
        ),
    }
    told = {"qmv": "control.voting.qualified_share", "weighted": "control.voting.weighted_share"}
    if voting.rule in known:
        return [Clause(known[voting.rule], (key, *([told[voting.rule]] if voting.rule in told else [])))]
    text = words("The Council shall decide by the rule “{rule}”: {summary}").format(
        rule=voting.rule, summary=summary_of_rule("voting", voting.rule)
    )
    return [Clause(text, (key,)), *settings_read(scenario, "control.voting", read_by("voting", voting.rule), words)]


def quorum(scenario: Scenario, words: Words) -> str:
    """What presence a decision takes; empty for a rule of which nothing is known."""
    rule = scenario.control.voting.rule
    if rule in COUNTS_SEATS:
        return words("The quorum shall be two thirds of the governments entitled to vote.")
    known = {
        "unanimity": words(
            "There is no quorum. A government that stays away has not accepted, and so it blocks the decision."
        ),
        "consensus": words(
            "One government present is enough. A government that stays away does not stand in the way of a decision."
        ),
        "consensus_minus_one": words("There is no quorum. A government that stays away counts as not accepting."),
        "weighted": words("There is no quorum. A government that stays away counts as not accepting."),
        "double": words("There is no quorum. A government that stays away counts as not accepting."),
    }
    return known.get(rule, "")


def abstention(scenario: Scenario, words: Words) -> str:
    """What it means to abstain; empty for a rule of which nothing is known."""
    rule = scenario.control.voting.rule
    if rule in COUNTS_SEATS:
        return words("Whoever abstains is present, but does not cast a vote.")
    if rule == "consensus":
        return words("Whoever abstains does not object.")
    if rule in ("unanimity", "consensus_minus_one", "weighted", "double"):
        return words("Whoever abstains does not accept.")
    return ""


def presence_needed(scenario: Scenario, words: Words) -> str:
    """How many governments a decision takes, in brief; empty for a rule of which nothing is known."""
    known = {
        "unanimity": words("all"),
        "consensus": words("one government"),
        "consensus_minus_one": words("all but one"),
        "majority": words("two thirds"),
        "qmv": words("two thirds"),
        "weighted": words("two"),
        "double": words("more than half"),
    }
    return known.get(scenario.control.voting.rule, "")


def absence(scenario: Scenario, words: Words) -> str:
    """What it means that a government stays away, in brief; empty for a rule of which nothing is known."""
    rule = scenario.control.voting.rule
    if rule == "unanimity":
        return words("blocks")
    if rule == "consensus":
        return words("does not stand in the way")
    if rule in COUNTS_SEATS:
        return words("casts no vote")
    return words("counts as not accepting") if rule in COUNTS_GOVERNMENTS else ""


def reserved_matters(scenario: Scenario, words: Words) -> list[Clause]:
    """Of the matters that can be reserved only relief from the scale of assessments ever comes up."""
    if not relief_can_be_asked(scenario) or scenario.flexibility.relief == "rubinstein":
        return []
    matters = scenario.control.council.reserved
    keys = ("control.council.reserved",)
    clauses = []
    if matters:
        named = words.listed([choice("control.council.reserved", each, words) for each in matters])
        clauses.append(
            Clause(
                words(
                    "Reserved matters are {matters}. They require the consent of all member governments, also of "
                    "those whose vote is suspended."
                ).format(matters=named),
                keys,
            )
        )
    if "key" not in matters:
        clauses.append(
            Clause(
                words(
                    "Relief from the scale of assessments shall be decided on by the governments as any other matter."
                ),
                () if matters else keys,
            )
        )
    return clauses
