"""What holds when the Council adopts no budget? One rule a file.

A rule is asked once per budget session: `rule(budget, terms) -> float`, the reversion budget in M$ per
half-year, from the budget in force.

Axioms: never above the budget in force; proportional to it.
"""

from __future__ import annotations

from typing import Any


def rule(*_: Any) -> float:
    """Stands for the scenario's reversion, which `aiposim.compiled.machine` binds to this name."""
    raise NotImplementedError("bind a reversion rule first")
