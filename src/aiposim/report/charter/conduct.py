"""How states value, vote, pay, trust and leave, as sentences with a place for the value."""

from __future__ import annotations

from aiposim.report.words import Words


def valuation(words: Words) -> dict[str, str]:
    sentences = {
        "budget_scale": words(
            "The institute is worth {value} million US dollars per half-year and log unit of work delivered to states "
            "whose relative valuations sum to 1."
        ),
        "income_elasticity": words(
            "When the income of a state rises by 1%, the institute is worth {value}% more to it."
        ),
        "satiation": words(
            "The value of an area of work begins to flatten at {value} million US dollars delivered per half-year."
        ),
        "cost_of_funds": words("A US dollar of public money costs the state that spends it {value} US dollars."),
        "joint_product": words(
            "Of each US dollar that a member pays, {value} US dollars return to it as a benefit of its own."
        ),
        "host_benefit": words("Of each US dollar that the institute receives, {value} US dollars accrue to the host."),
        "seat_value": words("Attending the Council is worth {value} million US dollars per half-year to a government."),
        "crisis_value": words(
            "A full answer to a crisis of the usual size is worth {value} million US dollars to all members together."
        ),
        "voice_value": words(
            "Speaking with one voice in the United Nations throughout a half-year is worth {value} million US dollars "
            "to all members together."
        ),
    }
    return {f"world.valuation.{name}": sentence for name, sentence in sentences.items()}


def council(words: Words) -> dict[str, str]:
    sentences = {
        "trust_margin": words(
            "Trust widens the range that a government accepts around its own wish, by {value} log units if trust is "
            "full."
        ),
        "audience_cost": words(
            "Hawkish opinion at home narrows the range that a government accepts, by {value} log units at its highest."
        ),
        "brokerage": words(
            "An able Director widens the range that every seat accepts, by {value} log units for each unit of "
            "competence above 0.6."
        ),
        "programme_margin": words(
            "The range that a seat accepts of the programme of work is {value} times that of the budget."
        ),
        "boycott": words(
            "A government stays away from the Council with a probability of {share} for each of its relations that is "
            "frozen, where its hawkishness is 0.6; more if it is higher, and less if it is lower."
        ),
        "noise": words(
            "The range that a seat accepts varies from session to session, with a standard deviation of {value} log "
            "units."
        ),
    }
    return {f"world.council.{name}": sentence for name, sentence in sentences.items()}


def payment(words: Words) -> dict[str, str]:
    sentences = {
        "norm": words("The norm that dues are paid has a weight of {value} for paying."),
        "reciprocity": words("Trust in the other members has a weight of {value} for paying."),
        "trust_reference": words("Trust neither favours nor hinders payment where it stands at {value}."),
        "unfairness": words("Being asked for more than a fair share has a weight of {value} against paying."),
        "advantage": words("Being asked for less than a fair share has a weight of {value} for paying."),
        "self_serving": words(
            "In what a state takes for its fair share, the principle that suits it best has a weight of {share}. The "
            "rest is the mean of equal shares, income, benefit and the United Nations scale."
        ),
        "sanction_weight": words("The threat of losing its vote has a weight of {value} for paying."),
        "turn_value": words("The threat of losing its turn to direct has a weight of {value} for paying."),
        "hawkishness": words("Hawkish opinion at home has a weight of {value} against paying."),
        "director_bias": words("A partial Director from another state has a weight of {value} against paying."),
        "grievance": words("Grievance has a weight of {value} against paying."),
        "temperature": words(
            "The choice to pay has a temperature of {value}; the lower it is, the more sharply a state decides."
        ),
        "adjustment": words(
            "In a half-year the propensity to pay moves {share} of the way to what all these reasons together suggest."
        ),
        "late": words(
            "With a probability of {share} half of what a state would pay in a half-year does not come in time."
        ),
        "catch_up": words("In a half-year a state that is fully willing pays off {share} of its arrears."),
    }
    return {f"world.payment.{name}": sentence for name, sentence in sentences.items()}


def trust(words: Words) -> dict[str, str]:
    sentences = {
        "memory": words("From one half-year to the next, {share} of the evidence on another state is remembered."),
        "prior_weight": words("The trust of the beginning keeps the weight of {value} observations."),
        "payment_good": words("Dues paid in full count as {value} observations for trust."),
        "payment_bad": words("Dues not paid at all count as {value} observations against trust."),
        "incident": words(
            "A minor incident counts as {value} observations against trust, a major one three times as much."
        ),
        "boycott": words("Staying away from the Council counts as {value} observations against trust."),
        "veto": words("Blocking what another member would have accepted counts as {value} observations against trust."),
        "sharing": words("Sharing supplies in the field counts as {value} observations for trust."),
    }
    return {f"world.trust.{name}": sentence for name, sentence in sentences.items()}


def withdrawal(words: Words) -> dict[str, str]:
    sentences = {
        "threshold": words("The reluctance to give notice of withdrawal is {value} log odds per half-year."),
        "surplus": words("The surplus that membership brings has a weight of {value} against leaving."),
        "grievance": words("Grievance has a weight of {value} for leaving."),
        "hawkishness": words("Hawkish opinion at home has a weight of {value} for leaving."),
        "spillover": words("Of the public benefit of the institute, {share} also reach a state outside it."),
    }
    return {f"world.withdrawal.{name}": sentence for name, sentence in sentences.items()}
