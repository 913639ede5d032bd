"""What differs between two scenarios, in the words of their charters: one line a setting, from what to what."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from aiposim.report.charter.articles import articles, contributions_heading, headings
from aiposim.report.charter.assumptions import assumptions
from aiposim.report.charter.clause import Clause
from aiposim.report.charter.council import absence, presence_needed
from aiposim.report.charter.effect import pays_by_pledges, without_effect
from aiposim.report.charter.founders import shown
from aiposim.report.charter.wording import figure, rounded_per_cent, setting, value_in_words
from aiposim.report.words import Words
from aiposim.scenario import Member, Pair, Scenario
from aiposim.scenario.keys import Key, member_keys, pair_keys, setting_keys
from aiposim.study.council_game import key_in_force

_SEEN = 5e-4
"""A difference of shares that shows in tenths of a per cent."""


_RULE_OF = {
    "control.voting": "control.voting.rule",
    "control.cost_sharing": "control.cost_sharing.rule",
    "flexibility.erosion": "flexibility.reversion.rule",
    "flexibility.bargaining_discount": "flexibility.relief",
    "world.payment.interest": "flexibility.sanction.rule",
}
"""Which setting decides whether another one, or those of a block, has an effect."""
_OFF = {"control.cost_sharing.ceiling": 1.0, "control.cost_sharing.floor": 0.0}
_NEVER_OFF = object()


@dataclass(frozen=True)
class Difference:
    """A setting, or what follows from several, that is not the same in two scenarios.

    heading    of the article or the subject that tells it
    keys       what to set; none if it follows from other differences
    """

    heading: str
    label: str
    before: str
    after: str
    keys: tuple[str, ...] = ()

    def sentence(self, words: Words) -> str:
        """In a line, without the heading and the keys."""
        return words("{label}: {before} → {after}").format(label=self.label, before=self.before, after=self.after)


@dataclass(frozen=True)
class Differences:
    """All of them, in the order of the charter and of the assumptions; what has an effect in neither stands apart."""

    charter: tuple[Difference, ...]
    assumptions: tuple[Difference, ...]
    without_effect: tuple[Difference, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.charter or self.assumptions or self.without_effect)


def differences_in_words(first: Scenario, second: Scenario, words: Words) -> Differences:
    """What differs of the second scenario from the first; prose, such as titles and designs, is left out."""
    idle = [without_effect(scenario) for scenario in (first, second)]
    told = [_told(scenario, words) for scenario in (first, second)]
    charter: list[Difference] = []
    world: list[Difference] = []
    nothing: list[Difference] = []
    for difference in (*_settings(first, second, idle, words), *_figures(first, second, words)):
        (key,) = difference.keys
        placed = next((each[key] for each in told if key in each), None)
        if placed is None:
            nothing.append(difference)
        else:
            in_charter, heading = placed
            found = Difference(heading, difference.label, difference.before, difference.after, difference.keys)
            (charter if in_charter else world).append(found)
    charter += _consequences(first, second, words)
    order = [*headings(first, words), *headings(second, words)]
    order += [heading for each in told for _, heading in each.values()]
    return Differences(_in_order(charter, order), _in_order(world, order), tuple(nothing))


def _told(scenario: Scenario, words: Words) -> dict[str, tuple[bool, str]]:
    """By key, whether the charter tells it, and under which heading."""
    parts: list[tuple[bool, str, tuple[Clause, ...]]] = [
        (True, article.heading, article.paragraphs) for article in articles(scenario, words)
    ]
    parts += [(False, subject.heading, subject.sentences) for subject in assumptions(scenario, words)]
    return {
        key: (in_charter, heading)
        for in_charter, heading, clauses in parts
        for clause in clauses
        for key in clause.keys
    }


def _in_order(found: list[Difference], order: list[str]) -> tuple[Difference, ...]:
    return tuple(sorted(found, key=lambda each: order.index(each.heading)))


def _settings(first: Scenario, second: Scenario, idle: list[frozenset[str]], words: Words) -> Iterator[Difference]:
    for key in setting_keys().values():
        if key.key in ("membership.overrides", "membership.pairs"):
            continue  # told figure by figure
        values = [_compared(scenario, key.key) for scenario in (first, second)]
        effects = [key.key not in each for each in idle]
        if values[0] == values[1] and (effects[0] == effects[1] or not _turns_on(first, second, key.key)):
            continue
        told = [
            value_in_words(scenario, key, setting(scenario, key.key), words)
            if has_effect or effects == [False, False]
            else words("does not apply")
            for scenario, has_effect in zip((first, second), effects, strict=True)
        ]
        yield Difference("", _label(key, words), told[0], told[1], (key.key,))


def _turns_on(first: Scenario, second: Scenario, key: str) -> bool:
    """Whether a setting that is the same in both is worth a line since it has an effect in one of them only.

    Numbers of a rule are; what there is no use for under pledges, or without exits, goes without saying.
    """
    rule = _RULE_OF.get(key) or _RULE_OF.get(key.rpartition(".")[0])
    switched_off = _OFF.get(key, _NEVER_OFF) == setting(first, key)
    return rule is not None and not switched_off and setting(first, rule) != setting(second, rule)


def _compared(scenario: Scenario, key: str) -> Any:
    """A setting in the form in which it is the same or not."""
    if key == "membership.members":
        return scenario.codes
    if key == "control.director.queue":
        return scenario.queue
    if key == "control.council.reserved":
        return set(scenario.control.council.reserved)
    return setting(scenario, key)


def _label(key: Key, words: Words) -> str:
    """What a setting is about, as those who negotiate would call it."""
    better = {
        "membership.members": words("founding states"),
        "membership.min_members": words("least number of members"),
        "centralisation.deputies": words("influence of the Deputy Directors"),
        "control.voting.qualified_share": words("part of the votes cast that must accept"),
        "control.voting.weighted_share": words("part of the contributions that those who accept must bear"),
        "control.voting.voters": words("who votes or is heard"),
        "control.cost_sharing.key": words("fixed shares"),
        "control.director.queue": words("order of turns"),
        "flexibility.relief": words("size of a relief"),
        "flexibility.reversion.rule": words("budget when none is adopted"),
        "flexibility.review": words("time between reviews of the contributions"),
        "flexibility.sanction.rule": words("sanction for arrears"),
        "world.crises.caveat": words("what closes a crisis to a contingent"),
    }
    return better.get(key.key) or words(key.about)


def _figures(first: Scenario, second: Scenario, words: Words) -> Iterator[Difference]:
    """Figures of the states, and of the pairs, that are in both."""
    members = [{member.code: member for member in scenario.members} for scenario in (first, second)]
    yield from _of_owners(members[0], members[1], member_keys(), "overrides", words)
    pairs = [{"-".join(pair): each for pair, each in scenario.pairs.items()} for scenario in (first, second)]
    yield from _of_owners(pairs[0], pairs[1], pair_keys(), "pairs", words)


def _of_owners(
    first: Mapping[str, Member] | Mapping[str, Pair],
    second: Mapping[str, Member] | Mapping[str, Pair],
    keys: Mapping[str, Key],
    block: str,
    words: Words,
) -> Iterator[Difference]:
    for owner in first:
        for name in dict.fromkeys(key.partition(".")[0] for key in keys) if owner in second else ():
            before, after = getattr(first[owner], name), getattr(second[owner], name)
            if before == after:
                continue
            label = words("{owner}, {figure}").format(
                owner="–".join(words.state(code) for code in owner.split("-")),
                figure=_figure_label(name, keys, words),
            )
            if isinstance(before, Mapping):  # by year
                before, after = ({k: v for k, v in each.items() if (k, v) not in other.items()}
                                 for each, other in ((before, after), (after, before)))  # fmt: skip
            told = [_figure(name, value, keys.get(name), words) for value in (before, after)]
            yield Difference("", label, told[0], told[1], (f"membership.{block}.{owner}.{name}",))


def _figure_label(name: str, keys: Mapping[str, Key], words: Words) -> str:
    if name == "principles":  # what is written of the key lists all that there are
        return words("the principles required")
    return words(keys[name].about) if name in keys else words("names")


def _figure(name: str, value: Any, key: Key | None, words: Words) -> str:
    if isinstance(value, Mapping):
        if key is None:
            return ""
        by_year = words("{year} {value}")
        return words.row(
            [by_year.format(year=year, value=figure(number, key, words)) for year, number in value.items()]
        )
    if isinstance(value, float | int) and not isinstance(value, bool) and key is not None:
        return figure(value, key, words)
    if hasattr(value, "en"):
        return str(getattr(value, words.language, value.en))
    return shown(name, value, words)


def _consequences(first: Scenario, second: Scenario, words: Words) -> Iterator[Difference]:
    """What follows for presence in the Council, for what is owed, and for the shares at the foundation."""
    decisions, money = words("Decisions of the Council"), contributions_heading(first, words)
    facts = (
        (decisions, words("governments that must be present"), presence_needed),
        (decisions, words("a government that stays away"), absence),
        (money, words("what a member owes"), _owed),
    )
    for heading, label, told in facts:
        before, after = (told(scenario, words) for scenario in (first, second))
        if before != after and before and after:
            yield Difference(heading, label, before, after)
    shares = [key_in_force(scenario, scenario.world.start)[0] for scenario in (first, second)]
    for code in words.in_order(sorted({*first.codes, *second.codes})):
        parts = [share.get(code) for share in shares]
        if parts[0] is None or parts[1] is None or abs(parts[0] - parts[1]) > _SEEN:
            label = words("share of {state} at the foundation").format(state=words.state(code))
            before, after = (words("no member") if part is None else rounded_per_cent(part, words) for part in parts)
            yield Difference(money, label, before, after)


def _owed(scenario: Scenario, words: Words) -> str:
    return words("nothing") if pays_by_pledges(scenario) else words("its share of the budget")
