"""Rollover: last year's budget goes on, eroded by inflation.

Source: provisional twelfths in public budgeting, e.g. Treaty on the Functioning of the European Union,
Article 315; erosion per half-year is an assumption of the model.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Terms:
    erosion: float = 0.01


def rollover(budget: float, terms: Terms) -> float:
    """The budget in force less two half-years of erosion."""
    return budget * (1.0 - 2.0 * terms.erosion)
