"""`flip`: two designs of the model, and how wrong one must be about the world before their order is reversed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from aiposim.scenario import Scenario
from aiposim.study.assumptions import LeftOut, left_out, uncertain_assumptions
from aiposim.study.points import Noted, Trials, named, other_seed
from aiposim.study.reversals import PAIRS, Found, reversals

DEFAULT_OUTCOME = "budget_ratio"


@dataclass(frozen=True)
class Flip:
    """What it takes to reverse the order of two designs on an outcome.

    found      differences are of `design` less `against`
    left_out   assumptions that are not moved, and why: where the designs differ in them, above all
    runs_done  computed in all, over both designs
    """

    design: Scenario
    against: Scenario
    outcome: str
    runs: int
    seed: int
    found: Found
    assumptions: int
    left_out: list[LeftOut]
    runs_done: int


def outcome_of(scenario: Scenario) -> str:
    """The outcome on which designs are ordered unless one is named: the first that the question asks for."""
    return next(iter(scenario.outcomes), DEFAULT_OUTCOME)


def flip(
    design: Scenario,
    against: Scenario,
    outcome: str | None = None,
    runs: int = 1000,
    *,
    seed: int = 2015,
    workers: int = 1,
    two: bool = False,
    pairs: int = PAIRS,
    keys: Sequence[str] = (),
    noted: Noted | None = None,
) -> Flip:
    """Find the smallest change of an assumption (and of two together) that reverses the order of two designs.

    outcome   a column of `runs`; the first that the scenario asks for unless given
    two       also search for two assumptions together, among the `pairs` that promise most
    keys      of the assumptions that are moved; all that are uncertain unless given
    noted     called with the runs that have been computed since it was called last
    Errors: UnknownNameError if a design has no such outcome, or a key is that of no assumption; ValueError as
    `simulate`.
    """
    design, against = _by_itself(design), _by_itself(against)
    wanted = outcome or outcome_of(design)
    here = Trials([design, against], runs, seed=seed, workers=workers, noted=noted)
    there = Trials([design, against], runs, seed=other_seed(seed), workers=workers, noted=noted)
    assumptions = named(uncertain_assumptions(design, against), keys)
    found = reversals(
        lambda points: here.differences(points, wanted),
        assumptions,
        two=two,
        elsewhere=lambda points: there.differences(points, wanted),
        tried=pairs,
    )
    done = here.runs_done + there.runs_done
    return Flip(design, against, wanted, runs, seed, found, len(assumptions), left_out(design, against), done)


def _by_itself(scenario: Scenario) -> Scenario:
    """A scenario without its designs: the one that `aiposim run` runs."""
    return scenario.with_(designs={}, grid={}, conclusions=()) if scenario.design_names else scenario
