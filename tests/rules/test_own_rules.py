"""A rule of one's own is one new file anywhere: found, tested and used like any other, and never unasked."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest
from click.testing import Result
from typer.testing import CliRunner

from aiposim import AipoModel, families, load, simulate
from aiposim.cli import app

ROOT = Path(__file__).parent.parent.parent
PAGE = (ROOT / "docs" / "own-rules.md").read_text(encoding="utf-8")
PER_HEAD, TWO_THIRDS = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
(PER_HEAD_EXAMPLE,) = re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The two rules of the documentation, with the example of one."""
    rules = tmp_path / "rules"
    rules.mkdir()
    (rules / "per_head.py").write_text(PER_HEAD, encoding="utf-8")
    (rules / "per_head.yaml").write_text(PER_HEAD_EXAMPLE, encoding="utf-8")
    (rules / "two_thirds.py").write_text(TWO_THIRDS, encoding="utf-8")
    return rules


@pytest.fixture(autouse=True)
def _no_rules_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    """These tests bring their own rules, also where the whole suite is run on somebody else's."""
    monkeypatch.delenv(families.RULES_VARIABLE, raising=False)


def ran(*command: str | Path, folder: Path = ROOT, **environment: str | Path) -> subprocess.CompletedProcess[str]:
    """Python with these arguments in a process of its own."""
    told = {name: str(value) for name, value in environment.items()}
    return subprocess.run(
        [sys.executable, *map(str, command)], capture_output=True, text=True, cwd=folder, env={**os.environ, **told}
    )


def aiposim(*command: str | Path) -> Result:
    """The command in this process, which knows its rules only while it runs."""
    return CliRunner().invoke(app, list(map(str, command)))


def passed(said: str) -> int:
    return int(re.findall(r"(\d+) passed", said)[-1])


def test_the_command_on_the_page_runs_the_tests_of_the_family_and_the_example(tmp_path: Path) -> None:
    """Word for word as it stands there, in a copy of the repository with the page's own files."""
    (setting, file, command), *_ = re.findall(rf"^({families.RULES_VARIABLE})=(\S+) python (.+)$", PAGE, re.MULTILINE)
    for part in ("tests/rules", "tests/conftest.py", "docs/own-rules.md", "pyproject.toml"):
        copy = tmp_path / part
        copy.parent.mkdir(exist_ok=True)
        shutil.copytree(ROOT / part, copy) if (ROOT / part).is_dir() else shutil.copy(ROOT / part, copy)
    (tmp_path / file).write_text(PER_HEAD, encoding="utf-8")
    (tmp_path / "per_head.yaml").write_text(PER_HEAD_EXAMPLE, encoding="utf-8")
    done = ran(*shlex.split(command), "-v", folder=tmp_path, **{setting: file}, AIPOSIM_COMPILE="0")
    said = done.stdout + done.stderr
    assert done.returncode == 0, said
    assert "test_shares_add_up_to_one_and_nobody_pays_less_than_nothing[per_head] PASSED" in said
    assert "test_the_rule_gives_the_number_of_the_example[cost_sharing/per_head: China pays nearly nine tenths]" in said
    assert passed(said) > 10


def test_a_key_that_gives_nine_tenths_and_a_vote_without_an_example_are_found_out(folder: Path) -> None:
    broken = PER_HEAD.replace("return proportional_to(", "return 0.9 * proportional_to(")
    (folder / "per_head.py").write_text(broken, encoding="utf-8")
    options = ("-v", "-p", "no:cacheprovider", "--ignore", "tests/rules/test_own_rules.py")
    chosen = "two_thirds or (per_head and (add_up or number))"
    done = ran("-m", "pytest", "tests/rules", "-k", chosen, *options, AIPOSIM_RULES=folder, AIPOSIM_COMPILE="0")
    said = done.stdout + done.stderr
    assert done.returncode == 1, said
    assert "test_shares_add_up_to_one_and_nobody_pays_less_than_nothing[per_head] FAILED" in said
    assert "test_the_rule_gives_the_number_of_the_example[cost_sharing/per_head: China" in said
    assert f"write the worked example {folder / 'two_thirds.yaml'}" in said
    assert "test_one_acceptance_more_never_defeats_a_motion[two_thirds] PASSED" in said
    assert "3 failed" in said


