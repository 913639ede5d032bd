"""What is wrong with a rule of one's own is one sentence that names its file, with exit code 2; never a traceback."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from aiposim import families, load, open_results, simulate
from aiposim.cli import app, main

TAKES = {
    "cost_sharing": "members, terms",
    "voting": "yes, no, present, roll, yes_weight, roll_weight, seats_yes, seats_voting, chair_yes, terms",
    "director": "place, arrears, two_year_dues, objections, competence, terms",
    "sanction": "arrears, dues, two_year_dues, terms",
    "reversion": "budget, terms",
}
SAYS = {
    "director": "MOVES_QUEUE = True\nPARTIALITY = 1.0\nACTING = TURN_AT_STAKE = False\n",
    "sanction": "SUSPENDS = CHARGES_INTEREST = COSTS_TURN = False\n",
}
RIGHT = {
    "cost_sharing": "members.population / members.population.sum()",
    "voting": "yes > no",
    "director": "place",
    "sanction": "0.2 * min(1.0, arrears / two_year_dues)",
    "reversion": "0.5 * budget",
}
TERMS = "@dataclass(frozen=True)\nclass Terms:\n    part: float = 0.5\n"

Write = Callable[..., Path]


def aiposim(*command: str | Path) -> Result:
    return CliRunner().invoke(app, list(map(str, command)))


@pytest.fixture
def write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Write:
    """Writes the file of a rule; by default a right one. What a test adds to the rules is forgotten after it."""
    monkeypatch.setenv(families.RULES_VARIABLE, "")

    def written(
        family: str,
        answer: str = "",
        *,
        body: str = "",
        says: str | None = None,
        terms: str = TERMS,
        name: str = "mine",
    ) -> Path:
        file = tmp_path / f"{name}.py"
        head = '"""A rule.\n\nSource: invented for a test.\n"""\n\nfrom dataclasses import dataclass\n\n'
        head += "import functools\nimport sys\n\nimport numpy as np\n\n"
        rest = f"def {name}({TAKES[family]}):\n    {body or 'return ' + (answer or RIGHT[family])}\n"
        file.write_text(head + (SAYS.get(family, "") if says is None else says) + terms + "\n\n" + rest, "utf-8")
        return file

    return written


def refusal(family: str, file: Path) -> str:
    """What is said of a file when its rule is fetched."""
    families.add_rules([file])
    with pytest.raises(families.RulesError) as told:
        families.module(f"rules.{family}", file.stem)
    said = str(told.value)
    assert said.startswith(str(file))
    assert said.endswith(".")
    assert "\n" not in said
    return said.removeprefix(str(file))


# ---- what a rule answers ----


@pytest.mark.parametrize("family", TAKES)
def test_a_right_rule_of_every_family_is_taken(family: str, write: Write) -> None:
    file = write(family)
    families.add_rules([file])
    assert families.module(f"rules.{family}", "mine").__file__ == str(file)


@pytest.mark.parametrize("answer", ["float('nan')", "float('inf')", "-1.0", "0.0", "None", "'half'"])
def test_a_reversion_that_is_no_amount_is_refused(answer: str, write: Write) -> None:
    said = refusal("reversion", write("reversion", answer))
    assert f"mine answers {eval(answer)!r} to budget 0.5; a reversion is a finite number of M$, greater" in said


@pytest.mark.parametrize("answer", ["float('nan')", "float('inf')", "-arrears - 1.0", "1j"])
def test_a_sanction_that_is_no_weight_is_refused(answer: str, write: Write) -> None:
    said = refusal("sanction", write("sanction", answer))
    assert "to arrears 0, dues 0.5, two_year_dues 2; the weight of a sanction is a finite number, 0 or more" in said


@pytest.mark.parametrize("answer", ["float('nan')", "'first'", "None"])
def test_a_nominee_without_a_place_is_refused(answer: str, write: Write) -> None:
    assert "a nominee's place is a number" in refusal("director", write("director", answer))


@pytest.mark.parametrize("answer", ["float('nan')", "None", "1", "'yes'"])
def test_a_vote_that_neither_carries_nor_defeats_a_motion_is_refused(answer: str, write: Write) -> None:
    assert "whether a motion is carried is True or False" in refusal("voting", write("voting", answer))


def test_a_misspelt_word_is_told_with_its_line_even_if_only_some_votes_come_to_it(write: Write) -> None:
    said = refusal("voting", write("voting", "yes > no and (yes < 3 or yess > 2)"))
    assert said.startswith(":19: mine fails with NameError: name 'yess' is not defined.")


def test_a_rule_may_divide_by_nothing_as_it_may_in_a_run(write: Write) -> None:
    families.add_rules([write("voting", "yes / present > 0.5")])
    assert families.module("rules.voting", "mine")


@pytest.mark.parametrize(
    ("line", "answer", "lots"),
    [
        ("import random\n", "random.random() < 0.5", "random"),
        ("from numpy.random import rand\n", "rand() < 0.5", "numpy.random"),
        ("", "np.random.rand() < 0.5", "numpy.random"),
    ],
)
def test_a_rule_that_draws_lots_is_refused_when_it_is_named(line: str, answer: str, lots: str, write: Write) -> None:
    file = write("voting", answer, says=line)
    with pytest.raises(families.RulesError, match=f"uses {lots}; nothing is drawn by lot") as told:
        families.add_rules([file])
    assert str(told.value).startswith(f"{file}:")


def test_a_rule_that_remembers_is_refused(write: Write) -> None:
    said = refusal("reversion", write("reversion", "budget * len(ASKED.append(1) or ASKED)", says="ASKED = []\n"))
    assert "the same figures get the same answer" in said


# ---- what a file says beside its function ----


@pytest.mark.parametrize(
    ("family", "says", "told"),
    [
        ("sanction", "SUSPENDS = 'maybe'\nCHARGES_INTEREST = COSTS_TURN = False\n", "SUSPENDS is 'maybe'; it must be"),
        ("director", SAYS["director"].replace("1.0", "'x'"), "PARTIALITY is 'x'; it must be a number, 0 or more"),
        ("director", SAYS["director"].replace("1.0", "-1"), "PARTIALITY is -1; it must be a number, 0 or more"),
        ("director", SAYS["director"] + "POLL = 1\n", "POLL is 1; it must be True or False"),
        ("cost_sharing", "USES_REPORTS = 'no'\n", "USES_REPORTS is 'no'; it must be True or False"),
        ("cost_sharing", "KERNEL = 'kern'\n", "KERNEL is no plain function but 'kern'"),
    ],
)
def test_a_constant_of_another_kind_is_refused(family: str, says: str, told: str, write: Write) -> None:
    assert told in refusal(family, write(family, says=says))


@pytest.mark.parametrize("family", TAKES)
@pytest.mark.parametrize(
    ("terms", "told"),
    [
        ("class Terms:\n    part = 0.5\n", "Terms is no dataclass"),
        ("def Terms():\n    return None\nTerms = Terms\n", "Terms is no dataclass"),
        (TERMS.replace(" = 0.5", ""), "every field needs a default"),
    ],
)
def test_terms_that_are_no_dataclass_with_defaults_are_refused(
    family: str, terms: str, told: str, write: Write
) -> None:
    assert told in refusal(family, write(family, terms=terms))


@pytest.mark.parametrize("default", ["'half'", "(1, 2)", "None", "float('nan')"])
def test_a_compiled_rule_reads_numbers_alone(default: str, write: Write) -> None:
    said = refusal("voting", write("voting", terms=TERMS.replace("0.5", default)))
    assert f"Terms.part is {eval(default)!r}; it must be a number" in said
    key = write("cost_sharing", terms=TERMS.replace("0.5", default), name="key")
    families.add_rules([key])
    assert families.module("rules.cost_sharing", "key"), "a key is Python and may read anything"


def test_a_decorated_rule_is_refused(write: Write) -> None:
    file = write("cost_sharing")
    file.write_text(file.read_text("utf-8").replace("def mine", "@functools.lru_cache\ndef mine"), "utf-8")
    assert "mine is no plain function" in refusal("cost_sharing", file)


def test_a_director_rule_that_reads_objections_says_that_there_are_some(write: Write) -> None:
    file = write("director", "place + 100 * objections")
    with pytest.raises(families.RulesError, match=r"mine\.py:\d+: mine reads objections, .* OBJECTIONS = True"):
        families.add_rules([file])
    for number, constant in enumerate(("OBJECTIONS = True\n", "POLL = True\n", "OBJECTIONS = False\n")):
        says = SAYS["director"] + constant
        families.add_rules([write("director", "place + 100 * objections", says=says, name=f"asked{number}")])


def test_a_file_that_leaves_the_process_is_told_off(write: Write) -> None:
    assert "the file fails with SystemExit: 7." in refusal("voting", write("voting", says="sys.exit(7)\n"))
    assert "left fails with SystemExit: 7." in refusal("voting", write("voting", "sys.exit(7)", name="left"))


# ---- on the command line ----


def told_in_one_line(done: Result, file: Path) -> str:
    assert done.exit_code == 2, done.output
    assert done.stderr.count("\n") == 1, done.stderr
    assert done.stderr.startswith(str(file))
    return str(done.stderr)


@pytest.mark.parametrize("command", ["run", "rules", "power"])
def test_every_command_says_it_in_one_line_and_writes_nothing(command: str, write: Write, tmp_path: Path) -> None:
    file, out = write("voting", "None"), tmp_path / "out"
    chosen = ("reference-design", "--set", "control.voting=mine", "--rules", file)
    questions: dict[str, tuple[str | Path, ...]] = {
        "run": ("run", *chosen, "--out", out),
        "power": ("power", *chosen),
        "rules": ("rules", "mine", "--axioms", "--rules", file),
    }
    told_in_one_line(aiposim(*questions[command]), file)
    assert not out.exists()


def test_checking_a_scenario_runs_the_file_of_the_rule_it_chooses(write: Write) -> None:
    file = write("voting", says="import nowhere_to_be_found\n")
    question = ("check", "reference-design", "--set", "control.voting=mine", "--rules", file)
    done = aiposim(*question)
    assert done.exit_code == 2
    assert "1 error" in done.stdout
    (found,) = json.loads(aiposim(*question, "--json").stdout)
    assert (found["file"], found["line"], found["key"]) == (str(file), 13, "control.voting")
    assert "ModuleNotFoundError" in found["message"]
    assert aiposim("check", "reference-design", "--rules", file).exit_code == 0, "it is not chosen there"


LATE = "if 0.81 < yes_weight < 0.99:\n        raise ValueError('no such key')\n    return yes > no"
SHORT = ("--set", "world.horizon=8", "--runs", "5", "--json")


def test_a_vote_that_fails_only_in_a_run_is_told_with_its_file(write: Write) -> None:
    file = write("voting", body=LATE)
    done = aiposim("run", "reference-design", "--rules", file, "--set", "control.voting=mine", *SHORT)
    assert done.exit_code == 1
    assert done.stderr == (
        f"reference-design: 3 of 5 runs failed and have no results; the first, run 0: {file}:20: mine fails with "
        "ValueError: no such key.\n"
    )


def test_a_vote_that_fails_in_a_run_without_machine_code_is_told_with_its_line(write: Write) -> None:
    file = write("voting", body=LATE)
    command = ("run", "reference-design", "--rules", str(file), "--set", "control.voting=mine", *SHORT)
    done = subprocess.run(
        [sys.executable, "-m", "aiposim", *command],
        env={**os.environ, "AIPOSIM_COMPILE": "0"},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 1
    assert done.stderr.endswith(f"run 0: {file}:20: mine fails with ValueError: no such key.\n")


@pytest.mark.parametrize(
    ("answer", "told"),
    [("RIGHT * 1j", "gives complex128 and no real numbers"), ("sys.exit(7)", "mine fails with SystemExit: 7.")],
)
def test_a_key_that_gives_no_shares_is_told_in_one_line(answer: str, told: str, write: Write) -> None:
    file = write("cost_sharing", answer.replace("RIGHT", RIGHT["cost_sharing"]))
    done = aiposim("run", "reference-design", "--rules", file, "--set", "control.cost_sharing=mine", *SHORT)
    assert told in told_in_one_line(done, file)


def test_what_arises_in_the_code_of_a_rule_is_blamed_on_its_file_and_nothing_else_is(write: Write) -> None:
    file = write("reversion", body="assert budget < 1e6\n    return budget")
    families.add_rules([file])
    with pytest.raises(AssertionError) as error:
        families.module("rules.reversion", "mine").mine(1e9, None)
    assert str(families.blamed(error.value)) == f"{file}:19: mine fails with AssertionError."
    assert families.blamed(ValueError("elsewhere")) is None


def test_a_wrong_aiposim_rules_does_not_keep_the_help_from_being_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(families.RULES_VARIABLE, "/nowhere/rule.py")
    helped = aiposim("--help")
    assert helped.exit_code == 0, helped.output
    assert "compare" in helped.stdout
    refused = aiposim("run", "reference-design", "--runs", "1")
    assert (refused.exit_code, refused.stderr) == (2, "/nowhere/rule.py: there is no such file of rules.\n")


def test_the_program_itself_ends_with_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(**_: object) -> None:
        raise families.RulesError("/nowhere/rule.py: there is no such file of rules.")

    monkeypatch.setattr("aiposim.cli.app", broken)
    with pytest.raises(SystemExit) as left:
        main()
    assert left.value.code == 2
    assert capsys.readouterr().err == "/nowhere/rule.py: there is no such file of rules.\n"


@pytest.mark.parametrize("option", [("--rules", ""), ("--rules=",)])
def test_an_empty_name_does_not_mean_the_current_folder(option: tuple[str, ...]) -> None:
    done = aiposim("run", "reference-design", *option)
    assert done.exit_code == 2
    assert "--rules names no file" in done.stderr
    with pytest.raises(families.RulesError, match="empty name"):
        families.add_rules([""])


# ---- results of a rule of one's own ----


def test_a_report_asks_for_the_rule_it_was_made_with_and_says_if_it_was_edited(write: Write, tmp_path: Path) -> None:
    file, folder = write("cost_sharing"), tmp_path / "results"
    families.add_rules([file])
    design = load("reference-design").with_(**{"control.cost_sharing.rule": "mine", "world.horizon": 4})
    simulate(design, 2).save(folder)
    os.environ[families.RULES_VARIABLE] = ""
    with pytest.raises(ValueError, match="uses your own rule mine; name its file with --rules"):
        open_results(folder)
    unnamed = aiposim("report", folder)
    assert (unnamed.exit_code, unnamed.stderr) == (
        2,
        f"{folder} uses your own rule mine; name its file with --rules.\n",
    )
    assert not (folder / "report.html").exists()
    named = aiposim("report", folder, "--rules", file)
    assert (named.exit_code, named.stderr) == (0, "")
    edited = tmp_path / "edited" / "mine.py"
    edited.parent.mkdir()
    edited.write_text(file.read_text("utf-8") + "\n# edited\n", "utf-8")
    warned = aiposim("report", folder, "--rules", edited)
    assert warned.exit_code == 0
    assert warned.stderr == f"{edited} was edited after the results in {folder} were computed.\n"
