"""A figure draws what the table says, with units, and keeps all it writes on the sheet and apart."""

from __future__ import annotations

import itertools
from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.collections import PolyCollection
from matplotlib.figure import Figure
from matplotlib.text import Text
from matplotlib.transforms import Bbox

from aiposim.figures._style import looks
from aiposim.figures.budget_by_design import budget_by_design
from aiposim.figures.burden_and_benefit import burden_and_benefit
from aiposim.figures.council_timeline import council_timeline
from aiposim.figures.delivery_by_area import delivery_by_area
from aiposim.figures.fan_chart import fan_chart
from aiposim.figures.lorenz_curve import lorenz_curve
from aiposim.figures.outcomes_at_a_glance import outcomes_at_a_glance
from aiposim.figures.outcomes_by_design import outcomes_by_design
from aiposim.figures.trust_network import trust_network
from aiposim.figures.welfare_by_member import welfare_by_member
from aiposim.measures import PARTS
from aiposim.report.comparison_figures import DRAWN_BY_DESIGN
from aiposim.report.figure_tables import trust_by_year
from aiposim.report.run_figures import FANS
from report.tables import WORDS, bands, burdens, events, lorenz, outcomes, places, welfare

AREAS = [f"delivery.{area}" for area in ("cp", "pk", "ha", "pb", "rd")]
CODES = ("CHN", "JPN", "KOR")
DESIGNS = ["equal", "gni", "un_scale", "JPN+CHN+KOR+MNG, consensus-1", "no delegation", "benefit", "voluntary"]


def _budgets(designs: list[str]) -> pd.DataFrame:
    return pd.concat([bands(["budget"]).assign(design=design) for design in designs])


def _four() -> pd.DataFrame:
    return events().assign(**{"trust.CHN-MNG": 0.7, "trust.JPN-MNG": 0.4, "trust.KOR-MNG": 0.6})


FIGURES: dict[str, Callable[[], Figure]] = {
    **{measure: lambda measure=measure: fan_chart(bands([measure]), measure, WORDS) for measure in FANS},
    "budget with a run": lambda: fan_chart(bands(["budget"]), "budget", WORDS, events()),
    "lorenz of one": lambda: lorenz_curve(lorenz(DESIGNS[:1]), DESIGNS[:1], WORDS),
    "lorenz": lambda: lorenz_curve(lorenz(DESIGNS), DESIGNS[:6], WORDS),
    "glance": lambda: outcomes_at_a_glance(places(DRAWN_BY_DESIGN, DESIGNS), DESIGNS[:6], WORDS),
    "trust network": lambda: trust_network(trust_by_year(events()), WORDS),
    "trust network of four": lambda: trust_network(trust_by_year(_four()), WORDS),
    "delivery": lambda: delivery_by_area(bands(AREAS), WORDS),
    "burden": lambda: burden_and_benefit(burdens(), WORDS),
    "burden of four": lambda: burden_and_benefit(burdens((*CODES, "MNG")), WORDS),
    "timeline": lambda: council_timeline(events(), CODES, WORDS),
    "timeline of four": lambda: council_timeline(events(), (*CODES, "MNG"), WORDS),
    "timeline of two years": lambda: council_timeline(events(4), CODES, WORDS),
    "outcomes": lambda: outcomes_by_design(outcomes(DRAWN_BY_DESIGN, DESIGNS), DRAWN_BY_DESIGN, WORDS),
    "outcomes of two": lambda: outcomes_by_design(outcomes(DRAWN_BY_DESIGN, DESIGNS[:2]), DRAWN_BY_DESIGN, WORDS),
    "welfare": lambda: welfare_by_member(welfare(CODES, DESIGNS), WORDS),
    "welfare of four": lambda: welfare_by_member(welfare((*CODES, "MNG"), DESIGNS), WORDS),
    "budgets": lambda: budget_by_design(_budgets(DESIGNS), WORDS),
    "budgets of two": lambda: budget_by_design(_budgets(DESIGNS[:2]), WORDS),
}


def _drawn(figure: Figure) -> Figure:
    FigureCanvasAgg(figure).draw()
    return figure


def _writing(figure: Figure) -> list[tuple[str, Bbox]]:
    """What is written on a figure, and where, in pixels."""
    renderer = FigureCanvasAgg(figure).get_renderer()
    left_out = _ticks_beyond_the_ends(figure)
    return [
        (text.get_text(), text.get_window_extent(renderer))
        for text in figure.findobj(Text)
        if isinstance(text, Text) and text.get_text().strip() and text.get_visible() and text not in left_out
    ]


