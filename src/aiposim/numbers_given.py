"""Numbers as a caller gives them: read as floats, or refused in one sentence that says which and why.

Every refusal is a ValueError. Text and truth values are no numbers, fractions and decimals are. What has no order (a
set) or has names (a dict) is no list of numbers; `aiposim.scale.by_state` reads what has names.
"""

from __future__ import annotations

import reprlib
from collections.abc import Iterable, Mapping, Sequence, Set
from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np
from numpy.typing import NDArray

__all__ = ["GREATEST", "number", "numbers", "shown", "truths"]

GREATEST = 1e50
"""In absolute value, unless said otherwise: beyond any amount, and products of a few stay in the range of floats."""


def number(
    value: Any,
    name: str,
    *,
    least: float = -GREATEST,
    most: float = GREATEST,
    positive: bool = False,
    whole: bool = False,
) -> float:
    """One finite number from `least` to `most`; greater than 0 if `positive` (1 / `GREATEST` or more, as to be a
    divisor), without decimals if `whole`.

    Errors: ValueError for anything else; it begins with `name`.

    >>> number("0.5", "gradient")
    Traceback (most recent call last):
    ValueError: gradient is '0.5': it must be a number
    """
    plain = value[()] if isinstance(value, np.ndarray) and value.ndim == 0 else value
    known = isinstance(plain, int | float | np.integer | np.floating | Fraction | Decimal)
    if not known or isinstance(plain, bool):
        raise ValueError(f"{name} is {shown(value)}: it must be a number")
    try:
        read = float(plain)
    except OverflowError:
        raise ValueError(f"{name} is {shown(plain)}: it must lie in the range of floats") from None
    except ValueError:  # a signalling NaN
        read = np.nan
    wrong = _what_is_wrong(read, least, most, positive, whole)
    if wrong:
        raise ValueError(f"{name} is {shown(plain)}: {wrong}")
    return read


def numbers(
    values: Any,
    name: str,
    *,
    axes: int | Sequence[int] = 1,
    least: float = -GREATEST,
    most: float = GREATEST,
    positive: bool = False,
    whole: bool = False,
    of: Sequence[str] | None = None,
) -> NDArray[np.float64]:
    """A new array of finite numbers, each as for `number`: a list, a tuple, an array, a Series or any iterable.

    axes  how many the array may have; 0 allows one number alone
    of    what each number of a list belongs to; an error then says `name` of it instead of `name`[place]

    Errors: ValueError for anything else and for an empty list; it begins with `name`.

    >>> numbers([3, -1], "claims", least=0.0)
    Traceback (most recent call last):
    ValueError: claims[1] is -1: it must be 0 or more
    """
    given = _array(values, name)
    _check_shape(given, name, (axes,) if isinstance(axes, int) else axes)
    if given.dtype.kind in "iuf":
        with np.errstate(over="ignore"):  # a longer float may end at infinity, which is refused below
            read = np.array(given, dtype=np.float64)
        inside = np.isfinite(read) & (read >= least) & (read <= most)
        if positive:
            inside &= read >= 1.0 / GREATEST
        if inside.all() and not (whole and (read != np.floor(read)).any()):
            return read
    each = [
        number(given[place], _called(name, place, of), least=least, most=most, positive=positive, whole=whole)
        for place in np.ndindex(given.shape)
    ]
    return np.array(each, dtype=np.float64).reshape(given.shape)


def truths(
    values: Any, name: str, *, axes: int | Sequence[int] = 1, of: Sequence[str] | None = None
) -> NDArray[np.bool_]:
    """A new array of truth values, of true and false or 1 and 0; arguments and errors as for `numbers`.

    >>> truths([True, "no"], "waiver")
    Traceback (most recent call last):
    ValueError: waiver[1] is 'no': it must be true or false
    """
    given = _array(values, name)
    _check_shape(given, name, (axes,) if isinstance(axes, int) else axes)
    for place in np.ndindex(given.shape):
        one: Any = given[place]
        if not isinstance(one, bool | np.bool_ | int | float | np.integer | np.floating) or one not in (0, 1):
            raise ValueError(f"{_called(name, place, of)} is {shown(one)}: it must be true or false")
    return given.astype(np.bool_)


def shown(value: Any) -> str:
    """The value in a message: on one line and short."""
    plain = value.item() if isinstance(value, np.float64 | np.integer | np.bool_ | np.str_) else value
    if isinstance(plain, int) and abs(plain) > GREATEST:
        return f"about {'-' if plain < 0 else ''}2**{plain.bit_length()}"
    written = str(plain) if isinstance(plain, Decimal | np.generic) else reprlib.repr(plain)
    return " ".join(written.split())


def _what_is_wrong(read: float, least: float, most: float, positive: bool, whole: bool) -> str:
    """What a number must be and is not; empty if nothing is wrong."""
    allowed = "0 or more" if least == 0.0 else f"{least:g} or more"
    if not np.isfinite(read):
        return "it must be a finite number"
    if positive and read <= 0.0:
        return "it must be greater than 0"
    if positive and read < 1.0 / GREATEST:
        return f"it must be {1.0 / GREATEST:g} or more"
    if (read < least or read > most) and least > -GREATEST and most < GREATEST:
        return f"it must lie between {least:g} and {most:g}"
    if read < least:
        return f"it must be {allowed}"
    if read > most:
        return f"it must be {most:g} or less"
    return "it must be a whole number" if whole and read != np.floor(read) else ""


def _array(values: Any, name: str) -> NDArray[Any]:
    if isinstance(values, str | bytes | Mapping | Set):
        return np.array(values, dtype=np.object_)
    if hasattr(values, "__array__"):
        return np.asarray(values)
    listed = list(values) if isinstance(values, Iterable) and not isinstance(values, Sequence) else values
    try:
        np.asarray(listed)
    except ValueError:
        raise ValueError(f"{name} has rows of different lengths: they must have the same") from None
    # As they were given: beside a text, NumPy would read every number as one.
    return np.asarray(listed, dtype=np.object_)


def _check_shape(given: NDArray[Any], name: str, axes: Sequence[int]) -> None:
    if given.ndim not in axes:
        allowed = " or ".join({0: "one number", 1: "a list of numbers", 2: "a table of numbers"}[n] for n in axes)
        found = f"is {shown(given[()])}" if given.ndim == 0 else f"has the shape {given.shape}"
        raise ValueError(f"{name} {found}: it must be {allowed}")
    if not given.size:
        raise ValueError(f"{name} is empty: at least one number is needed")


def _called(name: str, place: tuple[int, ...], of: Sequence[str] | None) -> str:
    if not place:
        return name
    return f"{name}[{', '.join(map(str, place))}]" if of is None else f"{name} of {of[place[0]]}"
