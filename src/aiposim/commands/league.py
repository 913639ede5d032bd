"""`aiposim league`: every chosen combination of rules on the same worlds, ranked, with how sure the ranking is."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from aiposim.commands._folders import folder_for, stem_of
from aiposim.commands._options import (
    DEFAULT_RUNS,
    DEFAULT_SEED,
    AsJson,
    Dask,
    Language,
    Out,
    Overwrite,
    OwnRules,
    Recorded,
    Runs,
    Seed,
    Settings,
    Workers,
    checked_language,
    refuse,
)
from aiposim.commands._studies import as_text, begun, command_line, conclude, fill, say_failures
from aiposim.commands.compare import designs_named

if TYPE_CHECKING:
    from aiposim.report.words import Words
    from aiposim.results.study import Study
    from aiposim.scenario import Scenario
    from aiposim.study.league import League


class Clear(StrEnum):
    """What is to be clear before no more runs are added."""

    best = "best"
    ranking = "ranking"


class Better(StrEnum):
    """Which way an outcome is better."""

    up = "higher"
    down = "lower"


_FAMILIES = {
    "keys": ("control.cost_sharing.rule", "cost_sharing"),
    "voting": ("control.voting.rule", "voting"),
    "directors": ("control.director.rule", "director"),
}
DEFAULT_LIMIT = 20_000


def league(
    scenarios: Annotated[
        list[str],
        typer.Argument(metavar="SCENARIO...", help="One scenario, whose designs are compared, or several."),
    ],
    keys: Annotated[
        str | None, typer.Option("--keys", metavar="A,B,...", help="A design with each of these keys; all: every key.")
    ] = None,
    voting: Annotated[
        str | None, typer.Option("--voting", metavar="A,B,...", help="With each of these voting rules; all: every one.")
    ] = None,
    directors: Annotated[
        str | None,
        typer.Option("--directors", metavar="A,B,...", help="With each of these rules for the Director; all."),
    ] = None,
    design: Annotated[
        list[str] | None,
        typer.Option("--design", metavar="NAME", help="Only this design; may be given several times, the first first."),
    ] = None,
    outcome: Annotated[
        str | None,
        typer.Option("--outcome", metavar="NAME", help="What to rank by, as delivery_ratio or welfare.KOR."),
    ] = None,
    better: Annotated[
        Better | None, typer.Option("--better", help="Which way the outcome is better, where that is a question.")
    ] = None,
    confidence: Annotated[
        float, typer.Option("--confidence", min=0.5, max=0.999, help="With which all pairs are told apart together.")
    ] = 0.95,
    until_clear: Annotated[
        Clear | None,
        typer.Option("--until-clear", help="Add runs until the best, or the whole ranking, is clear on the outcome."),
    ] = None,
    limit: Annotated[
        int, typer.Option("--limit", min=1, max=2**32, help="Runs at which --until-clear gives up.")
    ] = DEFAULT_LIMIT,
    runs: Runs = DEFAULT_RUNS,
    seed: Seed = DEFAULT_SEED,
    workers: Workers = None,
    settings: Settings = None,
    out: Out = None,
    dask: Dask = None,
    as_json: AsJson = False,
    overwrite: Overwrite = False,
    language: Language = "en",
    own_rules: OwnRules = None,
) -> None:
    """Rank every chosen combination of rules on the same worlds: for whom is which better, and how sure is that?

    Writes results/<scenario>-league-<seed>/ with report.html, tables (Parquet), a manifest and a folder for each
    design, unless --out says where.
    """
    checked_language(language)
    vary = _varied(keys=keys, voting=voting, directors=directors)
    designs = designs_named(scenarios, design or [], settings or [], vary)
    if len(designs) < 2:
        refuse(f"There is only one design, {designs[0].name}. Name --keys, --voting or --directors, or more scenarios.")

    from aiposim.report.words import words_for
    from aiposim.study import compare as study
    from aiposim.study.league import main_outcome

    designs = study.named_apart(designs)
    chosen = outcome or main_outcome(designs)
    wished = None if better is None else str(better)
    _check_outcome(chosen, wished, designs)
    words = words_for(designs, language)
    folder = folder_for(out, f"{stem_of(*scenarios)}-league", seed, as_json=as_json, overwrite=overwrite)
    if not as_json:
        from aiposim.commands.run import say_warnings

        say_warnings(designs)
    if folder is None:
        _in_memory(designs, runs, seed, workers, words, (chosen, wished, confidence), until_clear, limit)
    named: list[tuple[str, Sequence[object] | None]] = [
        *((f"--{name}", [value] if value else []) for name, value in
          (("keys", keys), ("voting", voting), ("directors", directors), ("outcome", outcome), ("better", wished))),
        ("--design", design), ("--set", settings), ("--rules", own_rules),
    ]  # fmt: skip

    def begin(place: Path) -> None:
        from aiposim.study.tournament import told

        study.begin_comparison(
            place, designs, runs, seed=seed,
            command=command_line("league", scenarios, runs, seed, named, Recorded.none, None),
            league=told(chosen, wished, confidence),
        )  # fmt: skip

    studies = begun(folder, begin, overwrite=overwrite)
    fill(folder, studies, words, workers=workers, dask=dask, new=True)
    if until_clear is not None:
        _add_until_clear(folder, studies, until_clear, limit, words, workers, dask)
    conclude(folder, studies, words, language, settings=settings or [], as_json=as_json)


def _varied(**chosen: str | None) -> list[str]:
    """What is varied, as `--vary` of compare has it."""
    from aiposim import families

    found = []
    for option, text in chosen.items():
        if text is None:
            continue
        key, family = _FAMILIES[option]
        values = [value.strip() for value in text.split(",") if value.strip()]
        if values == ["all"]:
            values = [name for name in families.shipped(f"rules.{family}") if name != "fixed_key"]
            values += ["cmim", "tcs"] if family == "cost_sharing" else []
        if not values:
            refuse(f"--{option} names no rule; write --{option} A,B or --{option} all.")
        found.append(f"{key}={','.join(values)}")
    return found


def _check_outcome(outcome: str, wished: str | None, designs: Sequence[Scenario]) -> None:
    from aiposim.families import names, near
    from aiposim.measures import describe

    measure, _, part = outcome.partition(".")
    if measure not in names("measures"):
        guess = near(measure, names("measures"))
        refuse(f"There is no outcome {outcome!r}" + (f"; did you mean {guess!r}?" if guess else "."))
    states = {code for each in designs for code in each.codes}
    if part in states and not all(part in each.codes for each in designs):
        refuse(f"{part} is no member under every design, so that {outcome} cannot rank them.")
    if wished is None and describe(outcome).better == "neither":
        refuse(f"Of {outcome} neither way is better by itself; say --better higher or --better lower.")


def _looks(runs: int, limit: int) -> list[int]:
    """Numbers of runs at which it is asked whether the ranking is clear: each twice the one before, up to the limit."""
    found = [runs]
    while found[-1] < limit:
        found.append(min(2 * found[-1], limit))
    return found


def _is_clear(league: League, look: int, until_clear: Clear) -> bool:
    """Who looks again and again is wrong more often; of the doubt allowed, look k may use the part 1 / (k (k + 1))."""
    from dataclasses import replace

    stricter = 1.0 - (1.0 - league.confidence) / (look * (look + 1))
    found = replace(league, confidence=stricter).standing(league.outcome)
    return found.is_settled(best_alone=until_clear is Clear.best)


def _add_until_clear(
    folder: Path,
    studies: Sequence[Study],
    until_clear: Clear,
    limit: int,
    words: Words,
    workers: int | None,
    dask: str | None,
) -> None:
    from aiposim.results import Results
    from aiposim.results.manifest import read_manifest
    from aiposim.study.compare import Comparison, extend_studies
    from aiposim.study.tournament import note_settled, tournament_in

    clear = False
    for look, runs in enumerate(_looks(studies[0].runs, limit), 1):
        if runs > studies[0].runs:
            extend_studies(folder, studies, runs)
            fill(folder, studies, words, workers=workers, dask=dask)
        comparison = Comparison([Results(each.scenario, each.seed, each) for each in studies])
        tournament = tournament_in(read_manifest(folder), comparison)
        assert tournament is not None
        clear = _is_clear(tournament.league, look, until_clear)
        if clear:
            break
    note_settled(folder, settled=clear)


def _in_memory(
    designs: Sequence[Scenario],
    runs: int,
    seed: int,
    workers: int | None,
    words: Words,
    wanted: tuple[str, str | None, float],
    until_clear: Clear | None,
    limit: int,
) -> NoReturn:
    """Print the answer of a league that leaves no folder."""
    from aiposim.commands._progress import progress_bar
    from aiposim.ensemble import workers_for
    from aiposim.report.summary import league_json
    from aiposim.study.league import league as league_of
    from aiposim.study.tournament import Tournament

    outcome, wished, confidence = wanted
    clear: bool | None = None
    for look, number in enumerate(_looks(runs, limit) if until_clear else [runs], 1):
        total = number * len(designs)
        with progress_bar(total, words) as progress:
            found = league_of(
                designs, number, seed=seed, workers=workers or workers_for(total), outcome=outcome, wished=wished,
                confidence=confidence, progress=progress,
            )  # fmt: skip
        clear = None if until_clear is None else _is_clear(found, look, until_clear)
        if clear:
            break
    sys.stdout.write(as_text(league_json(Tournament(found, clear))))
    raise typer.Exit(say_failures(found.comparison.results))