def _ticks_beyond_the_ends(figure: Figure) -> list[Text]:
    """An axis has ticks outside what it shows; they are not drawn."""
    found: list[Text] = []
    for axis in (axis for axes in figure.axes for axis in (axes.xaxis, axes.yaxis)):
        low, high = sorted(axis.get_view_interval())
        for tick in axis.get_major_ticks():
            if not (low - 1e-9 <= tick.get_loc() <= high + 1e-9) or not tick.get_visible():
                found += [tick.label1, tick.label2]
    return found


def outside(figure: Figure) -> list[str]:
    """What is written beyond the edge of the sheet."""
    sheet = figure.bbox
    return [
        text
        for text, box in _writing(figure)
        if box.x0 < -0.5 or box.y0 < -0.5 or box.x1 > sheet.x1 + 0.5 or box.y1 > sheet.y1 + 0.5
    ]


def over_each_other(figure: Figure) -> list[tuple[str, str]]:
    return [
        (one, other)
        for (one, box), (other, another) in itertools.combinations(_writing(figure), 2)
        if box.shrunk(0.95, 0.8).overlaps(another.shrunk(0.95, 0.8))
    ]


@pytest.mark.parametrize("name", FIGURES)
def test_all_that_is_written_is_on_the_sheet(name: str) -> None:
    assert outside(_drawn(FIGURES[name]())) == []


@pytest.mark.parametrize("name", FIGURES)
def test_nothing_is_written_over_anything_else(name: str) -> None:
    assert over_each_other(_drawn(FIGURES[name]())) == []


@pytest.mark.parametrize("name", FIGURES)
def test_every_figure_says_its_units(name: str) -> None:
    written = " ".join(text for text, _ in _writing(_drawn(FIGURES[name]()))).replace("\n", " ")
    units = {
        "budget": "M US$ per half-year", "budgets": "M US$ per half-year", "budgets of two": "M US$ per half-year",
        "timely_collection_rate": "share of dues", "trust": "0 to 1", "response_days": "days",
        "delivery": "M US$ per half-year", "timeline": "M US$ per half-year",
        "burden": "share of all payments", "burden of four": "share of all payments",
        "outcomes": "states per run", "outcomes of two": "share of items",
        "budget with a run": "M US$ per half-year", "lorenz": "cumulated share", "lorenz of one": "cumulated share",
        "glance": "worst mean", "trust network": "trust 0.20", "trust network of four": "trust 0.20",
        "welfare": "M US$, discounted", "welfare of four": "M US$, discounted",
    }  # fmt: skip
    assert units.get(name, "year") in written


def _line(axes: Axes, label: str) -> np.ndarray:
    (line,) = (line for line in axes.get_lines() if line.get_label() == label)
    return np.asarray(line.get_xydata())


def _edges(axes: Axes, label: str) -> np.ndarray:
    (band,) = (band for band in axes.collections if isinstance(band, PolyCollection) and band.get_label() == label)
    return np.asarray(band.get_paths()[0].vertices)


@pytest.mark.parametrize("measure", FANS)
def test_a_fan_draws_the_bands_of_its_measure(measure: str) -> None:
    both = bands([measure, "exits"] if measure != "exits" else [measure, "trust"])
    table = both[both["measure"] == measure].reset_index(drop=True)
    (axes,) = fan_chart(both, measure, WORDS).axes
    assert np.array_equal(_line(axes, "median")[:, 1], table["q50"])
    assert np.array_equal(_line(axes, "mean")[:, 1], table["mean"])
    assert np.array_equal(_line(axes, "median")[:, 0], 2016 + np.arange(60) / 2)
    for label, low, high in (("outer", "q05", "q95"), ("inner", "q25", "q75")):
        assert set(table[low]) | set(table[high]) <= set(_edges(axes, label)[:, 1])


def test_the_course_of_a_run_lies_upon_its_fan_where_it_is_known() -> None:
    story = events()
    (axes,) = fan_chart(bands(["budget"]), "budget", WORDS, story).axes
    assert np.array_equal(_line(axes, "run")[:, 1], story["budget"])
    (axes,) = fan_chart(bands(["women_share"]), "women_share", WORDS, story).axes
    assert "run" not in [line.get_label() for line in axes.get_lines()]


def test_a_half_year_between_gaps_is_a_point_of_the_run() -> None:
    story = events()
    (axes,) = fan_chart(bands(["response_days"]), "response_days", WORDS, story).axes
    (points,) = (line for line in axes.get_lines() if line.get_linestyle() == "None")
    assert list(points.get_ydata()) == list(story["response_days"].dropna())


