"""Peacekeeping rates against the published ones, and the vote of states in arrears.

The tables of `reference/` say where their figures come from and how sure they are.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import hypothesis.strategies as st
import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, example, given, settings

import aiposim
from aiposim.assessment import Assessment
from aiposim.charter import Charter
from aiposim.rules.sanction import in_two_year_arrears
from aiposim.scale import DISCOUNTS, article_19, peacekeeping_rates

REFERENCE = Path(__file__).parent / "reference"


# ---- peacekeeping ----


def published_rates(period: str) -> tuple[dict[str, float], pd.DataFrame]:
    """Regular rates by state, and the published peacekeeping rates with their half units, per cent."""
    regular = pd.read_csv(REFERENCE / "un_scale.csv", comment="#")
    peace = pd.read_csv(REFERENCE / "peacekeeping_rates.csv", comment="#")
    of_period = regular[regular.period == period]
    rates = {str(state): float(rate) for state, rate in zip(of_period.state, of_period.rate_per_cent, strict=True)}
    return rates, peace[peace.period == period].set_index("state")


@pytest.mark.parametrize("period", ["2010-12", "2013-15", "2016-18", "2019-21", "2022-24", "2025-27"])
def test_the_premium_of_the_united_states_tells_what_the_other_permanent_members_pay(period: str) -> None:
    """The points that all others are spared are not published here, but the premium of the United States tells them.

    The other 180 and more states are one line of level X, whose mean discount makes the United States pay its
    published rate. Then every other published rate of a permanent member must come out, and every state of level B
    must pay its regular rate. Tolerance: the half units of both rates and of the regular ones (.0005).
    """
    regular, published = published_rates(period)
    premium = published.rate_per_cent["USA"] / regular["USA"]
    permanent = ("USA", "CHN", "FRA", "GBR", "RUS")
    others = 100.0 - sum(regular.values())
    lost = (premium - 1.0) * sum(regular[state] for state in permanent)
    spared = lost - 0.80 * regular["MNG"]
    assert 0.0 < spared / others < 0.9, "the mean discount lies among those of the levels"
    levels = dict.fromkeys(permanent, "A") | {"JPN": "B", "KOR": "B", "DEU": "B", "MNG": "I", "REST": "X"}
    rates = peacekeeping_rates(regular | {"REST": others}, levels, discounts={**DISCOUNTS, "X": spared / others})
    assert sum(rates.values()) == pytest.approx(100.0, abs=1e-9)
    for state in permanent:
        assert rates[state] / regular[state] == pytest.approx(premium, abs=1e-9)
    compared = [str(state) for state in published.index if state != "USA"]
    assert "CHN" in compared
    for state in compared:
        half_units = published.half_unit[state] + 0.0005 * premium
        if state in permanent:
            half_units += published.half_unit["USA"] * regular[state] / regular["USA"]
        assert rates[state] == pytest.approx(published.rate_per_cent[state], abs=half_units), state


def test_mongolia_pays_a_fifth_of_its_regular_rate_and_no_less_for_being_alone() -> None:
    """.003 per cent in 2013-15, level I: .003 * (1 - .80) = .0006 per cent; Japan's rate stands."""
    regular, _ = published_rates("2013-15")
    rates = peacekeeping_rates(
        {state: regular[state] for state in ("CHN", "JPN", "MNG")}, {"CHN": "A", "JPN": "B", "MNG": "I"}
    )
    assert rates["MNG"] == pytest.approx(0.0006, abs=1e-15)
    assert rates["JPN"] == regular["JPN"]
    assert rates["CHN"] == pytest.approx(5.148 + 0.0024, abs=1e-12)


def test_every_level_has_the_discount_of_the_resolution() -> None:
    """A/RES/55/235: 0, 0, 7.5, 20, 40, 60, 70, 80, 80 and 90 per cent of a rate of 10; level A bears the 447.5 / 10."""
    rates = peacekeeping_rates([10.0] * 10, "ABCDEFGHIJ")
    assert rates == pytest.approx([10 + 44.75, 10, 9.25, 8, 6, 4, 3, 2, 2, 1], abs=1e-12)


