"""The tables that figures draw are formed from the runs, and say what they seem to say."""

from __future__ import annotations

from functools import cache

import numpy as np
import pandas as pd
import pytest

from aiposim.ensemble import trace
from aiposim.report.figure_tables import lorenz_table, outcome_places, shifted_payments, trust_by_year
from aiposim.report.sentences import named_designs
from aiposim.report.words import Words
from aiposim.results import Results, simulate
from aiposim.scenario import load
from aiposim.study.compare import Comparison, compare

CODES = ("CHN", "JPN", "KOR")


@cache
def results() -> Results:
    return simulate("geneva-2015", 40, seed=7)


@cache
def comparison() -> Comparison:
    return compare("geneva-2015", 40, seed=7)


def _of(burdens: dict[str, float], benefits: dict[str, float]) -> pd.DataFrame:
    columns = {f"burden_share.{code}": [share] for code, share in burdens.items()}
    ratios = {f"burden_ratio.{code}": [burdens[code] / benefits[code]] for code in burdens}
    return lorenz_table(pd.DataFrame(columns | ratios), list(burdens))


def test_the_curve_goes_from_those_that_pay_least_for_what_they_have_to_those_that_pay_most() -> None:
    table = _of({"CHN": 0.4, "JPN": 0.4, "KOR": 0.2}, {"CHN": 0.5, "JPN": 0.35, "KOR": 0.15})
    assert list(table["member"]) == ["", "CHN", "JPN", "KOR"]
    assert table["payments"].to_list() == pytest.approx([0.0, 0.4, 0.8, 1.0])
    assert table["valuations"].to_list() == pytest.approx([0.0, 0.5, 0.85, 1.0])
    assert shifted_payments(table) == pytest.approx(0.1)


def test_where_each_pays_what_it_values_the_curve_is_the_diagonal() -> None:
    shares = {"CHN": 0.5, "JPN": 0.3, "KOR": 0.2}
    table = _of(shares, shares)
    assert table["payments"].to_list() == pytest.approx(table["valuations"].to_list())
    assert shifted_payments(table) == pytest.approx(0.0)


def test_a_member_that_pays_nothing_still_has_what_the_others_leave() -> None:
    table = _of({"CHN": 0.0, "JPN": 0.7, "KOR": 0.3}, {"CHN": 0.4, "JPN": 0.4, "KOR": 0.2})
    assert table.set_index("member")["benefit"].to_dict() == pytest.approx(
        {"": 0.0, "CHN": 0.4, "JPN": 0.4, "KOR": 0.2}
    )
    assert shifted_payments(table) == pytest.approx(0.4)


def test_without_payments_there_is_no_curve() -> None:
    nothing = {f"{name}.{code}": [np.nan] for name in ("burden_share", "burden_ratio") for code in CODES}
    assert lorenz_table(pd.DataFrame(nothing), CODES).empty


def test_the_curve_of_runs_ends_where_all_is_paid_and_all_is_valued() -> None:
    table = lorenz_table(results().table, CODES)
    assert table[["payments", "valuations"]].iloc[-1].to_list() == pytest.approx([1.0, 1.0])
    assert (np.diff(table["burden"][1:] / table["benefit"][1:]) > 0).all()


def test_payments_by_reported_benefit_follow_what_the_institute_is_worth_better_than_equal_ones() -> None:
    by_name = {each.scenario.name.partition(": ")[2]: each for each in comparison().results}
    shifted = {name: shifted_payments(lorenz_table(by_name[name].table, CODES)) for name in ("benefit", "equal")}
    assert shifted["benefit"] < shifted["equal"] - 0.05


def test_on_each_outcome_one_design_is_best_and_one_is_worst() -> None:
    table = outcome_places(comparison(), named_designs(comparison().names, Words()))
    assert table["outcome"].nunique() > 40
    for outcome, rows in table.groupby("outcome"):
        assert rows["place"].min() == 0.0
        assert rows["place"].max() == 1.0
        worst, best = rows.loc[rows["place"].idxmin()]["mean"], rows.loc[rows["place"].idxmax()]["mean"]
        assert (best > worst) == (rows["better"] == "higher").all(), outcome
    assert "budget" not in set(table["outcome"]), "neither more nor less of it is better"
    firsts = table.drop_duplicates("outcome")["clear"].to_list()
    assert firsts == sorted(firsts, reverse=True)


def test_designs_with_other_founders_have_no_place() -> None:
    scenario = load("fourth-member")
    several = compare(scenario.all_designs(), 4, seed=7)
    table = outcome_places(several, {name: name for name in several.names})
    assert set(table["design"]) == set(several.comparable)
    assert len(several.comparable) < len(several.names)


def test_trust_by_year_is_the_trust_of_the_run() -> None:
    story = trace(load("geneva-2015"), 7, 3)
    table = trust_by_year(story)
    assert list(table["year"].unique()) == [2016, 2026, 2035, 2045]
    own = story[story["year"] == 2035]
    row = table[(table["year"] == 2035) & (table["one"] == "CHN") & (table["other"] == "JPN")].iloc[0]
    assert row["trust"] == pytest.approx(own["trust.CHN-JPN"].mean())
    assert row["frozen"] == any("CHN-JPN" in pairs.split() for pairs in own["frozen"])


def test_the_pairs_of_a_course_agree_with_its_means() -> None:
    story = trace(load("geneva-2015"), 7, 3)
    pairs = ["trust.CHN-JPN", "trust.CHN-KOR", "trust.JPN-KOR"]
    together = story[~story[pairs].isna().any(axis=1)]
    assert len(together) > 10
    assert np.allclose(together[pairs].mean(axis=1), together["trust"])
    assert (story["frozen"].str.split().str.len() == story["frozen_dyads"]).all()
    assert np.allclose(story["collection"], story["timely_collection_rate"])


def test_a_short_life_shows_each_year_once_and_an_old_course_nothing() -> None:
    story = trace(load("geneva-2015").with_(**{"world.horizon": 3}), 7, 0)
    assert list(trust_by_year(story)["year"].unique()) == [2016, 2017]
    assert trust_by_year(story.drop(columns=[name for name in story.columns if name.startswith("trust.")])).empty
