"""Families: folders in which one file is one name is one function. Listing the folder is the register.

A family is written with a dot, as "rules.voting" or "measures". Nothing is imported to list its names or to
read its docstrings, so that reading a scenario needs neither NumPy nor Numba.

Rules of a user's own lie in files anywhere, named by the environment variable AIPOSIM_RULES, which the option
`--rules` of the commands sets; worker processes and test runs inherit it. A scenario cannot name a file. The
parameters of its function tell the family of such a rule; from there on it is a rule like any other.
"""

from __future__ import annotations

import ast
import difflib
import hashlib
import importlib
import os
import sys
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from types import ModuleType, TracebackType

from aiposim.own_rules import (
    RulesError,
    check_module,
    check_text,
    docstrings_of,
    failed,
    names_said,
    parameters_of,
)

__all__ = [
    "CHOSEN_BY",
    "RULES_VARIABLE",
    "SHORT_FORMS",
    "OwnRule",
    "RulesError",
    "add_rules",
    "blamed",
    "canonical",
    "described",
    "failed",
    "fetch",
    "file_of",
    "is_own",
    "module",
    "names",
    "near",
    "own_rule",
    "own_rules",
    "shipped",
]

_ROOT = Path(__file__).parent

# Names of which the spelling of the specification is no Python module name.
_ALIASES = {"consensus_1": "consensus_minus_one"}

RULES_VARIABLE = "AIPOSIM_RULES"
"""Files of a user's own rules, or folders of them, separated as in PATH."""

CHOSEN_BY = {
    "cost_sharing": "control.cost_sharing",
    "voting": "control.voting",
    "director": "control.director",
    "sanction": "flexibility.sanction",
    "reversion": "flexibility.reversion",
}
"""The families of rules, and the block of a scenario that chooses from each."""

_OWN = "own_rules"  # above the names of the modules made of users' files
_RULES = "rules."  # above the families of rules

SHORT_FORMS = {"rules.cost_sharing": ("cmim", "tcs")}
"""Short forms that stand for a rule with its terms."""


@dataclass(frozen=True)
class OwnRule:
    """A rule outside the package: its family, its name, and what stood in its file when it was first read."""

    package: str
    name: str
    file: Path
    text: bytes = field(repr=False)

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.text).hexdigest()


def canonical(name: str) -> str:
    """The module name for a name as people write it: `rotation-skip` is `rotation_skip`."""
    underscored = name.replace("-", "_")
    return _ALIASES.get(underscored, underscored)


def names(package: str) -> list[str]:
    """The names in a family in alphabetical order, spelled as modules; an absent folder has none.

    Errors: RulesError if the user's own rules cannot be read.
    """
    own = own_rules() if package.startswith(_RULES) else ()  # nothing else waits for a user's files
    return sorted([*_shipped(package), *(rule.name for rule in own if rule.package == package)])


def shipped(package: str) -> list[str]:
    """The names in a family that come with the package, without the user's own."""
    return list(_shipped(package))


@cache
def _shipped(package: str) -> tuple[str, ...]:
    folder = _folder(package)
    if not folder.is_dir():
        return ()
    return tuple(sorted(file.stem for file in folder.glob("*.py") if not file.stem.startswith("_")))


def fetch(package: str, name: str) -> object:
    """The function of that name: the attribute of the module which bears the module's own name.

    Errors: LookupError that lists the family, with a near name, if there is no such file.
    """
    found: object = getattr(module(package, name), canonical(name))
    return found


def module(package: str, name: str) -> ModuleType:
    """The module of that name, the package's or the user's own; a user's file is run once a process.

    Errors: LookupError as for `fetch`; RulesError if the user's file fails when it is run.
    """
    wanted = _known(package, name)
    rule = own_rule(package, wanted)
    return importlib.import_module(f"aiposim.{package}.{wanted}") if rule is None else _run(rule)


