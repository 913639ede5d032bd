"""From names in `membership` to member states and pairs: files read, overrides laid on, figures checked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path as FilePath
from typing import TypeVar

from pydantic import ValidationError

from aiposim.families import near
from aiposim.scenario import catalogue
from aiposim.scenario.entries import Entry, Path, merge, plain, without
from aiposim.scenario.fields import Block
from aiposim.scenario.frozen import FrozenDict
from aiposim.scenario.keys import member_keys, pair_keys
from aiposim.scenario.member import Member, Pair
from aiposim.scenario.messages import explained
from aiposim.scenario.problems import Problem, problem
from aiposim.scenario.reading import read_file

B = TypeVar("B", bound=Block)


@dataclass
class Assembly:
    """The members in the order of the file, the pairs, and what their figures looked like in the files."""

    members: list[Member] = field(default_factory=list)
    pairs: dict[tuple[str, str], Pair] = field(default_factory=dict)
    # One for each reference in `members`; None when the file that would tell the code cannot be read.
    codes: list[str | None] = field(default_factory=list)
    member_entries: dict[str, Entry] = field(default_factory=dict)
    pair_entries: dict[tuple[str, str], Entry] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def assemble(references: tuple[str, ...], entry: Entry) -> Assembly:
    """Members and pairs of a scenario; `entry` is the whole scenario after inheritance."""
    assembly = Assembly()
    overrides = entry.get(("membership", "overrides"))
    for i, reference in enumerate(references):
        item = entry.nearest(("membership", "members", str(i)))
        _add_member(assembly, reference, item, overrides)
    if all(assembly.codes):
        assembly.problems += _strangers(overrides, [code for code in assembly.codes if code])
    _add_pairs(assembly, list(assembly.member_entries), entry)
    return assembly


def _add_member(assembly: Assembly, reference: str, item: Entry, overrides: Entry | None) -> None:
    found = _member_entry(reference, item)
    if isinstance(found, list):
        assembly.problems += found
        assembly.codes.append(None if catalogue.is_path(reference) else reference)
        return
    code_entry = found.children.get("code")
    code = str(code_entry.value) if code_entry else reference
    own = overrides.children.get(code) if overrides else None
    merged = replace(merge(found, own), place=found.place) if own else found
    member, problems = _checked(merged, own, Member, ("membership", "overrides", code))
    assembly.problems += problems
    assembly.codes.append(code)
    assembly.member_entries[code] = merged
    if member is not None:
        assembly.members.append(member)


def member_file_problems(entry: Entry) -> list[Problem]:
    """What is wrong with a member file by itself, read apart from any scenario."""
    return _checked(entry, None, Member, ())[1]


def _member_entry(reference: str, item: Entry) -> Entry | list[Problem]:
    if catalogue.is_path(reference):
        file = FilePath(reference)
        if not file.is_file():
            name = catalogue.display(file)
            return [
                problem(
                    item.place,
                    "membership.members",
                    f"There is no member file {name}.",
                    found=name,
                    allowed="the path of a member file",
                )
            ]
        return _read(file)
    known = catalogue.shipped_members()
    if reference in known:
        return _read(catalogue.member_file(reference))
    guess = near(reference, known)
    hint = f" Did you mean {guess!r}?" if guess else ""
    message = (
        f"No member {reference!r} is shipped.{hint} Shipped are {', '.join(known)}; "
        f"a state of your own is named by the path of its file, as ./{reference}.yaml."
    )
    return [
        problem(
            item.place,
            "membership.members",
            message,
            found=reference,
            allowed=", ".join(known) + ", or a path",
        )
    ]


def _read(file: FilePath) -> Entry | list[Problem]:
    status = file.stat()
    entry, problems = _read_once(file, status.st_mtime_ns, status.st_size)
    return list(problems) if entry is None or problems else entry


@lru_cache(maxsize=64)
def _read_once(file: FilePath, changed: int, size: int) -> tuple[Entry | None, tuple[Problem, ...]]:
    """Reading is most of the work of loading; a file that has not changed is read once."""
    entry, problems = read_file(file, catalogue.display(file))
    return entry, tuple(problems)


def _checked(entry: Entry, own: Entry | None, model: type[B], prefix: Path) -> tuple[B | None, list[Problem]]:
    """A member or pair and what is wrong with it; a fault in the scenario's own figures has the whole key.

    Wrong keys are taken out and the rest is tried again, so that further checks can go on.
    """
    keys = member_keys() if model is Member else pair_keys()
    problems: list[Problem] = []
    for _ in range(3):
        try:
            return model.model_validate(plain(entry)), problems
        except ValidationError as error:
            faults = explained(error, entry, model, lambda path: keys.get(".".join(path)))
        for path, fault in faults:
            written_here = own is not None and own.get(path[:1]) is not None
            problems.append(replace(fault, key=".".join((*prefix, *path))) if written_here else fault)
            entry = without(entry, path)
    return None, list(dict.fromkeys(problems))


def _strangers(overrides: Entry | None, codes: list[str]) -> Iterator[Problem]:
    """Overrides for a state that is no member would do nothing."""
    for code, child in (overrides.children if overrides else {}).items():
        if code not in codes:
            guess = near(code, codes)
            hint = f" Did you mean {guess!r}?" if guess else ""
            message = f"{code} is not a member here, so its figures cannot be changed.{hint}"
            yield problem(child.place, f"membership.overrides.{code}", message, found=code, allowed=", ".join(codes))


def _add_pairs(assembly: Assembly, codes: list[str], entry: Entry) -> None:
    shipped = _read(catalogue.pairs_file())
    if isinstance(shipped, list):
        assembly.problems += shipped
        return
    own_block = entry.get(("membership", "pairs"))
    own, problems = _by_pair(own_block)
    assembly.problems += problems
    known, _ = _by_pair(shipped)
    ordered = sorted(set(codes))
    for i, first in enumerate(ordered):
        for second in ordered[i + 1 :]:
            _add_pair(assembly, (first, second), known, own, entry)


def _add_pair(
    assembly: Assembly,
    pair: tuple[str, str],
    known: dict[tuple[str, str], tuple[str, Entry]],
    own: dict[tuple[str, str], tuple[str, Entry]],
    entry: Entry,
) -> None:
    here = [block[pair] for block in (known, own) if pair in block]
    name = "-".join(pair)
    if not here:
        at = entry.nearest(("membership", "pairs"))
        message = (
            f"Nothing is known of the pair {name}: give membership.pairs.{name} with "
            "prior_trust, incident_rate and major_share."
        )
        assembly.problems.append(
            problem(
                at.place,
                f"membership.pairs.{name}",
                message,
                found=None,
                allowed="prior_trust, incident_rate, major_share",
            )
        )
        return
    merged = merge(here[0][1], here[-1][1]) if len(here) > 1 else here[0][1]
    mine = own.get(pair)
    checked, problems = _checked(
        merged, mine[1] if mine else None, Pair, ("membership", "pairs", mine[0] if mine else name)
    )
    assembly.problems += problems
    assembly.pair_entries[pair] = merged
    if checked is not None:
        assembly.pairs[pair] = checked


def _by_pair(block: Entry | None) -> tuple[dict[tuple[str, str], tuple[str, Entry]], list[Problem]]:
    """Pairs by their codes in alphabetical order, with the name as written."""
    found: dict[tuple[str, str], tuple[str, Entry]] = {}
    problems: list[Problem] = []
    for name, child in (block.children if block else {}).items():
        first, _, second = name.partition("-")
        if not (_is_code(first) and _is_code(second) and first != second):
            problems.append(
                problem(
                    child.place,
                    f"membership.pairs.{name}",
                    f"{name!r} is not a pair: two different codes with a hyphen, as JPN-XYZ.",
                    found=name,
                    allowed="two codes with a hyphen",
                )
            )
            continue
        pair = (min(first, second), max(first, second))
        if pair in found:
            problems.append(
                problem(
                    child.place,
                    f"membership.pairs.{name}",
                    f"The pair {'-'.join(pair)} stands twice.",
                    found=name,
                    allowed="each pair once",
                )
            )
            continue
        if not isinstance(child.value, FrozenDict):
            problems.append(
                problem(
                    child.place,
                    f"membership.pairs.{name}",
                    "A pair is a mapping of prior_trust, incident_rate and major_share.",
                    found=plain(child),
                    allowed="prior_trust, incident_rate, major_share",
                )
            )
            continue
        found[pair] = (name, child)
    return found, problems


def _is_code(text: str) -> bool:
    return len(text) == 3 and text.isascii() and text.isalpha() and text.isupper()
