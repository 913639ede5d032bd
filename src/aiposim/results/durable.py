"""Files that are whole or not there, whenever the power goes: a temporary name, fsync, rename, fsync of the folder."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

TEMPORARY = ".part"
"""How the name of a file ends that is being written; whatever bears it was never finished."""


@contextlib.contextmanager
def whole_file(file: Path) -> Iterator[Path]:
    """A temporary path beside `file` to write to; it takes the place of `file` at the end, or vanishes.

    Errors: OSError if the disk is full or the folder cannot be written; `file` is then what it was before.
    """
    temporary = file.with_name(f".{file.name}-{os.getpid()}{TEMPORARY}")
    try:
        yield temporary
        with temporary.open("rb+") as written:
            os.fsync(written.fileno())
        temporary.replace(file)
    except BaseException:
        with contextlib.suppress(OSError):  # the first error counts
            temporary.unlink(missing_ok=True)
        raise
    keep_folder(file.parent)


@contextlib.contextmanager
def whole_folder(folder: Path) -> Iterator[Path]:
    """An empty folder beside `folder` to fill; it takes its name at the end, or vanishes.

    `folder` must not be there by then: who may replace it makes room inside.
    Errors: OSError if the place cannot be written.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    temporary = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    try:
        yield temporary
        temporary.chmod(0o755)
        temporary.replace(folder)
    except BaseException:
        shutil.rmtree(temporary, ignore_errors=True)
        raise


def keep_folder(folder: Path) -> None:
    """Make the names in a folder survive a power cut; Windows has no such call and needs none."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def write_json(file: Path, content: dict[str, Any]) -> None:
    """Replace a JSON file by new content, at once."""
    with whole_file(file) as place:
        place.write_text(json.dumps(content, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def sweep(folder: Path) -> None:
    """Remove what killed processes left half-written in a folder and the folders in it."""
    for left in folder.rglob(f".*{TEMPORARY}"):
        with contextlib.suppress(OSError):  # somebody else's, or gone by now
            left.unlink()
