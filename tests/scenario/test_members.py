"""Members and pairs: shipped ones, files of one's own, overrides, and what they lack."""

from __future__ import annotations

from pathlib import Path

import pytest

from aiposim.scenario import ScenarioError, load, shipped_members
from aiposim.scenario.catalogue import member_file


def own_member(folder: Path, code: str = "XYZ", luck: int = 900) -> Path:
    text = member_file("KOR").read_text(encoding="utf-8")
    text = text.replace("code: KOR", f"code: {code}").replace("luck: 410", f"luck: {luck}")
    file = folder / f"{code}.yaml"
    file.write_text(text, encoding="utf-8")
    return file


PAIRS = """\
  pairs:
    JPN-XYZ: {prior_trust: 0.5, incident_rate: 0.1, major_share: 0.2}
    XYZ-CHN:
      prior_trust: {value: 0.4, unit: probability, source: guess}
      incident_rate: 0.1
      major_share: 0.2
"""


def test_members_stand_in_the_order_of_their_codes_and_turns_as_written() -> None:
    scenario = load("reference-design")
    assert scenario.codes == ("CHN", "JPN", "KOR")
    assert scenario.membership.members == scenario.queue == ("JPN", "CHN", "KOR")
    assert list(scenario.pairs) == [("CHN", "JPN"), ("CHN", "KOR"), ("JPN", "KOR")]


def test_the_figures_of_the_members_are_those_of_2015() -> None:
    china, japan, korea = load("reference-design").members
    assert (china.luck, japan.luck, korea.luck) == (156, 392, 410)
    assert china.gni[2015] == 11061.6
    assert list(japan.gni) == list(range(2007, 2016))
    assert sum(each.revealed_interest for each in (china, japan, korea)) == pytest.approx(1)
    assert (japan.ideal_mix.ha, japan.ideal_mix[2]) == (0.30, 0.30)
    assert china.permanent_member
    assert not japan.permanent_member
    assert korea.names.ko == "대한민국"


def test_an_override_changes_one_figure_and_keeps_the_rest() -> None:
    designs = load("five-principles").all_designs()
    assert [each.members[1].robustness_cap for each in designs] == [0.40, 0.55, 0.70, 0.40]
    assert len({each.members[1].roster for each in designs}) == 1


def test_a_state_of_ones_own_joins(tmp_path: Path) -> None:
    own_member(tmp_path)
    file = tmp_path / "mine.yaml"
    file.write_text(f"membership:\n  members: [JPN, CHN, ./XYZ.yaml]\n{PAIRS}", encoding="utf-8")
    scenario = load(file)
    assert scenario.codes == ("CHN", "JPN", "XYZ")
    assert scenario.membership.members == ("JPN", "CHN", "XYZ")
    assert scenario.pairs["CHN", "XYZ"].prior_trust == 0.4
    keys = {each.key for each in scenario.warnings}
    assert "membership.pairs.JPN-XYZ.prior_trust" in keys
    assert "membership.pairs.XYZ-CHN.prior_trust" not in keys


def test_a_missing_pair_is_named(tmp_path: Path) -> None:
    own_member(tmp_path)
    file = tmp_path / "mine.yaml"
    file.write_text("title: x\nmembership:\n  members: [JPN, CHN, ./XYZ.yaml]\n", encoding="utf-8")
    with pytest.raises(ScenarioError) as caught:
        load(file)
    found = [(each.key, each.line) for each in caught.value.problems]
    assert found == [("membership.pairs.CHN-XYZ", 2), ("membership.pairs.JPN-XYZ", 2)]


def test_two_members_with_the_same_luck_are_refused(tmp_path: Path) -> None:
    own_member(tmp_path, luck=392)
    file = tmp_path / "mine.yaml"
    file.write_text(f"membership:\n  members: [JPN, CHN, ./XYZ.yaml]\n{PAIRS}", encoding="utf-8")
    with pytest.raises(ScenarioError, match="same luck, 392") as caught:
        load(file)
    (fault,) = [each for each in caught.value.problems if each.severity == "error"]
    assert (Path(fault.file).name, fault.key, fault.line) == ("XYZ.yaml", "luck", 4)


def test_a_fault_in_a_member_file_is_told_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    text = own_member(tmp_path).read_text(encoding="utf-8")
    text = text.replace("hawkishness:\n  value: 0.33", "hawkishnes:\n  value: 0.33")
    (tmp_path / "XYZ.yaml").write_text(text, encoding="utf-8")
    file = tmp_path / "mine.yaml"
    file.write_text(f"membership:\n  members: [JPN, CHN, ./XYZ.yaml]\n{PAIRS}", encoding="utf-8")
    with pytest.raises(ScenarioError) as caught:
        load(file)
    faults = {each.key: each for each in caught.value.problems if each.severity == "error"}
    line = text.splitlines().index("hawkishnes:") + 1
    assert set(faults) == {"hawkishnes", "hawkishness"}
    assert (faults["hawkishnes"].file, faults["hawkishnes"].line) == ("XYZ.yaml", line)
    assert "Did you mean 'hawkishness'?" in faults["hawkishnes"].message
    assert "missing" in faults["hawkishness"].message


def test_a_bare_figure_is_read_with_a_warning_in_a_file_and_without_in_python(tmp_path: Path) -> None:
    file = tmp_path / "mine.yaml"
    file.write_text("membership:\n  overrides:\n    JPN: {roster: 300}\n", encoding="utf-8")
    (warning,) = load(file).warnings
    assert (warning.severity, warning.key, warning.line) == ("warning", "membership.overrides.JPN.roster", 3)
    assert "no source" in warning.message
    assert load("reference-design").with_(**{"membership.overrides.JPN.roster": 300}).warnings == ()


@pytest.mark.parametrize("code", shipped_members())
def test_every_figure_of_a_shipped_member_has_unit_and_source(code: str) -> None:
    others = [each for each in ("JPN", "CHN", "KOR") if each != code][:2]
    scenario = load("reference-design").with_(**{"membership.members": [code, *others], "membership.host": code})
    assert [each for each in scenario.warnings if "source" in each.message] == []


def test_income_must_cover_what_the_first_key_reads() -> None:
    reference = load("reference-design")
    with pytest.raises(ScenarioError, match="none of the years"):
        reference.with_(**{"world.start": 2016, "membership.overrides.JPN.gni": _only(2015)})
    with pytest.raises(ScenarioError, match="lacks 2015"):
        reference.with_(**{"membership.overrides.JPN.gni": _only(2014)})


def _only(year: int) -> dict[int, float | None]:
    """An income of one year; the other years of the shipped file are taken out."""
    return {each: 5000.0 if each == year else None for each in range(2007, 2016)}
