"""What each figure shows, in a sentence: its caption, and its text for those who cannot see it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from aiposim.measures import PARTS
from aiposim.report.words import Words, capital
from aiposim.scenario import AREAS


def fan(bands: pd.DataFrame, measure: str, words: Words) -> str:
    first, last = _ends(bands, measure)
    return words(
        "{measure}: the median goes from {start} in {first} to {end} in {last}, when nine runs in ten lie within "
        "{band} ({unit})."
    ).format(
        measure=capital(words.measure(measure)),
        start=words.value(first["q50"], measure),
        first=words.half_year(first["label"]),
        end=words.value(last["q50"], measure),
        last=words.half_year(last["label"]),
        band=words.band([last["q05"], last["q95"]], measure),
        unit=words.unit(measure),
    )


def delivery(bands: pd.DataFrame, words: Words) -> str:
    last = {area: _ends(bands, f"delivery.{area}")[1] for area in AREAS}
    parts = [
        words("{area} {value}").format(area=words(PARTS[area]), value=words.value(last[area]["q50"], "delivery"))
        for area in AREAS
    ]
    return words("What reaches each area, {unit}; the medians of {label}: {parts}.").format(
        unit=words.unit("delivery"), label=words.half_year(last[AREAS[0]]["label"]), parts=words.listed(parts)
    )


def burden(members: pd.DataFrame, words: Words) -> str:
    parts = [
        words("{state} pays {burden} and has {benefit} of the benefit").format(
            state=words.state(row["member"]),
            burden=words.value(row["burden"], "burden_share"),
            benefit=words.value(row["benefit"], "burden_share"),
        )
        for row in members.to_dict("records")
    ]
    return words("A member whose circle lies right of its diamond pays for others: {parts} (medians).").format(
        parts=words.listed(parts)
    )


def timeline(events: pd.DataFrame, horizon: int, words: Words) -> str:
    number = words.number(int(events["run"].iloc[0]), 0)
    if len(events) < horizon:
        return words(
            "Run {number}, chosen because it lies near the medians; its institute is dissolved after {label}."
        ).format(number=number, label=words.half_year(events["label"].iloc[-1]))
    return words(
        "Run {number}, chosen because it lies near the medians: an example of how the numbers come about, not the "
        "course of events to expect."
    ).format(number=number)


def minutes(events: pd.DataFrame, words: Words) -> str:
    """The timeline in words."""
    directors = [words.state(code) for code in _changes(events["director"])]
    return words(
        "Directors in turn: {directors}. Budgets adopted {budgets_yes}, rejected {budgets_no}; programmes of work "
        "adopted {programmes_yes}, rejected {programmes_no}; crises answered {answered}, lost {lost}; incidents "
        "{incidents}; members that left: {exits}."
    ).format(
        directors=words.row(directors),
        budgets_yes=int((events["budget_outcome"] == "adopted").sum()),
        budgets_no=int((events["budget_outcome"] == "rejected").sum()),
        programmes_yes=int((events["programme_outcome"] == "adopted").sum()),
        programmes_no=int((events["programme_outcome"] == "rejected").sum()),
        answered=int(events["answered"].sum()),
        lost=int(events["lost"].sum()),
        incidents=int(events["incidents"].sum()),
        exits=words.row([words.state(code) for codes in events["exits"] for code in codes.split()]) or words("none"),
    )


def welfare(table: pd.DataFrame, words: Words) -> str:
    return words("How much better or worse off each design leaves a member than {first}, with 95% intervals.").format(
        first=table["design"].iloc[0]
    )


def gains_and_losses(table: pd.DataFrame, words: Words) -> str:
    """The figure of welfare in words."""
    rows = table[table["verdict"].isin(["better", "worse"])]
    parts = [
        words("{state} {value} under {design}").format(
            state=words.state(row["member"]), value=words.difference(row["difference"], "welfare"), design=row["design"]
        )
        for row in rows.to_dict("records")
    ]
    return words.series(parts) or words("No clear difference for any member.")


def outcomes(table: pd.DataFrame, measures: Sequence[str], words: Words) -> str:
    return words(
        "Mean of each design with the 95% interval of its difference from {first} (dashed line): an interval that "
        "meets the line is no clear difference."
    ).format(first=table["design"].iloc[0])


def budgets(bands: pd.DataFrame, words: Words) -> str:
    designs = list(dict.fromkeys(bands["design"]))
    ends = {design: _ends(bands[bands["design"] == design], "budget")[1]["q50"] for design in designs}
    least, most = min(designs, key=lambda design: ends[design]), max(designs, key=lambda design: ends[design])
    return words(
        "The budget under each design ({unit}); the medians end between {low} ({least}) and {high} ({most})."
    ).format(
        unit=words.unit("budget"),
        low=words.value(ends[least], "budget"),
        least=least,
        high=words.value(ends[most], "budget"),
        most=most,
    )


def _ends(bands: pd.DataFrame, measure: str) -> tuple[pd.Series[Any], pd.Series[Any]]:
    """First and last period in which some run defines the measure; the first and the last if none does."""
    rows = bands[bands["measure"] == measure]
    defined = rows[rows["q50"].notna()]
    rows = defined if len(defined) else rows
    return rows.iloc[0], rows.iloc[-1]


def _changes(values: pd.Series[str]) -> list[str]:
    return values[values != values.shift()].to_list()
