"""The article on contributions says who bears what part of the budget: every cost-sharing rule in words."""

from __future__ import annotations

from collections.abc import Iterator

from aiposim.report.charter.clause import Clause
from aiposim.report.charter.effect import read_by, uses_reports
from aiposim.report.charter.unfamiliar import settings_read
from aiposim.report.charter.wording import choice, per_cent, plain, shares, summary_of_rule
from aiposim.report.words import Words
from aiposim.scenario import Scenario

_RULE = "control.cost_sharing.rule"
_CLAIMS = ("cea", "cel", "talmud", "proportional")


def cost_sharing(scenario: Scenario, words: Words) -> list[Clause]:
    """The rule and its numbers."""
    rule = scenario.control.cost_sharing.rule
    known = _texts(scenario, words)
    if rule not in known:
        return _unknown(scenario, words)
    keys = {"hybrid": ("control.cost_sharing.equal_part",), "fixed_key": ("control.cost_sharing.key",)}
    return [Clause(known[rule], (_RULE, *keys.get(rule, ()))), *_numbers(scenario, words)]


def _texts(scenario: Scenario, words: Words) -> dict[str, str]:
    """What each rule that is shipped says, by its name."""
    return {**_by_capacity(scenario, words), **_by_agreement(scenario, words), **_by_claims_and_benefit(words)}


def _by_capacity(scenario: Scenario, words: Words) -> dict[str, str]:
    equal_part = per_cent(scenario.control.cost_sharing.equal_part, words)
    return {
        "equal": words("The members shall bear the budget in equal shares."),
        "gni": words(
            "The members shall bear the budget in proportion to their gross national income, in the mean of the three "
            "years that ended two years before the review."
        ),
        "hybrid": words(
            "The members shall bear {share} of the budget in equal shares and the rest in proportion to their gross "
            "national income, in the mean of the three years that ended two years before the review."
        ).format(share=equal_part),
        "population": words("The members shall bear the budget in proportion to their population."),
        "un_scale": words(
            "The members shall bear the budget by the method of the United Nations scale of assessments, applied among "
            "themselves: income over three and over six years, less a part of the external debt, less relief for low "
            "income per head, which the other members bear."
        ),
        "un_scale_published": words(
            "The members shall bear the budget in proportion to their rates in the published scale of assessments of "
            "the United Nations."
        ),
        "un_pk": words(
            "The members shall bear the budget by the method of the United Nations scale for peacekeeping, applied "
            "among themselves: the scale of assessments, less discounts for low income per head, which permanent "
            "members of the Security Council bear."
        ),
    }


def _by_agreement(scenario: Scenario, words: Words) -> dict[str, str]:
    return {
        "fixed_key": _fixed_key(scenario, words),
        "voluntary": words(
            "Every half-year each member shall pledge what it likes, and the budget is the sum of the pledges. Half "
            "of the money follows the programmes that its givers wish for. Nobody owes anything."
        ),
    }


def _fixed_key(scenario: Scenario, words: Words) -> str:
    key, agreed = scenario.control.cost_sharing.key, shares(scenario.fixed_shares, words)
    if isinstance(key, str):
        return words(
            "The members shall bear the budget by a fixed key, {key}: {shares}. The part of a member that leaves is "
            "spread over the others in proportion."
        ).format(key=choice("control.cost_sharing.key", key, words), shares=agreed)
    return words(
        "The members shall bear the budget by a fixed key: {shares}. The part of a member that leaves is spread over "
        "the others in proportion."
    ).format(shares=agreed)


def _by_claims_and_benefit(words: Words) -> dict[str, str]:
    return {
        "benefit": words("The members shall bear the budget in proportion to the benefit that each of them reports."),
        "shapley": words(
            "The members shall bear the budget in proportion to the benefit that each of them reports, less its "
            "Shapley value: what it adds on average to the gain of those with whom it could found an institute."
        ),
        "nucleolus": words(
            "The members shall bear the budget in proportion to the benefit that each of them reports, less its part "
            "in the nucleolus: the division of the gain that leaves the group with most reason to object as little "
            "reason as can be."
        ),
        "cea": words(
            "The members shall bear the budget in equal shares, but none bears more than the most it can be asked "
            "for, its claim (constrained equal awards)."
        ),
        "cel": words(
            "Each member shall be spared the same amount of the most it can be asked for, its claim, but none is paid "
            "(constrained equal losses)."
        ),
        "talmud": words(
            "By the rule of the Talmud, the members shall bear equal shares up to half of the most each can be asked "
            "for, its claim, and are spared equal amounts beyond."
        ),
        "proportional": words(
            "The members shall bear the budget in proportion to the most that each can be asked for, which is in "
            "proportion to its gross national income."
        ),
    }


def _numbers(scenario: Scenario, words: Words) -> Iterator[Clause]:
    sharing = scenario.control.cost_sharing
    if sharing.rule in _CLAIMS and sharing.rule != "proportional":
        yield Clause(
            words(
                "Claims are in proportion to gross national income, and together they are {number} times the budget."
            ).format(number=plain(sharing.claims_ratio, words)),
            ("control.cost_sharing.claims_ratio",),
        )
    if uses_reports(scenario):
        yield Clause(
            words(
                "What members report of their benefit errs by chance, with a standard deviation of {number} log units."
            ).format(number=plain(sharing.valuation_error, words)),
            ("control.cost_sharing.valuation_error",),
        )
    if "floor" in read_by("cost_sharing", sharing.rule):
        if sharing.floor == 0.0:
            text = words("There shall be no floor under the share of a member.")
        else:
            text = words("No share shall be below a floor of {share}.").format(share=per_cent(sharing.floor, words))
        yield Clause(text, ("control.cost_sharing.floor",))


def _unknown(scenario: Scenario, words: Words) -> list[Clause]:
    """A rule of which nothing is known but its name, what its file says, and the settings that it reads."""
    rule = scenario.control.cost_sharing.rule
    text = words("The members shall bear the budget by the rule “{rule}”: {summary}").format(
        rule=rule, summary=summary_of_rule("cost_sharing", rule)
    )
    reads = read_by("cost_sharing", rule) - {"ceiling"} | ({"valuation_error"} if uses_reports(scenario) else set())
    return [Clause(text, (_RULE,)), *settings_read(scenario, "control.cost_sharing", reads, words)]
