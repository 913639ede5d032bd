"""What each figure shows, in a sentence: its caption, and its text for those who cannot see it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from aiposim.measures import PARTS
from aiposim.report.figure_tables import shifted_payments
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


def course(events: pd.DataFrame | None, measure: str, words: Words) -> str:
    """Which run the thin line is, if there is one."""
    if events is None or measure not in events.columns:
        return ""
    return words("The thin line is run {number} alone.").format(number=words.number(int(events["run"].iloc[0]), 0))


def lorenz(table: pd.DataFrame, words: Words) -> str:
    """Of one design: the member that pays least for what it has, the one that pays most, and the distance."""
    least, most = table.iloc[1], table.iloc[-1]
    return words(
        "The further below the dashed line, the more some members pay for others: {least} pays {least_burden} and has "
        "{least_benefit} of what the institute is worth to all, {most} pays {most_burden} and has {most_benefit}; "
        "{shifted} of all payments would have to change hands for each to pay as much as it values (means over the "
        "runs)."
    ).format(
        least=words.state(least["member"]),
        least_burden=words.value(least["burden"], "burden_share"),
        least_benefit=words.value(least["benefit"], "burden_share"),
        most=words.state(most["member"]),
        most_burden=words.value(most["burden"], "burden_share"),
        most_benefit=words.value(most["benefit"], "burden_share"),
        shifted=words.value(shifted_payments(table), "burden_share"),
    )


def lorenz_by_design(shifted: Mapping[str, float], words: Words) -> str:
    """Of several: under which design payments follow valuations best and worst."""
    least, most = min(shifted, key=lambda each: shifted[each]), max(shifted, key=lambda each: shifted[each])
    return words(
        "The further below the dashed line, the more some members pay for others: for each to pay as much as it "
        "values, {low} of all payments would have to change hands under {least}, {high} under {most} (means over the "
        "runs; a point a member, those that pay least for what they have first)."
    ).format(
        low=words.value(shifted[least], "burden_share"),
        least=words.named(least),
        high=words.value(shifted[most], "burden_share"),
        most=words.named(most),
    )


def glance(table: pd.DataFrame, designs: int, words: Words) -> str:
    """How often each design is best, and what the places mean."""
    count, clear = table["outcome"].nunique(), table[table["clear"]]["outcome"].nunique()
    best = table[table["place"] == 1.0]["design"].value_counts(sort=False)
    return words(
        "Each of {count} outcomes goes from the worst mean among {designs} designs, at the left, to the best, at the "
        "right, whatever the distance, which the numbers beside it tell; {design} is best on {n}. Hollow signs: no "
        "clear difference from the first design on this outcome ({unclear} of them)."
    ).format(
        count=words.number(count, 0),
        designs=words.number(designs, 0),
        design=words.named(str(best.idxmax())),
        n=words.number(int(best.max()), 0),
        unclear=words.number(count - clear, 0),
    )


def trust(table: pd.DataFrame, run: int, words: Words) -> str:
    """From how many runs it is (one), and how trust begins and ends."""
    means = table.groupby("year")["trust"].mean()
    first, last = means.index[0], means.index[-1]
    return words(
        "In run {number} alone, an example: mean trust of each pair of members, from 0 to 1, the wider the line the "
        "higher; over the pairs {start} in {first} and {end} in {last}. Dashed lines: relations frozen in that year "
        "({frozen} of the {pairs} shown)."
    ).format(
        number=words.number(run, 0),
        start=words.value(means.iloc[0], "trust"),
        first=first,
        end=words.value(means.iloc[-1], "trust"),
        last=last,
        frozen=words.number(int(table["frozen"].sum()), 0),
        pairs=words.number(int(table["trust"].notna().sum()), 0),
    )


def pairs(table: pd.DataFrame, words: Words) -> str:
    """The network of trust in words: the pairs of the last year."""
    last = table[(table["year"] == table["year"].max()) & table["trust"].notna()]
    parts = [
        words("{one} and {other} {value}").format(
            one=words.state(row["one"]), other=words.state(row["other"]), value=words.value(row["trust"], "trust")
        )
        for row in last.to_dict("records")
    ]
    return (
        words("Trust in {year}: {parts}.").format(year=table["year"].max(), parts=words.listed(parts)) if parts else ""
    )


def _ends(bands: pd.DataFrame, measure: str) -> tuple[pd.Series[Any], pd.Series[Any]]:
    """First and last period in which some run defines the measure; the first and the last if none does."""
    rows = bands[bands["measure"] == measure]
    defined = rows[rows["q50"].notna()]
    rows = defined if len(defined) else rows
    return rows.iloc[0], rows.iloc[-1]


def _changes(values: pd.Series[str]) -> list[str]:
    return values[values != values.shift()].to_list()
