"""Families: folders in which one file is one name is one function. Listing the folder is the register.

A family is written with a dot, as "rules.voting" or "measures". Nothing is imported to list its names or to
read its docstrings, so that reading a scenario needs neither NumPy nor Numba.
"""

from __future__ import annotations

import ast
import difflib
import importlib
from collections.abc import Iterable
from functools import cache
from pathlib import Path

_ROOT = Path(__file__).parent

# Names of which the spelling of the specification is no Python module name.
_ALIASES = {"consensus_1": "consensus_minus_one"}


def canonical(name: str) -> str:
    """The module name for a name as people write it: `rotation-skip` is `rotation_skip`."""
    underscored = name.replace("-", "_")
    return _ALIASES.get(underscored, underscored)


def names(package: str) -> list[str]:
    """The names in a family in alphabetical order, spelled as modules; an absent folder has none."""
    return list(_names(package))


@cache
def _names(package: str) -> tuple[str, ...]:
    folder = _folder(package)
    if not folder.is_dir():
        return ()
    return tuple(sorted(file.stem for file in folder.glob("*.py") if not file.stem.startswith("_")))


def fetch(package: str, name: str) -> object:
    """The function of that name: the attribute of the module which bears the module's own name.

    Errors: LookupError that lists the family, with a near name, if there is no such file.
    """
    module_name = _known(package, name)
    module = importlib.import_module(f"aiposim.{package}.{module_name}")
    found: object = getattr(module, module_name)
    return found


def described(package: str, name: str) -> str:
    """What the file of that name says: its docstring, then its function's; read without importing it."""
    module_name = _known(package, name)
    tree = ast.parse((_folder(package) / f"{module_name}.py").read_text(encoding="utf-8"))
    of_function = [
        ast.get_docstring(statement) or ""
        for statement in tree.body
        if isinstance(statement, ast.FunctionDef) and statement.name == module_name
    ]
    texts = [ast.get_docstring(tree) or "", *of_function]
    return "\n\n".join(dict.fromkeys(text for text in texts if text))


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
    known = _names(package)
    if wanted in known:
        return wanted
    guess = near(name, known)
    hint = f"; did you mean {guess!r}?" if guess else ""
    raise LookupError(f"{package} has no {name!r}: there are {', '.join(known) or 'none'}{hint}")