def test_the_lorenz_curves_of_some_designs_have_a_colour_and_the_others_are_grey() -> None:
    table = lorenz(DESIGNS)
    figure = lorenz_curve(table, DESIGNS[:6], WORDS)
    named = {str(line.get_label()): line for line in figure.axes[0].get_lines() if line.get_label() in DESIGNS}
    assert set(named) == set(DESIGNS)
    for design, line in named.items():
        assert np.array_equal(line.get_ydata(), table[table["design"] == design]["payments"])
    assert len({str(named[design].get_color()) for design in DESIGNS[:6]}) == 6
    assert len({str(named[design].get_marker()) for design in DESIGNS[:6]}) == 6, "not by colour alone"
    assert [text.get_text() for text in figure.legends[0].get_texts()][-2] == "other designs"


def test_a_design_has_its_colour_in_every_figure_even_where_another_is_missing() -> None:
    curves = lorenz_curve(lorenz(DESIGNS[:3]), DESIGNS[:3], WORDS).axes[0].get_lines()
    dots = (
        outcomes_at_a_glance(places(DRAWN_BY_DESIGN, [DESIGNS[0], DESIGNS[2]]), DESIGNS[:3], WORDS).axes[0].get_lines()
    )
    (curve,) = (line for line in curves if line.get_label() == DESIGNS[2])
    assert {line.get_color() for line in dots if line.get_label() == DESIGNS[2]} == {curve.get_color()}


def test_at_a_glance_each_dot_stands_at_its_place_and_is_hollow_where_nothing_is_clear() -> None:
    table = places(DRAWN_BY_DESIGN, DESIGNS)
    (axes,) = outcomes_at_a_glance(table, DESIGNS[:6], WORDS).axes
    for design in DESIGNS:
        dots = [line for line in axes.get_lines() if line.get_label() == design]
        drawn = np.concatenate([np.asarray(line.get_xydata()) for line in dots])
        assert set(drawn[:, 0]) == set(table[table["design"] == design]["place"])
        assert sorted(np.round(drawn[:, 1])) == list(range(len(DRAWN_BY_DESIGN)))
        hollow = [line for line in dots if line.get_markerfacecolor() == "white"]
        assert [len(np.asarray(line.get_xdata())) for line in hollow] == [2]


def test_means_that_round_alike_are_written_apart() -> None:
    table = places(["nationality_bias"], ["equal", "gni"])
    table["mean"] = [0.00412, 0.00415]
    (axes,) = outcomes_at_a_glance(table, ["equal", "gni"], WORDS).axes
    (beside,) = axes.child_axes
    assert [label.get_text() for label in beside.get_yticklabels()] == ["0.0041 to 0.0042"]


def test_the_network_of_trust_is_wide_where_trust_is_high_and_dashed_where_it_is_frozen() -> None:
    table = trust_by_year(events())
    figure = trust_network(table, WORDS)
    assert [axes.get_title(loc="left") for axes in figure.axes] == ["2016", "2026", "2035", "2045"]
    for axes, (_, rows) in zip(figure.axes, table.groupby("year"), strict=True):
        lines = {str(line.get_label()): line for line in axes.get_lines() if "-" in str(line.get_label())}
        known = rows.dropna(subset="trust")
        assert set(lines) == set(known["one"] + "-" + known["other"])
        widths = [lines[f"{row.one}-{row.other}"].get_linewidth() for row in known.itertuples()]
        assert np.allclose(np.array(widths) / widths[0], known["trust"] / known["trust"].iloc[0])
        dashed = {label for label, line in lines.items() if line.get_linestyle() == "--"}
        assert dashed == set((known["one"] + "-" + known["other"])[known["frozen"]])
    written = " ".join(text.get_text() for text in figure.axes[-1].texts)
    assert "Republic of\nKorea (left)" in written


def test_a_period_in_which_nothing_is_defined_is_a_gap() -> None:
    table = bands(["response_days"])
    table.loc[20:24, ["mean", "q05", "q25", "q50", "q75", "q95"]] = np.nan
    (axes,) = _drawn(fan_chart(table, "response_days", WORDS)).axes
    assert np.isnan(_line(axes, "median")[20:25, 1]).all()
    (outer,) = (band for band in axes.collections if band.get_label() == "outer")
    assert len(outer.get_paths()) == 2


def test_the_five_areas_share_one_scale() -> None:
    table = bands(AREAS)
    figure = delivery_by_area(table, WORDS)
    assert len({axes.get_ylim() for axes in figure.axes}) == 1
    assert figure.axes[0].get_ylim()[0] == 0.0
    for axes, area in zip(figure.axes, AREAS, strict=True):
        assert np.array_equal(_line(axes, "median")[:, 1], table[table["measure"] == area]["q50"])
        title = axes.get_title(loc="left").replace("\n", " ")
        assert title.lower() == PARTS[area.removeprefix("delivery.")]


