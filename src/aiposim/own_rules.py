"""What a user's own rule has to be before anything is computed with it; the shipped rules pay nothing for this.

Its text is looked through when its file is named, its module is checked when the file is run, and then the rule is
tried out in plain Python on a few ordinary figures: what Python says of a mistake is clearer than what a compiler says.
"""

from __future__ import annotations

import ast
import inspect
import itertools
import traceback
from collections.abc import Callable, Iterator
from dataclasses import is_dataclass
from math import isfinite, isnan
from pathlib import Path
from types import ModuleType
from typing import Any

FLAGS = (
    *("MOVES_QUEUE", "ACTING", "TURN_AT_STAKE", "OBJECTIONS", "POLL"),
    *("WEIGHS", "SUSPENDS", "CHARGES_INTEREST", "COSTS_TURN", "USES_REPORTS", "CEILING_WITHIN"),
)
"""Constants of a rule's module that are true or false."""

_LOTS = ("random", "secrets", "numpy.random")


class RulesError(Exception):
    """A file of somebody's own rules cannot be used; one line says which and why."""


def failed(error: BaseException, file: str, doing: str) -> RulesError:
    """What is told when a user's own rule fails: where in its file, and with what."""
    lines = [frame.lineno for frame in traceback.extract_tb(error.__traceback__) if frame.filename == file]
    place = f"{file}:{lines[-1]}" if lines else file
    said = " ".join(str(error).split())[:300].rstrip(".")
    return RulesError(f"{place}: {doing} fails with {type(error).__name__}{': ' if said else ''}{said}.")


def parameters_of(function: ast.FunctionDef) -> tuple[str, ...]:
    """Names of the parameters of a function, as it writes them."""
    given = function.args
    rest = [f"*{given.vararg.arg}"] if given.vararg else []
    rest += [each.arg for each in given.kwonlyargs] + ([f"**{given.kwarg.arg}"] if given.kwarg else [])
    return (*(each.arg for each in (*given.posonlyargs, *given.args)), *rest)


def names_said(tree: ast.Module) -> set[str]:
    """Names that a module gives a meaning at its top: by assignment, class or import."""
    found: set[str] = set()
    for node in tree.body:
        targets: list[ast.expr] = node.targets if isinstance(node, ast.Assign) else []
        targets = [node.target] if isinstance(node, ast.AnnAssign) else targets
        found |= {target.id for target in targets if isinstance(target, ast.Name)}
        if isinstance(node, ast.ClassDef):
            found.add(node.name)
        if isinstance(node, ast.ImportFrom):
            found |= {alias.asname or alias.name for alias in node.names}
    return found


def docstrings_of(tree: ast.Module, name: str) -> str:
    """The docstring of a module and of its function of that name."""
    texts = [ast.get_docstring(tree) or ""]
    for node in tree.body:
        if isinstance(node, ast.FunctionDef) and node.name == name:
            texts.append(ast.get_docstring(node) or "")
    return "\n\n".join(dict.fromkeys(text for text in texts if text))


def check_text(file: Path, tree: ast.Module, function: ast.FunctionDef, said: set[str]) -> None:
    """What can be told from the text alone; `said` are the names to which the module gives a meaning.

    Errors: RulesError for a rule that draws lots, or that reads objections which nobody is asked for.
    """
    for line, lots in _draws(tree):
        raise RulesError(f"{file}:{line}: the file uses {lots}; nothing is drawn by lot in a rule.")
    for node in ast.walk(function):
        if isinstance(node, ast.Name) and node.id == "objections" and not {"OBJECTIONS", "POLL"} & said:
            raise RulesError(
                f"{file}:{node.lineno}: {function.name} reads objections, which are 0 for ever unless the file says "
                "OBJECTIONS = True (members may object) or POLL = True (there is a ballot)."
            )


def check_module(module: ModuleType, file: Path, family: str, name: str) -> None:
    """Check the functions, constants and Terms of a file that has been run, then try the rule out.

    Errors: RulesError for the first thing that is wrong.
    """
    function, kernel = getattr(module, name, None), getattr(module, "KERNEL", None)
    for called, value in ((name, function), *([("KERNEL", kernel)] if kernel is not None else [])):
        if not inspect.isfunction(value):
            raise RulesError(f"{file}: {called} is no plain function but {_shown(value)}; write it without decorators.")
    if function is not None and function.__module__ != module.__name__:
        raise RulesError(f"{file}: {name} is replaced by a function of {function.__module__}; take decorators away.")
    for flag in FLAGS:
        if not isinstance(getattr(module, flag, False), bool):
            raise RulesError(f"{file}: {flag} is {_shown(getattr(module, flag))}; it must be True or False.")
    partiality = getattr(module, "PARTIALITY", 1.0)
    if type(partiality) not in (int, float) or not 0.0 <= partiality <= 1e6:
        raise RulesError(f"{file}: PARTIALITY is {_shown(partiality)}; it must be a number, 0 or more.")
    terms = _terms(module, file, compiled=family != "cost_sharing")
    if family in _QUESTIONS:
        _try_out(module, file, family, name, terms)


