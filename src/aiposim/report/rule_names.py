"""What rules are called in reports."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from aiposim.report.words import Words

# Rules whose name says little to those who do not know it; a rule of one's own stands under its name.
RULE_NAMES = {
    "all": "loss of vote, interest, and the Director's turn at stake",
    "art19": "loss of vote (as Article 19 of the UN Charter)",
    "benefit": "reported benefit",
    "cea": "constrained equal awards",
    "cel": "constrained equal losses",
    "cut25": "three quarters of the last budget",
    "double": "double majority",
    "equal": "equal shares",
    "gni": "gross national income",
    "hybrid": "equal shares and income, mixed",
    "interest": "interest",
    "majority": "simple majority",
    "nucleolus": "the nucleolus of the savings game",
    "proportional": "claims in proportion",
    "qmv": "qualified majority",
    "rollover": "the last budget",
    "rotation_skip": "rotation that passes over debtors",
    "shapley": "the Shapley value of the savings game",
    "talmud": "the rule of the Talmud",
    "un_scale": "the method of the UN scale",
    "un_scale_published": "the published UN scale",
    "un_pk": "the method of the UN peacekeeping scale",
    "voluntary": "voluntary pledges",
    "weighted": "weighted majority",
}


def english_rule_name(name: str) -> str:
    """What a rule is called in English, the key of its name in other languages."""
    return RULE_NAMES.get(name, name.replace("_", " "))


def rule_name(name: str, words: Words) -> str:
    """What a rule is called; a rule of one's own by its name."""
    return words(english_rule_name(name))
