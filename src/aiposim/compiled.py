"""The only module that knows Numba exists: turns plain functions into machine code, or leaves them alone.

Rules, behaviours and steps carry no decorator. `machine(function)` replaces every plain function of ours
that it calls by its compiled form, binds further names when asked (a scenario's voting rule, say), and
compiles on the first call. With AIPOSIM_COMPILE=0, or where Numba cannot be installed, the same functions
run as Python, slowly, and give the same bits.
"""

from __future__ import annotations

import dis
import hashlib
import os
import tempfile
import types
import warnings
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import platformdirs

from aiposim import families
from aiposim.arithmetic import TWINS

Function = Callable[..., Any]
_machines: dict[tuple[Any, ...], Function] = {}


@cache
def wanted() -> bool:
    """Whether functions are compiled in this process: Numba is there and AIPOSIM_COMPILE is not 0."""
    if os.environ.get("AIPOSIM_COMPILE", "1") == "0":
        return False
    try:
        import numba  # noqa: F401
    except ImportError:
        return False
    return True


_COMPILED = ("arithmetic.py", "behaviour", "compiled.py", "luck.py", "rules", "state.py", "steps")
"""Where compiled functions and what they call may lie."""


@cache
def source_digest(*parts: str) -> str:
    """SHA-256 of the package's Python files in the order of their paths, 64 hexadecimal digits.

    `parts` are top folders or files; without any the digest covers the whole package.
    """
    package = Path(__file__).parent
    digest = hashlib.sha256()
    for path in sorted(package.rglob("*.py"), key=lambda p: p.relative_to(package).as_posix()):
        if parts and path.relative_to(package).parts[0] not in parts:
            continue
        digest.update(path.relative_to(package).as_posix().encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


@cache
def cache_folder() -> Path:
    """Where machine code is kept; named by the digest of the source, since Numba's cache does not see edits
    in other modules and would run yesterday's rule. Where the home cannot be written, a folder of this process
    alone, with a warning: a folder that others can name is no place for machine code.
    """
    import numba

    root = platformdirs.user_cache_path("aiposim")
    folder = root / f"{source_digest(*_COMPILED)[:16]}-numba{numba.__version__}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            return folder
    except OSError:
        warnings.warn(f"the compiled model cannot be kept in {root}; it is compiled anew each time", stacklevel=2)
        return Path(tempfile.mkdtemp(prefix="aiposim-cache-"))


def first_time() -> bool:
    """Whether nothing has been compiled so far for this version of the source (say so on screen)."""
    return wanted() and not any(cache_folder().rglob("*.nbi"))


def machine(function: Function, **bound: Function) -> Function:
    """The compiled form of `function`, or a plain copy of it where nothing is compiled.

    `bound` gives global names of the function another meaning: `machine(count, rule=majority)`. The same
    call returns the same object, so nothing is compiled twice. What calls functions from outside the package,
    such as a user's own rule, is compiled anew in each process: no digest covers all that they may call.
    """
    key = (function, tuple(sorted((name, id(f)) for name, f in bound.items())))
    if key not in _machines:
        copy = _rebound(function, bound)
        ours = all(_is_ours(f) for f in (function, *bound.values()))
        _machines[key] = _compile(copy, keep=ours, door=True) if wanted() else copy
    return _machines[key]


def calling_machine(function: Function, kernel: Function | None) -> Function:
    """A plain copy of a function that calls the machine code of `kernel`; without a kernel the function itself."""
    if kernel is None or not wanted():
        return function
    assert isinstance(function, types.FunctionType)
    names = {name: machine(kernel) if value is kernel else value for name, value in function.__globals__.items()}
    copy = types.FunctionType(function.__code__, names, function.__name__, function.__defaults__)
    copy.__module__ = function.__module__
    return copy


def compile_for(function: Function, arguments: tuple[Any, ...]) -> None:
    """Compile for arguments of these types without calling, and keep the machine code."""
    import numba

    compiler = getattr(function, "compile", None)
    if compiler is not None:
        compiler(tuple(numba.typeof(argument) for argument in arguments))


def compile_rule(function: Function, arguments: tuple[Any, ...], rule: Function) -> None:
    """Compile a step that asks a user's own rule at once, so that what is wrong with the rule is told at once.

    Errors: RulesError with Numba's first complaint.
    """
    if not wanted():
        return
    try:
        compile_for(function, arguments)
    except Exception as error:  # not all that Numba raises is an error of its own
        lines = [line.strip() for line in str(error).splitlines()]
        told = next((line for line in lines if line and not line.startswith("Failed in")), "")[:200].rstrip(".:")
        raise families.RulesError(
            f"{families.file_of(rule)}: {rule.__name__} cannot be compiled: {told}. Numbers, comparisons and "
            "plain functions can; with AIPOSIM_COMPILE=0 everything runs as Python, slowly."
        ) from error


def _is_ours(function: Function) -> bool:
    return function.__module__.partition(".")[0] == __package__.partition(".")[0]


def _rebound(function: Function, bound: dict[str, Function]) -> types.FunctionType:
    """A copy of the function that sees compiled versions of the functions it calls, and the bound ones."""
    assert isinstance(function, types.FunctionType)
    names = dict(function.__globals__)
    for name in _global_names(function.__code__):
        callee = bound.get(name, names.get(name))
        if isinstance(callee, types.FunctionType):
            names[name] = _callee(callee) if wanted() else callee
    copy = types.FunctionType(function.__code__, names, function.__name__, function.__defaults__)
    # Numba keeps machine code under the qualified name: each binding needs one of its own.
    suffix = "".join(f"__{bound[name].__module__}_{bound[name].__name__}" for name in sorted(bound))
    copy.__qualname__ = function.__qualname__ + suffix.replace(".", "_")
    copy.__module__ = function.__module__
    return copy


def _global_names(code: types.CodeType) -> set[str]:
    """Names a function loads as globals (its `co_names` would bring the names of attributes too)."""
    return {str(i.argval) for i in dis.get_instructions(code) if i.opname == "LOAD_GLOBAL"}


@cache
def _callee(function: types.FunctionType) -> Function:
    return _compile(_rebound(TWINS.get(function, function), {}), keep=False, door=False)


def _has_loop(function: types.FunctionType) -> bool:
    return any(i.opname in ("FOR_ITER", "JUMP_BACKWARD") for i in dis.get_instructions(function))


def _compile(function: types.FunctionType, *, keep: bool, door: bool) -> Function:
    """Machine code of one function, kept on disk or not, with a door by which Python can call it or without.

    Without inlining of the small ones no loop over runs becomes vector code.
    """
    import numba

    numba.config.CACHE_DIR = str(cache_folder())
    jit = numba.njit(
        error_model="numpy",
        nogil=True,
        cache=keep,
        forceinline=not door and not _has_loop(function),
        no_cpython_wrapper=not door,  # what only compiled code calls needs no door from Python
        no_cfunc_wrapper=True,
    )
    compiled: Function = jit(function)
    if door:
        _promise_distinct_arrays(compiled)
    if keep:
        _forgive_broken_files(compiled)
    return compiled


def _promise_distinct_arrays(compiled: Any) -> None:
    """Tell the compiler that no two array arguments overlap, so that loops over many arrays become vector code.

    Holds for steps, whose arrays are fields of a state with a memory of their own each; whatever else has a door
    must keep to it. The flag is private to Numba: where it is gone, the loops are slower and a benchmark says so.
    """
    compiler = getattr(compiled, "_compiler", None)
    if not hasattr(compiler, "_customize_flags"):
        return

    def with_distinct_arrays(flags: Any) -> Any:
        if hasattr(flags, "noalias"):
            flags.noalias = True
        return flags

    compiler._customize_flags = with_distinct_arrays


def _forgive_broken_files(compiled: Any) -> None:
    """Machine code that cannot be read back is thrown away and compiled again, instead of failing each call.

    Numba raises whatever reading the damaged file raises. The attribute is private: where it is gone, so is the
    forgiveness, and a test says so.
    """
    kept = getattr(compiled, "_cache", None)
    if kept is None or not hasattr(kept, "flush"):
        return
    load = kept.load_overload

    def load_or_compile(signature: Any, context: Any) -> Any:
        try:
            return load(signature, context)
        except Exception:  # noqa: BLE001 - damaged files fail in many ways; all of them mean: not there
            kept.flush()
            return None

    kept.load_overload = load_or_compile
