"""Where results go: a folder that is looked at before anything is computed."""

from __future__ import annotations

import re
import tempfile
from pathlib import Path, PurePath

from aiposim.commands._options import refuse


def default_folder(name: str, seed: int, shard: str | None = None) -> Path:
    """results/<scenario>-<seed> under the current directory; a shard's name ends with its number, `-3-of-16`."""
    plain = re.sub(r"[^\w.+-]+", "-", name).strip("-.")[:80] or "scenario"
    part = f"-{shard.replace('/', '-of-')}" if shard else ""
    return Path("results") / f"{plain}-{seed}{part}"


def folder_for(
    out: Path | None, name: str, seed: int, shard: str | None = None, *, as_json: bool, overwrite: bool
) -> Path | None:
    """Where results are written, looked at: the folder of --out, or the default one; nowhere for JSON without --out."""
    if out is None and as_json:
        return None
    return checked_folder(out or default_folder(name, seed, shard), overwrite=overwrite)


def stem_of(*scenarios: str) -> str:
    """What names of scenarios or their files give to the name of a folder."""
    return "-and-".join(PurePath(scenario).stem for scenario in scenarios)


def checked_folder(folder: Path, *, overwrite: bool) -> Path:
    """The folder, if results can be written there; else leave at once, before hours of computing."""
    from aiposim.results.manifest import MANIFEST_FILE

    existing = next(each for each in (folder, *folder.absolute().parents) if each.exists())
    if not existing.is_dir():
        refuse(f"{existing} is a file, not a folder; give another one with --out.")
    if existing == folder and any(folder.iterdir()):
        if not overwrite:
            hint = f", or go on with it: aiposim resume {folder}" if _is_unfinished(folder) else ""
            refuse(f"{folder} exists already; give another folder with --out, or replace it with --overwrite{hint}.")
        if not (folder / MANIFEST_FILE).is_file():
            refuse(f"{folder} holds no results (it has no {MANIFEST_FILE}), so it is not overwritten.")
    place = existing.absolute().parent if existing == folder else existing
    try:
        with tempfile.TemporaryFile(dir=place):
            pass
    except OSError as error:
        refuse(f"{folder} cannot be written: {error.strerror or error}.")
    return folder


def _is_unfinished(folder: Path) -> bool:
    from aiposim.results.manifest import COMPLETE, read_manifest

    try:
        return read_manifest(folder).get("state") != COMPLETE
    except (OSError, ValueError):  # no results folder, or one that does not read: nothing to go on with
        return False
