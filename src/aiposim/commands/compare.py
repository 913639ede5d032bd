"""`aiposim compare`: several designs on the same worlds; who is better off with which."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from itertools import product
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from aiposim.commands._folders import folder_for, stem_of
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
    from pathlib import Path

    from aiposim.report.words import Words
    from aiposim.scenario import Scenario


def compare(
    scenarios: Annotated[
        list[str],
        typer.Argument(
            metavar="SCENARIO...",
            help="One scenario, whose designs are compared, or several, which are compared with each other.",
        ),
    ],
    vary: Annotated[
        list[str] | None,
        typer.Option(
            "--vary",
            metavar="KEY=A,B,C",
            help="Make a design of each value of a key, in place of the scenario's own; several make a grid.",
        ),
    ] = None,
    design: Annotated[
        list[str] | None,
        typer.Option("--design", metavar="NAME", help="Only this design; may be given several times, the first first."),
    ] = None,
    runs: Runs = DEFAULT_RUNS,
    seed: Seed = DEFAULT_SEED,
    workers: Workers = None,
    settings: Settings = None,
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
    """Compare designs on the same worlds, run by run, each against the first.

    Writes results/<scenario>-compared-<seed>/ with report.html, tables (Parquet), a manifest and a folder for each
    design, unless --out says where.
    """
    checked_language(language)
    designs = designs_named(scenarios, design or [], settings or [], vary or [])
    if len(designs) < 2:
        refuse(
            f"There is only one design to compare, {designs[0].name}. Name several scenarios, or one with designs, "
            "or vary a key: --vary control.voting.rule=unanimity,majority."
        )
    folder = folder_for(out, f"{stem_of(*scenarios)}-compared", seed, shard, as_json=as_json, overwrite=overwrite)

    from aiposim.commands.run import place_of, say_size, say_warnings
    from aiposim.report.words import words_for
    from aiposim.study import compare as study

    designs = study.named_apart(designs)
    words = words_for(designs, language)
    if not as_json:
        say_warnings(designs)
    if folder is None:
        _in_memory(designs, runs, seed, workers, str(engine), words)
    named = (("--vary", vary), ("--design", design), ("--set", settings), ("--rules", own_rules))
    command = command_line("compare", scenarios, runs, seed, named, panel, shard)
    if panel is not Recorded.none:
        say_size(panel, designs, runs, shard)

    def begin(place: Path) -> None:
        from aiposim.results.study import shard_named

        study.begin_comparison(
            place,
            designs,
            runs,
            seed=seed,
            shard=shard_named(shard),
            panel=str(panel),
            engine=str(engine),
            command=command,
            asked={
                "scenarios": [place_of(scenario) for scenario in scenarios],
                "designs": design or [],
                "settings": settings or [],
                "vary": vary or [],
            },
        )

    studies = begun(folder, begin, overwrite=overwrite)
    fill(folder, studies, words, workers=workers, dask=dask, new=True)
    conclude(folder, studies, words, language, settings=settings or [], as_json=as_json)


def _in_memory(
    designs: list[Scenario], runs: int, seed: int, workers: int | None, engine: str, words: Words
) -> NoReturn:
    """Print the answer of a comparison that leaves no folder."""
    from aiposim.commands._progress import progress_bar
    from aiposim.ensemble import workers_for
    from aiposim.report.summary import comparison_json
    from aiposim.study.compare import compare

    total = runs * len(designs)
    with progress_bar(total, words) as progress:
        comparison = compare(
            designs, runs, seed=seed, workers=workers or workers_for(total), engine=engine, progress=progress
        )
    sys.stdout.write(as_text(comparison_json(comparison)))
    raise typer.Exit(say_failures(comparison.results))


def designs_named(names: list[str], chosen: list[str], settings: list[str], vary: list[str]) -> list[Scenario]:
    from aiposim.scenario import load

    loaded = [load(name) for name in names]
    if chosen:
        if len(loaded) > 1:
            refuse("--design chooses among the designs of one scenario; several scenarios are named.")
        try:
            loaded = [loaded[0].design(name) for name in chosen]
        except LookupError as error:
            refuse(f"{error.args[0]}.")
    elif len(loaded) == 1 and not vary:
        loaded = loaded[0].all_designs()
    if settings:
        loaded = [scenario.with_settings(settings) for scenario in loaded]
    return [design for scenario in loaded for design in _varied(scenario, vary)] if vary else loaded


def _varied(scenario: Scenario, vary: list[str]) -> Iterator[Scenario]:
    """A design for each combination of values, named by what is varied."""
    from aiposim.report.summary import SPEAK_FOR_THEMSELVES

    lines = [_values(text) for text in vary]
    for cell in product(*lines):
        named = [(_label(key), _bare(value)) for key, value in cell]
        short = ", ".join(
            value if len(vary) == 1 and key in SPEAK_FOR_THEMSELVES else f"{key}={value}" for key, value in named
        )
        varied = scenario.with_settings([f"{key}={value}" for key, value in cell])
        yield varied.with_(name=f"{scenario.name}: {short}")


def _label(key: str) -> str:
    """The end of a key that says what it is: of a rule its block, of a member's figure its code as well."""
    parts = key.removesuffix(".rule").split(".")
    whose = parts[:2] in (["membership", "overrides"], ["membership", "pairs"])
    return ".".join(parts[2:] if whose else parts[-1:])


def _bare(value: str) -> str:
    """A list as part of a name: `[JPN, CHN]` is `JPN+CHN`."""
    return "+".join(part.strip() for part in value[1:-1].split(",")) if value.startswith("[") else value


def _values(text: str) -> list[tuple[str, str]]:
    """KEY=A,B,C as pairs of key and value; a comma within brackets belongs to a value."""
    key, equals, values = text.partition("=")
    found = [value.strip() for value in _apart(values)]
    if not equals or not key.strip() or not all(found):
        refuse(f"{text!r} varies nothing; write --vary KEY=A,B,C, as control.voting.rule=unanimity,majority.")
    if len(set(found)) < len(found):
        refuse(f"{text!r} names a value twice.")
    return [(key.strip(), value) for value in found]


def _apart(values: str) -> list[str]:
    parts, depth = [""], 0
    for sign in values:
        depth += (sign in "[{") - (sign in "]}")
        if sign == "," and depth == 0:
            parts.append("")
        else:
            parts[-1] += sign
    return parts
