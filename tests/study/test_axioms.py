"""What is said of the rules is computed: well-known results come out, and a rule that breaks an axiom is caught."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from aiposim import families
from aiposim.study import axioms_of_cost_sharing, axioms_of_voting
from aiposim.study.axiom import Rule, Verdict, axioms_in, judged
from aiposim.study.axioms import axioms_of, page, verdicts
from aiposim.study.worked_examples import first_example

ROOT = Path(__file__).parent.parent.parent
EVERY_RULE = [(family, name) for family in families.CHOSEN_BY for name in families.names(f"rules.{family}")]


def kept(family: str, name: str) -> dict[str, bool | None]:
    """None where an axiom is not asked of the rule."""
    return {verdict.axiom: verdict.holds for verdict in verdicts(family, name)}


def test_the_page_of_the_rules_says_what_the_axioms_say_today() -> None:
    written = (ROOT / "docs" / "rules.md").read_text(encoding="utf-8")
    assert written == page(), "write it anew: python -m aiposim.study.axioms > docs/rules.md"


def test_every_rule_that_is_shipped_stands_on_the_page() -> None:
    written = (ROOT / "docs" / "rules.md").read_text(encoding="utf-8")
    for family in families.CHOSEN_BY:
        for name in families.shipped(f"rules.{family}"):
            assert f"\n### {name}\n" in written
            assert f"| `{name}` |" in written
            example = first_example(family, name)
            assert example is not None
            assert f"\n{example.heading}\n\n- {example.given}\n- {example.result}\n" in written


def test_a_worked_example_is_told_with_units_years_and_simple_fractions() -> None:
    """Source of the figures: tests/rules/cost_sharing/un_scale.yaml and tests/rules/voting/qmv.yaml."""
    scale, vote = first_example("cost_sharing", "un_scale"), first_example("voting", "qmv")
    assert scale is not None
    assert scale.given == (
        "Given: income of the world 10000 US$ a head; AAA: population 1 million, income 100 bn US$ (2009–2014); "
        "BBB: population 2 million, income 100 bn US$ (2009–2011), 300 bn US$ (2012–2014)."
    )
    assert scale.result == "Result: shares AAA 7/24, BBB 17/24."
    assert vote is not None
    assert vote.heading.endswith("): two of three do not reach .67.")
    assert vote.given == "Given: roll CHN 0.4, JPN 0.4, KOR 0.2; accept CHN, KOR; object JPN."
    assert vote.result == "Result: carried: no."


def test_years_with_a_gap_are_not_told_as_a_span() -> None:
    example = first_example("cost_sharing", "gni")
    assert example is not None
    gap = replace(example, figures={"members": {"CHN": {"income": {2011: 5, 2013: 5, 2014: 5}}}})
    assert gap.given == "Given: CHN: income 5 bn US$ (2011), 5 bn US$ (2013–2014)."


def test_every_family_has_its_axioms() -> None:
    for family in families.CHOSEN_BY:
        assert len(axioms_in(axioms_of(family))) >= 6


@pytest.mark.parametrize(("family", "name"), EVERY_RULE, ids=["/".join(rule) for rule in EVERY_RULE])
def test_every_axiom_has_a_sentence_cases_and_where_it_fails_an_example(family: str, name: str) -> None:
    for verdict in verdicts(family, name):
        assert verdict.says.endswith("."), verdict.axiom
        if verdict.not_asked:
            assert verdict.holds is None
            assert (verdict.cases, verdict.counter_example) == (0, ""), verdict.axiom
        else:
            assert verdict.cases > 0, verdict.axiom
            assert verdict.holds == (verdict.counter_example == "")
        assert "\n" not in verdict.counter_example


CONTRACTS = {
    "cost_sharing": ["adds up", "nobody is paid", "names do not matter", "order does not matter",
                     "currency does not matter", "equals pay alike"],
    "voting": ["empty roll carries nothing", "acceptance never hurts", "names do not matter"],
    "director": ["somebody serves"],
    "sanction": ["weight is not negative", "who owes nothing fears nothing", "more arrears weigh no less"],
    "reversion": ["budget does not rise", "reversion is in proportion"],
}  # fmt: skip


@pytest.mark.parametrize(("family", "name"), EVERY_RULE, ids=["/".join(rule) for rule in EVERY_RULE])
def test_every_rule_keeps_the_axioms_of_its_familys_contract(family: str, name: str) -> None:
    assert all(kept(family, name)[axiom] for axiom in CONTRACTS[family])


def test_of_the_claims_rules_only_the_proportional_one_cannot_be_gained_by_merging() -> None:
    """Source: O'Neill 1982, Mathematical Social Sciences 2; Thomson 2003, Mathematical Social Sciences 45."""
    found = {name: kept("cost_sharing", name)["uniting changes nothing"] for name in ("proportional", "cea", "cel")}
    assert found == {"proportional": True, "cea": False, "cel": False}
    assert not kept("cost_sharing", "talmud")["uniting changes nothing"]


def test_keys_of_the_convex_savings_game_leave_no_group_with_a_reason_to_go() -> None:
    """Source: Shapley 1971, International Journal of Game Theory 1: both solutions of a convex game are in the core."""
    for name in ("shapley", "nucleolus", "equal", "gni"):
        in_the_core = kept("cost_sharing", name)["no group prefers to be alone"]
        assert in_the_core is (name in ("shapley", "nucleolus")), name


