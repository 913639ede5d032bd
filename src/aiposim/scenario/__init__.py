"""Scenarios: YAML files that say who founds an institute, by what rules, in what world.

    scenario = load("geneva-2015")
    majority = scenario.with_(**{"control.voting.rule": "majority"})

Everything wrong with a file is found at once, each fault with its file, line, column and key.
"""

from aiposim.scenario.catalogue import shipped, shipped_members, shipped_presets
from aiposim.scenario.loading import load
from aiposim.scenario.member import AREAS, Member, Mix, Pair
from aiposim.scenario.problems import Place, Problem, ScenarioError
from aiposim.scenario.restoring import from_dict
from aiposim.scenario.scenario import Scenario

__all__ = [
    "AREAS",
    "Member",
    "Mix",
    "Pair",
    "Place",
    "Problem",
    "Scenario",
    "ScenarioError",
    "from_dict",
    "load",
    "shipped",
    "shipped_members",
    "shipped_presets",
]
