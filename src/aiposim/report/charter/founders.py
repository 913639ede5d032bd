"""The figures of the founding states and of their pairs, as they stood in 2015, a sentence a figure."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from functools import cache
from typing import Any

from aiposim.measures import PARTS
from aiposim.report.charter.clause import Clause
from aiposim.report.charter.wording import per_cent, plain, yes_or_no
from aiposim.report.words import Words
from aiposim.scenario import AREAS, Member, Pair, Scenario, load, shipped_members
from aiposim.scenario.member import LAST_YEAR


@cache
def shipped_figures() -> Scenario:
    """All states that are shipped, with the figures of their own files."""
    return load("reference-design").with_(**{"membership.members": shipped_members()})


def founders(scenario: Scenario, idle: Collection[str], words: Words) -> list[Clause]:
    by_code = {member.code: member for member in scenario.members}
    members = {code: by_code[code] for code in words.in_order(by_code)}
    own = {member.code: member for member in shipped_figures().members}
    clauses = []
    for name, text in _sentences(words).items():
        told = {
            code: getattr(member, name)
            for code, member in members.items()
            if f"membership.overrides.{code}.{name}" not in idle
        }
        if told:
            clauses.append(_clause(name, text, told, {code: getattr(each, name) for code, each in own.items()}, words))
    return [*clauses, _source(members, own, "membership.overrides", words)]


def _source(told: Mapping[str, Any], own: Mapping[str, Any], key: str, words: Words) -> Clause:
    """Where the figures of states, or of pairs, come from; a scenario that was stored no longer knows its overrides."""
    changed = [_owner(owner, words) for owner, figures in told.items() if figures != own.get(owner)]
    if not changed:
        return Clause(words("All these figures are those that are shipped."), (key,))
    text = words("Some of these figures are not those that are shipped: those of {owners}.")
    return Clause(text.format(owners=words.listed(changed)), (key,))


def _clause(
    name: str, text: str, told: Mapping[str, Any], own: Mapping[str, Any], words: Words, prefix: str = "overrides"
) -> Clause:
    keys = tuple(f"membership.{prefix}.{owner}.{name}" for owner in told)
    other = {owner: own[owner] for owner, value in told.items() if owner in own and own[owner] != value}
    default = words("The model's default is {value}.").format(value=_listed(name, other, words)) if other else ""
    return Clause(text.format(figures=_listed(name, told, words)), keys, default)


def _listed(name: str, figures: Mapping[str, Any], words: Words) -> str:
    told = [
        words("{owner} {figure}").format(owner=_owner(owner, words), figure=shown(name, value, words))
        for owner, value in figures.items()
    ]
    return words.series(told) if name in _SEVERAL_WORDS else words.row(told)


def _owner(owner: str, words: Words) -> str:
    """A state, or two with a dash between them."""
    return "–".join(words.state(code) for code in owner.split("-"))


def shown(name: str, value: Any, words: Words) -> str:
    """A figure of a state or pair without its unit, as the sentences need it."""
    if isinstance(value, bool):
        return yes_or_no(value, words)
    kinds: dict[str, Callable[[Any, Words], str]] = {
        "gni": _income,
        "un_scale_rate": _rates,
        "ideal_mix": _mix,
        "principles": _principles,
        **dict.fromkeys(_IN_PER_CENT, per_cent),
    }
    return kinds.get(name, plain)(value, words)


_SEVERAL_WORDS = ("ideal_mix", "un_scale_rate", "principles", "permanent_member", "least_developed")
_IN_PER_CENT = (
    "growth", "peacekeeping_rate", "turnover", "women_share", "misreport", "major_share",
)  # fmt: skip


def _income(by_year: Mapping[int, float], words: Words) -> str:
    return plain(by_year[LAST_YEAR], words)


def _rates(by_year: Mapping[int, float], words: Words) -> str:
    rates = [
        words("{share} from {year}").format(share=per_cent(by_year[year], words), year=year) for year in sorted(by_year)
    ]
    return words.listed(rates) or words("none")


def _mix(mix: Any, words: Words) -> str:
    return words.row(
        [
            words("{area} {share}").format(area=words(PARTS[area]), share=per_cent(getattr(mix, area), words))
            for area in AREAS
        ]
    )


def _principles(required: tuple[str, ...], words: Words) -> str:
    names = {
        "ceasefire": words("cease-fire"),
        "consent": words("consent"),
        "impartiality": words("impartiality"),
        "withdrawal": words("the right to withdraw"),
        "minimum_force": words("minimum force"),
    }
    return words.listed([names[each] for each in required]) or words("none")


def _sentences(words: Words) -> dict[str, str]:
    """By figure of a state, in the order of the members' files."""
    sentences = {
        "gni": words(
            "Gross national income in 2015, in billions of US dollars: {figures}. Earlier years are in the "
            "states' own files."
        ),
        "growth": words("Real growth a year from 2016, which fades by 3% a year: {figures}."),
        "population": words("Inhabitants in millions: {figures}."),
        "debt_stock": words("External debt in billions of US dollars: {figures}."),
        "un_scale_rate": words("Rates in the published scale of assessments of the United Nations: {figures}."),
        "peacekeeping_rate": words("Rates in the United Nations scale for peacekeeping: {figures}."),
        "roster": words("Uniformed persons on the roster: {figures}."),
        "revealed_interest": words("Relative valuations of peace operations: {figures}."),
        "ideal_mix": words("Programmes of work as the states wish for them: {figures}."),
        "robustness_cap": words("Caps on the robustness of crises, from 0 to 1: {figures}."),
        "principles": words("Principles that a crisis must satisfy: {figures}."),
        "hawkishness": words("Hawkishness of opinion in the long run, from 0 to 1: {figures}."),
        "turnover": words("Probabilities of a change of government per half-year: {figures}."),
        "un_issue_loading": words("Weights of the common factor in positions in the United Nations: {figures}."),
        "women_share": words("Women among the persons deployed at the start: {figures}."),
        "misreport": words("Parts by which the states understate their benefit: {figures}."),
        "cmim_weight": words("Parts in the key of the Chiang Mai Initiative: {figures}."),
        "permanent_member": words("Permanent members of the Security Council: {figures}."),
        "least_developed": words("Least developed countries: {figures}."),
    }
    assert set(sentences) <= set(Member.model_fields)
    return sentences


def pairs(scenario: Scenario, idle: Collection[str], words: Words) -> list[Clause]:
    sentences = {
        "prior_trust": words("Trust at the start, from 0 to 1: {figures}."),
        "incident_rate": words("Incidents per half-year in the record: {figures}."),
        "major_share": words("Probabilities that an incident is a major one: {figures}."),
    }
    assert set(sentences) == set(Pair.model_fields)
    own = {"-".join(pair): figures for pair, figures in shipped_figures().pairs.items()}
    clauses = []
    for name, text in sentences.items():
        told = {
            "-".join(pair): getattr(figures, name)
            for pair, figures in scenario.pairs.items()
            if f"membership.pairs.{'-'.join(pair)}.{name}" not in idle
        }
        if told:
            shipped = {pair: getattr(figures, name) for pair, figures in own.items()}
            clauses.append(_clause(name, text, told, shipped, words, "pairs"))
    here = {"-".join(pair): figures for pair, figures in scenario.pairs.items()}
    return [*clauses, _source(here, own, "membership.pairs", words)]