def test_burden_and_benefit_stand_where_the_table_says() -> None:
    table = burdens()
    (axes,) = burden_and_benefit(table, WORDS).axes
    for name in ("burden", "benefit"):
        assert np.array_equal(_line(axes, name)[:, 0], table[name])
    assert [label.get_text() for label in axes.get_yticklabels()] == ["China", "Japan", "Republic of Korea"]


def test_the_timeline_shows_each_term_decision_and_exit_once() -> None:
    table = events()
    budget, lanes = council_timeline(table, CODES, WORDS).axes
    spans = [text.get_text() for text in lanes.texts]
    assert spans == ["Japan", "China", "Republic of Korea", "Japan", "China", "Japan"]
    points = [line.get_xydata() for line in lanes.get_lines() if line.get_linestyle() == "None"]
    drawn = np.concatenate([np.asarray(point) for point in points if len(np.asarray(point))])

    def in_lane(lane: float) -> int:
        return int((np.abs(drawn[:, 1] - lane) < 0.45).sum())

    assert in_lane(1) == int((table["budget_outcome"] != "none").sum())
    assert in_lane(2) == int((table["programme_outcome"] != "none").sum())
    assert in_lane(3) == int(table["crises"].sum())
    assert in_lane(4) == int(table["incidents"].sum() + (table["major"] > table["incidents"]).sum())
    assert in_lane(6) == int(table["absent"].str.contains("CHN").sum())
    assert in_lane(8) == int(table["absent"].str.contains("KOR").sum()) + 1  # it leaves
    (exit_place,) = drawn[(drawn[:, 1] == 8)][:, 0]
    assert exit_place == 2016 + 49 / 2 + 0.5
    (steps,) = budget.patches
    assert np.array_equal(steps.get_data().values, table["budget"])  # type: ignore[attr-defined]


def test_outcomes_by_design_draws_means_and_intervals() -> None:
    table = outcomes(DRAWN_BY_DESIGN, DESIGNS)
    figure = outcomes_by_design(table, DRAWN_BY_DESIGN, WORDS)
    assert len(figure.axes) == len(DRAWN_BY_DESIGN)
    for axes, measure in zip(figure.axes, DRAWN_BY_DESIGN, strict=True):
        rows = table[table["measure"] == measure]
        points = [line.get_xydata() for line in axes.get_lines() if line.get_linestyle() == "None"]
        assert np.array_equal(np.concatenate([np.asarray(p) for p in points])[:, 0], rows["mean"])
        ends = [segment[:, 0] for lines in axes.collections for segment in lines.get_segments()]  # type: ignore[attr-defined]
        assert np.array_equal(np.array(ends), rows[["left", "right"]])


def test_gains_and_losses_differ_in_more_than_colour() -> None:
    table = welfare(CODES, DESIGNS)
    figure = welfare_by_member(table, WORDS)
    assert [axes.get_title(loc="left") for axes in figure.axes] == ["China", "Japan", "Republic of Korea"]
    for axes, code in zip(figure.axes, CODES, strict=True):
        rows = table[table["member"] == code]
        lines = [line for line in axes.get_lines() if line.get_linestyle() == "None"]
        assert [np.asarray(line.get_xdata())[0] for line in lines] == rows["difference"].to_list()
        markers = dict(zip(rows["verdict"], (line.get_marker() for line in lines), strict=True))
        assert len(set(markers.values())) == len(markers)
        written = [text.get_text() for text in axes.texts]
        assert written == [WORDS.difference(x, "welfare") for x in rows["difference"][1:]]


def test_a_member_of_later_designs_only_has_an_empty_panel_that_says_so() -> None:
    table = welfare((*CODES, "MNG"), DESIGNS[:3])
    table.loc[table["member"] == "MNG", ["difference", "low", "high"]] = np.nan
    panel = welfare_by_member(table, WORDS).axes[-1]
    assert [text.get_text().replace("\n", " ") for text in panel.texts] == ["no member in the first design"]


def test_states_look_the_same_in_every_figure_and_differ_from_each_other() -> None:
    three, four = looks(CODES), looks((*CODES, "MNG"))
    assert all(three[code] == four[code] for code in CODES)
    assert len({look.colour for look in four.values()}) == len({look.marker for look in four.values()}) == 4


def test_figures_never_use_pyplot() -> None:
    import subprocess
    import sys

    program = "import sys, aiposim.report.pages; print('matplotlib.pyplot' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
