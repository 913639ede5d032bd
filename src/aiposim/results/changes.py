"""What has changed since a study was begun: the scenario's file, the code, the user's own rules."""

from __future__ import annotations

from aiposim.results.inputs import PROSE, changed_files, changed_keys, shown
from aiposim.results.manifest import source_files
from aiposim.results.study import Study
from aiposim.scenario import Scenario

_MOST_FILES = 5


def changes_of_code(study: Study) -> list[str]:
    """The package's files and the user's own rules that are others than those which the study was begun with."""
    changed = changed_files(study.manifest, {"source": source_files()})
    lines = []
    if changed:
        more = f" and {len(changed) - _MOST_FILES} more" if len(changed) > _MOST_FILES else ""
        lines.append(f"the code of aiposim: {', '.join(changed[:_MOST_FILES])}{more}")
    return lines + [f"your own rule {own.name}" for own, sha256 in study.own_rules if own.sha256 != sha256]


def changes_of_scenario(before: Scenario, now: Scenario) -> list[str]:
    """Settings that move numbers and differ, as `key: old -> new`."""
    if before.digest() == now.digest():
        return []
    found = changed_keys(before.as_dict(), now.as_dict())
    return [f"{key}: {shown(old)} -> {shown(new)}" for key, (old, new) in found.items() if key not in PROSE]
