"""Institutes of two to ten founders: the four shipped states, and others that nobody will find on a map."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from aiposim import load
from aiposim.scenario import Scenario, catalogue
from benchmarks.section import SCENARIO

SHIPPED = ("JPN", "CHN", "KOR", "MNG")
INVENTED = ("QAA", "QBB", "QCC", "QDD", "QEE", "QFF")
_FIRST_LUCK = 901
"""No state has such a number in ISO 3166-1."""


def institute_of(founders: int, folder: Path) -> Scenario:
    """The base scenario with so many founders; files of the invented ones are written into the folder."""
    codes = (*SHIPPED, *INVENTED)[:founders]
    invented = [code for code in codes if code in INVENTED]
    written = [str(_file_of(code, folder)) for code in invented]
    pairs: dict[str, Any] = {
        f"{other}-{code}": {"prior_trust": 0.5, "incident_rate": 0.02, "major_share": 0.2}
        for code in invented
        for other in codes[: codes.index(code)]
    }
    members = [*codes[: min(founders, len(SHIPPED))], *written]
    return load(SCENARIO).with_(**{"membership.members": members, "membership.pairs": pairs})


def _file_of(code: str, folder: Path) -> Path:
    """Mongolia's figures under another code and another number for its luck."""
    changed = {
        "code": f"code: {code}",
        "names": f"names: {{en: {code}, ja: {code}, zh: {code}, ko: {code}}}",
        "luck": f"luck: {_FIRST_LUCK + INVENTED.index(code)}",
    }
    text = (catalogue.folder() / "members" / "MNG.yaml").read_text(encoding="utf-8")
    lines = [changed.get(line.partition(":")[0], line) for line in text.splitlines()]
    path = folder / f"{code}.yaml"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path
