"""What files are called, and what no file may say."""

from __future__ import annotations

import re

from architecture.repository import ROOT, all_modules, name, own_files

# Put together from pieces, so that this file does not find itself.
_MACHINE_PATHS = re.compile(
    "|".join(
        [
            r"(?<![\w.-])/" + r"work/",
            r"(?<![\w.-])/" + r"tmp/v(?![a-z])",
            r"(?<![\w.-])/" + r"root/",
            r"(?<![\w.-])/" + r"(?:home|Users)/[\w.-]+/",
            r"\.\./" + r"shared",
        ]
    )
)


def test_there_is_something_to_look_at() -> None:
    assert len(all_modules()) > 20
    assert {"pyproject.toml", "Makefile", ".ci/run", "LICENSE"} <= {name(path) for path in own_files()}


def test_no_module_is_called_after_nothing() -> None:
    """A module is named for what it holds; a drawer for everything is a name for nothing."""
    drawers = re.compile(r"_?(utils?|helpers?|common|misc|tools?)")
    source = [path for path in own_files() if path.suffix == ".py"]
    parts = {part for path in source for part in path.relative_to(ROOT).with_suffix("").parts}
    assert [part for part in sorted(parts) if drawers.fullmatch(part)] == []


def test_no_file_knows_the_machine_it_was_written_on() -> None:
    found = []
    for path in own_files():
        try:
            lines = path.read_text(encoding="utf-8").splitlines()
        except UnicodeDecodeError:
            continue  # a picture or the like
        found += [f"{name(path)}:{i}: {line}" for i, line in enumerate(lines, 1) if _MACHINE_PATHS.search(line)]
    assert found == []
