"""What the uncertain assumptions are called, in words that can be told apart without their keys; why some are left out.

Names are noun phrases, so that a sentence can go on with "is above 1.4" or "is below 0.12".
"""

from __future__ import annotations

from enum import StrEnum

TEXTS = {
    "centralisation.founding_budget": "budget at the start",
    "centralisation.fixed_cost": "cost of existing",
    "control.cost_sharing.valuation_error": "error in reported valuations",
    "control.director.agenda_power": "Director's weight in the proposal",
    "control.director.partiality": "Director's leaning to his own state",
    "flexibility.bargaining_discount": "patience in bargaining over relief",
    "flexibility.erosion": "loss of a budget that rolls over",
    "world.women_target": "part of women that training aims at",
    "world.valuation.budget_scale": "scale of valuations",
    "world.valuation.income_elasticity": "income elasticity of the demand for peace",
    "world.valuation.satiation": "delivery at which its value flattens",
    "world.valuation.cost_of_funds": "marginal cost of public funds",
    "world.valuation.joint_product": "private return on a state's own money",
    "world.valuation.host_benefit": "rent of the host",
    "world.valuation.seat_value": "diplomatic value of attending",
    "world.valuation.crisis_value": "value of crises answered",
    "world.valuation.voice_value": "value of speaking with one voice",
    "world.council.trust_margin": "concessions in the Council for trust",
    "world.council.audience_cost": "cost of concessions before a hawkish public",
    "world.council.brokerage": "concessions that an able Director brings about",
    "world.council.programme_margin": "concessions on the programme against those on the budget",
    "world.council.boycott": "absence from the Council for a frozen pair",
    "world.council.noise": "noise in votes",
    "world.payment.norm": "norm of paying",
    "world.payment.reciprocity": "weight of trust in payment",
    "world.payment.unfairness": "aversion to paying more than fair",
    "world.payment.advantage": "unease at paying less than fair",
    "world.payment.self_serving": "weight of the fairness principle that suits oneself",
    "world.payment.sanction_weight": "weight of a threatened loss of vote",
    "world.payment.interest": "interest on arrears",
    "world.payment.turn_value": "weight of a threatened loss of the Director's turn",
    "world.payment.hawkishness": "weight of hawkish opinion in payment",
    "world.payment.director_bias": "weight of a partial Director in payment",
    "world.payment.grievance": "weight of grievance in payment",
    "world.payment.temperature": "softness of the choice to pay",
    "world.payment.adjustment": "speed at which the propensity to pay moves",
    "world.payment.late": "chance that dues come late",
    "world.payment.catch_up": "part of arrears paid off in a half-year",
    "world.trust.memory": "memory of trust",
    "world.trust.prior_weight": "weight of prior trust",
    "world.trust.payment_good": "trust won by dues paid",
    "world.trust.payment_bad": "trust lost by dues not paid",
    "world.trust.incident": "trust lost by an incident",
    "world.trust.boycott": "trust lost by a boycott",
    "world.trust.veto": "trust lost by a vote against",
    "world.trust.sharing": "trust won by sharing in the field",
    "world.incidents.scale": "incidents against the record",
    "world.incidents.self_excitation": "incidents bred in the same pair",
    "world.incidents.cross_excitation": "incidents bred in a neighbouring pair",
    "world.incidents.cooperation_effect": "calming effect of co-operation on incidents",
    "world.incidents.hawkishness_effect": "effect of hawkish opinion on incidents",
    "world.incidents.cooperation_reference": "co-operation at which it has no effect on incidents",
    "world.incidents.cooperation_memory": "weight of the latest half-year in the experience of co-operation",
    "world.incidents.freeze": "chance that a major incident freezes a pair",
    "world.incidents.thaw": "chance that a quiet frozen pair thaws",
    "world.incidents.thaw_turnover": "factor on thaws after a softer government came in",
    "world.incidents.scheduling_friction": "chance that a summit finds no date",
    "world.domestic.reversion": "return of opinion to the government's line",
    "world.domestic.incident_kick": "hawkish opinion added by an incident",
    "world.secretariat.initial_capacity": "capacity of the secretariat at the start",
    "world.secretariat.learning": "growth of the secretariat's capacity",
    "world.secretariat.decay": "loss of the secretariat's capacity",
    "world.secretariat.handover_loss": "capacity lost when the Director changes",
    "world.crises.rate": "number of crises in a half-year",
    "world.crises.persons_needed": "persons needed for a crisis",
    "world.crises.availability": "part of a roster that can go",
    "world.crises.response_scale": "time in which a response keeps its value",
    "world.withdrawal.threshold": "reluctance to leave",
    "world.withdrawal.spillover": "part of the public benefit that reaches a leaver",
}
"""What each uncertain setting is called, by its key; the keys here are the settings that are assumptions.

The other settings with a plausible range are for the founders to choose: terms of a rule, of office, of review.
"""

MEMBER_TEXTS = {
    "revealed_interest": "{state}'s valuation of the institute",
    "misreport": "part by which {state} understates its valuation",
}
"""The same for figures of a member; `{state}` is its name."""


class Why(StrEnum):
    """Why an assumption is left out, as the charter in words says it of a setting without effect."""

    DIFFERS = "The designs differ in it."
    ANOTHER_WORLD = "It is set to {value}, outside {low} to {high}: another world is asked about."
    NO_REPORTS = "The cost-sharing rule asks for no reported valuations."
    NOTHING_OWED = "Nothing is owed under voluntary contributions."
    NO_BUDGET_VOTED = "No budget is voted under voluntary contributions."
    SANCTION = "The sanction for arrears does not read it."
    NO_TURN_LOST = "No turn to direct is lost for arrears."
    NO_LAST_BUDGET = "The last budget does not go on."
    NO_BARGAINING = "Relief is not bargained for."
    NO_EXIT = "No member may leave."
    NO_EXCITATION = "Incidents do not excite each other."
    NO_INCIDENTS = "There are no incidents, and no relation is ever frozen."
    UNREAD = "Another setting leaves it without effect."
