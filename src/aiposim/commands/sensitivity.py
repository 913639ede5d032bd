"""`aiposim sensitivity`: which assumptions an outcome hangs on, by Morris screening and Sobol' indices."""

from __future__ import annotations

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

Over = Annotated[
    list[str] | None,
    typer.Option(
        "--over", metavar="KEY", help="Vary only this assumption; several times for several. All that matter else."
    ),
]


def sensitivity(
    scenario: Annotated[str, typer.Argument(help="Name of a shipped scenario, or path of a file.")],
    outcome: Annotated[
        list[str],
        typer.Option("--outcome", metavar="NAME", help="A measure, as deadlock_rate or welfare.KOR; several times."),
    ],
    design: Annotated[
        list[str] | None,
        typer.Option("--design", metavar="NAME", help="Only this design; several times, the first first."),
    ] = None,
    over: Over = None,
    screen_only: Annotated[bool, typer.Option("--screen-only", help="Leave the indices out.")] = False,
    trajectories: Annotated[
        int, typer.Option(min=2, max=10_000, help="Morris trajectories; each is a point more than assumptions.")
    ] = 10,
    base: Annotated[
        int,
        typer.Option(
            min=2,
            max=2**20,
            help="Base sample of the indices, a power of 2; each is two points more than assumptions.",
        ),
    ] = 256,
    keep: Annotated[int, typer.Option(min=1, max=100, help="Assumptions at most that indices are computed for.")] = 8,
    runs: Annotated[int, typer.Option("--runs", min=1, max=1_000_000, help="Runs at each point.")] = 200,
    seed: Seed = DEFAULT_SEED,
    workers: Workers = None,
    settings: Settings = None,
    out: Out = None,
    as_json: AsJson = False,
    overwrite: Overwrite = False,
    language: Language = "en",
    own_rules: OwnRules = None,
) -> None:
    """Say which assumptions an outcome hangs on within their plausible ranges.

    Screens all assumptions that matter (Morris), then computes first-order and total Sobol' indices with intervals for
    those that the screening left. Rules are never varied: each design has its rows, and its differences from the first.
    Writes results/<scenario>-sensitivity-<seed>/ with report.html and tables (Parquet), unless --out says where.
    """
    from aiposim.commands.run import place_of

    checked_language(language)
    folder = folder_for(out, f"{stem_of(scenario)}-sensitivity", seed, as_json=as_json, overwrite=overwrite)
    asked = {
        "scenario": place_of(scenario), "settings": settings or [], "designs": design or [], "outcomes": outcome,
        "over": over or [], "screen_only": screen_only, "trajectories": trajectories, "base": base, "keep": keep,
        "runs": runs, "seed": seed, "command": _command(scenario, outcome, design, over, screen_only, trajectories,
                                                        base, keep, runs, seed, settings, own_rules),
    }  # fmt: skip
    perform(asked, folder, overwrite=overwrite, workers=workers, as_json=as_json, language=language)


def _command(
    scenario: str,
    outcome: list[str],
    design: list[str] | None,
    over: list[str] | None,
    screen_only: bool,
    trajectories: int,
    base: int,
    keep: int,
    runs: int,
    seed: int,
    settings: list[str] | None,
    own_rules: list[Path] | None,
) -> list[str]:
    """The command that computes the same again."""
    named = (
        ("--outcome", outcome),
        ("--design", design),
        ("--over", over),
        ("--set", settings),
        ("--rules", own_rules),
    )
    command = ["aiposim", "sensitivity", scenario]
    command += [part for option, values in named for value in values or [] for part in (option, str(value))]
    command += ["--screen-only"] if screen_only else []
    numbers = {"trajectories": trajectories, "base": base, "keep": keep, "runs": runs, "seed": seed}
    return command + [part for name, number in numbers.items() for part in (f"--{name}", str(number))]


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
    from aiposim.commands.run import say_warnings
    from aiposim.report.words import words_for
    from aiposim.scenario import load
    from aiposim.study.assumptions import left_out, uncertain_assumptions
    from aiposim.study.sampling import salib, sobol_points
    from aiposim.study.sensitivity import analyse
    from aiposim.study.sweep import Sweep, assumptions_over, designs_chosen
    from aiposim.study.sweep_folder import SENSITIVITY

    runs, seed = int(asked["runs"]), int(asked["seed"])
    with refusing():
        salib("sample.morris")
        designs = designs_chosen(load(asked["scenario"]), asked["designs"])
        designs = [each.with_settings(asked["settings"]) for each in designs] if asked["settings"] else designs
        assumptions = assumptions_over(uncertain_assumptions(*designs), asked["over"])
        sobol_points(assumptions[:1], asked["base"], seed=seed)
        points = asked["trajectories"] * (len(assumptions) + 1)
        sweep = Sweep(designs, asked["outcomes"], runs, seed=seed, workers=workers_of(workers, points * len(designs)))
    words = words_for(designs, language)
    if not as_json:
        say_warnings(designs)
    if manifest is not None and folder is not None:
        unchanged(manifest, designs, folder)
    else:
        begun_sweep(
            folder, SENSITIVITY, designs, assumptions, runs=runs, seed=seed, command=asked["command"], asked=asked,
            overwrite=overwrite,
        )  # fmt: skip
    if folder is not None:
        with refusing():
            sweep.keep_in(folder)
    stages = Stages(words)

    def between(left: list[Any]) -> None:
        stages.end()
        if left and not asked["screen_only"]:
            stages.begin(asked["base"] * (len(left) + 2), len(designs), runs, words("Indices"))

    with keeping(folder, sweep, stages, new=manifest is None):
        stages.begin(points, len(designs), runs, words("Screening"))
        result = analyse(
            sweep, assumptions, screen_only=asked["screen_only"], trajectories=asked["trajectories"],
            base=asked["base"], keep=asked["keep"], progress=stages, between=between,
        )  # fmt: skip
    _concluded(folder, result, sweep, left_out(*designs), words, language, as_json=as_json)


def _concluded(
    folder: Path | None, result: Any, sweep: Any, idle: Any, words: Any, language: str, *, as_json: bool
) -> NoReturn:
    from rich.console import Console

    from aiposim.report.sensitivity import print_sensitivity, sensitivity_json

    conclude_sweep(
        folder, result, sweep, language, as_json=as_json,
        answer=lambda: sensitivity_json(result, idle),
        show=lambda: print_sensitivity(result, words, Console(highlight=False)),
    )  # fmt: skip
