"""Panels: every period of every run as the model computed it, whatever it was computed with."""

from __future__ import annotations

import io
import re
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow.parquet as pq
import pytest

import aiposim
from aiposim import families, load
from aiposim.driver import Block, Driver, Task, charter_of
from aiposim.ensemble import compute_block, run_block
from aiposim.measures import describe
from aiposim.panel import Recorder, as_table, bytes_a_run, schema, write_table
from aiposim.panel.columns import UNDEFINED
from aiposim.panel.page import page
from aiposim.panel.tables import TABLES
from aiposim.period import period
from aiposim.scenario import Scenario
from aiposim.state import BANDS, FIXED_POINT, SHARE

RUNS = 300
ROOT = Path(__file__).parent.parent


def _unstable() -> Scenario:
    """Everybody is soon discontented, so that states leave and institutes are dissolved."""
    return load("reference-design").with_(**{"world.withdrawal.threshold": 1.0, "membership.notice": 1})


DESIGNS = {
    "reference-design": lambda: load("reference-design"),
    "unstable": _unstable,
    "pledges": lambda: load("reference-design").with_(**{"control.cost_sharing.rule": "voluntary"}),
    "four members": lambda: load("fourth-member").all_designs()[0].with_(**{"world.horizon": 24}),
}


@cache
def _recorded(design: str, kind: str = "full", runs: int = RUNS) -> Block:
    return run_block(DESIGNS[design](), 0, runs, 1, kind)


def _by_period(design: str, table: str, runs: int = RUNS) -> dict[str, Any]:
    """Columns as (run, period) or (run, period, member)."""
    columns = _recorded(design, "core" if table == "core" else "full", runs).panel[table]
    scenario = DESIGNS[design]()
    shape = (runs, scenario.world.horizon, *([len(scenario.codes)] if table == "member" else []))
    return {name: values.reshape(shape) for name, values in columns.items()}


def _file(columns: dict[str, Any], codes: tuple[str, ...]) -> io.BytesIO:
    place = io.BytesIO()
    write_table(columns, place, codes)
    return place


# ---- what is told ----


def test_the_core_has_ten_columns_and_the_institution_has_them_too() -> None:
    core = [column.name for column in TABLES["core"]]
    assert len(core) == 10
    assert [column.name for column in TABLES["institution"]][:10] == core
    assert [row["column"] for row in schema("core")] == core


@pytest.mark.parametrize("table", TABLES)
def test_no_two_columns_of_a_table_bear_one_name(table: str) -> None:
    names = ["run", "period", "member", *(column.name for column in TABLES[table])]
    assert len(names) == len(set(names))


def test_columns_of_the_core_are_measures_in_the_measures_own_units() -> None:
    for column in TABLES["core"]:
        assert column.unit == describe(column.name).unit, column.name


def test_every_band_of_the_institution_is_in_the_full_panel() -> None:
    assert set(BANDS) <= {column.name for column in TABLES["institution"]}


def test_only_core_and_full_panels_exist() -> None:
    with pytest.raises(ValueError, match="core, full"):
        bytes_a_run("every", 3, 60)
    with pytest.raises(ValueError, match="core, full"):
        schema("every")


# ---- the values are the model's ----


@pytest.mark.parametrize("design", DESIGNS)
def test_the_panel_holds_what_the_model_observed_rounded_once(design: str) -> None:
    scenario = DESIGNS[design]()
    charter, assessment = charter_of(scenario)
    driver = Driver(charter, assessment, 40)
    driver.start(0, 1)
    seen = []
    for t in range(charter.horizon):
        period(t, driver.do, charter)
        seen.append(driver.state.observed.copy())
    observed = np.stack(seen)  # (period, band, run)
    found = _by_period(design, "institution")
    for row, name in enumerate(BANDS):
        np.testing.assert_array_equal(found[name][:40], observed[:, row].T.astype(found[name].dtype), name)
    shares = _by_period(design, "member")["share"]
    np.testing.assert_array_equal(shares[:40], observed[:, SHARE:].transpose(2, 0, 1).astype(np.float32))


