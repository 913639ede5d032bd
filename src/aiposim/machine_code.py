"""Machine code of steps, kept on disk and called without Numba, which takes a second to start.

A library is a file with the object code of some steps and with their doors. A door is a C function of a table of
words, which describe the arrays that a step is bound to, and of the period. Steps cannot fail, so a door gives
nothing back. A chain goes through many doors without coming back to Python after each. LLVM links the code into the
process in a few milliseconds.
"""

from __future__ import annotations

import ctypes
import hashlib
import itertools
import json
import os
import struct
import tempfile
import warnings
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import Any

import numpy as np

Step = Callable[..., None]

SUFFIX = ".code"
CHAIN = "chain"
"""Key of the function, in every library, that goes through a list of doors."""
_loaded: list[Any] = []  # what LLVM has linked, for as long as the process lives


@dataclass(frozen=True)
class Code:
    """Object code of one step, the C name of its machine code, and how many axes each of its arrays has."""

    key: str
    object: bytes
    symbol: str
    axes: tuple[int, ...]
    takes_period: bool

    @property
    def words(self) -> list[str]:
        """LLVM types of what the machine code takes: of an array two owners, items, size of one, address, axes."""
        arrays = [["ptr", "ptr", "i64", "i64", "ptr", *["i64"] * 2 * axes] for axes in self.axes]
        return [*(word for array in arrays for word in array), *["i64"] * self.takes_period]


