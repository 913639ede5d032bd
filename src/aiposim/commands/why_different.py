"""`aiposim why-different`: two results are not the same; which of the inputs, versions, seeds or rules explains it?"""

from __future__ import annotations

import json
import math
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from aiposim.commands._options import OwnRules, refuse

if TYPE_CHECKING:
    from rich.console import Console

    from aiposim.results.bits import Unequal, Value
    from aiposim.results.study import Study
    from aiposim.study.differences import Explanation

_MOST_MEASURES = 6
_SHORT = 60


def why_different(
    first: Annotated[Path, typer.Argument(metavar="A", help="A results folder.")],
    second: Annotated[Path, typer.Argument(metavar="B", help="Another one.")],
    runs: Annotated[
        int, typer.Option("--runs", min=1, max=100_000, metavar="N", help="Runs to compute again in each experiment.")
    ] = 50,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    own_rules: OwnRules = None,
    rules_of_second: Annotated[
        list[Path] | None,
        typer.Option(
            "--rules-of-second",
            metavar="FILE",
            help="Rules of your own that made B, if they are others than those of A.",
        ),
    ] = None,
) -> None:
    """List what went into two results that is not the same, and try which of it explains that they differ.

    Compares the runs that both have to the bit. Then computes a sample of them again from the inputs of A, each time
    with one difference of B laid upon them: what moves no bit explains nothing, what gives the runs of B explains it
    alone. Exit code 1 if the results differ.
    """
    from aiposim import families
    from aiposim.study.experiments import rules_of
    from aiposim.study.experiments import why_different as explained

    ours = _opened(first)
    try:
        with rules_of(rules_of_second):
            theirs = _opened(second)
    except families.RulesError as error:
        refuse(str(error))
    pairs, alone = _paired(first, second, ours, theirs)
    try:
        found = [explained(one, other, runs=runs, rules_of_other=rules_of_second) for one, other in pairs]
    except ValueError as error:
        refuse(f"{error}. What else is wrong: aiposim verify {first}; aiposim verify {second}")
    if as_json:
        answer = {
            "same": all(each.same for each in found),
            "designs": [_as_json(each) for each in found],
            "alone": alone,
        }
        sys.stdout.write(json.dumps(answer, ensure_ascii=False, indent=2, allow_nan=False) + "\n")
    else:
        from rich.console import Console

        console = Console(highlight=False)
        for place, each in enumerate(found):
            if (len(found) > 1 or alone) and each.same and not each.differences:
                name = each.one.scenario.name
                console.print(f"{name}: {_count(each.runs, 'run')} in both, the same to the bit.", markup=False)
                continue
            if place:
                console.print()
            _print(each, console)
        for name in alone:
            console.print(f"\nOnly one of the two compares {name}.", markup=False)
    if alone or not all(each.same for each in found):
        raise typer.Exit(1)


def _opened(folder: Path) -> list[Study]:
    from aiposim.study.compare import studies_in

    try:
        return studies_in(folder)
    except (FileNotFoundError, NotADirectoryError, ValueError) as error:
        refuse(f"{error}.")
    except OSError as error:
        refuse(f"{folder} cannot be read: {error.strerror or error}.")


def _paired(
    first: Path, second: Path, ours: list[Study], theirs: list[Study]
) -> tuple[list[tuple[Study, Study]], list[str]]:
    """Designs of the same name in two comparisons, and the names of those that only one has."""
    from aiposim.study.compare import is_comparison

    compared = [is_comparison(first), is_comparison(second)]
    if not any(compared):
        return [(ours[0], theirs[0])], []
    if not all(compared):
        folder = first if compared[0] else second
        inside = (ours if compared[0] else theirs)[0].folder
        refuse(
            f"{folder} compares several designs, and the other holds one; name one of its designs, such as {inside}."
        )
    mine, others = ({study.scenario.name: study for study in studies} for studies in (ours, theirs))
    shared = [(study, others[name]) for name, study in mine.items() if name in others]
    if not shared:
        refuse(f"{first} and {second} have no design of the same name.")
    return shared, [name for name in {**mine, **others} if (name in mine) != (name in others)]


