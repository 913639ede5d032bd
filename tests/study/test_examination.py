"""The conclusions of real scenarios, tried again by real (short) runs."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from aiposim import load, simulate
from aiposim.scenario.catalogue import member_file
from aiposim.study.conclusions import BLOCK, FRAGILE, HOLDS, NAMES, ONE, ORDER, SEED, TOGETHER, UNDECIDED
from aiposim.study.examination import examine
from aiposim.study.unmoved import other_codes, renamed, renamed_outcome, reordered

SHORT = load("geneva-2015").with_(**{"world.horizon": 12})
KEYS = ["world.incidents.scale", "membership.overrides.CHN.revealed_interest"]


def claim(outcome: str, design: str, relation: str, than: str) -> dict[str, str]:
    return {"outcome": outcome, "design": design, "relation": relation, "than": than}


def test_a_plain_conclusion_holds_under_other_luck_orders_codes_and_assumptions() -> None:
    scenario = SHORT.with_(conclusions=[claim("budget_ratio", "voluntary", "lower", "benefit")])
    found = examine(scenario, 60, points=4, keys=KEYS)
    (conclusion,) = found.conclusions
    assert found.holds
    assert conclusion.holds
    assert [each.alike for each in conclusion.trials[1:5]] == [True] * 4
    assert [each.kind for each in conclusion.trials[1:5]] == [BLOCK, ORDER, NAMES, SEED]
    assert len(conclusion.tried(ONE, HOLDS)) == 4
    assert len(conclusion.tried(TOGETHER, HOLDS)) == 4
    assert found.runs_done == 2 * 60 * (1 + 4 + 4 + 4)


def test_the_opposite_of_what_holds_is_fragile_and_costs_no_search() -> None:
    scenario = SHORT.with_(conclusions=[claim("budget_ratio", "voluntary", "higher", "benefit")])
    found = examine(scenario, 60, points=4, keys=KEYS)
    assert (found.conclusions[0].verdict, found.holds) == (FRAGILE, False)
    assert found.runs_done == 2 * 60 * 5


def test_what_few_runs_cannot_tell_is_undecided() -> None:
    scenario = SHORT.with_(conclusions=[claim("trust", "gni", "higher", "un_scale")])
    found = examine(scenario, 6, points=0, keys=KEYS)
    assert (found.conclusions[0].verdict, found.holds) == (UNDECIDED, False)


def test_outcomes_of_members_are_followed_under_their_new_codes() -> None:
    scenario = SHORT.with_(
        conclusions=[claim("welfare.CHN", "gni", "lower", "equal"), claim("welfare.JPN", "gni", "higher", "equal")]
    )
    found = examine(scenario, 60, points=0, keys=KEYS[:1])
    for conclusion in found.conclusions:
        (under_codes,) = conclusion.tried(NAMES)
        assert under_codes.alike
        assert under_codes.found.mean == pytest.approx(conclusion.base.found.mean)


def test_a_scenario_without_conclusions_is_refused() -> None:
    with pytest.raises(ValueError, match="states no conclusions"):
        examine(load("reference-design"), 10)


def test_an_outcome_that_a_design_lacks_is_refused_with_those_it_has() -> None:
    scenario = SHORT.with_(conclusions=[claim("welfare", "gni", "lower", "equal")])
    with pytest.raises(LookupError, match=r"name one of welfare\.CHN, welfare\.JPN, welfare\.KOR"):
        examine(scenario, 4, points=0)


@pytest.mark.parametrize(
    ("name", "design"), [("geneva-2015", "benefit"), ("fourth-member", "JPN+CHN+KOR+MNG, consensus")]
)
def test_other_codes_and_another_order_leave_every_run_what_it_was(name: str, design: str) -> None:
    scenario = load(name).design(design)
    usual = simulate(scenario, 40).runs
    assert usual.equals(simulate(reordered(scenario), 40).runs)
    codes = other_codes(scenario)
    assert not set(codes.values()) & set(codes)
    under_codes = simulate(renamed(scenario), 40).runs
    for column in usual.columns.drop("first_leaver"):  # a place in the order of codes
        np.testing.assert_allclose(under_codes[renamed_outcome(str(column), codes)], usual[column], rtol=1e-9)


def test_a_member_of_ones_own_is_listed_elsewhere_and_renamed_like_any_other(tmp_path: Path) -> None:
    text = member_file("MNG").read_text(encoding="utf-8")
    mine = text.replace("code: MNG", "code: XYZ").replace("luck: 496", "luck: 777")
    assert mine != text
    (tmp_path / "XYZ.yaml").write_text(mine, encoding="utf-8")
    pairs = "".join(
        f"    {code}-XYZ: {{prior_trust: 0.4, incident_rate: 0.1, major_share: 0.2}}\n"
        for code in ("CHN", "JPN", "KOR")
    )
    file = tmp_path / "four.yaml"
    file.write_text(
        f"extends: geneva-2015\nmembership:\n  members: [JPN, CHN, KOR, ./XYZ.yaml]\n  pairs:\n{pairs}"
        "world: {horizon: 12}\n",
        encoding="utf-8",
    )
    scenario = load(str(file)).design("gni")
    usual = simulate(scenario, 20).runs
    assert usual.equals(simulate(reordered(scenario), 20).runs)
    under_codes = simulate(renamed(scenario), 20).runs[renamed_outcome("welfare.XYZ", other_codes(scenario))]
    np.testing.assert_allclose(under_codes, usual["welfare.XYZ"], rtol=1e-9)