def test_level_h_may_take_the_smaller_discount() -> None:
    rates = peacekeeping_rates([90.0, 10.0], "AH", discounts={**DISCOUNTS, "H": 0.70})
    assert rates == pytest.approx([97.0, 3.0], abs=1e-12)
    assert rates == pytest.approx(peacekeeping_rates([90.0, 10.0], "AG"), abs=1e-12)


def test_without_permanent_members_those_without_a_discount_bear_the_points_and_then_all() -> None:
    """20 at 80 per cent: 16 borne by 60 and 20 as 3 : 1. 80 at 20 and 20 at 80 per cent: 32 borne as 4 : 1."""
    assert peacekeeping_rates([60.0, 20.0, 20.0], "BBI") == pytest.approx([72.0, 24.0, 4.0], abs=1e-12)
    assert peacekeeping_rates([80.0, 20.0], "DI") == pytest.approx([64 + 25.6, 4 + 6.4], abs=1e-12)


@example(shares=[5e-324, 1.0], letters="AI")
@given(shares=st.lists(st.floats(0.0, 1.0), min_size=1, max_size=12), letters=st.text("ABCDEFGHIJ", min_size=12))
@settings(max_examples=150, deadline=None)
def test_peacekeeping_rates_add_up_to_the_scale(shares: list[float], letters: str) -> None:
    letters = letters[: len(shares)]
    rates = peacekeeping_rates(shares, letters)
    assert rates.sum() == pytest.approx(sum(shares), abs=1e-12)
    assert (rates >= -1e-15).all()
    premiums = [r / s for r, s, letter in zip(rates, shares, letters, strict=True) if letter == "A" and s > 1e-3]
    assert premiums == pytest.approx([premiums[0]] * len(premiums), rel=1e-9) if premiums else True


def test_rates_come_back_as_the_scale_was_given() -> None:
    levels = {"MNG": "I", "CHN": "A"}
    series = pd.Series([0.9, 0.1], index=["CHN", "MNG"])
    as_series = peacekeeping_rates(series, levels)
    assert isinstance(as_series, pd.Series)
    assert list(as_series.index) == ["CHN", "MNG"]
    as_dict = peacekeeping_rates({"CHN": 0.9, "MNG": 0.1}, pd.Series(levels))
    assert as_dict == pytest.approx(as_series.to_dict(), abs=1e-15)
    assert peacekeeping_rates([0.9, 0.1], ["A", "I"]) == pytest.approx([0.98, 0.02], abs=1e-15)
    assert series.tolist() == [0.9, 0.1]


@pytest.mark.parametrize(
    ("scale", "levels", "found"),
    [
        ({"CHN": 0.5, "MNG": 0.5}, {"CHN": "A"}, "levels has nothing for MNG"),
        ([0.5, 0.5], "A", "1 levels and 2 rates"),
        ([0.5, 0.5], "AK", "no discount for level K: there is one for A, B, C, D, E, and 5 more"),
        ([0.5, -0.5], "AB", r"scale\[1\] is -0.5: it must be 0 or more"),
        ([0.5, np.nan], "AB", r"scale\[1\] is nan: it must be a finite number"),
        ([], "", "scale is empty"),
        ("ab", "AB", "scale is 'ab': it must be a list of numbers"),
        (pd.DataFrame({"CHN": [0.5]}), "A", "scale is a table"),
        ([1e308, 1e308], "AB", r"scale\[0\] is 1e\+308: it must be 1e\+50 or less"),
        ([0.5, 0.5], {"A", "J"}, "it must be a letter for each state"),
        ([0.5, 0.5], None, "levels is None: it must be a letter for each state"),
        (pd.Series([0.5, 0.5], index=["CHN", "CHN"]), {"CHN": "A"}, "scale has several entries for CHN"),
        ({"CHN": 1.0}, pd.Series(["A", "B"], index=["CHN", "CHN"]), "levels has several entries for CHN"),
    ],
)
def test_a_scale_without_its_levels_is_refused(scale: Any, levels: Any, found: str) -> None:
    with pytest.raises(ValueError, match=found):
        peacekeeping_rates(scale, levels)


def test_a_discount_of_more_than_everything_is_refused_by_its_level() -> None:
    with pytest.raises(ValueError, match=r"^the discount of level B is 1.5: it must lie between 0 and 1$"):
        peacekeeping_rates([0.5, 0.5], "AB", discounts={"A": 0.0, "B": 1.5})


