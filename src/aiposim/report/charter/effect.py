"""Which settings do nothing in a scenario, since another setting leaves nothing for them to do.

What a rule reads is read off its `Terms`, so that a rule of one's own or a new one needs no entry here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields

from aiposim import families
from aiposim.report.words import Words
from aiposim.scenario import Scenario
from aiposim.scenario.member import Member

_OF_COST_SHARING = ("key", "equal_part", "claims_ratio", "floor")
_OF_VOTING = ("qualified_share", "weighted_share", "casting_vote")
_ONLY_SELF_EXCITING = (
    "self_excitation", "cross_excitation", "decay", "cooperation_effect", "hawkishness_effect",
    "cooperation_reference", "cooperation_memory",
)  # fmt: skip
_ONLY_WITH_INCIDENTS = ("scale", "freeze", "thaw", "thaw_turnover")


@dataclass(frozen=True)
class Untold:
    """A setting, or a figure of a member, of which nothing is said, and why."""

    key: str
    reason: str


def read_by(family: str, rule: str) -> frozenset[str]:
    """Names of the settings that a rule reads."""
    return frozenset(field.name for field in fields(families.module(f"rules.{family}", rule).Terms))


def not_told(scenario: Scenario, words: Words) -> list[Untold]:
    """Settings and figures without effect in this scenario, each once, with the reason."""
    reasons: dict[str, str] = {}
    for untold in (*_of_the_charter(scenario, words), *_of_the_world(scenario, words), *_of_members(scenario, words)):
        reasons.setdefault(untold.key, untold.reason)
    return [Untold(key, reason) for key, reason in reasons.items()]


def without_effect(scenario: Scenario) -> frozenset[str]:
    """The keys of the settings without effect."""
    return frozenset(untold.key for untold in not_told(scenario, Words()))


def pays_by_pledges(scenario: Scenario) -> bool:
    return scenario.control.cost_sharing.rule == "voluntary"


def relief_can_be_asked(scenario: Scenario) -> bool:
    """Whether a member may ask for relief before some review."""
    flexibility = scenario.flexibility
    return flexibility.renegotiation and flexibility.review is not None and not pays_by_pledges(scenario)


def turn_at_stake(scenario: Scenario) -> bool:
    """Whether a member in arrears fears for its turn to direct."""
    director = families.module("rules.director", scenario.control.director.rule)
    sanction = families.module("rules.sanction", scenario.flexibility.sanction.rule)
    return not pays_by_pledges(scenario) and bool(director.TURN_AT_STAKE or sanction.COSTS_TURN)


def queue_matters(scenario: Scenario) -> bool:
    """Whether the order of turns tells who directs, or how near a member is to its turn."""
    return scenario.control.director.rule != "merit" or turn_at_stake(scenario)


def _untold(keys: str, reason: str) -> Iterator[Untold]:
    yield from (Untold(key, reason) for key in keys.split())


def _of_the_charter(scenario: Scenario, words: Words) -> Iterator[Untold]:
    if pays_by_pledges(scenario):
        yield from _untold(
            "control.council.reserved control.cost_sharing.ceiling flexibility.renegotiation flexibility.relief"
            " flexibility.bargaining_discount flexibility.host_premium",
            words("There is no scale of assessments under voluntary contributions."),
        )
        yield from _untold(
            "scope.optout flexibility.inkind_credit flexibility.sanction.rule flexibility.sanction.waiver"
            " world.payment.sanction_weight world.payment.interest world.payment.turn_value world.payment.catch_up",
            words("Nothing is owed under voluntary contributions."),
        )
        yield from _untold(
            "flexibility.reversion.rule flexibility.erosion",
            words("No budget is voted under voluntary contributions."),
        )
    yield from _of_votes_and_keys(scenario, words)
    yield from _of_relief_and_sanctions(scenario, words)
    if not queue_matters(scenario):
        yield from _untold("control.director.queue", words("The Director is found without an order of turns."))
    if not scenario.membership.exit_allowed:
        yield from _untold(
            "membership.notice membership.min_members world.withdrawal.threshold world.withdrawal.surplus"
            " world.withdrawal.grievance world.withdrawal.hawkishness",
            words("No member may leave."),
        )


def _of_votes_and_keys(scenario: Scenario, words: Words) -> Iterator[Untold]:
    control = scenario.control
    voting, sharing = read_by("voting", control.voting.rule), read_by("cost_sharing", control.cost_sharing.rule)
    for name in _OF_VOTING:
        if name not in voting:
            yield Untold(f"control.voting.{name}", words("The voting rule does not read it."))
    for name in _OF_COST_SHARING:
        if name not in sharing:
            yield Untold(f"control.cost_sharing.{name}", words("The cost-sharing rule does not read it."))
    if control.cost_sharing.rule == "proportional":
        yield Untold("control.cost_sharing.claims_ratio", words("It cancels out where claims are met in proportion."))
    if not uses_reports(scenario):
        yield Untold(
            "control.cost_sharing.valuation_error", words("The cost-sharing rule asks for no reported valuations.")
        )


def uses_reports(scenario: Scenario) -> bool:
    """Whether the scale of assessments depends on what members report."""
    module = families.module("rules.cost_sharing", scenario.control.cost_sharing.rule)
    return bool(getattr(module, "USES_REPORTS", False))


def _of_relief_and_sanctions(scenario: Scenario, words: Words) -> Iterator[Untold]:
    flexibility = scenario.flexibility
    if flexibility.review is None:
        yield from _untold(
            "flexibility.renegotiation flexibility.relief flexibility.bargaining_discount control.council.reserved",
            words("Relief would begin with a review, and there is none."),
        )
    if not flexibility.renegotiation:
        yield from _untold(
            "flexibility.relief flexibility.bargaining_discount control.council.reserved",
            words("No member may ask for relief, the only reserved matter that could come up."),
        )
    if flexibility.relief == "rubinstein":
        yield from _untold(
            "control.council.reserved", words("A relief that is bargained for is one that every member would bear.")
        )
    else:
        yield from _untold("flexibility.bargaining_discount", words("Relief is not bargained for."))
    if "erosion" not in read_by("reversion", flexibility.reversion.rule):
        yield from _untold("flexibility.erosion", words("The last budget does not go on."))
    sanction = families.module("rules.sanction", flexibility.sanction.rule)
    if not sanction.SUSPENDS:
        yield from _untold("flexibility.sanction.waiver", words("No vote is suspended."))
    for name in ("sanction_weight", "interest"):
        if name not in read_by("sanction", flexibility.sanction.rule):
            yield Untold(f"world.payment.{name}", words("The sanction for arrears does not read it."))
    if not turn_at_stake(scenario):
        yield from _untold("world.payment.turn_value", words("No turn to direct is lost for arrears."))


def _of_the_world(scenario: Scenario, words: Words) -> Iterator[Untold]:
    process = scenario.world.incidents.process
    if process != "hawkes":
        for name in _ONLY_SELF_EXCITING:
            yield Untold(f"world.incidents.{name}", words("Incidents do not excite each other."))
    if process == "none":
        reason = words("There are no incidents, and no relation is ever frozen.")
        for name in _ONLY_WITH_INCIDENTS:
            yield Untold(f"world.incidents.{name}", reason)
        yield from _untold("world.domestic.incident_kick world.council.boycott world.trust.boycott", reason)
    if scenario.world.crises.rate == 0.0:
        yield from _untold(
            "world.crises.persons_needed world.crises.caveat world.crises.availability world.crises.response_scale"
            " world.valuation.crisis_value world.trust.sharing",
            words("There are no crises."),
        )


def _of_members(scenario: Scenario, words: Words) -> Iterator[Untold]:
    unread = {
        "code": words("It is the name under which the state is told of."),
        "names": words("They are used throughout."),
        "luck": words("It is the address of a state's luck and has no meaning of its own."),
    }
    rule = scenario.control.cost_sharing.rule
    own = families.own_rule("rules.cost_sharing", rule) is not None
    if rule != "un_scale_published" and not own:
        unread["un_scale_rate"] = words("The cost-sharing rule does not read it.")
    if (rule != "fixed_key" or scenario.control.cost_sharing.key != "cmim") and not own:
        unread["cmim_weight"] = words("The cost-sharing rule does not read it.")
    if rule != "un_pk" and not own:
        unread["permanent_member"] = words("The cost-sharing rule does not read it.")
    if not uses_reports(scenario):
        unread["misreport"] = words("The cost-sharing rule asks for no reported valuations.")
    if scenario.world.crises.caveat == "robustness" or scenario.world.crises.rate == 0.0:
        unread["principles"] = words("What closes a crisis to a contingent is its cap on robustness.")
    if scenario.world.incidents.process == "none":
        no_incidents = words("There are no incidents, and no relation is ever frozen.")
        for pair in scenario.pairs:
            for name in ("incident_rate", "major_share"):
                yield Untold(f"membership.pairs.{'-'.join(pair)}.{name}", no_incidents)
    for code in scenario.codes:
        for name, reason in unread.items():
            assert name in Member.model_fields
            yield Untold(f"membership.overrides.{code}.{name}", reason)