@pytest.mark.parametrize("design", DESIGNS)
def test_means_over_runs_are_those_of_the_bands(design: str) -> None:
    block = _recorded(design)
    for row, name in enumerate(BANDS):
        values = _by_period(design, "institution")[name].astype(np.float64)
        known = (~np.isnan(values)).sum(axis=0)
        np.testing.assert_array_equal(known, block.histogram[:, row].sum(axis=1))
        sums = block.fixed_sum[:, row] / FIXED_POINT
        np.testing.assert_allclose(np.nansum(values, axis=0), sums, rtol=1e-6, atol=RUNS / FIXED_POINT, err_msg=name)


def _over_the_run(found: dict[str, Any], name: str) -> Any:
    """Mean over the periods in which a column is defined; nan if there is none."""
    values = found[name].astype(np.float64)
    known = ~np.isnan(values)
    return np.divide(np.where(known, values, 0.0).sum(axis=1), known.sum(axis=1), where=known.any(axis=1),
                     out=np.full(len(values), np.nan))  # fmt: skip


MEANS = (
    "budget", "budget_ratio", "timely_collection_rate", "arrears_years", "trust", "decision_rate", "delivery_ratio",
    "response_effectiveness", "cooperation_index", "members", "cooperation_index_without_decisions", "trust_founders",
    "incidents", "burden_gini", "joint_statement_share", "influence_index", "core_excess", "delivery.ha",
)  # fmt: skip
SUMS = {
    "reliefs": "reliefs", "suspensions": "suspensions", "exits": "exits", "sharing_events": "sharing_events",
    "backlashes": "backlashes", "trained": "trained",
}  # fmt: skip


@pytest.mark.parametrize("design", DESIGNS)
def test_measures_are_made_again_from_the_panel(design: str) -> None:
    measured, found = _recorded(design).columns, _by_period(design, "institution")
    for name in MEANS:
        np.testing.assert_allclose(_over_the_run(found, name), measured[name], rtol=2e-6, atol=1e-6, err_msg=name)
    for name, measure in SUMS.items():
        total = np.nansum(found[name].astype(np.float64), axis=1)
        np.testing.assert_allclose(total, measured[measure], rtol=1e-6, err_msg=name)
    np.testing.assert_array_equal(found["alive"].sum(axis=1) / 2.0, measured["survival_years"])
    np.testing.assert_array_equal(found["dissolved"][:, -1], measured["dissolved"])
    years = found["summit"].shape[1] / 2.0
    np.testing.assert_allclose(found["summit"].sum(axis=1) / years, measured["summit_share"])
    absent = np.where(found["alive"], found["absent"] / np.maximum(1, found["members"]), np.nan)
    np.testing.assert_allclose(np.nanmean(absent, axis=1), measured["boycott_rate"])


@pytest.mark.parametrize("design", DESIGNS)
def test_measures_of_states_are_made_again_from_the_panel_by_member(design: str) -> None:
    measured, found = _recorded(design).columns, _by_period(design, "member")
    paid, due = (np.nansum(found[name].astype(np.float64), axis=1) for name in ("paid", "due"))
    pays = found["is_member"] & (found["payoff"] >= found["outside"])
    for i, code in enumerate(DESIGNS[design]().codes):
        np.testing.assert_allclose(found["welfare"][:, -1, i], measured[f"welfare.{code}"], rtol=1e-6)
        np.testing.assert_allclose(
            np.minimum(1.0, paid[:, i] / due[:, i]), measured[f"collection_rate.{code}"], rtol=1e-5
        )
        rational = pays[..., i].sum(axis=1) / found["is_member"][..., i].sum(axis=1)
        # Payoffs that differ by less than seven digits may change places when they are rounded.
        np.testing.assert_allclose(rational, measured[f"individual_rationality.{code}"], atol=1.01 / 24.0)


# ---- nothing hangs on how it was computed ----


