"""A league: designs on the same worlds, ranked on every outcome and for every member; who regrets and who leaves.

Every design meets the same worlds, so that a difference between two is taken run by run. What is said of an outcome
holds for all its pairs of designs at once (`aiposim.study.standing`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from aiposim.ensemble import Progress
from aiposim.measures import describe
from aiposim.quantities import Array
from aiposim.scenario import Scenario
from aiposim.study.compare import Comparison, compare
from aiposim.study.standing import Standing, draws_of_errors, standing

if TYPE_CHECKING:
    import pandas as pd

CONFIDENCE = 0.95
INDIFFERENT = 1e-6
"""M US$: less than a dollar over thirty years is no difference to a member."""
_OF_A_STANDING = ("mean", "rank", "rank_low", "rank_high", "chance_best")


@dataclass(frozen=True)
class League:
    """Designs on the same worlds; the first is the baseline of the differences that `comparison` holds.

    outcome      the one that the question is about, a column of `runs`
    wished       which way it is better, "higher" or "lower", if the user says so
    confidence   with which everything holds that is said of one outcome
    """

    comparison: Comparison
    outcome: str = "delivery_ratio"
    wished: str | None = None
    confidence: float = CONFIDENCE

    @property
    def names(self) -> list[str]:
        return self.comparison.names

    @property
    def codes(self) -> tuple[str, ...]:
        """States that found the institute in every design."""
        return tuple(code for code in self.comparison.codes if f"welfare.{code}" not in self.comparison.left_out)

    @cached_property
    def outcomes(self) -> list[str]:
        """Columns of `runs` that every design has."""
        first = self.comparison.results[0].table
        return [str(column) for column in first.columns if column not in self.comparison.left_out]

    def standing(self, outcome: str) -> Standing:
        """The designs on one column of `runs`, such as `budget_ratio` or `welfare.KOR`.

        Errors: LookupError if not every design has the column.
        """
        if outcome not in self._standings:
            if outcome not in self.outcomes:
                raise LookupError(f"not every design has an outcome {outcome!r}")
            values = np.array([self.comparison.shared(each, outcome) for each in self.comparison.results])
            self._standings[outcome] = standing(values, self._better(outcome), self.confidence)
        return self._standings[outcome]

    @cached_property
    def _standings(self) -> dict[str, Standing]:
        return {}

    def _better(self, outcome: str) -> str:
        """Which way is better; neither for the whole institute where the designs have other founders."""
        member = outcome.rpartition(".")[2] in self.comparison.codes
        alike = len(self.comparison.comparable) == len(self.names)
        if not member and not alike:
            return "neither"
        return self.wished if self.wished and outcome == self.outcome else describe(outcome).better

    @cached_property
    def table(self) -> pd.DataFrame:
        """A row an outcome and design: mean, rank (1 is best), rank_low and rank_high (the ranks not ruled out),
        chance_best (that no other design has a better mean), runs (in which every design defines the outcome).
        """
        import pandas as pd

        rows = []
        for outcome in self.outcomes:
            found = self.standing(outcome)
            columns = (found.means, found.rank, found.rank_low, found.rank_high, found.chance_best)
            for name, *values in zip(self.names, *columns, strict=True):
                row = dict(
                    zip(("mean", "rank", "rank_low", "rank_high", "chance_best"), map(float, values), strict=True)
                )
                rows.append({"outcome": outcome, "design": name, **row, "runs": found.runs})
        return pd.DataFrame(rows)

    @cached_property
    def pairs(self) -> pd.DataFrame:
        """A row an outcome and pair of designs: difference (of means, design less other), low, high (simultaneous
        interval), verdict: "apart", "same" (no run differs) or "undecided".
        """
        import pandas as pd

        parts = []
        names = np.array(self.names, dtype=object)
        first, second = np.triu_indices(len(names), 1)
        for outcome in self.outcomes:
            found = self.standing(outcome)
            difference, half = found.differences[first, second], found.half_width[first, second]
            verdict = np.where(
                found.same[first, second], "same", np.where(found.apart[first, second], "apart", "undecided")
            )
            columns = {"outcome": outcome, "design": names[first], "other": names[second], "difference": difference}
            parts.append(
                pd.DataFrame({**columns, "low": difference - half, "high": difference + half, "verdict": verdict})
            )
        return pd.concat(parts, ignore_index=True)

    @cached_property
    def welfare(self) -> Array:
        """(member, design, run) welfare of the states of every design, M US$, in the runs that all finished."""
        return np.array(
            [
                [self.comparison.shared(each, f"welfare.{code}") for each in self.comparison.results]
                for code in self.codes
            ]
        ).reshape(len(self.codes), len(self.names), -1)

    @cached_property
    def welfare_draws(self) -> Array:
        """(draw, member, design) means of welfare as they might be, given the runs."""
        members, designs, runs = self.welfare.shape
        rows = self.welfare.reshape(members * designs, runs)
        means = rows.mean(axis=1)
        draws = means + (draws_of_errors(rows - means[:, None]) if runs > 1 else 0.0)
        return np.reshape(draws, (-1, members, designs))

    @cached_property
    def regret(self) -> pd.DataFrame:
        """A row a design: `regret.XXX` of each member, M US$ (mean over the runs of the best welfare that any design
        gives the state in that run, less the welfare under this one), largest, of_whom, rank, chance_best (that its
        largest regret is the smallest of all).
        """
        import pandas as pd

        regrets = self.welfare.max(axis=1, keepdims=True) - self.welfare
        means = regrets.mean(axis=2)
        table = pd.DataFrame(
            {"design": self.names, **{f"regret.{c}": m for c, m in zip(self.codes, means, strict=True)}}
        )
        if not len(self.codes):
            return table
        largest = means.max(axis=0)
        members, designs, runs = regrets.shape
        rows = regrets.reshape(members * designs, runs)
        errors = draws_of_errors(rows - rows.mean(axis=1, keepdims=True)) if runs > 1 else np.zeros((1, len(rows)))
        drawn = (means.reshape(-1) + errors).reshape(-1, members, designs).max(axis=1)
        best = drawn <= drawn.min(axis=1, keepdims=True) + INDIFFERENT
        return table.assign(
            largest=largest,
            of_whom=[self.codes[int(i)] for i in means.argmax(axis=0)],
            rank=1.0 + (largest[:, None] > largest[None, :] + INDIFFERENT).sum(axis=1),
            chance_best=best.mean(axis=0),
        )

    @cached_property
    def pareto(self) -> pd.DataFrame:
        """A row a design: efficient (no other design gives every member at least as much welfare and one more, by
        means), dominated_by (the first such design, else empty), chance (of being efficient).
        """
        import pandas as pd

        means = self.welfare.mean(axis=2)
        by = _dominated(means)
        chance = np.mean([~_dominated(draw).any(axis=1) for draw in self.welfare_draws[:500]], axis=0)
        dominated_by = [self.names[int(row.argmax())] if row.any() else "" for row in by]
        return pd.DataFrame(
            {"design": self.names, "efficient": ~by.any(axis=1), "dominated_by": dominated_by, "chance": chance}
        )

    @cached_property
    def leavers(self) -> pd.DataFrame:
        """A row a design: `first.XXX`, the share of runs in which the state is the first member to leave; anybody;
        dissolved, the share in which the institute is.
        """
        import pandas as pd

        rows = []
        for each in self.comparison.results:
            first = each.table["first_leaver"].to_numpy()
            row: dict[str, object] = {"design": each.scenario.name}
            for place, code in enumerate(each.scenario.codes):
                row[f"first.{code}"] = float((first == place).mean())
            rows.append({**row, "anybody": float((~np.isnan(first)).mean()),
                         "dissolved": float(np.mean(each.table["dissolved"]))})  # fmt: skip
        return pd.DataFrame(rows)


def prefers(welfare: Array) -> Array:
    """(member, design, design): the member has more under the column than under the row, for (member, design)."""
    return np.asarray(welfare[:, None, :] - welfare[:, :, None] > INDIFFERENT)


def _dominated(welfare: Array) -> Array:
    """(design, design): the row is dominated by the column, for `welfare` (member, design)."""
    preferred = prefers(welfare)
    return np.asarray(preferred.any(axis=0) & ~preferred.any(axis=0).T)


def main_outcome(scenarios: Iterable[Scenario]) -> str:
    """The first outcome that scenarios ask for of which one way is better; else what the institute delivers."""
    asked = (name for scenario in scenarios for name in scenario.outcomes)
    return next((name for name in asked if describe(name).better != "neither"), "delivery_ratio")


def league(
    designs: Sequence[Scenario | str] | Scenario | str,
    runs: int = 1000,
    *,
    seed: int = 2015,
    workers: int = 1,
    outcome: str | None = None,
    wished: str | None = None,
    confidence: float = CONFIDENCE,
    progress: Progress | None = None,
) -> League:
    """Designs in runs 0 to `runs - 1` of the same worlds, or the designs of one scenario.

    Errors: as `aiposim.compare`.
    """
    found = compare(designs, runs, seed=seed, workers=workers, progress=progress)
    return League(found, outcome or main_outcome(each.scenario for each in found.results), wished, confidence)
