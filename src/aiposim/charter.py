"""A scenario in the form that steps read: numbers by block, figures of the founders as arrays, rules to bind."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from types import ModuleType, SimpleNamespace
from typing import Any

import numpy as np
from pydantic import BaseModel

from aiposim import families
from aiposim.luck import pair
from aiposim.quantities import AREAS, Array
from aiposim.scenario import Scenario
from aiposim.scenario.member import PRINCIPLES, Pair
from aiposim.state import BANDS, BINS
from aiposim.world.incidents import base_rates, excitation_matrix, onsets

NEVER = 1_000_000
"""A review that never comes, in periods."""

UN_MIX = (0.20, 0.25, 0.20, 0.20, 0.15)
"""The programme of work as the UN would weigh it; an assumption of the model."""
NGO_MIX = (0.15, 0.05, 0.35, 0.20, 0.25)
"""The programme of work as NGOs would weigh it; an assumption of the model."""


@dataclass(frozen=True)
class Given:
    """Figures of the founders that do not change, in the order of their codes; axes as the names say."""

    luck_numbers: Array  # (state,)
    dyad_luck: Array  # (dyad,)
    pair_luck: Array  # (state, state)
    dyad_a: Array  # (dyad,) first state
    dyad_b: Array
    long_run_hawkishness: Array  # (state,)
    turnover: Array
    robustness_cap: Array
    required: Array  # (state, principle) whether the state requires it of a crisis
    roster: Array  # persons
    un_issue_loading: Array
    peacekeeping_rate: Array
    understatement: Array
    ideal_mix: Array  # (state, area)
    prior_trust: Array  # (state, state)
    base_rate: Array  # (dyad,) incidents per half-year
    major_share: Array
    excites: Array  # (dyad, dyad)
    seat_state: Array  # (seat,) -1: the one NGO
    seat_mix: Array  # (seat, area)
    un_mix: Array  # (area,)
    first_place: Array  # (state,) in the queue of turns
    first_women_share: Array
    band_low: Array  # (band,)
    band_scale: Array  # bins per unit


class Charter:
    """What one scenario means for the steps: `terms` by block, `given` figures, the modules of its rules."""

    def __init__(self, scenario: Scenario) -> None:
        self.scenario = scenario
        control, flexibility = scenario.control, scenario.flexibility
        self.voting = _module("voting", control.voting.rule)
        self.director = _module("director", control.director.rule)
        self.sanction = _module("sanction", flexibility.sanction.rule)
        self.reversion = _module("reversion", flexibility.reversion.rule)
        self.cost_sharing = _module("cost_sharing", control.cost_sharing.rule)
        self.voluntary = control.cost_sharing.rule == "voluntary"
        self.review = NEVER if flexibility.review is None else flexibility.review
        self.horizon = scenario.world.horizon
        self.renegotiates = bool(flexibility.renegotiation) and not self.voluntary
        self.takes_objections = bool(getattr(self.director, "OBJECTIONS", False))
        self.holds_poll = bool(getattr(self.director, "POLL", False))
        self.reserves_key = "key" in control.council.reserved
        self.process = scenario.world.incidents.process
        self.requires_principles = scenario.world.crises.caveat == "principles"
        self.waives = bool(flexibility.sanction.waiver and self.sanction.SUSPENDS)
        self.opt_outs_allowed = scenario.scope.optout == "area"

    @property
    def codes(self) -> tuple[str, ...]:
        return tuple(self.scenario.codes)

    @cached_property
    def ngo_seats(self) -> int:
        return 1 if self.scenario.control.council.ngo == "one" else len(self.codes)

    @cached_property
    def blocks(self) -> dict[str, dict[str, float | int | bool]]:
        """Every number a step may read, by block; what the schema calls by several names stands once."""
        scenario = self.scenario
        world, control, flexibility = scenario.world, scenario.control, scenario.flexibility
        blocks = {
            name: _numbers(getattr(world, name))
            for name in (
                "valuation",
                "council",
                "payment",
                "trust",
                "incidents",
                "domestic",
                "secretariat",
                "crises",
                "withdrawal",
            )
        }
        blocks["incidents"]["markov"] = self.process == "markov"
        if self.process != "hawkes":
            blocks["incidents"] |= {"cooperation_effect": 0.0, "hawkishness_effect": 0.0}
        blocks["voting"] = _numbers(control.voting)
        blocks["cost_sharing"] = {"valuation_error": float(control.cost_sharing.valuation_error)}
        blocks["director"] = _numbers(control.director) | {
            "moves_queue": self.director.MOVES_QUEUE,
            "partiality_factor": self.director.PARTIALITY,
            "acting": self.director.ACTING,
            "deputies_temper": scenario.centralisation.deputies == "per_state",
        }
        blocks["flexibility"] = {
            "erosion": float(flexibility.erosion),
            "inkind_credit": float(flexibility.inkind_credit),
            "bargains": flexibility.relief == "rubinstein",
            "bargaining_discount": float(flexibility.bargaining_discount),
        }
        blocks["institution"] = self._institution()
        for name, module in (
            ("voting", self.voting),
            ("director", self.director),
            ("payment", self.sanction),
            ("flexibility", self.reversion),
        ):
            own = {key: value for key, value in vars(module.Terms()).items() if key not in blocks[name]}
            blocks[name] = {**blocks[name], **own}  # numbers of a rule of one's own, which no scenario sets
        return blocks

    def _institution(self) -> dict[str, float | int | bool]:
        scenario = self.scenario
        membership, centralisation = scenario.membership, scenario.centralisation
        return {
            "autonomy": float(centralisation.autonomy),
            "founding_budget": float(centralisation.founding_budget),
            "fixed_cost": float(centralisation.fixed_cost),
            "external_funds": float(centralisation.external_funds),
            "host": self.codes.index(membership.host),
            "exit_allowed": bool(membership.exit_allowed),
            "notice": float(membership.notice),
            "min_members": int(membership.min_members),
            "all_seats_vote": scenario.control.voting.voters == "all",
            "weighs_votes": bool(getattr(self.voting, "WEIGHS", True)),
            "coordination": scenario.scope.coordination == "on",
            "voluntary": self.voluntary,
            "suspends": bool(self.sanction.SUSPENDS),
            "charges_interest": bool(self.sanction.CHARGES_INTEREST),
            "turn_at_stake": bool(self.sanction.COSTS_TURN or self.director.TURN_AT_STAKE),
            "review": self.review,
            "horizon": self.horizon,
            "women_target": float(scenario.world.women_target),
        }

    @cached_property
    def terms(self) -> Any:
        """The numbers as objects with attributes, for Python: `terms.payment.norm`."""
        return SimpleNamespace(**{name: SimpleNamespace(**block) for name, block in self.blocks.items()})

    @cached_property
    def record(self) -> Any:
        """The same numbers as an array of one record, for compiled steps (a bare record costs 6 us a call)."""
        kinds: dict[type, str] = {bool: "?", int: "<i8", float: "<f8"}
        layout = [
            (name, [(key, kinds[type(value)]) for key, value in block.items()]) for name, block in self.blocks.items()
        ]
        dtype = _one_dtype(np.dtype(layout, align=True))
        return np.array([tuple(tuple(block.values()) for block in self.blocks.values())], dtype=dtype)

    @cached_property
    def given(self) -> Given:
        """Figures of the founders as arrays."""
        members, codes = self.scenario.members, self.codes
        n = len(codes)
        dyads = [(i, j) for i in range(n) for j in range(i + 1, n)]
        pairs = [self.scenario.pairs[codes[i], codes[j]] for i, j in dyads]
        luck = [member.luck for member in members]
        matrix, base = self._incidents(dyads, pairs)
        ideal_mix = np.array([[getattr(m.ideal_mix, area) for area in AREAS] for m in members])
        officials = 0.5 * (ideal_mix + np.array(UN_MIX))
        ngos = np.tile(NGO_MIX, (self.ngo_seats, 1))
        low, scale = self._band_ranges()
        return Given(
            luck_numbers=np.array(luck, dtype=np.int64),
            dyad_luck=np.array([pair(*sorted((luck[i], luck[j]))) for i, j in dyads], dtype=np.int64),
            pair_luck=np.array([[pair(a, b) for b in luck] for a in luck], dtype=np.int64),
            dyad_a=np.array([i for i, _ in dyads], dtype=np.int64),
            dyad_b=np.array([j for _, j in dyads], dtype=np.int64),
            long_run_hawkishness=np.array([m.hawkishness for m in members]),
            turnover=np.array([m.turnover for m in members]),
            robustness_cap=np.array([m.robustness_cap for m in members]),
            required=np.array([[principle in m.principles for principle in PRINCIPLES] for m in members]),
            roster=np.array([float(m.roster) for m in members]),
            un_issue_loading=np.array([m.un_issue_loading for m in members]),
            peacekeeping_rate=np.array([m.peacekeeping_rate for m in members]),
            understatement=np.array([m.misreport for m in members]),
            ideal_mix=ideal_mix,
            prior_trust=_symmetric(n, dyads, [p.prior_trust for p in pairs]),
            base_rate=base,
            major_share=np.array([p.major_share for p in pairs]),
            excites=matrix,
            seat_state=np.array([*range(n), *range(n), *([-1] if self.ngo_seats == 1 else range(n))], dtype=np.int64),
            seat_mix=np.concatenate([ideal_mix, officials, ngos]),
            un_mix=np.array(UN_MIX),
            first_place=np.array([float(self.scenario.queue.index(code)) for code in codes]),
            first_women_share=np.array([m.women_share for m in members]),
            band_low=low,
            band_scale=scale,
        )

    def _incidents(self, dyads: list[tuple[int, int]], pairs: list[Pair]) -> tuple[Array, Array]:
        """How dyads excite each other, and the base rate of each, under the scenario's process."""
        incidents = self.scenario.world.incidents
        rates = np.array([p.incident_rate for p in pairs])
        if self.process == "hawkes":
            matrix = excitation_matrix(dyads, incidents.self_excitation, incidents.cross_excitation)
            return matrix, base_rates(rates, matrix, incidents.scale)
        nothing = np.zeros((len(dyads), len(dyads)))
        if self.process == "markov":
            majors = np.array([p.major_share for p in pairs])
            return nothing, onsets(rates, majors, incidents.scale, incidents.freeze)
        return nothing, rates * incidents.scale if self.process == "poisson" else np.zeros(len(dyads))

    def _band_ranges(self) -> tuple[Array, Array]:
        """Lower end, and bins per unit, of the histogram of each band."""
        money = 5.0 * self.scenario.world.valuation.budget_scale
        highest = {
            "budget": max(money, 4.0 * self.scenario.centralisation.founding_budget),
            "budget_ratio": 4.0,
            "collection_rate": 2.0,
            "delivery_ratio": 2.0,
            "response_days": 400.0,
            "incidents": float(BINS),
            "arrears_years": 5.0,
            "members": float(BINS),
        }
        highest |= {f"delivery.{area}": money / 2.0 for area in AREAS}
        tops = np.array([highest.get(name, 1.0) for name in BANDS] + [1.0] * len(self.codes))
        return np.zeros(len(tops)), BINS / tops


_dtypes: dict[Any, Any] = {}


def _one_dtype(dtype: Any) -> Any:
    """The same object for equal dtypes: a second equal one doubles the cost of each compiled call."""
    return _dtypes.setdefault(str(dtype), dtype)


def _module(family: str, name: str) -> ModuleType:
    return families.module(f"rules.{family}", name)


def _numbers(block: BaseModel | Mapping[str, Any]) -> dict[str, float | int | bool]:
    """The numbers of a block of the scenario; whole numbers stay whole, words are left out."""
    items = block.items() if isinstance(block, Mapping) else ((k, getattr(block, k)) for k in type(block).model_fields)
    return {key: value for key, value in items if isinstance(value, bool | int | float)}


def _symmetric(n: int, dyads: list[tuple[int, int]], values: list[float]) -> Array:
    matrix = np.full((n, n), 0.5)
    for (i, j), value in zip(dyads, values, strict=True):
        matrix[i, j] = matrix[j, i] = value
    return matrix