@pytest.mark.parametrize("design", ["unstable", "four members"])
@pytest.mark.parametrize("kind", ["core", "full"])
def test_a_run_of_a_block_is_the_run_computed_alone(design: str, kind: str) -> None:
    scenario = DESIGNS[design]()
    alone = run_block(scenario, 17, 1, 1, kind).panel
    for table, columns in _recorded(design, kind).panel.items():
        its_own = columns["run"] == 17
        for name, values in columns.items():
            np.testing.assert_array_equal(values[its_own], alone[table][name], f"{table}.{name}")


def test_a_block_of_several_batches_stands_in_the_order_of_its_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("aiposim.ensemble.BATCH", 110)
    batches = compute_block(Task(_unstable(), 0, RUNS, 1, "full")).panel
    for table, columns in _recorded("unstable").panel.items():
        for name, values in columns.items():
            np.testing.assert_array_equal(values, batches[table][name], f"{table}.{name}")


def test_agents_leave_the_same_panel() -> None:
    scenario = _unstable().with_(**{"world.horizon": 16})
    arrays, agents = (
        aiposim.simulate(scenario, runs=3, seed=1, engine=engine, panel="full") for engine in ("arrays", "agents")
    )
    for table in ("institution", "member"):
        pd.testing.assert_frame_equal(arrays.panel(table), agents.panel(table))


def test_a_recorder_may_be_used_for_block_after_block() -> None:
    scenario = _unstable()
    charter, assessment = charter_of(scenario)
    driver = Driver(charter, assessment, 30)
    recorder = Recorder("full", driver.state, charter.horizon, 30)
    for first in (30, 0):
        driver.start(first, 1)
        for t in range(charter.horizon):
            period(t, driver.do, charter)
            recorder.note(t)
    again = recorder.tables(driver.run_numbers)
    for table, columns in _recorded("unstable").panel.items():
        its_own = columns["run"] < 30
        for name, values in columns.items():
            np.testing.assert_array_equal(values[its_own], again[table][name], f"{table}.{name}")


def test_runs_that_were_not_noted_have_no_tables() -> None:
    charter, assessment = charter_of(load("reference-design"))
    recorder = Recorder("core", Driver(charter, assessment, 2).state, charter.horizon, 2)
    with pytest.raises(ValueError, match="2 runs, not 3"):
        recorder.tables(np.arange(3))


# ---- the institute and its members ----


def test_nothing_is_told_of_a_dissolved_institute() -> None:
    found, members = _by_period("unstable", "institution"), _by_period("unstable", "member")
    over = ~found["alive"]
    assert 0.1 < over.mean() < 0.9
    for table, told in (("institution", found), ("member", members)):
        for column in TABLES[table]:
            if column.defined != "always":
                gone = told[column.name][over]
                np.testing.assert_array_equal(gone, np.full_like(gone, UNDEFINED[column.kind]), column.name)
    for name in ("members", "cooperation_index", "items", "crises", "absent", "exits", "delivery.pk"):
        assert not found[name][over].any(), name
    assert found["incidents"][over].any()
    assert (members["welfare"][over] != 0.0).all()


def test_who_has_left_is_told_as_a_founder_outside() -> None:
    told = _by_period("unstable", "member")
    outside = ~told["is_member"]
    for column in TABLES["member"]:
        if column.defined == "while a member":
            gone = told[column.name][outside]
            np.testing.assert_array_equal(gone, np.full_like(gone, UNDEFINED[column.kind]), column.name)
    lives = _by_period("unstable", "institution")["alive"][..., None]
    for name in ("outside", "mean_trust", "valuation"):
        assert not np.isnan(told[name][outside & lives]).any(), name


def test_members_leave_once_and_for_good() -> None:
    told = _by_period("unstable", "member")
    alive_next = _by_period("unstable", "institution")["alive"][:, 1:, None]
    stays = told["is_member"][:, :-1] & ~told["leaves"][:, :-1]
    np.testing.assert_array_equal(told["is_member"][:, 1:], stays & alive_next)


