"""Two results that differ: what went into them is listed, and each difference is tried alone."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest

from aiposim import families
from aiposim.results.inputs import changed_keys
from aiposim.results.study import Study
from aiposim.study.differences import EXPLAINS, MOVES, NOT_TRIED, NOTHING, Difference, Explanation
from aiposim.study.experiments import changed, rules_of, why_different
from results.folders import design, kept, rewritten, rows_file, tell

BY_HEADS = '''"""By heads.

Source: a test.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Terms:
    """No numbers."""


def by_heads(members, terms):
    """Shares of the members' population to some power."""
    weight = members.population ** POWER
    return weight / weight.sum()


POWER = {power}
'''


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Study:
    return kept(tmp_path_factory.mktemp("first") / "a")


def verdicts(found: Explanation) -> dict[str, str]:
    return {each.name: each.verdict for each in found.differences}


def one(found: Explanation, name: str) -> Difference:
    (difference,) = (each for each in found.differences if each.name == name)
    return difference


def test_a_rule_that_is_another_explains_it_alone_and_a_title_moves_nothing(first: Study, tmp_path: Path) -> None:
    other = kept(tmp_path / "b", design(**{"control.voting.rule": "majority", "title": "Another"}))
    found = why_different(first, other, runs=12)
    assert not found.same
    assert verdicts(found) == {"title": NOTHING, "control.voting.rule": EXPLAINS}
    assert (found.reproduced_one, found.reproduced_other) == (True, True)
    assert found.conclusion == ["control.voting.rule explains it alone."]


def test_two_differences_that_both_move_numbers_explain_it_together(first: Study, tmp_path: Path) -> None:
    other = kept(tmp_path / "b", design(**{"world.trust.memory": 0.7}), seed=7)
    found = why_different(first, other, runs=12)
    assert verdicts(found) == {"world.trust.memory": MOVES, "seed": MOVES}
    assert one(found, "seed").remark == "in 12 of 12 runs"
    assert found.conclusion == ["No difference explains it alone; together they do: world.trust.memory and seed."]


def test_another_seed_alone_explains_it(first: Study, tmp_path: Path) -> None:
    found = why_different(first, kept(tmp_path / "b", seed=7), runs=6)
    assert verdicts(found) == {"seed": EXPLAINS}


def test_more_runs_in_other_blocks_by_agents_are_the_same_results(first: Study, tmp_path: Path) -> None:
    other = kept(tmp_path / "b", runs=7, block=3, engine="agents")
    found = why_different(first, other, runs=6)
    assert found.same
    assert (found.runs, verdicts(found)) == (7, {"runs": NOT_TRIED, "engine": NOTHING})
    assert found.conclusion == ["The results are the same to the bit; no difference of the inputs moves a number."]


def test_an_altered_value_is_told_from_a_difference_of_inputs(first: Study, tmp_path: Path) -> None:
    spoilt = Study.open(shutil.copytree(first.folder, tmp_path / "b"))
    rewritten(rows_file(spoilt, 2), "trust", 7, lambda value: value + 0.125)
    found = why_different(first, spoilt, runs=6)
    unequal = found.results.unequal["trust"]
    assert (list(found.results.unequal), unequal.runs, unequal.first_run) == (["trust"], 1, 27)
    assert unequal.other == float(str(unequal.one)) + 0.125
    assert (found.reproduced_one, found.reproduced_other) == (True, False)
    assert "its files were changed afterwards" in found.conclusion[0]
    assert "the inputs do not explain it" in found.conclusion[1]


def test_versions_and_code_are_listed_and_not_tried(first: Study, tmp_path: Path) -> None:
    other = Study.open(shutil.copytree(first.folder, tmp_path / "b"))
    source = {**other.manifest["source"], "steps/dues.py": "0" * 16}
    tell(other.folder, source=source, versions={**other.manifest["versions"], "numba": "0.1"})
    found = why_different(first, Study.open(other.folder), runs=6)
    assert verdicts(found) == {"steps/dues.py": NOT_TRIED, "numba": NOT_TRIED}
    assert one(found, "numba").remark == "what is here gives both results"


def test_numbers_that_came_of_other_code_are_blamed_on_it(first: Study, tmp_path: Path) -> None:
    other = Study.open(shutil.copytree(first.folder, tmp_path / "b"))
    for block in range(4):
        rewritten(rows_file(other, block), "trust", 0, lambda value: value + 0.125)
    tell(other.folder, source={**other.manifest["source"], "steps/dues.py": "0" * 16})
    found = why_different(first, Study.open(other.folder), runs=6)
    assert "the code has changed since (steps/dues.py)" in found.conclusion[0]


def test_a_change_that_is_no_scenario_alone_is_said_to_be_none(tmp_path: Path) -> None:
    before = kept(tmp_path / "a", design("geneva-2015"), 8)
    few = {"membership.members": ["JPN", "KOR"], "membership.host": "KOR", "control.cost_sharing.rule": "gni"}
    after = kept(tmp_path / "b", design("geneva-2015", **few), 8)
    found = why_different(before, after, runs=4)
    assert verdicts(found)["control.cost_sharing.rule"] == MOVES
    assert verdicts(found)["membership.members"] == MOVES
    assert found.results.only_one
    alone = kept(tmp_path / "c", design("geneva-2015", **{"membership.members": ["CHN", "KOR"],
                                                          "membership.host": "CHN"}), 8)  # fmt: skip
    host = one(why_different(after, alone, runs=4), "membership.host")
    assert host.verdict == NOT_TRIED
    assert host.remark.startswith("alone it makes no valid scenario: ")


def test_two_files_of_one_rule_are_tried_if_both_are_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(families.RULES_VARIABLE, "")
    files = []
    for name, power in (("a", "1.0"), ("b", "0.5")):
        (tmp_path / name).mkdir()
        files.append(tmp_path / name / "by_heads.py")
        files[-1].write_text(BY_HEADS.replace("{power}", power), encoding="utf-8")
    studies = []
    for name, file in zip("xy", files, strict=True):
        with rules_of([file]):
            studies.append(kept(tmp_path / name, design(**{"control.cost_sharing.rule": "by_heads"}), 8))
    families.add_rules(files[:1])
    named = why_different(*studies, runs=4, rules_of_other=files[1:])
    assert verdicts(named) == {"cost_sharing by_heads": EXPLAINS}
    unnamed = why_different(*studies, runs=4)
    assert one(unnamed, "cost_sharing by_heads").remark == "name the file of the second with --rules-of-second"
    assert "your own cost_sharing by_heads is another file now" in unnamed.conclusion[0]


def test_results_without_a_run_in_both_are_told_so(tmp_path: Path) -> None:
    halves = [kept(tmp_path / f"s{i}", runs=8, block=4, shard=(i, 2)) for i in (1, 2)]
    found = why_different(*halves)
    assert (found.runs, found.sample) == (0, 0)
    assert found.conclusion == ["No run is in both, so there is nothing to compare or to try."]


def test_every_changed_key_laid_upon_the_first_scenario_gives_the_second() -> None:
    """Whatever the keys are: changed one after the other, the digest is that of the second in the end."""
    start = design("geneva-2015")
    target = design("geneva-2015", **{
        "membership.overrides.JPN.population": 100.0, "membership.pairs.CHN-JPN.prior_trust": 0.4,
        "control.director.queue": ["KOR", "JPN", "CHN"], "flexibility.review": "never",
        "world.economy.world_growth": 0.0,
    })  # fmt: skip
    keys = changed_keys(start.as_dict(), target.as_dict())
    assert set(keys) == {
        "membership.overrides.JPN.population", "membership.pairs.CHN-JPN.prior_trust", "control.director.queue",
        "flexibility.review", "world.economy.world_growth",
    }  # fmt: skip
    for key in keys:
        start = changed(start, target, key)
    assert start.digest() == target.digest()


def test_runs_that_differ_are_in_the_sample_however_few_they_are(first: Study, tmp_path: Path) -> None:
    spoilt = Study.open(shutil.copytree(first.folder, tmp_path / "b"))
    rewritten(rows_file(spoilt, 3), "exits", 1, lambda _: 99.0)
    found = why_different(first, spoilt, runs=4)
    assert np.array_equal(found.results.differing, [31])
    assert not found.reproduced_other