def test_a_scenario_may_choose_it_when_it_was_named_and_not_otherwise(folder: Path) -> None:
    question = ("run", "reference-design", "--set", "control.cost_sharing=per_head", "--runs", "5", "--json")
    refused = aiposim(*question)
    assert refused.exit_code == 2
    assert "'per_head' is not one of the choices" in refused.stderr
    assert "--rules FILE" in refused.stderr
    named = aiposim(*question, "--rules", folder / "per_head.py")
    assert named.exit_code == 0, named.stderr
    assert aiposim(*question).exit_code == 2, "it is forgotten again"
    population = aiposim("run", "reference-design", "--set", "control.cost_sharing=population", *question[4:])
    assert json.loads(named.stdout)["outcomes"] == json.loads(population.stdout)["outcomes"]


def test_a_scenario_file_cannot_name_a_file_of_rules(folder: Path, tmp_path: Path) -> None:
    scenario = tmp_path / "sly.yaml"
    for rule in (folder / "per_head.py", folder / "per_head"):
        scenario.write_text(f"control: {{cost_sharing: {rule}}}\n", encoding="utf-8")
        assert aiposim("check", scenario).exit_code == 2
    scenario.write_text(f"rules: {folder}\ncontrol: {{cost_sharing: per_head}}\n", encoding="utf-8")
    assert aiposim("check", scenario).exit_code == 2


PLAIN = """
import sys, aiposim
design = aiposim.load("reference-design").with_(**{"control.voting.rule": "two_thirds", "world.horizon": 16})
aiposim.simulate(design, 4, seed=3).runs.to_pickle(sys.argv[1])
"""


def test_a_vote_of_ones_own_gives_the_same_numbers_with_workers_agents_and_without_compiling(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(families.RULES_VARIABLE, str(folder))
    design = load("reference-design").with_(**{"control.voting.rule": "two_thirds", "world.horizon": 16})
    alone = simulate(design, 1200, seed=3).runs
    pd.testing.assert_frame_equal(simulate(design, 1200, seed=3, workers=2).runs, alone, check_exact=True)
    agents = simulate(design, 4, seed=3, engine="agents").runs
    pd.testing.assert_frame_equal(agents, alone.iloc[:4], check_exact=True)
    done = ran("-c", PLAIN, tmp_path / "plain", AIPOSIM_RULES=folder, AIPOSIM_COMPILE="0")
    assert done.returncode == 0, done.stderr
    pd.testing.assert_frame_equal(pd.read_pickle(tmp_path / "plain"), agents, check_exact=True)
    majority = simulate(design.with_(**{"control.voting.rule": "majority"}), 1200, seed=3).runs
    assert not majority.equals(alone), "the rule makes a difference"


def test_an_edited_rule_is_never_run_from_yesterdays_machine_code(folder: Path) -> None:
    """Yesterday it was run in this process, today in another."""
    file = folder / "two_thirds.py"
    question = ("run", "reference-design", "--set", "control.voting=two_thirds", "--runs", "20", "--json")
    before = file.stat()
    first = aiposim(*question, "--rules", folder)
    assert first.exit_code == 0, first.stderr
    file.write_text(TWO_THIRDS.replace("(2, 3)", "(0, 3)"), encoding="utf-8")
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))  # neither size nor clock tells
    assert (file.stat().st_size, file.stat().st_mtime_ns) == (before.st_size, before.st_mtime_ns)
    second = ran("-m", "aiposim", *question, "--rules", folder)
    assert second.returncode == 0, second.stderr
    deadlock = [json.loads(done.stdout)["outcomes"]["deadlock_rate"]["mean"] for done in (first, second)]
    assert deadlock[0] > deadlock[1] == 0.0


def test_results_say_which_rules_of_ones_own_were_used(folder: Path, tmp_path: Path) -> None:
    import hashlib

    place = tmp_path / "results"
    chosen = ("--rules", folder, "--set", "control.cost_sharing=per_head")
    done = aiposim("run", "reference-design", *chosen, "--runs", "5", "--out", place)
    assert done.exit_code == 0, done.stderr
    manifest = json.loads((place / "manifest.json").read_text(encoding="utf-8"))
    digest = hashlib.sha256((folder / "per_head.py").read_bytes()).hexdigest()
    assert manifest["own_rules"] == [{"family": "cost_sharing", "name": "per_head", "sha256": digest}]
    assert manifest["command"][-2:] == ["--rules", str(folder)]
    assert aiposim("report", place).exit_code == 2
    assert aiposim("report", place, "--rules", folder).exit_code == 0


