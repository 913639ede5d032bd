"""Assumptions that are left out, in words: the name and the reason in the language of the page."""

import pytest

from aiposim.report.assumptions import without
from aiposim.report.words import Words, words_for
from aiposim.scenario import load
from aiposim.study.assumptions import left_out

SETTINGS = [
    "control.cost_sharing.rule=voluntary", "control.cost_sharing.rule=un_scale", "flexibility.sanction.rule=none",
    "flexibility.reversion.rule=cut25", "membership.exit_allowed=false", "world.incidents.process=poisson",
    "world.incidents.process=none", "world.crises.rate=0",
]  # fmt: skip


def test_in_english_the_reason_follows_the_name_and_the_key() -> None:
    (told,) = [
        without(each, Words())
        for each in left_out(load("reference-design").with_(**{"world.crises.rate": 0.0}))
        if each.key == "world.crises.rate"
    ]
    assert told == (
        "Number of crises in a half-year (`world.crises.rate`): "
        "It is set to 0, outside 0.4 to 1.6: another world is asked about."
    )


@pytest.mark.parametrize("language", ["ja", "zh", "ko"])
@pytest.mark.parametrize("setting", SETTINGS)
def test_name_and_reason_are_in_the_language_of_the_page(setting: str, language: str) -> None:
    scenario = load("reference-design").with_settings([setting])
    words, english = words_for([scenario], language), words_for([scenario])
    for each in left_out(scenario):
        label, reason = without(each, words).split(f"`{each.key}`")
        assert not [letter for letter in label + reason if letter.isascii() and letter.isalpha()]
        assert each.reason in without(each, english)