@pytest.mark.parametrize("discounts", [{}, None])
def test_without_discounts_there_are_no_rates(discounts: Any) -> None:
    with pytest.raises(ValueError, match=r"^discounts is .*: it must be a dict with a discount for each level$"):
        peacekeeping_rates([0.5, 0.5], "AB", discounts=discounts)


@pytest.mark.parametrize("year", range(2016, 2046))
def test_china_japan_and_korea_pay_for_peacekeeping_what_the_regular_scale_says(year: int) -> None:
    """Japan and Korea have more than twice the world's income per head, China is permanent: no discount applies."""
    scenario = aiposim.load("geneva-2015")
    regular = Assessment(Charter(scenario.with_(**{"control.cost_sharing": "un_scale"})))
    peace = Assessment(Charter(scenario.with_(**{"control.cost_sharing": "un_pk"})))
    everybody = (True, True, True)
    assert np.array_equal(peace.review(year, everybody).key, regular.review(year, everybody).key)


def test_with_mongolia_as_fourth_member_china_bears_four_fifths_of_its_share() -> None:
    scenario = aiposim.load("geneva-2015").with_(**{"membership.members": ["CHN", "JPN", "KOR", "MNG"]})
    everybody = (True,) * 4
    regular = Assessment(Charter(scenario.with_(**{"control.cost_sharing": "un_scale"}))).review(2016, everybody).key
    peace = Assessment(Charter(scenario.with_(**{"control.cost_sharing": "un_pk"}))).review(2016, everybody).key
    share = dict(zip(scenario.codes, regular, strict=True))
    rate = dict(zip(scenario.codes, peace, strict=True))
    assert rate["MNG"] == pytest.approx(0.2 * share["MNG"], abs=1e-15)
    assert rate["CHN"] == pytest.approx(share["CHN"] + 0.8 * share["MNG"], abs=1e-15)
    assert (rate["JPN"], rate["KOR"]) == (share["JPN"], share["KOR"])


# ---- Article 19 ----


def test_arrears_that_equal_two_years_dues_suspend_the_vote() -> None:
    assert article_19(20.0, [12.0, 8.0]) is True
    assert article_19(19.99, [12.0, 8.0]) is False
    assert article_19(25.0, [12.0, 8.0]) is True


def test_who_owes_nothing_never_loses_the_vote() -> None:
    assert article_19(0.0, [0.0, 0.0]) is False
    assert article_19(0.01, [0.0, 0.0]) is True


def test_the_assembly_may_permit_a_state_to_vote() -> None:
    assert article_19(20.0, [10.0, 10.0], waiver=True) is False


def test_only_the_last_two_years_count() -> None:
    assert article_19(20.0, [100.0, 100.0, 10.0, 10.0]) is True
    assert article_19(20.0, {2015: 10.0, 2012: 100.0, 2014: 10.0, 2013: 100.0}) is True


def test_many_states_are_judged_at_once() -> None:
    lost = article_19([20.0, 19.0, 0.0, 20.0], [[10.0] * 4, [10.0] * 4], waiver=[False, False, False, True])
    assert isinstance(lost, np.ndarray)
    assert lost.tolist() == [True, False, False, False]


@given(arrears=st.floats(0.0, 100.0), first=st.floats(0.0, 50.0), second=st.floats(0.0, 50.0))
@settings(max_examples=60, deadline=None)
def test_the_sanction_of_the_model_reads_article_19_alike(arrears: float, first: float, second: float) -> None:
    assume(arrears == first + second or not np.isclose(arrears, first + second, rtol=1e-9, atol=0.0))
    assert article_19(arrears, [first, second]) is in_two_year_arrears(arrears, first + second)