def test_what_numba_cannot_compile_is_said_in_one_line(folder: Path) -> None:
    text = TWO_THIRDS.replace("return roll > 0", "return f'{yes:.3f}' != '' and roll > 0")
    (folder / "two_thirds.py").write_text(text, encoding="utf-8")
    question = ("run", "reference-design", "--rules", folder, "--set", "control.voting=two_thirds", "--runs", "2")
    done = aiposim(*question, "--json")
    assert done.exit_code == 2
    assert "two_thirds cannot be compiled" in done.stderr
    assert "Traceback" not in done.stderr


def test_terms_that_no_scenario_sets_keep_the_value_they_have_in_the_file(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nine tenths of a roll of three are all of it: unanimity, compiled and by agents alike."""
    text = TWO_THIRDS.replace('    """This rule reads no numbers of the scenario."""', "    part: float = 0.9")
    file = folder / "two_thirds.py"
    file.write_text(text.replace("PART[1] * yes >= PART[0] * roll", "yes >= terms.part * roll"), encoding="utf-8")
    monkeypatch.setenv(families.RULES_VARIABLE, str(file))
    design = load("reference-design").with_(**{"control.voting.rule": "two_thirds", "world.horizon": 20})
    strict = simulate(design, 20, seed=3).runs
    unanimous = simulate(design.with_(**{"control.voting.rule": "unanimity"}), 20, seed=3).runs
    pd.testing.assert_frame_equal(strict, unanimous, check_exact=True)
    model = AipoModel(design, seed=3, run=7)
    model.run()
    assert model.measures().equals(strict.loc[7])


ON_REPORTS = '''"""Half of each report counts, squared.

Source: invented for a test.
"""

from dataclasses import dataclass

import numpy as np

USES_REPORTS = True


@dataclass(frozen=True)
class Terms:
    """A number that no scenario sets."""

    weight: float = 3.0


def fill(shares, reported, weight):
    for r in range(reported.shape[1]):
        total = 0.0
        for i in range(reported.shape[0]):
            shares[i, r] = weight * half(reported[i, r]) * half(reported[i, r])
            total += shares[i, r]
        for i in range(reported.shape[0]):
            shares[i, r] = shares[i, r] / total


def half(reported):
    return reported * 0.5


KERNEL = fill


def squared(members, terms):
    """Shares of the squares."""
    reported = members.reported.reshape(len(members.codes), -1)
    shares = np.empty(reported.shape)
    fill(shares, reported, terms.weight)
    return shares.reshape(members.reported.shape)
'''


def test_a_key_of_ones_own_on_reports_has_its_kernel_compiled_with_the_same_bits(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "squared.py"
    file.write_text(ON_REPORTS, encoding="utf-8")
    monkeypatch.setenv(families.RULES_VARIABLE, str(file))
    design = load("reference-design").with_(**{"control.cost_sharing.rule": "squared", "world.horizon": 12})
    fast = simulate(design, 30, seed=3).runs
    file.write_text(ON_REPORTS.replace("KERNEL = fill\n", ""), encoding="utf-8")
    families._own_rules.cache_clear()  # as in another process
    pd.testing.assert_frame_equal(simulate(design, 30, seed=3).runs, fast, check_exact=True)
    assert fast["burden_share.KOR"].nunique() == 30
    file.write_text(ON_REPORTS.replace("total = 0.0", "total = open('x')"), encoding="utf-8")
    families._own_rules.cache_clear()
    with pytest.raises(families.RulesError, match=r"squared\.py:\d+: squared fails with TypingError: [^\n]+$"):
        simulate(design, 30, seed=3)


@pytest.mark.parametrize(
    ("broken", "told"),
    [
        pytest.param("return 0.9 * proportional_to(members.population)", "the shares 0.797", id="nine tenths"),
        pytest.param("return proportional_to(members.population)[:2]", "shares of shape (2,), not (3,)", id="two"),
        pytest.param("return proportional_to(members.poulation)", "astray fails with AttributeError", id="misspelt"),
        pytest.param("return -proportional_to(members.population)", "shares are 0 or more and come to 1", id="minus"),
    ],
)
def test_a_key_that_goes_wrong_in_a_run_is_told_with_its_file(tmp_path: Path, broken: str, told: str) -> None:
    file = tmp_path / "astray.py"
    text = PER_HEAD.replace("per_head", "astray").replace("return proportional_to(members.population)", broken)
    file.write_text(text, encoding="utf-8")
    chosen = ("--rules", file, "--set", "control.cost_sharing=astray")
    done = aiposim("run", "reference-design", *chosen, "--runs", "2", "--json")
    assert done.exit_code == 2
    assert done.stderr.startswith(str(file))
    assert told in done.stderr
    assert "Traceback" not in done.stderr
