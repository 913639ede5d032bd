"""`aiposim power` at the command line, and what `aiposim scenarios` says of the Council."""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path
from typing import Any

import pytest

from aiposim.scenario import load
from commands.terminal import SOURCE, called, process, refused


def answer(*arguments: str) -> dict[str, Any]:
    result = called("power", *arguments, "--json")
    assert result.exit_code == 0, result.output
    read: dict[str, Any] = json.loads(result.stdout)
    return read


def test_designs_that_are_one_game_are_shown_once() -> None:
    result = called("power", "geneva-2015")
    assert result.exit_code == 0, result.output
    assert "6 designs, the same game." in result.stdout
    assert result.stdout.count("Voting power") == 1
    for words in ("equal", "voluntary", "can block", "all of China, Japan and Republic of Korea", "Reserved (key"):
        assert words in result.stdout


def test_different_games_are_counted_and_named() -> None:
    shown = called("power", "council-composition").stdout
    assert "8 designs, 4 different games." in shown
    assert shown.count("Voting power") == 4
    assert "7, of which 3 governments, 3 former officials and 1 NGO" in shown
    assert "Any 4 carry a motion" in shown.replace("\n", " ").replace("  ", " ")


def test_json_has_every_key_the_documentation_names() -> None:
    whole = answer("reference-design", "--set", "control.voting=majority")
    assert set(whole) == {"scenario", "year", "suspended", "games"}
    (game,) = whole["games"]
    assert set(game) == {
        "designs", "seats", "minimal_winning", "by_state", "by_seat", "governments", "suspensions",
    }  # fmt: skip
    (design,) = game["designs"]
    assert set(design) == {
        "name", "rule", "sentence", "terms", "chair", "chair_decides", "review_year", "key", "reserved",
    }  # fmt: skip
    assert design["terms"] == {"casting_vote": True}
    assert design["key"] == pytest.approx({"CHN": 0.4, "JPN": 0.4, "KOR": 0.2})
    indices = {"shapley_shubik", "banzhaf", "penrose_banzhaf", "blockers", "dictators", "dummies"}
    assert all(set(game[kind]) == indices for kind in ("by_state", "by_seat", "governments"))
    assert game["by_seat"]["shapley_shubik"]["CHN official"] == pytest.approx(1 / 7)
    assert game["by_state"]["dummies"] == ["the NGO"]
    assert {"governments": [], "other_seats": 4} in game["minimal_winning"]["by_seat"]
    assert ["CHN", "JPN"] in game["minimal_winning"]["by_state"]
    without_korea = game["suspensions"]["KOR"]["governments"]
    assert without_korea["dictators"] == ["JPN"]
    page = (Path(__file__).parents[2] / "docs" / "power.md").read_text(encoding="utf-8")
    for key in {*whole, *game, *design, *indices}:
        assert f"`{key}`" in page, key


def test_a_suspension_that_leaves_nobody_has_no_game() -> None:
    (game,) = answer("reference-design", "--suspended", "JPN", "--suspended", "CHN")["games"]
    assert game["suspensions"] == {"KOR": None}
    assert game["governments"]["dictators"] == ["KOR"]
    shown = called("power", "reference-design", "--suspended", "JPN", "--suspended", "CHN").stdout
    assert "Republic of Korea alone" in shown
    assert "Suspended: China and Japan" in shown


def test_year_and_chair_are_those_asked_for() -> None:
    arguments = ("rising-china", "--design", "un_scale, review=6", "--year", "2045", "--chair", "KOR")
    (game,) = answer(*arguments)["games"]
    (design,) = game["designs"]
    assert (design["chair"], design["review_year"]) == ("KOR", 2043)
    assert design["key"]["CHN"] > 0.7
    first = answer("rising-china", "--design", "un_scale, review=6")["games"][0]["designs"][0]
    assert (first["review_year"], first["chair"]) == (2016, "JPN")


