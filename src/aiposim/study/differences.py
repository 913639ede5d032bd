"""Two results side by side: what went into them that is not the same, and in which runs and measures they differ."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from aiposim.results.bits import Rows, Tally
from aiposim.results.inputs import Changes, changed_files, changed_keys, changed_rules, changes
from aiposim.results.manifest import own_rules_of, source_files, versions
from aiposim.results.study import Study

EXPLAINS = "explains it alone"
MOVES = "moves numbers but does not explain all"
NOTHING = "moves nothing"
NOT_TRIED = "not tried"


@dataclass
class Difference:
    """Something that went into the two results and was not the same.

    kind       "scenario", "seed", "rule", "engine", "runs", "code", "version" or "machine"
    one, other its value in both; "absent" where it has none
    verdict    what trying it alone showed: EXPLAINS, MOVES, NOTHING or NOT_TRIED
    remark     in how many runs of the sample it moves numbers, or why it was not tried
    """

    kind: str
    name: str
    one: Any
    other: Any
    verdict: str = NOT_TRIED
    remark: str = ""


@dataclass
class Explanation:
    """All that is found about two results.

    runs                    in both
    results                 the runs in both compared as they are kept
    differences             of the inputs, each with its verdict
    sample                  runs computed again in each experiment
    reproduced_one, reproduced_other
                            whether what is here gives the runs that are kept, in the sample
    inputs_differ           whether what is here gives other runs from the inputs of the one than of the other
    """

    one: Study
    other: Study
    runs: int
    results: Tally
    differences: list[Difference]
    sample: int = 0
    reproduced_one: bool = False
    reproduced_other: bool = False
    inputs_differ: bool = False

    @property
    def same(self) -> bool:
        """Whether the runs in both are the same to the bit."""
        return self.results.same

    @property
    def conclusion(self) -> list[str]:
        """What explains it, in plain words, a sentence each."""
        if not self.sample:
            return ["No run is in both, so there is nothing to compare or to try."]
        if self.same:
            moving = [each.name for each in self.differences if each.verdict in (EXPLAINS, MOVES)]
            if moving:
                return [
                    "The results are the same, though some differences would move numbers by the code that is here."
                ]
            none = "; no difference of the inputs moves a number" if self.differences else ""
            return [f"The results are the same to the bit{none}."]
        lines = []
        if not self.reproduced_one:
            lines += _not_reproduced(self.one, self.other if self.reproduced_other else None)
        if not self.reproduced_other:
            lines += _not_reproduced(self.other, self.one if self.reproduced_one else None)
        if not self.inputs_differ:
            return [*lines, "By the code that is here, both inputs give the same runs: the inputs do not explain it."]
        if lines:
            lines.append("By the code that is here, the inputs give different runs all the same:")
        alone = [each.name for each in self.differences if each.verdict == EXPLAINS]
        moving = [each.name for each in self.differences if each.verdict == MOVES]
        if alone:
            each_of = " Each of them gives the same runs." if len(alone) > 1 else ""
            return [*lines, f"{_and(alone)} {'explain' if each_of else 'explains'} it alone.{each_of}"]
        untried = [each.name for each in self.differences if each.kind in _INPUTS and each.verdict == NOT_TRIED]
        if len(moving) > 1 or untried:
            rest = f" with {_and(untried)}, which cannot be tried alone," if untried else ""
            return [*lines, f"No difference explains it alone; together they do: {_and(moving) or 'none'}{rest}."]
        return [*lines, f"No difference explains it alone{f', though {_and(moving)} moves numbers' if moving else ''}."]


_INPUTS = ("scenario", "seed", "rule", "engine")


def _and(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}" if names else ""


def _not_reproduced(study: Study, witness: Study | None) -> list[str]:
    """Why what is here may not give the runs that a folder keeps.

    witness   results that it does give: if code, rules and versions were those of the study, they are not to blame
    """
    manifest = study.manifest
    there: Mapping[str, Any] = {
        "source": source_files(), "own_rules": own_rules_of(study.scenario), "versions": versions()
    }  # fmt: skip
    if witness is not None and not _made_differently(manifest, witness.manifest):
        there = manifest
    files, rules = changed_files(manifest, there), changed_rules(manifest, there)
    older = changes(manifest.get("versions"), there.get("versions"))
    reasons = []
    if files:
        more = f" and {len(files) - _MOST_FILES} more" if len(files) > _MOST_FILES else ""
        reasons.append(f"the code has changed since ({', '.join(files[:_MOST_FILES])}{more})")
    reasons += [f"your own {rule} is another file now" for rule in rules]
    reasons += [f"{name} was {old} and is {new}" for name, (old, new) in older.items()]
    if not reasons:
        return [
            f"{study.folder} does not hold what its own inputs give, though code and versions are the same: its "
            f"files were changed afterwards. See: aiposim verify {study.folder}"
        ]
    return [f"What is here does not give the runs in {study.folder}: {'; '.join(reasons)}."]


def _made_differently(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    pairs = changes(one.get("versions"), other.get("versions"))
    return bool(pairs or changed_files(one, other) or changed_rules(one, other))


_MOST_FILES = 5


def differences_of(one: Study, other: Study) -> list[Difference]:
    """What the manifests of two results tell of differences in their inputs."""
    mine, theirs = one.manifest, other.manifest
    found = [Difference("scenario", key, *pair) for key, pair in _scenario_changes(one, other).items()]
    found += [
        Difference(key, key, mine.get(key), theirs.get(key))
        for key in ("seed", "runs", "engine")
        if mine.get(key) != theirs.get(key)
    ]
    found += _differences("rule", changed_rules(mine, theirs))
    files = changed_files(mine, theirs)
    if files:
        found.append(Difference("code", ", ".join(files), _short(mine), _short(theirs)))
    found += _differences("version", changes(mine.get("versions"), theirs.get("versions")))
    found += _differences("machine", changes(mine.get("machine"), theirs.get("machine")))
    return found


def _differences(kind: str, pairs: Changes) -> list[Difference]:
    return [Difference(kind, name, *pair) for name, pair in pairs.items()]


def _short(manifest: Mapping[str, Any]) -> str:
    return str(manifest.get("source_sha256"))[:12]


def _scenario_changes(one: Study, other: Study) -> Changes:
    return changed_keys(one.scenario.as_dict(), other.scenario.as_dict())


def compared(one: Study, other: Study) -> tuple[Tally, list[tuple[int, int]]]:
    """The runs in both as they are kept; and their ranges, (first, runs), ascending."""
    tally, common = Tally(), []
    theirs = sorted(other.done)
    at = 0
    for part in sorted(one.done):
        rows = None
        while at < len(theirs) and theirs[at].first + theirs[at].runs <= part.first:
            at += 1
        for candidate in theirs[at:]:
            first = max(part.first, candidate.first)
            end = min(part.first + part.runs, candidate.first + candidate.runs)
            if candidate.first >= part.first + part.runs:
                break
            rows = rows or Rows.kept(one.folder, part)
            tally.add(rows.within(first, end - first), Rows.kept(other.folder, candidate).within(first, end - first))
            common.append((first, end - first))
    return tally, common
