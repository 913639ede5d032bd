"""A league of designs, and what the members would choose among them."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from aiposim import families
from aiposim.study.choice import Choice
from aiposim.study.compare import Comparison, open_comparison
from aiposim.study.league import League, league


@pytest.fixture(scope="module")
def keys() -> League:
    """The six keys of the Geneva proposal."""
    return league("geneva-2015", 200)


def with_welfare(keys: League, welfare: dict[str, list[float]]) -> Choice:
    """A league in which every run gives the members just this welfare, a value a design."""
    planted = League(Comparison(keys.comparison.results[: len(next(iter(welfare.values())))]))
    values = np.array([welfare[code] for code in planted.codes])[:, :, None].repeat(4, axis=2)
    planted.__dict__["welfare"] = values
    return Choice(planted)


def test_each_outcome_ranks_each_design_once(keys: League) -> None:
    table = keys.table
    assert len(table) == len(keys.names) * len(keys.outcomes)
    ranked = table.dropna(subset="rank")
    assert (ranked["rank_low"] <= ranked["rank"]).all()
    assert (ranked["rank"] <= ranked["rank_high"]).all()
    delivered = table[table["outcome"] == "delivery_ratio"].set_index("design")
    means = pd.Series({each.scenario.name: each.runs["delivery_ratio"].mean() for each in keys.comparison.results})
    pd.testing.assert_series_equal(delivered["mean"], means, check_names=False)
    assert delivered["rank"].tolist() == means.rank(ascending=False).tolist()


def test_a_budget_is_ranked_only_by_who_says_which_way_is_better(keys: League) -> None:
    assert np.isnan(keys.standing("budget_ratio").rank).all()
    lean = League(keys.comparison, "budget_ratio", "lower")
    assert lean.standing("budget_ratio").rank[0] == 2.0  # under equal shares it is all but the smallest


def test_a_pair_says_the_same_as_the_comparison_and_is_more_careful(keys: League) -> None:
    outcomes = keys.comparison.outcomes.set_index(["design", "measure"])
    pairs = keys.pairs[keys.pairs["design"] == keys.names[0]]
    for pair in pairs[pairs["outcome"] == "deadlock_rate"].to_dict("records"):
        paired = outcomes.loc[(pair["other"], "deadlock_rate")]
        assert pair["difference"] == pytest.approx(-paired["difference"])
        assert pair["high"] - pair["low"] > paired["high"] - paired["low"]


def test_the_design_of_the_smallest_largest_regret_is_found(keys: League) -> None:
    regret, table = keys.regret.set_index("design"), keys.comparison.regret
    for row in table.to_dict("records"):
        assert regret.loc[row["design"], f"regret.{row['member']}"] == pytest.approx(row["regret"])
    largest = table.groupby("design")["regret"].max()
    assert regret["rank"].idxmin() == largest.idxmin()
    assert regret.loc[largest.idxmin(), "largest"] == pytest.approx(largest.min())
    assert regret["chance_best"].sum() == pytest.approx(1.0)


def test_who_is_dominated_is_dominated_by_a_design_that_gives_nobody_less(keys: League) -> None:
    welfare = pd.DataFrame(keys.welfare.mean(axis=2).T, index=keys.names)
    pareto = keys.pareto.set_index("design")
    assert pareto["efficient"].any()
    for name, by in pareto["dominated_by"].items():
        assert bool(by) != pareto.loc[name, "efficient"]
        if by:
            assert (welfare.loc[by] >= welfare.loc[name]).all()
            assert (welfare.loc[by] > welfare.loc[name]).any()


def test_the_first_leavers_are_those_of_the_runs(keys: League) -> None:
    for row, each in zip(keys.leavers.to_dict("records"), keys.comparison.results, strict=True):
        assert row["anybody"] == pytest.approx((each.runs["exits"] > 0).mean())
        assert sum(row[f"first.{code}"] for code in each.scenario.codes) == pytest.approx(row["anybody"])


def test_an_outcome_that_not_every_design_has_is_refused(keys: League) -> None:
    with pytest.raises(LookupError, match="no_such"):
        keys.standing("no_such")


def test_with_other_founders_the_whole_institute_is_neither_better_nor_worse() -> None:
    grown = league("fourth-member", 20)
    assert np.isnan(grown.standing("delivery_ratio").rank).all()
    assert not np.isnan(grown.standing("welfare.KOR").rank).any()
    assert grown.codes == ("CHN", "JPN", "KOR")
    choice = Choice(grown)
    assert len(choice.rankings) == 3 * len(grown.names)
    assert choice.by_vote["voting"].tolist() == sorted(families.shipped("rules.voting"))


def test_each_member_ranks_the_designs_by_its_own_welfare(keys: League) -> None:
    rankings = Choice(keys).rankings
    for code in keys.codes:
        own = rankings[rankings["member"] == code].set_index("design")
        means = pd.Series({each.scenario.name: each.runs[f"welfare.{code}"].mean() for each in keys.comparison.results})
        assert own["rank"].tolist() == means.rank(ascending=False).tolist()


def test_a_design_that_two_of_three_prefer_to_each_other_is_the_condorcet_winner(keys: League) -> None:
    choice = with_welfare(keys, {"CHN": [5.0, 1.0, 0.0], "JPN": [1.0, 3.0, 2.0], "KOR": [0.0, 2.0, 1.0]})
    first, second, third = keys.names[:3]
    assert choice.condorcet_winner == second
    votes = choice.by_vote.set_index("voting")
    assert votes.loc["majority", "stable"] == [second]
    assert votes.loc["majority", "chosen"] == second
    assert votes.loc["unanimity", "stable"] == [first, second]  # all three prefer the second to the third
    assert votes.loc["unanimity", "chosen"] == first
    assert third not in votes.loc["consensus", "stable"]


def test_in_a_circle_of_majorities_there_is_no_winner(keys: League) -> None:
    circle = with_welfare(keys, {"CHN": [3.0, 2.0, 1.0], "JPN": [1.0, 3.0, 2.0], "KOR": [2.0, 1.0, 3.0]})
    assert circle.condorcet_winner is None
    majority = circle.by_vote.set_index("voting").loc["majority"]
    assert majority["stable"] == []
    assert majority["chosen"] == ""


def test_less_than_a_dollar_is_no_difference(keys: League) -> None:
    alike = with_welfare(keys, {"CHN": [1.0, 1.0 + 1e-9], "JPN": [2.0, 2.0], "KOR": [3.0, 3.0 - 1e-9]})
    assert alike.condorcet_winner is None
    assert alike.rankings["rank"].eq(1).all()
    assert alike.league.pareto["efficient"].all()


def test_winners_pay_the_losers_just_what_they_lose(keys: League) -> None:
    choice = with_welfare(keys, {"CHN": [5.0, 2.0, 0.0], "JPN": [1.0, 5.0, 2.0], "KOR": [1.0, 3.0, 1.0]})
    second, third = choice.transfers.to_dict("records")
    assert second["possible"]
    assert (second["gains"], second["losses"]) == (6.0, 3.0)
    assert [second[f"transfer.{code}"] for code in ("CHN", "JPN", "KOR")] == pytest.approx([3.0, -2.0, -1.0])
    assert not third["possible"]
    assert np.isnan(third["transfer.JPN"])


def test_a_league_reads_the_same_from_a_folder(keys: League, tmp_path: object) -> None:
    folder = keys.comparison.save(f"{tmp_path}/league")
    again = League(open_comparison(folder))
    pd.testing.assert_frame_equal(again.table, keys.table)
    pd.testing.assert_frame_equal(again.regret, keys.regret)
