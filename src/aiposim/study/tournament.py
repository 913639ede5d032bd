"""A league in a results folder: the folder of a comparison, with the tables of the league beside its own.

ranks.parquet     a row an outcome and design          pairs.parquet      a row an outcome and pair of designs
pareto.parquet, leavers.parquet, largest_regret.parquet                   a row a design
rankings.parquet  a row a member and design            votes.parquet      a row a voting rule
transfers.parquet a row a design but the first
margins.parquet   a row a design, member and year      core.parquet       a row a design and year of review
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from aiposim.results.durable import whole_file, write_json
from aiposim.results.manifest import MANIFEST_FILE, read_manifest
from aiposim.study.choice import Choice
from aiposim.study.compare import Comparison
from aiposim.study.league import League
from aiposim.study.years import RUNS, years

if TYPE_CHECKING:
    import pandas as pd

LEAGUE = "league"
"""Under this key the manifest of a comparison says what makes a league of it."""


class Tournament:
    """A league with what the members would choose, and the years of its designs.

    settled   of a league that was to run until it was clear: whether it is, else None
    """

    def __init__(self, league: League, settled: bool | None = None) -> None:
        self.league, self.settled = league, settled
        self.choice = Choice(league)

    @property
    def comparison(self) -> Comparison:
        return self.league.comparison

    @cached_property
    def years(self) -> tuple[pd.DataFrame, pd.DataFrame]:
        """Margins to leaving and stability of the core (`aiposim.study.years.years`)."""
        results = self.comparison.results
        return years([each.scenario for each in results], min(RUNS, self.comparison.runs), seed=self.comparison.seed)

    def tables(self) -> dict[str, pd.DataFrame]:
        """What is written beside the tables of the comparison, by the name of its file."""
        margins, core = self.years
        return {
            "ranks": self.league.table,
            "pairs": self.league.pairs,
            "pareto": self.league.pareto,
            "leavers": self.league.leavers,
            "largest_regret": self.league.regret,
            "rankings": self.choice.rankings,
            "votes": self.choice.by_vote.assign(stable=self.choice.by_vote["stable"].map("; ".join)),
            "transfers": self.choice.transfers,
            "margins": margins,
            "core": core,
        }

    def finish(self, folder: Path) -> None:
        """Write the tables of the league into the folder of the comparison.

        Errors: OSError if the folder cannot be written.
        """
        for name, table in self.tables().items():
            with whole_file(folder / f"{name}.parquet") as place:
                table.to_parquet(place)


def told(outcome: str, wished: str | None, confidence: float) -> dict[str, Any]:
    """What the manifest says of a league."""
    return {"outcome": outcome, "wished": wished, "confidence": confidence, "settled": None}


def note_settled(folder: Path, *, settled: bool) -> None:
    """Write down whether the ranking is clear. Errors: OSError if the folder cannot be written."""
    manifest = read_manifest(folder)
    write_json(folder / MANIFEST_FILE, manifest | {LEAGUE: {**manifest[LEAGUE], "settled": settled}})


def tournament_in(manifest: Mapping[str, Any], comparison: Comparison) -> Tournament | None:
    """The league that a folder holds; None if it is a mere comparison."""
    league = manifest.get(LEAGUE)
    if not isinstance(league, dict):
        return None
    found = League(comparison, str(league["outcome"]), league.get("wished"), float(league["confidence"]))
    return Tournament(found, league.get("settled"))
