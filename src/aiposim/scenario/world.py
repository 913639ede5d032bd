"""The settings of the world block: what happens around the states, and how they behave in it.

Defaults, symbols and plausible ranges: MODEL section 14. Bounds only keep out what has no meaning.
"""

from __future__ import annotations

from typing import Literal

from aiposim.scenario.fields import Block, IncidentProcess, number, setting, share
from aiposim.scenario.states import CouncilBehaviour, Payment, Trust, Valuation, Withdrawal


class Incidents(Block):
    """Incidents between founders, freezes and thaws (MODEL 7.3)."""

    process: IncidentProcess = setting("hawkes", "how incidents arrive")
    scale: float = number(
        1.0,
        "incidents against the record of 2008 to 2025",
        symbol="inc_scale",
        unit="ratio",
        ge=0,
        le=20,
        plausible=(0.4, 1.8),
    )
    self_excitation: float = number(
        0.3,
        "incidents bred in the same pair",
        symbol="phi_self",
        unit="per incident",
        ge=0,
        lt=1,
        plausible=(0.1, 0.5),
    )
    cross_excitation: float = number(
        0.06,
        "incidents bred in a neighbouring pair",
        symbol="phi_cross",
        unit="per incident",
        ge=0,
        lt=1,
        plausible=(0, 0.12),
    )
    decay: float = number(0.5, "part of the excitation that is kept", symbol="delta", unit="per half-year", ge=0, lt=1)
    cooperation_effect: float = number(
        0.6, "how far co-operation calms", symbol="gam_c", unit="number", ge=0, le=10, plausible=(0, 1.2)
    )
    hawkishness_effect: float = number(
        0.8,
        "how far hawkish opinion inflames",
        symbol="gam_h",
        unit="number",
        ge=0,
        le=10,
        plausible=(0, 1.6),
    )
    cooperation_reference: float = share(
        0.7, "co-operation at which there is no effect", symbol="coop0", plausible=(0.5, 0.9)
    )
    cooperation_memory: float = share(0.2, "weight of the latest period", symbol="rho_c", plausible=(0.05, 0.5))
    freeze: float = share(
        0.8,
        "chance that a major incident freezes a pair",
        symbol="pfreeze",
        unit="probability",
        plausible=(0.6, 1),
    )
    thaw: float = share(
        0.45,
        "chance that a quiet frozen pair thaws",
        symbol="thaw",
        unit="per half-year",
        plausible=(0.25, 0.65),
    )
    thaw_turnover: float = number(
        2.0,
        "factor on it after a softer government came in",
        symbol="thaw_turn",
        unit="ratio",
        ge=0,
        le=20,
        plausible=(1, 3),
    )
    scheduling_friction: float = share(
        0.25, "chance that a summit finds no date", symbol="friction", unit="per year", plausible=(0.1, 0.4)
    )


class Domestic(Block):
    """Opinion at home (MODEL 7.2)."""

    reversion: float = share(
        0.3,
        "return of opinion to the government's line",
        symbol="hawk_rev",
        unit="per half-year",
        plausible=(0.1, 0.5),
    )
    incident_kick: float = share(
        0.1,
        "what an incident adds to hawkish opinion",
        symbol="hawk_kick",
        unit="number",
        plausible=(0.05, 0.2),
    )


class Secretariat(Block):
    """What the secretariat can do (MODEL 7.10)."""

    initial_capacity: float = share(0.25, "capacity at the start", symbol="K0", plausible=(0.1, 0.5))
    learning: float = share(0.07, "growth of capacity", symbol="iota", unit="per half-year", plausible=(0.035, 0.14))
    decay: float = share(0.02, "loss of capacity", symbol="delK", unit="per half-year", plausible=(0.01, 0.04))
    handover_loss: float = share(0.08, "loss when the Director changes", symbol="chiT", plausible=(0, 0.2))
    base_efficiency: float = number(0.6, "efficiency without capacity", symbol="e0", unit="ratio", gt=0, le=10)
    capacity_efficiency: float = number(0.8, "what full capacity adds to it", symbol="e1", unit="ratio", ge=0, le=10)


class Crises(Block):
    """Crises that call for the institute (MODEL 7.7)."""

    rate: float = number(
        0.8, "mean number of crises", symbol="lamC", unit="per half-year", ge=0, le=10, plausible=(0.4, 1.6)
    )
    persons_needed: float = number(
        150.0,
        "persons for a crisis of magnitude 1",
        symbol="need",
        unit="persons",
        gt=0,
        le=1_000_000,
        plausible=(75, 300),
    )
    caveat: Literal["robustness", "principles"] = setting(
        "robustness", "what closes a crisis to a contingent: its cap on robustness, or the principles that it requires"
    )
    availability: float = share(0.35, "part of a roster that can go", symbol="avail", plausible=(0.2, 0.5))
    response_scale: float = number(
        180.0,
        "time in which the value of a response falls by a factor e",
        symbol="Tresp",
        unit="days",
        gt=0,
        le=100_000,
        plausible=(90, 360),
    )


class Economy(Block):
    """Income around the members (MODEL section 6)."""

    world_growth: float = number(0.018, "growth of world income per head", unit="a year", ge=-0.2, le=0.2)


class World(Block):
    """The world around the institute, and how states behave in it."""

    start: int = number(2016, "first year", unit="year", ge=2007, le=2100)
    horizon: int = number(60, "length of a run", symbol="T", unit="periods", ge=1, le=600)
    women_target: float = share(
        0.25,
        "women among deployed persons that training aims at",
        symbol="women_target",
        plausible=(0.15, 0.35),
    )
    valuation: Valuation = Valuation()
    council: CouncilBehaviour = CouncilBehaviour()
    payment: Payment = Payment()
    trust: Trust = Trust()
    incidents: Incidents = Incidents()
    domestic: Domestic = Domestic()
    secretariat: Secretariat = Secretariat()
    crises: Crises = Crises()
    withdrawal: Withdrawal = Withdrawal()
    economy: Economy = Economy()