def _draws(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Where a module reaches for random numbers, and by what name."""
    numpy = {
        alias.asname or alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.Import)
        for alias in node.names
        if alias.name == "numpy"
    }
    for node in ast.walk(tree):
        names: list[str] = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and not node.level:
            names = [str(node.module), *(f"{node.module}.{alias.name}" for alias in node.names)]
        elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in numpy:
            names = [f"numpy.{node.attr}"]
        for name in names:
            if any(name == lots or name.startswith(f"{lots}.") for lots in _LOTS):
                yield getattr(node, "lineno", 1), name


def _terms(module: ModuleType, file: Path, *, compiled: bool) -> Any:
    """The rule's standard terms; those of compiled rules go into a record of numbers."""
    if not (inspect.isclass(module.Terms) and is_dataclass(module.Terms)):
        raise RulesError(f"{file}: Terms is no dataclass; write @dataclass(frozen=True) above class Terms.")
    try:
        terms = module.Terms()
    except (Exception, SystemExit) as error:
        message = f"{file}: Terms() fails with {type(error).__name__}: {_line(error)}; every field needs a default."
        raise RulesError(message) from error
    if not compiled:
        return terms
    if not hasattr(terms, "__dict__"):
        raise RulesError(f"{file}: Terms has slots; write @dataclass(frozen=True) without them.")
    for field, value in vars(terms).items():
        if type(value) not in (int, float, bool) or abs(value) >= 2**63 or isnan(value):
            raise RulesError(f"{file}: Terms.{field} is {_shown(value)}; it must be a number (int, float or bool).")
    return terms


def _try_out(module: ModuleType, file: Path, family: str, name: str, terms: Any) -> None:
    import numpy as np

    function: Callable[..., Any] = getattr(module, name)
    questions, right, wanted = _QUESTIONS[family]
    taken = list(inspect.signature(function).parameters)
    for figures in questions():
        # The numbers of the arrays in a run: divided by 0 they give no error but infinity or nan.
        given = [np.float64(figure) for figure in figures]
        try:
            with np.errstate(all="ignore"):
                first, second = function(*given, terms), function(*given, terms)
        except (Exception, SystemExit) as error:
            raise failed(error, str(file), name) from error
        asked = ", ".join(f"{word} {figure:g}" for word, figure in zip(taken, figures, strict=False))
        if not right(first):
            raise RulesError(f"{file}: {name} answers {_shown(first)} to {asked}; {wanted}.")
        if first != second:
            answers = f"{_shown(first)}, then {_shown(second)}"
            raise RulesError(f"{file}: {name} answers {answers} to {asked}; the same figures get the same answer.")


def _ballots() -> Iterator[tuple[float, ...]]:
    """Three governments, the first in the chair, each of which accepts, objects or is absent."""
    weights = (0.5, 0.3, 0.2)
    for votes in itertools.product("yna", repeat=3):
        yes, no = votes.count("y"), votes.count("n")
        held = sum(weight for weight, vote in zip(weights, votes, strict=True) if vote == "y")
        yield yes, no, yes + no, 3, held, 1, yes, yes + no, votes[0] == "y"


def _nominees() -> Iterator[tuple[float, ...]]:
    yield from itertools.product((0, 1, 2), (0, 0.5, 8), (4,), (0, 1, 2), (0.2, 0.6, 0.9))


def _debts() -> Iterator[tuple[float, ...]]:
    yield from itertools.product((0, 0.5, 2, 10), (0.5, 1), (2, 4))


def _budgets() -> Iterator[tuple[float, ...]]:
    yield from ((0.5,), (2.5,), (10,))


def _is_truth(answer: Any) -> bool:
    import numpy as np

    return isinstance(answer, bool | np.bool_)


def _is_number(answer: Any) -> bool:
    import numpy as np

    return isinstance(answer, int | float | np.integer | np.floating | np.bool_) and not isnan(answer)


_QUESTIONS: dict[str, tuple[Callable[[], Iterator[tuple[float, ...]]], Callable[[Any], bool], str]] = {
    "voting": (_ballots, _is_truth, "whether a motion is carried is True or False"),
    "director": (_nominees, _is_number, "a nominee's place is a number"),
    "sanction": (
        _debts,
        lambda answer: _is_number(answer) and isfinite(answer) and answer >= 0.0,
        "the weight of a sanction is a finite number, 0 or more",
    ),
    "reversion": (
        _budgets,
        lambda answer: _is_number(answer) and isfinite(answer) and answer > 0.0,
        "a reversion is a finite number of M$, greater than 0",
    ),
}
"""By family: the figures a rule is tried on, what a right answer is, and that in words."""


def _shown(value: Any) -> str:
    plain = value.item() if type(value).__module__ == "numpy" and hasattr(value, "item") and not value.shape else value
    text = " ".join(repr(plain).split())
    return text if len(text) <= 60 else f"{text[:57]}..."


def _line(error: BaseException) -> str:
    return " ".join(str(error).split())[:200].rstrip(".")
