"""Tasks for processes that share no file with the one who asks: what they are told, and what they answer.

A worker is told a scenario as JSON, the user's own rules as text, and the digest of the source that it must have. Its
answer is a block, the same to the bit as that of any other process.
"""

from __future__ import annotations

import contextlib
import json
import os
import socket
import tempfile
import threading
import zlib
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from aiposim import families
from aiposim.compiled import source_digest
from aiposim.driver import FoldedBlock, Task
from aiposim.ensemble import Compute
from aiposim.scenario import Scenario, from_dict

Rule = tuple[str, str, bytes]
"""One of the user's own rules as it travels: package, file, text."""


class OtherSource(Exception):
    """Who should compute has another version of the package than who asks."""


@dataclass(frozen=True)
class Order:
    """A task as it travels."""

    source: str
    scenario: bytes
    rules: tuple[Rule, ...]
    compute: Compute
    first: int
    runs: int
    seed: int
    panel: str


def order_for(task: Task, compute: Compute) -> Order:
    """What to tell a worker so that it computes a task with the rules that are named here."""
    rules = tuple((rule.package, str(rule.file), rule.text) for rule in families.own_rules())
    told = _told(task.scenario)
    return Order(source_digest(), told, rules, compute, task.first, task.runs, task.seed, task.panel)


def answer(order: Order) -> FoldedBlock:
    """Compute what is ordered, at the worker.

    Errors: OtherSource if this is another version than the one that asks; those of the task.
    """
    check_source(f"A worker on {socket.gethostname()}", source_digest(), order.source)
    with _alone:
        os.environ[families.RULES_VARIABLE] = _rules_here(order.rules)
        block = order.compute(Task(_understood(order.scenario), order.first, order.runs, order.seed, order.panel))
    return FoldedBlock.of(block)


def check_source(who: str, source: str, wanted: str) -> None:
    """Compare digests of the package's source.

    Errors: OtherSource that says who has which.
    """
    if source != wanted:
        raise OtherSource(
            f"{who} runs another aiposim (source {source[:12]}) than the one that asks (source {wanted[:12]}); install "
            "the same version everywhere and start scheduler and workers again."
        )


_alone = threading.Lock()
"""The arrays of a process serve one block at a time, however many threads a worker has."""


@lru_cache(maxsize=64)
def _told(scenario: Scenario) -> bytes:
    return zlib.compress(json.dumps(scenario.as_dict()).encode())


@lru_cache(maxsize=64)
def _understood(told: bytes) -> Scenario:
    return from_dict(json.loads(zlib.decompress(told)))


@cache
def _rules_here(rules: tuple[Rule, ...]) -> str:
    """What AIPOSIM_RULES has to be: the same files, if they are here and say the same; else copies of them."""
    named = os.pathsep.join(file for _, file, _ in rules)
    with contextlib.suppress(families.RulesError):
        os.environ[families.RULES_VARIABLE] = named
        if [(rule.package, rule.text) for rule in families.own_rules()] == [(rule[0], rule[2]) for rule in rules]:
            return named
    return os.pathsep.join(_copied(file, text) for _, file, text in rules)


_copies: list[tempfile.TemporaryDirectory[str]] = []


def _copied(file: str, text: bytes) -> str:
    """A copy of a rule, in a folder that goes with this process."""
    _copies.append(tempfile.TemporaryDirectory(prefix="aiposim-rules-"))
    copy = Path(_copies[-1].name) / file.replace("\\", "/").rpartition("/")[2]
    copy.write_bytes(text)
    return str(copy)
