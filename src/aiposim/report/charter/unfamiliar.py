"""A rule that has no text of its own here, such as a user's: the settings that it reads, with their values."""

from __future__ import annotations

from collections.abc import Collection

from aiposim.report.charter.clause import Clause
from aiposim.report.charter.wording import setting, value_in_words
from aiposim.report.words import Words
from aiposim.scenario import Scenario
from aiposim.scenario.keys import setting_keys


def settings_read(scenario: Scenario, block: str, names: Collection[str], words: Words) -> list[Clause]:
    """One clause on the settings of a block that a rule reads; none if it reads none."""
    keys = [key for key in setting_keys() if key.rpartition(".")[0] == block and key.rpartition(".")[2] in names]
    if not keys:
        return []
    told = [
        words("{label} {value}").format(
            label=words(setting_keys()[key].about),
            value=value_in_words(scenario, setting_keys()[key], setting(scenario, key), words),
        )
        for key in keys
    ]
    return [Clause(words("The rule reads: {settings}.").format(settings=words.series(told)), tuple(keys))]
