"""`aiposim discover`: under which assumptions an outcome fails, as boxes in words."""

from __future__ import annotations

from math import isfinite
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer

from aiposim.commands._folders import folder_for, stem_of
from aiposim.commands._options import (
    DEFAULT_SEED,
    AsJson,
    Language,
    Out,
    Overwrite,
    OwnRules,
    Seed,
    Settings,
    Workers,
    checked_language,
)
from aiposim.commands._sweeps import (
    Stages,
    begun_sweep,
    conclude_sweep,
    keeping,
    refusing,
    unchanged,
    workers_of,
)
from aiposim.commands.sensitivity import Over


def discover(
    scenario: Annotated[str, typer.Argument(help="Name of a shipped scenario, or path of a file.")],
    outcome: Annotated[
        str, typer.Option("--outcome", metavar="NAME", help="A measure, as deadlock_rate or welfare.KOR.")
    ],
    threshold: Annotated[float, typer.Option("--threshold", help="Beyond which it fails; shares from 0 to 1.")],
    above: Annotated[
        bool | None,
        typer.Option("--above/--below", help="Where of the threshold it fails; where it is worse unless told."),
    ] = None,
    design: Annotated[str | None, typer.Option("--design", metavar="NAME", help="A design of the scenario.")] = None,
    against: Annotated[
        str | None,
        typer.Option("--against", metavar="NAME", help="Look at the difference of the design from this one."),
    ] = None,
    over: Over = None,
    points: Annotated[int, typer.Option(min=50, max=1_000_000, help="Points of the Latin hypercube.")] = 1000,
    density: Annotated[float, typer.Option(min=0.0, max=1.0, help="Part of a box that is to fail.")] = 0.8,
    boxes: Annotated[int, typer.Option(min=1, max=20, help="Boxes at most.")] = 3,
    step: Annotated[
        int | None, typer.Option(min=0, help="Step of the first peeling to take, in place of the density.")
    ] = None,
    runs: Annotated[int, typer.Option("--runs", min=1, max=1_000_000, help="Runs at each point.")] = 100,
    seed: Seed = DEFAULT_SEED,
    workers: Workers = None,
    settings: Settings = None,
    out: Out = None,
    as_json: AsJson = False,
    overwrite: Overwrite = False,
    language: Language = "en",
    own_rules: OwnRules = None,
) -> None:
    """Find boxes of assumptions in which an outcome fails, with their coverage and density (PRIM).

    The outcome is a mean over runs at each point of a Latin hypercube of the plausible ranges; rules are never varied.
    Writes results/<scenario>-discovery-<seed>/ with report.html and tables (Parquet), unless --out says where.
    """
    from aiposim.commands.run import place_of

    checked_language(language)
    folder = folder_for(out, f"{stem_of(scenario)}-discovery", seed, as_json=as_json, overwrite=overwrite)
    asked = {
        "scenario": place_of(scenario), "settings": settings or [], "outcome": outcome, "threshold": threshold,
        "side": None if above is None else "above" if above else "below", "design": design, "against": against,
        "over": over or [], "points": points, "density": density, "boxes": boxes, "step": step, "runs": runs,
        "seed": seed,
    }  # fmt: skip
    asked["command"] = _command(scenario, asked, own_rules)
    perform(asked, folder, overwrite=overwrite, workers=workers, as_json=as_json, language=language)


def _command(scenario: str, asked: dict[str, Any], own_rules: list[Path] | None) -> list[str]:
    """The command that computes the same again."""
    command = ["aiposim", "discover", scenario]
    command += [f"--{asked['side']}"] if asked["side"] else []
    names = ("outcome", "threshold", "design", "against", "points", "density", "boxes", "step", "runs", "seed")
    single = [(f"--{name}", asked[name]) for name in names if asked[name] is not None]
    several = (("--over", asked["over"]), ("--set", asked["settings"]), ("--rules", own_rules or []))
    single += [(option, value) for option, values in several for value in values]
    return command + [part for option, value in single for part in (option, str(value))]


def perform(
    asked: dict[str, Any],
    folder: Path | None,
    *,
    manifest: dict[str, Any] | None = None,
    overwrite: bool = False,
    workers: int | None,
    as_json: bool,
    language: str,
) -> NoReturn:
    """Compute what was asked for, or (with a manifest) what is still missing of it; report, and leave."""
    from rich.console import Console

    from aiposim.commands.run import say_warnings
    from aiposim.report.discovery import discovery_json, print_discovery
    from aiposim.report.words import words_for
    from aiposim.study.assumptions import left_out, uncertain_assumptions
    from aiposim.study.discovery import discovered, worse_side
    from aiposim.study.sweep import Sweep, assumptions_over
    from aiposim.study.sweep_folder import DISCOVERY

    runs, seed, points = int(asked["runs"]), int(asked["seed"]), int(asked["points"])
    with refusing():
        designs = _designs(asked)
        assumptions = assumptions_over(uncertain_assumptions(*designs), asked["over"])
        workers = workers_of(workers, points * len(designs))
        sweep = Sweep(designs, [asked["outcome"]], runs, seed=seed, workers=workers)
        if len(sweep.outcomes) > 1:
            raise ValueError(f"one outcome at a time: {', '.join(sweep.outcomes)}")
        if not isfinite(asked["threshold"]):
            raise ValueError(f"the threshold is a number, not {asked['threshold']}")
        side = asked["side"] or worse_side(asked["outcome"])
    words = words_for(designs, language)
    if not as_json:
        say_warnings(designs)
    if manifest is not None and folder is not None:
        unchanged(manifest, designs, folder)
    else:
        begun_sweep(
            folder, DISCOVERY, designs, assumptions, runs=runs, seed=seed, command=asked["command"], asked=asked,
            overwrite=overwrite,
        )  # fmt: skip
    if folder is not None:
        with refusing():
            sweep.keep_in(folder)
    stages = Stages(words)
    with keeping(folder, sweep, stages, new=manifest is None):
        stages.begin(points, len(designs), runs, words("Latin hypercube"))
        result = discovered(
            sweep, assumptions, asked["threshold"], side, points, asked["density"], asked["boxes"], step=asked["step"],
            progress=stages,
        )  # fmt: skip
    conclude_sweep(
        folder, result, sweep, language, as_json=as_json,
        answer=lambda: discovery_json(result, left_out(*designs)),
        show=lambda: print_discovery(result, words, Console(highlight=False)),
    )  # fmt: skip


def _designs(asked: dict[str, Any]) -> list[Any]:
    """The design, behind the one that it is compared with, if there is one."""
    from aiposim.scenario import load
    from aiposim.study.discovery import designs_of

    found = designs_of(load(asked["scenario"]), asked["design"], asked["against"])
    return [each.with_settings(asked["settings"]) for each in found] if asked["settings"] else found
