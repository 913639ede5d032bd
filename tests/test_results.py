"""Results: tables, bands, a folder that is whole or not there."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

import aiposim
from aiposim import load, open_results, simulate, trace
from aiposim.measures import describe
from aiposim.results import Results

COLUMNS = [
    "cooperation_index",
    "cooperation_index_without_decisions",
    "delivery_ratio",
    "delivery.cp",
    "delivery.pk",
    "delivery.ha",
    "delivery.pb",
    "delivery.rd",
    "budget_ratio",
    "response_effectiveness",
    "response_days",
    "collection_rate",
    "annual_collection_rate",
    "timely_collection_rate",
    "collection_rate.JPN",
    "arrears_years",
    "burden_share.JPN",
    "burden_ratio.JPN",
    "burden_gini",
    "deadlock_rate",
    "deadlock_rate.budget",
    "deadlock_rate.programme",
    "deadlock_rate.crises",
    "boycott_rate",
    "nationality_bias",
    "trust",
    "end_trust",
    "trust_founders",
    "incidents",
    "summit_share",
    "sharing_events",
    "backlashes",
    "exits",
    "first_leaver",
    "members_at_end",
    "survival_years",
    "dissolved",
    "secretariat_capacity",
    "women_share",
    "joint_statement_share",
    "influence_index",
    "welfare.JPN",
    "individual_rationality.JPN",
    "core_excess",
    "suspensions",
    "reliefs",
    "trained",
    "civilians_serving.JPN",
    "civilian_women_share",
    "field_coordination",
]


@pytest.fixture(scope="module")
def results() -> Results:
    return simulate("geneva-2015", 200)


def test_there_is_a_row_a_run_and_every_column_that_others_rely_on(results: Results) -> None:
    assert list(results.runs.index) == list(range(200))
    assert results.runs.index.name == "run"
    assert set(COLUMNS) <= set(results.runs.columns)
    assert (results.runs.dtypes == np.float64).all()


def test_every_column_and_band_has_label_unit_direction_and_formula(results: Results) -> None:
    for name in [*results.runs.columns, *results.bands["measure"].unique()]:
        measure = describe(name)
        assert measure.label
        assert measure.unit
        assert measure.formula
        assert measure.better in ("higher", "lower", "neither")


def test_undefined_values_are_nan_and_are_counted(results: Results) -> None:
    assert results.undefined["first_leaver"] == (results.runs["exits"] == 0).sum()
    assert results.undefined["budget_ratio"] == 0


@pytest.mark.parametrize(
    ("measure", "low", "high"),
    [
        ("collection_rate", 0, 1),
        ("burden_gini", 0, 1),
        ("deadlock_rate", 0, 1),
        ("trust", 0, 1),
        ("women_share", 0, 1),
        ("influence_index", 0, 1),
        ("survival_years", 0, 30),
        ("boycott_rate", 0, 1),
        ("response_days", 30, 360),
    ],
)
def test_measures_stay_in_their_range(results: Results, measure: str, low: float, high: float) -> None:
    assert results.runs[measure].dropna().between(low, high).all()


def test_burdens_and_shares_add_up(results: Results) -> None:
    codes = ("CHN", "JPN", "KOR")
    assert results.runs[[f"burden_share.{c}" for c in codes]].sum(axis=1).to_numpy() == pytest.approx(1.0)


def test_bands_agree_with_the_runs_themselves() -> None:
    """Quantiles come from histograms; here they are compared with the runs' own values, period by period."""
    scenario, runs = load("reference-design").with_(**{"world.horizon": 12}), 60
    tables = [trace(scenario, 4, run).set_index("label")["budget"] for run in range(runs)]
    budgets = pd.DataFrame(tables)
    bands = simulate(scenario, runs, seed=4).bands
    bands = bands[bands["measure"] == "budget"].set_index("label")
    width = 5 * 15.0 / 512
    for label in budgets.columns:
        values = np.sort(budgets[label].dropna().to_numpy())
        assert bands.loc[label, "mean"] == pytest.approx(values.mean(), abs=2e-6)
        for name, level in (("q05", 0.05), ("q50", 0.50), ("q95", 0.95)):
            near = [values[max(0, int(level * runs) - 1)], values[min(runs - 1, int(level * runs))]]
            assert near[0] - width <= bands.loc[label, name] <= near[1] + width


def test_bands_of_whole_numbers_are_whole_numbers(results: Results) -> None:
    members = results.bands[results.bands["measure"] == "members"]
    assert set(members["q50"]) <= {0.0, 2.0, 3.0}
    assert set(members[members["period"] == 0]["q05"]) == {3.0}


def test_a_saved_folder_reads_back_the_same(results: Results, tmp_path: Path) -> None:
    folder = results.save(tmp_path / "deep" / "study", command=["aiposim", "run", "geneva-2015"])
    again = open_results(folder)
    pd.testing.assert_frame_equal(results.runs, again.runs, check_exact=True)
    pd.testing.assert_frame_equal(results.bands, again.bands, check_exact=True)
    assert again.seed == results.seed
    assert again.scenario.digest() == results.scenario.digest()
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["command"] == ["aiposim", "run", "geneva-2015"]
    assert manifest["scenario_sha256"] == results.scenario.digest()
    assert manifest["versions"]["mesa"]
    assert pd.read_parquet(folder / "runs.parquet")["seed"].eq(2015).all()