@pytest.mark.parametrize("design", DESIGNS)
def test_the_parts_of_members_come_to_the_whole_of_the_institution(design: str) -> None:
    found, told = _by_period(design, "institution"), _by_period(design, "member")
    lives = found["alive"]

    def together(name: str) -> Any:
        return np.nansum(told[name].astype(np.float64), axis=2)[lives]

    np.testing.assert_allclose(together("share"), 1.0, rtol=1e-6)
    for part, whole in (("paid", "collected"), ("due", "due"), ("pledge", "pledged")):
        np.testing.assert_allclose(together(part), found[whole][lives], rtol=1e-5, atol=1e-6, err_msg=part)
    np.testing.assert_allclose(
        together("paid_in_time") / together("due"), found["timely_collection_rate"][lives], rtol=1e-5
    )
    np.testing.assert_array_equal(told["is_member"].sum(axis=2), found["members"])
    np.testing.assert_array_equal(told["leaves"].sum(axis=2), found["exits"])
    np.testing.assert_array_equal(told["suspended"].sum(axis=2), found["suspensions"])
    np.testing.assert_array_equal((told["is_member"] & ~told["attended"]).sum(axis=2), found["absent"])
    np.testing.assert_array_equal(told["frozen_dyads"].sum(axis=2), 2 * found["frozen_dyads"])
    nobody_leaves = found["exits"][lives] == 0
    owed = (together("arrears") / (2.0 * found["budget"][lives]))[nobody_leaves]
    np.testing.assert_allclose(owed, found["arrears_years"][lives][nobody_leaves], rtol=1e-5, atol=1e-7)


@pytest.mark.parametrize("design", DESIGNS)
def test_programmes_are_divided_among_the_areas(design: str) -> None:
    found = _by_period(design, "institution")
    lives = found["alive"]
    for mix in ("mix", "working_mix"):
        total = sum(found[name][lives].astype(np.float64) for name in found if name.startswith(f"{mix}."))
        np.testing.assert_allclose(total, 1.0, rtol=1e-6)


def test_the_director_comes_from_a_member_and_serves_a_term() -> None:
    scenario = load("reference-design")
    found = _by_period("reference-design", "institution")
    director, lives = found["director"], found["alive"]
    told = _by_period("reference-design", "member")["is_member"]
    is_member = np.take_along_axis(told, np.maximum(director, 0)[..., None].astype(np.int64), axis=2)[..., 0]
    assert is_member[lives].all()
    assert (director[~lives] == -1).all()
    term = scenario.control.director.term
    assert found["director_selected"][:, ::term][lives[:, ::term]].all()
    changes = director[:, 1:] != director[:, :-1]
    assert (found["director_selected"][:, 1:] >= (changes & lives[:, 1:])).all()


def test_a_place_in_the_queue_is_held_by_one_member() -> None:
    told = _by_period("reference-design", "member")
    stays = told["is_member"] & ~told["leaves"]
    dissolved = _by_period("reference-design", "institution")["dissolved"]
    for places, stay in zip(told["place_in_queue"][~dissolved], stays[~dissolved], strict=True):
        assert sorted(places[stay]) == list(range(stay.sum()))
        assert (places[~stay] == -1).all()


def test_items_are_settled_or_not() -> None:
    found = _by_period("pledges", "institution")
    assert (found["settled_items"] <= found["items"]).all()
    assert (found["crises_settled"] <= found["crisis_items"]).all()
    assert (found["crisis_items"] <= found["crises"]).all()
    assert not found["adopted"][:, ::2].any()  # no budget is voted under pledges
    assert found["adopted"][:, 1::2].any()
    assert (found["adopted"] <= found["settled"]).all()


# ---- files ----


def test_a_file_gives_back_every_value_to_the_bit() -> None:
    scenario = _unstable()
    for table, columns in _recorded("unstable").panel.items():
        read = pq.read_table(_file(dict(columns), scenario.codes))
        assert read.column_names == list(columns)
        assert read.equals(as_table(columns, scenario.codes))
        for column in TABLES[table]:
            if column.kind == "number":
                values = columns[column.name]
                np.testing.assert_array_equal(read[column.name].to_numpy(), values, column.name)
                assert read[column.name].null_count == np.isnan(values).sum()
                assert str(read.schema.field(column.name).type) == "float"
            told = {key.decode(): text.decode() for key, text in read.schema.field(column.name).metadata.items()}
            assert told == {"unit": column.unit, "meaning": column.meaning}


