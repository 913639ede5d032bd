"""The settings of the world block that say how states value, vote, pay, trust and leave.

Defaults, symbols and plausible ranges: MODEL section 14. Bounds only keep out what has no meaning.
"""

from __future__ import annotations

from aiposim.scenario.fields import Block, number, share


class Valuation(Block):
    """What the institute is worth to a state (MODEL 7.1)."""

    budget_scale: float = number(
        15.0,
        "scale of valuations",
        symbol="Theta",
        unit="M US$ per half-year and log unit",
        gt=0,
        le=10_000,
        plausible=(10, 22),
    )
    income_elasticity: float = number(
        0.5,
        "income elasticity of the demand for peace",
        symbol="eps",
        unit="number",
        ge=0,
        le=5,
        plausible=(0, 1),
    )
    satiation: float = number(
        0.6,
        "delivery in an area at which its value begins to flatten",
        symbol="d0",
        unit="M US$ per half-year",
        gt=0,
        le=1000,
        plausible=(0.3, 1.2),
    )
    cost_of_funds: float = number(
        1.1, "marginal cost of public funds", symbol="kappa", unit="ratio", gt=0, le=10, plausible=(1, 1.3)
    )
    joint_product: float = number(
        0.2,
        "part of its own money that returns to a state",
        symbol="psi",
        unit="ratio",
        ge=0,
        le=10,
        plausible=(0.1, 0.35),
    )
    host_benefit: float = number(
        0.05,
        "rent of the host per dollar received",
        symbol="hostben",
        unit="ratio",
        ge=0,
        le=1,
        plausible=(0, 0.1),
    )
    seat_value: float = number(
        0.25,
        "diplomatic value of attending",
        symbol="seat",
        unit="M US$ per half-year",
        ge=0,
        le=1000,
        plausible=(0, 0.5),
    )
    crisis_value: float = number(
        3.0, "value of crises answered", symbol="ThetaC", unit="M US$", ge=0, le=1000, plausible=(1, 6)
    )
    voice_value: float = number(
        1.0,
        "value of speaking with one voice",
        symbol="ThetaI",
        unit="M US$",
        ge=0,
        le=1000,
        plausible=(0, 2),
    )


class CouncilBehaviour(Block):
    """How seats vote (MODEL 7.5)."""

    trust_margin: float = number(
        0.6,
        "zone of indifference per unit of trust",
        symbol="zeta",
        unit="log units",
        ge=0,
        le=10,
        plausible=(0.3, 0.9),
    )
    audience_cost: float = number(
        0.4,
        "what hawkish opinion takes from it",
        symbol="eta",
        unit="log units",
        ge=0,
        le=10,
        plausible=(0.2, 0.8),
    )
    brokerage: float = number(
        0.2,
        "what an able Director adds to it",
        symbol="omega",
        unit="log units",
        ge=0,
        le=10,
        plausible=(0, 0.4),
    )
    programme_margin: float = number(
        0.6,
        "margins on the programme against those on the budget",
        symbol="mixscale",
        unit="ratio",
        ge=0,
        le=10,
        plausible=(0.3, 1),
    )
    boycott: float = share(0.25, "absence per frozen pair", symbol="boycott", unit="probability", plausible=(0.1, 0.5))
    noise: float = number(
        0.05,
        "standard deviation of a seat's margin",
        symbol="noise_v",
        unit="log units",
        ge=0,
        le=10,
        plausible=(0, 0.1),
    )


