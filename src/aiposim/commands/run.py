"""`aiposim run`: one design, many runs; tables on the terminal, a folder of results and a report."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from aiposim.commands._folders import folder_for
from aiposim.commands._options import (
    DEFAULT_RUNS,
    DEFAULT_SEED,
    AsJson,
    ChosenEngine,
    Dask,
    Engine,
    Language,
    Out,
    Overwrite,
    OwnRules,
    Panel,
    Recorded,
    Runs,
    Seed,
    Settings,
    ShardOf,
    Workers,
    checked_language,
    refuse,
)
from aiposim.commands._studies import as_text, begun, command_line, conclude, fill, say_failures

if TYPE_CHECKING:
    from aiposim.report.words import Words
    from aiposim.scenario import Scenario


def run(
    scenario: Annotated[str, typer.Argument(help="Name of a shipped scenario, or path of a file.")],
    runs: Runs = DEFAULT_RUNS,
    seed: Seed = DEFAULT_SEED,
    workers: Workers = None,
    settings: Settings = None,
    design: Annotated[str | None, typer.Option("--design", metavar="NAME", help="A design of the scenario.")] = None,
    out: Out = None,
    engine: ChosenEngine = Engine.arrays,
    panel: Panel = Recorded.none,
    shard: ShardOf = None,
    dask: Dask = None,
    as_json: AsJson = False,
    overwrite: Overwrite = False,
    language: Language = "en",
    own_rules: OwnRules = None,
) -> None:
    """Run one design and report its outcomes.

    Writes results/<scenario>-<seed>/ with report.html, tables (Parquet) and a manifest, unless --out says where.
    The folder grows block by block: what was computed stays, whatever happens, and `aiposim resume` goes on.
    """
    checked_language(language)
    chosen = chosen_design(scenario, design, settings or [])
    folder = folder_for(out, chosen.name, seed, shard, as_json=as_json, overwrite=overwrite)

    from aiposim.report.words import words_for

    words = words_for([chosen], language)
    if not as_json:
        say_warnings([chosen])
    if folder is None:
        _in_memory(chosen, runs, seed, workers, str(engine), words)
    named = (("--design", [design] if design else []), ("--set", settings), ("--rules", own_rules))
    command = command_line("run", [scenario], runs, seed, named, panel, shard)
    if panel is not Recorded.none:
        say_size(panel, [chosen], runs, shard)

    def begin(place: Path) -> None:
        from aiposim.results.study import Study, shard_named

        Study.begin(
            place,
            chosen,
            runs,
            seed=seed,
            shard=shard_named(shard),
            panel=str(panel),
            engine=str(engine),
            command=command,
            asked={"scenario": place_of(scenario), "design": design, "settings": settings or []},
        )

    studies = begun(folder, begin, overwrite=overwrite)
    fill(folder, studies, words, workers=workers, dask=dask, new=True)
    conclude(folder, studies, words, language, settings=settings or [], as_json=as_json)


def _in_memory(chosen: Scenario, runs: int, seed: int, workers: int | None, engine: str, words: Words) -> NoReturn:
    """Print the answer of a run that leaves no folder."""
    from aiposim.commands._progress import progress_bar
    from aiposim.ensemble import workers_for
    from aiposim.report.summary import run_json
    from aiposim.results import simulate

    with progress_bar(runs, words) as progress:
        results = simulate(
            chosen, runs, seed=seed, workers=workers or workers_for(runs), engine=engine, progress=progress
        )
    sys.stdout.write(as_text(run_json(results)))
    raise typer.Exit(say_failures([results]))


def chosen_design(scenario: str, design: str | None, settings: list[str]) -> Scenario:
    """The scenario, or one of its designs, with the settings of the command line laid upon it."""
    from aiposim.scenario import load

    loaded = load(scenario)
    if design is not None:
        try:
            loaded = loaded.design(design)
        except LookupError as error:
            refuse(f"{error.args[0]}.")
    return loaded.with_settings(settings) if settings else loaded


def say_warnings(scenarios: Sequence[Scenario]) -> None:
    """What is legal but odd about scenarios, each thing once, on standard error."""
    for warning in dict.fromkeys(str(warning) for scenario in scenarios for warning in scenario.own_warnings):
        typer.echo(f"warning: {warning}", err=True)


def place_of(scenario: str) -> str:
    """A scenario's name, or the whole path of its file, so that it is found again from another folder."""
    return str(Path(scenario).absolute()) if "/" in scenario or scenario.endswith((".yaml", ".yml")) else scenario


def say_size(panel: Recorded, designs: Sequence[Scenario], runs: int, shard: str | None) -> None:
    """How much a panel will take on disk, beforehand, on standard error."""
    from aiposim.panel import bytes_a_run

    parts = int(shard.partition("/")[2]) if shard else 1
    size = sum(bytes_a_run(str(panel), len(each.codes), each.world.horizon) for each in designs) * runs / parts
    unit, scale = next((unit, scale) for unit, scale in (("GB", 1e9), ("MB", 1e6), ("kB", 1e3)) if size >= scale)
    typer.echo(f"The panel will take about {size / scale:,.1f} {unit} on disk.", err=True)
