"""Write the golden numbers anew: `python tests/golden/refresh.py --reason "why they changed"`.

About fifteen numbers a shipped scenario, exact to the last bit: they must be the same on every supported
Python, Mesa and processor. The reason goes into each file, and into the commit.
"""

from __future__ import annotations

import argparse
import math
from pathlib import Path

from aiposim import load, shipped, simulate
from aiposim.scenario import Scenario

FOLDER = Path(__file__).parent
RUNS, SEED = 40, 2015
MEASURES = (
    "cooperation_index",
    "delivery_ratio",
    "budget_ratio",
    "response_effectiveness",
    "annual_collection_rate",
    "arrears_years",
    "burden_gini",
    "deadlock_rate",
    "trust_founders",
    "incidents",
    "exits",
    "secretariat_capacity",
    "women_share",
    "welfare.JPN",
    "welfare.CHN",
    "welfare.KOR",
)


def numbers(scenario: Scenario) -> dict[str, str]:
    """Means of the golden measures over the runs, added exactly, as `repr` writes them."""
    runs = simulate(scenario, RUNS, seed=SEED).runs
    return {name: repr(math.fsum(runs[name].dropna()) / runs[name].notna().sum()) for name in MEASURES}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reason", required=True, help="why the numbers changed")
    reason = " ".join(parser.parse_args().reason.split())
    for name in shipped():
        lines = [f"# {RUNS} runs, seed {SEED}. Refreshed: {reason}"]
        lines += [f"{measure}: {value}" for measure, value in numbers(load(name)).items()]
        (FOLDER / f"{name}.yaml").write_text("\n".join(lines) + "\n", encoding="utf-8")
        print(f"{name}: {len(lines) - 1} numbers")


if __name__ == "__main__":
    main()
