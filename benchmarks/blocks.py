"""Runs a second on one core: three and four members, every shipped scenario, every rule and option."""

from __future__ import annotations

from collections.abc import Iterable

from aiposim import families, load, shipped
from aiposim.scenario import Scenario
from benchmarks import designs
from benchmarks.engine import a_block
from benchmarks.measuring import Spread, in_turn, ratio
from benchmarks.section import SCENARIO, Section, Size

KEYS = "rules.cost_sharing"
SLOW = 1.1
"""What takes longer than so many times the base is pointed at."""


def one_core(size: Size) -> Section:
    """Three and four members."""
    section = Section(
        "Runs a second on one core",
        f"Blocks of {size.runs:,} runs of 60 half-years, with every measure and the histograms of all bands.",
        ("design", "ms a block", "runs a second"),
    )
    works = {"three members": a_block(load(SCENARIO), size.runs), "four members": a_block(_four(), size.runs)}
    for (words, _), taken in zip(works.items(), in_turn(list(works.values()), size.repeats), strict=True):
        rate = Spread.of(size.runs / each for each in taken)
        section.rows.append((words, Spread.of(1e3 * each for each in taken).told(1), rate.told()))
        section.figures[words] = rate
    return section


def _four() -> Scenario:
    """Mongolia as the fourth member, under unanimity."""
    return next(design for design in load("fourth-member").all_designs() if len(design.codes) == 4)


def scenarios(size: Size) -> Section:
    """Every shipped scenario, its base design, against the base."""
    names = shipped() if size.whole else shipped()[:1]
    section, _ = _relative("Every shipped scenario", ((name, load(name)) for name in names), size)
    section.words = f"Time of a block against `{SCENARIO}`, called in turn."
    return section


def rules_and_options(size: Size) -> Section:
    """Every key, voting rule, Director rule, sanction, reversion, incident process and main option."""
    every = [*designs.rules(), *designs.options()]
    section, slowest = _relative("Every rule and option", every if size.whole else every[:2], size)
    section.words = (
        f"Time of a block of `{SCENARIO}` with one rule or option changed, against the same without the change, "
        f"called in turn. What takes more than {SLOW:g} times as long is marked."
    )
    section.figures["slowest rule or option"] = slowest
    return section


def keys_of_four(size: Size) -> Section:
    """Every key with four members, the nucleolus too."""
    four = _four()
    every = [(name, four.with_(**{"control.cost_sharing.rule": name})) for name in families.shipped(KEYS)]
    section, slowest = _relative("Every key with four members", every if size.whole else every[:1], size, four)
    section.words = "Time of a block with Mongolia as the fourth member, against the same with the key of the scenario."
    section.figures["slowest key of four"] = slowest
    return section


def _relative(
    title: str, named: Iterable[tuple[str, Scenario]], size: Size, base: Scenario | None = None
) -> tuple[Section, Spread]:
    """The section, and runs a second of the slowest design: those of the base, over its ratio to the base."""
    section = Section(title, "", ("design", "ms a block", "times the base"))
    usual = a_block(base or load(SCENARIO), size.runs)
    of_the_base: list[float] = []
    ratios = []
    for name, scenario in named:
        plain, changed = in_turn([usual, a_block(scenario, size.runs)], size.pairs)
        of_the_base += plain
        ratios.append(ratio(changed, plain))
        mark = " **slow**" if ratios[-1].low > SLOW else ""
        told = Spread.of(1e3 * each for each in changed).told(1)
        section.rows.append((name, told, ratios[-1].told(2) + mark))
    rate = size.runs / Spread.of(of_the_base).median
    worst = max(ratios, key=lambda each: each.median)
    return section, Spread(rate / worst.median, rate / worst.high, rate / worst.low)
