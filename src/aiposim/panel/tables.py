"""The tables of a panel: which there are, and what each kind of panel writes."""

from __future__ import annotations

from aiposim.panel.columns import Column
from aiposim.panel.institution import CORE, INSTITUTION
from aiposim.panel.member import MEMBERS

TABLES: dict[str, tuple[Column, ...]] = {"core": CORE, "institution": INSTITUTION, "member": MEMBERS}
"""Columns of each table, besides `run`, `period` and, in the third, `member`."""

TABLES_OF = {"core": ("core",), "full": ("institution", "member")}
"""What `--panel core` and `--panel full` write."""


def tables_of(kind: str) -> tuple[str, ...]:
    """Tables that a kind of panel consists of. Errors: ValueError if there is no such panel."""
    if kind not in TABLES_OF:
        raise ValueError(f"there is no panel {kind!r}; there are {', '.join(TABLES_OF)}")
    return TABLES_OF[kind]
