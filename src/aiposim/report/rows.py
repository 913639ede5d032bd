"""Rows of the tables of a page: written in words, and sortable by the numbers beneath."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from aiposim.report.plates import sortable
from aiposim.report.summary import (
    HEADLINES,
    MEMBER_MEASURES,
    NO_QUANTITY,
    Runs,
    all_differences,
    all_outcomes,
    described,
    rows_by,
)
from aiposim.report.words import UNDEFINED, Words, capital, is_share
from aiposim.study.compare import Comparison

_BEYOND = 1e9  # of a difference that is the same in every run
SIGNS = {"better": "●", "worse": "◆", "higher": "▸", "lower": "◂", "unclear": "○", "same": "○"}


def unit_of(measure: str, words: Words) -> str:
    """The unit as a heading needs it: a share is written in per cent."""
    return "" if is_share(measure) else words.unit(measure)


def member_row(members: dict[Any, dict[str, Any]], code: str, words: Words) -> dict[str, Any]:
    """The numbers of one member, a cell a measure."""
    cells = [
        {
            "figure": words.value(members[(code, measure)]["median"], measure),
            "value": sortable(members[(code, measure)]["median"]),
            "band": words.band([members[(code, measure)]["q05"], members[(code, measure)]["q95"]], measure),
        }
        for measure in MEMBER_MEASURES
    ]
    return {"name": words.state(code), "cells": cells}


def _outcome_row(row: dict[str, Any], measure: str, words: Words) -> dict[str, Any]:
    return {
        "label": capital(words.measure(measure)),
        "unit": words.unit(measure),
        "cells": [
            {"figure": words.value(row["median"], measure), "value": sortable(row["median"])},
            {"figure": words.band([row["q05"], row["q95"]], measure), "value": sortable(row["q95"] - row["q05"])},
            {"figure": words.value(row["mean"], measure), "value": sortable(row["mean"])},
        ],
    }


def outcome_rows(
    runs: Runs, asked: Sequence[str], outcomes: dict[str, dict[str, float]], words: Words
) -> list[dict[str, Any]]:
    """What the question asks for (of single members too), the standard outcomes, and the others of the whole."""
    others = [measure for measure in outcomes if measure not in NO_QUANTITY]
    measures = list(dict.fromkeys([*asked, *HEADLINES, *others]))
    table = described(runs, measures)
    return [_outcome_row(table[measure], measure, words) for measure in measures]


def undefined_measures(outcomes: dict[str, dict[str, float]], runs: int, words: Words) -> list[str]:
    """A sentence on each outcome that some runs leave undefined."""
    return [
        words("{measure} is undefined in {n} of {all} runs, which are left out of its row.").format(
            measure=capital(words.measure(measure)),
            n=words.number(runs - row["defined"], 0),
            all=words.number(runs, 0),
        )
        for measure, row in outcomes.items()
        if row["defined"] < runs and measure not in NO_QUANTITY
    ]


def welfare_rows(comparison: Comparison, short: dict[str, str], words: Words) -> list[dict[str, Any]]:
    """A row a design, a cell a member, sorted by its mean welfare; and the largest regret."""
    welfare = comparison.members[comparison.members["measure"] == "welfare"]
    cells_of = rows_by(welfare, "design", "member")
    rows = []
    for name in comparison.names:
        rows_of = [cells_of.get((name, code)) for code in words.in_order(comparison.codes)]
        cells = [
            {**_compared(row, "welfare", words), "value": sortable(row["mean"])} if row else _no_member(words)
            for row in rows_of
        ]
        regrets = comparison.regret[comparison.regret["design"] == name].set_index("member")["regret"]
        rows.append(
            {
                "name": short[name],
                "cells": cells,
                "regret": words.value(regrets.max(), "welfare") if len(regrets) else UNDEFINED,
                "value": sortable(regrets.max()),
                "regretful": words.state(str(regrets.idxmax())) if len(regrets) and regrets.max() > 0 else "",
            }
        )
    return rows


def design_rows(comparison: Comparison, words: Words) -> list[dict[str, Any]]:
    """A row an outcome, a cell a design, sorted by how clearly it is better (higher) than the first."""
    table = rows_by(all_differences(comparison), "measure", "design")
    return [
        {
            "label": capital(words.measure(measure)),
            "unit": words.unit(measure),
            "cells": [
                _compared(table[(measure, name)], measure, words) if (measure, name) in table else _no_member(words)
                for name in comparison.names
            ],
        }
        for measure in all_outcomes(comparison)
    ]


def _no_member(words: Words) -> dict[str, str]:
    return {"figure": UNDEFINED, "band": words("no member"), "verdict": "", "sign": "", "word": "", "value": ""}


def _compared(row: dict[str, Any], measure: str, words: Words) -> dict[str, str]:
    verdict = row["verdict"]
    band = ""
    if verdict != "baseline" and row["pairs"] > 0:
        interval = words.interval([row["low"], row["high"]], measure)
        difference = words.difference(row["difference"], measure)
        band = f"{difference} ({interval})" if measure == "welfare" else interval
    word = {
        "better": words("better"), "worse": words("worse"), "higher": words("higher"), "lower": words("lower"),
        "unclear": words("no clear difference"), "same": words("the same in every run"),
    }.get(verdict, "")  # fmt: skip
    return {
        "figure": words.value(row["mean"], measure),
        "band": band,
        "verdict": verdict,
        "sign": SIGNS.get(verdict, ""),
        "word": word,
        "value": sortable(_clearness(row)),
    }


def _clearness(row: dict[str, Any]) -> float:
    """The difference from the first design towards the better, in units of half its interval; 0 of the first."""
    if row["verdict"] in ("baseline", "same"):
        return 0.0
    towards = -row["difference"] if row["better"] == "lower" else row["difference"]
    half = (row["high"] - row["low"]) / 2
    return float(towards / half) if half > 0.0 else _BEYOND * float(np.sign(towards))