def test_states_and_areas_are_told_by_their_codes() -> None:
    scenario = load("a-la-carte").all_designs()[-1].with_(**{"scope.optout": "area"})
    block = run_block(scenario, 0, 20, 1, "full")
    institution = as_table(block.panel["institution"], scenario.codes).to_pandas()
    member = as_table(block.panel["member"], scenario.codes).to_pandas()
    assert list(member["member"][:3]) == list(scenario.codes)
    assert set(institution["director"].dropna()) == set(scenario.codes)
    assert set(member["opted_out"].dropna()) <= {"cp", "pk", "ha", "pb", "rd"}
    assert len(member["opted_out"].dropna())


def test_pages_bear_checksums_and_row_groups_say_which_runs_they_hold() -> None:
    columns = compute_block(Task(load("reference-design"), 0, 2100, 1, "core")).panel["core"]
    place = _file(dict(columns), ("CHN", "JPN", "KOR"))
    one_run = pq.read_table(place, filters=[("run", "==", 17)])
    assert one_run["period"].to_pylist() == list(range(60))
    file = pq.ParquetFile(place, page_checksum_verification=True)
    groups = [file.metadata.row_group(group).column(0).statistics for group in range(file.metadata.num_row_groups)]
    assert [(group.min, group.max) for group in groups] == [(0, 2047), (2048, 2099)]
    sound = place.getvalue()
    assert file.read().num_rows == 2100 * 60
    middle = len(sound) // 4
    damaged = sound[:middle] + bytes([sound[middle] ^ 1]) + sound[middle + 1 :]
    with pytest.raises(OSError):
        pq.ParquetFile(io.BytesIO(damaged), page_checksum_verification=True).read()


@pytest.mark.parametrize("design", DESIGNS)
def test_the_size_is_known_beforehand_within_a_quarter(design: str) -> None:
    scenario = DESIGNS[design]()
    runs = 1000 if design == "reference-design" else RUNS
    for kind in ("core", "full"):
        tables = _recorded(design, kind, runs).panel.values()
        size = sum(len(_file(dict(columns), scenario.codes).getvalue()) for columns in tables) / runs
        expected = bytes_a_run(kind, len(scenario.codes), scenario.world.horizon)
        if design != "unstable":  # of institutes that are gone there is little to tell
            assert 0.75 * expected < size < 1.25 * expected, kind
        else:
            assert size < expected, kind


def test_a_run_takes_less_than_its_target_on_disk() -> None:
    assert bytes_a_run("core", 3, 60) < 2400


# ---- the page ----


def test_the_page_about_panels_is_up_to_date() -> None:
    assert (ROOT / "docs" / "panel.md").read_text(encoding="utf-8") == page()


def test_the_page_names_every_column() -> None:
    text = page()
    for columns in TABLES.values():
        for column in columns:
            assert f"| `{column.name}` | {column.unit}" in text


def test_every_example_of_the_page_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    aiposim.simulate("geneva-2015", runs=30, seed=1, panel="core").save("results/geneva")
    examples = re.findall(r"```python\n(.*?)```", page(), re.DOTALL)
    assert len(examples) == 2
    for code in examples:
        namespace: dict[str, Any] = {"__name__": "example"}
        exec(compile(code, "panel.md", "exec"), namespace)
    assert list(namespace["one_run"]["run"].unique()) == [17]
    assert namespace["one_run"]["period"].is_monotonic_increasing
    quantiles = capsys.readouterr().out.splitlines()
    assert quantiles[0].split() == ["0.1", "0.5", "0.9"]
    assert len(quantiles) > 60 or "..." in "".join(quantiles)


def test_columns_that_the_page_calls_measures_are_measures() -> None:
    measures = set(families.names("measures"))
    assert {row["column"] for row in schema("core")} <= measures
