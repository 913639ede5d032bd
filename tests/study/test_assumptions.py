"""The uncertain assumptions of a scenario: those that matter, with ranges in which the scenario lies."""

import pytest

from aiposim.results import simulate_all
from aiposim.scenario import load
from aiposim.scenario.catalogue import shipped
from aiposim.scenario.keys import setting_keys
from aiposim.study.assumption_texts import TEXTS
from aiposim.study.assumptions import left_out, uncertain_assumptions

RUNS = 60


@pytest.mark.parametrize("name", shipped())
def test_each_assumption_lies_in_its_range_and_both_ends_can_be_set(name: str) -> None:
    scenario = load(name)
    found = uncertain_assumptions(scenario)
    assert all(each.low <= each.value <= each.high and each.low < each.high for each in found)
    for end in ("low", "high"):
        scenario.with_settings([f"{each.key}={getattr(each, end)}" for each in found])


def test_no_rule_is_an_assumption_and_no_two_are_called_the_same() -> None:
    found = uncertain_assumptions(load("key-tournament"))
    assert not [each.key for each in found if each.key.endswith(".rule")]
    labels = [each.label for each in found]
    assert len(set(labels)) == len(labels)
    assert "Republic of Korea's valuation of the institute" in labels


def test_a_setting_with_a_plausible_range_is_an_assumption_or_for_the_founders_to_choose() -> None:
    chosen = {key for key, about in setting_keys().items() if about.plausible} - set(TEXTS)
    assert chosen == {
        "centralisation.autonomy",
        "centralisation.external_funds",
        "control.cost_sharing.equal_part",
        "control.cost_sharing.claims_ratio",
        "control.director.term",
        "flexibility.review",
        "flexibility.host_premium",
        "flexibility.inkind_credit",
    }


def test_what_is_left_out_moves_nothing_and_what_is_kept_moves_something() -> None:
    """Of all, those are tried whose effect hangs on a rule or a process."""
    scenario = load("reference-design")
    kept = {each.key: each for each in uncertain_assumptions(scenario)}
    idle = [each.key for each in left_out(scenario)]
    assert "control.cost_sharing.valuation_error" in idle
    assert "world.payment.interest" in idle
    ends = {key: setting_keys()[key].plausible[1] for key in idle if key in TEXTS}  # type: ignore[index]
    ends |= {key: 0.5 for key in idle if key not in TEXTS}
    tried = (
        "world.payment.sanction_weight",
        "flexibility.erosion",
        "world.withdrawal.threshold",
        "world.trust.boycott",
    )
    ends |= {key: kept[key].high for key in tried}
    base, *others = simulate_all(
        [scenario, *(scenario.with_(**{key: end}) for key, end in ends.items())], RUNS, seed=2015
    )
    moved = {key for key, other in zip(ends, others, strict=True) if not other.runs.equals(base.runs)}
    assert moved == set(tried)


@pytest.mark.parametrize(
    ("settings", "idle"),
    [
        (["control.cost_sharing.rule=voluntary"], "world.payment.catch_up"),
        (["control.cost_sharing.rule=voluntary"], "flexibility.erosion"),
        (["flexibility.reversion.rule=cut25"], "flexibility.erosion"),
        (["flexibility.sanction.rule=none"], "world.payment.sanction_weight"),
        (["membership.exit_allowed=false"], "world.withdrawal.threshold"),
        (["world.incidents.process=none"], "world.trust.boycott"),
        (["world.incidents.process=poisson"], "world.incidents.self_excitation"),
    ],
)
def test_an_assumption_that_another_setting_makes_idle_is_left_out_and_moves_nothing(
    settings: list[str], idle: str
) -> None:
    scenario = load("reference-design").with_settings(settings)
    assert idle not in [each.key for each in uncertain_assumptions(scenario)]
    assert all(each.reason for each in left_out(scenario))
    plausible = setting_keys()[idle].plausible
    low, high = (scenario.with_(**{idle: end}) for end in plausible or ())
    one, other = simulate_all([low, high], RUNS, seed=2015)
    assert one.runs.equals(other.runs)


def test_designs_share_an_assumption_unless_they_differ_in_it() -> None:
    turns = load("director-turns")
    reasons = {each.key: each.reason for each in left_out(turns)}
    assert reasons["control.director.agenda_power"] == "The designs differ in it."
    assert "world.payment.turn_value" in [each.key for each in uncertain_assumptions(turns)]
    alone = uncertain_assumptions(turns.all_designs()[0])
    assert "control.director.agenda_power" in [each.key for each in alone]


def test_a_world_of_its_own_is_not_pulled_back_into_the_plausible_range() -> None:
    quiet = load("reference-design").with_(**{"world.crises.rate": 0.0})
    reasons = {each.key: each.reason for each in left_out(quiet)}
    assert "outside 0.4 to 1.6" in reasons["world.crises.rate"]
