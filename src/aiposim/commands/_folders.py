"""Where results go: a folder that is looked at before anything is computed, and appears whole or not at all."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from aiposim.commands._options import refuse


def default_folder(name: str, seed: int) -> Path:
    """results/<scenario>-<seed> under the current directory."""
    plain = re.sub(r"[^\w.+-]+", "-", name).strip("-.")[:80] or "scenario"
    return Path("results") / f"{plain}-{seed}"


def checked_folder(folder: Path, *, overwrite: bool) -> Path:
    """The folder, if results can be written there; else leave at once, before hours of computing."""
    from aiposim.results import MANIFEST_FILE

    existing = next(each for each in (folder, *folder.absolute().parents) if each.exists())
    if not existing.is_dir():
        refuse(f"{existing} is a file, not a folder; give another one with --out.")
    if existing == folder and any(folder.iterdir()):
        if not overwrite:
            refuse(f"{folder} exists already; give another folder with --out, or replace it with --overwrite.")
        if not (folder / MANIFEST_FILE).is_file():
            refuse(f"{folder} holds no results (it has no {MANIFEST_FILE}), so it is not overwritten.")
    place = existing.absolute().parent if existing == folder else existing
    try:
        with tempfile.TemporaryFile(dir=place):
            pass
    except OSError as error:
        refuse(f"{folder} cannot be written: {error.strerror or error}.")
    return folder


def written(
    folder: Path, write: Callable[[Path, Sequence[str]], None], command: Sequence[str], *, overwrite: bool
) -> Path:
    """The folder after `write` has filled it; leaves with one line if that cannot be done."""
    from aiposim.results import write_folder

    write_anything: Any = write
    try:
        write_folder(folder.resolve(), write_anything, overwrite=overwrite, command=command)
    except OSError as error:
        refuse(f"{folder} cannot be written: {error.strerror or error}.")
    return folder
