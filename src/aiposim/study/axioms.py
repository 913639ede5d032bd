"""What may be asked of each rule, whether it holds, and a counter-example where it does not: computed, not asserted.

    python -m aiposim.study.axioms > docs/rules.md

writes the page of the shipped rules. An axiom that holds has met no counter-example in so many cases, which is less
than a proof; the cases are the same each time.
"""

from __future__ import annotations

import importlib
import inspect
import sys
from collections.abc import Iterator
from functools import cache
from types import ModuleType

from aiposim import families
from aiposim.study.axiom import Verdict, axioms_in, judged, rule_of
from aiposim.study.worked_examples import first_example

_HEAD = """# The rules, and what can be said of them

Written by `python -m aiposim.study.axioms`; a test fails when it is out of date. `aiposim rules` lists the rules on the
terminal, `aiposim rules NAME` shows one, `aiposim rules --axioms` prints these tables, also for [rules of your
own](own-rules.md).

For every rule each axiom of its family is tried on a fixed set of cases, first on simple ones, then on some drawn by
lot, under the rule's own standard terms. ✓ says that there was no counter-example in them, which is not a proof; – that
there is one, and below stands the first that was found. An axiom that fails is no fault: no rule can have them all. A
blank says that the axiom is not asked of the rule; below the table stands why. The example of each rule is the first of
its worked examples, which the tests compute.
"""


@cache
def axioms_of(family: str) -> ModuleType:
    """The module that holds the axioms of a family."""
    return importlib.import_module(f"aiposim.study.axioms_of_{family}")


def verdicts(family: str, name: str) -> list[Verdict]:
    """What holds for a rule and what does not, in the order in which the family's axioms stand in their file.

    Errors: LookupError if there is no such rule; RulesError if a user's own rule cannot be used.
    """
    return list(_judged(family, name, families.own_rules()))


@cache
def _judged(family: str, name: str, own_rules: tuple[families.OwnRule, ...]) -> tuple[Verdict, ...]:
    """Kept by the user's own rules too: the same name may mean another file by now."""
    rule = rule_of(family, name)
    return tuple(judged(axiom, rule) for axiom in axioms_in(axioms_of(family)).values())


def reasons_not_asked(found: list[Verdict]) -> dict[str, list[Verdict]]:
    """The axioms that are not asked of a rule, by the reason."""
    reasons: dict[str, list[Verdict]] = {}
    for verdict in (each for each in found if each.not_asked):
        reasons.setdefault(verdict.not_asked, []).append(verdict)
    return reasons


def page() -> str:
    """The page of all shipped rules, in Markdown."""
    parts = [_HEAD]
    for family in families.CHOSEN_BY:
        parts += _family(family)
    return "\n".join(parts)


def _family(family: str) -> Iterator[str]:
    module = axioms_of(family)
    found = {name: verdicts(family, name) for name in families.shipped(f"rules.{family}")}
    about, *rest = inspect.getdoc(module).split("\n\n") if module.__doc__ else [""]  # type: ignore[union-attr]
    yield f"## {family.replace('_', ' ').capitalize()}\n"
    yield f"Chosen by `{families.CHOSEN_BY[family]}`. {_plain(about)} {_plain(rest[0])}\n"
    first = next(iter(found.values()))
    for number, verdict in enumerate(first, 1):
        source = f" ({verdict.source.rstrip('.')})" if verdict.source else ""
        yield f"{number}. **{verdict.axiom}**: {verdict.says}{source}"
    yield ""
    yield f"| rule | {' | '.join(str(number) for number in range(1, len(first) + 1))} |"
    yield f"|---|{'---|' * len(first)}"
    for name, of_rule in found.items():
        yield f"| `{name}` | {' | '.join(verdict.sign for verdict in of_rule)} |"
    yield ""
    for name, of_rule in found.items():
        for reason, blank in reasons_not_asked(of_rule).items():
            numbers = ", ".join(str(of_rule.index(verdict) + 1) for verdict in blank)
            yield f"Not asked of `{name}` ({numbers}): {reason}.\n"
    for name, of_rule in found.items():
        yield from _rule(family, name, of_rule)


def _rule(family: str, name: str, found: list[Verdict]) -> Iterator[str]:
    yield f"### {name}\n"
    for paragraph in families.described(f"rules.{family}", name).split("\n\n"):
        yield f"{_plain(paragraph)}\n"
    example = first_example(family, name)
    if example is not None:
        yield f"{example.heading}\n"
        yield f"- {example.given}"
        yield f"- {example.result}\n"
    asked = [verdict for verdict in found if not verdict.not_asked]
    held = sum(verdict.holds is True for verdict in asked)
    cases = sum(verdict.cases for verdict in found if verdict.holds)
    yield f"{held} of {len(asked)} axioms hold, tried on {cases} cases.\n"
    failing = [verdict for verdict in asked if not verdict.holds]
    if failing:
        yield "| does not hold | counter-example |"
        yield "|---|---|"
        yield from (f"| {verdict.axiom} | {verdict.counter_example} |" for verdict in failing)
        yield ""


def _plain(text: str) -> str:
    return " ".join(text.split())


if __name__ == "__main__":
    sys.stdout.write(page())