def described(package: str, name: str) -> str:
    """What the file of that name says: its docstring, then its function's; read without importing it."""
    wanted = _known(package, name)
    rule = own_rule(package, wanted)
    tree = ast.parse((_folder(package) / f"{wanted}.py").read_bytes() if rule is None else rule.text)
    return docstrings_of(tree, wanted)


def near(name: str, words: Iterable[str]) -> str | None:
    """The word that a misspelt name most likely meant, or None if no word is close."""
    by_plain_form = {word.casefold().replace("-", "_"): word for word in words}
    plain = name.casefold().replace("-", "_")
    matches = difflib.get_close_matches(plain, by_plain_form, n=1, cutoff=0.6)
    return by_plain_form[matches[0]] if matches else None


def _folder(package: str) -> Path:
    return _ROOT.joinpath(*package.split("."))


def _known(package: str, name: str) -> str:
    wanted = canonical(name)
    known = names(package)
    if wanted in known:
        return wanted
    guess = near(name, known)
    hint = f"; did you mean {guess!r}?" if guess else ""
    raise LookupError(f"{package} has no {name!r}: there are {', '.join(known) or 'none'}{hint}")


# ---- rules of a user's own ----


def add_rules(files: Iterable[str | Path]) -> None:
    """Add files, or folders of them, to the user's own rules of this process and of those that it starts.

    Errors: RulesError, and nothing is added, if one cannot be used.
    """
    files = list(files)
    if "" in files:
        raise RulesError("A file of rules has an empty name; write . for the current folder.")
    given = [str(Path(file).absolute()) for file in files]
    for part in given:
        if os.pathsep in part:
            raise RulesError(f"{part}: a file of rules cannot lie where a name has {os.pathsep!r} in it.")
    known = [part for part in os.environ.get(RULES_VARIABLE, "").split(os.pathsep) if part]
    setting = os.pathsep.join(dict.fromkeys([*known, *given]))
    _own_rules(setting)
    os.environ[RULES_VARIABLE] = setting


def own_rules() -> tuple[OwnRule, ...]:
    """The user's own rules, in the order in which their files are named.

    Errors: RulesError if a file cannot be used.
    """
    return _own_rules(os.environ.get(RULES_VARIABLE, ""))


def own_rule(package: str, name: str) -> OwnRule | None:
    """The user's own rule of that name, or None if it comes with the package or is not there."""
    if not package.startswith(_RULES):
        return None
    return next((rule for rule in own_rules() if (rule.package, rule.name) == (package, canonical(name))), None)


def is_own(function: object) -> bool:
    """Whether a function stands in the file of a user's own rule."""
    return str(getattr(function, "__module__", "")).startswith(f"{_OWN}.")


def file_of(function: object) -> str:
    """The file of a user's own rule, given its function."""
    return str(sys.modules[function.__module__].__file__)


def blamed(error: BaseException) -> RulesError | None:
    """The same error as a line about the user's own rule in whose code it arose; None if it arose elsewhere."""
    place: TracebackType | None = error.__traceback__
    found: RulesError | None = None
    while place is not None:
        made = str(place.tb_frame.f_globals.get("__name__", ""))
        if made.startswith(f"{_OWN}."):
            found = failed(error, place.tb_frame.f_code.co_filename, made.rpartition(".")[2])
        place = place.tb_next
    return found


@cache
def _own_rules(setting: str) -> tuple[OwnRule, ...]:
    places: dict[Path, None] = {}
    for part in filter(None, setting.split(os.pathsep)):
        places |= dict.fromkeys(_files(Path(part)))
    rules = [_read(file) for file in places]
    for i, rule in enumerate(rules):
        for other in rules[:i]:
            if (other.package, other.name) == (rule.package, rule.name):
                raise RulesError(f"{rule.file}: {other.file} is a rule {rule.name} already; give one another name.")
    return tuple(rules)


def _files(path: Path) -> list[Path]:
    path = path.resolve()
    if path.is_dir():
        found = sorted(file for file in path.glob("*.py") if not file.stem.startswith("_"))
        if not found:
            raise RulesError(f"{path}: the folder holds no rule; a rule is a file NAME.py with a function NAME.")
        return found
    if not path.exists():
        raise RulesError(f"{path}: there is no such file of rules.")
    if path.suffix != ".py":
        raise RulesError(f"{path}: a rule is a Python file, NAME.py, or a folder of them.")
    return [path]


