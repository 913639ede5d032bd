"""aiposim: an institutional governance simulator for the proposed Asian Institute for Peace Operations.

    import aiposim

    scenario = aiposim.load("geneva-2015")
    results = aiposim.simulate(scenario, runs=1000, seed=2015)
    results.runs["budget_ratio"].median()

It explores and compares institutional designs; it never forecasts. Names are imported when first used, so
that importing the package is fast.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from aiposim.ensemble import trace
    from aiposim.model import AipoModel, CouncilSeat, Director, MemberState
    from aiposim.report.figure import figure
    from aiposim.results import Results, open_results, simulate
    from aiposim.scenario import Scenario, ScenarioError, load, shipped
    from aiposim.study.compare import Comparison, compare

__version__ = "0.1.0"

__all__ = [
    "AipoModel",
    "Comparison",
    "CouncilSeat",
    "Director",
    "MemberState",
    "Results",
    "Scenario",
    "ScenarioError",
    "compare",
    "figure",
    "load",
    "open_results",
    "shipped",
    "simulate",
    "trace",
]

_HOMES = {
    "AipoModel": "model",
    "Comparison": "study.compare",
    "CouncilSeat": "model",
    "Director": "model",
    "MemberState": "model",
    "Results": "results",
    "Scenario": "scenario",
    "ScenarioError": "scenario",
    "compare": "study.compare",
    "figure": "report.figure",
    "load": "scenario",
    "open_results": "results",
    "shipped": "scenario",
    "simulate": "results",
    "trace": "ensemble",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'aiposim' has no attribute {name!r}")
    return getattr(importlib.import_module(f"aiposim.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    return sorted([*__all__, "__version__"])