def test_results_can_be_computed_again_from_their_manifest(results: Results, tmp_path: Path) -> None:
    again = open_results(results.save(tmp_path / "study"))
    pd.testing.assert_frame_equal(simulate(again.scenario, 200, seed=again.seed).runs, results.runs)


def test_an_existing_folder_is_never_overwritten_without_being_told(results: Results, tmp_path: Path) -> None:
    folder = results.save(tmp_path / "study")
    before = (folder / "manifest.json").read_bytes()
    with pytest.raises(FileExistsError, match="may be overwritten"):
        results.save(folder)
    assert (folder / "manifest.json").read_bytes() == before
    results.save(folder, overwrite=True)


def test_a_folder_that_holds_something_else_is_left_alone_even_when_told(results: Results, tmp_path: Path) -> None:
    (tmp_path / "thesis").mkdir()
    (tmp_path / "thesis" / "chapter1.txt").write_text("years of work", encoding="utf-8")
    with pytest.raises(FileExistsError, match="not a results folder"):
        results.save(tmp_path / "thesis", overwrite=True)
    assert (tmp_path / "thesis" / "chapter1.txt").read_text(encoding="utf-8") == "years of work"


def test_nothing_is_left_half_written(results: Results, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full_disk(*_: Any, **__: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(pd.DataFrame, "to_parquet", full_disk)
    with pytest.raises(OSError, match="No space"):
        simulate("geneva-2015", 2).save(tmp_path / "study")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"runs": 0}, "runs is a whole number from 1"),
        ({"runs": 2.5}, "runs is a whole number"),
        ({"runs": 5, "seed": -1}, "seed is a whole number"),
        ({"runs": 5, "seed": 2**64}, "seed is a whole number"),
        ({"runs": 5, "workers": 0}, "workers is a whole number"),
        ({"runs": 5, "engine": "steam"}, "engine is 'arrays' or 'agents'"),
    ],
)
def test_nonsense_is_refused_in_words(arguments: dict[str, Any], message: str) -> None:
    runs = arguments.pop("runs")
    with pytest.raises(ValueError, match=message):
        simulate("geneva-2015", runs, **arguments)


def test_a_folder_that_is_not_one_is_refused_by_what_it_lacks(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match=r"no manifest\.json"):
        open_results(tmp_path)


@pytest.mark.parametrize(
    ("damage", "message"),
    [
        (lambda f: _rows(f).write_bytes((f / "bands.parquet").read_bytes()), "which study it belongs to"),
        (lambda f: _rows(f).write_bytes(b"PAR1"), "damaged"),
        (lambda f: _counts(f).write_bytes(b"PAR1"), "damaged"),
        (lambda f: _counts(f).write_bytes(_rows(f).read_bytes()), "has no column sum"),
        (lambda f: (f / "manifest.json").write_text("{", encoding="utf-8"), "does not read as JSON"),
        (lambda f: _change(f, format=99), "format 99"),
        (lambda f: _change(f, runs=9), "does not hold the runs"),
        (lambda f: _change(f, seed=7), "does not hold the runs"),
        (lambda f: _change(f, scenario={"name": "x"}), "does not hold a scenario"),
    ],
)
def test_a_damaged_folder_is_refused_by_what_is_wrong(
    results: Results, tmp_path: Path, damage: Any, message: str
) -> None:
    folder = results.save(tmp_path / "study")
    damage(folder)
    with pytest.raises(ValueError, match=message):
        _everything(open_results(folder))


def _everything(results: Results) -> None:
    assert len(results.runs)
    assert len(results.bands)


def _rows(folder: Path) -> Path:
    (file,) = (folder / "blocks").glob("*.runs.parquet")
    return file


def _counts(folder: Path) -> Path:
    (file,) = (folder / "blocks").glob("*.counts.parquet")
    return file


def _change(folder: Path, **changes: Any) -> None:
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    (folder / "manifest.json").write_text(json.dumps(manifest | changes), encoding="utf-8")


def test_the_trace_of_a_run_tells_the_same_story_as_its_row() -> None:
    table = simulate("arrears", 12).runs
    for run in range(12):
        story = trace(load("arrears"), 2015, run)
        exits = sum(len(codes.split()) for codes in story["exits"])
        assert exits == table.loc[run, "exits"]
        assert len(story) == 2 * table.loc[run, "survival_years"]
        assert sum(len(codes.split()) for codes in story["suspended"]) == table.loc[run, "suspensions"]
        assert story["budget"].mean() == pytest.approx(table.loc[run, "budget"])


def test_the_public_names_are_all_there() -> None:
    for name in aiposim.__all__:
        assert getattr(aiposim, name) is not None
    with pytest.raises(AttributeError, match="simulat"):
        _ = aiposim.simulat
