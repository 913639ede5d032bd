"""Which of the differences between two results explains them: one after the other is tried.

An experiment computes a sample of runs again by the code that is here, from the inputs of the first results with one
difference laid upon them. What moves no bit explains nothing; what gives the runs of the second explains it alone.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from aiposim import families
from aiposim.driver import Task, compile_ahead
from aiposim.results.bits import Rows, Tally, spread
from aiposim.results.inputs import ABSENT, PROSE
from aiposim.results.study import Study, engine_named
from aiposim.scenario import Scenario, ScenarioError, from_dict
from aiposim.study.differences import (
    EXPLAINS,
    MOVES,
    NOT_TRIED,
    NOTHING,
    Difference,
    Explanation,
    compared,
    differences_of,
)

SAMPLE = 50
"""Runs that are computed again in each experiment, unless told."""
_PIECES = 5
_MEMBERS = "membership.members"
_CANNOT = (ScenarioError, families.RulesError, ValueError, LookupError, ArithmeticError)
"""What a change that makes no sense alone raises."""


Places = Sequence[tuple[int, int]]


@contextlib.contextmanager
def rules_of(files: Sequence[Path] | None) -> Iterator[None]:
    """Inside, the user's own rules are those in these files; without files they are what they were.

    Errors: RulesError if a file cannot be used.
    """
    before = os.environ.get(families.RULES_VARIABLE)
    if files:
        os.environ.pop(families.RULES_VARIABLE, None)
    try:
        families.add_rules(files or [])
        yield
    finally:
        os.environ.pop(families.RULES_VARIABLE, None)
        if before is not None:
            os.environ[families.RULES_VARIABLE] = before


def why_different(
    one: Study, other: Study, *, runs: int = SAMPLE, rules_of_other: Sequence[Path] | None = None
) -> Explanation:
    """Compare two results, list what differs in their inputs, and try what of it explains the difference.

    runs             of the sample, half of them (where there are so many) among those that differ
    rules_of_other   files of the user's own rules that made `other`, where they are not those that made `one`
    Errors: ValueError if a file is damaged; whatever computing raises.
    """
    results, common = compared(one, other)
    found = Explanation(one, other, sum(size for _, size in common), results, differences_of(one, other))
    if not common:
        return found
    places = _sample(common, results, runs)
    found.sample = sum(size for _, size in places)
    compile_ahead(one.scenario)
    kept_one, kept_other = _kept(one, places), _kept(other, places)
    first = _computed(one.scenario, one.seed, places)
    with rules_of(rules_of_other):
        second = _computed(other.scenario, other.seed, places)
    found.reproduced_one = _tally(kept_one, first).same
    found.reproduced_other = _tally(kept_other, second).same
    found.inputs_differ = not _tally(first, second).same
    trial = _Trial(one, other, places, first, second, rules_of_other)
    for difference in found.differences:
        trial.judge(difference)
    _judge_the_rest(found, rules_of_other)
    return found


def _sample(common: Places, results: Tally, wanted: int) -> Places:
    """Runs to compute again: some that differ, and some from all over; ranges (first, runs), ascending."""
    everything = np.concatenate([np.arange(first, first + size) for first, size in common])
    differing = results.differing
    among = _some(differing, min(len(differing), max(1, wanted // 2)))
    others = np.setdiff1d(everything, among, assume_unique=True)
    chosen = np.union1d(among, _some(others, min(len(others), max(1, wanted - len(among)))))
    cuts = np.flatnonzero(np.diff(chosen) != 1) + 1
    return [(int(run[0]), len(run)) for run in np.split(chosen, cuts)]


def _some(runs: Any, wanted: int) -> Any:
    return np.concatenate([runs[:0], *(runs[place.start : place.stop] for place in spread(len(runs), wanted, _PIECES))])


def _kept(study: Study, places: Places) -> list[Rows]:
    """The runs of the sample as a folder has them."""
    rows: list[Rows] = []
    for part in sorted(study.done):
        inside = [
            (max(first, part.first), min(first + size, part.first + part.runs))
            for first, size in places
            if first < part.first + part.runs and first + size > part.first
        ]
        if inside:
            whole = Rows.kept(study.folder, part)
            rows += [whole.within(first, end - first) for first, end in inside]
    return rows


def _computed(scenario: Scenario, seed: int, places: Places, engine: str = "arrays") -> list[Rows]:
    compute = engine_named(engine)
    return [Rows.of(compute(Task(scenario, first, size, seed))) for first, size in places]


def _tally(one: Sequence[Rows], other: Sequence[Rows]) -> Tally:
    """Two samples of the same runs, cut anyhow, compared."""
    tally = Tally()
    for mine in one:
        for theirs in other:
            first = max(mine.first, theirs.first)
            runs = min(mine.first + mine.runs, theirs.first + theirs.runs) - first
            if runs > 0:
                tally.add(mine.within(first, runs), theirs.within(first, runs))
    return tally


@dataclass(frozen=True)
class _Trial:
    one: Study
    other: Study
    places: Places
    first: list[Rows]
    second: list[Rows]
    rules_of_other: Sequence[Path] | None

    @property
    def runs(self) -> int:
        return sum(size for _, size in self.places)

    def judge(self, difference: Difference) -> None:
        """Compute the sample with this one difference, and say what it moves."""
        try:
            moved = self._with(difference)
        except _CANNOT as error:
            words = error.problems[0].message if isinstance(error, ScenarioError) else str(error)
            difference.remark = f"alone it makes no valid scenario: {words}"
            return
        if moved is None:
            return
        unlike = _tally(self.first, moved)
        if unlike.same:
            difference.verdict = NOTHING
            return
        difference.verdict = EXPLAINS if _tally(moved, self.second).same else MOVES
        moved_runs = len(unlike.differing)
        difference.remark = f"in {moved_runs} of {self.runs} runs" if moved_runs else "other measures"

    def _with(self, difference: Difference) -> list[Rows] | None:
        """The sample from the first inputs with one difference; None if it cannot be tried."""
        if difference.kind == "scenario":
            scenario = changed(self.one.scenario, self.other.scenario, difference.name)
            if scenario.digest() == self.one.scenario.digest():
                return self.first
            return _computed(scenario, self.one.seed, self.places)
        if difference.kind == "seed":
            return _computed(self.one.scenario, self.other.seed, self.places)
        if difference.kind == "engine":
            return _computed(self.one.scenario, self.one.seed, self.places, str(difference.other))
        if difference.kind == "rule" and self.rules_of_other and ABSENT not in (difference.one, difference.other):
            with rules_of(self.rules_of_other):
                return _computed(self.one.scenario, self.one.seed, self.places)
        return None


def changed(one: Scenario, other: Scenario, key: str) -> Scenario:
    """The first scenario with the value that a key of `changed_keys` has in the other.

    Errors: ScenarioError if that is no valid scenario.
    """
    whole, source = one.as_dict(), other.as_dict()
    if key == _MEMBERS:
        codes = set(one.codes) & set(other.codes)
        whole["membership"]["members"] = source["membership"]["members"]
        mine = {member["code"]: member for member in whole["members"]}
        whole["members"] = [mine[each["code"]] if each["code"] in codes else each for each in source["members"]]
        whole["pairs"] = {pair: whole["pairs"].get(pair, figures) for pair, figures in source["pairs"].items()}
    else:
        _put(_holder(whole, key), _holder(source, key))
    made = from_dict(whole)
    if _reads_again(one):
        made.with_()  # all checks of a file
    return made


def _reads_again(scenario: Scenario) -> bool:
    """Whether a scenario out of a manifest can be checked like a file: its members are shipped ones."""
    try:
        scenario.with_()
    except ScenarioError:
        return False
    return True


def _holder(whole: dict[str, Any], key: str) -> tuple[dict[str, Any], str]:
    """The mapping in which a dotted key lies, and its last part."""
    if key in PROSE:
        return whole, key
    path = key.split(".")
    block: Any = whole
    if path[:2] == ["membership", "overrides"]:
        block = next(member for member in whole["members"] if member["code"] == path[2])
        path = path[3:]
    elif path[:2] == ["membership", "pairs"]:
        block, path = whole["pairs"][path[2]], path[3:]
    for part in path[:-1]:
        block = block.setdefault(part, {})
    return block, path[-1]


def _put(place: tuple[dict[str, Any], str], source: tuple[dict[str, Any], str]) -> None:
    block, key = place
    if source[1] in source[0]:
        block[key] = source[0][source[1]]
    else:
        block.pop(key, None)


def _judge_the_rest(found: Explanation, rules_of_other: Sequence[Path] | None) -> None:
    """What cannot be tried, and what can be said of it all the same."""
    both = found.reproduced_one and found.reproduced_other
    for difference in found.differences:
        if difference.kind == "runs":
            difference.remark = "the runs in both are compared"
        elif difference.kind in ("code", "version", "machine"):
            difference.remark = "what is here gives both results" if both else "only what is here can be tried"
        elif difference.kind == "rule" and difference.verdict == NOT_TRIED and not difference.remark:
            if ABSENT in (difference.one, difference.other):
                difference.remark = "chosen by a key of the scenario"
            elif not rules_of_other:
                difference.remark = "name the file of the second with --rules-of-second"
