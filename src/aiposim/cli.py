"""The command line: finds the commands by listing their folder, and says plainly what is wrong with an input.

A module `commands/why_different.py` with a function `why_different` is the command `aiposim why-different`.
Exit codes: 0 all well; 1 it ran, but something did not hold; 2 the input is wrong; 130 interrupted.
"""

from __future__ import annotations

import contextlib
import io
import itertools
import os
import sys
import typing
from collections.abc import Iterator
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from aiposim import __version__, families


class Commands(TyperGroup):
    """The commands that lie in the folder; each is imported when it is called for."""

    def list_commands(self, ctx: typer.Context) -> list[str]:  # type: ignore[override]
        return [name.replace("_", "-") for name in families.names("commands")]

    def get_command(self, ctx: typer.Context, cmd_name: str) -> Any:  # type: ignore[override]
        if families.canonical(cmd_name) not in families.names("commands"):
            return None
        single = typer.Typer(add_completion=False, rich_markup_mode=None)
        single.command(cmd_name)(typing.cast(Any, families.fetch("commands", cmd_name)))
        command = typer.main.get_command(single)
        command.name = cmd_name
        return command

    def resolve_command(self, ctx: typer.Context, args: list[str]) -> Any:  # type: ignore[override]
        name = args[0]
        if "--rules=" in args or ("--rules", "") in itertools.pairwise(args):
            ctx.fail("--rules names no file; write . for the current folder.")
        if not name.startswith("-") and self.get_command(ctx, name) is None:
            guess = families.near(name, self.list_commands(ctx))
            ctx.fail(f"There is no command {name!r}." + (f" Did you mean {guess!r}?" if guess else ""))
        return super().resolve_command(ctx, args)

    def invoke(self, ctx: typer.Context) -> Any:  # type: ignore[override]
        from aiposim.scenario.problems import ScenarioError

        try:
            return super().invoke(ctx)
        except (ScenarioError, families.RulesError) as error:
            typer.echo(str(error), err=True)
            raise typer.Exit(2) from error
        except KeyboardInterrupt as interruption:
            typer.echo("Interrupted. Nothing was left half-written.", err=True)
            raise typer.Exit(130) from interruption
        except (Exception, SystemExit) as error:
            blamed = families.blamed(error)
            if blamed is None:
                raise
            typer.echo(str(blamed), err=True)
            raise typer.Exit(2) from error


app = typer.Typer(
    cls=Commands,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"aiposim {__version__}")
        raise typer.Exit


@app.callback(invoke_without_command=True)
def aiposim(
    ctx: typer.Context,
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version and leave.")
    ] = False,
) -> None:
    """Try out how a small intergovernmental institution is governed: who pays, who decides, who stays.

    It explores and compares designs in imagined worlds; it never forecasts.
    """
    if ctx.invoked_subcommand is None:
        typer.echo(ctx.get_help())


def main() -> None:
    """Entry point of the program `aiposim`."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a terminal that lacks a letter shows another one
    with _output_that_can_fail():
        try:
            app(prog_name="aiposim")
        except families.RulesError as error:
            typer.echo(str(error), err=True)
            sys.exit(2)


@contextlib.contextmanager
def _output_that_can_fail() -> Iterator[None]:
    """A full disk is one line on standard error, a reader that has gone is none; both end with 1."""
    try:
        try:
            yield
        finally:
            sys.stdout.flush()
    except BrokenPipeError:
        _give_up_output()
    except OSError as error:
        where = f"{error.filename}: " if error.filename else "The output cannot be written: "
        typer.echo(f"{where}{error.strerror or error}.", err=True)
        _give_up_output()


def _give_up_output() -> typing.NoReturn:
    """What is still held for standard output goes nowhere, so that Python does not fail once more at its end."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    sys.exit(1)