def test_whoever_is_asked_for_its_benefit_gains_by_understating_it() -> None:
    """Source: Samuelson 1954, Review of Economics and Statistics 36."""
    for name in families.shipped("rules.cost_sharing"):
        gains_nothing = {"benefit": False, "shapley": False, "nucleolus": False, "voluntary": None}.get(name, True)
        assert kept("cost_sharing", name)["understating gains nothing"] is gains_nothing, name


def test_of_pledges_nothing_is_said_that_the_states_decide_and_not_the_key() -> None:
    """Free riding on pledges (H1) is for the model to find; a tick for "no free riding" would deny it."""
    blank = {axiom for axiom, holds in kept("cost_sharing", "voluntary").items() if holds is None}
    assert blank == {"understating gains nothing", "uniting changes nothing", "no group prefers to be alone"}
    keys = [name for name in families.shipped("rules.cost_sharing") if name != "voluntary"]
    assert not any(verdict.not_asked for name in keys for verdict in verdicts("cost_sharing", name))
    row, note = re.findall(r"^(?:\| `voluntary` \||Not asked of `voluntary`).*", page(), re.MULTILINE)
    cells = [cell.strip() for cell in row.split("|")[2:-1]]
    assert [number for number, cell in enumerate(cells, 1) if cell == ""] == [11, 14, 16]
    assert note.startswith("Not asked of `voluntary` (11, 14, 16): ")
    assert "11 of 13 axioms hold" in page()


def test_only_rules_that_need_all_or_count_money_give_one_government_a_veto() -> None:
    veto = {
        name: not kept("voting", name)["one objection cannot block"] for name in families.shipped("rules.voting")
    }  # fmt: skip
    assert veto["unanimity"]
    assert veto["consensus"]
    assert not veto["consensus_minus_one"]
    assert not veto["majority"]


def test_an_empty_chair_blocks_unanimity_and_not_consensus() -> None:
    assert not kept("voting", "unanimity")["one absence cannot block"]
    assert kept("voting", "consensus")["one absence cannot block"]


@dataclass(frozen=True)
class NoTerms:
    """A rule of a test has no numbers."""


def rule(family: str, function: Callable[..., Any], **says: Any) -> Rule:
    return Rule(family, function.__name__, SimpleNamespace(**says), function, NoTerms())  # type: ignore[arg-type]


def broken(module: Any, judged_rule: Rule) -> dict[str, Verdict]:
    found = {name: judged(axiom, judged_rule) for name, axiom in axioms_in(module).items()}
    return {name: verdict for name, verdict in found.items() if verdict.holds is False}


def weighted_by(members: Any, **weight: float) -> np.ndarray:
    weights = np.array([weight.get(code, 1.0) for code in members.codes])
    shares: np.ndarray = weights / weights.sum()
    return shares


def by_name(members: Any, terms: Any) -> np.ndarray:
    return weighted_by(members, A=2.0)


def by_place(members: Any, terms: Any) -> np.ndarray:
    weights = np.arange(1.0, len(members.codes) + 1.0)
    shares: np.ndarray = weights / weights.sum()
    return shares


def nine_tenths(members: Any, terms: Any) -> np.ndarray:
    return 0.9 * weighted_by(members)


def first_is_paid(members: Any, terms: Any) -> np.ndarray:
    shares = weighted_by(members)
    least = int(np.argmin(members.income[:, 0]))
    shares[least] -= 1.0
    return shares + 1.0 / len(shares)


def regressive(members: Any, terms: Any) -> np.ndarray:
    weights = 1.0 / members.income[:, 2]
    shares: np.ndarray = weights / weights.sum()
    return shares


def in_dollars(members: Any, terms: Any) -> np.ndarray:
    weights = np.where(members.income[:, 2] > 150.0, 2.0, 1.0)
    shares: np.ndarray = weights / weights.sum()
    return shares


@pytest.mark.parametrize(
    ("function", "axiom"),
    [
        (by_name, "names_do_not_matter"),
        (by_name, "equals_pay_alike"),
        (by_place, "order_does_not_matter"),
        (nine_tenths, "adds_up"),
        (first_is_paid, "nobody_is_paid"),
        (regressive, "richer_pays_no_less_than_before"),
        (regressive, "richer_pays_no_less_than_poorer"),
        (in_dollars, "currency_does_not_matter"),
        (in_dollars, "only_proportions_matter"),
    ],
)
def test_a_key_that_breaks_an_axiom_is_caught(function: Callable[..., Any], axiom: str) -> None:
    assert axiom in broken(axioms_of_cost_sharing, rule("cost_sharing", function))


def perverse(yes: float, no: float, *rest: Any) -> bool:
    return yes == 1.0 or yes == 0.0


def king(yes: float, no: float, present: float, roll: float, mine: float, whole: float, *rest: Any) -> bool:
    return mine >= 0.4


@pytest.mark.parametrize(
    ("function", "axiom"),
    [
        (perverse, "empty_roll_carries_nothing"),
        (perverse, "acceptance_never_hurts"),
        (perverse, "what_all_want_is_carried"),
        (perverse, "what_nobody_wants_is_not_carried"),
        (perverse, "half_the_roll_is_present"),
        (king, "governments_count_alike"),
        (king, "nobody_decides_alone"),
        (king, "contrary_motions_are_not_both_carried"),
    ],
)
def test_a_vote_that_breaks_an_axiom_is_caught(function: Callable[..., Any], axiom: str) -> None:
    assert axiom in broken(axioms_of_voting, rule("voting", function))
