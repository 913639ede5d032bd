"""Binds the steps of a period to the arrays of one block of runs: the names of parameters are the wiring."""

from __future__ import annotations

import importlib
import inspect
from collections.abc import Callable
from functools import cache, partial
from types import ModuleType, SimpleNamespace
from typing import Any

from aiposim import families
from aiposim.assessment import Assessment
from aiposim.charter import Charter
from aiposim.compiled import bound, compile_rule, machine, wanted
from aiposim.machine_code import Argument
from aiposim.quantities import Array
from aiposim.rules import voting
from aiposim.state import State
from aiposim.steps import _motions

Step = Callable[..., None]


def step_modules() -> list[ModuleType]:
    """The modules of `aiposim.steps`, found by listing the folder."""
    return [importlib.import_module(f"aiposim.steps.{name}") for name in families.names("steps")]


@cache
def all_steps() -> dict[str, tuple[str, Step]]:
    """Every step by name: the item whose fields it means (`budget_ballot` for `ballot`), and the function."""
    steps: dict[str, tuple[str, Step]] = {}
    for module in step_modules():
        for name, function in vars(module).items():
            if inspect.isfunction(function) and function.__module__ == module.__name__:
                steps[name] = ("", function)
    for item in ("budget", "programme"):
        steps[f"count_{item}_ballots"] = (item, _motions.count_ballots)
        steps[f"{item}_votes"] = (item, voting.votes)
        steps[f"{item}_veto_distrust"] = (item, _motions.veto_distrust)
    for item in ("crisis", "relief"):
        steps[f"{item}_votes"] = (item, voting.count_votes)
    return steps


def bind(
    charter: Charter, assessment: Assessment, state: State, run_numbers: Array, seed_words: Array
) -> SimpleNamespace:
    """All steps, each with its arrays in hand: a parameter's name is the name of the field it gets.

    A misspelt name fails here, when the block is made. Steps are compiled unless compilation is off.
    """
    values: dict[str, Any] = {
        **vars(charter.given),
        **state.arrays(),
        **assessment.tables(),
        "run_numbers": run_numbers,
        "seed_words": seed_words,
        "terms": charter.record if wanted() else (charter.terms,),
    }
    fields = {name: Argument(value) for name, value in values.items()}
    rules = {
        "choose_director": {"rule": _function(charter.director)},
        "propensities": {"sanction_rule": _function(charter.sanction)},
        "budget_target": {"reversion_rule": _function(charter.reversion)},
    }
    votes = {"rule": _function(charter.voting)}
    do = SimpleNamespace()
    for name, (item, step) in all_steps().items():
        wanted_rules = votes if step in (voting.votes, voting.count_votes) else rules.get(name, {})
        setattr(do, name, _bound(step, item, fields, wanted_rules))
    do.set_valuations = partial(assessment.set_valuations, state, do.set_valuations)
    if assessment.uses_reports:
        do.set_key = partial(assessment.set_key, state)
    do.someone_left = partial(state.leavings.item, 0)
    do.no_budget = partial(state.settled.fill, False)
    return do


def _bound(step: Step, item: str, fields: dict[str, Argument], rules: dict[str, Step]) -> Step:
    names = _parameters(step)
    if item:
        names = tuple(f"{item}_{name}" if f"{item}_{name}" in fields else name for name in names)
    try:
        arguments = [fields[name] for name in names]
    except KeyError:
        missing = ", ".join(name for name in names if name not in fields)
        raise NameError(f"step {step.__name__} reads {missing}, which the state does not have") from None
    for rule in rules.values():
        if families.is_own(rule):
            made = machine(step, **rules)
            given = [argument.value for argument in arguments]
            compile_rule(made, (*given, 0)[: step.__code__.co_argcount], rule)
            return _watched(partial(made, *given), rule)
    return bound(step, arguments, **rules)


def _watched(step: Step, rule: Step) -> Step:
    """A step that is told off with the file of the user's own rule when it fails."""
    file = families.file_of(rule)

    def watched(*period: int) -> None:
        try:
            step(*period)
        except (Exception, SystemExit) as error:
            raise families.failed(error, file, rule.__name__) from error

    return watched


@cache
def _parameters(step: Step) -> tuple[str, ...]:
    """Names of the parameters of a step, without the period."""
    names = tuple(inspect.signature(step).parameters)
    return names[:-1] if names[-1] == "t" else names


def _function(module: Any) -> Step:
    """The function of a rule's file, which bears the file's name."""
    function: Step = getattr(module, module.__name__.rpartition(".")[2])
    return function
