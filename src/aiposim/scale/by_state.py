"""Figures by state: told apart by name where they have names, by place where they have none."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from typing import Any

from numpy.typing import NDArray

MOST_NAMED = 5
"""In a message."""


def names_of(given: Any) -> list[Hashable] | None:
    """The states of a dict or a Series, in their order; None for what has no names."""
    if isinstance(given, Mapping):
        return list(given)
    index = getattr(given, "index", None)
    return None if index is None or callable(index) else list(index)


def in_order(given: Any, name: str, states: Sequence[Hashable] | None) -> Any:
    """The figures in the order of the states; as they stand, if these or the figures have no names.

    Errors: ValueError for a state that has no figure or two, and for a table.
    """
    names = names_of(given)
    if names is None:
        return given
    if hasattr(given, "columns"):
        raise ValueError(f"{name} is a table: it must be one list or Series of figures by state")
    refuse_doubled(names, name)
    values = given.values() if isinstance(given, Mapping) else given
    if states is None:
        return list(values)
    known = dict(zip(names, values, strict=True))
    missing = [state for state in states if state not in known]
    if missing:
        raise ValueError(f"{name} has nothing for {listed(missing)}: every state needs its own")
    return [known[state] for state in states]


def refuse_doubled(names: Sequence[Hashable], name: str) -> None:
    """Errors: ValueError for a state that stands twice."""
    if len(set(names)) < len(names):
        doubled = [one for one in dict.fromkeys(names) if names.count(one) > 1]
        raise ValueError(f"{name} has several entries for {listed(doubled)}: one for each state is allowed")


def shaped_as(given: Any, states: Sequence[Hashable] | None, found: NDArray[Any], name: str) -> Any:
    """What was found, as a dict if `given` is one, else as a Series if the states have names, else as an array."""
    if states is None:
        return found
    if isinstance(given, Mapping):
        return dict(zip(states, found.tolist(), strict=True))
    import pandas as pd

    return pd.Series(found, index=given.index if isinstance(given, pd.Series) else list(states), name=name)


def listed(names: Sequence[Any], mark: str = ", ") -> str:
    """The first few of the names, and how many more there are."""
    more = f"{mark}and {len(names) - MOST_NAMED} more" if len(names) > MOST_NAMED else ""
    return mark.join(map(str, names[:MOST_NAMED])) + more
