"""The only module that knows Numba exists: turns plain functions into machine code, or leaves them alone.

Rules, behaviours and steps carry no decorator. `machine(function)` replaces every plain function of ours
that it calls by its compiled form, binds further names when asked (a scenario's voting rule, say), and
compiles on the first call. With AIPOSIM_COMPILE=0, or where Numba cannot be installed, the same functions
run as Python, slowly, and give the same bits.
"""

from __future__ import annotations

import dis
import hashlib
import itertools
import os
import sys
import tempfile
import types
import warnings
from collections.abc import Callable, Iterable, Sequence
from functools import cache, partial
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import platformdirs

from aiposim import families, machine_code
from aiposim.arithmetic import TWINS
from aiposim.machine_code import Argument

Function = Callable[..., Any]
_machines: dict[tuple[Any, ...], Function] = {}


@cache
def wanted() -> bool:
    """Whether functions are compiled in this process: Numba is there and AIPOSIM_COMPILE is not 0.

    Kept machine code says that Numba is there, without the time that importing it takes.
    """
    if not _asked_for():
        return False
    try:
        if shelf():
            return True
        import numba  # noqa: F401
    except ImportError:
        return False
    return True


def _asked_for() -> bool:
    return os.environ.get("AIPOSIM_COMPILE", "1") != "0" and find_spec("numba") is not None


_COMPILED = ("arithmetic.py", "behaviour", "compiled.py", "luck.py", "machine_code.py", "rules", "state.py", "steps")
"""Where compiled functions and what they call may lie."""


