"""Comparisons: differences within runs, intervals of Student's t, and nothing declared that is not there."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from aiposim.results import MANIFEST_FILE, simulate
from aiposim.scenario import load
from aiposim.study.compare import Comparison, compare, named_apart, open_comparison, paired, verdict

NAN = float("nan")


@cache
def several() -> Comparison:
    """Unanimity twice under two names, then majority, then unanimity with a fourth member."""
    first = load("reference-design")
    return compare(
        [
            first,
            first.with_(name="the same again"),
            first.with_(**{"control.voting.rule": "majority"}),
            first.with_(name="four", **{"membership.members": ["JPN", "CHN", "KOR", "MNG"]}),
        ],
        8,
        seed=11,
    )


def test_the_interval_is_that_of_a_paired_t_test() -> None:
    generator = np.random.default_rng(1)
    first, second = generator.normal(size=(2, 40))
    row = paired(first, second + 0.4, "higher")
    reference = stats.ttest_rel(second + 0.4, first).confidence_interval(0.95)
    assert row["difference"] == pytest.approx((second + 0.4 - first).mean())
    assert (row["low"], row["high"]) == pytest.approx((reference.low, reference.high))
    assert row["pairs"] == 40
    assert row["share_better"] == ((second + 0.4) > first).mean()


def coverage(repetitions: int) -> float:
    """How often the interval holds the true difference, .3, when luck is shared, skewed and far larger than it."""
    held = 0
    for repetition in range(repetitions):
        luck = np.random.default_rng([5, repetition])
        first = luck.gamma(2.0, 3.0, 200)
        row = paired(first, first + 0.3 + luck.exponential(1.0, 200) - 1.0, "higher")
        held += row["low"] <= 0.3 <= row["high"]
    return held / repetitions


def test_an_interval_holds_the_true_difference_about_as_often_as_it_says() -> None:
    assert 0.915 < coverage(400) < 0.98


@pytest.mark.soak
def test_an_interval_holds_the_true_difference_as_often_as_it_says() -> None:
    assert 0.93 < coverage(20_000) < 0.97


def test_a_difference_of_four_standard_errors_is_nearly_always_found() -> None:
    found = []
    for repetition in range(200):
        luck = np.random.default_rng([6, repetition])
        first = luck.normal(0.0, 5.0, 100)
        found.append(paired(first, first + luck.normal(0.4, 1.0, 100), "higher")["verdict"] == "better")
    assert np.mean(found) > 0.94  # the power of a t test is .977 here


def test_a_pair_counts_only_if_both_define_the_measure() -> None:
    row = paired(np.array([1.0, NAN, 3.0, 4.0]), np.array([2.0, 2.0, NAN, 6.0]), "lower")
    assert (row["pairs"], row["difference"], row["share_better"]) == (2, 1.5, 0.0)


def test_one_pair_has_a_difference_but_no_interval() -> None:
    row = paired(np.array([1.0]), np.array([2.0]), "higher")
    assert row["difference"] == 1.0
    assert np.isnan(row["low"])
    assert np.isnan(row["high"])
    assert row["verdict"] == "unclear"


def test_no_pair_is_no_finding() -> None:
    row = paired(np.array([NAN, 1.0]), np.array([1.0, NAN]), "higher")
    assert (row["pairs"], row["verdict"]) == (0, "unpaired")
    assert np.isnan(row["difference"])


@pytest.mark.parametrize(
    ("low", "high", "better", "word"),
    [
        (0.1, 0.2, "higher", "better"), (0.1, 0.2, "lower", "worse"), (0.1, 0.2, "neither", "higher"),
        (-0.2, -0.1, "higher", "worse"), (-0.2, -0.1, "lower", "better"), (-0.2, -0.1, "neither", "lower"),
        (-0.1, 0.1, "higher", "unclear"), (0.0, 0.1, "higher", "unclear"), (NAN, NAN, "higher", "unclear"),
    ],
)  # fmt: skip
def test_a_verdict_needs_an_interval_beyond_zero(low: float, high: float, better: str, word: str) -> None:
    assert verdict(low, high, better) == word


def test_equal_designs_differ_by_exactly_nothing() -> None:
    for table in (several().outcomes, several().members):
        rows = table[(table["design"] == "the same again") & (table["pairs"] > 0)]
        assert len(rows) > 10
        assert (rows[["difference", "low", "high"]].to_numpy()[rows["pairs"] > 1] == 0.0).all()
        assert set(rows["verdict"]) == {"same"}
        assert set(rows["share_better"].dropna()) == {0.0}


def test_designs_meet_the_same_worlds_as_alone() -> None:
    majority = load("reference-design").with_(**{"control.voting.rule": "majority"})
    pd.testing.assert_frame_equal(several().results[2].runs, simulate(majority, 8, seed=11).runs)


def test_a_difference_is_taken_within_each_run() -> None:
    first, _, majority, _ = several().results
    row = several().outcomes.set_index(["design", "measure"]).loc[(majority.scenario.name, "deadlock_rate")]
    within = majority.runs["deadlock_rate"] - first.runs["deadlock_rate"]
    assert row["difference"] == within.mean()
    assert row["share_better"] == (within < 0).mean()
    assert row["mean"] == majority.runs["deadlock_rate"].mean()
    assert row["verdict"] == "better"  # majority buys speed (MODEL 17 ii)


def test_the_first_design_is_the_baseline() -> None:
    rows = several().outcomes[several().outcomes["design"] == "reference-design"]
    assert set(rows["verdict"]) == {"baseline"}
    assert (rows["difference"].dropna() == 0.0).all()


def test_a_state_of_one_design_only_is_left_out_and_said_so() -> None:
    assert "welfare.MNG" in several().left_out
    assert all(column.endswith(".MNG") for column in several().left_out)
    rows = several().members
    mongolia = rows[(rows["member"] == "MNG") & (rows["measure"] == "welfare")]
    assert mongolia["design"].to_list() == ["four"]
    assert (mongolia["pairs"].item(), mongolia["verdict"].item()) == (0, "unpaired")
    assert mongolia["mean"].item() == several().results[3].runs["welfare.MNG"].mean()
    assert set(several().regret["member"]) == {"CHN", "JPN", "KOR"}


def test_regret_is_how_far_a_state_is_from_its_best_design_in_each_run() -> None:
    welfare = np.array([each.runs["welfare.KOR"] for each in several().results])
    regret = several().regret[several().regret["member"] == "KOR"].set_index("design")["regret"]
    assert (regret >= 0.0).all()
    assert regret["four"] == pytest.approx((welfare.max(axis=0) - welfare[3]).mean())


def test_equal_names_are_told_apart_by_what_they_change() -> None:
    first = load("reference-design")
    majority = first.with_(**{"control.voting.rule": "majority"})
    assert [each.name for each in named_apart([first, majority, first, majority])] == [
        "reference-design",
        "reference-design: voting=majority",
        "reference-design (2)",
        "reference-design: voting=majority (2)",
    ]


def test_one_scenario_stands_for_its_designs() -> None:
    assert compare("empty-chair", 1).names == [each.name for each in load("empty-chair").all_designs()]


def test_nothing_to_compare_is_refused() -> None:
    with pytest.raises(ValueError, match="no scenario"):
        compare([], 1)
    with pytest.raises(ValueError, match="only one design to compare, reference-design"):
        compare("reference-design", 1)


def test_a_design_of_other_founders_is_neither_better_nor_worse_for_the_institute() -> None:
    rows = several().outcomes[several().outcomes["design"] == "four"]
    assert set(rows["better"]) == {"neither"}
    assert not {"better", "worse"} & set(rows["verdict"])
    assert {"higher", "lower"} & set(rows["verdict"])
    members = several().members[several().members["design"] == "four"]
    assert "higher" in set(members["better"]), "a single state is the same state under any membership"
    assert several().comparable == several().names[:3]


def test_a_comparison_is_shown_in_a_line() -> None:
    assert repr(several()).startswith("<Comparison of reference-design; the same again; ")
    assert repr(several()).endswith("four: 8 runs, seed 11>")


def test_progress_counts_the_runs_of_all_designs() -> None:
    seen: list[tuple[int, int]] = []
    first = load("reference-design")
    compare([first, first.with_(name="again")], 2, progress=lambda done, total: seen.append((done, total)))
    assert seen == [(2, 4), (4, 4)]


def test_a_saved_comparison_opens_as_it_was(tmp_path: Path) -> None:
    folder = several().save(tmp_path / "kept", command=["aiposim", "compare"])
    opened = open_comparison(folder)
    assert opened.names == several().names
    pd.testing.assert_frame_equal(opened.outcomes, several().outcomes)
    pd.testing.assert_frame_equal(pd.read_parquet(folder / "members.parquet"), several().members)
    assert (folder / "designs" / "001-reference-design" / MANIFEST_FILE).is_file()
    with pytest.raises(FileExistsError):
        several().save(folder)
    several().save(folder, overwrite=True)
    assert [path.name for path in tmp_path.iterdir()] == ["kept"]


def test_a_folder_that_is_no_comparison_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match=r"manifest\.json"):
        open_comparison(tmp_path)
    several().results[0].save(tmp_path / "run")
    with pytest.raises(ValueError, match="holds the runs of one design"):
        open_comparison(tmp_path / "run")
