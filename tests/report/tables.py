"""Small tables in the form that results have, with numbers that are easy to find again in a figure."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from aiposim.report.words import Words

NAMES = {"CHN": "China", "JPN": "Japan", "KOR": "Republic of Korea", "MNG": "Mongolia"}
WORDS = Words(states=NAMES)


def bands(measures: Sequence[str], periods: int = 60, start: int = 2016) -> pd.DataFrame:
    """Bands that open from period to period; the measures lie in order one above the other, within 0 to 1."""
    rows = []
    for t in range(periods):
        for place, measure in enumerate(measures):
            middle = 0.4 + 0.01 * place + 0.002 * t
            rows.append(
                {
                    "period": t,
                    "label": f"{start + t // 2}H{1 + t % 2}",
                    "measure": measure,
                    "mean": middle + 0.01,
                    "q05": middle - 0.1 - 0.001 * t,
                    "q25": middle - 0.05,
                    "q50": middle,
                    "q75": middle + 0.05,
                    "q95": middle + 0.1 + 0.001 * t,
                }
            )
    return pd.DataFrame(rows)


def events(periods: int = 60, start: int = 2016) -> pd.DataFrame:
    """A run in which everything happens: terms of five years, Korea suspended, giving notice and leaving."""
    rows = []
    for t in range(periods):
        rows.append(
            {
                "period": t,
                "label": f"{start + t // 2}H{1 + t % 2}",
                "year": start + t // 2,
                "director": ("JPN", "CHN", "KOR")[t // 10 % 3] if t < 50 else "JPN",
                "acting": t == 11,
                "budget": 6.0 + t % 7,
                "budget_outcome": ("adopted" if t % 4 else "rejected") if t % 2 == 0 else "none",
                "programme_outcome": "none" if t % 2 == 0 else "adopted",
                "incidents": 9 if t == 5 else t % 3,
                "major": int(t % 6 == 2),
                "frozen_dyads": max(0, t % 9 - 6),
                "absent": "CHN JPN" if t % 8 == 3 else "",
                "suspended": "KOR" if 30 <= t < 40 else "",
                "crises": t % 3,
                "answered": min(1, t % 3),
                "lost": max(0, t % 3 - 1),
                "exits": "KOR" if t == 49 else "",
                "notices": "KOR" if 45 <= t < 49 else "",
                "relief": "",
                "trust": 0.4,
                "collection": 0.8,
                "frozen": "CHN-JPN" if t % 9 > 6 else "",
                "trust.CHN-JPN": 0.2 + 0.01 * t,
                "trust.CHN-KOR": 0.3 if t < 50 else float("nan"),
                "trust.JPN-KOR": 0.5 - 0.002 * t if t < 50 else float("nan"),
                "response_days": 90.0 + t if t % 5 == 0 else float("nan"),
                "run": 17,
            }
        )
    return pd.DataFrame(rows)


def burdens(codes: Sequence[str] = ("CHN", "JPN", "KOR")) -> pd.DataFrame:
    rows = []
    for place, code in enumerate(codes):
        burden, benefit = 0.2 + 0.1 * place, 0.5 - 0.1 * place
        rows.append(
            {
                "member": code,
                "burden": burden,
                "burden_low": burden - 0.03,
                "burden_high": burden + 0.04,
                "benefit": benefit,
                "benefit_low": benefit - 0.01,
                "benefit_high": benefit + 0.02,
            }
        )
    return pd.DataFrame(rows)


def lorenz(designs: Sequence[str], codes: Sequence[str] = ("CHN", "JPN", "KOR")) -> pd.DataFrame:
    """The first design pays as it values, each further one less so."""
    rows = []
    for place, design in enumerate(designs):
        for number, code in enumerate(["", *codes]):
            valuations = number / len(codes)
            payments = valuations ** (1 + 0.2 * place)
            rows.append({"design": design, "member": code, "valuations": valuations, "payments": payments})
    return pd.DataFrame(rows)


def places(outcomes: Sequence[str], designs: Sequence[str]) -> pd.DataFrame:
    """Outcomes on which the designs stand in even steps, the last ones not clearly."""
    return pd.DataFrame(
        [
            {
                "outcome": outcome,
                "better": "higher",
                "design": design,
                "mean": 0.2 + 0.1 * place,
                "place": place / (len(designs) - 1),
                "clear": row < len(outcomes) - 2,
            }
            for row, outcome in enumerate(outcomes)
            for place, design in enumerate(designs)
        ]
    )


VERDICTS = ("baseline", "better", "worse", "higher", "lower", "unclear", "same")


def outcomes(measures: Sequence[str], designs: Sequence[str]) -> pd.DataFrame:
    rows = []
    for place, design in enumerate(designs):
        for measure in measures:
            mean = 0.5 + 0.05 * place
            rows.append(
                {
                    "design": design,
                    "measure": measure,
                    "mean": mean,
                    "left": mean - 0.02,
                    "right": mean + 0.03,
                    "verdict": VERDICTS[place % len(VERDICTS)],
                }
            )
    return pd.DataFrame(rows)


def welfare(members: Sequence[str], designs: Sequence[str]) -> pd.DataFrame:
    rows = []
    for place, design in enumerate(designs):
        for shift, member in enumerate(members):
            difference = 0.0 if place == 0 else 40.0 * place - 25.0 * shift - 30.0
            rows.append(
                {
                    "design": design,
                    "member": member,
                    "difference": difference,
                    "low": difference - (place > 0) * 3.0,
                    "high": difference + (place > 0) * 3.0,
                    "verdict": "baseline" if place == 0 else "better" if difference > 3 else "worse",
                }
            )
    return pd.DataFrame(rows)