@cache
def source_digest(*parts: str) -> str:
    """SHA-256 of the package's Python files in the order of their paths, 64 hexadecimal digits.

    `parts` are top folders or files; without any the digest covers the whole package.
    """
    package = Path(__file__).parent
    tops = [package / part for part in parts] or [package]
    files = [file for top in tops for file in ([top] if top.suffix == ".py" else top.rglob("*.py"))]
    digest = hashlib.sha256()
    for name, path in sorted((path.relative_to(package).as_posix(), path) for path in files):
        digest.update(name.encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


@cache
def cache_folder() -> Path:
    """Where machine code is kept; named by the digests of the source, since Numba's cache does not see edits
    in other modules and would run yesterday's rule, and of what compiled it for which processor. Where the home
    cannot be written, a folder of this process alone, with a warning: a folder that others can name is no place
    for machine code.

    Errors: ImportError where there is no LLVM.
    """
    makers = [f"{name} {metadata.version(name)}" for name in ("numba", "llvmlite", "numpy")]
    told = sorted(f"{name}={value}" for name, value in os.environ.items() if name.startswith("NUMBA_"))
    maker = hashlib.sha256("\n".join([sys.version, *makers, *told, machine_code.processor()]).encode()).hexdigest()
    root = platformdirs.user_cache_path("aiposim")
    folder = root / f"{source_digest(*_COMPILED)[:16]}-{maker[:16]}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            return folder
    except OSError:
        warnings.warn(f"the compiled model cannot be kept in {root}; it is compiled anew each time", stacklevel=2)
        return Path(tempfile.mkdtemp(prefix="aiposim-cache-"))


@cache
def shelf() -> machine_code.Shelf:
    """The machine code of steps that is kept."""
    return machine_code.Shelf(cache_folder())


def first_time() -> bool:
    """Whether nothing has been compiled so far for this version of the source (say so on screen)."""
    return _asked_for() and not shelf()


# ---- steps, bound to the arrays of a block ----


def bound(step: Function, arguments: Sequence[Argument], **rules: Function) -> Function:
    """A step with its arguments in hand and with names of rules bound, as a function of the period or of nothing.

    Compiled, where that is wanted and possible, when it is first called if not before; what a step writes it
    writes into its arguments.
    """
    kinds = [argument.kind for argument in arguments]
    if not wanted() or None in kinds or not all(_is_ours(rule) for rule in (step, *rules.values())):
        return partial(machine(step, **rules), *(argument.value for argument in arguments))
    names = "".join(f" {name}={rule.__module__}.{rule.__name__}" for name, rule in sorted(rules.items()))
    key = f"{step.__module__}.{step.__name__}{names} {' '.join(filter(None, kinds))}"
    address = shelf().address(key)
    waiting = Waiting(step, arguments, rules, key)
    return waiting if address is None else waiting.opened(address)


class Waiting:
    """A step that is compiled when it is called, and kept; or together with others before."""

    def __init__(self, step: Function, arguments: Sequence[Argument], rules: dict[str, Function], key: str) -> None:
        self.step, self.arguments, self.rules, self.key = step, arguments, rules, key
        assert isinstance(step, types.FunctionType)
        self.takes_period = step.__code__.co_argcount > len(arguments)
        self._ready: Function | None = None

    def __call__(self, *period: int) -> None:
        self.ready()(*period)

    def ready(self) -> Function:
        """The step itself, compiled now if it was not before."""
        if self._ready is None:
            address = shelf().address(self.key)
            if address is None:
                keep([self])
                address = shelf().address(self.key)
            self._ready = self.opened(address)
        return self._ready

    def opened(self, address: int | None) -> Function:
        """The step as machine code at an address; without one, as Numba calls it."""
        if address is None:
            return partial(machine(self.step, **self.rules), *(argument.value for argument in self.arguments))
        return machine_code.opened(address, self.arguments, takes_period=self.takes_period)

    def calls(self) -> list[str]:
        """Names of the functions that it calls, those with the most bytecode first."""
        called: dict[types.FunctionType, None] = {}
        for function in (self.step, *self.rules.values()):
            _add_called(function, called)
        return [f.__qualname__ for f in sorted(called, key=lambda f: len(f.__code__.co_code), reverse=True)]


def in_one_go(calls: Iterable[tuple[Function, tuple[int, ...]]], t: int) -> list[Callable[[], None]]:
    """Calls of steps in period `t` as few functions: machine code runs on from step to step."""
    ready = ((step.ready() if isinstance(step, Waiting) else step, period) for step, period in calls)
    found: list[Callable[[], None]] = []
    for doors, group in itertools.groupby(ready, lambda call: machine_code.has_door(call[0])):
        address = shelf().address(machine_code.CHAIN) if doors else None
        if address is None:
            found += [partial(step, *period) for step, period in group]
        else:
            found.append(partial(machine_code.chained(address, [step for step, _ in group]), t))
    return found


def _add_called(function: Function, called: dict[types.FunctionType, None]) -> None:
    for name in _global_names(function.__code__):
        callee = function.__globals__.get(name)
        if isinstance(callee, types.FunctionType) and callee not in called:
            called[callee] = None
            _add_called(callee, called)


def keep(steps: Iterable[Waiting]) -> None:
    """Compile steps now, and keep them for other processes too."""
    library = library_of(steps)
    if library:
        shelf().keep(library)


def library_of(steps: Iterable[Waiting]) -> bytes:
    """Machine code of steps, compiled now; nothing if none can be kept."""
    made = [_code(waiting) for waiting in steps]
    kept = [code for code in made if code is not None]
    return machine_code.library_of(kept) if kept else b""


def _code(waiting: Waiting) -> machine_code.Code | None:
    """Machine code of a step that a door can call; None if it might fail or needs Numba while it runs."""
    import numba
    from numba.core.errors import NumbaError

    values = [argument.value for argument in waiting.arguments]
    compiled: Any = _compile(_rebound(waiting.step, waiting.rules, bare=True), keep=False, door=True, bare=True)
    signature = tuple(numba.typeof(value) for value in (*values, *[0] * waiting.takes_period))
    try:
        compiled.compile(signature)
    except NumbaError:  # makes an array, say; Numba says what is wrong when the step is called, if anything is
        return None
    result = compiled.overloads[signature]
    axes = tuple(value.ndim for value in values)
    _, kind, content = result.library.serialize_using_object_code()
    made = machine_code.Code(waiting.key, content[0], result.fndesc.llvm_func_name, axes, waiting.takes_period)
    taken = result.target_context.call_conv.get_function_type(result.fndesc.restype, result.fndesc.argtypes).args[2:]
    expected = [word if word != "ptr" else "*" for word in made.words]
    fits = len(taken) == len(expected) and all(str(a).endswith(b) for a, b in zip(taken, expected, strict=True))
    return made if kind == "object" and fits and _stands_alone(result.library) else None


_OF_C = {"memcpy", "memmove", "memset", "sqrt"}  # functions of the C library, in every process


def _stands_alone(library: Any) -> bool:
    """Whether machine code calls nothing but what LLVM itself puts in, and raises nothing."""
    module = next(iter(library.get_defined_functions())).module
    calls = [function.name for function in module.functions if function.is_declaration]
    held = [variable.name for variable in module.global_variables]
    return all(name.startswith("llvm.") or name in _OF_C for name in calls) and not any(
        "pickle" in name for name in held
    )


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


def compile_rule(function: Function, arguments: tuple[Any, ...], rule: Function) -> None:
    """Compile a step that asks a user's own rule at once, so that what is wrong with the rule is told at once.

    Errors: RulesError with Numba's first complaint.
    """
    if not wanted():
        return
    import numba

    try:
        compiler = getattr(function, "compile", None)
        if compiler is not None:
            compiler(tuple(numba.typeof(argument) for argument in arguments))
    except Exception as error:  # not all that Numba raises is an error of its own
        lines = [line.strip() for line in str(error).splitlines()]
        told = next((line for line in lines if line and not line.startswith("Failed in")), "")[:200].rstrip(".:")
        raise families.RulesError(
            f"{families.file_of(rule)}: {rule.__name__} cannot be compiled: {told}. Numbers, comparisons and "
            "plain functions can; with AIPOSIM_COMPILE=0 everything runs as Python, slowly."
        ) from error


def _is_ours(function: Function) -> bool:
    return function.__module__.partition(".")[0] == __package__.partition(".")[0]


def _rebound(function: Function, bound: dict[str, Function], *, bare: bool = False) -> types.FunctionType:
    """A copy of the function that sees compiled versions of the functions it calls, and the bound ones."""
    assert isinstance(function, types.FunctionType)
    names = dict(function.__globals__)
    for name in _global_names(function.__code__):
        callee = bound.get(name, names.get(name))
        if isinstance(callee, types.FunctionType):
            names[name] = _callee(callee, bare) if wanted() else callee
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
def _callee(function: types.FunctionType, bare: bool) -> Function:
    return _compile(_rebound(TWINS.get(function, function), {}, bare=bare), keep=False, door=False, bare=bare)


def _has_loop(function: types.FunctionType) -> bool:
    return any(i.opname in ("FOR_ITER", "JUMP_BACKWARD") for i in dis.get_instructions(function))


def _compile(function: types.FunctionType, *, keep: bool, door: bool, bare: bool = False) -> Function:
    """Machine code of one function, kept on disk or not, with a door by which Python can call it or without.

    Bare code makes no arrays, counts no references to them and has no door from Python: half the time to compile.
    Without inlining of the small ones no loop over runs becomes vector code.
    """
    import numba

    numba.config.CACHE_DIR = str(cache_folder())
    jit = numba.njit(
        error_model="numpy",
        nogil=True,
        cache=keep,
        forceinline=not door and not _has_loop(function),
        no_cpython_wrapper=bare or not door,  # what only compiled code calls needs no door from Python
        no_cfunc_wrapper=True,
        _nrt=not bare,
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
    if compiler is None or not hasattr(compiler, "_customize_flags"):
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