@pytest.mark.parametrize(
    ("arrears", "assessed", "found"),
    [
        (1.0, [10.0], "1 year"),
        (1.0, 10.0, "assessed_by_year is 10.0: it must be a list of numbers"),
        (1.0, [], "assessed_by_year is empty"),
        (1.0, {2014: 1.0}, "1 year"),
        (-1.0, [10.0, 10.0], "arrears is -1.0: it must be 0 or more"),
        (1.0, [10.0, -10.0], r"assessed_by_year\[1\] is -10.0: it must be 0 or more"),
        (np.nan, [10.0, 10.0], "arrears is nan: it must be a finite number"),
        (1e308, [1.0, 1.0], "arrears is 1e\\+308: it must be 1e\\+50 or less"),
        ("many", [1.0, 1.0], "arrears is 'many': it must be a number"),
        ([[1.0, 2.0]], [1.0, 1.0], "arrears has the shape .1, 2.: it must be one number or a list"),
        (1.0, np.ones((2, 2, 2)), "it must be a list of numbers or a table of numbers"),
        ([1.0, 2.0, 3.0], [[1.0, 1.0], [1.0, 1.0]], "of 2 and 3 states: they must be of the same"),
        (1.0, {2014: 1.0, "2015": 1.0}, "a year of assessed_by_year is '2015': it must be a number"),
        (1.0, {2014: 1.0, 2014.5: 1.0}, "a year of assessed_by_year is 2014.5: it must be a whole number"),
        (1.0, pd.Series([1.0, 1.0], index=[2014, 2014]), "a year more than once"),
        (1.0, {2013: 50.0, 2015: 10.0}, "has 2015 and 2013 and none between: two full years are needed"),
        (1.0, {2014: "x", 2015: 1.0}, "assessed_by_year of 2014 is 'x': it must be a number"),
        ({"KOR": 1.0}, {2014: {"KOR": 1.0}, 2015: {"JPN": 1.0}}, "assessed_by_year of 2015 has nothing for KOR"),
    ],
)
def test_arrears_that_cannot_be_judged_are_refused(arrears: Any, assessed: Any, found: str) -> None:
    with pytest.raises(ValueError, match=found):
        article_19(arrears, assessed)


@pytest.mark.parametrize("number", [float, Decimal, Fraction, np.float32])
def test_tenths_that_add_up_to_the_arrears_suspend_the_vote(number: Any) -> None:
    """.1 + .2 is a little more than .3 in floating point, .1 + .7 a little less than .8."""
    for arrears, first, second in (("0.3", "0.1", "0.2"), ("0.8", "0.1", "0.7"), ("1.1", "0.4", "0.7")):
        assert article_19(number(arrears), [number(first), number(second)]) is True
    assert article_19(0.1 + 0.7, [0.8, 0.0]) is True


def test_a_series_by_year_is_read_by_year() -> None:
    """10 in 2014 and in 2015: 20 are due, whatever the order of the years."""
    backwards = pd.Series([10.0, 10.0, 50.0], index=[2015, 2014, 2013])
    assert article_19(20.0, backwards) is True
    assert article_19(20.0, backwards.sort_index()) is True
    assert article_19(20.0, backwards.to_dict()) is True


def test_arrears_meet_the_dues_of_their_own_state() -> None:
    """KOR owes 20 of 20, JPN nothing of 2; a waiver excuses KOR."""
    arrears = pd.Series([20.0, 0.0], index=["KOR", "JPN"])
    dues = pd.DataFrame({"JPN": [1.0, 1.0, 9.0], "KOR": [10.0, 10.0, 90.0]}, index=[2015, 2014, 2013])
    lost = article_19(arrears, dues)
    assert isinstance(lost, pd.Series)
    assert lost.to_dict() == {"KOR": True, "JPN": False}
    assert article_19(arrears.to_dict(), dues) == {"KOR": True, "JPN": False}
    assert article_19([0.0, 20.0], dues).to_dict() == {"JPN": False, "KOR": True}
    excused = article_19(arrears, dues, waiver={"JPN": False, "KOR": True})
    assert excused.to_dict() == {"KOR": False, "JPN": False}


def test_a_gap_before_the_two_years_does_not_matter() -> None:
    assert article_19(20.0, {2010: 99.0, 2014: 10.0, 2015: 10.0}) is True


@pytest.mark.parametrize("waiver", [np.nan, "no", None, 2, pd.NA, [True, "no"]])
def test_a_waiver_is_granted_or_not(waiver: Any) -> None:
    with pytest.raises(ValueError, match=r"^waiver.* is .*: it must be true or false$"):
        article_19(20.0, [10.0, 10.0], waiver=waiver)
    assert article_19(20.0, [10.0, 10.0], waiver=1) is False
    assert article_19(20.0, [10.0, 10.0], waiver=np.False_) is True
