"""What would the members choose? Rankings by their own welfare, motions from design to design, transfers.

A member prefers the design with the higher mean welfare, and votes for a motion to replace one design by another if
it prefers the other. Former officials vote with their government, the one NGO for neither. Who is indifferent does
not accept.

Sources: Condorcet 1785, Essai sur l'application de l'analyse; Buchanan & Tullock 1962, The Calculus of Consent
(what a rule lets pass); Kaldor 1939, Economic Journal 49 (whether winners could pay the losers).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from aiposim import families
from aiposim.quantities import Array
from aiposim.study.council_game import NothingPasses, council_game
from aiposim.study.league import INDIFFERENT, League, prefers

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Choice:
    """What the members of a league's designs would choose among them, by mean welfare over the runs."""

    league: League

    @property
    def names(self) -> list[str]:
        return self.league.names

    @property
    def codes(self) -> tuple[str, ...]:
        return self.league.codes

    @cached_property
    def welfare(self) -> Array:
        """(member, design) M US$."""
        return np.asarray(self.league.welfare.mean(axis=2))

    @cached_property
    def rankings(self) -> pd.DataFrame:
        """A row a member and design: welfare, M US$; rank, 1 is the member's best."""
        import pandas as pd

        rows = [
            {
                "member": code,
                "design": name,
                "welfare": float(worth),
                "rank": 1 + int((own > worth + INDIFFERENT).sum()),
            }
            for code, own in zip(self.codes, self.welfare, strict=True)
            for name, worth in zip(self.names, own, strict=True)
        ]
        return pd.DataFrame(rows, columns=["member", "design", "welfare", "rank"])

    @cached_property
    def condorcet_winner(self) -> str | None:
        """The design that more members prefer than do not, against each other one; None if there is none."""
        winner = _condorcet(self.welfare)
        return None if winner is None else self.names[winner]

    @cached_property
    def condorcet_chance(self) -> pd.Series[float]:
        """By design, how often it is the Condorcet winner among means as they might be; the rest is no winner."""
        import pandas as pd

        found = [_condorcet(draw) for draw in self.league.welfare_draws[:500]]
        return pd.Series([np.mean([each == i for each in found]) for i in range(len(self.names))], index=self.names)

    @cached_property
    def by_vote(self) -> pd.DataFrame:
        """A row a voting rule of the library: stable (designs that no motion replaces, by names), chosen (where motions
        lead from the first design, each to the design with the highest welfare of all members together that carries;
        empty if they go round in a circle).
        """
        import pandas as pd

        rows = []
        for rule in families.shipped("rules.voting"):
            replaced = self._replaced(rule)
            if replaced is None:
                continue
            stable = [name for name, row in zip(self.names, replaced, strict=True) if not row.any()]
            rows.append({"voting": rule, "stable": stable, "chosen": self._followed(replaced)})
        return pd.DataFrame(rows, columns=["voting", "stable", "chosen"])

    def _replaced(self, rule: str) -> Array | None:
        """(design, design): a motion to replace the row by the column carries; None if the rule carries nothing."""
        scenario = self.league.comparison.results[0].scenario
        if scenario.codes != self.codes:
            return None
        try:
            winning = council_game(scenario.with_settings([f"control.voting.rule={rule}"])).winning_states
        except NothingPasses:
            return None
        coalition = (prefers(self.welfare) * (1 << np.arange(len(self.codes)))[:, None, None]).sum(axis=0)
        return np.asarray(winning[coalition])

    def _followed(self, replaced: Array) -> str:
        total, at, seen = self.welfare.sum(axis=0), 0, {0}
        while replaced[at].any():
            at = int(np.where(replaced[at], total, -np.inf).argmax())
            if at in seen:
                return ""
            seen.add(at)
        return self.names[at]

    @cached_property
    def transfers(self) -> pd.DataFrame:
        """A row a design but the first: gains and losses of the members against the first, M US$; possible (the gains
        cover the losses); `transfer.XXX`, what each receives at the least so that nobody loses, paid by those who gain
        in proportion to their gains (negative: pays), nan where it is not possible.
        """
        import pandas as pd

        rows = []
        for name, change in zip(self.names[1:], (self.welfare - self.welfare[:, :1]).T[1:], strict=True):
            gains, losses = float(np.maximum(change, 0.0).sum()), float(np.maximum(-change, 0.0).sum())
            possible = gains >= losses
            paid = np.maximum(change, 0.0) * (losses / gains if gains > 0.0 else 0.0)
            received = np.where(possible, np.maximum(-change, 0.0) - paid, np.nan)
            named = {f"transfer.{code}": float(value) for code, value in zip(self.codes, received, strict=True)}
            rows.append({"design": name, "gains": gains, "losses": losses, "possible": possible, **named})
        return pd.DataFrame(rows)


def _condorcet(welfare: Array) -> int | None:
    """Place of the design that beats each other one, for `welfare` (member, design)."""
    prefer = (welfare[:, :, None] > welfare[:, None, :]).sum(axis=0)
    beats = prefer > prefer.T
    np.fill_diagonal(beats, True)
    winners = np.flatnonzero(beats.all(axis=1))
    return int(winners[0]) if len(winners) else None