class Payment(Block):
    """How states pay (MODEL 7.8)."""

    norm: float = number(1.2, "norm of paying", symbol="norm", unit="number", ge=0, le=100, plausible=(1, 1.4))
    reciprocity: float = number(0.8, "weight of trust", symbol="rec", unit="number", ge=0, le=10, plausible=(0.4, 1.2))
    trust_reference: float = share(0.45, "trust at which reciprocity is neutral", symbol="tau_ref", unit="probability")
    unfairness: float = number(
        0.9,
        "aversion to paying more than fair",
        symbol="aF",
        unit="number",
        ge=0,
        le=10,
        plausible=(0.3, 1.5),
    )
    advantage: float = number(
        0.2, "unease at paying less than fair", symbol="bF", unit="number", ge=0, le=10, plausible=(0, 0.4)
    )
    self_serving: float = share(
        0.5, "weight of the fairness principle that suits oneself", symbol="selfserve", plausible=(0, 1)
    )
    sanction_weight: float = number(
        0.35,
        "weight of a threatened loss of vote",
        symbol="sanc",
        unit="number",
        ge=0,
        le=10,
        plausible=(0, 0.7),
    )
    interest: float = share(0.03, "interest on arrears", symbol="interest", unit="a year", plausible=(0, 0.1))
    turn_value: float = number(
        0.25,
        "weight of a threatened loss of the Director's turn",
        symbol="dirval",
        unit="number",
        ge=0,
        le=10,
        plausible=(0, 0.5),
    )
    hawkishness: float = number(
        0.5, "weight of hawkish opinion", symbol="hpay", unit="number", ge=0, le=10, plausible=(0.1, 1)
    )
    director_bias: float = number(
        0.3, "weight of a partial Director", symbol="dbias", unit="number", ge=0, le=10, plausible=(0, 0.6)
    )
    grievance: float = number(
        0.4, "weight of grievance", symbol="griev_pay", unit="number", ge=0, le=10, plausible=(0, 0.8)
    )
    temperature: float = number(
        0.3, "softness of the choice to pay", symbol="Tp", unit="number", gt=0, le=10, plausible=(0.2, 0.45)
    )
    adjustment: float = number(
        0.5,
        "speed at which the propensity to pay moves",
        symbol="lam",
        unit="share",
        gt=0,
        le=1,
        plausible=(0.25, 1),
    )
    late: float = share(
        0.1, "chance that half of the dues come late", symbol="late", unit="probability", plausible=(0, 0.25)
    )
    catch_up: float = share(
        0.3, "part of the arrears paid off", symbol="catch", unit="per half-year", plausible=(0.1, 0.6)
    )


class Trust(Block):
    """How trust grows and fades (MODEL 7.4)."""

    memory: float = number(
        0.88,
        "part of the evidence that is kept",
        symbol="phi",
        unit="per half-year",
        ge=0,
        lt=1,
        plausible=(0.8, 0.94),
    )
    prior_weight: float = number(
        4.0, "weight of the prior", symbol="nu0", unit="observations", gt=0, le=1000, plausible=(2, 8)
    )
    payment_good: float = number(
        0.45,
        "evidence of dues paid",
        symbol="w_good",
        unit="observations",
        ge=0,
        le=100,
        plausible=(0.2, 0.9),
    )
    payment_bad: float = number(
        1.5,
        "evidence of dues not paid",
        symbol="w_bad",
        unit="observations",
        ge=0,
        le=100,
        plausible=(0.8, 2.5),
    )
    incident: float = number(
        0.9,
        "evidence of an incident",
        symbol="w_inc",
        unit="observations",
        ge=0,
        le=100,
        plausible=(0.3, 1.8),
    )
    boycott: float = number(
        0.3, "evidence of a boycott", symbol="w_boy", unit="observations", ge=0, le=100, plausible=(0, 0.6)
    )
    veto: float = number(
        0.25,
        "evidence of a vote against",
        symbol="w_veto",
        unit="observations",
        ge=0,
        le=100,
        plausible=(0, 0.5),
    )
    sharing: float = number(
        0.25,
        "evidence of sharing in the field",
        symbol="w_share",
        unit="observations",
        ge=0,
        le=100,
        plausible=(0, 0.5),
    )


class Withdrawal(Block):
    """When a state leaves (MODEL 7.12)."""

    threshold: float = number(
        5.2, "reluctance to leave", symbol="x0", unit="number", ge=-1000, le=1000, plausible=(4.2, 6.2)
    )
    surplus: float = number(4.5, "weight of the surplus of membership", symbol="xS", unit="number", ge=0, le=100)
    grievance: float = number(1.5, "weight of grievance", symbol="xG", unit="number", ge=0, le=100)
    hawkishness: float = number(2.0, "weight of hawkish opinion", symbol="xH", unit="number", ge=0, le=100)
    spillover: float = share(
        0.4, "part of the public benefit that reaches a leaver", symbol="spill", plausible=(0.2, 0.6)
    )
