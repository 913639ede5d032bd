"""The figures of the reports in Python, one at a time: `aiposim.figure(comparison, "welfare")`."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pandas as pd
from matplotlib.figure import Figure

from aiposim.ensemble import trace
from aiposim.families import near
from aiposim.report import comparison_figures as of_designs
from aiposim.report import league_figures as of_league
from aiposim.report import run_figures as of_run
from aiposim.report.league_terminal import in_order
from aiposim.report.plates import Drawing
from aiposim.report.sentences import named_designs
from aiposim.report.summary import typical_run
from aiposim.report.words import Words, words_for
from aiposim.results import Results
from aiposim.study.compare import Comparison
from aiposim.study.league import League
from aiposim.study.tournament import Tournament

Reported = Results | Comparison | League | Tournament
_Drawn = dict[str, Callable[[], Drawing | None]]


def figure(of: Reported, name: str, measure: str | None = None) -> Figure:
    """A figure of the report, to look at, change or save (`figure.savefig("welfare.pdf")`).

    of        what `simulate`, `compare`, `open_results` or `league` gave
    name      of results: fan (with a measure), delivery, burden, lorenz, timeline, trust; of a comparison: welfare,
              lorenz, outcomes, glance, budgets; of a league: map, ranks, regret, welfare, margins
    measure   of a fan: any that `results.bands` has
    Errors: LookupError if there is no such figure, or not of these results.
    """
    return drawing(of, name, measure).figure


def drawing(of: Reported, name: str, measure: str | None = None) -> Drawing:
    """The figure with its title, its caption and the table of its numbers; else as `figure`."""
    if isinstance(of, Results):
        found = _of_run(of, measure)
    elif isinstance(of, Comparison):
        found = _of_comparison(of)
    else:
        found = _of_league(of if isinstance(of, Tournament) else Tournament(of))
    if name not in found:
        guess = near(name, found)
        raise LookupError(
            f"there is no figure {name!r} of {of!r}" + (f"; did you mean {guess!r}?" if guess else "")
            + f"; there are {', '.join(found)}"
        )  # fmt: skip
    drawn = found[name]()
    if drawn is None:
        raise LookupError(f"of {of!r} there is nothing to draw in a figure {name!r}")
    return drawn


def _of_run(results: Results, measure: str | None) -> _Drawn:
    words = words_for([results.scenario])

    def with_course(make: Callable[[Results, pd.DataFrame, Words], Drawing | None]) -> Drawing | None:
        return make(results, _course(results), words)

    return {
        "fan": lambda: of_run.fan(results, _course(results), _measured(results, measure), words),
        "delivery": partial(with_course, of_run.delivery),
        "burden": lambda: of_run.burden(results, words),
        "lorenz": lambda: of_run.lorenz(results, words),
        "timeline": partial(with_course, of_run.timeline),
        "trust": lambda: of_run.trust(_course(results), words),
    }


def _course(results: Results) -> pd.DataFrame:
    run = typical_run(results.table)
    return trace(results.scenario, results.seed, run).assign(run=run)


def _measured(results: Results, measure: str | None) -> str:
    known = [str(name) for name in results.bands["measure"].unique()]
    if measure not in known:
        guess = near(measure or "", known)
        hint = f"; did you mean {guess!r}?" if guess else ""
        raise LookupError(f"a fan is of a measure with bands, not {measure!r}{hint}; there are {', '.join(known)}")
    return str(measure)


def _of_comparison(comparison: Comparison) -> _Drawn:
    words = words_for([each.scenario for each in comparison.results])
    short = named_designs(comparison.names, words)
    made = (of_designs.welfare, of_designs.lorenz, of_designs.outcomes, of_designs.glance, of_designs.budgets)
    return {each.__name__: partial(each, comparison, short, words) for each in made}


def _of_league(tournament: Tournament) -> _Drawn:
    words = words_for([each.scenario for each in tournament.comparison.results])
    short = named_designs(tournament.league.names, words)
    order = in_order(tournament)
    return {
        "map": lambda: of_league.points(tournament, short, words),
        "ranks": lambda: of_league.ranks(tournament, short, order, words),
        "regret": lambda: of_league.regret(tournament, short, words),
        "welfare": lambda: of_league.welfare(tournament, short, order, words),
        "margins": lambda: of_league.margins(tournament, short, order, words),
    }