def _read(file: Path) -> OwnRule:
    """The rule in a file, told from its text alone: nothing is run."""
    try:
        text = file.read_bytes()
        tree = ast.parse(text)
    except OSError as error:
        raise RulesError(f"{file}: the file cannot be read: {error.strerror or error}.") from error
    except SyntaxError as error:
        raise RulesError(f"{file}:{error.lineno or 1}: this is no Python: {error.msg}.") from error
    except ValueError as error:
        raise RulesError(f"{file}: this is no Python: {error}.") from error
    name = file.stem
    functions = {node.name: node for node in tree.body if isinstance(node, ast.FunctionDef)}
    if name not in functions:
        there = f" (there are {', '.join(functions)})" if functions else ""
        raise RulesError(f"{file}: the file has no function {name}; the function bears the file's name{there}.")
    family = _family(file, functions[name])
    package = f"rules.{family}"
    if canonical(name) != name or name in (*_shipped(package), *SHORT_FORMS.get(package, ())):
        raise RulesError(f"{file}: {name} is a {family.replace('_', ' ')} rule that is shipped; take another name.")
    missing = [word for word in ("Terms", *_constants(family)) if word not in names_said(tree)]
    if missing:
        raise RulesError(f"{file}: a {family.replace('_', ' ')} rule also says {', '.join(missing)}, in its module.")
    if "Source:" not in docstrings_of(tree, name):
        raise RulesError(f'{file}: the docstring names no source; write a paragraph that begins with "Source:".')
    check_text(file, tree, functions[name], names_said(tree))
    return OwnRule(package, name, file, text)


def _family(file: Path, function: ast.FunctionDef) -> str:
    """The family whose rules take what this function takes."""
    taken = parameters_of(function)
    for family, expected in _signatures().items():
        if taken == expected:
            return family
    known = "; ".join(f"{family} ({', '.join(expected)})" for family, expected in _signatures().items())
    raise RulesError(f"{file}:{function.lineno}: no family of rules takes ({', '.join(taken)}); there are {known}.")


@cache
def _signatures() -> dict[str, tuple[str, ...]]:
    """What the rules of each family take, read off one of those that are shipped."""
    return {family: parameters_of(_function(trees[0][1], trees[0][0])) for family, trees in _shipped_rules().items()}


@cache
def _constants(family: str) -> tuple[str, ...]:
    """What every rule of a family says beside its function: the constants that all shipped ones have."""
    said = [names_said(tree) for _, tree in _shipped_rules()[family]]
    return tuple(sorted(word for word in set.intersection(*said) if word.isupper()))


@cache
def _shipped_rules() -> dict[str, list[tuple[str, ast.Module]]]:
    folders = sorted(path.parent for path in (_ROOT / "rules").glob("*/__init__.py"))
    return {
        folder.name: [
            (name, ast.parse((folder / f"{name}.py").read_bytes())) for name in _shipped(f"rules.{folder.name}")
        ]
        for folder in folders
    }


def _function(tree: ast.Module, name: str) -> ast.FunctionDef:
    return next(node for node in tree.body if isinstance(node, ast.FunctionDef) and node.name == name)


@cache
def _run(rule: OwnRule) -> ModuleType:
    """The file run as a module. Python keeps no bytecode of it, which goes by time and would not see every edit."""
    made = ModuleType(f"{_OWN}.{rule.package.rpartition('.')[2]}.{rule.name}")
    made.__file__ = str(rule.file)
    sys.modules[made.__name__] = made  # where dataclasses look for the meaning of annotations
    try:
        exec(compile(rule.text, str(rule.file), "exec"), vars(made))
    except (Exception, SystemExit) as error:
        raise failed(error, str(rule.file), "the file") from error
    check_module(made, rule.file, rule.package.removeprefix(_RULES), rule.name)
    return made
