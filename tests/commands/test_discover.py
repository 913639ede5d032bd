"""`aiposim discover` at the command line."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from aiposim.study.discovery import Discovery, discover
from aiposim.study.sweep_folder import open_sweep, save
from commands.terminal import called, refused

SMALL = ("--points", "60", "--runs", "5", "--over", "incidents.scale", "--over", "council.noise")


def test_a_box_is_said_in_words_written_and_read_again(tmp_path: Path) -> None:
    """With two assumptions varied, trust fails where there are many incidents."""
    out = tmp_path / "out"
    asked = ("--outcome", "trust", "--threshold", "0.45")
    result = called("discover", "reference-design", *asked, *SMALL, "--out", str(out))
    assert result.exit_code == 0, result.output
    assert "Latin hypercube: 60 points × 5 runs = 300 runs." in result.stderr
    text = " ".join(result.stdout.split())
    assert "(trust among members below 0.45) with incidents against the record above 0.99." in text
    assert "quasi-p-value" in text
    names = {path.name for path in out.iterdir()}
    assert names == {"manifest.json", "boxes.parquet", "trajectories.parquet", "cases.parquet", "report.html"}
    boxes = pd.read_parquet(out / "boxes.parquet")
    assert boxes["key"].tolist() == ["world.incidents.scale"]
    assert boxes["density"].iloc[0] >= 0.8
    cases = pd.read_parquet(out / "cases.parquet")
    inside = cases["world.incidents.scale"] > boxes["at"].iloc[0]
    assert cases.loc[inside, "hit"].mean() == boxes["density"].iloc[0]
    assert cases.loc[inside, "hit"].sum() / cases["hit"].sum() == boxes["coverage"].iloc[0]
    page = (out / "report.html").read_text(encoding="utf-8")
    assert page.count("<svg") == 2
    assert "http" not in page
    found = open_sweep(out)
    assert isinstance(found, Discovery)
    pd.testing.assert_frame_equal(found.boxes, boxes)
    (out / "report.html").unlink()
    assert called("report", str(out)).exit_code == 0
    assert (out / "report.html").read_text(encoding="utf-8") == page


def test_json_has_boxes_with_their_words() -> None:
    result = called("discover", "reference-design", "--outcome", "trust", "--threshold", "0.45", *SMALL, "--json")
    assert result.exit_code == 0, result.output
    answer = json.loads(result.stdout)
    (box, *_) = answer["boxes"]
    assert box["words"].startswith("Fails (trust")
    assert box["limits"][0]["side"] == "above"
    assert answer["side"] == "below"  # where less of it is worse
    assert answer["cases"] == 60


def test_a_threshold_that_nothing_crosses_finds_nothing_and_says_so() -> None:
    result = called("discover", "reference-design", "--outcome", "trust", "--threshold", "0", *SMALL, "--json")
    assert result.exit_code == 0
    assert json.loads(result.stdout)["boxes"] == []
    arguments = ("--outcome", "trust", "--threshold", "1", "--above", *SMALL)
    result = called("discover", "reference-design", *arguments, "--json")
    assert json.loads(result.stdout)["hits"] == 0


def test_a_design_is_looked_at_against_another() -> None:
    found = discover(
        "geneva-2015", "welfare.KOR", 0.0, design="gni", against="equal", points=50, runs=5,
        over=["JPN.revealed_interest", "KOR.revealed_interest"],
    )  # fmt: skip
    assert found.against is not None
    assert (found.design.name, found.against.name) == ("geneva-2015: gni", "geneva-2015: equal")
    assert len(found.values) == 50
    assert np.ptp(found.values) > 0.0
    assert (found.hits == (found.values < 0.0)).all()


def test_what_was_computed_in_python_can_be_kept(tmp_path: Path) -> None:
    found = discover("reference-design", "trust", 0.45, points=50, runs=5, over=["incidents.scale"])
    save(found, tmp_path / "kept")
    again = open_sweep(tmp_path / "kept")
    assert isinstance(again, Discovery)
    pd.testing.assert_frame_equal(again.boxes, found.boxes)
    with pytest.raises(FileExistsError):
        save(found, tmp_path / "kept")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--outcome", "welfare"), "one outcome at a time: welfare.CHN"),
        (("--outcome", "budget"), "say above or below"),
        (("--outcome", "trust", "--threshold", "nan"), "the threshold is a number, not nan"),
        (("--outcome", "trst"), "did you mean 'trust'"),
        (("--outcome", "trust", "--design", "gni", "--against", "gni"), "cannot be compared with itself"),
        (("--outcome", "trust", "--against", "nothing"), "has no design 'nothing'"),
        (("--outcome", "trust", "--over", "noise", "--over", "noise"), "named twice"),
    ],
)
def test_what_is_wrong_is_one_line_and_nothing_is_written(
    arguments: tuple[str, ...], said: str, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    threshold = () if "--threshold" in arguments else ("--threshold", "0.4")
    assert said in refused("discover", "geneva-2015", *arguments, *threshold, "--out", str(out))
    assert not out.exists()
