"""Properties of every key: what is legal is read back, what is not is refused at its line."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import hypothesis.strategies as st
from hypothesis import given, settings
from ruamel.yaml import YAML

from aiposim.scenario import ScenarioError, load
from aiposim.scenario.keys import Key, setting_keys
from aiposim.scenario.reading import read_text

NUMBERS = sorted(
    (key for key in setting_keys().values() if key.low is not None and key.high is not None),
    key=lambda key: key.key,
)
# These meet others in a combination; tests of combinations are in wrong_files.yaml.
ALONE = [
    key
    for key in NUMBERS
    if not key.key.startswith(("centralisation.", "membership.min", "world.valuation.joint", "world.valuation.cost"))
    and key.key not in ("control.cost_sharing.ceiling", "control.cost_sharing.floor", "world.start")
]


def legal(key: Key) -> st.SearchStrategy[Any]:
    assert key.low is not None
    assert key.high is not None
    if key.kind == "int" or key.symbol == "review":
        return st.integers(int(key.low), int(key.high))
    return st.floats(key.low, key.high, exclude_min=key.low_open, exclude_max=key.high_open)


@given(st.data())
@settings(max_examples=100, deadline=None)
def test_a_legal_number_is_read_back(data: st.DataObject) -> None:
    key = data.draw(st.sampled_from(ALONE))
    value = data.draw(legal(key))
    scenario: Any = load("reference-design").with_(**{key.key: value})
    for step in key.key.split("."):
        scenario = getattr(scenario, step)
    assert scenario == value


@given(st.data())
@settings(max_examples=100, deadline=None)
def test_a_number_out_of_range_is_refused_at_its_line(data: st.DataObject) -> None:
    key = data.draw(st.sampled_from(NUMBERS))
    assert key.high is not None
    above = int(key.high) + data.draw(st.integers(1, 1000))
    lines = [f"{'  ' * depth}{step}:" for depth, step in enumerate(key.key.split("."))]
    lines[-1] += f" {above}"
    with TemporaryDirectory() as folder:
        file = Path(folder, "x.yaml")
        file.write_text("\n".join(["title: x", *lines]) + "\n", encoding="utf-8")
        try:
            load(file)
        except ScenarioError as error:
            found = [(each.key, each.line) for each in error.problems if each.severity == "error"]
            assert (key.key, len(lines) + 1) in found
        else:
            raise AssertionError(f"{key.key}: {above} was accepted")


@given(st.text(alphabet=st.sampled_from("abc:-[]{}#&*!|>'\"%@ \n\t.0123,?")))
@settings(max_examples=300, deadline=None)
def test_any_text_gives_a_mapping_or_a_problem(text: str) -> None:
    entry, problems = read_text(text, "x.yaml")
    assert entry is not None or problems
    assert all(each.line >= 1 and each.column >= 1 for each in problems)


WHOLE = """\
title: everything
question: why?
membership:
  members: [JPN, CHN, KOR]
  host: JPN
  overrides: {JPN: {roster: 3, ideal_mix: {cp: .2, pk: .2, ha: .2, pb: .2, rd: .2}, gni: {2015: 3}}}
  pairs: {JPN-CHN: {prior_trust: .3}}
scope: {optout: area}
control:
  voting: {rule: qmv, qualified_share: .7}
  council: {reserved: [key]}
  cost_sharing: {rule: fixed_key, key: {JPN: .4, CHN: .4, KOR: .2}}
  director: {rule: merit, queue: [JPN, CHN, KOR]}
flexibility: {review: 6, sanction: all, reversion: {rule: cut25}}
world: {horizon: 10, incidents: {process: hawkes}}
designs:
  one: {control.voting: majority}
  two: {scope.optout: none, membership: {members: [JPN, CHN, KOR]}}
conclusions: [{outcome: welfare.JPN, design: one, relation: same, than: two, within: .1}]
"""
ODD = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-3, 70000)
    | st.floats()
    | st.sampled_from(["JPN", "never", "cmim", "majority", "./x.yaml", "arrears", "value", "", "a.b", "-", "[x]"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["JPN", "rule", "value", "unit", "key", "members", "a.b", ""]), inner, max_size=3
        )
    ),
    max_leaves=5,
)


def places(tree: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    inner = tree.items() if isinstance(tree, dict) else enumerate(tree) if isinstance(tree, list) else ()
    return [path, *(place for step, child in inner for place in places(child, (*path, step)))]


def replaced(tree: Any, path: tuple[Any, ...], value: Any) -> Any:
    if not path:
        return value
    copy = dict(tree) if isinstance(tree, dict) else list(tree)
    copy[path[0]] = replaced(tree[path[0]], path[1:], value)
    return copy


@given(st.data())
@settings(max_examples=100, deadline=None)
def test_whatever_stands_where_it_should_not_is_a_problem_and_no_crash(data: st.DataObject) -> None:
    tree = YAML(typ="safe").load(WHOLE)
    for _ in range(data.draw(st.integers(1, 3))):
        tree = replaced(tree, data.draw(st.sampled_from(places(tree))), data.draw(ODD))
    with TemporaryDirectory() as folder:
        file = Path(folder, "x.yaml")
        with file.open("w", encoding="utf-8") as stream:
            YAML().dump(tree, stream)
        try:
            load(file).all_designs()
        except ScenarioError as error:
            problems = error.problems
        else:
            return
    assert any(each.severity == "error" for each in problems)
    assert all(each.message and each.line >= 1 for each in problems)