def _print(found: Explanation, console: Console) -> None:
    from rich import box
    from rich.table import Table
    from rich.text import Text

    def say(line: str, style: str = "") -> None:
        console.print(Text(line, style=style), soft_wrap=True)

    for letter, study in (("A", found.one), ("B", found.other)):
        scenario = study.scenario
        say(f"{letter}  {study.folder}: {scenario.name}, {study.runs_done:,} runs, seed {study.seed}", "bold")
    say("")
    for line in _results(found):
        say(line)
    say("")
    if not found.differences:
        say("Nothing that went into them is recorded as different.")
    else:
        table = Table(box=box.SIMPLE_HEAD, pad_edge=False, title="What went into them", title_justify="left")
        table.add_column("difference", overflow="fold")
        table.add_column("A -> B", overflow="fold")
        table.add_column("tried alone", overflow="fold")
        for each in found.differences:
            remark = f"\n{each.remark}" if each.remark else ""
            name = each.name if each.kind == "scenario" else _named(each.kind, each.name)
            values = f"{_brief(each.one)} -> {_brief(each.other)}"
            table.add_row(Text(name), Text(values), Text.assemble(each.verdict, (remark, "dim")))
        console.print(table)
    if found.sample:
        say(_reproduced(found))
    for line in found.conclusion:
        say(line, "green" if found.same else "bold")


def _named(kind: str, name: str) -> str:
    return {"rule": "your own rule: ", "code": "code: ", "version": "version of ", "machine": ""}.get(kind, "") + name


def _results(found: Explanation) -> list[str]:
    tally = found.results
    if not found.runs:
        return ["No run is in both."]
    if tally.same:
        return [f"Results: {_count(found.runs, 'run')} in both, the same to the bit ({tally.values:,} values)."]
    differing = len(tally.differing)
    lines = [
        f"Results: {_count(found.runs, 'run')} in both; {_count(differing, 'run')} not the same, in "
        f"{_count(len(tally.unequal), 'measure')}."
    ]
    ranked = sorted(tally.unequal.values(), key=lambda each: -each.runs)
    lines += [f"  {_unequal(each)}" for each in ranked[:_MOST_MEASURES]]
    if len(ranked) > _MOST_MEASURES:
        lines.append(f"  and {len(ranked) - _MOST_MEASURES} more measures (--json lists all)")
    for letter, names in (("A", tally.only_one), ("B", tally.only_other)):
        if names:
            lines.append(f"  Only {letter} has {', '.join(names)}.")
    return lines


def _unequal(each: Unequal) -> str:
    return (
        f"{each.measure}: {_count(each.runs, 'run')}, the first {each.first_run}: "
        f"{_exact(each.one)} -> {_exact(each.other)}"
    )


def _reproduced(found: Explanation) -> str:
    given = {(True, True): "A and B", (True, False): "A and not B", (False, True): "B and not A"}
    both = given.get((found.reproduced_one, found.reproduced_other), "neither A nor B")
    return f"Tried on {_count(found.sample, 'run')} by the code that is here, which gives the kept runs of {both}."


def _brief(value: Any) -> str:
    from aiposim.results.inputs import shown

    text = shown(value)
    return text if len(text) <= _SHORT else f"{text[: _SHORT - 1]}…"


def _exact(value: Value) -> str:
    return "none" if value is None else repr(value) if isinstance(value, float) else str(value)


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def _as_json(found: Explanation) -> dict[str, Any]:
    tally = found.results
    return {
        "a": {"folder": str(found.one.folder), "scenario": found.one.scenario.name, "seed": found.one.seed},
        "b": {"folder": str(found.other.folder), "scenario": found.other.scenario.name, "seed": found.other.seed},
        "runs": found.runs,
        "same": found.same,
        "runs_that_differ": len(tally.differing),
        "measures": {
            each.measure: {"runs": each.runs, "first_run": each.first_run, "a": _finite(each.one),
                           "b": _finite(each.other)}
            for each in tally.unequal.values()
        },
        "only_a": list(tally.only_one),
        "only_b": list(tally.only_other),
        "sample": found.sample,
        "reproduced": {"a": found.reproduced_one, "b": found.reproduced_other},
        "differences": [
            {"kind": each.kind, "name": each.name, "a": each.one, "b": each.other, "verdict": each.verdict,
             "remark": each.remark}
            for each in found.differences
        ],
        "conclusion": " ".join(found.conclusion),
    }  # fmt: skip


def _finite(value: Value) -> Value:
    return None if isinstance(value, float) and not math.isfinite(value) else value
