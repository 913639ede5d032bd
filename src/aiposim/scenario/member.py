"""A member state and a pair of states, as they stood in 2015; the figures are in scenarios/members."""

from __future__ import annotations

from typing import Annotated, Any, Literal, NamedTuple

from pydantic import BeforeValidator, Field

from aiposim.scenario.fields import Block, StateCode, number, setting, share
from aiposim.scenario.frozen import FrozenDict

AREAS = ("cp", "pk", "ha", "pb", "rd")
FIRST_YEAR, LAST_YEAR = 2007, 2015
Share = Annotated[float, Field(ge=0, le=1)]
Positive = Annotated[float, Field(gt=0)]

PRINCIPLES = ("ceasefire", "consent", "impartiality", "withdrawal", "minimum_force")
"""What Japan's International Peace Cooperation Act of 1992 asks of an operation: a cease-fire, the consent of the
parties, impartiality, the right to withdraw when one of these fails, force kept to the minimum."""
Principle = Literal["ceasefire", "consent", "impartiality", "withdrawal", "minimum_force"]


class Mix(NamedTuple):
    """Parts of a programme of work: prevention, peacekeeping, humanitarian, peacebuilding, recovery."""

    cp: Share
    pk: Share
    ha: Share
    pb: Share
    rd: Share


class Names(Block):
    """The name of a state in the four languages of the reports."""

    en: str = setting(about="English")
    ja: str = setting(about="Japanese")
    zh: str = setting(about="Chinese")
    ko: str = setting(about="Korean")


def _years(value: Any) -> Any:
    """Keys of a YAML mapping are read as text; years are whole numbers."""
    if not isinstance(value, dict):
        return value
    return {int(year) if isinstance(year, str) and year.isdigit() else year: each for year, each in value.items()}


Income = Annotated[FrozenDict[Annotated[int, Field(ge=FIRST_YEAR, le=LAST_YEAR)], Positive], BeforeValidator(_years)]
Rates = Annotated[FrozenDict[Annotated[int, Field(ge=1946, le=2100)], Share], BeforeValidator(_years)]


class Member(Block):
    """A founding state. Every figure of 2015 unless it says otherwise."""

    code: StateCode = setting(about="three capital letters; ISO 3166-1 alpha-3 for a real state")
    names: Names = setting(about="names in English, Japanese, Chinese and Korean")
    luck: Annotated[int, Field(ge=1, le=65535)] = setting(
        about="address of the state's luck: a whole number of its own; ISO 3166-1 numeric for a real state"
    )
    gni: Income = number(about="gross national income by year, 2007 to 2015", symbol="gni_i", unit="bn US$")
    growth: float = number(
        about="real growth from 2016, decaying by 3 % a year", symbol="g", unit="a year", ge=-0.5, le=0.5
    )
    population: float = number(about="inhabitants, held constant", symbol="pop_i", unit="M persons", gt=0)
    debt_stock: float = number(about="external debt, held constant; 0 if none counts", unit="bn US$", ge=0)
    un_scale_rate: Rates = number(about="published UN scale by first year of its period", unit="share")
    peacekeeping_rate: float = share(about="UN peacekeeping rate", symbol="r_i")
    roster: float = number(about="uniformed persons who can be sent", symbol="roster_i", unit="persons", ge=0)
    revealed_interest: float = number(about="relative valuation of peace operations", symbol="v_i", unit="share", gt=0)
    ideal_mix: Mix = number(
        about="wanted programme of work: parts of cp, pk, ha, pb, rd, sum 1", symbol="m_i", unit="share"
    )
    robustness_cap: float = share(about="crises more robust than this are closed to its contingents", symbol="cap_i")
    principles: tuple[Principle, ...] = setting(
        (), about="principles that a crisis must satisfy, where caveats are principles: " + ", ".join(PRINCIPLES)
    )
    hawkishness: float = share(about="long-run mean of hostile opinion at home", symbol="H_i")
    turnover: float = share(about="chance of a change of government", symbol="turn_i", unit="per half-year")
    un_issue_loading: float = share(about="weight of the common factor in its positions at the UN", symbol="a_i")
    women_share: float = share(about="women among its deployed persons at the start", symbol="f_i")
    misreport: float = number(
        0.0, "part by which it understates its valuation", symbol="misreport_i", unit="share", ge=0, le=0.5
    )
    cmim_weight: float = number(about="part in the key of the Chiang Mai Initiative; 0 if none", unit="share", ge=0)
    permanent_member: bool = setting(about="permanent member of the UN Security Council")
    least_developed: bool = setting(about="on the UN list of least developed countries")


class Pair(Block):
    """Two founding states."""

    prior_trust: float = number(about="trust at the start, both ways", symbol="tau0_ij", unit="probability", gt=0, lt=1)
    incident_rate: float = number(about="mean number of incidents", symbol="Nbar_d", unit="per half-year", ge=0, le=3)
    major_share: float = share(about="chance that an incident is a major one", symbol="pmaj_d")