def test_a_table_that_no_sanction_can_bring_about_says_so() -> None:
    never = called("power", "reference-design", "--set", "flexibility.sanction=none").stdout
    assert "No sanction here suspends a vote" in never
    assert "No sanction" not in called("power", "reference-design").stdout


@pytest.mark.parametrize("width", [30, 40, 80, 120])
@pytest.mark.parametrize("name", ["council-composition", "fourth-member", "rising-china"])
def test_the_tables_fit_the_terminal_and_break_no_word(name: str, width: int, monkeypatch: pytest.MonkeyPatch) -> None:
    def words(columns: int) -> tuple[str, set[str]]:
        monkeypatch.setenv("COLUMNS", str(columns))
        shown = called("power", name).stdout
        return shown, {word.strip(",:;.") for word in re.split(r"[\s/]+", shown)}

    shown, used = words(width)
    assert max(map(len, shown.splitlines())) <= width
    assert "…" not in shown
    assert used <= words(1000)[1] | {"-", "without"}


def test_on_a_terminal_too_narrow_for_the_table_the_indices_are_a_list(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    shown = " ".join(called("power", "reference-design").stdout.split())
    assert "- China: Shapley–Shubik 33.3%, Banzhaf 33.3%, absolute Banzhaf 25.0%; can block" in shown


def test_notes_stand_below_the_scale_of_assessments() -> None:
    shown = called("power", "geneva-2015").stdout
    lines = [line.rstrip() for line in shown.splitlines()]
    assert "voluntary: pledges as at the foundation." in lines
    assert "benefit: the key if valuations are reported truly." in lines
    assert lines.index("voluntary: pledges as at the foundation.") < lines.index("Who carries a motion")


@pytest.mark.parametrize("option", ["--chair", "--suspended"])
def test_designs_of_which_a_state_is_no_member_are_left_out_by_name(option: str) -> None:
    result = called("power", "fourth-member", option, "MNG", "--json")
    assert result.exit_code == 0, result.output
    names = [design["name"] for game in json.loads(result.stdout)["games"] for design in game["designs"]]
    everybody = [each.name for each in load("fourth-member").all_designs() if "MNG" in each.codes]
    assert sorted(names) == sorted(everybody)
    assert result.stderr.startswith("Left out, since MNG is no member: JPN+CHN+KOR, unanimity; ")
    assert called("power", "fourth-member", option, "KOR").stderr == ""


def test_a_suspended_chair_breaks_no_ties_and_the_command_says_so() -> None:
    asked = ("power", "reference-design", "--set", "control.voting=majority", "--suspended", "KOR")
    assert "Ties fail: the chair, Republic of Korea, is suspended" in called(*asked, "--chair", "KOR").stdout
    assert "Ties fail" not in called(*asked, "--chair", "CHN").stdout
    assert "Ties fail" not in called(*asked, "--chair", "KOR", "--set", "control.voting.casting_vote=false").stdout


def test_a_quota_in_a_file_is_answered_with_the_keys_that_set_what_carries_a_motion(tmp_path: Path) -> None:
    file = tmp_path / "mine.yaml"
    file.write_text("membership: {members: [JPN, CHN, KOR]}\ncontrol: {voting: {rule: qmv, quota: 0.6}}\n")
    said = refused("power", str(file))
    assert "control.voting has no key 'quota'. What carries a motion is set by control.voting.qualified_share" in said


def test_the_same_setting_given_twice_with_one_value_is_no_contradiction() -> None:
    majority = ("--set", "control.voting=majority")
    assert answer("reference-design", *majority, *majority) == answer("reference-design", *majority)


def test_a_voting_rule_of_ones_own_is_read_from_its_file(tmp_path: Path) -> None:
    text = (SOURCE / "aiposim" / "rules" / "voting" / "consensus.py").read_text(encoding="utf-8")
    own = tmp_path / "nobody_objects.py"
    own.write_text(text.replace("def consensus(", "def nobody_objects("), encoding="utf-8")
    asked = ("reference-design", "--rules", str(own), "--set", "control.voting=nobody_objects")
    (game,) = answer(*asked)["games"]
    assert game["designs"][0]["rule"] == "nobody_objects"
    (same,) = answer("reference-design", "--set", "control.voting=consensus")["games"]
    assert game["by_state"] == same["by_state"]
    assert "nobody_objects" in refused("power", "reference-design", "--set", "control.voting=nobody_objects")


@pytest.mark.parametrize(
    ("arguments", "wrong"),
    [
        (["reference-desing"], "Did you mean 'reference-design'?"),
        (["reference-design", "--chair", "JPM"], "'JPM' is not a member of reference-design (did you mean 'JPN'?)"),
        (["reference-design", "--suspended", "MNG"], "'MNG' is not a member of reference-design: there are CHN, JPN"),
        (["reference-design", "--chair", "chn"], "'chn' is not a member of reference-design (did you mean 'CHN'?)"),
        (["reference-design", "--chair", ""], "'' is not a member of reference-design: there are CHN, JPN, KOR"),
        (["fourth-member", "--chair", "MNX"], "'MNX' is not a member of"),
        (["reference-design", "--suspended", "KOR,CHN"], "write --suspended KOR --suspended CHN."),
        (
            ["reference-design", "--set", "control.voting=majority", "--set", "control.voting=unanimity"],
            "control.voting is set twice, to majority and to unanimity; set it once.",
        ),
        (["reference-design", "--set", "control.voting.quota=0.6"], "set by control.voting.qualified_share (qmv"),
        (["reference-design", "--set", "control.voting.threshold=0.6"], "or control.voting.weighted_share (weighted"),
        (["reference-design", "--set", "control.voting.quorum=3"], "The quorum is no setting"),
        (["reference-design", "--year", "2046"], "2046 lies outside the years of reference-design, 2016 to 2045."),
        (["geneva-2015", "--design", "equl"], "geneva-2015 has no design 'equl' (did you mean 'equal'?)"),
        (["reference-design", "--set", "control.voting=majorty"], "Did you mean 'majority'?"),
        (
            ["reference-design", "--suspended", "JPN", "--suspended", "CHN", "--suspended", "KOR"],
            "Every member is suspended, so that nobody is on the roll and nothing can be carried.",
        ),
    ],
)
def test_a_wrong_question_is_one_clear_line(arguments: list[str], wrong: str) -> None:
    said = refused("power", *arguments)
    assert wrong in said
    assert len(said.strip().splitlines()) == 1


def test_it_is_a_command_of_the_program(tmp_path: Path) -> None:
    done = process("power", "reference-design", folder=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert "Who carries a motion" in done.stdout
    assert list(tmp_path.iterdir()) == []


def test_showing_a_scenario_says_who_carries_a_motion() -> None:
    shown = called("scenarios", "council-composition").stdout
    assert "The Council in 2016, everybody present:" in shown
    assert "By state: China + Japan; China + Republic of Korea; Japan + Republic of Korea." in shown
    assert shown.count("Shapley–Shubik by state") == 4
    games = json.loads(called("scenarios", "council-composition", "--json").stdout)["games"]
    assert sum(len(game["designs"]) for game in games) == len(load("council-composition").all_designs())
    assert games == answer("council-composition")["games"]


def test_every_example_of_the_documentation_runs() -> None:
    page = (Path(__file__).parents[2] / "docs" / "power.md").read_text(encoding="utf-8")
    (shell,) = re.findall(r"```sh\n(.*?)```", page, re.DOTALL)
    commands = [shlex.split(line, comments=True) for line in shell.splitlines()]
    assert len(commands) == 4
    for program, *arguments in commands:
        assert program == "aiposim"
        assert called(*arguments).exit_code == 0, arguments
    (code,) = re.findall(r"```python\n(.*?)```", page, re.DOTALL)
    exec(compile(code, "power.md", "exec"), {})
