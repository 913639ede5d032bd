"""Boycott of sessions while dyads are frozen, the more so the more hawkish the government.

Source: record of the China-Japan-Korea summits not held 2013-14, 2016-17, 2020-23; probabilities are
assumptions of the model.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Terms:
    boycott: float = 0.25


def boycott(hawkishness: float, frozen_dyads: float, luck: float, terms: Terms) -> bool:
    """Whether the government attends; it stays away with probability boycott*(0.4 + h)*frozen dyads, <= 0.9.

    `frozen_dyads` counts the government's own frozen dyads with members.
    """
    return luck >= min(0.9, terms.boycott * (0.4 + hawkishness) * frozen_dyads)
