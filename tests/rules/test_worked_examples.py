"""Does the rule give the number in the charter or paper? One file of worked examples a rule.

The examples of a rule that is shipped lie in the folder of its family, those of a user's own beside its file.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pytest
from ruamel.yaml import YAML

import aiposim
from aiposim import families
from aiposim.rules.cost_sharing import MemberYears
from aiposim.rules.director import PASSED_OVER
from aiposim.rules.sanction import in_two_year_arrears

HERE = Path(__file__).parent
RULES = Path(aiposim.__file__).parent / "rules"
FAMILIES = sorted(folder.parent.name for folder in RULES.glob("*/__init__.py"))
EVERY_RULE = [(family, name) for family in FAMILIES for name in families.names(f"rules.{family}")]

TOLERANCE = 1e-11
REVIEW_YEAR = 2016
Example = Mapping[str, Any]


@dataclass(frozen=True)
class Rule:
    """A rule, the module it stands in, and its terms as the example sets them."""

    module: ModuleType
    function: Callable[..., Any]
    terms: Any


def file_of(family: str, name: str) -> Path:
    own = families.own_rule(f"rules.{family}", name)
    return HERE / family / f"{name}.yaml" if own is None else own.file.with_suffix(".yaml")


def examples_of(family: str, name: str) -> tuple[str, list[Example]]:
    """Source and examples of a rule; a rule without a file has neither."""
    file = file_of(family, name)
    if not file.exists():
        return "", []
    read = YAML(typ="safe").load(file.read_text(encoding="utf-8"))
    return str(read.get("source", "")), list(read.get("examples", []))


EVERY_EXAMPLE = [
    pytest.param(family, name, example, id=f"{family}/{name}: {example['says']}")
    for family, name in EVERY_RULE
    for example in examples_of(family, name)[1]
]


@pytest.mark.parametrize(("family", "name"), EVERY_RULE, ids=["/".join(rule) for rule in EVERY_RULE])
def test_a_rule_has_a_worked_example_with_its_source(family: str, name: str) -> None:
    source, examples = examples_of(family, name)
    assert examples, f"write the worked example {file_of(family, name)}"
    assert len(source) > 10, f"{file_of(family, name)} names no source"


def test_a_family_without_a_way_to_work_its_examples_is_noticed() -> None:
    assert set(FAMILIES) == set(WORKED)


@pytest.mark.parametrize(("family", "name", "example"), EVERY_EXAMPLE)
def test_the_rule_gives_the_number_of_the_example(family: str, name: str, example: Example) -> None:
    module = families.module(f"rules.{family}", name)
    terms = module.Terms(**example.get("terms", {}))
    function: Any = families.fetch(f"rules.{family}", name)
    WORKED[family](Rule(module, function, terms), example)


def member_years(example: Example) -> MemberYears:
    """The members of an example as a key reads them; figures that are not given do not matter to it."""
    members: Mapping[str, Any] = example["members"]
    valuation = [member.get("valuation", 1.0) for member in members.values()]
    reported = [member.get("reported", value) for member, value in zip(members.values(), valuation, strict=True)]
    years = [REVIEW_YEAR - back for back in range(8)]
    income = [[member.get("income", {}).get(year, np.nan) for year in years] for member in members.values()]
    return MemberYears(
        codes=tuple(members),
        income=np.array(income, dtype=np.float64),
        world_income=np.full(8, float(example.get("world_income", 10_000.0))),
        population=_figures(members, "population", 1.0),
        debt_stock=_figures(members, "debt_stock", 0.0),
        fixed_weight=_figures(members, "fixed_weight", 1.0),
        valuation=np.array(valuation, dtype=np.float64),
        reported=np.array(reported, dtype=np.float64),
        least_developed=np.array([bool(m.get("least_developed", False)) for m in members.values()]),
        permanent_member=np.array([bool(m.get("permanent_member", False)) for m in members.values()]),
        published_rate=_figures(members, "published_rate", 0.01),
    )


def _figures(members: Mapping[str, Any], figure: str, default: float) -> np.ndarray:
    return np.array([member.get(figure, default) for member in members.values()], dtype=np.float64)


def share_costs(rule: Rule, example: Example) -> None:
    shares = rule.function(member_years(example), rule.terms)
    expected = [example["shares"][code] for code in example["members"]]
    assert shares == pytest.approx(expected, abs=example.get("tolerance", TOLERANCE))


def vote(rule: Rule, example: Example) -> None:
    """Count the ballots as the Council does: the roll, those present, weights, seats, the chair's vote."""
    roll: Mapping[str, float] = example["roll"]
    accept, object_, abstain, absent = (example.get(answer, []) for answer in ("accept", "object", "abstain", "absent"))
    assert sorted([*accept, *object_, *abstain, *absent]) == sorted(roll), "every state answers once"
    others = example.get("other_seats", {"accept": 0, "reject": 0})
    carried = rule.function(
        float(len(accept)),
        float(len(object_)),
        float(len(roll) - len(absent)),
        float(len(roll)),
        sum((roll[code] for code in accept), 0.0),
        sum(roll.values(), 0.0),
        float(len(accept) + others["accept"]),
        float(len(accept) + len(object_) + others["accept"] + others["reject"]),
        1.0 if example.get("chair") in accept else 0.0,
        rule.terms,
    )
    assert bool(carried) is example["carried"]


def appoint(rule: Rule, example: Example) -> None:
    """The member with the lowest answer serves; the queue moves as the family's contract says."""
    queue: list[str] = example["queue"]
    answers = {
        code: rule.function(
            float(place),
            float(example.get("arrears", {}).get(code, 0.0)),
            float(example.get("two_year_dues", {}).get(code, 24.0)),
            float(example.get("objections", {}).get(code, 0)),
            float(example.get("competence", {}).get(code, 0.6)),
            rule.terms,
        )
        for place, code in enumerate(queue)
    }
    director = min(answers, key=lambda code: answers[code])
    assert director == example["director"]
    moved = queue[: queue.index(director) + 1] if rule.module.MOVES_QUEUE else []
    assert [code for code in queue if code not in moved] + moved == example["queue_after"]
    if "acting" in example:
        only_acts = rule.module.ACTING and answers[director] >= PASSED_OVER
        assert bool(only_acts) is example["acting"]


def sanction(rule: Rule, example: Example) -> None:
    arrears, dues, two_year_dues = (float(example[key]) for key in ("arrears", "dues", "two_year_dues"))
    weight = rule.function(arrears, dues, two_year_dues, rule.terms)
    assert weight == pytest.approx(example["weight"], abs=TOLERANCE)
    suspended = rule.module.SUSPENDS and in_two_year_arrears(arrears, two_year_dues)
    assert bool(suspended) is example["suspended"]
    if "charges_interest" in example:
        assert rule.module.CHARGES_INTEREST is example["charges_interest"]


def revert(rule: Rule, example: Example) -> None:
    reversion = rule.function(float(example["budget"]), rule.terms)
    assert reversion == pytest.approx(example["reversion"], abs=TOLERANCE)


WORKED: dict[str, Callable[[Rule, Example], None]] = {
    "cost_sharing": share_costs,
    "voting": vote,
    "director": appoint,
    "sanction": sanction,
    "reversion": revert,
}
"""How an example of each family is worked; a new family takes its place here."""