class Shelf:
    """The libraries in a folder; each is linked when a step of it is first asked for."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._addresses: dict[str, int] = {}
        self._unlinked: dict[str, Path] = {}
        for file in libraries(folder):
            with suppress(OSError, ValueError):  # damaged: its steps are compiled again
                self._unlinked |= dict.fromkeys(_contents(file.read_bytes())[0]["doors"], file)

    def __bool__(self) -> bool:
        return bool(self._addresses or self._unlinked)

    def address(self, key: str) -> int | None:
        """Where the door of a step lies in this process, or None if it is not kept."""
        if key not in self._addresses and key in self._unlinked:
            file = self._unlinked[key]
            self._unlinked = {each: home for each, home in self._unlinked.items() if home != file}
            with suppress(OSError, ValueError):
                self._link(file.read_bytes())
        return self._addresses.get(key)

    def keep(self, library: bytes) -> None:
        """Link a library, and put it into the folder if it can be written."""
        self._link(library)
        try:
            write(self.folder, library)
        except OSError as error:
            warnings.warn(f"the compiled model cannot be kept in {self.folder}: {error.strerror}", stacklevel=2)

    def _link(self, library: bytes) -> None:
        head, parts = _contents(library)
        self._addresses = _linked(parts, head["doors"]) | self._addresses


def libraries(folder: Path) -> list[Path]:
    """The libraries in a folder."""
    return sorted(folder.glob(f"*{SUFFIX}"))


def library_of(codes: Sequence[Code]) -> bytes:
    """Steps as a library: a line with its digest, a line that says what lies where, object code."""
    objects = [*{code.symbol: code.object for code in codes}.values(), _doors(codes)]
    doors = {code.key: _door_name(code.key) for code in codes} | {CHAIN: CHAIN}
    head = json.dumps({"doors": doors, "lengths": [len(part) for part in objects]})
    rest = b"\n".join([head.encode(), b"".join(objects)])
    return b"\n".join([hashlib.sha256(rest).hexdigest().encode(), rest])


def write(folder: Path, library: bytes) -> None:
    """Write a library; it appears whole or not at all. Errors: OSError."""
    handle, temporary = tempfile.mkstemp(dir=folder)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(library)
        Path(temporary).replace(folder / f"{hashlib.sha256(library).hexdigest()[:16]}{SUFFIX}")
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


class Argument:
    """What steps are given under one name: an array, its kind, and the words that describe it.

    kind     what the machine code of a step has to know of it; None where a door cannot hand it on
    words    of an array as compiled code takes it: two owners, items, size of one, address, lengths, strides
    """

    __slots__ = ("kind", "value", "words")

    def __init__(self, value: Any) -> None:
        self.value = value
        self.kind: str | None = None
        self.words = b""
        if isinstance(value, np.ndarray) and value.flags.carray and value.ndim:
            self.kind = f"{_kind_of_items(value.dtype)}{value.ndim}"
            words = (0, 0, value.size, value.itemsize, value.ctypes.data, *value.shape, *value.strides)
            self.words = struct.pack(f"={len(words)}q", *words)


def opened(address: int, arguments: Sequence[Argument], *, takes_period: bool) -> Step:
    """The step whose door lies at an address, bound to arrays, as a function of the period or of nothing."""
    table = ctypes.c_char_p(b"".join([argument.words for argument in arguments]))
    step: Any = partial(_door_at(address, takes_period), table)
    step.holds = arguments  # nobody else need keep them
    step.link = (address, ctypes.cast(table, ctypes.c_void_p).value)
    bound: Step = step
    return bound


def has_door(step: Any) -> bool:
    """Whether a step is machine code that a chain can call."""
    return hasattr(step, "link")


def chained(address: int, steps: Iterable[Any]) -> Step:
    """Steps with doors, one after the other, as one function of the period; `address` is that of the chain."""
    held = tuple(steps)
    words = [word for step in held for word in step.link]
    chain: Any = partial(_CHAIN(address), (ctypes.c_int64 * len(words))(*words), len(held))
    chain.holds = held  # their tables must not move
    bound: Step = chain
    return bound


@cache
def _door_at(address: int, takes_period: bool) -> Any:
    return (_OF_PERIOD if takes_period else _OF_NOTHING)(address)


_OF_NOTHING = ctypes.CFUNCTYPE(None, ctypes.c_char_p)
_OF_PERIOD = ctypes.CFUNCTYPE(None, ctypes.c_char_p, ctypes.c_int64)
_CHAIN = ctypes.CFUNCTYPE(None, ctypes.POINTER(ctypes.c_int64), ctypes.c_int64, ctypes.c_int64)


@cache
def _kind_of_items(dtype: np.dtype[Any]) -> str:
    return dtype.str if dtype.names is None else hashlib.sha256(str(dtype).encode()).hexdigest()[:16]


def _door_name(key: str) -> str:
    return f"door_{hashlib.sha256(key.encode()).hexdigest()[:32]}"


def _contents(library: bytes) -> tuple[dict[str, Any], list[bytes]]:
    """Head and parts of a library. Errors: ValueError if it is damaged; LLVM would end the process."""
    digest, _, rest = library.partition(b"\n")
    if hashlib.sha256(rest).hexdigest().encode() != digest:
        raise ValueError("the library is damaged")
    first, _, body = rest.partition(b"\n")
    head = json.loads(first)
    ends = list(itertools.accumulate(head["lengths"]))
    return head, [body[begin:end] for begin, end in itertools.pairwise([0, *ends])]


# ---- LLVM ----


def _llvm() -> Any:
    import llvmlite.binding  # type: ignore[import-untyped]  # comes with Numba

    return llvmlite.binding


def processor() -> str:
    """The processor as LLVM knows it: machine code made for one does not run on another."""
    llvm = _llvm()
    return f"{llvm.get_process_triple()} {llvm.get_host_cpu_name()} {_features()}"


def _features() -> str:
    llvm = _llvm()
    try:
        return str(llvm.get_host_cpu_features().flatten())
    except RuntimeError:  # not known on every system
        return ""


def _target() -> Any:
    llvm = _llvm()
    llvm.initialize_native_target()
    llvm.initialize_native_asmprinter()
    target = llvm.Target.from_triple(llvm.get_process_triple())
    reloc = "static" if target.name.startswith("x86") else "default"
    return target.create_target_machine(
        cpu=llvm.get_host_cpu_name(), features=_features(), opt=2, reloc=reloc, codemodel="jitdefault", jit=True
    )


def _linked(parts: Sequence[bytes], doors: Mapping[str, str]) -> dict[str, int]:
    """Addresses of the doors after the object code has been put into the memory of the process."""
    llvm = _llvm()
    engine = llvm.create_mcjit_compiler(llvm.parse_assembly(""), _target())
    for part in parts:
        engine.add_object_file(llvm.ObjectFileRef.from_data(part))
    engine.finalize_object()
    _loaded.append(engine)
    return {key: engine.get_function_address(name) for key, name in doors.items()}


def _doors(codes: Sequence[Code]) -> bytes:
    """Object code of the doors: each takes the words of its step from a table and calls it."""
    llvm = _llvm()
    lines = [f'target triple = "{llvm.get_process_triple()}"']
    for code in {code.symbol: code for code in codes}.values():
        lines.append(f'declare i32 @"{code.symbol}"(ptr, ptr, {", ".join(code.words)})')
    for code in codes:
        lines += _door(code)
    lines.append(_CHAIN_CODE)
    target = _target()
    module = llvm.parse_assembly("\n".join(lines))
    module.verify()
    return bytes(target.emit_object(module))


def _door(code: Code) -> Iterator[str]:
    """LLVM's text of one door. What the step reports of errors and results has a place and is not read."""
    yield f"define void @{_door_name(code.key)}(ptr %table, i64 %period) {{"
    yield "%result = alloca i64"
    yield "%error = alloca ptr"
    given = ["ptr %result", "ptr %error"]
    words = code.words
    for i, word in enumerate(words[:-1] if code.takes_period else words):
        yield f"%place{i} = getelementptr i64, ptr %table, i64 {i}"
        yield f"%word{i} = load {word}, ptr %place{i}"
        given.append(f"{word} %word{i}")
    if code.takes_period:
        given.append("i64 %period")
    yield f'%status = call i32 @"{code.symbol}"({", ".join(given)})'
    yield "ret void"
    yield "}"


_CHAIN_CODE = f"""
define void @{CHAIN}(ptr %links, i64 %number, i64 %period) {{
start:
  br label %link
link:
  %i = phi i64 [ 0, %start ], [ %next, %link ]
  %place = getelementptr [2 x ptr], ptr %links, i64 %i
  %door = load ptr, ptr %place
  %beside = getelementptr [2 x ptr], ptr %links, i64 %i, i64 1
  %table = load ptr, ptr %beside
  call void %door(ptr %table, i64 %period)
  %next = add i64 %i, 1
  %more = icmp ult i64 %next, %number
  br i1 %more, label %link, label %end
end:
  ret void
}}
"""
