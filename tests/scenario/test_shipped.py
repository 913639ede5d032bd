"""Every shipped scenario is right, says what it asks, and holds the settings of the specification."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from aiposim.scenario import load, shipped
from aiposim.scenario.catalogue import folder, scenario_file
from aiposim.scenario.keys import member_keys, setting_keys

EXPECTED = {
    "a-la-carte", "arrears", "council-composition", "detente-1325", "director-turns", "empty-chair",
    "five-principles", "fourth-member", "frozen-summits", "geneva-2015", "pledges-and-kind",
    "reference-design", "rising-china", "tcs-thirds", "key-tournament", "understatement", "civilians",
}  # fmt: skip


def test_the_scenarios_of_the_specification_are_shipped() -> None:
    assert set(shipped()) >= EXPECTED


@pytest.mark.parametrize("name", shipped())
def test_a_shipped_scenario_loads_and_says_what_it_asks(name: str) -> None:
    scenario = load(name)
    assert scenario.name == name
    assert scenario.question.strip().endswith("?")
    assert scenario.title
    assert scenario.reading
    designs = scenario.all_designs()
    assert len({each.digest() for each in designs}) == len(designs)
    odd = [each for each in scenario.warnings if "plausible" not in each.message]
    assert odd == []


@pytest.mark.parametrize("name", shipped())
def test_every_number_in_a_shipped_scenario_has_unit_and_source(name: str) -> None:
    for line in scenario_file(name).read_text(encoding="utf-8").splitlines():
        if re.search(r":\s+\{?(value:\s*)?-?[.\d]+", line) and not line.startswith(("title", "question")):
            assert re.search(r"unit:.*source:", line), line


def test_the_default_design_is_the_one_of_the_specification() -> None:
    design = load("reference-design")
    assert design.members[0].code == "CHN"
    assert design.membership.host == "JPN"
    assert design.control.voting.rule == "unanimity"
    assert (design.control.cost_sharing.rule, design.control.cost_sharing.key) == ("fixed_key", "cmim")
    assert (design.control.director.rule, design.control.director.term) == ("rotation", 10)
    assert (design.flexibility.sanction.rule, design.flexibility.reversion.rule) == ("art19", "rollover")
    assert (design.flexibility.review, design.world.horizon, design.world.start) == (6, 60, 2016)
    assert (design.centralisation.founding_budget, design.centralisation.fixed_cost) == (6.0, 1.5)


def test_a_scenario_that_says_nothing_is_the_default_design(tmp_path: Path) -> None:
    file = tmp_path / "plain.yaml"
    file.write_text("title: nothing else\n", encoding="utf-8")
    assert load(file).digest() == load("reference-design").digest()
    assert load(file).name == "plain"


DEFAULTS = {
    "Theta": 15, "eps": 0.5, "d0": 0.6, "kappa": 1.1, "psi": 0.2, "hostben": 0.05, "C0": 1.5, "seat": 0.25,
    "ThetaC": 3, "ThetaI": 1, "zeta": 0.6, "eta": 0.4, "omega": 0.2, "agenda": 0.4, "mixscale": 0.6,
    "erosion": 0.01, "boycott": 0.25, "noise_v": 0.05, "B0": 6, "norm": 1.2, "rec": 0.8, "tau_ref": 0.45,
    "aF": 0.9, "bF": 0.2, "selfserve": 0.5, "sanc": 0.35, "interest": 0.03, "dirval": 0.25, "hpay": 0.5,
    "dbias": 0.3, "griev_pay": 0.4, "Tp": 0.3, "lam": 0.5, "late": 0.1, "catch": 0.3, "val_err": 0.15,
    "phi": 0.88, "nu0": 4, "w_good": 0.45, "w_bad": 1.5, "w_inc": 0.9, "w_boy": 0.3, "w_veto": 0.25,
    "w_share": 0.25, "phi_self": 0.3, "phi_cross": 0.06, "delta": 0.5, "gam_c": 0.6, "gam_h": 0.8,
    "coop0": 0.7, "rho_c": 0.2, "pfreeze": 0.8, "thaw": 0.45, "thaw_turn": 2, "friction": 0.25,
    "hawk_kick": 0.1, "hawk_rev": 0.3, "bD": 0.35, "inc_scale": 1, "women_target": 0.25, "hybrid": 0.5,
    "claims_ratio": 1.5, "K0": 0.25, "iota": 0.07, "delK": 0.02, "chiT": 0.08, "e0": 0.6, "e1": 0.8,
    "lamC": 0.8, "need": 150, "avail": 0.35, "Tresp": 180, "x0": 5.2, "xS": 4.5, "xG": 1.5, "xH": 2,
    "spill": 0.4, "qm": 0.67, "wq": 0.6, "autonomy": 0.3, "term": 10, "review": 6,
}  # fmt: skip


def test_every_parameter_of_the_specification_has_its_default() -> None:
    written = {key.symbol: key.default for key in setting_keys().values() if key.symbol}
    assert {symbol: written.get(symbol) for symbol in DEFAULTS} == DEFAULTS


def test_every_default_is_legal_and_plausible() -> None:
    for key in setting_keys().values():
        if isinstance(key.default, int | float) and not isinstance(key.default, bool):
            assert key.unit, key.key
            for low, high in ((key.low, key.high), key.plausible or (None, None)):
                assert low is None or key.default >= low, key.key
                assert high is None or key.default <= high, key.key


def test_every_figure_of_a_member_has_a_unit_or_is_no_measure() -> None:
    without = {key.key for key in member_keys().values() if not key.unit}
    assert without == {
        "code", "names.en", "names.ja", "names.zh", "names.ko", "luck", "permanent_member", "least_developed",
        "principles",
    }  # fmt: skip


def test_the_shipped_folder_holds_members_and_pairs() -> None:
    assert (folder() / "members" / "pairs.yaml").is_file()
