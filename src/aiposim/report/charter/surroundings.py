"""What happens around the states, as sentences with a place for the value."""

from __future__ import annotations

from aiposim.report.words import Words
from aiposim.scenario import Scenario


def time_and_growth(words: Words) -> dict[str, str]:
    return {
        "world.start": words("The institute begins its work in {value}."),
        "world.horizon": words("The institute is looked at for {time}."),
        "world.economy.world_growth": words("World income per head grows by {share} a year."),
        "world.women_target": words("Training aims at {share} women among the persons deployed."),
    }


def incidents(scenario: Scenario, words: Words) -> dict[str, str]:
    sentences = {
        "process": {
            "hawkes": words(
                "Incidents between founding states excite further ones, in the same pair and in its neighbours (a "
                "Hawkes process)."
            ),
            "markov": words(
                "The relations of each pair of founding states change between normal and frozen (a Markov process); a "
                "freeze begins with a major incident."
            ),
            "poisson": words(
                "Incidents between founding states come at a constant rate, each without regard to the others (a "
                "Poisson process)."
            ),
            "none": words("There are no incidents between founding states, and no relation is ever frozen."),
        }[scenario.world.incidents.process],
        "scale": words("Incidents are as frequent as in the record of 2008 to 2025.")
        if scenario.world.incidents.scale == 1.0
        else words("Incidents are {value} times as frequent as in the record of 2008 to 2025."),
        "self_excitation": words("An incident excites {value} further ones in the same pair."),
        "cross_excitation": words("An incident excites {value} further ones in each pair that shares a state with it."),
        "decay": words("From one half-year to the next, {share} of this excitation is left."),
        "cooperation_effect": words(
            "Good experience with co-operation calms: the rate of incidents falls with an exponent of {value}."
        ),
        "hawkishness_effect": words(
            "Hawkish opinion inflames: the rate of incidents rises with an exponent of {value}."
        ),
        "cooperation_reference": words(
            "The experience of co-operation begins at {share} of the best, where it neither calms nor inflames."
        ),
        "cooperation_memory": words("In the experience of co-operation the latest half-year has a weight of {share}."),
        "freeze": words("A major incident freezes the relations of the two states with a probability of {share}."),
        "thaw": words("Frozen relations without a new incident thaw with a probability of {share} per half-year."),
        "thaw_turnover": words("A thaw is {value} times as likely after a softer government came in."),
        "scheduling_friction": words(
            "A summit of the leaders finds no date with a probability of {share} per year, although no freeze hinders "
            "it."
        ),
    }
    return {f"world.incidents.{name}": sentence for name, sentence in sentences.items()}


def home(words: Words) -> dict[str, str]:
    return {
        "world.domestic.reversion": words(
            "In a half-year opinion at home moves {share} of the way to the line of the government."
        ),
        "world.domestic.incident_kick": words(
            "For every two degrees of severity an incident adds {value} to hawkish opinion, from 0 to 1, in both "
            "states; a minor incident has one degree, a major one three."
        ),
    }


def secretariat(words: Words) -> dict[str, str]:
    sentences = {
        "initial_capacity": words("The secretariat begins with {share} of full capacity."),
        "learning": words(
            "In a half-year the secretariat gains {share} of the capacity that it lacks, if the Director is as able "
            "and the money as complete as can be."
        ),
        "decay": words("In a half-year the secretariat loses {share} of its capacity."),
        "handover_loss": words("The secretariat loses {share} of its capacity at the end of a term."),
        "base_efficiency": words(
            "Without any capacity, the secretariat makes {value} US dollars of effective work out of a US dollar."
        ),
        "capacity_efficiency": words(
            "With full capacity, the secretariat makes {value} US dollars more of effective work out of a US dollar."
        ),
    }
    return {
        "control.director.partiality": words("A Director leans to the home state by {share} on average."),
        **{f"world.secretariat.{name}": sentence for name, sentence in sentences.items()},
    }


def crises(scenario: Scenario, words: Words) -> dict[str, str]:
    sentences = {
        "rate": words("On average {value} crises per half-year call for the institute."),
        "persons_needed": words("A crisis of the usual size takes {value} persons."),
        "caveat": {
            "robustness": words("A contingent stays away from a crisis that is more robust than the cap of its state."),
            "principles": words(
                "A contingent stays away from a crisis in which a principle does not hold that its state requires."
            ),
        }[scenario.world.crises.caveat],
        "availability": words("Of the persons on the roster of a state, {share} can go to a crisis."),
        "response_scale": words("The value of a response falls to 37% in {value} days."),
    }
    return {f"world.crises.{name}": sentence for name, sentence in sentences.items()}
